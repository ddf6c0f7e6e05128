// The order of the folders, as a test: which folder may include which (DESIGN.md, Layers), and that each third-party
// library has one .cc that knows it, so that it can be replaced there. It reads #include lines, nothing else.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

struct CodeFile {
  std::string path;  // below generator/, as in "base/url.cc"
  std::string text;
};

using Names = std::vector<std::string_view>;

// A folder, and the folders that it may include besides itself.
const std::map<std::string_view, Names> kLayers = {
    {"base", {}},
    {"config", {"base"}},
    {"content", {"base", "config"}},
    {"theme", {"base", "config"}},
    {"consent", {"base", "config"}},
    {"build", {"base", "config", "content", "theme", "consent"}},
    {"serve", {"base", "config", "content", "theme", "consent"}},
    {"deploy", {"base", "config", "content", "theme", "consent"}},
    {"audit", {"base", "config", "content", "theme", "consent"}},
    {"commands", {"base", "config", "content", "theme", "consent", "build", "serve", "deploy", "audit"}},
};

// What serve, deploy and audit may include of build, which they call through a callback only: headers of plain data.
constexpr std::array kBuildResults = {std::string_view("build/manifest.h"), std::string_view("build/site_output.h")};

// Libraries that have their place by design; the others may be anywhere, once.
const std::map<std::string_view, std::string_view> kHomes = {
    {"toml++", "base/toml.cc"}, {"cmark-gfm", "content/"}, {"kainjow", "theme/"}, {"sass", "theme/"}};

// The operating system's own headers that have an extension or a folder. Standard C++ headers have neither.
constexpr std::array kSystemFolders = {std::string_view("sys/"), std::string_view("linux/"),
                                       std::string_view("netinet/"), std::string_view("arpa/"),
                                       std::string_view("net/")};
constexpr std::array kSystemHeaders = {std::string_view("dirent.h"),  std::string_view("fcntl.h"),
                                       std::string_view("link.h"),    std::string_view("netdb.h"),
                                       std::string_view("poll.h"),    std::string_view("pwd.h"),
                                       std::string_view("signal.h"),  std::string_view("spawn.h"),
                                       std::string_view("termios.h"), std::string_view("unistd.h")};

template <typename List>
bool contains(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

bool is_system_header(std::string_view name) {
  return name.find_first_of("./") == name.npos || contains(kSystemHeaders, name) ||
         std::any_of(kSystemFolders.begin(), kSystemFolders.end(),
                     [&](std::string_view folder) { return name.starts_with(folder); });
}

// "cmark-gfm-core-extensions.h" and "cmark-gfm/node.h" are one library, so are "sass.h" and "sass/context.h".
std::string library_of(std::string_view header) {
  if (header.starts_with("cmark-gfm")) return "cmark-gfm";
  return std::string(header.substr(0, header.find_first_of("./")));
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == path.npos ? "" : std::string(path.substr(0, slash));
}

std::string in_quotes(std::string_view name) {
  std::string text(1, '\'');
  return text.append(name).append(1, '\'');
}

// What is wrong with one of our files including another of ours; "" is nothing.
std::string judge_own(std::string_view from, std::string_view header) {
  const std::string folder = folder_of(from);
  const std::string target = folder_of(header);
  if (!kLayers.contains(target))
    return in_quotes(header) + " is no path from generator/: write it as in \"base/url.h\"";
  if (folder.empty() || folder == target || contains(kLayers.at(folder), target)) return "";  // main.cc may include all
  if (target == "build" && (folder == "serve" || folder == "deploy" || folder == "audit")) {
    if (contains(kBuildResults, header)) return "";
    return in_quotes(folder) + " may include only headers of plain results from 'build', not " + in_quotes(header);
  }
  return in_quotes(folder) + " may not include " + in_quotes(target) + ": it is not below it";
}

struct Include {
  std::size_t line;
  std::string header;
  bool ours;  // in quotes
};

std::vector<Include> find_includes(std::string_view text) {
  static const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> found;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line(text.substr(begin, end - begin));
    begin = end + 1;
    ++number;
    std::smatch match;
    if (line.find("include") != line.npos && std::regex_search(line, match, include))
      found.push_back({number, match[2], match[1] == "\""});
  }
  return found;
}

using Includes = std::map<std::string, std::vector<Include>>;  // by the path of the file

// Headers that show a third-party library to who includes them, themselves or through others.
std::set<std::string> find_opening_headers(const Includes& includes) {
  std::set<std::string> opening;
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& [path, list] : includes)
      for (const Include& one : list)
        if (path.ends_with(".h") && (one.ours ? opening.contains(one.header) : !is_system_header(one.header)))
          grown |= opening.insert(path).second;
  }
  return opening;
}

// Pure. Every include that breaks the order, a line "path:line: what is wrong" each, by path and line.
//
// A library that has a folder for its home may be opened to that folder by one header of it, whose name is that of the
// .cc that includes the library too; any other library is known to one .cc.
std::string check_layers(const std::vector<CodeFile>& files) {
  std::string found;
  Includes includes;
  for (const CodeFile& file : files) {
    if (file.path == "main.cc" || kLayers.contains(folder_of(file.path)))
      includes[file.path] = find_includes(file.text);
    else
      found += file.path + ":1: this is in no folder that DESIGN.md names\n";
  }
  const std::set<std::string> opening = find_opening_headers(includes);
  std::map<std::string, std::string> user_of;  // library to the first file that includes it, without extension
  for (const auto& [path, list] : includes) {
    for (const Include& one : list) {
      const auto report = [&, &path = path](const std::string& what) {
        found += path + ":" + std::to_string(one.line) + ": " + what + "\n";
      };
      if (one.ours) {
        if (const std::string wrong = judge_own(path, one.header); !wrong.empty())
          report(wrong);
        else if (opening.contains(one.header) && folder_of(one.header) != folder_of(path))
          report(in_quotes(one.header) + " shows a third-party library, and is for " +
                 in_quotes(folder_of(one.header)) + " only");
        continue;
      }
      if (is_system_header(one.header)) continue;
      const std::string library = library_of(one.header);
      const auto home = kHomes.find(library);
      if (home != kHomes.end() && !path.starts_with(home->second))
        report(in_quotes(one.header) + " belongs in " + in_quotes(home->second));
      else if (path.ends_with(".h") && (home == kHomes.end() || !home->second.ends_with('/')))
        report(in_quotes(one.header) + " in a header reaches everyone who includes it: include it in one .cc");
      const std::string user = path.substr(0, path.rfind('.'));
      const auto [known, first] = user_of.try_emplace(library, user);
      if (!first && known->second != user)
        report(in_quotes(library) + " is already included by " + in_quotes(known->second + ".*") +
               ": one .cc a library");
    }
  }
  return found;
}

std::vector<CodeFile> read_generator() {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(HARDTOP_SOURCE_DIR) / "generator";
  std::vector<CodeFile> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".cc" && extension != ".h") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back(
        {entry.path().lexically_relative(root).generic_string(), std::string(std::istreambuf_iterator<char>(in), {})});
  }
  std::sort(files.begin(), files.end(), [](const CodeFile& a, const CodeFile& b) { return a.path < b.path; });
  return files;
}

}  // namespace

TEST_CASE("no file of the generator includes what is not below it, nor shares a third-party library") {
  const std::vector<CodeFile> files = read_generator();
  REQUIRE(files.size() > 20);
  CHECK(check_layers(files) == "");
}

TEST_CASE("the layer check accepts what DESIGN.md allows") {
  const std::vector<CodeFile> cases = {
      {"base/url.cc", "#include \"base/url.h\"\n#include <string>\n#include <sys/stat.h>\n#include <unistd.h>\n"},
      {"config/site_config.h", "#include \"base/source.h\"\n"},
      {"content/markdown.cc", "#include \"config/site_config.h\"\n"},
      {"theme/stylesheet.cc", "#include <sass.h>\n#include <sass/context.h>\n"},
      {"build/build_site.cc",
       "#include \"content/markdown.h\"\n#include \"theme/theme.h\"\n#include \"consent/gate.h\"\n"},
      {"serve/overlay.cc", "#include \"build/manifest.h\"\n#include \"base/html.h\"\n"},
      {"commands/build.cc", "#include \"audit/report.h\"\n#include \"serve/http_server.h\"\n"},
      {"main.cc", "#include \"commands/command_line.h\"\n"},
      {"content/cmark_document.h", "#include <cmark-gfm/node.h>\n"},
      {"content/cmark_document.cc", "#include \"content/cmark_document.h\"\n#include <cmark-gfm/parser.h>\n"},
      {"content/markdown_html.h", "#include \"content/cmark_document.h\"\n"},
      {"content/markdown_html.cc", "#include \"content/markdown_html.h\"\n"},
      {"base/text.cc", "// #include \"build/session.h\"\nauto s = \"#include <toml++/toml.h>\";\n"},
  };
  CHECK(check_layers(cases) == "");
}

TEST_CASE("the layer check finds each way to break the order") {
  struct Case {
    std::vector<CodeFile> files;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {{{"base/url.cc", "\n#include \"config/site_config.h\"\n"}},
       "base/url.cc:2: 'base' may not include 'config': it is not below it"},
      {{{"content/page.h", "#include \"theme/theme.h\""}},
       "content/page.h:1: 'content' may not include 'theme': it is not below it"},
      {{{"theme/theme.cc", "  #  include  \"content/page.h\"  // why\r\n"}},
       "theme/theme.cc:1: 'theme' may not include 'content': it is not below it"},
      {{{"consent/gate.cc", "#include \"build/origins.h\"\n"}},
       "consent/gate.cc:1: 'consent' may not include 'build': it is not below it"},
      {{{"build/render.cc", "#include \"commands/build.h\"\n"}},
       "build/render.cc:1: 'build' may not include 'commands': it is not below it"},
      {{{"serve/watch.cc", "#include \"deploy/plan.h\"\n"}},
       "serve/watch.cc:1: 'serve' may not include 'deploy': it is not below it"},
      {{{"deploy/plan.cc", "#include \"build/session.h\"\n"}},
       "deploy/plan.cc:1: 'deploy' may include only headers of plain results from 'build', not 'build/session.h'"},
      {{{"base/url.cc", "#include \"url.h\"\n"}},
       "base/url.cc:1: 'url.h' is no path from generator/: write it as in \"base/url.h\""},
      {{{"base/url.cc", "#include \"../base/url.h\"\n"}},
       "base/url.cc:1: '../base/url.h' is no path from generator/: write it as in \"base/url.h\""},
      {{{"helpers/all.cc", "int x;\n"}}, "helpers/all.cc:1: this is in no folder that DESIGN.md names"},
      {{{"second.cc", "int x;\n"}}, "second.cc:1: this is in no folder that DESIGN.md names"},
      {{{"base/hash.h", "#include <xxhash.h>\n"}},
       "base/hash.h:1: 'xxhash.h' in a header reaches everyone who includes it: include it in one .cc"},
      {{{"config/site_config.cc", "#include <toml++/toml.h>\n"}},
       "config/site_config.cc:1: 'toml++/toml.h' belongs in 'base/toml.cc'"},
      {{{"build/render.cc", "#include <cmark-gfm.h>\n"}}, "build/render.cc:1: 'cmark-gfm.h' belongs in 'content/'"},
      {{{"content/tree.h", "#include <cmark-gfm/node.h>\n"}, {"build/links.cc", "#include \"content/tree.h\"\n"}},
       "build/links.cc:1: 'content/tree.h' shows a third-party library, and is for 'content' only"},
      {{{"content/tree.h", "#include <cmark-gfm/node.h>\n"},
        {"content/walk.h", "#include \"content/tree.h\"\n"},
        {"build/links.cc", "#include \"content/walk.h\"\n"}},
       "build/links.cc:1: 'content/walk.h' shows a third-party library, and is for 'content' only"},
      {{{"content/a.cc", "#include <cmark-gfm.h>\n"}, {"content/b.cc", "\n\n#include <cmark-gfm/node.h>\n"}},
       "content/b.cc:3: 'cmark-gfm' is already included by 'content/a.*': one .cc a library"},
      {{{"base/data.cc", "#include <nlohmann/json.hpp>\n"}, {"build/manifest.cc", "#include <nlohmann/json.hpp>\n"}},
       "build/manifest.cc:1: 'nlohmann' is already included by 'base/data.*': one .cc a library"},
  };
  for (const Case& one : cases) CHECK(check_layers(one.files) == one.expected + "\n");
}
