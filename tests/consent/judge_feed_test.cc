#include "consent/judged_file.h"

using namespace judged_file;

namespace {

std::string json_feed(std::string_view text) {
  return text_of(judge_json_feed(services(), text, "/docs/feed.json"), text);
}

}  // namespace

TEST_CASE("a feed in JSON is judged by what readers show of it") {
  const Row rows[] = {
      {R"({"home_page_url":"https://px.example/","items":[{"url":"https://px.example/","content_html":"<p>a"}]})", ""},
      {R"({"icon":"https://px.example/1"})", undeclared("\"https://px.example/1\"")},
      {R"({"items":[{"image":"/a.png","authors":[{"avatar":"//px.example/1"}]}]})", undeclared("\"//px.example/1\"")},
      {R"({"items":[{"content_html":"<img src='https://px.example/1'>"}]})",
       undeclared("\"<img src='https://px.example/1'>\"")},
      {R"({"items":[{"banner_image":"https://films.example/1"}]})",
       waits("\"https://films.example/1\"", "this feed", "use an image of the site itself")},
      {R"({"favicon":"https://shop.example/1"})", "necessary 1\nsource img https://shop.example\n"},
      {"{",
       "unreadable-file at '': this is not JSON: a key in quotes should stand here; correct it: what "
       "cannot be read cannot be judged\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(json_feed(row.text) == row.found);
  }
}
