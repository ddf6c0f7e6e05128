#include "content/inline_html.h"

#include <array>

#include "base/html.h"
#include "base/text.h"
#include "content/heading_ids.h"

namespace hardtop {

namespace {

using cmark::view;

constexpr std::array<bool, 256> kHrefSafe = [] {
  std::array<bool, 256> safe{};
  for (const char c :
       std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+!*(),%#@?=;:/$~"))
    safe[static_cast<unsigned char>(c)] = true;
  return safe;
}();

bool is_text(const cmark_node* node) {
  return node->type == CMARK_NODE_TEXT || node->type == CMARK_NODE_CODE || node->type == CMARK_NODE_HTML_INLINE;
}
bool is_break(const cmark_node* node) {
  return node->type == CMARK_NODE_SOFTBREAK || node->type == CMARK_NODE_LINEBREAK ||
         (node->type == CMARK_NODE_HTML_INLINE && view(node->as.literal).starts_with("<br"));
}

// Tells of each node, in their order, whether people read it: between <script> or <style> and its end tag nothing is.
class Reading {
 public:
  bool is_shown(const cmark_node* node) {
    if (node->type != CMARK_NODE_HTML_INLINE) return hidden_by_.empty();
    const std::string_view tag = view(node->as.literal);
    for (const std::string_view name : {"script", "style"}) {
      if (hidden_by_.empty() && is_tag(tag, "<", name)) hidden_by_ = name;
      if (hidden_by_ == name && is_tag(tag, "</", name)) hidden_by_ = {};
    }
    return hidden_by_.empty();
  }

 private:
  static bool is_tag(std::string_view tag, std::string_view opening, std::string_view name) {
    return tag.starts_with(opening) && equals_ascii_ci(tag.substr(opening.size(), name.size()), name) &&
           std::string_view(" \t\n/>").find(tag[opening.size() + name.size()]) != std::string_view::npos;
  }
  std::string_view hidden_by_;
};

}  // namespace

void append_href(std::string& out, std::string_view url) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (kHrefSafe[static_cast<unsigned char>(c)]) {
      out += c;
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '\'') {
      out += "&#x27;";
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
}

void append_alt(std::string& out, cmark_node* image) {
  cmark::walk(
      image,
      [&](const cmark_node* node) {
        if (is_text(node)) {
          append_escaped_text(out, view(node->as.literal));
        } else if (is_break(node)) {
          out += ' ';
        }
        return true;
      },
      [](const cmark_node*) {});
}

std::string_view element_of(const cmark_node* node) {
  if (node->type == CMARK_NODE_EMPH) return "em";
  if (node->type == CMARK_NODE_STRONG) return "strong";
  if (node->type == CMARK_NODE_STRIKETHROUGH) return "del";
  return {};
}

void append_tag(std::string& out, std::string_view open, std::string_view name) {
  out += open;
  out += name;
  out += '>';
}

std::string_view take_explicit_id(cmark_node* heading) {
  cmark_node* const last = heading->last_child;
  if (!last || last->type != CMARK_NODE_TEXT) return {};
  // From the raw text: smart punctuation may have changed the one in the tree.
  const std::string_view id = explicit_heading_id(
      {reinterpret_cast<const char*>(heading->content.ptr), static_cast<std::size_t>(heading->content.size)});
  const std::string_view text = view(last->as.literal);
  const std::size_t brace = id.empty() ? std::string_view::npos : text.rfind("{#");
  if (brace == std::string_view::npos) return {};
  std::size_t end = brace;
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  last->as.literal.len = static_cast<bufsize_t>(end);
  return id;
}

std::string plain_text(cmark_node* block) {
  std::string text;
  Reading reading;
  cmark::walk(
      block,
      [&](const cmark_node* node) {
        if (!reading.is_shown(node)) return true;
        if (node->type == CMARK_NODE_TEXT || node->type == CMARK_NODE_CODE) text += view(node->as.literal);
        if (is_break(node)) text += ' ';
        return true;
      },
      [](const cmark_node*) {});
  return text;
}

bool has_text(cmark_node* block) {
  bool found = false;
  Reading reading;
  cmark::walk(
      block,
      [&](const cmark_node* node) {
        if (reading.is_shown(node) && (node->type == CMARK_NODE_TEXT || node->type == CMARK_NODE_CODE))
          found = found || !trim(view(node->as.literal)).empty();
        return !found && node->type != CMARK_NODE_IMAGE;
      },
      [](const cmark_node*) {});
  return found;
}

std::string quotable_html(cmark_node* block) {
  std::string out;
  Reading reading;
  cmark::walk(
      block,
      [&](const cmark_node* node) {
        if (const std::string_view element = element_of(node); !element.empty()) append_tag(out, "<", element);
        if (!reading.is_shown(node)) return true;
        if (node->type == CMARK_NODE_TEXT) {
          append_escaped_text(out, view(node->as.literal));
        } else if (node->type == CMARK_NODE_CODE) {
          out += "<code>";
          append_escaped_text(out, view(node->as.literal));
          out += "</code>";
        } else if (is_break(node)) {
          out += ' ';
        }
        return true;
      },
      [&](const cmark_node* node) {
        if (const std::string_view element = element_of(node); !element.empty()) append_tag(out, "</", element);
      });
  return out;
}

}  // namespace hardtop
