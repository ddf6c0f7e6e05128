// Files that hosts read: _headers and _redirects, at the site's root, as Netlify and Cloudflare Pages have them. A header there is a
// header of site.toml, a redirect is a Location.
#include "base/text.h"
#include "consent/gate_values.h"
#include "consent/judgement.h"

namespace hardtop {

namespace {

// By line, with its offset.
template <typename See>
void for_each_line(std::string_view text, See see) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    see(line, at);
    at = end + 1;
  }
}

void add_problems(JudgedFile& to, std::vector<GateProblem> problems, std::size_t offset) {
  for (GateProblem& problem : problems) {
    problem.offset += offset;
    to.problems.push_back(std::move(problem));
  }
}

}  // namespace

// A path at the line's begin, and below it, after white space, "Name: value".
JudgedFile judge_headers_file(const Services& services, std::string_view text) {
  JudgedFile out;
  for_each_line(text, [&](std::string_view line, std::size_t offset) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !(line.starts_with(' ') || line.starts_with('\t'))) return;
    const std::string_view name = trim(line.substr(0, colon)), value = line.substr(colon + 1);
    JudgedFile header = judge_header(services, name, value);
    const std::size_t value_at = offset + colon + 1;
    add_problems(out, std::move(header.problems), value_at);
    for (std::size_t i = 0; i < header.facts.imports.size(); ++i) {
      out.facts.imports.push_back(std::move(header.facts.imports[i]));
      out.imports_at.push_back({header.imports_at[i].offset + value_at, header.imports_at[i].length});
    }
  });
  return out;
}

// "/from /to 301", with parameters of the query between, and conditions after: the target is the second path or URL.
JudgedFile judge_redirects_file(const Services& services, std::string_view text) {
  JudgedFile out;
  for_each_line(text, [&](std::string_view line, std::size_t offset) {
    const std::vector<std::string_view> words = split_words(line.substr(0, line.find(" #")));
    if (words.empty() || words[0].starts_with('#')) return;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (!words[i].starts_with('/') && words[i].find("://") == words[i].npos) continue;
      add_problems(out, judge_redirect(services, words[i]),
                   offset + static_cast<std::size_t>(words[i].data() - line.data()));
      break;
    }
  });
  return out;
}

}  // namespace hardtop
