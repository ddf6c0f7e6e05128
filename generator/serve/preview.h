// The preview's engine: what is saved is taken into the site, what changed is served, and open pages are told. It joins the parts of
// this folder, and knows of building what PreviewBuild says.
//
// Three threads share nothing but what they hand each other: the watch puts the paths of changed files into the builder's inbox,
// the server puts questions there (about a page, for another language), and the builder, on which everything of
// PreviewBuild is called, hands the server snapshots of the site and news about it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "build/site_output.h"
#include "serve/listen.h"

namespace hardtop {

// What the client shows beside pages, and the server needs to know to serve them.
struct PreviewFacts {
  std::string base_path = "/";         // SiteConfig's
  std::string language;                // that the site's words are in
  std::vector<std::string> languages;  // that it has words in: sorted, in lower case
  std::string consent = "null";        // JSON: serve/toolbar_facts.h
};

// A site as the engine sees it (build/session.h).
struct PreviewBuild {
  // The whole site. Called first, and again after each change until it succeeds once.
  std::function<std::optional<SiteOutput>(Diagnostics&)> build;
  std::function<std::optional<SiteChange>(const std::vector<std::string>& changed, Diagnostics&)> update;
  // The same for a change of the language that the site's words are in: "" is the site's own.
  std::function<std::optional<SiteChange>(const std::string& language, Diagnostics&)> speak;
  // Called when an update has been served and nothing else waits.
  std::function<void()> prepare_update;
  std::function<std::optional<PageReport>(const std::string& output)> inspect;
  std::function<PreviewFacts()> facts;
  // How people see the diagnostics: with paths from the folder that they work in.
  std::function<std::vector<Diagnostic>(std::vector<Diagnostic>)> as_shown;
};

// What became of a change, for who watches the terminal.
struct PreviewNews {
  std::vector<std::string>
      paths;  // that changed; empty: the site was built for the first time, or speaks another language
  std::vector<Diagnostic> diagnostics;  // of the site as it is now: sorted, not as_shown
  bool is_good = true;                  // without errors: what is served is what is on the disk
  bool was_good = true;                 // before
  std::size_t pages = 0;                // of the site that is served
  std::size_t files = 0, removed = 0;   // output files that changed, or came, and those that went
  std::chrono::steady_clock::duration took{};
};

struct PreviewOptions {
  std::string site_dir = ".";
  std::string bind = "127.0.0.1";
  int port = 4000;        // 0: any free one
  bool navigate = false;  // browsers go to the page that was edited
  std::string script;     // the client: assets/preview/preview.js
  bool poll = false;      // for tests: look at files instead of being told
};

class Preview {
 public:
  // Listens and watches, so that nothing that is saved from now on is missed; builds nothing yet. Reports serve/port-taken,
  // serve/no-right, serve/bad-address or serve/cannot-listen and gives nothing then; warns of serve/watch-limit.
  [[nodiscard]] static std::unique_ptr<Preview> open(PreviewOptions options, PreviewBuild build,
                                                     std::function<void(const PreviewNews&)> tell,
                                                     Diagnostics& diagnostics);
  ~Preview();  // stops, and waits for a build that is under way
  Preview(const Preview&) = delete;
  Preview& operator=(const Preview&) = delete;

  // Builds the site on this thread; whether it has errors or not, `tell` has been called when this returns. Once.
  void build_first();
  // Serves from now on, on threads of its own: `tell` is called by one of them, and anything that it uses is theirs. After
  // build_first(), once.
  void serve();
  // Ends serving at once. A build that is under way goes on until it is done, and the destructor waits for it.
  void stop();

  [[nodiscard]] std::string url() const;  // of the home page; after build_first()

 private:
  Preview();
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace hardtop
