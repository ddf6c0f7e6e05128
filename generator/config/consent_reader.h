// The values that consent.toml is made of: texts by language, hosts, URLs, lists of tables, words of a closed list. Each
// function reads one, reports what is wrong at its place, and gives nothing then. Only for consent_config.cc and
// consent_services.cc.
#pragma once

#include "base/data.h"
#include "config/consent_config.h"

namespace hardtop {

// The file that is being read.
struct ConsentFile {
  const SourcePtr& source;
  const std::string& own_host;
  Diagnostics& found;

  // `where` names the table in messages: "[[service]]".
  [[nodiscard]] TableReader reader(const DataTable& table, std::string where) const;
  [[nodiscard]] Place place(const Data& data) const { return {source, data.offset, data.length}; }
  void error(Place place, std::string id, std::string message, std::string hint = "") const;
  // Of two that are in each other's way: `other` is the one that came first.
  void error_of_two(Place place, std::string id, std::string message, std::string hint, Place other) const;
};

// The tables of [[service]], as data; a single [service] is an error. `name` is the key in full, for messages:
// "service.cookie".
[[nodiscard]] std::vector<const Data*> read_tables(const ConsentFile& file, TableReader& table, std::string_view key,
                                                   std::string_view name);

// A list of text whose items have places; a single text is a list of one.
struct PlacedText {
  std::string text;
  Place place;
};
[[nodiscard]] std::vector<PlacedText> read_list(const ConsentFile& file, TableReader& table, std::string_view key,
                                                std::string_view where);

// consent/missing-key at `owner`: "'name' is missing in [[service]]".
void report_missing(const ConsentFile& file, Place owner, std::string_view key, std::string_view where,
                    std::string hint);

// Text that must be there and not be blank. `hint` says what to add where it is missing.
[[nodiscard]] std::string read_required(const ConsentFile& file, TableReader& table, std::string_view key,
                                        std::string_view where, const Place& owner, std::string hint);

// A text, or a table of texts by language.
[[nodiscard]] LocalText read_local_text(const ConsentFile& file, TableReader& table, std::string_view key,
                                        std::string_view where);

// The index of the text in `words`; `fallback` where the key is absent or wrong.
[[nodiscard]] std::size_t read_word(const ConsentFile& file, TableReader& table, std::string_view key,
                                    std::string_view where, const std::vector<std::string_view>& words,
                                    std::size_t fallback);

// An absolute http or https URL, as written; "" where the key is absent.
[[nodiscard]] std::string read_web_url(const ConsentFile& file, TableReader& table, std::string_view key,
                                       std::string_view where);

enum class HostRole : std::uint8_t {
  service,  // of a service: not the site's own; "*.example.com" is every host below it
  item,     // whose a cookie is: "example.com" and ".example.com" are the same
};
// A host as browsers have it: ASCII, lower case, no final dot. Reports consent/bad-host.
[[nodiscard]] std::optional<std::string> read_host(const ConsentFile& file, std::string_view written,
                                                   const Place& place, HostRole role);

// Whether `host` is `pattern`, or below it where that begins with "*.". `host` may be such a pattern itself.
[[nodiscard]] bool covers_host(std::string_view pattern, std::string_view host);

// The tables of consent.toml that are services, in order (consent_services.cc). `categories` are all there are.
[[nodiscard]] std::vector<Service> read_services(const ConsentFile& file, TableReader& top,
                                                 const std::vector<ConsentCategory>& categories);

}  // namespace hardtop
