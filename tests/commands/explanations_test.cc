// Every id that the code reports is explained, and nothing else is: read from the source text.
#include "commands/explanations.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "base/text.h"
#include "build/template_schema.h"
#include "commands/fake_surroundings.h"

using namespace hardtop;

namespace {

// The text of the .cc files of generator/ that report: all but the explanations themselves. Comments and includes are
// left out.
std::vector<std::string> code_files() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(HARDTOP_SOURCE_DIR "/generator"))
    if (entry.path().extension() == ".cc" && !entry.path().filename().string().starts_with("explanations"))
      paths.push_back(entry.path());
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::string& all = files.emplace_back();
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      const std::string_view start = trim(line);
      if (!start.starts_with("//") && !start.starts_with("#include")) all += line + "\n";
    }
  }
  return files;
}

std::set<std::string> matches(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

std::set<std::string> explained_ids() {
  std::set<std::string> ids;
  for (const Explanation& explanation : all_explanations()) ids.insert(std::string(explanation.id));
  return ids;
}

}  // namespace

TEST_CASE("every id in the code has an explanation") {
  // A literal "area/what-is-wrong" is an id, unless its area is one of these.
  const std::set<std::string> no_areas = {"text",  "application", "image", "font",  "audio",
                                          "video", "model",       "tests", "themes"};
  const std::set<std::string> explained = explained_ids();
  std::size_t found = 0;
  const auto check = [&](const std::string& id) {
    if (no_areas.contains(id.substr(0, id.find('/')))) return;
    ++found;
    CAPTURE(id);
    CHECK(explained.contains(id));
  };
  const std::vector<std::string> files = code_files();
  for (const std::string& text : files) {
    for (const std::string& id : matches(text, R"re("([a-z0-9-]+/[a-z-]+)")re")) check(id);
    // Put together: in a file with an area of its own, from the second argument of error().
    for (const std::string& area : matches(text, R"re(kArea = "([a-z-]+)")re"))
      for (const std::string& what : matches(text, R"re(error\([^;"]*, "([a-z]+(?:-[a-z0-9]+)+)")re"))
        check(area + "/" + what);
    // TableReader does so, too.
    for (const std::string& area : matches(text, R"re(TableReader [^;]*"(config|front-matter|theme)")re")) {
      check(area + "/unknown-key");
      check(area + "/wrong-type");
    }
  }
  CHECK(found > 60);
}

TEST_CASE("every explanation is of an id in the code") {
  std::string text;
  for (const std::string& file : code_files()) text += file;
  for (const std::string& id : explained_ids()) {
    CAPTURE(id);
    const std::size_t slash = id.find('/');
    const std::string area = "\"" + id.substr(0, slash) + "\"", what = id.substr(slash + 1) + "\"";
    const auto is_written = [&](const std::string& literal) { return text.find(literal) != std::string::npos; };
    const bool put_together = is_written(area) && (is_written("\"" + what) || is_written("\"/" + what));
    CHECK((is_written("\"" + id + "\"") || put_together));
  }
}

TEST_CASE("every explanation is complete, unique, and fits a terminal") {
  std::set<std::string_view> seen;
  for (const Explanation& explanation : all_explanations()) {
    CAPTURE(explanation.id);
    CHECK(seen.insert(explanation.id).second);
    CHECK_FALSE(explanation.summary.empty());
    CHECK_FALSE(explanation.summary.ends_with('.'));
    CHECK_FALSE(explanation.about.empty());
    CHECK_FALSE(explanation.example.empty());
    CHECK_FALSE(explanation.mend.empty());
    const std::string text = explanation_text(explanation);
    for (const std::string_view line : split(text, '\n')) {
      CAPTURE(line);
      CHECK(display_width(line) <= 82);
      CHECK_FALSE(line.ends_with(' '));
    }
  }
}

TEST_CASE("explain prints what an error means, an example, and the mend") {
  FakeProcess process;
  CHECK(process.run({"explain", "front-matter/unterminated"}) == 0);
  CHECK(process.err.str().empty());
  CHECK(process.out.str() ==
        "front-matter/unterminated: the front matter has no closing line\n"
        "\n"
        "A content file may begin with a head that says what the page is called. The\n"
        "head starts with a line +++ (TOML) or --- (YAML) and ends with the same line.\n"
        "Here the first line is there and the closing one is not, so all text would be\n"
        "head.\n"
        "\n"
        "Example:\n"
        "\n"
        "    +++\n"
        "    title = \"About\"\n"
        "\n"
        "    We make cars.\n"
        "\n"
        "The mend:\n"
        "\n"
        "    +++\n"
        "    title = \"About\"\n"
        "    +++\n"
        "\n"
        "    We make cars.\n");
}

TEST_CASE("explain takes an id as it is copied from a message") {
  FakeProcess process;
  CHECK(process.run({"explain", "[build/broken-link]"}) == 0);
  CHECK(process.out.str().starts_with("build/broken-link: "));
}

TEST_CASE("explain without an id lists all") {
  FakeProcess process;
  CHECK(process.run({"explain"}) == 0);
  const std::string list = process.out.str();
  CHECK(list.starts_with("config/missing                there is no site.toml\n"));
  const std::string end =
      "\n"
      "More about one: hardtop explain ID\n"
      "\n"
      "References:\n"
      "  hardtop explain site.toml     every key of site.toml\n"
      "  hardtop explain front-matter  every key of a page's head, and what its text may hold\n"
      "  hardtop explain consent.toml  every key of consent.toml\n"
      "  hardtop explain theme.toml    every key of theme.toml\n"
      "  hardtop explain i18n          every word that hardtop says, to translate\n"
      "  hardtop explain templates     every name that a template may use\n";
  CHECK(list.ends_with(end));
  CHECK(std::count(list.begin(), list.end(), '\n') ==
        static_cast<std::ptrdiff_t>(all_explanations().size()) + std::count(end.begin(), end.end(), '\n'));
}

TEST_CASE("explain templates prints the names that templates may use") {
  FakeProcess process;
  CHECK(process.run({"explain", "templates"}) == 0);
  CHECK(process.out.str() == template_reference());
}

TEST_CASE("explain suggests an id for one that it does not know") {
  struct Case {
    const char* id;
    std::string message;
  };
  const std::vector<Case> cases = {
      {"config/unknwon-key",
       "error: no error or warning is called 'config/unknwon-key'\n"
       "  hint: did you mean 'config/unknown-key'? hardtop explain lists all\n"},
      {"toml-syntax",
       "error: no error or warning is called 'toml-syntax'\n"
       "  hint: did you mean 'config/toml-syntax' or 'front-matter/toml-syntax'? hardtop explain lists all\n"},
      {"template",
       "error: no error or warning is called 'template'\n"
       "  hint: did you mean 'templates'? hardtop explain lists all\n"},
      {"frontmatter",
       "error: no error or warning is called 'frontmatter'\n"
       "  hint: did you mean 'front-matter'? hardtop explain lists all\n"},
      {"site.tml",
       "error: no error or warning is called 'site.tml'\n"
       "  hint: did you mean 'site.toml'? hardtop explain lists all\n"},
      {"theme",
       "error: no error or warning is called 'theme'\n"
       "  hint: did you mean 'theme.toml'? hardtop explain lists all\n"},
      {"weather",
       "error: no error or warning is called 'weather'\n"
       "  hint: hardtop explain lists all\n"},
  };
  for (const Case& c : cases) {
    FakeProcess process;
    CHECK(process.run({"explain", c.id}) == 2);
    CHECK(process.out.str().empty());
    CHECK(process.err.str() == c.message);
  }
}
