#include "consent/evidence.h"

#include <algorithm>
#include <array>

#include "base/html.h"
#include "base/json_text.h"
#include "base/sha.h"
#include "base/text.h"
#include "consent/fingerprint.h"

namespace hardtop {

namespace {

// Elements that do not end a line of text (HTML Living Standard, 3.2.5.2.5, those with text in them).
constexpr std::array<std::string_view, 27> kInline = {
    "a",    "abbr", "b", "bdi",  "bdo",   "cite", "code",   "data", "del", "dfn",  "em", "i",   "ins", "kbd",
    "mark", "q",    "s", "samp", "small", "span", "strong", "sub",  "sup", "time", "u",  "var", "wbr"};

std::string time_text(std::int64_t time) { return json_string(iso_date(date_of(time))); }

std::string flag(bool value) { return value ? "true" : "false"; }

// `["a", "b"]`
std::string strings(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) (out += out.empty() ? "" : ", ") += json_string(value);
  return "[" + out + "]";
}

// `{"a": "b"}`: of texts, in this order.
std::string object(const std::vector<std::pair<std::string_view, std::string_view>>& members) {
  std::string out;
  for (const auto& [name, value] : members)
    (out += out.empty() ? "" : ", ") += json_string(name) + ": " + json_string(value);
  return "{" + out + "}";
}

// Entries, one a line, between brackets.
std::string lines(const std::vector<std::string>& entries, const std::string& indent,
                  std::string_view brackets = "[]") {
  std::string out(1, brackets.front());
  for (std::size_t i = 0; i < entries.size(); ++i) (out += i == 0 ? "\n" : ",\n") += indent + "  " + entries[i];
  return out + (entries.empty() ? "" : "\n" + indent) + brackets.back();
}

std::string consent_text(const ConsentConfig& config) {
  std::string regions;
  for (const ConsentRegion& region : config.regions)
    (regions += regions.empty() ? "" : ", ") +=
        "{\"places\": " + strings(region.places) + ", \"default\": " + json_string(word_of(region.rule)) + "}";
  return "{\"default\": " + json_string(word_of(config.rule)) + ", \"regions\": [" + regions +
         "], \"cookie\": " + json_string(config.cookie) +
         ", \"lifetime_days\": " + std::to_string(config.lifetime_days) + ", \"honor_gpc\": " + flag(config.honor_gpc) +
         "}";
}

std::vector<std::string> service_lines(const ConsentConfig& config) {
  std::vector<const Service*> services;
  services.reserve(config.services.size());
  for (const Service& service : config.services) services.push_back(&service);
  std::ranges::sort(services, {}, [](const Service* service) -> const std::string& { return service->id; });
  std::vector<std::string> out;
  out.reserve(services.size());
  for (const Service* service : services)
    out.push_back("{\"id\": " + json_string(service->id) + ", \"fingerprint\": " + json_string(fingerprint(*service)) +
                  ", \"name\": " + json_string(service->name) + ", \"provider\": " + json_string(service->provider) +
                  ", \"category\": " + json_string(service->category) + ", \"necessary\": " + flag(service->necessary) +
                  ", \"sells_or_shares\": " + flag(service->sells_or_shares) +
                  ", \"hosts\": " + strings(service->hosts) + "}");
  return out;
}

// In the order in which declaration.cc hashes them.
std::string texts_of(const EvidenceFacts& facts) {
  std::vector<std::string> words, categories, services;
  categories.reserve(facts.declaration.categories.size());
  services.reserve(facts.declaration.services.size());
  for (auto at = facts.words.lower_bound("consent_"); at != facts.words.end() && at->first.starts_with("consent_");
       ++at)
    words.push_back(json_string(at->first) + ": " + json_string(at->second));
  for (const DeclaredCategory& each : facts.declaration.categories)
    categories.push_back(object({{"id", each.id}, {"name", each.name}, {"about", each.about}}));
  for (const DeclaredService& each : facts.declaration.services)
    services.push_back(object({{"id", each.id},
                               {"name", each.name},
                               {"provider", each.provider},
                               {"purpose", each.purpose},
                               {"justification", each.justification},
                               {"note", each.note}}));
  const std::string indent(6, ' ');
  return "{\n    " + json_string(facts.language) + ": {\n      \"hash\": " + json_string(facts.declaration.text_hash) +
         ",\n      \"words\": " + lines(words, indent, "{}") + ",\n      \"categories\": " + lines(categories, indent) +
         ",\n      \"services\": " + lines(services, indent) + "\n    }\n  }";
}

}  // namespace

std::string evidence_json(const EvidenceFacts& facts) {
  std::vector<std::string> headers;
  headers.reserve(facts.headers.size());
  for (const HeaderRule& rule : facts.headers)
    headers.push_back(object({{"pattern", rule.pattern}, {"name", rule.name}, {"value", rule.value}}));
  const std::string policy =
      facts.policy_path.empty()
          ? "null"
          : object({{"path", facts.policy_path}, {"sha256", to_hex(as_bytes(sha256(facts.policy_text)))}});
  const std::string indent(2, ' ');
  return "{\n  \"format\": \"hardtop evidence 1\",\n  \"generator\": \"hardtop " HARDTOP_VERSION "\",\n  \"site\": " +
         json_string(facts.base_url) + ",\n  \"consent\": " + consent_text(facts.config) +
         ",\n  \"services\": " + lines(service_lines(facts.config), indent) + ",\n  \"texts\": " + texts_of(facts) +
         ",\n  \"policy\": " + policy + ",\n  \"headers\": " + lines(headers, indent) + "\n}\n";
}

std::string complete_evidence(std::string_view evidence, std::string_view manifest,
                              std::optional<std::int64_t> deployed) {
  std::string out(evidence.substr(0, evidence.rfind("\n}")));
  out += ",\n  \"manifest_sha256\": " + json_string(to_hex(as_bytes(sha256(manifest))));
  if (deployed) out += ",\n  \"deployed\": " + time_text(*deployed);
  return out + "\n}\n";
}

std::string evidence_of_rollback(std::string_view restores, std::int64_t deployed) {
  return "{\"format\": \"hardtop evidence 1\", \"restores\": " + json_string(restores) +
         ", \"deployed\": " + time_text(deployed) + "}\n";
}

std::string visible_text(std::string_view html) {
  std::string all, main;
  std::size_t templates = 0, mains = 0;
  bool has_main = false;
  HtmlScanOptions options;
  options.text_tokens = true;
  HtmlScanner scanner(html, options);
  HtmlToken token;
  const auto add = [&](std::string_view text) {
    if (templates > 0) return;
    all += text;
    if (mains > 0) main += text;
  };
  while (scanner.next(token)) {
    const bool starts = token.kind == HtmlToken::Kind::start_tag;
    if (starts || token.kind == HtmlToken::Kind::end_tag) {
      const std::string name = to_lower_ascii(token.name);
      if (name == "template" && starts) ++templates;
      if (name == "template" && !starts && templates > 0) --templates;
      if (name == "main" && starts) has_main = ++mains > 0;
      if (std::ranges::find(kInline, name) == kInline.end()) add("\n");
      if (name == "main" && !starts && mains > 0) --mains;
    } else if (token.kind == HtmlToken::Kind::text || token.kind == HtmlToken::Kind::cdata ||
               (token.kind == HtmlToken::Kind::raw_text &&
                (equals_ascii_ci(token.name, "textarea") || equals_ascii_ci(token.name, "title")))) {
      std::string text = decode_attribute(html.substr(token.begin, token.end - token.begin));
      std::ranges::replace(text, '\n', ' ');  // in text, it is a space
      add(text);
    }
  }
  std::string out;
  for (const std::string_view line : split(has_main ? main : all, '\n')) {
    std::string words;
    for (const std::string_view word : split(line, ' '))
      if (const std::string_view bare = trim(word); !bare.empty()) (words += words.empty() ? "" : " ") += bare;
    if (!words.empty()) (out += words) += '\n';
  }
  return out;
}

}  // namespace hardtop
