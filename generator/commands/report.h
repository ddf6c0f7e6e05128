// How a command speaks: diagnostics, closing lines and summaries, each on the stream where it belongs.
//
// Text: diagnostics and their closing line go to `err`, what a command made goes to `out`. A machine's format has `out`
// for itself: diagnostics go there, and the rest to `err`. --quiet leaves diagnostics alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "commands/command_line.h"
#include "commands/surroundings.h"

namespace hardtop {

// Whether text for `err` is coloured: --color, then NO_COLOR (https://no-color.org/), then CLICOLOR_FORCE, then whether
// it is a terminal that knows colours.
[[nodiscard]] bool use_color(ColorChoice choice, const Surroundings& surroundings);

// Prints what was found. Paths in diagnostics are relative to the site's folder; here they become relative to the
// current folder, so that an editor can open them.
void print_diagnostics(const Diagnostics& diagnostics, const GlobalOptions& global, Surroundings& surroundings);

// Prints the line below the diagnostics, when there were any: "3 errors, 1 warning", then ` after`.
void print_closing_line(const Diagnostics& diagnostics, std::string_view after, const GlobalOptions& global,
                        Surroundings& surroundings);

// Prints what a command made or found; `text` ends in a newline. Nothing with --quiet.
void print_summary(std::string_view text, const GlobalOptions& global, Surroundings& surroundings);

// "error: MESSAGE\n  hint: HINT\n" on `err`.
void print_usage_error(const UsageError& error, ColorChoice color, Surroundings& surroundings);

// "345 B", "34.2 kB", "1.3 MB"
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);

// "3 errors, 1 warning"; what there is none of is left out.
[[nodiscard]] std::string count_text(const Diagnostics& diagnostics);

// A word for people to paste into a shell: in quotes where it needs them.
[[nodiscard]] std::string shell_word(std::string_view text);

}  // namespace hardtop
