// The head of a content file: TOML between two lines `+++`, or YAML between two lines `---`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/data.h"

namespace hardtop {

struct Alias {
  std::string url;
  std::size_t offset = Place::kWholeFile;
};

struct FrontMatter {
  std::string title;  // may be empty: a heading (title_heading.h) or the file's name stands in
  std::string description;
  std::optional<Date> date, updated, expires;
  bool draft = false;
  std::string slug;  // replaces the file's name in the URL
  std::size_t slug_offset = Place::kWholeFile;
  std::string url;  // replaces the whole URL: "/about.html" or "/about/"
  std::size_t url_offset = Place::kWholeFile;
  std::vector<Alias> aliases;  // URLs that redirect here
  std::int64_t weight = 0;     // sorts before dates; 0 means unset and comes last
  std::string layout;          // instead of the kind's own
  std::size_t layout_offset = Place::kWholeFile;
  // Keys that are taxonomies of the site, e.g. tags = ["a", "b"]; terms as written, in order, without repetitions.
  std::map<std::string, std::vector<std::string>> taxonomies;
  DataTable params;  // [params]: free, checked against the theme by build
  std::size_t params_offset = Place::kWholeFile;
  std::size_t body_offset = 0;  // where Markdown begins
};

// Reads the head of source->text. A file without one is all body; a key of YAML without a value is not set. Reports
//   front-matter/unterminated, front-matter/bad-fence, front-matter/toml-syntax, front-matter/yaml-syntax, front-matter/unknown-key,
//   front-matter/wrong-type, front-matter/bad-date, front-matter/empty-term, front-matter/key-in-params (a warning)
// Empty if and only if it reported an error.
[[nodiscard]] std::optional<FrontMatter> parse_front_matter(const SourcePtr& source,
                                                            const std::vector<std::string>& taxonomies,
                                                            Diagnostics& diagnostics);

// Whether the text, of whatever file, begins with a head that is closed.
[[nodiscard]] bool has_front_matter(std::string_view text);

// Where the head names a term of a taxonomy, for messages: it is read once more.
[[nodiscard]] Place place_of_term(const SourcePtr& source, std::string_view taxonomy, std::string_view term);

}  // namespace hardtop
