// Takes attributes' values and JSON apart into the URLs in them. Views point into what was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// The candidates' URLs (HTML 4.8.4.3.10); descriptors are not looked at.
[[nodiscard]] std::vector<std::string_view> split_srcset(std::string_view value);
// Between ASCII white space.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view value);
// Whether one of them is this one, in whatever case: a keyword of rel.
[[nodiscard]] bool has_word(std::string_view value, std::string_view lower_case_word);
// The URL of <meta http-equiv="refresh"> (HTML 4.2.5.3); nothing where the document is only loaded again.
[[nodiscard]] std::optional<std::string_view> refresh_url(std::string_view content);

// Every string of a JSON text, keys too, decoded. Where it is not JSON: those up to there.
[[nodiscard]] std::vector<std::string> json_strings(std::string_view json);
// Speculation rules (HTML 7.6.1) whose "where" may match a link to another site: they make the browser fetch what such a link leads to.
[[nodiscard]] bool speculates_on_other_sites(std::string_view json);

// UTF-8 or ASCII: in these, bytes are what they seem to be.
[[nodiscard]] bool is_readable_encoding(std::string_view name);
// UTF-16, by what a file begins with.
[[nodiscard]] bool begins_as_utf16(std::string_view bytes);

// RFC 2397: the media type in lower case, without parameters, its charset, and the content. `url` begins with "data:".
struct DataUrl {
  std::string type;
  std::string charset;  // in lower case; empty where it names none
  std::string content;
};
[[nodiscard]] DataUrl read_data_url(std::string_view url);

}  // namespace hardtop
