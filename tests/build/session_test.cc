// Whole builds in memory: what a site's files become.
#include "build/session.h"

#include <doctest/doctest.h>

#include <limits>
#include <mutex>
#include <set>

#include "support/memory_site.h"

using namespace hardtop;
using namespace hardtop::test;

TEST_CASE("a page, a section, home and 404 become files") {
  const Built built = build_in_memory(plain_site({
      {"s/content/_index.md", "+++\ntitle = \"Home\"\n+++\nHi.\n"},
      {"s/content/about.md", "+++\ntitle = \"About\"\n+++\nSee [the post](blog/post.md).\n"},
      {"s/content/blog/post.md", "+++\ntitle = \"Post\"\n+++\nBack [home](../_index.md).\n"},
      {"s/static/img/x.svg", "<svg/>"},
  }));
  CHECK(built.errors == "");
  CHECK(built["index.html"] == "<title>Home</title><p>Hi.</p>\n[Blog /blog/](About /about.html)(Post /blog/post.html)");
  CHECK(built["about.html"] ==
        "<title>About</title><main><p>See <a href=\"/blog/post.html\">the post</a>.</p>\n</main>");
  CHECK(built["blog/post.html"] == "<title>Post</title><main><p>Back <a href=\"/\">home</a>.</p>\n</main>");
  CHECK(built["blog/index.html"] == "<title>Blog</title>(Post /blog/post.html)");
  CHECK(built["404.html"] == "<title>Page not found</title>not here");
  CHECK(built["img/x.svg"] == "<svg/>");
  CHECK(built["robots.txt"] == "User-agent: *\nAllow: /\n\nSitemap: https://t.example/sitemap.xml\n");
  CHECK(built["tags/index.html"] == "<title>Tags</title>");
}

TEST_CASE("lists are sorted by weight, then date, then title, and cut into list pages") {
  FileMap more = {
      {"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"plain\"\n[build]\nper_page = 2\n"}};
  more["s/content/blog/a.md"] = "+++\ntitle = \"A\"\ndate = 2020-01-01\n+++\n";
  more["s/content/blog/b.md"] = "+++\ntitle = \"B\"\ndate = 2022-01-01\n+++\n";
  more["s/content/blog/c.md"] = "+++\ntitle = \"C\"\n+++\n";
  more["s/content/blog/d.md"] = "+++\ntitle = \"D\"\nweight = 1\n+++\n";
  more["s/content/blog/e.md"] = "+++\ntitle = \"E\"\n+++\n";
  const Built built = build_in_memory(plain_site(more));
  CHECK(built.errors == "");
  CHECK(built["blog/index.html"] == "<title>Blog</title>(D /blog/d/)(B /blog/b/)1/3");
  CHECK(built["blog/page/2/index.html"] == "<title>Blog</title>(A /blog/a/)(C /blog/c/)2/3");
  CHECK(built["blog/page/3/index.html"] == "<title>Blog</title>(E /blog/e/)3/3");
  // Home has all pages, in the same order.
  CHECK(built["index.html"] == "<title>T</title>[Blog /blog/](D /blog/d/)(B /blog/b/)");
  CHECK(built["page/2/index.html"] == "<title>T</title>[Blog /blog/](A /blog/a/)(C /blog/c/)");
}

TEST_CASE("terms have pages of their own") {
  const Built built = build_in_memory(plain_site({
      {"s/content/a.md", "+++\ntitle = \"A\"\ntags = [\"Red Car\", \"fast\"]\n+++\n"},
      {"s/content/b.md", "+++\ntitle = \"B\"\ntags = [\"red-car\"]\n+++\n"},
  }));
  CHECK(built.errors == "");
  CHECK(built["tags/index.html"] == "<title>Tags</title><fast 1><Red Car 2>");
  CHECK(built["tags/red-car.html"] == "<title>Red Car</title>(A /a.html)(B /b.html)");
}

TEST_CASE("list pages stand beside their list, whatever it is called") {
  FileMap more = {
      {"s/site.toml",
       "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"plain\"\nurls = \"file\"\n[taxonomies]\ntags = "
       "{ per_page = 1 }\n"}};
  for (const char* name : {"a", "b"})
    more[std::string("s/content/") + name + ".md"] = "+++\ntags = [\"re\", \"reindex\"]\n+++\n";
  const Built built = build_in_memory(plain_site(more));
  CHECK(built.errors == "");
  CHECK(built["tags/re/page-2.html"] == "<title>re</title>(B /b.html)");
  CHECK(built["tags/reindex/page-2.html"] == "<title>reindex</title>(B /b.html)");
}

TEST_CASE("whatever makes robots.txt, the site's own takes the generated one's place") {
  for (const char* path : {"s/content/robots.txt", "s/static/robots.txt"}) {
    CAPTURE(path);
    const Built built = build_in_memory(plain_site({{path, "User-agent: *\nDisallow: /\n"}}));
    CHECK(built["robots.txt"] == "User-agent: *\nDisallow: /\n");
  }
}

TEST_CASE("a folder for well-known addresses keeps its dot") {
  const Built built = build_in_memory(plain_site({{"s/content/.well-known/security.txt", "x"}}));
  CHECK(built[".well-known/security.txt"] == "x");
}

TEST_CASE("drafts, future and expired pages are left out unless they are asked for") {
  const MemoryFiles files(plain_site({
      {"s/content/draft.md", "+++\ntitle = \"Draft\"\ndraft = true\n+++\n"},
      {"s/content/future.md", "+++\ntitle = \"Future\"\ndate = 2099-01-01\n+++\n"},
      {"s/content/expired.md", "+++\ntitle = \"Expired\"\nexpires = 2020-01-01\n+++\n"},
      {"s/content/page.md", "+++\ntitle = \"Page\"\n+++\n"},
  }));
  CHECK(build_in_memory(files)["index.html"] == "<title>T</title>(Page /page.html)");
  BuildOptions all = options_for_tests();
  all.drafts = all.future = all.expired = true;
  CHECK(build_in_memory(files, all)["index.html"] ==
        "<title>T</title>(Future /future.html)(Draft /draft.html)(Expired /expired.html)(Page /page.html)");
}

TEST_CASE("a site tells until when the clock alone changes nothing") {
  constexpr std::int64_t kJuly = 1782864000, kNever = std::numeric_limits<std::int64_t>::max();
  struct Case {
    std::string front_matter;
    std::int64_t changes_at;
  };
  const Case cases[] = {
      {"date = 2026-07-01\n", kJuly},                         // comes then
      {"expires = 2026-07-01\n", kJuly},                      // goes then
      {"date = 2026-07-02\nexpires = 2026-07-01\n", kJuly},   // the first of them
      {"date = 2026-01-01\nexpires = 2026-02-01\n", kNever},  // is gone
      {"", kNever},
  };
  for (const Case& each : cases) {
    CAPTURE(each.front_matter);
    MemoryFiles files(plain_site({{"s/content/a.md", "+++\ntitle = \"A\"\n" + each.front_matter + "+++\n"}}));
    Diagnostics diagnostics;
    Session session(files, options_for_tests());
    const std::optional<SiteOutput> site = session.build(diagnostics);
    REQUIRE(site);
    CHECK(site->changes_at == each.changes_at);
  }
}

TEST_CASE("an alias redirects to its page") {
  const Built built = build_in_memory(
      plain_site({{"s/content/a.md", "+++\ntitle = \"A & B\"\naliases = [\"/old\", \"/x.html\"]\n+++\n"}}));
  CHECK(built.errors == "");
  CHECK(built["x.html"] == built["old/index.html"]);
  CHECK(
      built["x.html"] ==
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>A &amp; B</title>\n"
      "<link rel=\"canonical\" href=\"https://t.example/a.html\">\n<meta name=\"robots\" content=\"noindex\">\n"
      "<meta http-equiv=\"refresh\" content=\"0; url=/a.html\">\n<p><a href=\"/a.html\">A &amp; B</a></p>\n</html>\n");
}

TEST_CASE("the path of base_url is in front of every URL") {
  const Built built = build_in_memory(plain_site({
      {"s/site.toml", "title = \"T\"\nbase_url = \"https://t.example/docs\"\ntheme = \"plain\"\nurls = \"file\"\n"},
      {"s/content/a.md", "+++\ntitle = \"A\"\n+++\n[b](b.md) ![x](/x.svg)\n"},
      {"s/content/b.md", "+++\ntitle = \"B\"\n+++\n"},
      {"s/static/x.svg", "<svg/>"},
  }));
  CHECK(built.errors == "");
  CHECK(built["a.html"] ==
        "<title>A</title><main><p><a href=\"/docs/b.html\">b</a> <img src=\"/docs/x.svg\" alt=\"x\" /></p>\n</main>");
}

// The begin of an image of 3 by 2 pixels: enough to be one.
static const std::string kImage("GIF89a\3\0\2\0", 10);

TEST_CASE("files beside a page are copied and linked") {
  const Built built = build_in_memory(plain_site({
      {"s/content/blog/trip/index.md", "+++\ntitle = \"Trip\"\n+++\n![a car](car.jpg)\n"},
      {"s/content/blog/trip/car.jpg", kImage},
      {"s/content/blog/other.md", "+++\ntitle = \"Other\"\n+++\n![a car](trip/car.jpg)\n"},
  }));
  CHECK(built.errors == "");
  CHECK(built["blog/trip/car.jpg"] == kImage);
  CHECK(built["blog/trip/index.html"].find("src=\"/blog/trip/car.jpg\"") != std::string::npos);
  CHECK(built["blog/other.html"].find("src=\"/blog/trip/car.jpg\"") != std::string::npos);
  CHECK(built["blog/index.html"] == "<title>Blog</title>(Other /blog/other.html)(Trip /blog/trip/)");
}

TEST_CASE("a file's name may hold what a URL cannot") {
  const Built built = build_in_memory(plain_site({
      {"s/content/a.md", "![x](<100% sure.jpg>) ![y](50%25.jpg)\n"},
      {"s/content/100% sure.jpg", kImage},
      {"s/content/50%.jpg", kImage},
  }));
  CHECK(built.errors == "");
  CHECK(built["100% sure.jpg"] == kImage);
  CHECK(built["a.html"] ==
        "<title>A</title><main><p><img src=\"/100%25%20sure.jpg\" width=\"3\" height=\"2\" alt=\"x\" /> "
        "<img src=\"/50%25.jpg\" width=\"3\" height=\"2\" alt=\"y\" /></p>\n</main>");
}

TEST_CASE("the output does not depend on the number of threads") {
  FileMap more;
  for (int i = 0; i < 200; ++i)
    more["s/content/s" + std::to_string(i % 7) + "/p" + std::to_string(i) + ".md"] =
        "+++\ntitle = \"P" + std::to_string(i) + "\"\ntags = [\"t" + std::to_string(i % 5) +
        "\"]\n+++\n# A\n\n| a | b |\n|---|---|\n| 1 | ~~2~~ |\n\nwww.example.com\n";
  const MemoryFiles files(plain_site(more));
  BuildOptions one = options_for_tests(), eight = options_for_tests();
  one.jobs = 1;
  eight.jobs = 8;
  const Built a = build_in_memory(files, one), b = build_in_memory(files, eight);
  CHECK(a.errors == "");
  CHECK(a.files == b.files);
  CHECK(build_in_memory(files, eight).files == b.files);
  // Nor on how much of it is kept in memory between checking and writing.
  for (const std::uint64_t bytes : {0, 10'000, 100'000, 150'000}) {
    CAPTURE(bytes);
    eight.keep_bytes = bytes;
    CHECK(build_in_memory(files, eight).files == a.files);
  }
}

TEST_CASE("style sheets carry a hash of their content in production, and a source map in development") {
  const FileMap files = plain_site();
  const Built production = build_in_memory(files);
  std::string name;
  for (const auto& [path, text] : production.files)
    if (path.starts_with("assets/")) name = path;
  CHECK(name.size() == std::string("assets/main.12345678.css").size());
  CHECK(production[name] == "p{color:red}\n");
  BuildOptions options = options_for_tests();
  options.development = true;
  const Built development = build_in_memory(MemoryFiles(files), options);
  CHECK(development["assets/main.css"].find("sourceMappingURL=main.css.map") != std::string::npos);
  CHECK(development["assets/main.css.map"].find("\"sources\"") != std::string::npos);
}

TEST_CASE("a broken link has its place in pages that are not kept in memory, too") {
  BuildOptions options = options_for_tests();
  options.keep_bytes = 0;
  const Built built = build_in_memory(MemoryFiles(plain_site({{"s/content/a.md", "[x](/no.html)\n"}})), options);
  CHECK(built.errors ==
        "content/a.md:1:5: error: the link '/no.html' leads to no file of the site [build/broken-link]\n"
        "  1 | [x](/no.html)\n"
        "    |     ^~~~~~~~\n"
        "  hint: mend the link, or add what it leads to; [check] links = \"warn\" in site.toml lets it pass\n");
}

TEST_CASE("a term that a page writes in two ways is one term of it") {
  const Built built = build_in_memory(plain_site(
      {{"s/content/a.md", "+++\ntags = [\"Größe\", \"größe\", \"x\"]\n+++\n"},
       {"s/themes/plain/layouts/page.mustache", "{{! parent: base }}\n{{#page.tags}}<{{name}}>{{/page.tags}}"}}));
  CHECK(built["a.html"] == "<title>A</title><Größe><x>");
}

TEST_CASE("a page that changes while the site is built is told of as well as can be") {
  // Every file of content/ has other bytes when it is read for the second time.
  class ChangingFiles final : public Files {
   public:
    explicit ChangingFiles(const FileMap& files) : files_(files) {}
    std::error_code read(const std::string& path, std::string& out) const override {
      const std::error_code error = files_.read(path, out);
      const std::lock_guard lock(mutex_);
      if (path.find("content/") != std::string::npos && !read_.insert(path).second) out = "short\n";
      return error;
    }
    std::error_code list(const std::string& folder, std::vector<FileEntry>& out) const override {
      return files_.list(folder, out);
    }
    std::error_code write(const std::string&, std::string_view, WriteResult&, Expected) override { return {}; }
    std::error_code remove(const std::string&) override { return {}; }
    std::error_code lock(const std::string&, const std::function<void()>&, std::unique_ptr<FileLock>&) override {
      return {};
    }
    void remove_empty_folders(const std::string&, const std::string&) override {}
    bool is_file(const std::string& path) const override { return files_.is_file(path); }
    bool is_folder(const std::string& path) const override { return files_.is_folder(path); }

   private:
    MemoryFiles files_;
    mutable std::mutex mutex_;
    mutable std::set<std::string> read_;
  };
  const ChangingFiles files(
      plain_site({{"s/content/a.md",
                   std::string(2000, 'x') + "\n\n<p id=\"a\"></p><p id=\"a\"></p>\n\n[b](/gone.html) [c](#gone)\n"}}));
  Diagnostics found;
  Session session(files, options_for_tests());
  CHECK_FALSE(session.build(found));
  const std::string told = to_text(found);
  CHECK(told.find("content/a.md: warning: the id '' is on /a.html twice") != std::string::npos);
  CHECK(told.find("content/a.md: error: the link '' leads to no file of the site") != std::string::npos);
}

TEST_CASE("what a theme has for a parameter that is not given is seen from the top of content/, on every page") {
  FileMap files =
      plain_site({{"s/content/b/a.md", "```{go}\n```\n"},
                  {"s/content/b/b.md", "+++\n[params]\nmore = \"x\"\n+++\n"},
                  {"s/content/b/about.md", "+++\n[params]\nto = \"a.md\"\n+++\n"},
                  {"s/content/about.md", "x\n"},
                  {"s/themes/plain/theme.toml",
                   "[page_params.to]\ntype = \"link\"\ndefault = \"about.md\"\n"
                   "[components.go.params.where]\ntype = \"link\"\ndefault = \"about.md\"\n"},
                  {"s/themes/plain/components/go.mustache", "[{{where}}]"},
                  {"s/themes/plain/layouts/page.mustache", "{{! parent: base }}\n({{page.params.to}}){{{content}}}"}});
  const Built built = build_in_memory(files);
  CHECK(built["b/a.html"] == "<title>A</title>(/about.html)[/about.html]");
  CHECK(built["b/b.html"] == "<title>B</title>(/about.html)");
  CHECK(built["b/about.html"] == "<title>About</title>(/b/a.html)");

  files["s/themes/plain/theme.toml"] = "[page_params.to]\ntype = \"link\"\ndefault = \"gone.md\"\n";
  files.erase("s/themes/plain/components/go.mustache");
  files["s/content/b/a.md"] = "x\n";
  CHECK(build_in_memory(files).errors ==
        "themes/plain/theme.toml:3:11: error: the link leads to content/gone.md, which does not exist "
        "[build/broken-link]\n"
        "  3 | default = \"gone.md\"\n"
        "    |           ^~~~~~~~~\n"
        "  hint: write the path from this file to the other, or remove the link\n");
}
