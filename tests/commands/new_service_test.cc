#include <doctest/doctest.h>

#include <fstream>
#include <set>

#include "base/diagnostic_format.h"
#include "base/text.h"
#include "commands/fake_surroundings.h"
#include "commands/recipes.h"
#include "config/consent_config.h"

using namespace hardtop;

namespace {

std::string consent_toml(const FakeProcess& process) { return process.files.snapshot().at("consent.toml"); }

struct Loaded {
  std::optional<ConsentConfig> config;
  std::vector<Diagnostic> found;
};

Loaded load(const std::string& text) {
  Diagnostics found;
  Loaded loaded;
  loaded.config = load_consent_config(MemoryFiles{{"consent.toml", text}}, "", "www.site.example", found);
  loaded.found = found.sorted();
  if (!loaded.config) CHECK(to_text(found) == "");
  return loaded;
}

}  // namespace

TEST_CASE("new service without a name lists what hardtop knows") {
  FakeProcess process;
  CHECK(process.run({"new", "service"}) == 0);
  CHECK(process.out.str() ==
        "Services that hardtop knows:\n"
        "  google-analytics    Google Analytics 4: counts visits and what people do on the site\n"
        "  google-maps         Google Maps: a map in a frame that waits for the visitor\n"
        "  google-tag-manager  Google Tag Manager: loads the tags that its container holds\n"
        "  hotjar              Hotjar: records mouse, scrolling and clicks, and asks visitors questions\n"
        "  matomo              Matomo: counts visits, on a server of your own\n"
        "  meta-pixel          Meta pixel: tells Facebook and Instagram who has seen which page, to measure and aim "
        "ads\n"
        "  vimeo               Vimeo: films from player.vimeo.com, in a frame that waits for the visitor\n"
        "  youtube             YouTube: films from youtube-nocookie.com, in a frame that waits for the visitor\n"
        "\n"
        "To declare one: hardtop new service NAME\n"
        "Any other NAME gives a form to fill in.\n");
}

TEST_CASE("a recipe makes consent.toml, and says what comes next") {
  FakeProcess process(Contents{{"site.toml", ""}});
  CHECK(process.run({"new", "service", "matomo"}) == 0);
  CHECK(process.err.str().empty());
  CHECK(process.out.str() ==
        "Made consent.toml: the service matomo\n"
        "\n"
        "It is complete but for what its comments ask for: read them.\n"
        "Next:\n"
        "  hardtop new page privacy  # the policy: write it, and remove its line draft = true\n"
        "  hardtop check\n"
        "  hardtop lock\n");
  CHECK(consent_toml(process) ==
        "# Every third party of the site, and everything that the site itself keeps in a browser.\n"
        "# After a change:  hardtop check  and then  hardtop lock --note \"what has changed\"\n"
        "[consent]\n"
        "policy = \"privacy.md\"  # the page, below content/, that tells visitors about the services\n"
        "\n" +
            std::string(find_recipe("matomo")->text));
}

TEST_CASE("a policy that is there is named, and needs no new page") {
  FakeProcess process(Contents{{"s/site.toml", ""}, {"s/content/legal/Our-Privacy.md", ""}});
  CHECK(process.run({"-C", "s", "new", "service", "vimeo"}) == 0);
  CHECK(process.files.snapshot().at("s/consent.toml").find("policy = \"legal/Our-Privacy.md\"") != std::string::npos);
  CHECK(process.out.str() ==
        "Made s/consent.toml: the service vimeo\n"
        "\n"
        "It is complete but for what its comments ask for: read them.\n"
        "Next:\n"
        "  hardtop -C s check\n"
        "  hardtop -C s lock\n");
}

TEST_CASE("what consent.toml holds stays as it is, and the new service comes after it") {
  const std::string before = "# mine\n[consent]\npolicy = 'p.md'";
  FakeProcess process(Contents{{"site.toml", ""}, {"consent.toml", before}});
  CHECK(process.run({"new", "service", "youtube"}) == 0);
  CHECK(consent_toml(process) == before + "\n\n" + std::string(find_recipe("youtube")->text));
  CHECK(process.out.str().starts_with("Added to consent.toml: the service youtube\n"));

  // All of them in one file, but for the two that load the same host.
  for (const Recipe& recipe : all_recipes())
    if (recipe.id != "youtube" && recipe.id != "google-tag-manager")
      CHECK(process.run({"new", "service", std::string(recipe.id)}) == 0);
  CHECK(load(consent_toml(process)).config);
}

TEST_CASE("a URL stands for its host") {
  FakeProcess process(Contents{{"site.toml", ""}});
  CHECK(process.run({"new", "service", "https://cdn.weather.example/map?x=1"}) == 0);
  CHECK(consent_toml(process).find("\nhosts = [\"cdn.weather.example\"]  # every host") != std::string::npos);
}

TEST_CASE("a host, as errors name it, gives the service that it belongs to, or a form with that host") {
  FakeProcess process(Contents{{"site.toml", ""}});
  CHECK(process.run({"new", "service", "www.youtube-nocookie.com"}) == 0);
  CHECK(consent_toml(process).ends_with(find_recipe("youtube")->text));
  CHECK(process.run({"new", "service", "insights.hotjar.com"}) == 0);
  CHECK(consent_toml(process).ends_with(find_recipe("hotjar")->text));

  CHECK(process.run({"new", "service", "CDN.Weather.example"}) == 0);
  CHECK(consent_toml(process).find("id = \"weather\"\nname = \"weather\"  # as visitors know it\n") !=
        std::string::npos);
  CHECK(consent_toml(process).find("\nhosts = [\"cdn.weather.example\"]  # every host") != std::string::npos);
  // The name of a service under another domain is somebody else.
  CHECK(process.run({"new", "service", "vimeo.example"}) == 0);
  CHECK_FALSE(consent_toml(process).ends_with(find_recipe("vimeo")->text));
}

TEST_CASE("a host of a service's domain gives the service, which says that it does not name the host") {
  FakeProcess process(Contents{{"site.toml", ""}});
  CHECK(process.run({"new", "service", "youtube.com"}) == 0);
  CHECK(consent_toml(process).ends_with(find_recipe("youtube")->text));
  CHECK(process.out.str() ==
        "Made consent.toml: the service youtube\n"
        "\n"
        "It is complete but for what its comments ask for: read them.\n"
        "It does not name youtube.com: add it to its hosts if a page loads something from there.\n"
        "Next:\n"
        "  hardtop new page privacy  # the policy: write it, and remove its line draft = true\n"
        "  hardtop check\n"
        "  hardtop lock\n");
}

TEST_CASE("a name that shares a word or a few letters with a known service is another's, and a slip is not") {
  for (const char* name : {"google-fonts", "google-ads", "google-tag", "my-matomo", "hot-jam", "metal-pixels-shop"}) {
    CAPTURE(name);
    FakeProcess process(Contents{{"site.toml", ""}});
    CHECK(process.run({"new", "service", name}) == 0);
    CHECK(consent_toml(process).find("id = \"" + std::string(name) + "\"\n") != std::string::npos);
  }
  for (const char* name : {"googel-maps", "Google Analitics", "googletagmanager", "you-tube", "vimoe", "metapixel"}) {
    CAPTURE(name);
    FakeProcess process(Contents{{"site.toml", ""}});
    CHECK(process.run({"new", "service", name}) == 2);
    CHECK(process.err.str().find(", but '") != std::string::npos);
  }
}

TEST_CASE("another name gives a form that loads when the two empty texts are filled in") {
  FakeProcess process(Contents{{"site.toml", ""}});
  CHECK(process.run({"new", "service", "Weather map"}) == 0);
  CHECK(process.out.str() ==
        "Made consent.toml: the service weather-map\n"
        "\n"
        "It is a form: fill in what is empty, and remove what it does not need.\n"
        "Services that need no form: hardtop new service\n"
        "Next:\n"
        "  hardtop new page privacy  # the policy: write it, and remove its line draft = true\n"
        "  hardtop check\n"
        "  hardtop lock\n");
  std::string text = consent_toml(process);
  CHECK(text.find("[[service]]\nid = \"weather-map\"\nname = \"Weather map\"  # as visitors know it\n") !=
        std::string::npos);
  text.replace(text.find("provider = \"\""), 13, "provider = \"W\"");
  text.replace(text.find("purpose = \"\""), 12, "purpose = \"w\"");
  CHECK(load(text).config);

  // With every comment that holds a key in force, too.
  std::string all;
  for (std::string_view line : split(text, '\n')) {
    if (line.starts_with("# ") && (line.find(" = ") != line.npos || line.starts_with("# [[") || line == "# '''") &&
        line.find("After a change") == line.npos && line.find("'*' stands") == line.npos)
      line.remove_prefix(2);
    all += std::string(line) + "\n";
  }
  for (const auto& [what, with] : std::map<std::string, std::string>{{"\"https://…\"", "\"https://w.example/\""},
                                                                     {"hosts = []", "hosts = [\"w.example\"]"},
                                                                     {"# name = \"…\"  # '*'", "name = \"k\"  # '*'"},
                                                                     {"html = '''\n", "html = '''\n<p>\n"}})
    for (std::size_t at = all.find(what); at != all.npos; at = all.find(what, at + with.size()))
      all.replace(at, what.size(), with);
  const Loaded loaded = load(all);
  REQUIRE(loaded.config);
  CHECK(loaded.config->services[0].stored.size() == 2);
  CHECK(loaded.config->services[0].tags.size() == 1);
}

TEST_CASE("a service that cannot be added is refused, and nothing is written") {
  struct Case {
    Contents files;
    std::string name;
    int status;
    std::string message;
  };
  const Contents site = {{"site.toml", ""}};
  const Contents with = {{"site.toml", ""}, {"consent.toml", "[[service]]\nid = 'matomo'\n"}};
  const Contents broken = {{"site.toml", ""}, {"consent.toml", "[[service\n"}};
  const std::vector<Case> cases = {
      {{{"a.md", ""}},
       "matomo",
       2,
       "error: there is no site.toml in this folder [new/no-site]\n"
       "  hint: run this in a site's folder, or name it: hardtop -C DIR new service NAME\n"},
      {site, "matmo", 2,
       "error: hardtop knows no service 'matmo', but 'matomo' [new/bad-name]\n"
       "  hint: hardtop new service matomo; for one of your own choose another name\n"},
      {site, "天気", 2,
       "error: a service cannot be named '天気' [new/bad-name]\n"
       "  hint: use letters from a to z and digits, as in weather-map\n"},
      {with, "Matomo", 1,
       "error: consent.toml has a service 'matomo' already [new/exists]\n"
       "  hint: choose another name, or change that one\n"},
      {broken, "matomo", 1,
       "consent.toml:1:10: error: the brackets of the section are not closed [config/toml-syntax]\n"
       "  1 | [[service\n"
       "    |          ^\n"
       "  hint: write it as [name] or [[name]], on a line of its own\n"},
  };
  for (const Case& c : cases) {
    FakeProcess process(c.files);
    CHECK(process.run({"new", "service", c.name}) == c.status);
    CHECK(process.err.str() == c.message);
    CHECK(process.out.str().empty());
    CHECK(process.files.snapshot() == c.files);
  }

  FakeProcess full(site);
  full.files.fail_on_write("consent.toml", std::errc::no_space_on_device);
  CHECK(full.run({"new", "service", "matomo"}) == 3);
  CHECK(full.err.str() ==
        "error: cannot write consent.toml: No space left on device [new/unwritable]\n"
        "  hint: look at the folder's permissions and the disk's free space\n");
}

TEST_CASE("every recipe loads, says all that visitors are to know, and warns of the ids that are still to be put in") {
  REQUIRE(all_recipes().size() == 8);
  const std::set<std::string_view> with_tag = {"google-analytics", "google-tag-manager", "hotjar", "matomo",
                                               "meta-pixel"};
  for (const Recipe& recipe : all_recipes()) {
    CAPTURE(recipe.id);
    CHECK(recipe.text.starts_with("# " + std::string(recipe.about) + "\n"));
    const Loaded loaded = load("[consent]\npolicy = \"privacy.md\"\n\n" + std::string(recipe.text));
    REQUIRE(loaded.config);
    REQUIRE(loaded.config->services.size() == 1);
    const Service& service = loaded.config->services[0];
    CHECK(service.id == recipe.id);
    CHECK_FALSE(service.hosts.empty());
    CHECK_FALSE(service.privacy_url.empty());
    CHECK_FALSE(service.necessary);
    CHECK(service.purpose.by_language.size() == 2);
    CHECK(service.purpose.by_language.contains("de"));
    CHECK_FALSE(service.stored.empty());
    for (const StoredItem& item : service.stored) CHECK(item.purpose.by_language.size() == 2);

    const bool has_tag = with_tag.contains(recipe.id);
    CHECK(service.tags.size() == (has_tag ? 1 : 0));
    CHECK(loaded.found.size() == service.tags.size());
    for (const Diagnostic& diagnostic : loaded.found) CHECK(diagnostic.id == "consent/placeholder");
    for (const ServiceTag& tag : service.tags) {
      CHECK(tag.html_offset != Place::kWholeFile);
      CHECK(tag.html.find("document.write") == std::string::npos);
      CHECK(tag.html.find("DOMContentLoaded") == std::string::npos);
      // A script that loads another asks the policy for its host: no element of the tag names it.
      CHECK(service.csp.contains("script"));
    }
    CHECK(service.google_consent_mode == (recipe.id == "google-analytics" || recipe.id == "google-tag-manager"));
  }
}
