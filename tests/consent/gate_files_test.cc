#include "consent/judged_file.h"

using namespace judged_file;

TEST_CASE("a file's name says who judges it") {
  const std::pair<const char*, PublishedAs> rows[] = {
      {"index.html", PublishedAs::html},
      {"a/B.HTM", PublishedAs::html},
      {"a.css", PublishedAs::css},
      {"a.min.js", PublishedAs::script},
      {"a.mjs", PublishedAs::script},
      {"a.svg", PublishedAs::xml},
      {"feed.rss", PublishedAs::xml},
      {"a.xhtml", PublishedAs::xml},
      {"site.webmanifest", PublishedAs::manifest},
      {"x/manifest.json", PublishedAs::manifest},
      {"site-manifest.json", PublishedAs::manifest},
      {"speculation-rules.json", PublishedAs::manifest},
      {"data.json", PublishedAs::unknown},
      {"css", PublishedAs::unknown},
      {"a.css/b", PublishedAs::unknown},
      {"a.b c", PublishedAs::unknown},
      {"a. css ", PublishedAs::unknown},
      {"a.", PublishedAs::unknown},
      {"page.php", PublishedAs::unknown},
      {"LICENSE", PublishedAs::unknown},
      {"a.PDF", PublishedAs::passive},
      {"a.js.map", PublishedAs::passive},
      {"films/a.m3u8", PublishedAs::playlist},
      {"_headers", PublishedAs::headers},
      {"_redirects", PublishedAs::redirects},
      {"a/_headers", PublishedAs::unknown},
      {"a.png", PublishedAs::passive},
      {"", PublishedAs::unknown},
  };
  for (const auto& [path, kind] : rows) {
    CAPTURE(std::string(path));
    CHECK(published_as(path) == kind);
  }
}

TEST_CASE("a file of unknown kind is what browsers take its first bytes for") {
  const std::pair<std::string, PublishedAs> rows[] = {
      {"<!DOCTYPE html><p>", PublishedAs::html},
      {"\xEF\xBB\xBF \r\n\t<HTML lang=en>", PublishedAs::html},
      {"<!-- a", PublishedAs::html},
      {"<a href=x>", PublishedAs::html},
      {"<br>", PublishedAs::html},
      {"<abbr>", PublishedAs::passive},
      {"<p", PublishedAs::passive},
      {"<?xml version='1.0'?>", PublishedAs::xml},
      {"<svg xmlns='http://www.w3.org/2000/svg'>", PublishedAs::passive},
      {"localStorage.a = 1", PublishedAs::passive},
      {"{\"version\": \"https://jsonfeed.org/version/1.1\"}", PublishedAs::json_feed},
      {"{\"icons\": [{\"src\": \"https://px.example/\"}]}", PublishedAs::passive},
      {"www.site.example\n", PublishedAs::passive},
      {" \n", PublishedAs::passive},
      {"", PublishedAs::passive},
  };
  for (const auto& [text, kind] : rows) {
    CAPTURE(text);
    CHECK(sniffed_as(text) == kind);
  }
}

TEST_CASE("a Content-Type says who judges a file") {
  const std::pair<std::string, PublishedAs> rows[] = {
      {"Text/HTML; charset=utf-8", PublishedAs::html},
      {" text/css", PublishedAs::css},
      {"application/x-javascript", PublishedAs::script},
      {"text/ecmascript;a", PublishedAs::script},
      {"image/svg+xml", PublishedAs::xml},
      {"application/xml", PublishedAs::xml},
      {"application/manifest+json", PublishedAs::manifest},
      {"application/speculationrules+json", PublishedAs::manifest},
      {"application/json", PublishedAs::passive},
      {"text/plain", PublishedAs::passive},
      {"", PublishedAs::passive},
  };
  for (const auto& [text, kind] : rows) {
    CAPTURE(text);
    CHECK(published_as_type(text) == kind);
  }
}

TEST_CASE("files in UTF-16 are refused, with or without a mark at their begin") {
  const auto utf16 = [](std::string_view text) {
    std::string out;
    for (const char c : text) (out += c) += '\0';
    return out;
  };
  const std::pair<PublishedAs, const char*> rows[] = {
      {PublishedAs::css, "the style sheet"}, {PublishedAs::script, "the script"}, {PublishedAs::html, "the file"}};
  for (const auto& [kind, what] : rows) {
    for (const std::string& text : {utf16("a b c d"), "\xFF\xFE" + utf16("a"), "\xFE\xFF" + utf16("a")}) {
      CAPTURE(what);
      CHECK(text_of(judge_file(services(), kind, text, "/a"), text) ==
            "unreadable-file at '" + text.substr(0, 2) + "': " + what +
                " is in UTF-16, and hardtop reads UTF-8; save it in the encoding UTF-8\n");
    }
  }
  const std::string_view html = "<p>\x1B$B<img src=x>";
  CHECK(text_of(judge_html_bytes(html), html) ==
        "unreadable-file at '\x1B': the file is in ISO-2022-JP, and hardtop reads UTF-8; save it in the encoding "
        "UTF-8\n");
  CHECK(judge_html_bytes("<p>caf\xE9").problems.empty());
  CHECK(judge_html_bytes("").problems.empty());
}
