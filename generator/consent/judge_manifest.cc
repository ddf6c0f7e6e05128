#include <algorithm>
#include <array>

#include "base/html.h"
#include "base/json.h"
#include "base/text.h"
#include "base/url.h"
#include "consent/gate_values.h"
#include "consent/judgement.h"

namespace hardtop {

namespace {

// Members whose texts are for people and for tools: no browser loads what they name. related_applications are links to shops.
constexpr std::array<std::string_view, 11> kWords = {
    "$schema", "$id",  "name",      "short_name",           "description",   "label",
    "title",   "text", "developer", "related_applications", "iarc_rating_id"};

bool is_data_url(std::string_view text) { return equals_ascii_ci(trim(text).substr(0, 5), "data:"); }

class JsonJudge {
 public:
  JsonJudge(Judgement& judgement, CspDirective directive, const PlaceOf& place_of)
      : judgement_(judgement), directive_(directive), place_of_(place_of) {}

  void judge(const Data& data) {
    if (const std::string* text = data.text()) {
      judge_text(*text, data.offset, data.length);
    } else if (const DataArray* list = data.array()) {
      for (const Data& item : *list) judge(item);
    } else if (const DataTable* table = data.table()) {
      for (const DataEntry& entry : *table) {
        judge_text(entry.key, entry.key_offset, entry.key.size() + 2);  // import maps have URLs for keys
        if (std::ranges::find(kWords, entry.key) == kWords.end()) judge(entry.value);
      }
    }
  }

 private:
  void judge_text(const std::string& text, std::size_t offset, std::size_t length) {
    if (names_a_host(text) || is_data_url(text)) judgement_.fetch(text, directive_, place_of_(offset, length));
  }

  Judgement& judgement_;
  CspDirective directive_;
  const PlaceOf& place_of_;
};

}  // namespace

void read_json(Judgement& judgement, std::string_view json, CspDirective directive, const PlaceOf& place_of) {
  JsonError error;
  if (const std::optional<Data> data = parse_json(json, error)) {
    JsonJudge(judgement, directive, place_of).judge(*data);
    if ((data->find("prefetch") || data->find("prerender")) && speculates_on_other_sites(json))
      judgement.problem(place_of(data->offset, 1), "consent/cannot-gate",
                        "these speculation rules may match links to other sites, which browsers then fetch",
                        "limit them: \"where\": { \"and\": [{ \"href_matches\": \"/*\" }, …] }");
  } else {
    judgement.problem(place_of(error.offset, error.offset < json.size() ? 1 : 0), "consent/unreadable-file",
                      "this is not JSON: " + error.message,
                      "correct it: what cannot be read cannot be judged, and browsers do not use it either");
  }
}

JudgedFile judge_manifest(const Services& services, std::string_view json, std::string_view url) {
  Judgement judgement(services, url, Judgement::Optional::problem, "the web app manifest",
                      "use a file of the site itself");
  read_json(judgement, json, CspDirective::img, [](std::size_t offset, std::size_t length) {
    return Span{offset, length};
  });
  return judgement.finish();
}

}  // namespace hardtop
