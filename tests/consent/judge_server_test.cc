#include "consent/judged_file.h"

using namespace judged_file;

namespace {

std::string headers_file(std::string_view text) { return text_of(judge_headers_file(services(), text), text); }
std::string redirects_file(std::string_view text) { return text_of(judge_redirects_file(services(), text), text); }

}  // namespace

TEST_CASE("a host's file of headers is judged line by line") {
  const Row rows[] = {
      {"# Link: <https://px.example/1>; rel=preload\n/*\n  X-Frame-Options: DENY\n", ""},
      {"/*\n  Link: </a>; rel=icon\r\n\tLINK : <https://px.example/1>; rel=preload\r\n",
       undeclared("https://px.example/1")},
      {"/*\n  Refresh: 1; url=https://films.example/1", header_waits("https://films.example/1")},
      {"/*\n Link: </x.css>; rel=stylesheet", "import /x.css\n"},
      {"https://site.example/*\n  ! Link\n  nonsense\n", ""},
      {"Link: <https://px.example/1>; rel=preload\n", ""},  // no header, but a path
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(headers_file(row.text) == row.found);
  }
}

TEST_CASE("a host's file of redirects is judged by where each leads") {
  const Row rows[] = {
      {"/a /b\n/c/* /d/:splat 301!\n# /e https://px.example/\n\n/f https://site.example/ 302\n", ""},
      {"/a https://px.example/1.gif 302\r\n", undeclared("https://px.example/1.gif")},
      {"/a id=:id  https://px.example/:id 200! Country=de # words https://films.example/",
       undeclared("https://px.example/:id")},
      {"https://site.example/a //px.example/", undeclared("//px.example/")},
      {"/a https://shop.example/", ""},
      {"/a https://films.example/", waits("https://films.example/", "this redirect", "link to it from a page instead")},
      {"/a", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(redirects_file(row.text) == row.found);
  }
}
