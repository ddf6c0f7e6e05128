// One writer, a method a kind of node: at a little over 400 lines easier to follow whole than in parts.
#include "content/markdown_html.h"

#include <cstdint>
#include <utility>

#include "base/text.h"
#include "content/inline_html.h"
#include "content/word_counter.h"

namespace hardtop {

namespace {

using cmark::view;

// Behind the id of a heading, the id of its text. Neither a slug nor an explicit id has a '~'.
constexpr const char* kTextOfHeading = "~text";

void append_number(std::string& out, int number) { out += std::to_string(number); }

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
  // An attribute that begins with `open`, its quote included.
  void append_id(std::string_view open, std::string_view id) {
    out_ += open;
    append_escaped_text(out_, id);
    out_ += '"';
  }
  void enter_heading(cmark_node* node);
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
  std::string name_id_;          // the id of what names the last heading; empty before the first
  std::string anchor_;           // the id of the heading that is being written, if it links to itself
  int footnotes_ = 0;            // written so far
  bool back_links_due_ = false;  // of the footnote that is being written
};

// In a tight list paragraphs have no element of their own.
bool is_in_tight_item(const cmark_node* paragraph) {
  const cmark_node* const list = paragraph->parent ? paragraph->parent->parent : nullptr;
  return list && list->type == CMARK_NODE_LIST && list->as.list.tight;
}
// A task whose text can name its box: inline content follows it. Between paragraphs a <label> would not be valid.
bool is_labelled_task(const cmark_node* item) {
  const cmark_node* const first = item->first_child;
  return item->type == CMARK_NODE_ITEM && item->extension && first && first->type == CMARK_NODE_PARAGRAPH &&
         is_in_tight_item(first);
}

bool is_table_part(const cmark_node* node) {
  return node->type == CMARK_NODE_TABLE || node->type == CMARK_NODE_TABLE_ROW || node->type == CMARK_NODE_TABLE_CELL;
}

bool PageWriter::enter(cmark_node* node) {
  switch (node->type) {
    case CMARK_NODE_TEXT:
      words_.add(view(node->as.literal));
      append_escaped_text(out_, view(node->as.literal));
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
      append_escaped_text(out_, view(node->as.literal));
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
    case CMARK_NODE_DOCUMENT:
      return;
    case CMARK_NODE_LINK:
      out_ += "</a>";
      return;
    case CMARK_NODE_PARAGRAPH:
      if (is_in_tight_item(node)) {
        if (!node->prev && is_labelled_task(node->parent)) out_ += "</label>";
        return;
      }
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
  if (is_labelled_task(node)) out_ += "<label>";
  out_ += node->as.list.checked ? "<input checked=\"\" disabled=\"\" type=\"checkbox\"> "
                                : "<input disabled=\"\" type=\"checkbox\"> ";
}

// A heading that links to itself is named by its text alone, and so is the link: the sign that is to be seen is not a part of
// either name, and no word needs a translation. Without text there is nothing that could name them.
void PageWriter::enter_heading(cmark_node* node) {
  words_.end_word();
  new_line();
  out_ += "<h";
  append_number(out_, node->as.heading.level);
  const std::size_t mark = mark_of(node);
  anchor_.clear();
  if (mark != 0) {
    append_id(" id=\"", marks_.headings[mark - 1].id);
    name_id_ = marks_.headings[mark - 1].id;
    if (options_.heading_anchors && !trim(plain_text(node)).empty()) {
      anchor_ = marks_.headings[mark - 1].id;
      name_id_ += kTextOfHeading;
      append_id(" aria-labelledby=\"", name_id_);
      out_ += "><span";
      append_id(" id=\"", name_id_);
    }
  }
  out_ += '>';
}

void PageWriter::leave_heading(const cmark_node* node) {
  if (!anchor_.empty()) {
    append_id("</span> <a class=\"heading-anchor\" href=\"#", anchor_);
    append_id(" aria-labelledby=\"", name_id_);
    out_ += ">#</a>";
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
  const std::string_view info = view(node->as.code.info);
  const std::string_view language = info.substr(0, info.find_first_of(" \t\r\n"));
  // A class would end at the form feed, which cmark takes for a letter.
  if (language.empty() || language.front() == '\f') {
    out_ += "<pre tabindex=\"0\"><code>";
  } else {
    out_ += "<pre tabindex=\"0\"><code class=\"language-";
    append_escaped_text(out_, language);
    out_ += "\">";
  }
  append_escaped_text(out_, view(node->as.code.literal));
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
    // A Tab stop wants a role and a name. The heading above it names it, without a word that would need a translation; not
    // as a region, because all tables below a heading would be landmarks of one name.
    out_ += "<div class=\"table-scroll\"";
    if (!name_id_.empty()) append_id(" role=\"group\" aria-labelledby=\"", name_id_);
    out_ += " tabindex=\"0\">\n<table>";
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
  append_escaped_text(out_, view(link->as.link.title));
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

}  // namespace hardtop
