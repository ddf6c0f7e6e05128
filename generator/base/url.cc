// The URL Standard's state machine (section 4.4) written as a descent: each state that reads a part is a function, and
// what the standard does by moving its pointer is done by handing on the rest of the text. Section names stand at the
// functions.
#include "base/url.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/host.h"
#include "base/percent.h"

namespace hardtop {

namespace {

struct SpecialScheme {
  std::string_view name;
  int port;
};
constexpr std::array<SpecialScheme, 6> kSpecialSchemes = {
    {{"http", 80}, {"https", 443}, {"file", -1}, {"ws", 80}, {"wss", 443}, {"ftp", 21}}};

bool is_special(std::string_view scheme) {
  return std::ranges::any_of(kSpecialSchemes, [&](const SpecialScheme& special) { return special.name == scheme; });
}

bool equals_ci(std::string_view a, std::string_view lower) {
  return std::ranges::equal(a, lower, [](char x, char y) { return to_ascii_lower(x) == y; });
}

// ".", "%2e"
bool is_single_dot(std::string_view segment) { return segment == "." || equals_ci(segment, "%2e"); }
// "..", ".%2e", "%2e.", "%2e%2e"
bool is_double_dot(std::string_view segment) {
  return segment == ".." || equals_ci(segment, ".%2e") || equals_ci(segment, "%2e.") || equals_ci(segment, "%2e%2e");
}

bool is_drive_letter(std::string_view text) {
  return text.size() == 2 && is_ascii_alpha(text[0]) && (text[1] == ':' || text[1] == '|');
}
bool starts_with_drive_letter(std::string_view text) {
  return text.size() >= 2 && is_drive_letter(text.substr(0, 2)) &&
         (text.size() == 2 || std::string_view("/\\?#").find(text[2]) != std::string_view::npos);
}
// "/C:", a path of one segment
bool is_drive_path(std::string_view path) {
  return path.size() == 3 && path[0] == '/' && is_ascii_alpha(path[1]) && path[2] == ':';
}

class Parser {
 public:
  // `rest` has no tabs and newlines, and nothing to trim.
  Parser(std::string_view rest, const Url* base) : rest_(rest), base_(base) {}

  std::optional<Url> parse() {
    if (!parse_all()) return std::nullopt;
    return std::move(url_);
  }

 private:
  [[nodiscard]] bool starts_with_slash() const {
    return rest_.starts_with('/') || (special_ && rest_.starts_with('\\'));
  }
  void copy_authority() {
    url_.username = base_->username;
    url_.password = base_->password;
    url_.host = base_->host;
    url_.port = base_->port;
    url_.has_authority = base_->has_authority || !base_->host.empty();
  }
  void copy_path_and_query() {
    url_.path = base_->path;
    url_.query = base_->query;
    url_.has_query = base_->has_query;
  }
  // "Shorten a URL's path": a drive letter stays.
  void shorten_path() {
    if (url_.scheme == "file" && is_drive_path(url_.path)) return;
    const std::size_t slash = url_.path.rfind('/');
    url_.path.resize(slash == std::string::npos ? 0 : slash);
  }

  // Scheme start state, scheme state, no scheme state
  bool parse_all() {
    if (take_scheme()) {
      if (url_.scheme == "file") {
        if (base_ && base_->scheme != "file") base_ = nullptr;
        return parse_file();
      }
      if (special_) {
        if (base_ && base_->scheme == url_.scheme && !rest_.starts_with("//")) return parse_relative();
        return parse_authority_after_slashes();
      }
      if (!rest_.starts_with('/')) return parse_opaque_path();
      rest_.remove_prefix(1);
      if (!rest_.starts_with('/')) return parse_path();
      rest_.remove_prefix(1);
      return parse_authority();
    }
    if (!base_) return false;
    url_.scheme = base_->scheme;
    special_ = is_special(url_.scheme);
    if (base_->opaque) {
      if (!rest_.starts_with('#')) return false;
      url_ = *base_;
      return parse_fragment();
    }
    return url_.scheme == "file" ? parse_file() : parse_relative();
  }

  bool take_scheme() {
    if (rest_.empty() || !is_ascii_alpha(rest_[0])) return false;
    std::size_t end = 1;
    while (end < rest_.size() &&
           (is_ascii_alphanumeric(rest_[end]) || rest_[end] == '+' || rest_[end] == '-' || rest_[end] == '.'))
      ++end;
    if (end == rest_.size() || rest_[end] != ':') return false;
    url_.scheme = rest_.substr(0, end);
    std::ranges::transform(url_.scheme, url_.scheme.begin(), to_ascii_lower);
    special_ = is_special(url_.scheme);
    rest_.remove_prefix(end + 1);
    return true;
  }

  // Relative state, relative slash state
  bool parse_relative() {
    if (starts_with_slash()) {
      rest_.remove_prefix(1);
      if (special_ && starts_with_slash()) return parse_authority_after_slashes();
      if (rest_.starts_with('/')) {
        rest_.remove_prefix(1);
        return parse_authority();
      }
      copy_authority();
      return parse_path();
    }
    copy_authority();
    copy_path_and_query();
    return parse_after_base_path([] { return true; });
  }

  // What relative and file references do with the base's path once it is copied.
  template <typename KeepsBasePath>
  bool parse_after_base_path(KeepsBasePath keeps_base_path) {
    if (rest_.empty()) return true;
    if (rest_[0] == '?' || rest_[0] == '#') return parse_query_and_fragment();
    url_.query.clear();
    url_.has_query = false;
    if (keeps_base_path()) {
      shorten_path();
    } else {
      url_.path.clear();
    }
    return parse_path();
  }

  // Special authority (ignore) slashes state
  bool parse_authority_after_slashes() {
    while (starts_with_slash()) rest_.remove_prefix(1);
    return parse_authority();
  }

  // Authority state, host state, port state
  bool parse_authority() {
    const std::size_t end = std::min(rest_.find_first_of(special_ ? "/?#\\" : "/?#"), rest_.size());
    std::string_view authority = rest_.substr(0, end);
    rest_.remove_prefix(end);
    url_.has_authority = true;

    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
      const std::string_view credentials = authority.substr(0, at);
      authority.remove_prefix(at + 1);
      if (authority.empty()) return false;
      const std::size_t colon = std::min(credentials.find(':'), credentials.size());
      append_percent_encoded(url_.username, credentials.substr(0, colon), kUserinfoSet);
      if (colon < credentials.size())
        append_percent_encoded(url_.password, credentials.substr(colon + 1), kUserinfoSet);
    }

    std::size_t colon = 0;
    for (bool in_brackets = false; colon < authority.size(); ++colon) {
      const char c = authority[colon];
      if (c == ':' && !in_brackets) break;
      if (c == '[') in_brackets = true;
      if (c == ']') in_brackets = false;
    }
    const std::string_view host = authority.substr(0, colon);
    if (host.empty() && (special_ || colon < authority.size())) return false;
    if (!set_host(host)) return false;
    if (colon < authority.size() && !set_port(authority.substr(colon + 1))) return false;
    return parse_path_start();
  }

  bool set_host(std::string_view text) {
    auto host = parse_host(text, special_);
    if (!host) return false;
    url_.host = std::move(*host);
    return true;
  }

  bool set_port(std::string_view digits) {
    int port = 0;
    for (char c : digits) {
      if (!is_ascii_digit(c)) return false;
      port = port * 10 + (c - '0');
      if (port > 65535) return false;
    }
    url_.port = digits.empty() || port == default_port(url_.scheme) ? -1 : port;
    return true;
  }

  // File state, file slash state, file host state
  bool parse_file() {
    url_.has_authority = true;
    if (!starts_with_slash()) {
      if (!base_) return parse_path();
      url_.host = base_->host;
      copy_path_and_query();
      return parse_after_base_path([this] { return !starts_with_drive_letter(rest_); });
    }
    rest_.remove_prefix(1);
    if (!starts_with_slash()) {
      if (base_) {
        url_.host = base_->host;
        const std::string_view first = std::string_view(base_->path).substr(0, base_->path.find('/', 1));
        if (!starts_with_drive_letter(rest_) && is_drive_path(first)) url_.path = first;
      }
      return parse_path();
    }
    rest_.remove_prefix(1);
    const std::size_t end = std::min(rest_.find_first_of("/\\?#"), rest_.size());
    const std::string_view host = rest_.substr(0, end);
    if (is_drive_letter(host)) return parse_path();  // file://C:/x has no host
    rest_.remove_prefix(end);
    if (!host.empty()) {
      if (!set_host(host)) return false;
      if (url_.host == "localhost") url_.host.clear();
    }
    return parse_path_start();
  }

  // Path start state
  bool parse_path_start() {
    if (starts_with_slash()) {
      rest_.remove_prefix(1);
    } else if (!special_) {
      return parse_query_and_fragment();  // no path at all
    }
    return parse_path();
  }

  // Path state; the slash before the first segment is gone.
  bool parse_path() {
    const std::string_view ends = special_ ? "/?#\\" : "/?#";
    while (true) {
      const std::size_t end = std::min(rest_.find_first_of(ends), rest_.size());
      const std::string_view segment = rest_.substr(0, end);
      rest_.remove_prefix(end);
      const bool last = !starts_with_slash();
      if (is_double_dot(segment)) {
        shorten_path();
        if (last) url_.path += '/';
      } else if (is_single_dot(segment)) {
        if (last) url_.path += '/';
      } else {
        const bool drive = url_.scheme == "file" && url_.path.empty() && is_drive_letter(segment);
        url_.path += '/';
        append_percent_encoded(url_.path, segment, kPathSet);
        if (drive) url_.path.back() = ':';
      }
      if (last) return parse_query_and_fragment();
      rest_.remove_prefix(1);
    }
  }

  // Opaque path state: a space before '?' or '#' is encoded, so that nobody trims it.
  bool parse_opaque_path() {
    url_.opaque = true;
    const std::size_t end = std::min(rest_.find_first_of("?#"), rest_.size());
    append_percent_encoded(url_.path, rest_.substr(0, end), kC0ControlSet);
    if (end < rest_.size() && url_.path.ends_with(' ')) {
      url_.path.pop_back();
      url_.path += "%20";
    }
    rest_.remove_prefix(end);
    return parse_query_and_fragment();
  }

  bool parse_query_and_fragment() {
    if (rest_.starts_with('?')) {
      const std::size_t end = std::min(rest_.find('#'), rest_.size());
      url_.has_query = true;
      url_.query.clear();
      append_percent_encoded(url_.query, rest_.substr(1, end - 1), special_ ? kSpecialQuerySet : kQuerySet);
      rest_.remove_prefix(end);
    }
    return parse_fragment();
  }

  bool parse_fragment() {
    url_.has_fragment = rest_.starts_with('#');
    url_.fragment.clear();
    if (url_.has_fragment) append_percent_encoded(url_.fragment, rest_.substr(1), kFragmentSet);
    return true;
  }

  std::string_view rest_;
  const Url* base_;
  Url url_;
  bool special_ = false;
};

}  // namespace

std::optional<Url> parse_url(std::string_view text, const Url* base) {
  const auto is_c0_or_space = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && is_c0_or_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_c0_or_space(text.back())) text.remove_suffix(1);
  if (text.find_first_of("\t\n\r") == std::string_view::npos) return Parser(text, base).parse();
  std::string cleaned(text);
  std::erase_if(cleaned, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return Parser(cleaned, base).parse();
}

std::string to_string(const Url& url) {
  std::string out;
  out.append(url.scheme).append(1, ':');
  if (url.has_authority || !url.host.empty()) {
    out += "//";
    if (!url.username.empty() || !url.password.empty()) {
      out += url.username;
      if (!url.password.empty()) out.append(1, ':').append(url.password);
      out += '@';
    }
    out += url.host;
    if (url.port >= 0) out.append(1, ':').append(std::to_string(url.port));
  } else if (!url.opaque && url.path.starts_with("//")) {
    out += "/.";  // or the path would be read as a host
  }
  out += url.path;
  if (url.has_query) out.append(1, '?').append(url.query);
  if (url.has_fragment) out.append(1, '#').append(url.fragment);
  return out;
}

bool same_origin(const Url& a, const Url& b) {
  const auto has_origin = [](const Url& url) { return url.scheme != "file" && is_special(url.scheme); };
  return has_origin(a) && has_origin(b) && a.scheme == b.scheme && a.host == b.host && a.port == b.port;
}

int default_port(std::string_view scheme) {
  for (const SpecialScheme& special : kSpecialSchemes) {
    if (special.name == scheme) return special.port;
  }
  return -1;
}

bool names_a_host(std::string_view text) {
  std::string start;  // without what the parser drops
  for (const char c : text) {
    if (c == '\t' || c == '\n' || c == '\r' || (start.empty() && static_cast<unsigned char>(c) <= ' ')) continue;
    start += c == '\\' ? '/' : to_ascii_lower(c);
    if (start.size() == 12) break;
  }
  constexpr std::array<std::string_view, 8> kStarts = {
      "//", "http:", "https:", "ws:", "wss:", "ftp:", "blob:", "filesystem:"};
  return std::ranges::any_of(kStarts, [&](std::string_view begin) { return start.starts_with(begin); });
}

}  // namespace hardtop
