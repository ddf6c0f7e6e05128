// The core modules of mustache/spec, read from the peer's own files.
#include <doctest/doctest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "theme/template_support.h"

namespace hardtop {

namespace {

using Json = nlohmann::ordered_json;

// Owns what the values that stand for a piece of JSON borrow.
class JsonValues {
 public:
  Value make(const Json& json) {
    if (json.is_null()) return {};
    if (json.is_boolean()) return Value::flag(json.get<bool>());
    if (json.is_string()) return Value::text(texts_.emplace_back(json.get<std::string>()));
    if (json.is_number()) return Value::text(texts_.emplace_back(json.dump()));
    if (json.is_array()) {
      List& list = lists_.emplace_back();
      for (const Json& item : json) list.push_back(make(item));
      return Value::list(list);
    }
    Object& object = objects_.emplace_back();
    for (const auto& [name, value] : json.items()) object.set(name, make(value));
    return Value::object(object);
  }

 private:
  std::deque<std::string> texts_;
  std::deque<List> lists_;
  std::deque<Object> objects_;
};

}  // namespace

TEST_CASE("templates behave as the core modules of mustache/spec say") {
  const std::filesystem::path folder = std::filesystem::path(HARDTOP_PEER_DIR) / "mustache";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: there is no ../shared/peer/mustache");
    return;
  }
  std::size_t cases = 0;
  for (const char* module : {"comments", "delimiters", "interpolation", "inverted", "partials", "sections"}) {
    std::ifstream file(folder / (std::string(module) + ".json"));
    const Json spec = Json::parse(file);
    for (const Json& test : spec["tests"]) {
      CAPTURE(module);
      CAPTURE(test["name"].get<std::string>());
      CAPTURE(test["desc"].get<std::string>());
      TemplateFiles files{{"test", test["template"].get<std::string>()}};
      if (test.contains("partials"))
        for (const auto& [name, text] : test["partials"].items())
          files.insert_or_assign(std::string("_").append(name), text.get<std::string>());
      JsonValues values;
      CHECK(render(files, "test", nullptr, values.make(test["data"])) == test["expected"].get<std::string>());
      ++cases;
    }
  }
  CHECK(cases == 136);
}

}  // namespace hardtop
