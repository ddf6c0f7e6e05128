// Which media type a file's name stands for: the one table of those who send files.
#pragma once

#include <string_view>

namespace hardtop {

// With "; charset=utf-8" where the type is text, which is how everything is written here. "application/octet-stream" for an
// extension that is not in the table, or none.
[[nodiscard]] std::string_view media_type_of(std::string_view path);

// Whether a file of this name holds text, which compresses well. Images, fonts, films and archives are compressed as they are; SVG
// is text.
[[nodiscard]] bool is_text_file(std::string_view path);

// Whether a Content-Type is that of HTML. XHTML is not: it is XML.
[[nodiscard]] bool is_html_type(std::string_view content_type);

}  // namespace hardtop
