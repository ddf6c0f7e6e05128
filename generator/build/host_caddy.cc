// Caddy 2: a snippet that a site block imports. https://caddyserver.com/docs/caddyfile
//
// Inside `route` directives run in the order in which they are written. `header` sets a field and so takes the place of what an
// earlier one said; with '+' it adds one. So rules stand by rank, the greatest last, and what stands beside others after them.
// path_regexp looks at the decoded path and knows cases; `path` does not.
//
// A missing file is an error, whose route (handle_errors) still has the headers of the address that was asked for: there the 404 page's
// own take their places, and what it has none of is taken back. (`header -Name` waits until the answer is sent: what is set again must
// not be taken back.)
//
// `rewrite` takes a path as it is, not percent-encoded (Caddy 2.6; later ones decode it).
//
// Texts stand in backquotes, which know no escapes, or in double quotes, which know only \". In both Caddy puts the environment for
// {$NAME} and what it knows for {name}, and has no way to say that a text means itself: such values are an error.
#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/text.h"
#include "base/url.h"
#include "build/hosts.h"

namespace hardtop {

namespace {

constexpr std::string_view kNotFound = "/404.html";

bool is_word(char c) { return is_ascii_alphanumeric(c) || c == '_' || c == '.' || c == '-'; }

// Whether Caddy might read a placeholder in it: {$…}, {word…
bool has_placeholder(std::string_view text) {
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    const std::size_t next = at + 1;
    if (next < text.size() && (text[next] == '$' || text[next] == '%')) return true;
    const std::size_t close = text.find('}', next);
    if (close != std::string_view::npos && close > next &&
        std::all_of(text.begin() + static_cast<std::ptrdiff_t>(next), text.begin() + static_cast<std::ptrdiff_t>(close),
                    is_word))
      return true;
  }
  return false;
}

// "https://www.example.com/docs/" -> "hardtop_www_example_com_docs"
std::string snippet_name(std::string_view base_url) {
  base_url.remove_prefix(base_url.find("://") + 3);
  while (base_url.ends_with('/')) base_url.remove_suffix(1);
  std::string out = "hardtop_";
  for (const char c : base_url) out += is_word(c) && c != '.' && c != '-' ? c : '_';
  return out;
}

// A path that is no pattern: its '*' is a character.
std::string without_stars(std::string_view path) {
  std::string out;
  for (const char c : path) out += c == '*' ? std::string("%2A") : std::string(1, c);
  return out;
}

class CaddyWriter {
 public:
  CaddyWriter(const HostSite& site, Diagnostics& found) : site_(site), found_(found) {}

  std::string write() {
    for (const HostValues& group : grouped(site_.rules)) groups_.push_back(group);
    const std::string name = snippet_name(site_.base_url);
    std::string out = host_file_head(site_) +
                      "#\n"
                      "# import THIS-FILE\n"
                      "#\n"
                      "# www.example.com {\n"
                      "# \troot * /srv/www\n"
                      "# \tencode zstd gzip\n"
                      "# \timport " +
                      name + "\n# }\n#\n# " + root_text() + "(" + name + ") {\n\troute {\n";
    out += headers("\t\t", {}) + redirects() + file_server("\t\t") + "\t}\n";
    if (site_.has_not_found) {
      std::set<std::string> names;
      for (const HostValues& group : groups_) names.insert(to_lower_ascii(group.name));
      for (const auto& [each, value] : headers_for(site_.rules, kNotFound)) names.erase(to_lower_ascii(each));
      out +=
          "\thandle_errors {\n\t\t@hardtop_missing expression `{http.error.status_code} == 404`\n"
          "\t\troute @hardtop_missing {\n";
      for (const std::string& each : names) out += "\t\t\theader -" + each + "\n";
      out += headers("\t\t\t", kNotFound) + "\t\t\trewrite * " + quoted(decode_percent(site_.base_path) + "404.html") +
             "\n" + file_server("\t\t\t") + "\t\t}\n\t}\n";
    }
    return out + "}\n";
  }

 private:
  [[nodiscard]] std::string root_text() const {
    if (site_.base_path == "/") return "The root is the output folder.\n\n";
    return "The output folder is the folder " + site_.base_path.substr(0, site_.base_path.size() - 1) +
           " of the root.\n\n";
  }

  // Of what a browser takes, the first of the list is sent. Caddy says "Vary" with compressed files only, and a cache must hear it with
  // the others, too: '?' says it where nobody else has.
  [[nodiscard]] std::string file_server(const std::string& indent) const {
    std::string out = site_.encodings.empty() ? "" : indent + "header ?Vary Accept-Encoding\n";
    out += indent + "file_server {\n" + indent + "\thide " + std::string(kNotes) + "\n";
    if (!site_.encodings.empty()) {
      out += indent + "\tprecompressed";
      for (auto encoding = site_.encodings.rbegin(); encoding != site_.encodings.rend(); ++encoding)
        (out += ' ') += encoding_token(*encoding);
      out += "\n";
    }
    return out + indent + "}\n";
  }

  std::string quoted(const HostValues& group, const std::string& text) {
    if (has_placeholder(text) || (text.find('`') != std::string::npos && text.ends_with('\\')))
      found_.error(place_of(site_, *group.rule), "host/cannot-say",
                   "Caddy would read a placeholder in the value of '" + group.name + "': " + text,
                   "write it without '{', or take \"caddy\" out of 'hosts' in [build]");
    return quoted(text);
  }
  static std::string quoted(const std::string& text) {
    if (text.find('`') == std::string::npos) return "`" + text + "`";
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"') out += '\\';
      out += c;
    }
    return out + "\"";
  }

  // A folder's page has two addresses here: Caddy sends index.html under its own name, too.
  [[nodiscard]] std::string regex(std::string_view pattern) const {
    std::string out = path_regex(site_.base_path, pattern);
    if (pattern.ends_with('/')) out.insert(out.size() - 2, "(index\\.html)?");
    return out;
  }

  // All rules, each with its matcher; or, without matchers, those that match one path.
  std::string headers(const std::string& indent, std::string_view only_for) {
    if (!only_for.empty()) {
      std::string out;
      std::set<std::string> said;
      for (const auto& [name, value] : headers_for(site_.rules, only_for)) {
        out += indent + "header " + (said.insert(to_lower_ascii(name)).second ? "" : "+") + name + " " + quoted(value) +
               "\n";
      }
      return out;
    }
    std::string out, last;
    std::size_t number = 0;
    for (const HostValues& group : groups_) {
      std::string matcher;
      if (group.pattern != "/*" || site_.base_path != "/") {
        if (group.pattern != last) {
          out += indent + "@hardtop_" + std::to_string(++number) + " path_regexp `" + regex(group.pattern) + "`\n";
          last = group.pattern;
        }
        matcher = "@hardtop_" + std::to_string(number) + " ";
      }
      for (std::size_t i = 0; i < group.values.size(); ++i)
        out += indent + "header " + matcher + (group.beside || i > 0 ? "+" : "") + group.name + " " +
               quoted(group, group.values[i]) + "\n";
    }
    return out;
  }

  [[nodiscard]] std::string redirects() const {
    std::string out;
    std::size_t number = 0;
    for (const HostRedirect& redirect : site_.redirects) {
      const std::string matcher = "@hardtop_alias_" + std::to_string(++number);
      out += "\t\t" + matcher + " path_regexp `" + path_regex(site_.base_path, without_stars(redirect.from)) +
             "`\n\t\tredir " + matcher + " " + quoted(redirect.to) + " 301\n";
    }
    return out;
  }

  const HostSite& site_;
  Diagnostics& found_;
  std::vector<HostValues> groups_;
};

}  // namespace

std::string write_caddyfile(const HostSite& site, Diagnostics& diagnostics) {
  return CaddyWriter(site, diagnostics).write();
}

}  // namespace hardtop
