// Diagnostics as people and programs read them. Each function is pure.
//   text    path:line:col: error: message [id], the line with a caret, "  hint: ..."; notes in the same form
//   json    one object a line: path line column severity message id hint (line and column are null where there is none)
//   github  workflow commands: ::error file=...,line=...,col=...,title=ID::message
//   sarif   one SARIF 2.1.0 document (OASIS) with one run; written also when there is nothing to report
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace hardtop {

enum class DiagnosticFormat { text, json, github, sarif };

struct FormatOptions {
  DiagnosticFormat format = DiagnosticFormat::text;
  bool color = false;  // ANSI colours, for text only
};

[[nodiscard]] std::string format_diagnostics(const std::vector<Diagnostic>& diagnostics, const FormatOptions& options);

// Shorthand that tests use: text, without colour.
[[nodiscard]] std::string to_text(const Diagnostics& diagnostics);

}  // namespace hardtop
