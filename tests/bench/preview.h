// How long it takes from an editor's save to the message that reloads the browser: `hardtop serve` on a site, one page edited
// again and again, and a client on the stream of events.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

// An edit: what is done to the page's text before the n-th save.
struct Edit {
  std::string name;  // "a word of the body"
  std::string from;  // the text that is there once
  std::string to;    // what stands there instead; '#' becomes the number of the save
};

struct PreviewTimes {
  std::string edit;
  std::vector<double> milliseconds;            // save by save, sorted
  [[nodiscard]] double at(double part) const;  // 0.5: the median, 0.95
};

// Serves the site in `site` (a copy of its own: its page is written over) and saves `page` (below content/) `saves` times
// for each edit, in place, as editors do. `output` is the page's output file. Throws std::runtime_error where the server does
// not start, or says nothing for ten seconds.
std::vector<PreviewTimes> measure_preview(const std::string& hardtop, const std::filesystem::path& site,
                                          const std::filesystem::path& page, const std::string& output,
                                          const std::vector<Edit>& edits, std::size_t saves,
                                          const std::filesystem::path& log);

}  // namespace bench
