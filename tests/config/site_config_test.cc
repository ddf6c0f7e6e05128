#include "config/site_config.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

struct Loaded {
  std::optional<SiteConfig> config;
  std::string errors;
};

Loaded load(const std::string& text, const std::string& base_url = "",
            Environment environment = Environment::development) {
  MemoryFiles files{{"dir/site.toml", text}};
  Diagnostics found;
  Loaded result;
  result.config = load_site_config(files, "dir", base_url, found, environment);
  result.errors = to_text(found);
  CHECK(result.config.has_value() == !found.has_errors());
  return result;
}

// The errors of a file whose first line is a title.
std::string errors_of(const std::string& text) { return load("title = 'T'\n" + text).errors; }

struct ErrorRow {
  const char* text;
  const char* errors;
};

void check_rows(const std::vector<ErrorRow>& rows) {
  for (const ErrorRow& row : rows) {
    CAPTURE(row.text);
    CHECK(errors_of(row.text) == std::string(row.errors));
  }
}

}  // namespace

TEST_CASE("a site.toml of one line is enough") {
  const Loaded loaded = load("title = \"x\"");
  CHECK(loaded.errors.empty());
  REQUIRE(loaded.config);
  const SiteConfig& config = *loaded.config;
  CHECK(config.title == "x");
  CHECK(config.description.empty());
  CHECK(config.author.empty());
  CHECK(config.base_url == "http://localhost/");
  CHECK(config.base_path == "/");
  CHECK(config.base.host == "localhost");
  CHECK(config.language == "en");
  CHECK(config.theme == "default");
  CHECK(config.urls == UrlStyle::directory);
  CHECK(config.menus.empty());
  CHECK(config.taxonomies.empty());
  CHECK_FALSE(config.feed);
  CHECK(config.per_page == 20);
  CHECK(config.integrity);
  CHECK(config.image_sizes);
  CHECK_FALSE(config.early_hints);
  CHECK_FALSE(config.smart_punctuation);
  CHECK(config.footnotes);
  CHECK_FALSE(config.heading_anchors);
  CHECK(config.links == LinkCheck::error);
  CHECK(config.params.empty());
}

TEST_CASE("every key is read") {
  const Loaded loaded = load(R"(
title = "Títle"
description = "About"
author = "Ann"
base_url = "https://Example.com/docs"
language = "de-CH"
theme = "mini"
urls = "file"

[taxonomies]
tags = {}
series = { per_page = 0 }

[feeds]
limit = 5
sections = ["/news/", "blog"]
content = "summary"

[markdown]
smart_punctuation = true
footnotes = false
heading_anchors = true

[check]
links = "warn"

[build]
per_page = 7
integrity = false
image_sizes = false
early_hints = true

[[menu.main]]
to = "about.md"

[[menu.main]]
name = "First"
to = "/first/"
weight = 1

[[menu.main]]
to = "https://example.org/"
[[menu.footer-left]]
to = "b.md"
weight = -1

[params]
z = 1
a = { b = "c" }
)");
  CHECK(loaded.errors.empty());
  REQUIRE(loaded.config);
  const SiteConfig& config = *loaded.config;
  CHECK(config.title == "Títle");
  CHECK(config.description == "About");
  CHECK(config.author == "Ann");
  CHECK(config.base_url == "https://example.com/docs/");
  CHECK(config.base_path == "/docs/");
  CHECK(config.language == "de-CH");
  CHECK(config.theme == "mini");
  CHECK(config.theme_place.has_position());
  CHECK(config.urls == UrlStyle::file);
  REQUIRE(config.taxonomies.size() == 2);
  CHECK(config.taxonomies[0].name == "tags");
  CHECK(config.taxonomies[0].per_page == 7);  // as [build] says
  CHECK(config.taxonomies[1].name == "series");
  CHECK(config.taxonomies[1].per_page == 0);
  REQUIRE(config.feed);
  CHECK(config.feed->limit == 5);
  CHECK(config.feed->sections == std::vector<std::string>{"news", "blog"});
  CHECK_FALSE(config.feed->full_content);
  CHECK(config.smart_punctuation);
  CHECK_FALSE(config.footnotes);
  CHECK(config.heading_anchors);
  CHECK(config.links == LinkCheck::warn);
  CHECK(config.per_page == 7);
  CHECK_FALSE(config.integrity);
  CHECK_FALSE(config.image_sizes);
  CHECK(config.early_hints);
  REQUIRE(config.menus.size() == 2);
  const auto& menu = config.menus.at("main");
  REQUIRE(menu.size() == 3);
  CHECK(menu[0].name == "First");
  CHECK(menu[0].target == "/first/");
  CHECK(menu[0].weight == 1);
  CHECK(menu[1].name.empty());
  CHECK(menu[1].target == "about.md");
  CHECK(menu[2].target == "https://example.org/");
  CHECK(menu[0].place.source->text.substr(menu[0].place.offset, menu[0].place.length) == "\"/first/\"");
  CHECK(config.menus.at("footer-left")[0].weight == -1);
  REQUIRE(config.params.size() == 2);
  CHECK(config.params[0].key == "z");
  CHECK(*config.params[1].value.find("b")->text() == "c");
}

TEST_CASE("a menu may be written in one line") {
  const Loaded loaded = load("title = 'x'\nmenu.main = [{ to = 'a.md' }, { to = 'b.md' }]");
  CHECK(loaded.errors.empty());
  CHECK(loaded.config->menus.at("main").size() == 2);
}

TEST_CASE("line ends, a byte-order mark and a site in the working folder make no difference") {
  CHECK(load("\xEF\xBB\xBFtitle = \"x\"\r\n\r\n[build]\r\nper_page = 3\r\n").config->per_page == 3);
  MemoryFiles files{{"site.toml", "title = 'x'"}};
  Diagnostics found;
  CHECK(load_site_config(files, ".", "", found, Environment::development));
  CHECK(load_site_config(files, "", "", found, Environment::development));
}

TEST_CASE("the base URL is normalised and ends with its path") {
  struct Row {
    const char *written, *base_url, *base_path;
  };
  const std::vector<Row> rows = {
      {"https://example.com", "https://example.com/", "/"},
      {"HTTPS://EXAMPLE.com:443/", "https://example.com/", "/"},
      {"http://127.0.0.1:4000/x", "http://127.0.0.1:4000/x/", "/x/"},
      {"https://example.com/a/../b c", "https://example.com/b%20c/", "/b%20c/"},
      {"https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC/", "/%C3%BC/"},
      {" https://user.github.io/project/ ", "https://user.github.io/project/", "/project/"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    const Loaded loaded = load("title = 'x'\nbase_url = '" + std::string(row.written) + "'");
    REQUIRE(loaded.config);
    CHECK(loaded.config->base_url == row.base_url);
    CHECK(loaded.config->base_path == row.base_path);
    CHECK(load("title = 'x'", row.written).config->base_url == row.base_url);
  }
}

TEST_CASE("--base-url goes before base_url, and is checked like it") {
  CHECK(load("title = 'x'\nbase_url = 'https://a.example/'", "https://b.example/").config->base_url ==
        "https://b.example/");
  CHECK(load("title = 'x'\nbase_url = 'nonsense'", "https://b.example/").config);
  CHECK(load("title = 'x'", "b.example").errors ==
        "error: --base-url is no address of a website: \"b.example\" [config/bad-url]\n"
        "  hint: write it as https://example.com/ or https://example.com/folder/\n");
}

TEST_CASE("production without an address is a warning") {
  const Loaded loaded = load("title = 'x'", "", Environment::production);
  CHECK(loaded.config);
  CHECK(loaded.errors ==
        "site.toml: warning: 'base_url' is missing, so the sitemap and feeds lead to http://localhost/ "
        "[config/no-base-url]\n"
        "  hint: add base_url = \"https://…/\", the address that the site will have, or pass --base-url\n");
  CHECK(load("title = 'x'", "https://a.example", Environment::production).errors.empty());
  CHECK(load("title = 'x'\nbase_url = 'https://a.example'", "", Environment::production).errors.empty());
}

TEST_CASE("a file that is missing, unreadable, not UTF-8 or no TOML is reported") {
  Diagnostics missing;
  CHECK_FALSE(load_site_config(MemoryFiles{}, "dir", "", missing));
  CHECK(to_text(missing) ==
        "site.toml: error: there is no site.toml in this folder [config/missing]\n"
        "  hint: name the site's folder with -C DIR, or make a new site with 'hardtop new site NAME'\n");

  MemoryFiles locked{{"dir/site.toml", "title = 'x'"}};
  locked.fail_on_read("dir/site.toml", std::errc::permission_denied);
  Diagnostics unreadable;
  CHECK_FALSE(load_site_config(locked, "dir", "", unreadable));
  CHECK(to_text(unreadable) ==
        "site.toml: error: the file cannot be read: Permission denied [config/unreadable]\n"
        "  hint: check that it is a file that you may read\n");

  CHECK(load("\xEF\xBB\xBFtitle = \"x\"\nauthor = \"J\xF6rg\"\n").errors ==
        "site.toml:2:12: error: the byte 0xF6 at offset 26 is not UTF-8 [config/invalid-utf8]\n"
        "  2 | author = \"J<F6>rg\"\n"
        "    |            ^~~~\n"
        "  hint: save the file in the encoding UTF-8\n");

  CHECK(load("title = \"x\"\nauthor = Ann\n").errors ==
        "site.toml:2:10: error: 'Ann' is no value [config/toml-syntax]\n"
        "  2 | author = Ann\n"
        "    |          ^~~\n"
        "  hint: put text in quotes: \"Ann\"\n");
}

TEST_CASE("a title is needed") {
  CHECK(load("").errors ==
        "site.toml: error: 'title' is missing [config/missing-key]\n"
        "  hint: add title = \"…\", the name of the site\n");
  CHECK(load("title = ' '").errors ==
        "site.toml:1:9: error: 'title' is empty [config/bad-value]\n"
        "  1 | title = ' '\n"
        "    |         ^~~\n"
        "  hint: write the name of the site\n");
  CHECK(load("title = 1").errors ==
        "site.toml:1:9: error: 'title' must be text, not whole number [config/wrong-type]\n"
        "  1 | title = 1\n"
        "    |         ^\n"
        "  hint: put it in quotes\n");
}

TEST_CASE("all mistakes are reported at once, each at its place") {
  CHECK(load("titel = 'x'\nurls = 'files'\n[build]\nper_pages = 3\n").errors ==
        "site.toml: error: 'title' is missing [config/missing-key]\n"
        "  hint: add title = \"…\", the name of the site\n"
        "site.toml:1:1: error: unknown key 'titel' [config/unknown-key]\n"
        "  1 | titel = 'x'\n"
        "    | ^~~~~\n"
        "  hint: did you mean 'title'?\n"
        "site.toml:2:8: error: 'urls' must be \"file\" or \"directory\", not \"files\" [config/bad-value]\n"
        "  2 | urls = 'files'\n"
        "    |        ^~~~~~~\n"
        "  hint: did you mean \"file\"?\n"
        "site.toml:4:1: error: unknown key 'per_pages' in [build] [config/unknown-key]\n"
        "  4 | per_pages = 3\n"
        "    | ^~~~~~~~~\n"
        "  hint: did you mean 'per_page'?\n");
}

TEST_CASE("an address that cannot be a site's is refused") {
  check_rows({
      {"base_url = 'example.com'",
       "site.toml:2:12: error: 'base_url' is no address of a website: \"example.com\" [config/bad-url]\n"
       "  2 | base_url = 'example.com'\n"
       "    |            ^~~~~~~~~~~~~\n"
       "  hint: write it as https://example.com/ or https://example.com/folder/\n"},
      {"base_url = 'ftp://example.com'",
       "site.toml:2:12: error: 'base_url' is no address of a website: \"ftp://example.com\" [config/bad-url]\n"
       "  2 | base_url = 'ftp://example.com'\n"
       "    |            ^~~~~~~~~~~~~~~~~~~\n"
       "  hint: write it as https://example.com/ or https://example.com/folder/\n"},
      {"base_url = ''",
       "site.toml:2:12: error: 'base_url' is no address of a website: \"\" [config/bad-url]\n"
       "  2 | base_url = ''\n"
       "    |            ^~\n"
       "  hint: write it as https://example.com/ or https://example.com/folder/\n"},
      {"base_url = 'https://a:b@example.com/'",
       "site.toml:2:12: error: 'base_url' holds a user name or password: \"https://a:b@example.com/\" "
       "[config/bad-url]\n"
       "  2 | base_url = 'https://a:b@example.com/'\n"
       "    |            ^~~~~~~~~~~~~~~~~~~~~~~~~~\n"
       "  hint: write it as https://example.com/ or https://example.com/folder/\n"},
      {"base_url = 'https://example.com/?a'",
       "site.toml:2:12: error: 'base_url' holds a query ('?'): \"https://example.com/?a\" [config/bad-url]\n"
       "  2 | base_url = 'https://example.com/?a'\n"
       "    |            ^~~~~~~~~~~~~~~~~~~~~~~~\n"
       "  hint: write it as https://example.com/ or https://example.com/folder/\n"},
      {"base_url = 'https://example.com/#'",
       "site.toml:2:12: error: 'base_url' holds a fragment ('#'): \"https://example.com/#\" [config/bad-url]\n"
       "  2 | base_url = 'https://example.com/#'\n"
       "    |            ^~~~~~~~~~~~~~~~~~~~~~~\n"
       "  hint: write it as https://example.com/ or https://example.com/folder/\n"},
  });
}

TEST_CASE("values out of their range are refused") {
  check_rows({
      {"language = 'en_US'",
       "site.toml:2:12: error: 'language' is no language tag: \"en_US\" [config/bad-value]\n"
       "  2 | language = 'en_US'\n"
       "    |            ^~~~~~~\n"
       "  hint: did you mean \"en-US\"?\n"},
      {"language = 'English (US)'",
       "site.toml:2:12: error: 'language' is no language tag: \"English (US)\" [config/bad-value]\n"
       "  2 | language = 'English (US)'\n"
       "    |            ^~~~~~~~~~~~~~\n"
       "  hint: write it as \"en\" or \"de-CH\" (BCP 47)\n"},
      {"theme = '../mini'",
       "site.toml:2:9: error: 'theme' is no folder's name: \"../mini\" [config/bad-value]\n"
       "  2 | theme = '../mini'\n"
       "    |         ^~~~~~~~~\n"
       "  hint: write the name of a folder in themes/, without a path\n"},
      {"[check]\nlinks = 'none'",
       "site.toml:3:9: error: 'links' in [check] must be \"error\", \"warn\" or \"off\", not \"none\" "
       "[config/bad-value]\n"
       "  3 | links = 'none'\n"
       "    |         ^~~~~~\n"},
      {"[build]\nper_page = -1",
       "site.toml:3:12: error: 'per_page' in [build] must be from 0 to 10000, not -1 [config/bad-value]\n"
       "  3 | per_page = -1\n"
       "    |            ^~\n"
       "  hint: 0 puts everything on one page\n"},
      {"[feeds]\nlimit = 0",
       "site.toml:3:9: error: 'limit' in [feeds] must be from 1 to 1000, not 0 [config/bad-value]\n"
       "  3 | limit = 0\n"
       "    |         ^\n"},
      {"[feeds]\nsections = ['/']",
       "site.toml:3:12: error: 'sections' in [feeds] holds an empty name [config/bad-value]\n"
       "  3 | sections = ['/']\n"
       "    |            ^~~~~\n"
       "  hint: write the path of a folder in content/, or leave 'sections' out for the whole site\n"},
      {"[feeds]\ncontent = 'sumary'",
       "site.toml:3:11: error: 'content' in [feeds] must be \"full\" or \"summary\", not \"sumary\" "
       "[config/bad-value]\n"
       "  3 | content = 'sumary'\n"
       "    |           ^~~~~~~~\n"
       "  hint: did you mean \"summary\"?\n"},
      {"[taxonomies]\nDate = {}",
       "site.toml:3:1: error: a taxonomy cannot be named 'Date' [config/bad-value]\n"
       "  3 | Date = {}\n"
       "    | ^~~~\n"
       "  hint: use a-z, 0-9, '-' and '_': the name is a part of URLs\n"},
      {"[taxonomies]\ndate = {}",
       "site.toml:3:1: error: a taxonomy cannot be named 'date', which has its own meaning in front matter "
       "[config/bad-value]\n"
       "  3 | date = {}\n"
       "    | ^~~~\n"
       "  hint: choose another name\n"},
      {"[taxonomies.tags]\nper_page = 10001",
       "site.toml:3:12: error: 'per_page' in [taxonomies.tags] must be from 0 to 10000, not 10001 "
       "[config/bad-value]\n"
       "  3 | per_page = 10001\n"
       "    |            ^~~~~\n"
       "  hint: 0 puts everything on one page\n"},
      {"[[menu.'a b']]\nto = 'a.md'",
       "site.toml:2:8: error: a menu cannot be named 'a b' [config/bad-value]\n"
       "  2 | [[menu.'a b']]\n"
       "    |        ^~~\n"
       "  hint: use letters, digits, '-' and '_'\n"},
  });
}

TEST_CASE("values of the wrong kind are refused") {
  check_rows({
      {"menu = ['a.md']",
       "site.toml:2:8: error: 'menu' must be a table, not list [config/wrong-type]\n"
       "  2 | menu = ['a.md']\n"
       "    |        ^~~~~~~~\n"
       "  hint: write it as a section that begins with [menu]\n"},
      {"[menu.main]\nto = 'a.md'",
       "site.toml:2:1: error: [menu.main] must be a list of tables, not table [config/wrong-type]\n"
       "  2 | [menu.main]\n"
       "    | ^~~~~~~~~~~\n"
       "  hint: begin each entry with [[menu.main]], in two pairs of brackets\n"},
      {"menu.main = ['a.md']",
       "site.toml:2:14: error: an entry of [[menu.main]] must be a table, not text [config/wrong-type]\n"
       "  2 | menu.main = ['a.md']\n"
       "    |              ^~~~~~\n"
       "  hint: write it as { name = \"About\", to = \"about.md\" }\n"},
      {"[[menu.main]]\nname = 'x'",
       "site.toml:2:1: error: 'to' is missing in [[menu.main]] [config/missing-key]\n"
       "  2 | [[menu.main]]\n"
       "    | ^~~~~~~~~~~~~\n"
       "  hint: add to = \"about.md\" (a page), \"/files/x.pdf\" (a path) or \"https://…\"\n"},
      {"[[menu.main]]\nurl = 'x'\nto = 1\nweight = '1'",
       "site.toml:3:1: error: unknown key 'url' in [[menu.main]] [config/unknown-key]\n"
       "  3 | url = 'x'\n"
       "    | ^~~\n"
       "  hint: one of: name, weight, to\n"
       "site.toml:4:6: error: 'to' in [[menu.main]] must be text, not whole number [config/wrong-type]\n"
       "  4 | to = 1\n"
       "    |      ^\n"
       "  hint: put it in quotes\n"
       "site.toml:5:10: error: 'weight' in [[menu.main]] must be a whole number, not text [config/wrong-type]\n"
       "  5 | weight = '1'\n"
       "    |          ^~~\n"
       "  hint: write digits only, without quotes\n"},
      {"taxonomies = ['tags']",
       "site.toml:2:14: error: 'taxonomies' must be a table, not list [config/wrong-type]\n"
       "  2 | taxonomies = ['tags']\n"
       "    |              ^~~~~~~~\n"
       "  hint: write it as a section that begins with [taxonomies]\n"},
      {"[taxonomies]\ntags = true",
       "site.toml:3:8: error: 'tags' in [taxonomies] must be a table, not true or false [config/wrong-type]\n"
       "  3 | tags = true\n"
       "    |        ^~~~\n"
       "  hint: write it as a section that begins with [taxonomies.tags]\n"},
      {"[markdown]\nfootnotes = 'no'",
       "site.toml:3:13: error: 'footnotes' in [markdown] must be true or false, not text [config/wrong-type]\n"
       "  3 | footnotes = 'no'\n"
       "    |             ^~~~\n"
       "  hint: write true or false, without quotes\n"},
      {"params = 1",
       "site.toml:2:10: error: 'params' must be a table, not whole number [config/wrong-type]\n"
       "  2 | params = 1\n"
       "    |          ^\n"
       "  hint: write it as a section that begins with [params]\n"},
  });
}

TEST_CASE("hosts are one name or a list, each once, in one order") {
  CHECK(load("title = 'T'").config->hosts.empty());
  CHECK(load("title = 'T'\n[build]\nhosts = \"caddy\"").config->hosts == std::vector<Host>{Host::caddy});
  CHECK(load("title = 'T'\n[build]\nhosts = [\"json\", \"nginx\", \"netlify\", \"nginx\", \"cloudflare\"]")
            .config->hosts == std::vector<Host>{Host::netlify, Host::cloudflare, Host::nginx, Host::json});
}

TEST_CASE("a host that hardtop does not know is refused, with the names that it knows") {
  check_rows({
      {"[build]\nhosts = [\"nginx\", \"cloudfare\"]",
       "site.toml:3:9: error: 'hosts' in [build] holds \"cloudfare\", which is no host that hardtop knows "
       "[config/bad-value]\n"
       "  3 | hosts = [\"nginx\", \"cloudfare\"]\n"
       "    |         ^~~~~~~~~~~~~~~~~~~~~~\n"
       "  hint: did you mean \"cloudflare\"?\n"},
      {"[build]\nhosts = \"s3\"",
       "site.toml:3:9: error: 'hosts' in [build] holds \"s3\", which is no host that hardtop knows [config/bad-value]\n"
       "  3 | hosts = \"s3\"\n"
       "    |         ^~~~\n"
       "  hint: use \"netlify\", \"cloudflare\", \"nginx\", \"caddy\" or, for all others, \"json\"\n"},
  });
}

TEST_CASE("keys of features that are not built yet say so") {
  check_rows({
      {"[images]\nwidths = [640]",
       "site.toml:2:2: error: this version of hardtop does not know what to do with 'images' [config/not-built-yet]\n"
       "  2 | [images]\n"
       "    |  ^~~~~~\n"
       "  hint: remove it for now; a later version will read it\n"},
      {"[languages.de]\ntitle = 'x'",
       "site.toml:2:2: error: this version of hardtop does not know what to do with 'languages' "
       "[config/not-built-yet]\n"
       "  2 | [languages.de]\n"
       "    |  ^~~~~~~~~\n"
       "  hint: remove it for now; a later version will read it\n"},
  });
}

TEST_CASE("every mistake in places to deploy to is told at its place") {
  check_rows({
      {"[deploy.production]\nto = 'x'",
       "site.toml:2:9: error: 'remote' is missing in [deploy.production] [config/missing-key]\n"
       "  2 | [deploy.production]\n"
       "    |         ^~~~~~~~~~\n"
       "  hint: add remote = \"…\": a remote of rclone, such as \"r2:bucket\", or a folder\n"
       "site.toml:3:1: error: unknown key 'to' in [deploy.production] [config/unknown-key]\n"
       "  3 | to = 'x'\n"
       "    | ^~\n"
       "  hint: one of: remote, state, purge, keep_days, compressed\n"},
      {"[deploy]\nremote = 'r2:bucket'",
       "site.toml:3:10: error: 'remote' in [deploy] must be a table, not text [config/wrong-type]\n"
       "  3 | remote = 'r2:bucket'\n"
       "    |          ^~~~~~~~~~~\n"
       "  hint: name the place: [deploy.production], and below it remote = \"…\"\n"},
      {"[deploy.Production]\nremote = 'x'",
       "site.toml:2:9: error: a place to deploy to cannot be named 'Production' [config/bad-value]\n"
       "  2 | [deploy.Production]\n"
       "    |         ^~~~~~~~~~\n"
       "  hint: use a-z, 0-9, '-' and '_'\n"},
      {"[deploy.a]\nremote = '--config=x'",
       "site.toml:3:10: error: 'remote' in [deploy.a] is no remote of rclone: \"--config=x\" [config/bad-value]\n"
       "  3 | remote = '--config=x'\n"
       "    |          ^~~~~~~~~~~~\n"
       "  hint: write it as \"r2:bucket/path\", \"host:folder\" or \"../folder\"\n"},
      {"[deploy.a]\nremote = 'r2:x'\nstate = 'r2:x/'",
       "site.toml:4:9: error: 'state' in [deploy.a] is where the site itself is [config/bad-value]\n"
       "  4 | state = 'r2:x/'\n"
       "    |         ^~~~~~~\n"
       "  hint: choose a place of its own, or leave 'state' out\n"},
      {"[deploy.a]\nremote = 'r2:x'\nkeep_days = -1",
       "site.toml:4:13: error: 'keep_days' in [deploy.a] must be from 0 to 3650, not -1 [config/bad-value]\n"
       "  4 | keep_days = -1\n"
       "    |             ^~\n"},
      {"[build]\nprecompress = 'brotli'\n[deploy.a]\nremote = 'r2:x'\ncompressed = 'gzip'",
       "site.toml:6:14: error: 'compressed' in [deploy.a] is \"gzip\", which 'precompress' in [build] does not ask for "
       "[config/bad-value]\n"
       "  6 | compressed = 'gzip'\n"
       "    |              ^~~~~~\n"
       "  hint: add precompress = [\"gzip\"] to [build]\n"},
      {"[build]\nprecompress = true\n[deploy.a]\nremote = '/srv/www'\ncompressed = 'brotli'",
       "site.toml:6:14: error: 'compressed' in [deploy.a] is \"brotli\", and a folder keeps no Content-Encoding "
       "[config/bad-value]\n"
       "  6 | compressed = 'brotli'\n"
       "    |              ^~~~~~~~\n"
       "  hint: use \"beside\", from which a web server picks, or \"none\"\n"},
      {"[deploy.a]\nremote = 'r2:x'\ncompressed = 'off'",
       "site.toml:4:14: error: 'compressed' in [deploy.a] must be \"beside\", \"gzip\", \"brotli\" or \"none\", not "
       "\"off\" [config/bad-value]\n"
       "  4 | compressed = 'off'\n"
       "    |              ^~~~~\n"},
  });
}

TEST_CASE("every mistake in what is to be compressed is told at its place") {
  check_rows({
      {"[build]\nprecompres = true\nzip = true\nprecompress = true",
       "site.toml:3:1: error: unknown key 'precompres' in [build] [config/unknown-key]\n"
       "  3 | precompres = true\n"
       "    | ^~~~~~~~~~\n"
       "  hint: did you mean 'precompress'?\n"
       "site.toml:4:1: error: unknown key 'zip' in [build] [config/unknown-key]\n"
       "  4 | zip = true\n"
       "    | ^~~\n"
       "  hint: one of: per_page, hosts, precompress, integrity, image_sizes, early_hints\n"},
      {"[build]\nprecompress = ['gzip', 'zstd']",
       "site.toml:3:15: error: 'precompress' in [build] holds \"zstd\", which hardtop does not write "
       "[config/bad-value]\n"
       "  3 | precompress = ['gzip', 'zstd']\n"
       "    |               ^~~~~~~~~~~~~~~~\n"
       "  hint: use \"gzip\", \"brotli\" or both, or true for both\n"},
      {"[build]\nprecompress = 'br'",
       "site.toml:3:15: error: 'precompress' in [build] holds \"br\", which hardtop does not write [config/bad-value]\n"
       "  3 | precompress = 'br'\n"
       "    |               ^~~~\n"
       "  hint: did you mean \"brotli\"?\n"},
      {"[build]\nprecompress = 11",
       "site.toml:3:15: error: 'precompress' in [build] must be a list of text, not whole number "
       "[config/wrong-type]\n"
       "  3 | precompress = 11\n"
       "    |               ^~\n"
       "  hint: write it as [\"one\", \"two\"]\n"},
  });
}

TEST_CASE("what is to be compressed is a list, one word, or true for all") {
  using Encodings = std::vector<Encoding>;
  const std::pair<const char*, Encodings> cases[] = {
      {"", {}},
      {"precompress = false", {}},
      {"precompress = []", {}},
      {"precompress = true", {Encoding::gzip, Encoding::brotli}},
      {"precompress = 'gzip'", {Encoding::gzip}},
      {"precompress = ['brotli', 'gzip', 'brotli']", {Encoding::gzip, Encoding::brotli}},
  };
  for (const auto& [line, expected] : cases) {
    CAPTURE(line);
    const MemoryFiles files{
        {"site.toml", "title = 'x'\nbase_url = 'https://x.example/'\n[build]\n" + std::string(line)}};
    Diagnostics diagnostics;
    const auto config = load_site_config(files, "", "", diagnostics);
    CHECK(to_text(diagnostics) == "");
    REQUIRE(config);
    CHECK(config->precompress == expected);
  }
}

TEST_CASE("places to deploy to have a remote, and sensible words for what they do not say") {
  const MemoryFiles files{
      {"site.toml",
       "title = 'x'\nbase_url = 'https://example.org/'\n"
       "[deploy.production]\nremote = ' r2:bucket/path/ '\nstate = '../notes'\npurge = './purge.sh'\n"
       "keep_days = 0\ncompressed = 'none'\n[deploy.laboratory]\nremote = '../www'\n"}};
  Diagnostics diagnostics;
  const auto config = load_site_config(files, "", "", diagnostics);
  CHECK(to_text(diagnostics) == "");
  REQUIRE(config);
  REQUIRE(config->deploys.size() == 2);
  const DeployTarget &first = config->deploys[0], &second = config->deploys[1];
  CHECK(first.name == "laboratory");
  CHECK(first.remote == "../www");
  CHECK(first.state == "");
  CHECK(first.purge == "");
  CHECK(first.keep_days == 30);
  CHECK(first.compressed == DeployCompressed::beside);
  CHECK(second.name == "production");
  CHECK(second.remote == "r2:bucket/path");
  CHECK(second.state == "../notes");
  CHECK(second.purge == "./purge.sh");
  CHECK(second.keep_days == 0);
  CHECK(second.compressed == DeployCompressed::none);
}
