// Follows what is open in a document, token by token of a scanner, for the readings that move elements.
#pragma once

#include <string_view>

#include "base/html.h"
#include "base/html_tree.h"

namespace hardtop {

// Feeds a scanner's tokens to a tree, as the scanner does itself.
class TreeReader {
 public:
  TreeReader(std::string_view document, bool scripting) : tree(scripting), document_(document) {}

  HtmlTree tree;
  HtmlTree::Reading feed(const HtmlToken& token) {
    HtmlTree::Reading reading;
    const std::string_view text = document_.substr(token.begin, token.end - token.begin);
    switch (token.kind) {
      case HtmlToken::Kind::start_tag:
        reading = tree.start_tag(token);
        raw_ = reading.raw_text;
        break;
      case HtmlToken::Kind::end_tag:
        if (!raw_) reading = tree.end_tag(token.name);
        raw_ = false;
        break;
      case HtmlToken::Kind::text:
        tree.text(text);
        break;
      case HtmlToken::Kind::cdata:
        tree.text(text.substr(9, text.size() - 9 - (text.ends_with("]]>") ? 3 : 0)));
        break;
      case HtmlToken::Kind::doctype:
        tree.doctype(text);
        break;
      default:
        break;
    }
    return reading;
  }

 private:
  std::string_view document_;
  bool raw_ = false;  // the next end tag closes raw text
};

}  // namespace hardtop
