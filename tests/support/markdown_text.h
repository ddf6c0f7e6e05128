// Markdown as tests write it: texts in, texts out.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "base/diagnostic_format.h"
#include "content/markdown.h"

namespace hardtop {

// A row of tables.
struct Rendering {
  const char* markdown;
  const char* html;
};

inline std::string html_of(const Body& body) {
  std::string html;
  for (const BodyPart& part : body.parts) html += part.html;
  return html;
}

// The page's HTML; its errors where it has any.
inline std::string render(const std::string& markdown, const MarkdownOptions& options = {}) {
  Diagnostics diagnostics;
  const auto body = parse_markdown(make_source("a.md", markdown), 0, options, {}, diagnostics);
  return body ? html_of(*body) : to_text(diagnostics);
}

inline Body parse(const std::string& markdown, const MarkdownOptions& options = {}) {
  Diagnostics diagnostics;
  auto body = parse_markdown(make_source("a.md", markdown), 0, options, {}, diagnostics);
  CHECK(to_text(diagnostics) == "");
  REQUIRE(body);
  return std::move(*body);
}

inline std::string errors_of(const std::string& markdown) {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_markdown(make_source("a.md", markdown), 0, {}, {}, diagnostics));
  return to_text(diagnostics);
}

}  // namespace hardtop
