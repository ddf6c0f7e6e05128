#include "serve/served_site.h"

#include <fstream>

#include <doctest/doctest.h>

#include "base/percent.h"
#include "serve/preview_script.h"
#include "support/temp_folder.h"

using namespace hardtop;

namespace {

constexpr std::string_view kVersion = "inst.7";

HttpRequest request_of(std::string_view target, std::vector<std::pair<std::string, std::string>> headers = {},
                       std::string method = "GET") {
  ParsedRequest parsed = parse_request(method + " " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n\r\n");
  REQUIRE(parsed.state == ParsedRequest::State::complete);
  for (auto& header : headers) parsed.request.headers.push_back(std::move(header));
  return parsed.request;
}

std::string body_text(const HttpResponse& response) {
  if (response.body.bytes) return response.body.bytes->substr(response.body.begin, response.body.size);
  if (!response.body.file) return "";
  std::string text(response.body.size, '\0');
  const std::ptrdiff_t n = response.body.file->read(response.body.begin, text.data(), text.size());
  text.resize(n < 0 ? 0 : static_cast<std::size_t>(n));
  return text;
}

std::string header_of(const HttpResponse& response, std::string_view name) {
  const std::string* value = response.header(name);
  return value ? *value : "(none)";
}

OutputFile file_of(std::string path, std::string bytes) {
  OutputFile file;
  file.path = std::move(path);
  file.bytes = std::move(bytes);
  return file;
}

SiteOutput small_site() {
  SiteOutput site;
  for (const auto& [path, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"index.html", "<!DOCTYPE html><head>home"},
           {"blog/index.html", "<!DOCTYPE html><head>blog"},
           {"blog/ü x.html", "post"},
           {"404.html", "<!DOCTYPE html><head>lost"},
           {"main.css", "p{}"},
           {"100%.txt", "percent"},
           {"page.bin", "<p>told to be a page"},
           {"drawing.svg", "<svg/>"},
           {"ten.txt", "0123456789"},
       })
    site.files.push_back(file_of(path, bytes));
  site.headers = {{"/*", "Cache-Control", "max-age=9", true},
                  {"/*", "Content-Security-Policy", "default-src 'self'"},
                  {"/*", "Strict-Transport-Security", "max-age=1"},
                  {"/*.svg", "Content-Security-Policy", "default-src 'none'"},
                  {"/blog/*", "X-Blog", "yes", true},
                  {"/page.bin", "content-type", "text/html", true}};
  return site;
}

std::string script(std::string_view output) {
  return "<script src=\"/.hardtop/preview.js\" data-version=\"inst.7\" data-output=\"" + std::string(output) +
         "\"></script>";
}

}  // namespace

TEST_CASE("addresses lead to files, folders to their index, and everything else to the site's own 404 page") {
  struct Case {
    std::string target;
    int status;
    std::string body;  // or where to, of 302
  };
  const std::string lost = "<!DOCTYPE html><head>" + script("404.html") + "lost";
  const Case cases[] = {
      {"/", 200, "<!DOCTYPE html><head>" + script("index.html") + "home"},
      {"/index.html", 200, "<!DOCTYPE html><head>" + script("index.html") + "home"},
      {"/?q", 200, "<!DOCTYPE html><head>" + script("index.html") + "home"},
      {"/blog/", 200, "<!DOCTYPE html><head>" + script("blog/index.html") + "blog"},
      {"/blog", 302, "/blog/"},
      {"/blog?x=1", 302, "/blog/?x=1"},
      {"/blog/%C3%BC%20x.html", 200, script("blog/ü x.html") + "post"},
      {"/main.css", 200, "p{}"},
      {"/main.css?v=3", 200, "p{}"},
      {"/100%25.txt", 200, "percent"},
      {"/page.bin", 200, script("page.bin") + "<p>told to be a page"},
      {"/nothing", 404, lost},
      {"/main.css/", 404, lost},
      {"/Main.css", 404, lost},
      {"/blog/nothing/", 404, lost},
      {"/../main.css", 404, lost},
      {"/blog/../main.css", 404, lost},
      {"/blog/%2e%2e/main.css", 404, lost},
      {"/blog%2Findex.html", 404, lost},
      {"/blog%5Cindex.html", 404, lost},
      {"//main.css", 404, lost},
      {"//evil.example/blog", 404, lost},
      {"/.hardtop/nothing", 404, "404 Not Found: the preview has no such address\n"},
  };
  const ServedSite::Ptr site = ServedSite::make(small_site(), "/");
  CHECK(site->size() == 9);
  for (const Case& one : cases) {
    CAPTURE(one.target);
    const HttpResponse response = site->respond(request_of(one.target), kVersion);
    CHECK(response.status == one.status);
    CHECK((response.status == 302 ? header_of(response, "location") : body_text(response)) == one.body);
  }
}

TEST_CASE("the path of base_url is kept, and '/' leads there") {
  const ServedSite::Ptr site = ServedSite::make(small_site(), "/docs/");
  const auto get = [&](std::string_view target) { return site->respond(request_of(target), kVersion); };
  CHECK(body_text(get("/docs/main.css")) == "p{}");
  CHECK(get("/docs/").status == 200);
  CHECK(header_of(get("/"), "location") == "/docs/");
  CHECK(header_of(get("/docs"), "location") == "/docs/");
  CHECK(header_of(get("/docs/blog"), "location") == "/docs/blog/");
  CHECK(get("/main.css").status == 404);
  CHECK(get("/docsmain.css").status == 404);
  CHECK(header_of(get("/docs/blog/"), "x-blog") == "yes");  // patterns begin where the site does
  CHECK(url_of_output("/docs/", "blog/index.html") == "/docs/blog/");
  CHECK(url_of_output("/docs/", "index.html") == "/docs/");
  CHECK(url_of_output("/", "blog/ü x.html") == "/blog/%C3%BC%20x.html");
  CHECK(url_of_output("/", "myindex.html") == "/myindex.html");
}

TEST_CASE("headers are those of production, but for caching, HSTS and validators") {
  const ServedSite::Ptr site = ServedSite::make(small_site(), "/");
  const auto get = [&](std::string_view target) { return site->respond(request_of(target), kVersion); };
  using Headers = std::vector<std::pair<std::string, std::string>>;
  HttpResponse css = get("/main.css");
  CHECK(css.headers.back() == Headers::value_type{"Accept-Ranges", "bytes"});
  css.headers.pop_back();
  CHECK(css.headers.back().first == "ETag");
  css.headers.pop_back();
  CHECK(css.headers == Headers{{"Content-Security-Policy", "default-src 'self'"},
                               {"Content-Type", "text/css; charset=utf-8"},
                               {"Cache-Control", "no-store"}});
  CHECK(header_of(get("/drawing.svg"), "content-security-policy") == "default-src 'none'");
  CHECK(header_of(get("/blog/"), "x-blog") == "yes");
  CHECK(header_of(get("/blog/nothing"), "x-blog") == "yes");
  CHECK(header_of(get("/blog/nothing.png"), "content-type") == "text/html; charset=utf-8");
  CHECK(header_of(get("/page.bin"), "content-type") == "text/html");
}

TEST_CASE("a site without a 404 page gets a plain one that tells of changes, too") {
  const ServedSite::Ptr site = ServedSite::make({}, "/docs/");
  const HttpResponse response = site->respond(request_of("/docs/<x>"), kVersion);
  CHECK(response.status == 404);
  CHECK(header_of(response, "content-type") == "text/html; charset=utf-8");
  const std::string body = body_text(response);
  CHECK(body.find("<meta charset=\"utf-8\">" + script("404.html")) != body.npos);
  CHECK(body.find("<code>/docs/&lt;x&gt;</code>") != body.npos);
  CHECK(body.find("<a href=\"/docs/\">") != body.npos);
}

TEST_CASE("what a client has already is not sent again") {
  const ServedSite::Ptr site = ServedSite::make(small_site(), "/");
  const auto get = [&](std::string_view target, std::string tag, std::string_view version = kVersion) {
    return site->respond(request_of(target, {{"if-none-match", std::move(tag)}}), version);
  };
  const std::string css = header_of(get("/main.css", ""), "etag"), page = header_of(get("/", ""), "etag");
  CHECK(get("/main.css", css).status == 304);
  CHECK(get("/main.css", css, "inst.8").status == 304);
  CHECK(get("/main.css", "\"other\"").status == 200);
  CHECK(get("/", page).status == 304);
  CHECK(get("/", page, "inst.8").status == 200);  // its script names another version: other bytes
  CHECK(get("/nothing", page).status == 404);
  CHECK(get("/main.css", css).body.size == 0);
}

TEST_CASE("parts of files are sent where they can be had") {
  const ServedSite::Ptr site = ServedSite::make(small_site(), "/");
  const auto get = [&](std::string range, std::string if_range = "", std::string method = "GET") {
    std::vector<std::pair<std::string, std::string>> headers = {{"range", std::move(range)}};
    if (!if_range.empty()) headers.emplace_back("if-range", if_range);
    return site->respond(request_of("/ten.txt", headers, std::move(method)), kVersion);
  };
  struct Case {
    std::string range;
    int status;
    std::string body, content_range;
  };
  for (const Case& one :
       {Case{"bytes=2-4", 206, "234", "bytes 2-4/10"}, Case{"bytes=-2", 206, "89", "bytes 8-9/10"},
        Case{"bytes=7-", 206, "789", "bytes 7-9/10"}, Case{"bytes=0-1,3-4", 200, "0123456789", "(none)"},
        Case{"bytes=10-", 416, "416 Range Not Satisfiable: the file has 10 bytes\n", "bytes */10"}}) {
    CAPTURE(one.range);
    const HttpResponse response = get(one.range);
    CHECK(response.status == one.status);
    CHECK(body_text(response) == one.body);
    CHECK(header_of(response, "content-range") == one.content_range);
  }
  const std::string etag = header_of(get("bytes=0-"), "etag");
  CHECK(get("bytes=1-2", etag).status == 206);
  CHECK(get("bytes=1-2", "\"other\"").status == 200);
  CHECK(get("bytes=1-2", "", "HEAD").status == 200);
}

TEST_CASE("files are copied from the disk and made when they are asked for") {
  const TempFolder folder;
  std::ofstream(folder / "a.txt") << "from disk";
  std::ofstream(folder / "b.txt") << "<title>x</title>";
  SiteOutput output;
  OutputFile copied, gone, page, made;
  copied.path = "a.txt";
  copied.copy_from = folder / "a.txt";
  gone.path = "gone.txt";
  gone.copy_from = folder / "gone.txt";
  page.path = "b.txt";
  page.copy_from = folder / "b.txt";
  made.path = "made.html";
  int calls = 0;
  made.make = [&] {
    ++calls;
    return std::string("<p>made");
  };
  output.files = {copied, gone, page, made};
  output.headers = {{"/b.txt", "Content-Type", "text/html", true}};
  const ServedSite::Ptr site = ServedSite::make(std::move(output), "/");
  CHECK(calls == 0);
  const auto get = [&](std::string_view target) { return site->respond(request_of(target), kVersion); };
  const HttpResponse first = get("/a.txt");
  CHECK(body_text(first) == "from disk");
  CHECK(first.body.file);
  CHECK(body_text(get("/b.txt")) == script("b.txt") + "<title>x</title>");
  CHECK(get("/gone.txt").status == 404);
  CHECK(body_text(get("/made.html")) == script("made.html") + "<p>made");
  CHECK(calls == 1);
  std::ofstream(folder / "a.txt") << "changed on disk";
  CHECK(header_of(get("/a.txt"), "etag") != header_of(first, "etag"));
}

TEST_CASE("a change makes another snapshot, and leaves the one before as it was") {
  const ServedSite::Ptr before = ServedSite::make(small_site(), "/");
  SiteChange change;
  change.files = {file_of("main.css", "a{}"), file_of("new.txt", "new")};
  change.removed = {"never-there.txt", "ten.txt"};
  change.headers = {{"/*", "X-New", "1", true}};
  change.pages = 5;
  const ServedSite::Ptr after = before->changed(std::move(change));
  const auto get = [&](const ServedSite::Ptr& site, std::string_view target) {
    const HttpResponse response = site->respond(request_of(target), kVersion);
    return response.status == 200 ? body_text(response) : std::to_string(response.status);
  };
  CHECK(get(before, "/main.css") == "p{}");
  CHECK(get(before, "/ten.txt") == "0123456789");
  CHECK(get(before, "/new.txt") == "404");
  CHECK(get(after, "/main.css") == "a{}");
  CHECK(get(after, "/ten.txt") == "404");
  CHECK(get(after, "/new.txt") == "new");
  CHECK(get(after, "/100%25.txt") == "percent");
  CHECK(before->size() == 9);
  CHECK(after->size() == 9);
  CHECK(after->pages() == 5);
  CHECK(header_of(after->respond(request_of("/new.txt"), kVersion), "x-new") == "1");
  CHECK(header_of(after->respond(request_of("/new.txt"), kVersion), "content-security-policy") == "(none)");
}

TEST_CASE("ten thousand files are found, each, and a change touches few of them") {
  SiteOutput output;
  for (int i = 0; i < 10'000; ++i)
    output.files.push_back(file_of("p/" + std::to_string(i) + ".txt", std::to_string(i)));
  const ServedSite::Ptr site = ServedSite::make(std::move(output), "/");
  bool all = true;
  for (int i = 0; i < 10'000; ++i)
    all =
        all && body_text(site->respond(request_of("/p/" + std::to_string(i) + ".txt"), kVersion)) == std::to_string(i);
  CHECK(all);
}

TEST_CASE("the script stands behind the page's own policy, and no look-alike is taken for it") {
  const std::string policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">";
  // '|' is where the script goes
  const std::string cases[] = {
      "<!DOCTYPE html><html><head><meta charset=\"utf-8\">" + policy + "|<title>x</title></head><body>x",
      "<!DOCTYPE html><meta charset=utf-8><title>x</title><META HTTP-EQUIV=content-security-policy content=x>|<p>",
      "<!DOCTYPE html><html lang=en><head><title>x</title><meta charset=\"utf-8\">|<title>x</title></head><body>x",
      "<!DOCTYPE html><html><head>|<title>x</title></head>",
      "<!DOCTYPE html><html>|<body><p>x",
      "<!DOCTYPE html>|<title>x</title>",
      "<!-- a comment --><!DOCTYPE html>|<p>x",
      "|<p>x",
      "|",
      "|text only",
      "\xEF\xBB\xBF|<p>x",
      "\xEF\xBB\xBF<!DOCTYPE html><head>|",
      // in a comment, a script, a style, a title, a template, a noscript, an attribute
      "<head>|<!-- " + policy + " --></head>",
      "<head>|<script>" + policy + "</script></head>",
      "<head>|<style>" + policy + "</style><title>" + policy + "</title></head>",
      "<head>|<template>" + policy + "<template></template>" + policy + "</template></head>",
      "<head>|<noscript>" + policy + "</noscript></head>",
      "<head>|<link title='" + policy + "'></head>",
      "<head><template><meta charset=x></template>" + policy + "|</head>",
      // in the body, where browsers ignore it
      "<head>|</head>" + policy,
      "<head>|<title>x</title><p>" + policy,
      "<head>|text" + policy,
      "<!DOCTYPE html>|<body><head>" + policy,
      // the first of several
      "<head>" + policy + "|" + policy + "</head>",
      "<head><meta http-equiv=\"Content-Security&#45;Policy\" content=x>|",
  };
  for (const std::string& one : cases) {
    CAPTURE(one);
    const std::size_t expected = one.find('|');
    std::string html = one;
    html.erase(expected, 1);
    CHECK(find_script_place(html) == expected);
  }
  CHECK(preview_script("a.1", "x\"<.html") ==
        "<script src=\"/.hardtop/preview.js\" data-version=\"a.1\" data-output=\"x&quot;&lt;.html\"></script>");
}
