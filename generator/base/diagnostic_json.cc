#include "base/diagnostic_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/percent.h"

namespace hardtop {

namespace {

using Json = nlohmann::ordered_json;

// A path or an excerpt may hold bytes that are not UTF-8: they become U+FFFD, JSON must stay readable.
std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string_view level_of(const Diagnostic& diagnostic) {
  return diagnostic.severity == Severity::error ? "error" : "warning";
}

void add_place(Json& object, const Place& place) {
  object["path"] = place.source ? Json(place.source->path) : Json(nullptr);
  object["line"] = nullptr;
  object["column"] = nullptr;
  if (place.has_position()) {
    const LineColumn at = line_column(place.source->text, place.offset);
    object["line"] = at.line;
    object["column"] = at.column;
  }
}

// A path as a relative reference (RFC 3986, 4.2): a colon in its first part would make that part a scheme.
std::string relative_uri(std::string_view path) {
  constexpr PercentSet kSet = kPathSet.with("%[\\]|");
  std::string uri = path.substr(0, path.find('/')).find(':') == std::string_view::npos ? "" : "./";
  append_percent_encoded(uri, path, kSet);
  return uri;
}

// SARIF 2.1.0, 3.29 and 3.30: columns count code points as "columnKind" says, the end column is the first one after.
Json physical_location(const Place& place) {
  Json location;
  location["artifactLocation"]["uri"] = relative_uri(place.source->path);
  if (place.has_position()) {
    const std::string_view text = place.source->text;
    const LineColumn begin = line_column(text, place.offset);
    Json region = {{"startLine", begin.line}, {"startColumn", begin.column}};
    if (place.length > 0 && place.offset < text.size()) {
      const LineColumn end = line_column(text, place.offset + std::min(place.length, text.size() - place.offset));
      region["endLine"] = end.line;
      region["endColumn"] = end.column;
    }
    location["region"] = std::move(region);
  }
  return location;
}

}  // namespace

std::string format_json(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    Json object;
    add_place(object, diagnostic.place);
    object["severity"] = level_of(diagnostic);
    object["message"] = diagnostic.message;
    object["id"] = diagnostic.id;
    object["hint"] = diagnostic.hint;
    if (!diagnostic.notes.empty()) {
      Json notes = Json::array();
      for (const Note& note : diagnostic.notes) {
        Json item;
        add_place(item, note.place);
        item["message"] = note.message;
        notes.push_back(std::move(item));
      }
      object["notes"] = std::move(notes);
    }
    out += dump(object, -1);
  }
  return out;
}

std::string format_sarif(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> ids;
  ids.reserve(diagnostics.size());
  for (const Diagnostic& diagnostic : diagnostics) ids.push_back(diagnostic.id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());

  Json rules = Json::array();
  for (const std::string& id : ids) {
    rules.push_back(
        {{"id", id}, {"help", {{"text", "Run 'hardtop explain " + id + "' for an example and the mend."}}}});
  }

  Json results = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    Json result;
    result["ruleId"] = diagnostic.id;
    result["ruleIndex"] = std::lower_bound(ids.begin(), ids.end(), diagnostic.id) - ids.begin();
    result["level"] = level_of(diagnostic);
    result["message"]["text"] =
        diagnostic.hint.empty() ? diagnostic.message : diagnostic.message + "\nhint: " + diagnostic.hint;
    result["locations"] = Json::array();
    if (diagnostic.place.source) {
      result["locations"].push_back({{"physicalLocation", physical_location(diagnostic.place)}});
    }
    Json related = Json::array();
    for (const Note& note : diagnostic.notes) {
      Json location;
      location["id"] = related.size();
      if (note.place.source) location["physicalLocation"] = physical_location(note.place);
      location["message"]["text"] = note.message;
      related.push_back(std::move(location));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    results.push_back(std::move(result));
  }

  Json run;
  run["tool"]["driver"] = {{"name", "hardtop"}, {"version", HARDTOP_VERSION}, {"rules", std::move(rules)}};
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json document;
  document["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
  document["version"] = "2.1.0";
  document["runs"] = Json::array({std::move(run)});
  return dump(document, 2);
}

}  // namespace hardtop
