#include "commands/report.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/diagnostic_format.h"
#include "base/text.h"
#include "commands/shown_paths.h"

namespace hardtop {
namespace {

bool is_set(const std::optional<std::string>& variable) { return variable && !variable->empty(); }

}  // namespace

bool use_color(ColorChoice choice, const Surroundings& surroundings) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  if (is_set(surroundings.variable("NO_COLOR"))) return false;
  if (const auto forced = surroundings.variable("CLICOLOR_FORCE"); is_set(forced) && *forced != "0") return true;
  return surroundings.err_is_terminal && surroundings.variable("TERM") != "dumb";
}

std::string count_text(const Diagnostics& diagnostics) {
  std::size_t errors = 0, warnings = 0;  // as they are shown: repetitions once
  for (const Diagnostic& d : diagnostics.sorted()) ++(d.severity == Severity::error ? errors : warnings);
  std::string text;
  if (errors > 0) text = count_of(errors, "error", "errors");
  if (warnings > 0) {
    if (!text.empty()) text += ", ";
    text += count_of(warnings, "warning", "warnings");
  }
  return text;
}

void print_diagnostics(const Diagnostics& diagnostics, const GlobalOptions& global, Surroundings& surroundings) {
  const bool text = global.format == DiagnosticFormat::text;
  const FormatOptions options{.format = global.format, .color = text && use_color(global.color, surroundings)};
  (text ? surroundings.err : surroundings.out)
      << format_diagnostics(seen_from_here(diagnostics.sorted(), global.dir), options);
}

void print_closing_line(const Diagnostics& diagnostics, std::string_view after, const GlobalOptions& global,
                        Surroundings& surroundings) {
  const std::string counts = count_text(diagnostics);
  if (global.quiet || counts.empty()) return;
  const bool color = use_color(global.color, surroundings);
  surroundings.err << (color ? "\x1b[1m" : "") << counts << (color ? "\x1b[0m" : "") << after << '\n';
}

void print_summary(std::string_view text, const GlobalOptions& global, Surroundings& surroundings) {
  if (global.quiet) return;
  (global.format == DiagnosticFormat::text ? surroundings.out : surroundings.err) << text;
}

void print_usage_error(const UsageError& error, ColorChoice color, Surroundings& surroundings) {
  const bool colored = use_color(color, surroundings);
  surroundings.err << (colored ? "\x1b[1;31merror:\x1b[0m " : "error: ") << error.message << '\n';
  if (!error.hint.empty()) surroundings.err << (colored ? "  \x1b[36mhint:\x1b[0m " : "  hint: ") << error.hint << '\n';
}

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::uint64_t kThousand = 1000;
  if (bytes < kThousand) return std::to_string(bytes) + " B";
  std::uint64_t unit = kThousand;
  std::size_t name = 0;
  constexpr std::string_view kNames[] = {"kB", "MB", "GB"};
  while (bytes >= unit * kThousand && name + 1 < std::size(kNames)) {
    unit *= kThousand;
    ++name;
  }
  const std::uint64_t tenths = (bytes * 10 + unit / 2) / unit;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " + std::string(kNames[name]);
}

std::string shell_word(std::string_view text) {
  const auto is_plain = [](char c) {
    return is_ascii_alphanumeric(c) || std::string_view("/._-+:@%=,").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  if (!text.empty() && text.front() != '-' && std::ranges::all_of(text, is_plain)) return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? "'\\''" : std::string(1, c);
  return word + "'";
}

}  // namespace hardtop
