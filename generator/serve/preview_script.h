// Where the preview's own script goes in a page, when it is sent; a built page never holds it.
//
// The place is right behind the page's own policy (<meta http-equiv="Content-Security-Policy">), so that the script obeys it as
// everything else on the page does; in a page without one behind <meta charset>, else behind what opens the page: <head>, <html>, the
// doctype. Text, comments, templates and scripts that only look like one of these are not taken for it, and neither is what
// stands in the body, where browsers ignore a policy (HTML Living Standard, 4.2.5.3).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hardtop {

// The byte of `html` in front of which the script goes. Reads the head only.
[[nodiscard]] std::size_t find_script_place(std::string_view html);

// `<script src="/.hardtop/preview.js" data-version="…" data-output="…"></script>`; output is an output file's path.
[[nodiscard]] std::string preview_script(std::string_view version, std::string_view output);

}  // namespace hardtop
