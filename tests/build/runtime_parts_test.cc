// What of the runtime whole sites ship: the parts that they use, by what only one part can contain.
#include <doctest/doctest.h>

#include "config/consent_config.h"
#include "consent/lock.h"
#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

struct Part {
  const char* name;
  bool in_head;
  const char* sign;
};

constexpr Part kParts[] = {
    {"asked", true, "#consent-new"},
    {"regions", true, "/cdn-cgi/trace"},
    {"cleanup", false, "indexedDB"},
    {"consent_mode", false, "ad_user_data"},
    {"memory_seat", false, "[name][data-remember]"},
    {"placeholders", false, "consentOnce:"},
    {"sales", false, "do-not-sell"},
};

constexpr const char* kFilm = R"(
[[service]]
id = "film"
name = "Film"
provider = "Films Ltd."
category = "functional"
purpose = "Plays films"
hosts = ["films.example"]
privacy_url = "https://films.example/privacy"
)";

// Service "count", with these lines more.
std::string count_with(const std::string& more) {
  return R"(
[[service]]
id = "count"
name = "Count"
provider = "Us"
category = "analytics"
purpose = "Counts visits"
)" + more;
}

// The names of the parts that this site ships. Its only page has `body`.
std::string parts_of(const std::string& services, const std::string& body = "Hi.\n", const std::string& consent = "") {
  FileMap files = {
      {"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"default\"\nurls = \"file\"\n"},
      {"s/consent.toml", "[consent]\npolicy = \"a.md\"\ngpc_updated = 2026-01-01\n" + consent + services},
      {"s/content/a.md", "+++\ntitle = \"A\"\n+++\n" + body},
  };
  Diagnostics found;
  const auto config = load_consent_config(MemoryFiles(files), "s", "t.example", found);
  CAPTURE(to_text(found));
  REQUIRE(config);
  files["s/consent.lock"] = to_toml(updated_lock(*config, {}, {2026, 6, 1}, ""));
  const Built built = build_in_memory(MemoryFiles(files));
  REQUIRE(built.errors == "");

  std::string script;
  for (const auto& [path, bytes] : built.files)
    if (path.starts_with("assets/consent-runtime")) script += bytes;
  REQUIRE(script.find("consentchange") != std::string::npos);
  REQUIRE(built["a.html"].find("consentState") != std::string::npos);
  std::string parts;
  for (const Part& part : kParts)
    if ((part.in_head ? built["a.html"] : script).find(part.sign) != std::string::npos)
      parts += (parts.empty() ? "" : " ") + std::string(part.name);
  return parts;
}

constexpr const char* kFrame =
    "<iframe src=\"https://films.example/1\" title=\"A film\" width=\"560\" height=\"315\"></iframe>\n";
constexpr const char* kForm =
    "<form data-remember=\"count\"><label>Name <input name=\"name\" data-remember></label></form>\n";
constexpr const char* kItem = R"(
[[service.storage]]
kind = "local"
name = "seat"
lifetime = "until removed"
purpose = "Keeps a name"
)";

}  // namespace

TEST_CASE("a site ships what it uses of the runtime, and nothing else") {
  CHECK(parts_of(kFilm) == "");
  CHECK(parts_of(kFilm, kFrame) == "placeholders");
  CHECK(parts_of(count_with("")) == "");
  CHECK(parts_of(kFilm + count_with("")) == "asked");
  CHECK(parts_of(count_with(kItem)) == "cleanup");
  CHECK(parts_of(count_with(kItem), kForm) == "cleanup memory_seat");
  CHECK(parts_of(count_with("consent_mode = \"google\"\n")) == "consent_mode");
  CHECK(parts_of(count_with("sells_or_shares = true\nopt_out_url = \"https://count.example/no\"\n")) == "sales");
  CHECK(parts_of(kFilm, "Hi.\n",
                 "region_source = \"cloudflare\"\n[[consent.region]]\nplaces = [\"US\"]\ndefault = \"opt-out\"\n") ==
        "regions");
}

TEST_CASE("a site that uses all of the runtime gets all of it") {
  CHECK(parts_of(kFilm + count_with(std::string("consent_mode = \"google\"\nsells_or_shares = true\n"
                                                "opt_out_url = \"https://count.example/no\"\n") +
                                    kItem),
                 std::string(kFrame) + "\n" + kForm,
                 "region_source = \"cloudflare\"\n[[consent.region]]\nplaces = [\"US\"]\ndefault = \"opt-out\"\n") ==
        "asked regions cleanup consent_mode memory_seat placeholders sales");
}
