#include "content/markdown_html.h"

#include <array>
#include <cstdint>
#include <utility>

namespace hardtop {

namespace {

using cmark::view;

constexpr std::uint8_t kEscaped = 1, kSpace = 2, kWord = 4, kHrefSafe = 8;

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  const auto set = [&](std::string_view bytes, std::uint8_t bit) {
    for (const char c : bytes) classes[static_cast<unsigned char>(c)] |= bit;
  };
  set("&<>\"", kEscaped);
  set(" \t\n\r\f\v", kSpace);
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", kWord | kHrefSafe);
  set("-_.+!*(),%#@?=;:/$~", kHrefSafe);
  return classes;
}();

std::uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

// Not base's escape_html: CommonMark's examples have the apostrophe as it is.
void append_text(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((class_of(text[at]) & kEscaped) == 0) continue;
    out.append(text.data() + done, at - done);
    done = at + 1;
    switch (text[at]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += "&quot;";
    }
  }
  out.append(text.data() + done, text.size() - done);
}

// Percent-encodes what a URL cannot hold, leaves what is encoded, and escapes for an attribute.
void append_href(std::string& out, std::string_view url) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (class_of(c) & kHrefSafe) {
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

void append_number(std::string& out, int number) { out += std::to_string(number); }

bool is_text(const cmark_node* node) {
  return node->type == CMARK_NODE_TEXT || node->type == CMARK_NODE_CODE || node->type == CMARK_NODE_HTML_INLINE;
}
bool is_break(const cmark_node* node) {
  return node->type == CMARK_NODE_SOFTBREAK || node->type == CMARK_NODE_LINEBREAK ||
         (node->type == CMARK_NODE_HTML_INLINE && view(node->as.literal).starts_with("<br"));
}

// An image's alternative text.
void append_alt(std::string& out, cmark_node* image) {
  cmark::walk(
      image,
      [&](const cmark_node* node) {
        if (is_text(node)) {
          append_text(out, view(node->as.literal));
        } else if (is_break(node)) {
          out += ' ';
        }
        return true;
      },
      [](const cmark_node*) {});
}

// The tags of emphasis and the like, which are the same everywhere.
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

// Counts words as readers do: runs between spaces that have a letter or digit in them. Chinese and Japanese are written
// without spaces, so there every character counts.
class WordCounter {
 public:
  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const std::uint8_t kind = class_of(text[at]);
      if (kind & kWord) {
        count_ += !in_word_;
        in_word_ = true;
      } else if (kind & kSpace) {
        in_word_ = false;
      } else if (static_cast<unsigned char>(text[at]) >= 0xC0) {
        add_wide(static_cast<unsigned char>(text[at]),
                 at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : static_cast<unsigned char>(0));
      }
    }
  }
  void end_word() { in_word_ = false; }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  void add_wide(unsigned char first, unsigned char second) {
    if (first == 0xE2 && second == 0x80) return;  // U+2000 to U+203F: dashes, quotation marks, dots
    if (first == 0xE3 && second == 0x80) {        // U+3000 to U+303F: ideographic space and punctuation
      in_word_ = false;
      return;
    }
    const bool ideograph = first >= 0xE3 && first <= 0xE9;  // U+3040 to U+9FFF
    count_ += ideograph || !in_word_;
    in_word_ = !ideograph;
  }

  std::size_t count_ = 0;
  bool in_word_ = false;
};

class PageWriter {
 public:
  PageWriter(const MarkdownOptions& options, PageMarks& marks, std::size_t size_hint)
      : options_(options), marks_(marks) {
    out_.reserve(size_hint);
  }

  // Says whether the children are to be visited.
  bool enter(cmark_node* node);
  void leave(cmark_node* node);
  RenderedPage finish();

 private:
  void new_line() {
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }
  void enter_list(const cmark_node* node);
  void enter_item(const cmark_node* node);
  void enter_heading(const cmark_node* node);
  void leave_heading(const cmark_node* node);
  void enter_code_block(cmark_node* node);
  void enter_table_part(cmark_node* node);
  void leave_table_part(const cmark_node* node);
  void enter_link(const cmark_node* node);
  void write_image(cmark_node* node);
  void write_component(std::size_t index);
  void write_footnote_reference(const cmark_node* node);
  void enter_footnote(const cmark_node* node);
  void write_back_links(const cmark_node* footnote);
  void append_title(const cmark_node* link);

  const MarkdownOptions& options_;
  PageMarks& marks_;
  RenderedPage page_;
  std::string out_;
  WordCounter words_;
  const std::uint8_t* alignments_ = nullptr;  // of the table that is being written
  std::size_t column_ = 0;
  bool in_header_ = false, in_body_ = false;
  int footnotes_ = 0;            // written so far
  bool back_links_due_ = false;  // of the footnote that is being written
};

// In a tight list paragraphs have no element of their own.
bool is_in_tight_item(const cmark_node* paragraph) {
  const cmark_node* const list = paragraph->parent ? paragraph->parent->parent : nullptr;
  return list && list->type == CMARK_NODE_LIST && list->as.list.tight;
}
bool is_table_part(const cmark_node* node) {
  return node->type == CMARK_NODE_TABLE || node->type == CMARK_NODE_TABLE_ROW || node->type == CMARK_NODE_TABLE_CELL;
}

bool PageWriter::enter(cmark_node* node) {
  switch (node->type) {
    case CMARK_NODE_TEXT:
      words_.add(view(node->as.literal));
      append_text(out_, view(node->as.literal));
      return false;
    case CMARK_NODE_SOFTBREAK:
      words_.end_word();
      out_ += '\n';
      return false;
    case CMARK_NODE_LINEBREAK:
      words_.end_word();
      out_ += "<br />\n";
      return false;
    case CMARK_NODE_CODE:
      words_.add(view(node->as.literal));
      out_ += "<code>";
      append_text(out_, view(node->as.literal));
      out_ += "</code>";
      return false;
    case CMARK_NODE_HTML_INLINE:
      out_ += view(node->as.literal);
      return false;
    case CMARK_NODE_LINK:
      enter_link(node);
      return true;
    case CMARK_NODE_IMAGE:
      write_image(node);
      return false;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
      write_footnote_reference(node);
      return false;
    case CMARK_NODE_DOCUMENT:
      return true;
    case CMARK_NODE_PARAGRAPH:
      words_.end_word();
      if (!is_in_tight_item(node)) {
        new_line();
        out_ += "<p>";
      }
      return true;
    case CMARK_NODE_HEADING:
      enter_heading(node);
      return true;
    case CMARK_NODE_LIST:
      enter_list(node);
      return true;
    case CMARK_NODE_ITEM:
      enter_item(node);
      return true;
    case CMARK_NODE_BLOCK_QUOTE:
      new_line();
      out_ += "<blockquote>\n";
      return true;
    case CMARK_NODE_CODE_BLOCK:
      enter_code_block(node);
      return false;
    case CMARK_NODE_HTML_BLOCK:
      new_line();
      out_ += view(node->as.literal);
      new_line();
      return false;
    case CMARK_NODE_THEMATIC_BREAK:
      new_line();
      out_ += "<hr />\n";
      return false;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
      enter_footnote(node);
      return true;
    default:
      if (is_table_part(node)) {
        enter_table_part(node);
      } else {
        append_tag(out_, "<", element_of(node));
      }
      return true;
  }
}

void PageWriter::leave(cmark_node* node) {
  switch (node->type) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_IMAGE:
    case CMARK_NODE_FOOTNOTE_REFERENCE:
    case CMARK_NODE_DOCUMENT:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_THEMATIC_BREAK:
      return;
    case CMARK_NODE_LINK:
      out_ += "</a>";
      return;
    case CMARK_NODE_PARAGRAPH:
      if (is_in_tight_item(node)) return;
      if (node->parent->type == CMARK_NODE_FOOTNOTE_DEFINITION && !node->next) {
        out_ += ' ';
        write_back_links(node->parent);
      }
      out_ += "</p>\n";
      return;
    case CMARK_NODE_HEADING:
      leave_heading(node);
      return;
    case CMARK_NODE_LIST:
      out_ += node->as.list.list_type == CMARK_BULLET_LIST ? "</ul>\n" : "</ol>\n";
      return;
    case CMARK_NODE_ITEM:
      out_ += "</li>\n";
      return;
    case CMARK_NODE_BLOCK_QUOTE:
      new_line();
      out_ += "</blockquote>\n";
      return;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
      if (back_links_due_) {
        write_back_links(node);
        out_ += '\n';
      }
      out_ += "</li>\n";
      return;
    default:
      if (is_table_part(node)) {
        leave_table_part(node);
      } else {
        append_tag(out_, "</", element_of(node));
      }
  }
}

RenderedPage PageWriter::finish() {
  if (footnotes_ > 0) out_ += "</ol>\n</section>\n";
  if (!out_.empty()) {
    BodyPart part;
    part.html = std::move(out_);
    page_.parts.push_back(std::move(part));
  }
  page_.words = words_.count();
  return std::move(page_);
}

void PageWriter::enter_list(const cmark_node* node) {
  new_line();
  if (node->as.list.list_type == CMARK_BULLET_LIST) {
    out_ += "<ul>\n";
  } else if (node->as.list.start == 1) {
    out_ += "<ol>\n";
  } else {
    out_ += "<ol start=\"";
    append_number(out_, node->as.list.start);
    out_ += "\">\n";
  }
}

void PageWriter::enter_item(const cmark_node* node) {
  new_line();
  out_ += "<li>";
  if (!node->extension) return;
  out_ += node->as.list.checked ? "<input checked=\"\" disabled=\"\" type=\"checkbox\"> "
                                : "<input disabled=\"\" type=\"checkbox\"> ";
}

void PageWriter::enter_heading(const cmark_node* node) {
  words_.end_word();
  new_line();
  out_ += "<h";
  append_number(out_, node->as.heading.level);
  if (const std::size_t mark = mark_of(node)) {
    out_ += " id=\"";
    append_text(out_, marks_.headings[mark - 1].id);
    out_ += '"';
  }
  out_ += '>';
}

void PageWriter::leave_heading(const cmark_node* node) {
  if (const std::size_t mark = mark_of(node); mark && options_.heading_anchors) {
    // Named by the heading itself: no word that would need a translation.
    const std::string& id = marks_.headings[mark - 1].id;
    out_ += " <a class=\"heading-anchor\" href=\"#";
    append_text(out_, id);
    out_ += "\" aria-labelledby=\"";
    append_text(out_, id);
    out_ += "\">#</a>";
  }
  out_ += "</h";
  append_number(out_, node->as.heading.level);
  out_ += ">\n";
}

void PageWriter::enter_code_block(cmark_node* node) {
  new_line();
  if (const std::size_t mark = mark_of(node)) {
    write_component(mark - 1);
    return;
  }
  std::string_view language = view(node->as.code.info);
  std::size_t end = 0;
  while (end < language.size() && (class_of(language[end]) & kSpace) == 0) ++end;
  language = language.substr(0, end);
  if (node->as.code.info.len == 0) {
    out_ += "<pre><code>";
  } else {
    out_ += "<pre><code class=\"language-";
    append_text(out_, language);
    out_ += "\">";
  }
  append_text(out_, view(node->as.code.literal));
  out_ += "</code></pre>\n";
}

void PageWriter::write_component(std::size_t index) {
  if (!out_.empty()) {
    BodyPart part;
    part.html = std::move(out_);
    page_.parts.push_back(std::move(part));
    out_.clear();
  }
  page_.parts.push_back(std::move(marks_.components[index]));
}

void PageWriter::enter_table_part(cmark_node* node) {
  new_line();
  if (node->type == CMARK_NODE_TABLE) {
    out_ += "<div class=\"table-scroll\">\n<table>";
    alignments_ = cmark_gfm_extensions_get_table_alignments(node);
    in_body_ = false;
  } else if (node->type == CMARK_NODE_TABLE_ROW) {
    column_ = 0;
    in_header_ = cmark_gfm_extensions_get_table_row_is_header(node) != 0;
    if (in_header_) {
      out_ += "<thead>\n";
    } else if (!std::exchange(in_body_, true)) {
      out_ += "<tbody>\n";
    }
    out_ += "<tr>";
  } else {
    words_.end_word();
    out_ += in_header_ ? "<th" : "<td";
    switch (alignments_[column_++]) {
      case 'l':
        out_ += " class=\"align-left\"";
        break;
      case 'c':
        out_ += " class=\"align-center\"";
        break;
      case 'r':
        out_ += " class=\"align-right\"";
        break;
      default:
        break;
    }
    out_ += '>';
  }
}

void PageWriter::leave_table_part(const cmark_node* node) {
  if (node->type == CMARK_NODE_TABLE) {
    if (in_body_) out_ += "\n</tbody>";
    out_ += "\n</table>\n</div>\n";
  } else if (node->type == CMARK_NODE_TABLE_ROW) {
    out_ += in_header_ ? "\n</tr>\n</thead>" : "\n</tr>";
  } else {
    out_ += in_header_ ? "</th>" : "</td>";
  }
}

void PageWriter::append_title(const cmark_node* link) {
  if (link->as.link.title.len == 0) return;
  out_ += "\" title=\"";
  append_text(out_, view(link->as.link.title));
}

void PageWriter::enter_link(const cmark_node* node) {
  out_ += "<a href=\"";
  append_href(out_, view(node->as.link.url));
  append_title(node);
  out_ += "\">";
}

void PageWriter::write_image(cmark_node* node) {
  out_ += "<img src=\"";
  append_href(out_, view(node->as.link.url));
  out_ += "\" alt=\"";
  append_alt(out_, node);
  append_title(node);
  out_ += "\" />";
}

// The literal is the footnote's number; ref_ix counts the references to it.
void PageWriter::write_footnote_reference(const cmark_node* node) {
  const std::string_view number = view(node->as.literal);
  out_ += "<sup class=\"footnote-ref\"><a href=\"#fn-";
  out_ += number;
  out_ += "\" id=\"fnref-";
  out_ += number;
  if (node->footnote.ref_ix > 1) {
    out_ += '-';
    append_number(out_, node->footnote.ref_ix);
  }
  out_ += "\" role=\"doc-noteref\">";
  out_ += number;
  out_ += "</a></sup>";
}

void PageWriter::enter_footnote(const cmark_node*) {
  new_line();
  if (footnotes_++ == 0) out_ += "<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n";
  back_links_due_ = true;
  out_ += "<li id=\"fn-";
  append_number(out_, footnotes_);
  out_ += "\">\n";
}

void PageWriter::write_back_links(const cmark_node* footnote) {
  back_links_due_ = false;
  for (int reference = 1; reference <= footnote->footnote.def_count; ++reference) {
    if (reference > 1) out_ += ' ';
    out_ += "<a href=\"#fnref-";
    append_number(out_, footnotes_);
    if (reference > 1) {
      out_ += '-';
      append_number(out_, reference);
    }
    out_ += "\" class=\"footnote-backref\" role=\"doc-backlink\">↩";
    if (reference > 1) {
      out_ += "<sup>";
      append_number(out_, reference);
      out_ += "</sup>";
    }
    out_ += "</a>";
  }
}

}  // namespace

RenderedPage render_page(cmark_node* root, const MarkdownOptions& options, PageMarks& marks, std::size_t size_hint) {
  PageWriter writer(options, marks, size_hint);
  cmark::walk(
      root, [&](cmark_node* node) { return writer.enter(node); }, [&](cmark_node* node) { writer.leave(node); });
  return writer.finish();
}

std::string plain_text(cmark_node* block) {
  std::string text;
  cmark::walk(
      block,
      [&](const cmark_node* node) {
        if (node->type == CMARK_NODE_TEXT || node->type == CMARK_NODE_CODE) text += view(node->as.literal);
        if (is_break(node)) text += ' ';
        return true;
      },
      [](const cmark_node*) {});
  return text;
}

std::string quotable_html(cmark_node* block) {
  std::string out;
  cmark::walk(
      block,
      [&](const cmark_node* node) {
        if (node->type == CMARK_NODE_TEXT) {
          append_text(out, view(node->as.literal));
        } else if (node->type == CMARK_NODE_CODE) {
          out += "<code>";
          append_text(out, view(node->as.literal));
          out += "</code>";
        } else if (is_break(node)) {
          out += ' ';
        } else if (const std::string_view element = element_of(node); !element.empty()) {
          append_tag(out, "<", element);
        }
        return true;
      },
      [&](const cmark_node* node) {
        if (const std::string_view element = element_of(node); !element.empty()) append_tag(out, "</", element);
      });
  return out;
}

}  // namespace hardtop
