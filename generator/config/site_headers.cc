#include "config/site_headers.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/http_token.h"
#include "base/text.h"

namespace hardtop {

namespace {

// A server makes these from what it sends and how it is connected; setting them breaks the answer.
constexpr std::array<std::string_view, 11> kOfServers = {
    "connection", "content-encoding",  "content-length", "date", "keep-alive", "te", "trailer", "content-range",
    "host",       "transfer-encoding", "upgrade"};

// Field values, RFC 9110, 5.5. Beyond ASCII their meaning is not agreed on.
bool is_value_char(char c) { return c == '\t' || (c >= ' ' && c <= '~'); }

class HeadersReader {
 public:
  HeadersReader(const SourcePtr& source, Diagnostics& found) : source_(source), found_(found) {}

  std::vector<SiteHeader> read(const DataTable& headers) {
    for (const DataEntry& rule : headers) {
      const Place key{source_, rule.key_offset, rule.key.size()};
      if (!rule.key.starts_with('/') || !std::ranges::all_of(rule.key, [](char c) { return c > ' ' && c <= '~'; })) {
        found_.error(key, "config/bad-value", "'" + rule.key + "' in [headers] is no path",
                     "write where the headers belong, from the site's first '/' on: \"/*\", \"/files/*.pdf\"");
        continue;
      }
      const DataTable* table = rule.value.table();
      if (!table) {
        wrong_type(rule.value, "'" + rule.key + "' in [headers] must be a table, not ",
                   "write it as \"" + rule.key + "\" = { \"X-Frame-Options\" = \"DENY\" }");
        continue;
      }
      std::set<std::string> names;
      for (const DataEntry& header : *table) read_header(rule.key, header, names);
    }
    return std::move(headers_);
  }

 private:
  void wrong_type(const Data& found, const std::string& message, std::string hint) {
    found_.error({source_, found.offset, found.length}, "config/wrong-type", message + std::string(kind_name(found)),
                 std::move(hint));
  }

  void read_header(const std::string& pattern, const DataEntry& header, std::set<std::string>& names) {
    const Place key{source_, header.key_offset, header.key.size()};
    const std::string lower = to_lower_ascii(header.key);
    if (!is_http_token(header.key)) {
      found_.error(key, "config/bad-value", "'" + header.key + "' is no name of a header",
                   "use letters, digits and '-': \"X-Frame-Options\"");
      return;
    }
    if (std::ranges::find(kOfServers, lower) != kOfServers.end()) {
      found_.error(key, "config/bad-value", "the header '" + header.key + "' is made by the server", "remove it");
      return;
    }
    if (!names.insert(lower).second) {
      found_.error(key, "config/bad-value", "the header '" + header.key + "' is set twice for '" + pattern + "'",
                   "write both values into one list, or keep one of them");
      return;
    }
    if (const DataArray* values = header.value.array()) {
      for (const Data& value : *values) read_value(pattern, header, value);
    } else {
      read_value(pattern, header, header.value);
    }
  }

  void read_value(const std::string& pattern, const DataEntry& header, const Data& data) {
    const std::string* text = data.text();
    if (!text) return wrong_type(data, "the header '" + header.key + "' must be text, not ", "write it in quotes");
    const Place place = place_of(data, *text);
    const std::string_view value = trim(*text);
    const auto bad = std::ranges::find_if_not(value, is_value_char);
    if (value.empty()) {
      found_.error(place, "config/bad-value", "the header '" + header.key + "' is empty",
                   "write its value, or remove it");
    } else if (bad != value.end()) {
      const bool is_line_end = *bad == '\n' || *bad == '\r';
      found_.error(place, "config/bad-value",
                   "the header '" + header.key + "' holds " +
                       (is_line_end ? "a line end" : "a character that headers cannot hold"),
                   is_line_end ? "write it on one line; a list of texts makes several headers"
                               : "use visible ASCII characters, spaces and tabs; URLs can write others as %E2%82%AC");
    } else {
      headers_.push_back(
          {pattern, header.key, std::string(value), {source_, header.key_offset, header.key.size()}, place});
    }
  }

  // The text's own bytes, without the quotes, where it stands in the source as it is.
  [[nodiscard]] Place place_of(const Data& data, std::string_view text) const {
    const std::string_view written =
        std::string_view(source_->text).substr(std::min(data.offset, source_->text.size()), data.length);
    if (written.size() == text.size() + 2 && written.substr(1, text.size()) == text && text == trim(text))
      return {source_, data.offset + 1, text.size()};
    return {source_, data.offset, data.length};
  }

  const SourcePtr& source_;
  Diagnostics& found_;
  std::vector<SiteHeader> headers_;
};

}  // namespace

std::vector<SiteHeader> read_site_headers(const DataTable& headers, const SourcePtr& source, Diagnostics& diagnostics) {
  return HeadersReader(source, diagnostics).read(headers);
}

}  // namespace hardtop
