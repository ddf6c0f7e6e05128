// Headers that make a browser contact somebody, or keep something. The others are left alone: a Content-Security-Policy of the
// site's own is sent beside hardtop's, and can only forbid (header_rules.h).
#include <algorithm>
#include <set>

#include "base/html.h"
#include "base/text.h"
#include "consent/gate_values.h"
#include "consent/judgement.h"

namespace hardtop {

namespace {

// A header that is sent is sent before any choice.
constexpr std::string_view kMend = "remove it, or put it into the pages as markup, where it is gated";

class HeaderJudge {
 public:
  HeaderJudge(const Services& services, std::string_view name, std::string_view value)
      : judgement_(services, services.base().path, Judgement::Optional::problem,
                   name == "location" ? "this redirect" : "this header",
                   name == "location" ? "link to it from a page instead" : kMend),
        value_(value) {}

  JudgedFile judge(std::string_view name) {
    if (name == "link")
      read_links();
    else if (name == "speculation-rules")
      read_speculation();
    else if (name == "reporting-endpoints" || name == "expect-ct" || name == "public-key-pins" ||
             name == "public-key-pins-report-only" || name == "alt-svc")
      read_quoted(name == "alt-svc");
    else if (name == "report-to" || name == "nel")
      read_json_list();
    else if (name == "refresh")
      read_refresh();
    else if (name == "location" || name == "sourcemap" || name == "x-sourcemap")
      fetch(trim(value_), std::nullopt);
    else if (name == "set-cookie")
      read_cookie();
    else if (name == "content-security-policy" || name == "content-security-policy-report-only")
      read_policy();
    else if (name == "content-type")
      read_type();
    else if (name == "x-dns-prefetch-control")
      read_prefetch_control();
    else if (name == "x-xss-protection")
      read_xss_report();
    return only_sheets(judgement_.finish());
  }

 private:
  // `part` is a view into the value.
  [[nodiscard]] Span span(std::string_view part) const {
    return {static_cast<std::size_t>(part.data() - value_.data()), part.size()};
  }
  void fetch(std::string_view url, std::optional<CspDirective> directive) {
    judgement_.fetch(url, directive, span(url));
  }

  // A quoted string's text, its escapes decoded (RFC 9110, 5.6.4), that begins after the quote at `at`; goes after it.
  std::string_view quoted(std::size_t& at) const {
    const std::size_t begin = ++at;
    while (at < value_.size() && value_[at] != '"') at += value_[at] == '\\' ? 2 : 1;
    at = std::min(at, value_.size());
    const std::string_view text = value_.substr(begin, at - begin);
    if (at < value_.size()) ++at;
    return text;
  }
  static std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      out += text[i];
    }
    return out;
  }

  // RFC 8288, 3: <url>; name=value; name="value", <url> …
  void read_links() {
    std::size_t at = 0;
    while ((at = value_.find('<', at)) != value_.npos) {
      const std::size_t begin = at + 1;
      const std::size_t end = std::min(value_.find('>', begin), value_.size());
      const std::string_view url = value_.substr(begin, end - begin);
      at = end < value_.size() ? end + 1 : end;
      std::string rel, as, srcset;
      while (at < value_.size() && value_[at] != ',') {
        at = std::min(value_.find_first_not_of(" \t;", at), value_.size());
        const std::size_t name_end = std::min(value_.find_first_of("=;, \t", at), value_.size());
        const std::string name = to_lower_ascii(value_.substr(at, name_end - at));
        at = std::min(value_.find_first_not_of(" \t", name_end), value_.size());
        if (at >= value_.size() || value_[at] != '=') {
          if (at == name_end && at < value_.size() && value_[at] != ';' && value_[at] != ',') ++at;
          continue;
        }
        at = std::min(value_.find_first_not_of(" \t", at + 1), value_.size());
        std::string text;
        if (at < value_.size() && value_[at] == '"') {
          text = unescape(quoted(at));
        } else {
          const std::size_t text_end = std::min(value_.find_first_of(";,", at), value_.size());
          text = trim(value_.substr(at, text_end - at));
          at = text_end;
        }
        if (name == "rel")
          rel += (rel.empty() ? "" : " ") + text;
        else if (name == "as")
          as = text;
        else if (name == "imagesrcset")
          srcset = text;
      }
      const auto loads = loads_of_link(rel, as);
      if (has_word(rel, "stylesheet")) sheets_.insert(span(url).offset);
      for (const auto& directive : loads) fetch(url, directive);
      if (loads.empty()) continue;
      for (const std::string_view candidate : split_srcset(srcset))
        judgement_.fetch(candidate, CspDirective::img, span(url));
    }
  }

  // Quoted strings (RFC 9651): URLs, or of Alt-Svc "host:port".
  void read_quoted(bool authorities) {
    for (std::size_t at = value_.find('"'); at < value_.size(); at = value_.find('"', at)) {
      const std::string_view raw = quoted(at);
      if (!authorities)
        judgement_.fetch(unescape(raw), std::nullopt, span(raw));
      else if (!raw.empty() && !raw.starts_with(':'))
        judgement_.fetch("https://" + unescape(raw), std::nullopt, span(raw));
    }
  }

  // The files that it names are judged by their name (published_as).
  void read_speculation() {
    for (std::size_t at = value_.find('"'); at < value_.size(); at = value_.find('"', at)) {
      const std::string_view raw = quoted(at);
      const std::string url = unescape(raw);
      if (judgement_.fetch(url, CspDirective::connect, span(raw)) != Party::first) continue;
      const std::optional<Url> parsed = parse_url(url, &judgement_.document());
      if (parsed && published_as(parsed->path) == PublishedAs::manifest) continue;
      judgement_.problem(span(raw), "consent/cannot-gate",
                         "hardtop does not know that '" + url + "' holds speculation rules, and so does not judge it",
                         "give the file a name that ends in speculation-rules.json");
    }
  }

  // Report-To: JSON objects with commas between them, as if in a list.
  void read_json_list() {
    const std::string json = "[" + std::string(value_) + "]";
    read_json(judgement_, json, CspDirective::connect, [&](std::size_t offset, std::size_t length) {
      const std::size_t begin = std::min(offset > 0 ? offset - 1 : 0, value_.size());
      return Span{begin, std::min(length, value_.size() - begin)};
    });
  }

  void read_refresh() {
    if (const auto url = refresh_url(value_)) fetch(*url, std::nullopt);
  }

  void read_policy() {
    std::size_t at = 0;
    while (at < value_.size()) {
      const std::size_t end = std::min(value_.find_first_of(";,", at), value_.size());
      const std::vector<std::string_view> words = split_words(value_.substr(at, end - at));
      if (!words.empty() && equals_ascii_ci(words[0], "report-uri"))
        for (const std::string_view url : std::vector(words.begin() + 1, words.end())) fetch(url, std::nullopt);
      at = end + 1;
    }
  }

  // What is only loaded ahead does nothing; a style sheet is applied (RFC 8288, 3.3; Firefox).
  [[nodiscard]] JudgedFile only_sheets(JudgedFile judged) const {
    JudgedFile out = judged;
    out.facts.imports.clear();
    out.imports_at.clear();
    for (std::size_t i = 0; i < judged.facts.imports.size(); ++i) {
      if (!sheets_.contains(judged.imports_at[i].offset)) continue;
      out.facts.imports.push_back(std::move(judged.facts.imports[i]));
      out.imports_at.push_back(judged.imports_at[i]);
    }
    return out;
  }

  // What the file's bytes mean to a browser.
  void read_type() {
    const std::string lower = to_lower_ascii(value_);
    const std::size_t at = lower.find("charset=");
    if (at == lower.npos) return;
    const std::size_t begin = at + 8;
    const std::size_t end = std::min(lower.find_first_of("; \t", begin), lower.size());
    std::string charset = lower.substr(begin, end - begin);
    std::erase_if(charset, [](char c) { return c == '"' || c == '\''; });
    if (charset == "utf-8" || charset == "utf8" || charset == "us-ascii") return;
    judgement_.problem({begin, end - begin}, "consent/unreadable-file",
                       "the header says that the encoding is '" + charset + "', and hardtop reads UTF-8",
                       "write charset=utf-8, and save the files in it");
  }

  void read_prefetch_control() {
    if (!equals_ascii_ci(trim(value_), "on")) return;
    judgement_.problem(span(trim(value_)), "consent/cannot-gate",
                       "this header makes browsers look up the hosts of links before a visitor follows them",
                       "remove it");
  }

  // X-XSS-Protection: 1; report=URL
  void read_xss_report() {
    for (const std::string_view part : split(value_, ';')) {
      const std::size_t equals = part.find('=');
      if (equals != part.npos && equals_ascii_ci(trim(part.substr(0, equals)), "report"))
        fetch(trim(part.substr(equals + 1)), std::nullopt);
    }
  }

  // RFC 6265, 5.2: the name is what stands before the first '='.
  void read_cookie() {
    const std::string_view pair = value_.substr(0, value_.find(';'));
    const std::size_t equals = pair.find('=');
    const std::string_view name = trim(equals == pair.npos ? pair : pair.substr(0, equals));
    const Services& services = judgement_.services();
    if (name.empty()) return;
    if (name == services.config().cookie)
      return judgement_.problem(span(name), "consent/cannot-gate",
                                "the cookie '" + std::string(name) +
                                    "' keeps what the visitor has chosen, and a header would choose for everybody",
                                "remove it: the banner sets the cookie");
    const Service* waiting = nullptr;
    for (const Service& service : services.config().services) {
      const bool keeps = std::ranges::any_of(service.stored, [&](const StoredItem& item) {
        return item.kind == StoredItem::Kind::cookie && item.host.empty() && matches_stars(item.name, name);
      });
      if (!keeps) continue;
      if (service.necessary) return;
      waiting = &service;
    }
    if (waiting) {
      judgement_.problem(span(name), "consent/cannot-gate",
                         "the cookie '" + std::string(name) + "' belongs to the service '" + waiting->id +
                             "', and a response header cannot wait until the visitor allows it",
                         "remove it, and let a script with data-service=\"" + waiting->id + "\" set the cookie");
    } else {
      judgement_.problem(span(name), "consent/undeclared-cookie",
                         "no service declares the cookie '" + std::string(name) + "'",
                         "remove it, or declare it in consent.toml with the necessary service that it belongs to: "
                         "[[service.cookie]] name = \"" +
                             std::string(name) + "\"");
    }
  }

  Judgement judgement_;
  std::string_view value_;
  std::set<std::size_t> sheets_;  // where Link names one that is applied
};

}  // namespace

JudgedFile judge_header(const Services& services, std::string_view name, std::string_view value) {
  const std::string lower = to_lower_ascii(name);
  return HeaderJudge(services, lower, value).judge(lower);
}

}  // namespace hardtop
