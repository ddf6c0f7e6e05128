#include "config/csp_sources.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/url.h"

namespace hardtop {

namespace {

const std::vector<std::string_view> kDirectives = {"script",  "style",    "img",    "font",   "media",      "frame",
                                                   "connect", "manifest", "object", "worker", "form-action"};

// What is wrong with a source, and what to do; both empty where it is fine.
struct Verdict {
  std::string message, hint;
  std::string host;  // that has to be declared; may be a wildcard
};

bool begins_as_hash(std::string_view word) {
  return word.starts_with("sha256-") || word.starts_with("sha384-") || word.starts_with("sha512-");
}

// CSP Level 3, 2.3.1: hash-source, without its quotes; in lower case.
bool is_hash(std::string_view word) {
  if (!begins_as_hash(word)) return false;
  word.remove_prefix(7);
  for (int padding = 0; padding < 2 && word.ends_with('='); ++padding) word.remove_suffix(1);
  return !word.empty() && std::ranges::all_of(word, [](char c) {
    return is_ascii_alphanumeric(c) || c == '+' || c == '/' || c == '-' || c == '_';
  });
}

Verdict judge_keyword(std::string_view source, std::string_view directive) {
  const std::string word = to_lower_ascii(source.substr(1, source.size() - 2));
  const bool style = directive == "style";
  const std::string name(source);
  if (word == "self") return {};
  if (word == "unsafe-inline" && style) return {};
  if (word == "wasm-unsafe-eval" && (directive == "script" || directive == "worker")) return {};
  if (is_hash(word) && (style || directive == "script")) return {};
  if (word == "unsafe-inline" || word == "unsafe-hashes")
    return {name + " is allowed under csp for style only: hardtop hashes every inline script itself", "remove it", ""};
  if (word == "unsafe-eval")
    return {name + " would let text become code on every page that uses the service",
            "remove it; a tag that needs it (custom scripts in a tag manager) belongs in a file of its own", ""};
  if (word == "strict-dynamic")
    return {name + " would let the service's scripts load scripts of anybody", "name the hosts instead", ""};
  if (word.starts_with("nonce-"))
    return {name + " cannot protect a static page, which is the same for everybody", "name the host instead", ""};
  if (word == "none") return {name + " cannot be added to what other services need", "remove it", ""};
  if (begins_as_hash(word))
    return {name + " is no hash", "write the digest in base64 behind the '-': 'sha256-MzU5…'", ""};
  const std::string_view near =
      nearest(word, {"self", "unsafe-inline", "unsafe-eval", "wasm-unsafe-eval", "unsafe-hashes", "none"});
  return {name + " is no source of a policy",
          near.empty() ? "hosts stand without quotes: \"https://www.example.com\""
                       : "did you mean \"'" + std::string(near) + "'\"?",
          ""};
}

Verdict judge_host_source(std::string_view source) {
  std::string_view rest = source;
  if (const std::size_t colon = rest.find("://"); colon != std::string_view::npos) {
    const std::string scheme = to_lower_ascii(rest.substr(0, colon));
    constexpr std::array<std::string_view, 4> kSchemes = {"https", "http", "wss", "ws"};
    if (std::find(kSchemes.begin(), kSchemes.end(), scheme) == kSchemes.end())
      return {"\"" + std::string(source) + "\" is no source of a policy", "write it as \"https://www.example.com\"",
              ""};
    rest.remove_prefix(colon + 3);
  }
  std::string_view host = rest.substr(0, rest.find('/'));
  if (const std::size_t port = host.rfind(':'); port != std::string_view::npos) host = host.substr(0, port);
  const bool wildcard = host.starts_with("*.");
  const std::string_view name = wildcard ? host.substr(2) : host;
  const std::optional<Url> url = parse_url("https://" + std::string(name) + "/");
  if (!url || name.empty() || name.find('*') != std::string_view::npos ||
      rest.find_first_of("?#;, '\"") != std::string_view::npos)
    return {"\"" + std::string(source) + "\" is no source of a policy", "write it as \"https://www.example.com\"", ""};
  return {"", "", (wildcard ? "*." : "") + url->host};
}

Verdict judge_source(std::string_view source, std::string_view directive) {
  // What is no visible ASCII would end the policy's line, or the header.
  if (source.empty() || std::ranges::any_of(source, [](char c) { return c <= ' ' || c > '~'; }))
    return {"\"" + std::string(source) + "\" is no source of a policy", "write it as \"https://www.example.com\"", ""};
  const std::string lower = to_lower_ascii(source);
  if (source.size() > 2 && source.front() == '\'' && source.back() == '\'') return judge_keyword(source, directive);
  constexpr std::array<std::string_view, 7> kKeywords = {
      "self", "none", "unsafe-inline", "unsafe-eval", "unsafe-hashes", "strict-dynamic", "wasm-unsafe-eval"};
  if (std::find(kKeywords.begin(), kKeywords.end(), lower) != kKeywords.end() || begins_as_hash(lower))
    return {"\"" + std::string(source) + "\" is a word of policies and stands in quotes of its own there",
            "write it as \"'" + std::string(source) + "'\"", ""};
  if (lower == "data:" || lower == "blob:") {
    if (directive == "script" || directive == "object")
      return {lower + " in " + std::string(directive) + " would let text become code", "remove it", ""};
    return {};
  }
  if (lower == "*" || lower == "https:" || lower == "http:" || lower == "wss:" || lower == "ws:")
    return {"\"" + std::string(source) + "\" would let the service contact anybody", "name its hosts", ""};
  return judge_host_source(source);
}

}  // namespace

std::map<std::string, std::vector<std::string>> read_csp(const ConsentFile& file, const Data& csp,
                                                         const std::vector<std::string>& hosts) {
  std::map<std::string, std::vector<std::string>> result;
  const DataTable* directives = csp.table();
  if (!directives) {
    file.error(file.place(csp), "consent/wrong-type",
               "'csp' in [[service]] must be a table, not " + std::string(kind_name(csp)),
               "write it as csp = { connect = [\"https://…\"] }");
    return result;
  }
  TableReader table = file.reader(*directives, "csp");
  for (const DataEntry& entry : *directives) {
    if (std::find(kDirectives.begin(), kDirectives.end(), entry.key) == kDirectives.end()) {
      std::string_view bare = entry.key;
      if (bare.ends_with("-src")) bare.remove_suffix(4);
      table.allow(entry.key);
      file.error({file.source, entry.key_offset, entry.key.size()}, "consent/unknown-key",
                 "unknown directive " + quoted(entry.key) + " in csp", suggest(bare, kDirectives));
      continue;
    }
    for (const PlacedText& source : read_list(file, table, entry.key, "csp")) {
      const std::string text(trim(source.text));
      const Verdict verdict = judge_source(text, entry.key);
      if (!verdict.message.empty()) {
        file.error(source.place, "consent/bad-value", verdict.message, verdict.hint);
      } else if (!verdict.host.empty() && std::none_of(hosts.begin(), hosts.end(), [&](const std::string& host) {
                   return covers_host(host, verdict.host);
                 })) {
        file.error(source.place, "consent/undeclared-source",
                   "the host '" + verdict.host + "' is not among the hosts of the service",
                   "add it to 'hosts': what a service contacts is told to visitors");
      } else {
        result[entry.key].push_back(text);
      }
    }
  }
  table.finish();
  return result;
}

}  // namespace hardtop
