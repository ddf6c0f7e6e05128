// HLS playlists, which Chromium and Safari play by themselves (RFC 8216): a line that is no tag is a URL, and tags name URLs in
// quotes. What EXT-X-DEFINE makes of a URL's begin, it makes of a quoted text that names a host.
#include "base/text.h"
#include "consent/gate_values.h"
#include "consent/judgement.h"

namespace hardtop {

JudgedFile judge_playlist(const Services& services, std::string_view playlist, std::string_view url) {
  Judgement judgement(services, url, Judgement::Optional::problem, "this playlist",
                      "remove it, or let a page name the service's own playlist: there it is gated");
  const auto fetch = [&](std::string_view part) {
    judgement.fetch(part, CspDirective::media, {static_cast<std::size_t>(part.data() - playlist.data()), part.size()});
  };
  for (std::size_t at = 0; at < playlist.size();) {
    const std::size_t end = std::min(playlist.find_first_of("\r\n", at), playlist.size());
    const std::string_view line = trim(playlist.substr(at, end - at));
    at = end + 1;
    if (!line.starts_with('#')) {
      if (!line.empty()) fetch(line);
      continue;
    }
    for (std::size_t open = line.find('"'); open < line.size();) {
      const std::size_t close = std::min(line.find('"', open + 1), line.size());
      const std::string_view text = line.substr(open + 1, close - open - 1);
      if (names_a_host(text)) fetch(text);
      open = close < line.size() ? line.find('"', close + 1) : close;
    }
  }
  return judgement.finish();
}

}  // namespace hardtop
