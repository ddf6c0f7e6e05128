#include "consent/judged_file.h"

using namespace judged_file;

namespace {

std::string manifest(std::string_view text) {
  return text_of(judge_manifest(services(), text, "/docs/site.webmanifest"), text);
}

}  // namespace

TEST_CASE("a web app manifest is judged") {
  const Row rows[] = {
      {R"({"name":"https://px.example/","$schema":"https://px.example/","icons":[{"src":"a.png"}],"start_url":"/docs/"})",
       ""},
      {R"({"icons":[{"src":"https://px.example/1"}]})", undeclared("\"https://px.example/1\"")},
      {R"({"shortcuts":[{"name":"a","icons":[{"src":"//px.\u0065xample/"}]}]})", undeclared("\"//px.\\u0065xample/\"")},
      {R"({"share_target":{"action":"https://px.example/"}})", undeclared("\"https://px.example/\"")},
      {R"({"anything":{"new":["https://px.example/"]}})", undeclared("\"https://px.example/\"")},
      {R"({"related_applications":[{"url":"https://px.example/"}]})", ""},
      {R"({"screenshots":[{"src":"https://films.example/"}]})",
       waits("\"https://films.example/\"", "the web app manifest", "use a file of the site itself")},
      {R"({"icons":[{"src":"https://shop.example/"}]})", "necessary 1\nsource img https://shop.example\n"},
      {R"({"icons":[{"src":"data:image/png,x"}]})", "source img data:\n"},
      {R"({"prefetch":[{"where":{"href_matches":"/*"}}]})", ""},
      {R"({"prefetch":[{"urls":["https://px.example/"]}]})", undeclared("\"https://px.example/\"")},
      {R"({"prerender":[{"where":{"selector_matches":"a"}}]})",
       "cannot-gate at '{': these speculation rules may match links to other sites, which browsers then fetch; limit "
       "them: "
       "\"where\": { \"and\": [{ \"href_matches\": \"/*\" }, …] }\n"},
      {R"({"icons":)",
       "unreadable-file at '': this is not JSON: the text ends where a value should stand; correct it: what cannot be "
       "read "
       "cannot be judged, and browsers do not use it either\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(manifest(row.text) == row.found);
  }
}
