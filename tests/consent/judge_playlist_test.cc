#include "consent/judged_file.h"

using namespace judged_file;

namespace {

std::string playlist(std::string_view text) { return text_of(judge_playlist(services(), text, "/docs/a.m3u8"), text); }

std::string playlist_waits(const std::string& bytes) {
  return waits(bytes, "this playlist", "remove it, or let a page name the service's own playlist: there it is gated");
}

}  // namespace

TEST_CASE("a playlist is judged by what it plays") {
  const Row rows[] = {
      {"#EXTM3U\n#EXTINF:9, https://px.example/\n1.ts\r\n/2.ts\n\n", ""},
      {"#EXTM3U\nhttps://px.example/1.ts", undeclared("https://px.example/1.ts")},
      {"#EXTM3U\r\nhttps://px.example/1.ts\r\n", undeclared("https://px.example/1.ts")},
      {"#EXT-X-KEY:METHOD=AES-128,URI=\"//px.example/key\",IV=1\n", undeclared("//px.example/key")},
      {"#EXT-X-KEY:METHOD=AES-128,URI=\"https://films.example/k\"", playlist_waits("https://films.example/k")},
      {"#EXT-X-DEFINE:NAME=\"h\",VALUE=\"https://px.example\"\n{$h}/1.ts", undeclared("https://px.example")},
      {"  //films.example/1.ts", playlist_waits("//films.example/1.ts")},
      {" https://films.example/1.ts \n", playlist_waits("https://films.example/1.ts")},
      {"https://shop.example/1.ts\n", "necessary 1\nsource media https://shop.example\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(playlist(row.text) == row.found);
  }
}
