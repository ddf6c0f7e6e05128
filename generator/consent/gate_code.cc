#include "consent/gate_code.h"

#include "base/javascript.h"

namespace hardtop {

std::optional<CodeUse> find_document_write(std::string_view script) {
  if (script.find("write") == std::string_view::npos && script.find('\\') == std::string_view::npos)
    return std::nullopt;
  // document . write, document ?. [ "write"
  enum class After { nothing, document, access };
  After after = After::nothing;
  std::size_t begin = 0;
  JsScanner scanner(script);
  for (JsToken token; scanner.next(token);) {
    if (token.is_name("document")) {
      after = After::document;
      begin = token.begin;
    } else if (after != After::nothing && (token.is(".") || token.is("?.") || token.is("["))) {
      after = After::access;
    } else if (after == After::access && token.kind != JsToken::Kind::punctuation &&
               (token.text == "write" || token.text == "writeln")) {
      return CodeUse{begin, token.end - begin};
    } else {
      after = After::nothing;
    }
  }
  return std::nullopt;
}

}  // namespace hardtop
