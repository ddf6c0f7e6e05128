#include "build/urls.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"
#include "base/url.h"

using namespace hardtop;

namespace {

SiteConfig make_config(UrlStyle style, std::string base_path = "/") {
  SiteConfig config;
  config.base_path = std::move(base_path);
  config.base_url = "https://www.example.com" + config.base_path;
  config.urls = style;
  return config;
}

// Plans one page and says "URL > output", or the errors.
std::string plan(const SiteConfig& config, std::string path, FrontMatter front = {}, std::string source = "") {
  SiteModel site;
  site.config = config;
  Page page;
  page.file.is_section = path.ends_with("_index.md");
  page.file.is_bundle = !page.file.is_section && path.ends_with("index.md");
  page.is_404 = path == "404.md";
  page.file.path = path;
  page.file.source = make_source("content/" + path, std::move(source));
  page.file.front = std::move(front);
  site.pages.push_back(std::move(page));
  Diagnostics found;
  plan_urls(site, found);
  if (found.has_errors()) return to_text(found);
  return site.pages[0].at.url + " > " + site.pages[0].at.output;
}

}  // namespace

TEST_CASE("a page's URL comes from its path, in both styles") {
  struct Row {
    const char* path;
    const char* directory;
    const char* file;
  };
  const Row rows[] = {
      {"about.md", "/about/ > about/index.html", "/about.html > about.html"},
      {"blog/first.md", "/blog/first/ > blog/first/index.html", "/blog/first.html > blog/first.html"},
      {"_index.md", "/ > index.html", "/ > index.html"},
      {"index.md", "/ > index.html", "/ > index.html"},
      {"blog/_index.md", "/blog/ > blog/index.html", "/blog/ > blog/index.html"},
      {"blog/trip/index.md", "/blog/trip/ > blog/trip/index.html", "/blog/trip/ > blog/trip/index.html"},
      {"404.md", "/404.html > 404.html", "/404.html > 404.html"},
      {"My Notes/C++ & Me.md", "/my-notes/c-me/ > my-notes/c-me/index.html",
       "/my-notes/c-me.html > my-notes/c-me.html"},
      {"über.md", "/%C3%BCber/ > über/index.html", "/%C3%BCber.html > über.html"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(plan(make_config(UrlStyle::directory), row.path) == row.directory);
    CHECK(plan(make_config(UrlStyle::file), row.path) == row.file);
  }
}

TEST_CASE("the path of base_url is in front of every URL and of no output file") {
  CHECK(plan(make_config(UrlStyle::directory, "/docs/"), "a.md") == "/docs/a/ > a/index.html");
  CHECK(plan(make_config(UrlStyle::directory, "/docs/"), "_index.md") == "/docs/ > index.html");
}

TEST_CASE("slug replaces the last part of a URL") {
  FrontMatter front;
  front.slug = "Better Name";
  CHECK(plan(make_config(UrlStyle::directory), "blog/x.md", front) ==
        "/blog/better-name/ > blog/better-name/index.html");
  CHECK(plan(make_config(UrlStyle::file), "blog/x.md", front) == "/blog/better-name.html > blog/better-name.html");
  CHECK(plan(make_config(UrlStyle::directory), "blog/_index.md", front) == "/better-name/ > better-name/index.html");
}

TEST_CASE("url replaces the whole URL") {
  struct Row {
    const char* url;
    const char* expected;
  };
  const Row rows[] = {
      {"/x/", "/x/ > x/index.html"}, {"/x.html", "/x.html > x.html"},    {"/x", "/x/ > x/index.html"},
      {"/", "/ > index.html"},       {"/a/../b/", "/b/ > b/index.html"}, {"/a%20b/", "/a%20b/ > a b/index.html"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    FrontMatter front;
    front.url = row.url;
    CHECK(plan(make_config(UrlStyle::file), "a.md", front) == row.expected);
  }
}

TEST_CASE("a url that leaves the site, or is none, is an error at its place") {
  FrontMatter front;
  front.url = "/../../x";
  front.url_offset = 10;
  CHECK(plan(make_config(UrlStyle::file), "a.md", front, "+++\nurl = \"/../../x\"\n+++\n") ==
        "content/a.md:2:7: error: '/../../x' leaves the site [build/url-outside]\n"
        "  2 | url = \"/../../x\"\n"
        "    |       ^~~~~~~~~~\n"
        "  hint: remove the '..' parts; a URL begins at base_url\n");
  front.url = "../../x";
  CHECK(plan(make_config(UrlStyle::file), "a.md", front, "+++\nurl = \"../../x\"\n+++\n") ==
        "content/a.md:2:7: error: '../../x' is not a path for a page [build/bad-url]\n"
        "  2 | url = \"../../x\"\n"
        "    |       ^~~~~~~~~\n"
        "  hint: write a path that begins with '/', without '?' and '#': url = \"/about/\" or \"/about.html\"\n");
}

TEST_CASE("a name without a letter or digit has no URL") {
  CHECK(plan(make_config(UrlStyle::file), "+++.md") ==
        "content/+++.md: error: no URL can be made from the name '+++' [build/empty-slug]\n"
        "  hint: rename the file, or set slug in its front matter to a word with letters or digits\n");
}

TEST_CASE("list pages have URLs of their own") {
  CHECK(locate_list_page(make_config(UrlStyle::directory), "blog", 2).url == "/blog/page/2/");
  CHECK(locate_list_page(make_config(UrlStyle::file), "blog", 2).url == "/blog/page-2.html");
  CHECK(locate_list_page(make_config(UrlStyle::directory), "", 3).output == "page/3/index.html");
}

TEST_CASE("two claims of one output file are an error that names both") {
  struct Row {
    const char* first;
    const char* second;
    const char* second_output;
    const char* expected;
  };
  const Row rows[] = {
      {"the page", "the page", "a.html",
       "content/b.md: error: this page and another would both write 'a.html' [build/duplicate-url]\n"
       "  hint: give one of them another slug or url in its front matter\n"
       "content/a.md: note: the other is here\n"},
      {"the page", "the page", "A.html",
       "content/b.md: error: this page and another would both write 'a.html' and 'A.html', which many hosts hold to be "
       "one file [build/duplicate-url]\n"
       "  hint: give one of them another slug or url in its front matter\n"
       "content/a.md: note: the other is here\n"},
      {"the page", "an alias", "a.html",
       "content/b.md: error: the page and an alias would both write 'a.html' [build/alias-over-page]\n"
       "  hint: remove the alias, or give it an address that no page has\n"
       "content/a.md: note: the page is here\n"},
      {"the page", "a static file", "a.html",
       "content/b.md: error: the page and a static file would both write 'a.html' [build/static-over-page]\n"
       "  hint: rename the file in static/, or give the page another slug\n"
       "content/a.md: note: the page is here\n"},
  };
  for (const Row& row : rows) {
    Diagnostics found;
    OutputClaims claims;
    CHECK(claims.claim("a.html", {row.first, whole_file("content/a.md")}, found));
    CHECK_FALSE(claims.claim(row.second_output, {row.second, whole_file("content/b.md")}, found));
    CHECK(to_text(found) == row.expected);
  }
}
