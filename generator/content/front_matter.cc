#include "content/front_matter.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/suggest.h"
#include "base/text.h"
#include "base/toml.h"
#include "base/yaml.h"

namespace hardtop {

namespace {

constexpr std::size_t kMostLinesOfHead = 200;  // that are looked at for what may be one
constexpr std::string_view kKeyCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-\"'.";

// The head of a file: [begin, end) is between the two fences, `body` is after the second.
struct Head {
  bool is_toml = true;
  std::size_t opening = 0;  // of the first fence
  std::size_t begin = 0, end = 0, body = 0;
  bool is_closed = false;
};

std::size_t line_end(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }
std::size_t next_line(std::string_view text, std::size_t at) { return std::min(line_end(text, at) + 1, text.size()); }

// A fence is a line of its own; spaces after it do no harm, and neither do blank lines above the first.
std::optional<Head> find_head(std::string_view text) {
  Head head;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  head.opening = first;
  if (first > 0 && text[first - 1] != '\n') return std::nullopt;  // indented: code
  const std::string_view fence = text.substr(first, 3);
  if (fence != "+++" && fence != "---") return std::nullopt;
  if (!trim(text.substr(first + 3, line_end(text, first) - first - 3)).empty()) return std::nullopt;
  head.is_toml = fence == "+++";
  head.begin = next_line(text, first);
  for (std::size_t at = head.begin; at < text.size(); at = next_line(text, at)) {
    const std::string_view line = text.substr(at, line_end(text, at) - at);
    if (!line.starts_with(fence) || !trim(line.substr(3)).empty()) continue;
    head.end = at;
    head.body = next_line(text, at);
    head.is_closed = true;
    break;
  }
  return head;
}

// Of a text without a head: where what was meant as one begins, between fences that are indented, behind a second byte order
// mark, or in lines that end in CR alone. Told by its first key: a rule across the page has none.
std::optional<std::size_t> find_meant_head(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\xEF\xBB\xBF";
  const std::size_t opening = text.find_first_not_of(kBlank);
  if (opening == std::string_view::npos || (text[opening] != '+' && text[opening] != '-')) return std::nullopt;
  const std::string_view indent = text.substr(0, opening).substr(text.find_last_of("\r\n", opening) + 1);
  if (indent.find("    ") != std::string_view::npos || indent.find('\t') != std::string_view::npos)
    return std::nullopt;  // code
  const std::string fence(3, text[opening]);
  bool has_key = false;
  for (std::size_t at = opening, line_number = 0; at < text.size() && line_number < kMostLinesOfHead; ++line_number) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    const bool is_fence = line == fence;
    if (line_number == 0 && !is_fence) return std::nullopt;
    if (line_number > 0 && is_fence) return has_key ? std::optional(opening) : std::nullopt;
    if (line_number > 0 && !line.empty() && !has_key) {
      const std::size_t key = line.find_first_not_of(kKeyCharacters);
      if (key == 0 || key == std::string_view::npos) return std::nullopt;
      const std::string_view behind = trim(line.substr(key));
      if (behind.empty() || behind[0] != (fence[0] == '+' ? '=' : ':')) return std::nullopt;
      has_key = true;
    }
    at = end + 1;
  }
  return std::nullopt;
}

// What other generators call it.
std::string_view our_name(std::string_view key) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNames = {{{"lastmod", "updated"},
                                                                                    {"modified", "updated"},
                                                                                    {"expirydate", "expires"},
                                                                                    {"publishdate", "date"},
                                                                                    {"permalink", "url"},
                                                                                    {"summary", "description"},
                                                                                    {"template", "layout"}}};
  const std::string lower = to_lower_ascii(key);
  const auto* const found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) { return entry.first == lower; });
  return found == kNames.end() ? std::string_view{} : found->second;
}

// Reads the keys of one head. Like TableReader, it reports and goes on.
class HeadReader {
 public:
  // `unset` are the keys of YAML without a value, which editors of content write.
  HeadReader(const DataTable& table, const DataTable& unset, const SourcePtr& source, const Head& head,
             Diagnostics& diagnostics)
      : table_(table),
        unset_(unset),
        source_(source),
        head_(head),
        diagnostics_(diagnostics),
        reader_(table, source, "", "front-matter", diagnostics) {}

  FrontMatter read(const std::vector<std::string>& taxonomies);
  [[nodiscard]] bool good() const { return good_; }

 private:
  // Whatever TableReader found wrong is an error more than before.
  template <typename T>
  T checked(std::string_view key, T value) {
    if (reader_.has(key) && !value) good_ = false;
    known_.push_back(key);
    return value;
  }
  std::string text(std::string_view key) { return checked(key, reader_.text(key)).value_or(""); }
  std::optional<Date> date(std::string_view key);
  std::vector<std::string> terms(const std::string& taxonomy);
  void aliases(std::vector<Alias>& out);
  void report_unknown(const DataTable& entries);
  void warn_of_keys_in_params(const DataTable& params, const std::vector<std::string>& taxonomies);
  void error(const Data& at, std::string id, std::string message, std::string hint) {
    good_ = false;
    diagnostics_.error({source_, at.offset, at.length}, std::move(id), std::move(message), std::move(hint));
  }

  const DataTable &table_, &unset_;
  const SourcePtr& source_;
  const Head& head_;
  Diagnostics& diagnostics_;
  TableReader reader_;
  std::vector<std::string_view> known_;
  bool good_ = true;
};

FrontMatter HeadReader::read(const std::vector<std::string>& taxonomies) {
  FrontMatter front;
  front.title = text("title");
  front.description = text("description");
  front.date = date("date");
  front.updated = date("updated");
  front.expires = date("expires");
  front.draft = checked("draft", reader_.flag("draft")).value_or(false);
  front.slug = text("slug");
  front.slug_offset = reader_.place("slug").offset;
  front.url = text("url");
  front.url_offset = reader_.place("url").offset;
  aliases(front.aliases);
  front.weight = checked("weight", reader_.whole("weight")).value_or(0);
  front.layout = text("layout");
  front.layout_offset = reader_.place("layout").offset;
  for (const std::string& taxonomy : taxonomies) {
    std::vector<std::string> found = terms(taxonomy);
    if (!found.empty()) front.taxonomies.emplace(taxonomy, std::move(found));
  }
  if (const DataTable* const params = checked("params", reader_.table("params"))) front.params = *params;
  front.params_offset = reader_.place("params").offset;
  warn_of_keys_in_params(front.params, taxonomies);
  report_unknown(table_);
  report_unknown(unset_);
  return front;
}

std::optional<Date> HeadReader::date(std::string_view key) {
  const Data* const found = reader_.any(key);
  const std::string* const text = found ? found->text() : nullptr;
  if (text && !parse_date(*text)) {
    known_.push_back(key);
    error(*found, "front-matter/bad-date", "'" + *text + "' is not a date",
          "write it as 2026-11-23 or 2026-11-23T10:00:00Z");
    return std::nullopt;
  }
  return checked(key, reader_.date(key));
}

std::vector<std::string> HeadReader::terms(const std::string& taxonomy) {
  std::vector<std::string> unique;
  std::vector<std::string> all = checked(taxonomy, reader_.texts(taxonomy)).value_or(std::vector<std::string>{});
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::string& term = all[i];
    if (trim(term).empty()) {
      const Data& data = *reader_.any(taxonomy);
      error(data.array() ? (*data.array())[i] : data, "front-matter/empty-term",
            "'" + taxonomy + "' has a term without a name", "take it out of the list");
      continue;
    }
    if (std::find(unique.begin(), unique.end(), term) == unique.end()) unique.push_back(std::move(term));
  }
  return unique;
}

void HeadReader::aliases(std::vector<Alias>& out) {
  const auto texts = checked("aliases", reader_.texts("aliases"));
  if (!texts) return;
  const Data& data = *reader_.any("aliases");
  const DataArray* const list = data.array();
  for (std::size_t i = 0; i < texts->size(); ++i) out.push_back({(*texts)[i], list ? (*list)[i].offset : data.offset});
}

void HeadReader::report_unknown(const DataTable& entries) {
  for (const DataEntry& entry : entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    std::string hint;
    if (const std::string_view ours = our_name(entry.key); !ours.empty()) {
      hint = "hardtop's name for it is '" + std::string(ours) + "'";
    } else if (entry.key == "tags" || entry.key == "categories") {
      hint = "declare it in site.toml, under [taxonomies]: " + entry.key + " = {}";
    } else {
      const std::string_view near = nearest(entry.key, known_);
      if (!near.empty()) hint = "did you mean '" + std::string(near) + "'? ";
      hint += head_.is_toml ? "free data goes in [params]" : "free data goes under params:";
    }
    good_ = false;
    diagnostics_.error({source_, entry.key_offset, entry.key.size()}, "front-matter/unknown-key",
                       "unknown key '" + entry.key + "'", std::move(hint));
  }
}

// TOML has what follows [params] in it, wherever it was meant to be. Names that a theme may well have parameters of, such as
// date and layout, are none of these.
void HeadReader::warn_of_keys_in_params(const DataTable& params, const std::vector<std::string>& taxonomies) {
  constexpr std::array<std::string_view, 4> kKeys = {"draft", "expires", "aliases", "slug"};
  for (const DataEntry& entry : params) {
    if (std::ranges::find(kKeys, entry.key) == kKeys.end() &&
        std::ranges::find(taxonomies, entry.key) == taxonomies.end())
      continue;
    diagnostics_.warning({source_, entry.key_offset, entry.key.size()}, "front-matter/key-in-params",
                         "'" + entry.key + "' is free data here, for templates alone",
                         head_.is_toml ? "write it above [params] for hardtop to heed it"
                                       : "write it outside of params: for hardtop to heed it");
  }
}

std::optional<DataTable> read_table(const SourcePtr& source, const Head& head, Diagnostics& diagnostics) {
  return head.is_toml ? parse_toml(source, head.begin, head.end, "front-matter/toml-syntax", diagnostics)
                      : parse_yaml(source, head.begin, head.end, "front-matter/yaml-syntax", diagnostics);
}

}  // namespace

std::optional<FrontMatter> parse_front_matter(const SourcePtr& source, const std::vector<std::string>& taxonomies,
                                              Diagnostics& diagnostics) {
  const std::string_view text = source->text;
  const std::optional<Head> head = find_head(text);
  if (!head) {
    const std::optional<std::size_t> meant = find_meant_head(text);
    if (!meant) return FrontMatter{};
    diagnostics.error(
        {source, *meant, 3}, "front-matter/bad-fence", "this looks like front matter, and would be published as text",
        "begin and end it with lines of just +++ (TOML) or --- (YAML), from the first column on; lines end "
        "with LF or CRLF");
    return std::nullopt;
  }
  if (!head->is_closed) {
    diagnostics.error({source, head->opening, 3}, "front-matter/unterminated",
                      "front matter begins here and has no end",
                      head->is_toml ? "close it with a line +++"
                                    : "close it with a line ---, or write *** where you want a rule across the page");
    return std::nullopt;
  }
  std::optional<DataTable> table = read_table(source, *head, diagnostics);
  if (!table) return std::nullopt;
  const auto has_value = [](const DataEntry& entry) {
    return !std::holds_alternative<std::monostate>(entry.value.value);
  };
  const auto rest = std::stable_partition(table->begin(), table->end(), has_value);
  const DataTable unset(std::make_move_iterator(rest), std::make_move_iterator(table->end()));
  table->erase(rest, table->end());
  HeadReader reader(*table, unset, source, *head, diagnostics);
  FrontMatter front = reader.read(taxonomies);
  if (!reader.good()) return std::nullopt;
  front.body_offset = head->body;
  return front;
}

bool has_front_matter(std::string_view text) {
  const std::optional<Head> head = find_head(text);
  return head && head->is_closed;
}

Place place_of_term(const SourcePtr& source, std::string_view taxonomy, std::string_view term) {
  const std::optional<Head> head = find_head(source->text);
  Diagnostics told_before;
  const std::optional<DataTable> table = head ? read_table(source, *head, told_before) : std::nullopt;
  if (!table) return {source};
  const auto terms = std::ranges::find(*table, taxonomy, &DataEntry::key);
  if (terms == table->end()) return {source};
  const Data& value = terms->value;
  if (const DataArray* const list = value.array())
    for (const Data& item : *list)
      if (item.text() && *item.text() == term) return {source, item.offset, item.length};
  return {source, value.offset, value.length};
}

}  // namespace hardtop
