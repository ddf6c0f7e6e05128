#include "config/consent_reader.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/host.h"
#include "base/public_suffix.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/url.h"

namespace hardtop {

namespace {

constexpr std::string_view kArea = "consent";

std::string in(std::string_view where) { return where.empty() ? "" : " in " + std::string(where); }

// BCP 47 as far as its shape goes, in lower case: "en", "de-ch", "zh-hant-tw".
bool is_language(std::string_view tag) {
  const std::vector<std::string_view> parts = split(tag, '-');
  return parts[0].size() >= 2 && parts[0].find_first_of("0123456789") == std::string_view::npos &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
           return !part.empty() && part.size() <= 8 && std::all_of(part.begin(), part.end(), [](char c) {
             return is_ascii_lower_alpha(c) || is_ascii_digit(c);
           });
         });
}

// What somebody who wrote a URL, a port or a path for a host meant; "" where that cannot be told.
std::string host_inside(std::string_view written) {
  const bool wildcard = written.starts_with("*.");
  if (wildcard) written.remove_prefix(2);
  const bool scheme = written.find("://") != std::string_view::npos || written.starts_with("//");
  const std::optional<Url> base = parse_url("https://base.invalid/");
  const std::optional<Url> url = parse_url(scheme ? std::string(written) : "https://" + std::string(written), &*base);
  if (!url || url->host.empty() || url->host == written || url->host == base->host) return "";
  return (wildcard ? "*." : "") + url->host;
}

bool is_own_host(std::string_view host, const std::string& own, HostRole role) {
  if (own.empty()) return false;
  // A cookie of example.com is the site's where that is www.example.com.
  return host == own || (role == HostRole::item && !is_public_suffix(host) && own.ends_with("." + std::string(host)));
}

}  // namespace

TableReader ConsentFile::reader(const DataTable& table, std::string where) const {
  return {table, source, std::move(where), std::string(kArea), found};
}

void ConsentFile::error(Place place, std::string id, std::string message, std::string hint) const {
  found.error(std::move(place), std::move(id), std::move(message), std::move(hint));
}

void ConsentFile::error_of_two(Place place, std::string id, std::string message, std::string hint, Place other) const {
  Diagnostic diagnostic;
  diagnostic.id = std::move(id);
  diagnostic.place = std::move(place);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  diagnostic.notes.emplace_back(std::move(other), "the other is here");
  found.add(std::move(diagnostic));
}

std::vector<const Data*> read_tables(const ConsentFile& file, TableReader& table, std::string_view key,
                                     std::string_view name) {
  std::vector<const Data*> tables;
  const Data* data = table.any(key);
  if (!data) return tables;
  const std::string written = "[[" + std::string(name) + "]]";
  const DataArray* array = data->array();
  if (!array) {
    file.error(
        data->table() ? table.key_place(key) : file.place(*data), "consent/wrong-type",
        quoted(key) + " must be a list of tables, not " + (data->table() ? "one " : "") + std::string(kind_name(*data)),
        "begin each with " + written + ", in two pairs of brackets" +
            (data->table() ? ", also where there is only one" : ""));
    return tables;
  }
  for (const Data& item : *array) {
    if (item.table()) {
      tables.push_back(&item);
    } else {
      file.error(file.place(item), "consent/wrong-type",
                 quoted(key) + " must be a list of tables, not " + std::string(kind_name(item)),
                 "begin each with " + written + ", in two pairs of brackets");
    }
  }
  return tables;
}

std::vector<PlacedText> read_list(const ConsentFile& file, TableReader& table, std::string_view key,
                                  std::string_view where) {
  std::vector<PlacedText> list;
  const Data* data = table.any(key);
  if (!data) return list;
  const auto add = [&](const Data& item) {
    if (const std::string* text = item.text()) {
      list.push_back({*text, file.place(item)});
    } else {
      file.error(file.place(item), "consent/wrong-type",
                 quoted(key) + in(where) + " must be a list of text, not " + std::string(kind_name(item)),
                 "write it as [\"one\", \"two\"]");
    }
  };
  if (const DataArray* array = data->array()) {
    for (const Data& item : *array) add(item);
  } else {
    add(*data);
  }
  return list;
}

void report_missing(const ConsentFile& file, Place owner, std::string_view key, std::string_view where,
                    std::string hint) {
  file.error(std::move(owner), "consent/missing-key", quoted(key) + " is missing" + in(where), std::move(hint));
}

std::string read_required(const ConsentFile& file, TableReader& table, std::string_view key, std::string_view where,
                          const Place& owner, std::string hint) {
  const bool is_there = table.has(key);
  const std::optional<std::string> text = table.text(key);
  if (text && !trim(*text).empty()) return std::string(trim(*text));
  if (text) {
    file.error(table.place(key), "consent/bad-value", quoted(key) + in(where) + " is empty", std::move(hint));
  } else if (!is_there) {
    report_missing(file, owner, key, where, std::move(hint));
  }
  return "";
}

LocalText read_local_text(const ConsentFile& file, TableReader& table, std::string_view key, std::string_view where) {
  LocalText result;
  const Data* data = table.any(key);
  if (!data) return result;
  const std::string name = quoted(key) + in(where);
  if (const std::string* text = data->text()) {
    if (trim(*text).empty()) file.error(file.place(*data), "consent/bad-value", name + " is empty", "write the text");
    result.by_language[""] = *text;
    return result;
  }
  const DataTable* languages = data->table();
  if (!languages) {
    file.error(file.place(*data), "consent/wrong-type", name + " must be text, not " + std::string(kind_name(*data)),
               "write it as \"…\", or by language as { en = \"…\", de = \"…\" }");
    return result;
  }
  if (languages->empty()) {
    file.error(file.place(*data), "consent/bad-value", name + " is in no language",
               "write it as { en = \"…\", de = \"…\" }");
  }
  for (const DataEntry& entry : *languages) {
    const Place key_place{file.source, entry.key_offset, entry.key.size()};
    std::string language = to_lower_ascii(entry.key);
    const std::string* text = entry.value.text();
    if (!is_language(language)) {
      std::string dashed = entry.key;
      std::replace(dashed.begin(), dashed.end(), '_', '-');
      file.error(key_place, "consent/bad-value", quoted(entry.key) + " in " + quoted(key) + " is no language tag",
                 is_language(to_lower_ascii(dashed)) ? "did you mean " + quoted(dashed) + "?"
                                                     : "write it as en or de-CH (BCP 47)");
    } else if (!text) {
      file.error(file.place(entry.value), "consent/wrong-type",
                 name + " must be text in each language, not " + std::string(kind_name(entry.value)),
                 "put it in quotes");
    } else if (trim(*text).empty()) {
      file.error(file.place(entry.value), "consent/bad-value", name + " is empty in the language " + quoted(entry.key),
                 "write the text, or remove the language");
    } else if (!result.by_language.emplace(language, *text).second) {
      file.error(key_place, "consent/bad-value", name + " has the language " + quoted(language) + " twice",
                 "remove one: capitals make no difference");
    }
  }
  // An error has been reported where this is empty; a text keeps "missing" from being reported as well.
  if (result.empty()) result.by_language[""] = "";
  return result;
}

std::size_t read_word(const ConsentFile& file, TableReader& table, std::string_view key, std::string_view where,
                      const std::vector<std::string_view>& words, std::size_t fallback) {
  const std::optional<std::string> text = table.text(key);
  if (!text) return fallback;
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (*text == words[i]) return i;
    list += (i == 0 ? "\"" : i + 1 == words.size() ? " or \"" : ", \"") + std::string(words[i]) + "\"";
  }
  const std::string_view near = nearest(*text, words);
  file.error(table.place(key), "consent/bad-value",
             quoted(key) + in(where) + " must be " + list + ", not \"" + *text + "\"",
             near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
  return fallback;
}

std::string read_web_url(const ConsentFile& file, TableReader& table, std::string_view key, std::string_view where) {
  const std::optional<std::string> text = table.text(key);
  if (!text) return "";
  std::string written(trim(*text));
  const std::optional<Url> url = parse_url(written);
  std::string wrong;
  if (!url || url->opaque || (url->scheme != "http" && url->scheme != "https")) {
    wrong = "is no address of a web page";
  } else if (!url->username.empty() || !url->password.empty()) {
    wrong = "holds a user name or password";
  } else {
    return written;
  }
  const bool bare = written.find('.') != std::string::npos && written.find_first_of(":@ ") == std::string::npos &&
                    !written.starts_with('/') && parse_url("https://" + written);
  file.error(table.place(key), "consent/bad-value", quoted(key) + in(where) + " " + wrong + ": \"" + *text + "\"",
             bare ? "did you mean \"https://" + written + "\"?" : "write it whole, as \"https://example.com/privacy\"");
  return "";
}

std::optional<std::string> read_host(const ConsentFile& file, std::string_view written, const Place& place,
                                     HostRole role) {
  const auto refuse = [&](std::string message, std::string hint) {
    file.error(place, "consent/bad-host", std::move(message), std::move(hint));
    return std::nullopt;
  };
  std::string_view name = trim(written);
  if (role == HostRole::item && name.starts_with('.')) name.remove_prefix(1);  // as browsers' tools show it
  const bool wildcard = role == HostRole::service && name.starts_with("*.");
  if (wildcard) name.remove_prefix(2);
  if (name.starts_with('.') && !name.starts_with("..") && role == HostRole::service)
    return refuse(quoted(written) + " is no host", "for every host below it write \"*" + std::string(name) + "\"");
  if (name.find('*') != std::string_view::npos) {
    if (role == HostRole::item)
      return refuse(quoted(written) + " is no host", "a cookie has one host: write it as \"example.com\"");
    return refuse(quoted(written) + " is no host: '*' may stand for the first part only, and for all of it",
                  "write it as \"*.example.com\"");
  }
  std::optional<std::string> host = parse_host(name, true);
  if (!host || name.find_first_of("/:@?#") != std::string_view::npos) {
    const bool ipv6 = host && host->starts_with('[');
    if (!ipv6) {
      const std::string inside = host_inside(trim(written));
      return refuse(quoted(written) + " is no host", inside.empty()
                                                         ? "write it as \"www.example.com\" or \"*.example.com\""
                                                         : "write the host alone: \"" + inside + "\"");
    }
  }
  if (host->ends_with('.')) host->pop_back();
  if (host->empty() || host->starts_with('.') || host->find("..") != std::string::npos)  // no name between two dots
    return refuse(quoted(written) + " is no host", "write it as \"www.example.com\"");
  const bool address = host->starts_with('[') || is_ascii_digit(host->back());
  if (wildcard && address) return refuse(quoted(written) + " is no host", "an address has no hosts below it");
  if (wildcard && is_public_suffix(*host))
    return refuse(quoted(written) + " would be everybody's site below " + quoted(*host) + ", a public suffix",
                  "name the hosts of the service, as in \"*.example." + *host + "\" (publicsuffix.org has the list)");
  if (!wildcard && is_registry_suffix(*host))
    return refuse(quoted(written) + " is a public suffix, and nobody's host",
                  "name the host of the service, as in \"www.example." + *host + "\"");
  if (!address && *host != "localhost" && host->find('.') == std::string::npos)
    return refuse(quoted(written) + " is not a whole host", "write it as \"www.example.com\"");
  if (!wildcard && is_own_host(*host, file.own_host, role)) {
    if (role == HostRole::item)
      return refuse(quoted(written) + " is the site's own host", "leave 'host' out: the site itself is meant then");
    return refuse(quoted(written) + " is the site's own host",
                  "leave it out: what the site itself loads is gated by data-service=\"ID\" on the element");
  }
  return wildcard ? "*." + *host : *host;
}

bool covers_host(std::string_view pattern, std::string_view host) {
  if (pattern == host) return true;
  if (!pattern.starts_with("*.")) return false;
  if (host.starts_with("*.")) host.remove_prefix(1);  // ".x.example.com" ends with ".example.com"
  return host.size() > pattern.size() - 1 && host.ends_with(pattern.substr(1));
}

}  // namespace hardtop
