// What only shows after a long day: a session and the site that is served, kept through thousands of edits, hold no more than
// at its beginning; and the whole engine on a real folder, with a crowd that listens.
#include <doctest/doctest.h>

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <memory>

#include "base/percent.h"
#include "build/session.h"
#include "serve/preview.h"
#include "serve/served_site.h"
#include "support/http_client.h"
#include "support/random_site.h"
#include "support/temp_folder.h"

#if defined(__SANITIZE_ADDRESS__)
// Of its run-time library; g++ brings no header that declares it.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

using namespace hardtop;
using namespace hardtop::test;

namespace {

// Bytes that have been allocated and not been given back, by all threads.
std::size_t allocated_bytes() {
#if defined(__SANITIZE_ADDRESS__)
  return __sanitizer_get_current_allocated_bytes();
#else
  const struct mallinfo2 info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
#endif
}

BuildOptions preview_options() {
  BuildOptions options = options_for_tests();
  options.development = true;
  options.keep_for_updates = true;
  return options;
}

// What `hardtop serve` keeps, but for its connections.
class Kept {
 public:
  explicit Kept(const FileMap& files) : session_(disk_, preview_options()) {
    sync(files);
    Diagnostics found;
    std::optional<SiteOutput> output = session_.build(found);
    REQUIRE(output);
    served_ = ServedSite::make(std::move(*output), "/");
  }

  // Whether the site has no errors.
  bool take_in(const FileMap& files, const std::vector<std::string>& changed) {
    sync(files);
    Diagnostics found;
    std::optional<SiteChange> change = session_.update(changed, found);
    if (!change) return false;
    served_ = served_->changed(std::move(*change));
    return true;
  }
  // The same, for whatever differs from what is on the disk.
  bool go_to(const FileMap& files) {
    std::vector<std::string> changed;
    for (const auto& [path, text] : files)
      if (const auto has = on_disk_.find(path); has == on_disk_.end() || has->second != text)
        changed.push_back(path.substr(2));
    for (const auto& [path, text] : on_disk_)
      if (!files.contains(path)) changed.push_back(path.substr(2));
    return take_in(files, changed);
  }

  [[nodiscard]] const ServedSite& served() const { return *served_; }
  [[nodiscard]] const Files& disk() const { return disk_; }
  static HttpResponse respond(const ServedSite& site, const std::string& output) {
    return site.respond(parse_request("GET " + url_of_output("/", output) + " HTTP/1.1\r\nHost: h\r\n\r\n").request,
                        "i.0");
  }

 private:
  void sync(const FileMap& files) {
    for (const auto& [path, text] : on_disk_)
      if (!files.contains(path)) REQUIRE_FALSE(disk_.remove(path));
    for (const auto& [path, text] : files) {
      const auto has = on_disk_.find(path);
      WriteResult result;
      if (has == on_disk_.end() || has->second != text) REQUIRE_FALSE(disk_.write(path, text, result));
    }
    on_disk_ = files;
  }

  MemoryFiles disk_;
  FileMap on_disk_;
  Session session_;
  ServedSite::Ptr served_;
};

// As a build from nothing would be served.
void check_equals_clean_build(const Kept& kept) {
  BuildOptions options = preview_options();
  options.keep_for_updates = false;
  Diagnostics found;
  Session session(kept.disk(), options);
  std::optional<SiteOutput> output = session.build(found);
  REQUIRE(output);
  std::vector<std::string> paths;
  for (const OutputFile& file : output->files) paths.push_back(file.path);
  const std::size_t pages = output->pages;
  const ServedSite::Ptr clean = ServedSite::make(std::move(*output), "/");
  CHECK(kept.served().size() == clean->size());
  CHECK(kept.served().pages() == pages);
  for (const std::string& path : paths) {
    INFO(path);
    REQUIRE(kept.served().has(path));
    const HttpResponse a = Kept::respond(kept.served(), path), b = Kept::respond(*clean, path);
    CHECK(a.status == b.status);
    CHECK(a.headers == b.headers);  // the ETag, which is a hash of the bytes, among them
    CHECK((a.body.bytes ? *a.body.bytes : "") == (b.body.bytes ? *b.body.bytes : ""));
  }
}

}  // namespace

TEST_CASE("a session and its served site hold no more after two thousand edits than after five hundred") {
#if defined(__SANITIZE_THREAD__)
  constexpr int kFirst = 50;  // it finds no leak, and a step takes ten times as long
#elif defined(__SANITIZE_ADDRESS__)
  constexpr int kFirst = 100;  // a step takes ten times as long, and what leaks at each shows in a few hundred, too
#else
  constexpr int kFirst = 500;
#endif
  RandomSite site(11);
  Kept kept(site.files());
  bool is_fine = true;
  const auto edit = [&](int steps) {
    for (int step = 0; step < steps; ++step) {
      const bool mend = !is_fine && step % 3 != 0;
      const auto changed = mend ? site.go_back() : site.edit();
      is_fine = kept.take_in(site.files(), changed);
      if (is_fine) site.remember_good();
    }
  };
  edit(kFirst);
  if (!is_fine) {
    const auto changed = site.go_back();
    REQUIRE(kept.take_in(site.files(), changed));
    is_fine = true;
  }
  // One more round, so that both times the way here was the same kind of step.
  const FileMap state = site.files(), start = RandomSite(11).files();
  REQUIRE(kept.go_to(start));
  REQUIRE(kept.go_to(state));
  const std::size_t before = allocated_bytes();
  edit(3 * kFirst);
  const FileMap last = site.files();
  REQUIRE(kept.go_to(start));
  REQUIRE(kept.go_to(state));
  // What the random site remembers is not ours, and stays about as large; `last` is the test's.
  std::size_t of_test = 0;
  for (const auto& [path, text] : last) of_test += path.size() + text.size() + 128;
  const std::size_t after = allocated_bytes();
  MESSAGE("allocated: " << before << " bytes, later " << after << ", of which the test's are at most " << of_test);
  CHECK(after < before + of_test + before * 4 / 100);
  check_equals_clean_build(kept);
}

namespace {

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string::npos) return "";
  const std::size_t end = text.find(to, begin + from.size());
  return text.substr(begin + from.size(), end - begin - from.size());
}

}  // namespace

// The crowd reads to the end of the last save's event: who was left out would wait in vain, and the test would fail.
TEST_CASE("hundreds of saves reach two hundred listeners of a preview, in order, and it ends at once") {
  constexpr int kSaves = 300;
  constexpr std::size_t kListeners = 200;
  TempFolder folder;
  std::filesystem::create_directory(folder / "content");
  write(folder / "site.toml", "");
  write(folder / "content/a.md", "0");
  // A site of one page whose text is that of its one file.
  const auto page = [&folder] {
    std::ifstream in(folder / "content/a.md", std::ios::binary);
    OutputFile file;
    file.path = "index.html";
    file.bytes = "<!doctype html><head>[" + std::string(std::istreambuf_iterator<char>(in), {}) + "]";
    return file;
  };
  PreviewBuild build;
  build.build = [&](Diagnostics&) {
    SiteOutput output;
    output.files.push_back(page());
    output.pages = 1;
    return std::optional(std::move(output));
  };
  build.update = [&](const std::vector<std::string>&, Diagnostics&) {
    SiteChange change;
    change.files.push_back(page());
    change.pages = 1;
    return std::optional(std::move(change));
  };
  build.speak = [&](const std::string&, Diagnostics&) { return std::optional<SiteChange>(); };
  build.inspect = [](const std::string&) { return std::nullopt; };
  build.facts = [] { return PreviewFacts(); };
  build.as_shown = [](std::vector<Diagnostic> diagnostics) { return diagnostics; };

  std::atomic<int> told{0};
  PreviewOptions options;
  options.site_dir = folder.path();
  options.port = 0;
  Diagnostics diagnostics;
  const std::unique_ptr<Preview> preview = Preview::open(
      options, build, [&](const PreviewNews&) { ++told, told.notify_all(); }, diagnostics);
  REQUIRE_MESSAGE(preview, to_text(diagnostics));
  preview->build_first();
  preview->serve();
  const std::string url = preview->url();
  const int port = std::atoi(url.c_str() + url.rfind(':') + 1);
  HttpClient reader(port);
  const std::string version = between(reader.get("/").body, "data-version=\"", "\"");
  REQUIRE(version != "");
  std::vector<HttpClient> crowd;
  for (std::size_t i = 0; i < kListeners; ++i) {
    crowd.emplace_back(port);
    crowd.back().send("GET /.hardtop/events?version=" + version +
                      "&output=index.html HTTP/1.1\r\nHost: " + crowd.back().host() + "\r\n\r\n");
    REQUIRE(crowd.back().read_until("event: state").ends_with("event: state"));
  }

  int events = 0;
  for (int save = 1; save <= kSaves; ++save) {
    const std::string text = std::to_string(save);
    write(folder / "content/a.md", text);
    // Its event has come when the page has its text: a save may be seen as two, so that the first may be of an empty file.
    const std::string wanted = "[" + text + "]";
    for (int look = 0;; ++look) {
      REQUIRE_MESSAGE(look < 100, "the page never had the text of save " << save);
      REQUIRE(crowd.front().read_until("event: change\n").ends_with("event: change\n"));
      ++events;
      if (reader.get("/").body.find(wanted) != std::string::npos) break;
    }
  }
  // Everybody else has the same number of events waiting.
  for (std::size_t i = 1; i < crowd.size(); ++i) {
    INFO("listener ", i);
    int heard = 0;
    while (heard < events && crowd[i].read_until("event: change\n").ends_with("event: change\n")) ++heard;
    CHECK(heard == events);
  }
  const auto since = std::chrono::steady_clock::now();
  preview->stop();
  for (HttpClient& client : crowd) CHECK(client.ends());
  CHECK(std::chrono::steady_clock::now() - since < std::chrono::seconds(10));
}
