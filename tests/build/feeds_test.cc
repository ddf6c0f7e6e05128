#include "build/feeds.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

SiteModel make_site() {
  SiteModel site;
  site.config.title = "Cars & Co";
  site.config.base_url = "https://t.example/docs/";
  site.config.base_path = "/docs/";
  site.config.feed = FeedConfig{};
  site.sections.emplace_back();
  const auto add = [&](std::string path, std::string title, std::optional<Date> date) {
    Page page;
    page.file.path = std::move(path);
    page.file.front.date = date;
    page.title = std::move(title);
    page.at = {"/docs/" + page.title + "/", page.title + "/index.html"};
    page.content = "<p>" + page.title + "</p>";
    site.pages.push_back(std::move(page));
    site.sections[0].pages.push_back(static_cast<PageIndex>(site.pages.size() - 1));
  };
  add("blog/new.md", "new", Date{2026, 2, 3, 3600, 60, true});
  add("blog/old.md", "old", Date{2025, 1, 2});
  add("about.md", "about", std::nullopt);
  return site;
}

}  // namespace

TEST_CASE("a feed has none of the characters that XML forbids") {
  SiteModel site = make_site();
  site.config.title =
      "a\x01"
      "b\x0B"
      "c\xEF\xBF\xBE"
      "d\xEF\xBF\xBF"
      "e\xEF\xBF\xBD\tf";
  const std::string feed = atom_feed(site, feed_pages(site));
  CHECK(feed.find("<title>abcde\xEF\xBF\xBD\tf</title>") != std::string::npos);
}

TEST_CASE("a feed holds dated pages, newest first, in Atom's form") {
  const SiteModel site = make_site();
  const auto pages = feed_pages(site);
  CHECK(pages == std::vector<PageIndex>{0, 1});
  CHECK(atom_feed(site, pages) ==
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n"
        "<title>Cars &amp; Co</title>\n"
        "<id>https://t.example/docs/</id>\n"
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://t.example/docs/\"/>\n"
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://t.example/docs/feed.xml\"/>\n"
        "<updated>2026-02-03T01:00:00+01:00</updated>\n"
        "<author><name>Cars &amp; Co</name>\n</author>\n"
        "<generator>hardtop</generator>\n"
        "<entry>\n"
        "<title>new</title>\n"
        "<id>https://t.example/docs/new/</id>\n"
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://t.example/docs/new/\"/>\n"
        "<published>2026-02-03T01:00:00+01:00</published>\n"
        "<updated>2026-02-03T01:00:00+01:00</updated>\n"
        "<content type=\"html\" xml:base=\"https://t.example/docs/new/\">&lt;p&gt;new&lt;/p&gt;</content>\n"
        "</entry>\n"
        "<entry>\n"
        "<title>old</title>\n"
        "<id>https://t.example/docs/old/</id>\n"
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://t.example/docs/old/\"/>\n"
        "<published>2025-01-02T00:00:00Z</published>\n"
        "<updated>2025-01-02T00:00:00Z</updated>\n"
        "<content type=\"html\" xml:base=\"https://t.example/docs/old/\">&lt;p&gt;old&lt;/p&gt;</content>\n"
        "</entry>\n"
        "</feed>\n");
}

TEST_CASE("a feed of summaries has one for each page and no content") {
  SiteModel site = make_site();
  site.config.feed->full_content = false;
  site.pages[0].file.front.description = "What is <new>";
  const std::string feed = atom_feed(site, feed_pages(site));
  CHECK(feed.find("<content") == std::string::npos);
  CHECK(feed.find("<updated>2026-02-03T01:00:00+01:00</updated>\n<summary>What is &lt;new&gt;</summary>\n</entry>\n") !=
        std::string::npos);
  CHECK(feed.find("<summary type=\"html\" xml:base=\"https://t.example/docs/old/\">&lt;p&gt;old&lt;/p&gt;</summary>\n"
                  "</entry>\n") != std::string::npos);
}

TEST_CASE("a feed keeps to its limit and its sections") {
  SiteModel site = make_site();
  site.config.feed->limit = 1;
  CHECK(feed_pages(site) == std::vector<PageIndex>{0});
  site.config.feed->limit = 20;
  site.config.feed->sections = {"news"};
  CHECK(feed_pages(site).empty());
  site.config.feed->sections = {"blog"};
  CHECK(feed_pages(site).size() == 2);
}

TEST_CASE("control characters that XML cannot hold are left out of a feed") {
  SiteModel site = make_site();
  site.pages[0].title =
      "a\x01"
      "b";
  CHECK(atom_feed(site, {0}).find("<title>ab</title>") != std::string::npos);
}

TEST_CASE("a sitemap of more than 50,000 addresses is cut into parts") {
  const SiteModel site = make_site();
  std::vector<OutputJob> jobs(50001);
  for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].at.url = "/docs/" + std::to_string(i) + "/";
  jobs[0].page = 0;
  auto files = sitemap(site, jobs);
  REQUIRE(files.size() == 3);
  CHECK(sitemap_names(jobs) == std::vector<std::string>{"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"});
  CHECK(files[0].path == "sitemap-1.xml");
  CHECK(files[0].bytes.find("<url><loc>https://t.example/docs/0/</loc><lastmod>2026-02-03</lastmod></url>\n") !=
        std::string::npos);
  CHECK(files[1].bytes ==
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        "<url><loc>https://t.example/docs/50000/</loc></url>\n</urlset>\n");
  CHECK(files[2].path == "sitemap.xml");
  CHECK(files[2].bytes ==
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex "
        "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        "<sitemap><loc>https://t.example/docs/sitemap-1.xml</loc></sitemap>\n"
        "<sitemap><loc>https://t.example/docs/sitemap-2.xml</loc></sitemap>\n</sitemapindex>\n");
  jobs.resize(2);
  jobs[1].kind = OutputJob::Kind::not_found;
  files = sitemap(site, jobs);
  REQUIRE(files.size() == 1);
  CHECK(sitemap_names(jobs) == std::vector<std::string>{"sitemap.xml"});
  CHECK(files[0].bytes.find("/docs/1/") == std::string::npos);  // the 404 page
}
