// `hardtop explain consent.toml` is a file that loads, with every key that the readers of consent.toml know.
#include <doctest/doctest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "base/diagnostic_format.h"
#include "commands/fake_surroundings.h"
#include "config/consent_config.h"

using namespace hardtop;

namespace {

std::string text_of(const std::string& path) {
  std::ifstream in(std::string(HARDTOP_SOURCE_DIR) + "/" + path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the reference of consent.toml is a file that loads") {
  FakeProcess process;
  REQUIRE(process.run({"explain", "consent.toml"}) == 0);
  const MemoryFiles files{{"consent.toml", process.out.str()}};
  Diagnostics found;
  CHECK(load_consent_config(files, "", "www.site.example", found));
  CHECK(to_text(found) == "");
}

TEST_CASE("the reference of consent.toml has every key that is read") {
  FakeProcess process;
  REQUIRE(process.run({"explain", "consent.toml"}) == 0);
  const std::string reference = process.out.str();
  // "read_list(file_, table, "hosts"", "table.any("csp")".
  const std::regex reads(R"rx((?:read_\w+\(file_?, (?:table|top), |\.(?:any|date|flag|whole|text)\()"([a-z_]+)")rx");
  std::size_t keys = 0;
  for (const char* path : {"generator/config/consent_config.cc", "generator/config/consent_services.cc"}) {
    const std::string code = text_of(path);
    for (std::sregex_iterator at(code.begin(), code.end(), reads), end; at != end; ++at) {
      const std::string key = (*at)[1];
      CAPTURE(key);
      CHECK(std::regex_search(reference, std::regex("(^|\n|[{. ])" + key + " = |\\[\\[(\\w+\\.)?" + key + "\\]\\]")));
      ++keys;
    }
  }
  CHECK(keys > 25);
}
