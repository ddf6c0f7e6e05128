// What is written into the tags that load the site's own files, in whole builds.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/sha.h"
#include "build/published_files.h"
#include "config/consent_config.h"
#include "consent/lock.h"
#include "support/memory_site.h"
#include "support/png.h"

using namespace hardtop;
using namespace hardtop::test;

namespace {

const std::string kLongPng = png(80, 60) + std::string(100'000, 'x');

BuildOptions in_development() {
  BuildOptions options = options_for_tests();
  options.development = true;
  return options;
}

// A page whose body is `html`, and its files.
FileMap site_with(const std::string& html, const FileMap& more = {}) {
  FileMap files =
      plain_site({{"s/content/a.md", html + "\n"},
                  {"s/static/a.png", kLongPng},
                  {"s/static/wide.png", png(160, 40)},
                  {"s/static/x.js", "let a = 1;"},
                  {"s/static/x.css", "p { color: red }"},
                  {"s/static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"24\" height=\"12\"></svg>"},
                  {"s/static/free.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 12\"></svg>"}});
  for (const auto& [path, text] : more) files[path] = text;
  return files;
}

// The page's body as it is published.
std::string body_of(const FileMap& files, const BuildOptions& options = options_for_tests()) {
  const Built built = build_in_memory(MemoryFiles(files), options);
  CAPTURE(built.errors);
  REQUIRE(built.fine);
  const std::string page = built["a.html"];
  const auto begin = page.find("<main>") + 6;
  std::string body = page.substr(begin, page.find("\n</main>") - begin);
  // Markdown makes a paragraph of what begins with an inline element.
  if (body.starts_with("<p>") && body.ends_with("</p>")) body = body.substr(3, body.size() - 7);
  return body;
}

FileMap with_head(const std::string& html, FileMap files = plain_site({{"s/content/a.md", "A.\n"}})) {
  files["s/themes/plain/layouts/base.mustache"] = html + "{{{main}}}";
  return files;
}

const std::string kWidth = " width=\"80\" height=\"60\"";

}  // namespace

TEST_CASE("what hardtop names by its content is loaded with its integrity, in production only") {
  FileMap files = with_head(
      "<link rel=\"preload\" as=\"style\" href=\"{{assets.css_main}}\"><link rel=\"stylesheet\" "
      "href=\"{{assets.css_main}}\">"
      "<LINK REL=' Alternate STYLESHEET' HREF='{{assets.css_main}}' title=x><link rel=icon href={{assets.css_main}}>"
      "<script src={{assets.js_go}} defer></script><link rel=\"modulepreload\" href=\"{{assets.js_go}}\">"
      "<link rel=\"preload\" as=\"image\" href=\"{{assets.js_go}}\">"
      "<script src=\"https://t.example{{assets.js_go}}\"></script><script>go();</script>");
  files["s/themes/plain/scripts/go.js"] = "let go;";
  const Built built = build_in_memory(files);
  CAPTURE(built.errors);
  REQUIRE(built.fine);
  std::string css, js;
  for (const auto& [path, bytes] : built.files) {
    if (path.ends_with(".css")) css = path;
    if (path.ends_with(".js")) js = path;
  }
  const std::string of_css = " integrity=\"sha384-" + base64(as_bytes(sha384(built[css]))) + "\"";
  const std::string of_js = " integrity=\"sha384-" + base64(as_bytes(sha384("let go;"))) + "\"";
  const std::string expected = "<link rel=\"preload\" as=\"style\" href=\"/" + css + "\"" + of_css +
                               "><link rel=\"stylesheet\" href=\"/" + css + "\"" + of_css +
                               "><LINK REL=' Alternate STYLESHEET' HREF='/" + css + "'" + of_css +
                               " title=x><link rel=icon href=/" + css + "><script src=/" + js + of_js +
                               " defer></script><link rel=\"modulepreload\" href=\"/" + js + "\"" + of_js +
                               "><link rel=\"preload\" as=\"image\" href=\"/" + js +
                               "\"><script src=\"https://t.example/" + js + "\"></script><script>go();</script>";
  CHECK(built["a.html"].substr(0, expected.size()) == expected);

  const Built preview = build_in_memory(MemoryFiles(files), in_development());
  CHECK(preview["a.html"].find("integrity") == std::string::npos);

  files["s/site.toml"] += "[build]\nintegrity = false\n";
  CHECK(build_in_memory(files)["a.html"].find("integrity") == std::string::npos);
}

TEST_CASE("files that keep their names get no integrity, and no third party's files either") {
  CHECK(body_of(site_with("<script src=\"/x.js\"></script><link rel=\"stylesheet\" href=\"/x.css\">")) ==
        "<script src=\"/x.js\"></script><link rel=\"stylesheet\" href=\"/x.css\">");
}

TEST_CASE("an integrity that the author wrote is kept if it is right") {
  const std::string sha256_ok = "sha256-" + base64(as_bytes(sha256("let a = 1;")));
  const std::string sha384_ok = "sha384-" + base64(as_bytes(sha384("let a = 1;")));
  const std::string sha512_ok = "sha512-" + base64(as_bytes(sha512("let a = 1;")));
  const std::string other = base64(as_bytes(sha384("let b;")));
  for (const std::string& value :
       {sha256_ok, sha384_ok, sha512_ok, "SHA384" + sha384_ok.substr(6), sha384_ok + "?ct=js",
        " sha384-" + other + "  " + sha384_ok, "sha256-wrong " + sha384_ok, sha384_ok + " md5-what", std::string()}) {
    const std::string html = "<script src=\"/x.js\" integrity=\"" + value + "\"></script>";
    CAPTURE(value);
    CHECK(body_of(site_with(html)) == html);
    CHECK(body_of(site_with(html), in_development()) == html);
  }
}

TEST_CASE("an integrity that is not the file's is an error with the one that is") {
  const std::string right = base64(as_bytes(sha384("let a = 1;"))), right_512 = base64(as_bytes(sha512("let a = 1;")));
  CHECK(build_in_memory(site_with("<p>\n<script src=\"/x.js\" integrity=\"sha384-AAAA\"></script>")).errors ==
        "content/a.md:2:32: error: this integrity is not that of /x.js, so browsers would not load it "
        "[build/wrong-integrity]\n"
        "  2 | <script src=\"/x.js\" integrity=\"sha384-AAAA\"></script>\n"
        "    |                                ^~~~~~~~~~~\n"
        "  hint: write integrity=\"sha384-" +
            right + "\", or remove the attribute\n");
  const auto hint_of = [&](const std::string& value) {
    const std::string errors =
        build_in_memory(site_with("<script src=\"/x.js\" integrity=\"" + value + "\"></script>")).errors;
    return errors.substr(errors.find("hint: ") + 6);
  };
  // The strongest counts, whatever the others say.
  CHECK(hint_of("sha384-" + right + " sha512-AAAA") ==
        "write integrity=\"sha512-" + right_512 + "\", or remove the attribute\n");
  CHECK(build_in_memory(site_with("<script src=\"/x.js\" integrity=\"md5-AAAA\"></script>")).errors ==
        "content/a.md:1:32: error: this integrity names no digest that browsers know, so nothing is checked "
        "[build/wrong-integrity]\n"
        "  1 | <script src=\"/x.js\" integrity=\"md5-AAAA\"></script>\n"
        "    |                                ^~~~~~~~\n"
        "  hint: write integrity=\"sha384-" +
            right + "\", or remove the attribute\n");
  CHECK(build_in_memory(with_head("<link rel=\"stylesheet\" href=\"{{assets.css_main}}\" integrity=\"sha384-AAAA\">"))
            .errors.find(
                "hint: remove the attribute: hardtop makes this file, and writes its integrity when it publishes\n") !=
        std::string::npos);
}

TEST_CASE("HTML that somebody else wrote is completed, and judged, as pages are") {
  FileMap files =
      site_with("A.", {{"s/static/b.html", "<!doctype html><title>B</title><p><img src=\"a.png\" alt=\"\">"}});
  CHECK(build_in_memory(files)["b.html"] ==
        "<!doctype html><title>B</title><p><img src=\"a.png\"" + kWidth + " alt=\"\">");
  files["s/static/b.html"] = "<!doctype html><title>B</title><script src=\"x.js\" integrity=\"sha384-AAAA\"></script>";
  CHECK(build_in_memory(files).errors ==
        "static/b.html:1:62: error: this integrity is not that of /x.js, so browsers would not load it "
        "[build/wrong-integrity]\n"
        "  1 | <!doctype html><title>B</title><script src=\"x.js\" integrity=\"sha384-AAAA\"></script>\n"
        "    |                                                              ^~~~~~~~~~~\n"
        "  hint: write integrity=\"sha384-" +
            base64(as_bytes(sha384("let a = 1;"))) + "\", or remove the attribute\n");
}

TEST_CASE("an image of the site is given the size of its file") {
  struct Row {
    const char* html;
    std::string expected;
  };
  const std::vector<Row> rows = {
      {"<img src=\"/a.png\" alt=\"\">", "<img src=\"/a.png\"" + kWidth + " alt=\"\">"},
      {"<IMG ALT='' SRC='a.png'/>", "<IMG ALT='' SRC='a.png'" + kWidth + "/>"},
      {"<img alt src=a.png>", "<img alt src=a.png" + kWidth + ">"},
      {"<img src=\"https://t.example/a.png?v=2\" alt=\"\">",
       "<img src=\"https://t.example/a.png?v=2\"" + kWidth + " alt=\"\">"},
      {"<img src=\"/logo.svg\" alt=\"\">", "<img src=\"/logo.svg\" width=\"24\" height=\"12\" alt=\"\">"},
      {"<img src=\"/a.png\" srcset=\"/a.png 1x, /wide.png 2x\" alt=\"\">",
       "<img src=\"/a.png\"" + kWidth + " srcset=\"/a.png 1x, /wide.png 2x\" alt=\"\">"},
      // One of both: the other in proportion.
      {"<img src=\"/a.png\" width=\"40\" alt=\"\">", "<img src=\"/a.png\" height=\"30\" width=\"40\" alt=\"\">"},
      {"<img src=\"/a.png\" height=\"1\" alt=\"\">", "<img src=\"/a.png\" width=\"1\" height=\"1\" alt=\"\">"},
      // Who says more, says all.
      {"<img src=\"/a.png\" width=\"5\" height=\"5\" alt=\"\">",
       "<img src=\"/a.png\" width=\"5\" height=\"5\" alt=\"\">"},
      {"<img src=\"/a.png\" width=\"50%\" alt=\"\">", "<img src=\"/a.png\" width=\"50%\" alt=\"\">"},
      {"<img src=\"/a.png\" width=\"\" alt=\"\">", "<img src=\"/a.png\" width=\"\" alt=\"\">"},
      {"<img src=\"/a.png\" style=\"WIDTH: 5em\" alt=\"\">", "<img src=\"/a.png\" style=\"WIDTH: 5em\" alt=\"\">"},
      {"<img src=\"/a.png\" style=\"aspect-ratio: 1\" alt=\"\">",
       "<img src=\"/a.png\" style=\"aspect-ratio: 1\" alt=\"\">"},
      {"<img src=\"/a.png\" style=\"color: red\" alt=\"\">",
       "<img src=\"/a.png\"" + kWidth + " style=\"color: red\" alt=\"\">"},
      // What has no size.
      {"<img src=\"/free.svg\" alt=\"\">", "<img src=\"/free.svg\" alt=\"\">"},
      {"<img alt=\"\">", "<img alt=\"\">"},
      {"<img src=\"data:image/gif;base64,R0\" alt=\"\">", "<img src=\"data:image/gif;base64,R0\" alt=\"\">"},
      // A picture: those of other proportions have their own.
      {"<picture><source srcset=\"/wide.png\" media=\"(min-width: 50em)\"><source srcset=\"/a.png 80w\"><img "
       "src=\"/a.png\" alt=\"\"></picture>",
       "<picture><source srcset=\"/wide.png\" width=\"160\" height=\"40\" media=\"(min-width: 50em)\"><source "
       "srcset=\"/a.png "
       "80w\"><img src=\"/a.png\"" +
           kWidth + " alt=\"\"></picture>"},
      {"<picture><source srcset=\"/wide.png\"><img src=\"/a.png\" width=\"8\" alt=\"\"></picture>",
       "<picture><source srcset=\"/wide.png\"><img src=\"/a.png\" height=\"6\" width=\"8\" alt=\"\"></picture>"},
      {"<picture><source srcset=\"/wide.png\" width=\"9\"><img src=\"/a.png\" alt=\"\"></picture>",
       "<picture><source srcset=\"/wide.png\" width=\"9\"><img src=\"/a.png\"" + kWidth + " alt=\"\"></picture>"},
      {"<picture><source srcset=\"/wide.png\"></picture><img src=\"/a.png\" alt=\"\">",
       "<picture><source srcset=\"/wide.png\"></picture><img src=\"/a.png\"" + kWidth + " alt=\"\">"},
      {"<video src=\"/x.mp4\"><source src=\"/y.mp4\"></video>",
       "<video src=\"/x.mp4\"><source src=\"/y.mp4\"></video>"},
      // In svg it is no HTML element.
      {"<svg><image href=\"/a.png\"></image></svg>", "<svg><image href=\"/a.png\"></image></svg>"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.html);
    const FileMap files = site_with(row.html, {{"s/static/x.mp4", "film"}, {"s/static/y.mp4", "film"}});
    CHECK(body_of(files) == row.expected);
    CHECK(body_of(files, in_development()) == row.expected);
  }
  FileMap off = site_with(rows[0].html);
  off["s/site.toml"] += "[build]\nimage_sizes = false\n";
  CHECK(body_of(off) == rows[0].html);
}

TEST_CASE("an image beside its page and one of the theme have their sizes too") {
  const FileMap files = site_with("", {{"s/content/a.md", "![B](b.png) ![C](/c.png)\n"},
                                       {"s/content/b.png", png(300, 200)},
                                       {"s/themes/plain/static/c.png", png(30, 20)}});
  CHECK(body_of(files) ==
        "<img src=\"/b.png\" width=\"300\" height=\"200\" alt=\"B\" /> <img src=\"/c.png\" width=\"30\" "
        "height=\"20\" alt=\"C\" />");
}

TEST_CASE("an image that is none is told of once, and stays as it was written") {
  FileMap files = site_with("<img src=\"/bad.png\" alt=\"\">",
                            {{"s/content/b.md", "![B](/bad.png)\n"},
                             {"s/static/bad.png", "version https://git-lfs.github.com/spec/v1"},
                             {"s/static/part.jpg", "\xff\xd8\xff\xe0"},
                             {"s/static/c.html", "<!doctype html><img src=\"part.jpg\"><img src=\"bad.png\">"}});
  const Built built = build_in_memory(files);
  CHECK(built["a.html"].find("<img src=\"/bad.png\" alt=\"\">") != std::string::npos);
  CHECK(built.errors ==
        "static/bad.png: warning: this is no image that browsers show, or only a part of one [build/broken-image]\n"
        "  hint: copy the image here again; where Git keeps it elsewhere, run 'git lfs pull'\n"
        "static/part.jpg: warning: this is no image that browsers show, or only a part of one [build/broken-image]\n"
        "  hint: copy the image here again; where Git keeps it elsewhere, run 'git lfs pull'\n");
}

TEST_CASE("of an image no more is read than tells its size, and once for all pages") {
  // Counts what is read of the image.
  class CountingFiles final : public Files {
   public:
    explicit CountingFiles(const FileMap& files) : files_(files) {}
    std::error_code read(const std::string& path, std::string& out) const override {
      if (path.ends_with(".png")) ++whole;
      return files_.read(path, out);
    }
    std::error_code read_head(const std::string& path, std::size_t size, std::string& out) const override {
      if (size > 1) ++heads;  // of each file the first byte is read, to know that it can be
      most = std::max<std::size_t>(most, size);
      if (const auto error = files_.read(path, out)) return error;
      out.resize(std::min(out.size(), size));
      return {};
    }
    std::error_code list(const std::string& folder, std::vector<FileEntry>& out) const override {
      return files_.list(folder, out);
    }
    std::error_code write(const std::string& path, std::string_view bytes, WriteResult& result, Expected) override {
      return files_.write(path, bytes, result);
    }
    std::error_code remove(const std::string& path) override { return files_.remove(path); }
    std::error_code lock(const std::string&, const std::function<void()>&, std::unique_ptr<FileLock>&) override {
      return {};
    }
    void remove_empty_folders(const std::string&, const std::string&) override {}
    bool is_file(const std::string& path) const override { return files_.is_file(path); }
    bool is_folder(const std::string& path) const override { return files_.is_folder(path); }
    mutable int whole = 0, heads = 0;
    mutable std::size_t most = 0;

   private:
    MemoryFiles files_;
  };
  FileMap files = site_with("![A](/a.png)");
  for (int i = 0; i < 20; ++i) files["s/content/p" + std::to_string(i) + ".md"] = "![A](/a.png)\n";
  const CountingFiles counting(files);
  BuildOptions options = options_for_tests();
  options.jobs = 1;
  Diagnostics found;
  Session session(counting, options);
  REQUIRE(session.build(found));
  CHECK(counting.heads == 1);
  CHECK(counting.whole == 0);
  CHECK(counting.most < kLongPng.size());
}

TEST_CASE("the tags of pages that wait on the disk are the same, and so are those of any number of threads") {
  FileMap files =
      with_head("<link rel=\"stylesheet\" href=\"{{assets.css_main}}\">", site_with("![A](/a.png) [b](b.md)"));
  for (int i = 0; i < 30; ++i) files["s/content/p" + std::to_string(i) + ".md"] = "![A](/a.png) ![W](/wide.png)\n";
  files["s/content/b.md"] = "B";
  BuildOptions options = options_for_tests();
  options.jobs = 1;
  const FileMap one = build_in_memory(MemoryFiles(files), options).files;
  options.jobs = 4;
  CHECK(build_in_memory(MemoryFiles(files), options).files == one);
  options.keep_bytes = 0;
  CHECK(build_in_memory(MemoryFiles(files), options).files == one);
}

// ---- Style sheets ----

TEST_CASE("where a style sheet would put images out of shape, they get no sizes, and it is told where") {
  const auto with_styles = [](const std::string& scss) {
    FileMap files = site_with("<img src=\"/a.png\" alt=\"\">");
    files["s/themes/plain/styles/main.scss"] = scss;
    return files;
  };
  const std::string plain = "<img src=\"/a.png\" alt=\"\">", sized = "<img src=\"/a.png\"" + kWidth + " alt=\"\">";
  FileMap narrow = with_styles("p { color: red; }\nimg { max-width: 100%; }\n");
  CHECK(body_of(narrow) == plain);
  CHECK(build_in_memory(narrow).errors ==
        "themes/plain/styles/main.scss:2:1: warning: 'img' says how wide images are, and no rule for img says "
        "'height: auto': "
        "images get no size in HTML, which would put them out of shape [build/image-styles]\n"
        "  2 | img { max-width: 100%; }\n"
        "    | ^~~\n"
        "  hint: write img { height: auto } once, or image_sizes = false in [build] of site.toml\n");
  const FileMap high = with_styles(".logo {\n  img { height: 2rem; }\n}\n");
  CHECK(body_of(high) == plain);
  CHECK(build_in_memory(high).errors ==
        "themes/plain/styles/main.scss: warning: '.logo img' says how high images are, and not how wide: images get "
        "no size in "
        "HTML, which would put them out of shape [build/image-styles]\n"
        "  hint: write width: auto beside it, or image_sizes = false in [build] of site.toml\n");
  // Said elsewhere, in static/ for example, it is fine.
  narrow["s/static/x.css"] = "img { height: auto }";
  CHECK(body_of(narrow) == sized);
  narrow["s/static/x.css"] = "";
  narrow["s/site.toml"] += "[build]\nimage_sizes = false\n";
  CHECK(build_in_memory(narrow).errors == "");
  // No image, no word of it.
  FileMap none = plain_site({{"s/content/a.md", "A.\n"}});
  none["s/themes/plain/styles/main.scss"] = "img { max-width: 100%; }";
  CHECK(build_in_memory(none).errors == "");
}

TEST_CASE("an image whose class has one size of its own is left alone") {
  FileMap files =
      site_with("<img class=\"mark logo\" src=\"/a.png\" alt=\"\"><img class=\"other\" src=\"/a.png\" alt=\"\">");
  files["s/themes/plain/styles/main.scss"] = ".logo { height: 2rem; }";
  const std::string other = "<img class=\"other\" src=\"/a.png\"" + kWidth + " alt=\"\">";
  CHECK(body_of(files) == "<img class=\"mark logo\" src=\"/a.png\" alt=\"\">" + other);
  files["s/themes/plain/styles/main.scss"] = ".logo { height: 2rem; } img { width: auto; height: auto; }";
  CHECK(body_of(files) == "<img class=\"mark logo\" src=\"/a.png\"" + kWidth + " alt=\"\">" + other);
}

// ---- Third parties, the runtime ----

namespace {

constexpr const char* kFilm =
    "[[service]]\nid = \"film\"\nname = \"Film\"\nprovider = \"Films Ltd.\"\ncategory = \"functional\"\n"
    "purpose = \"Plays films\"\nhosts = [\"films.example\"]\n"
    "privacy_url = \"https://films.example/privacy\"\n";
constexpr const char* kFrame =
    "<iframe src=\"https://films.example/1\" title=\"A film\" width=\"560\" height=\"315\"></iframe>\n";

FileMap asking_site(FileMap more) {
  more["s/consent.toml"] = std::string("[consent]\npolicy = \"policy.md\"\n") + kFilm;
  more["s/content/policy.md"] = "Policy.\n";
  FileMap files = plain_site(more);
  files["s/themes/plain/layouts/base.mustache"] =
      "<!doctype html><meta charset=\"utf-8\"><title>T</title>{{> consent-head}}{{> "
      "consent-banner}}<main>{{{main}}}</main>"
      "{{> consent-settings}}";
  Diagnostics found;
  const auto config = load_consent_config(MemoryFiles(files), "s", "t.example", found);
  CAPTURE(to_text(found));
  REQUIRE(config);
  files["s/consent.lock"] = to_toml(updated_lock(*config, {}, {2026, 6, 1}, ""));
  return files;
}

// Of every page that loads the runtime: what is wrong with how it does. With `keep_bytes`, pages are made again when written.
std::string wrong_runtimes(const std::map<std::string, std::string>& files, std::size_t& pages) {
  std::string path, wrong;
  for (const auto& [name, bytes] : files)
    if (name.starts_with("assets/consent-runtime.")) path = name;
  const std::string tag = "src=\"/" + path + "\" integrity=\"" + integrity_of(files.at(path)) + "\"";
  pages = 0;
  for (const auto& [name, bytes] : files) {
    if (!name.ends_with(".html") || bytes.find("consent-runtime") == std::string::npos) continue;
    ++pages;
    if (bytes.find(tag) == std::string::npos) wrong += name + "\n";
  }
  return wrong;
}

std::map<std::string, std::string> all_files(Session& session, const Files& disk) {
  Diagnostics found;
  auto output = session.build(found);
  CAPTURE(to_text(found));
  REQUIRE(output);
  std::map<std::string, std::string> out;
  for (OutputFile& file : output->files) {
    std::string bytes = file.make ? file.make() : file.bytes;
    if (!file.copy_from.empty()) (void)disk.read(file.copy_from, bytes);
    out[file.path] = bytes;
  }
  return out;
}

}  // namespace

TEST_CASE("the runtime is loaded with its integrity: by pages, by pages that wait on the disk, by HTML of others") {
  const FileMap files = asking_site(
      {{"s/content/a.md", "A.\n"},
       {"s/content/film.md", kFrame},
       {"s/static/own.html", "<!doctype html><meta charset=\"utf-8\"><title>O</title>" + std::string(kFrame)}});
  const MemoryFiles disk(files);
  BuildOptions options = options_for_tests();
  for (const std::uint64_t keep : {options.keep_bytes, std::uint64_t{0}}) {
    options.keep_bytes = keep;
    Session session(disk, options);
    std::size_t pages = 0;
    CHECK(wrong_runtimes(all_files(session, disk), pages) == "");
    CHECK(pages >= 5);
  }
  options = in_development();
  Session session(disk, options);
  for (const auto& [path, bytes] : all_files(session, disk)) CHECK(bytes.find("integrity") == std::string::npos);
}

TEST_CASE("a page that is kept names the runtime as it is after an update") {
  FileMap files = asking_site({{"s/content/a.md", "A.\n"}, {"s/content/b.md", "B.\n"}});
  MemoryFiles disk(files);
  BuildOptions options = options_for_tests();
  options.keep_for_updates = true;
  Session session(disk, options);
  std::map<std::string, std::string> all = all_files(session, disk);
  std::size_t pages = 0;
  CHECK(wrong_runtimes(all, pages) == "");
  // The first placeholder makes it another.
  WriteResult result;
  REQUIRE_FALSE(disk.write("s/content/b.md", kFrame, result));
  Diagnostics found;
  const auto change = session.update({"content/b.md"}, found);
  CAPTURE(to_text(found));
  REQUIRE(change);
  for (const std::string& path : change->removed) all.erase(path);
  for (const OutputFile& file : change->files) all[file.path] = file.bytes;
  CHECK(wrong_runtimes(all, pages) == "");
  CHECK(pages >= 4);
}

TEST_CASE("images that are gated stay as they were written; a script of the site has its integrity there, too") {
  FileMap files = asking_site({{"s/content/a.md",
                                "<img data-service=\"film\" src=\"/a.png\" width=\"1\" height=\"1\" alt=\"\"><picture "
                                "data-service=\"film\"><source srcset=\"/b.png\">"
                                "<img src=\"/a.png\" width=\"300\" height=\"200\" alt=\"A\"></picture><noscript "
                                "data-service=\"film\"><img src=\"/a.png\" alt=\"\">"
                                "</noscript>\n"},
                               {"s/static/a.png", png(80, 60)},
                               {"s/static/b.png", png(9, 60)},
                               {"s/themes/plain/scripts/go.js", "let go;"}});
  files["s/themes/plain/layouts/base.mustache"] += "<script src=\"{{assets.js_go}}\" data-service=\"film\"></script>";
  const Built built = build_in_memory(files);
  CAPTURE(built.errors);
  REQUIRE(built.fine);
  const std::string page = built["a.html"];
  CHECK(page.find("width=\"80\"") == std::string::npos);
  CHECK(page.find("width=\"9\"") == std::string::npos);
  CHECK(page.find("\" integrity=\"" + integrity_of("let go;") + "\" data-service=\"film\"></script></template>") !=
        std::string::npos);
}

TEST_CASE("feeds are as they were written") {
  FileMap files = site_with("+++\ntitle = \"A\"\ndate = 2026-01-01\n+++\n![A](/a.png)");
  files["s/site.toml"] += "[feeds]\nlimit = 5\n";
  const Built built = build_in_memory(files);
  CAPTURE(built.errors);
  REQUIRE(built.fine);
  CHECK(built["a.html"].find(kWidth) != std::string::npos);
  CHECK(built["feed.xml"].find("a.png") != std::string::npos);
  CHECK(built["feed.xml"].find("width=") == std::string::npos);
}

// ---- Early hints ----

TEST_CASE("early hints name the style sheets that all pages have, with the integrity of their <link>") {
  const auto link_of = [](const FileMap& files) {
    const Built built = build_in_memory(files);
    CAPTURE(built.errors);
    REQUIRE(built.fine);
    for (const HeaderRule& rule : built.headers)
      if (rule.name == "Link") return rule.pattern + " " + rule.value;
    return std::string("(none)");
  };
  const std::string link = "<link rel=\"stylesheet\" href=\"{{assets.css_main}}\">";
  FileMap files = with_head(link);
  CHECK(link_of(files) == "(none)");
  files["s/site.toml"] += "[build]\nearly_hints = true\n";
  const Built built = build_in_memory(files);
  std::string css;
  for (const auto& [path, bytes] : built.files)
    if (path.ends_with(".css")) css = path;
  CHECK(link_of(files) == "/* </" + css + ">; rel=preload; as=style; integrity=\"" + integrity_of(built[css]) + "\"");
  FileMap without = files;
  without["s/site.toml"] += "integrity = false\n";
  CHECK(link_of(without) == "/* </" + css + ">; rel=preload; as=style");
  // The site's own word counts.
  FileMap own = files;
  own["s/site.toml"] += "[headers]\n\"/*\" = { Link = \"</x>; rel=license\" }\n";
  CHECK(link_of(own) == "/* </x>; rel=license");
  // One page has another, none, or applies it sometimes.
  const std::vector<std::string> layouts = {
      "{{{content}}}", "<link rel=\"stylesheet\" media=\"print\" href=\"{{assets.css_main}}\">{{{content}}}",
      "<link rel=\"stylesheet\" disabled href=\"{{assets.css_main}}\">{{{content}}}",
      "<link rel=\"alternate stylesheet\" title=\"x\" href=\"{{assets.css_main}}\">{{{content}}}",
      "<link rel=\"stylesheet\" href=\"{{assets.css_other}}\">{{{content}}}"};
  for (const std::string& layout : layouts) {
    FileMap other = files;
    other["s/themes/plain/styles/other.scss"] = "b { color: red; }";
    other["s/themes/plain/layouts/page.mustache"] = layout;
    CAPTURE(layout);
    CHECK(link_of(other) == "(none)");
  }
  FileMap two = files;
  two["s/themes/plain/styles/other.scss"] = "b { color: red; }";
  two["s/themes/plain/layouts/base.mustache"] =
      "<link rel=\"stylesheet\" href=\"{{assets.css_other}}\">" + link + "{{{main}}}";
  const std::string both = link_of(two);
  CHECK(both.find("/* </assets/other.") == 0);
  CHECK(both.find("\", </" + css + ">; rel=preload; as=style; integrity=\"") != std::string::npos);
}
