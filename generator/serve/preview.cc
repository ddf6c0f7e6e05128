#include "serve/preview.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "base/ascii.h"
#include "serve/http_server.h"
#include "serve/live_reload.h"
#include "serve/overlay.h"
#include "serve/served_site.h"
#include "serve/toolbar_facts.h"
#include "serve/watch.h"

namespace hardtop {

namespace {

// What the builder has to do: paths that changed, which grow together while it works, and questions, in order.
class Inbox {
 public:
  struct Work {
    std::vector<std::string> changed;
    std::deque<std::function<void()>> questions;
  };

  void add(std::vector<std::string> changed) {
    const std::lock_guard lock(mutex_);
    work_.changed.insert(work_.changed.end(), std::make_move_iterator(changed.begin()),
                         std::make_move_iterator(changed.end()));
    ready_.notify_one();
  }
  void ask(std::function<void()> question) {
    const std::lock_guard lock(mutex_);
    work_.questions.push_back(std::move(question));
    ready_.notify_one();
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    ready_.notify_one();
  }
  bool is_empty() {
    const std::lock_guard lock(mutex_);
    return work_.changed.empty() && work_.questions.empty();
  }
  // Waits for work. Nothing: stop() was called.
  std::optional<Work> wait() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return is_stopped_ || !work_.changed.empty() || !work_.questions.empty(); });
    if (is_stopped_) return std::nullopt;
    return std::exchange(work_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  Work work_;
  bool is_stopped_ = false;
};

std::string id_of(ListenError::Kind kind) {
  switch (kind) {
    case ListenError::Kind::port_taken:
      return "serve/port-taken";
    case ListenError::Kind::no_right:
      return "serve/no-right";
    case ListenError::Kind::bad_address:
      return "serve/bad-address";
    case ListenError::Kind::failed:
      break;
  }
  return "serve/cannot-listen";
}

// Cloudflare's answer, as far as the runtime reads it (assets/consent/regions.js).
HttpResponse trace_of(const std::string& region) {
  return make_response(200, "text/plain; charset=utf-8", "loc=" + region + "\n");
}

HttpResponse no_content() {
  HttpResponse response;
  response.status = 204;
  return response;
}

}  // namespace

struct Preview::Engine {
  // Set once, before any thread is started.
  PreviewOptions options;
  PreviewBuild build;
  std::function<void(const PreviewNews&)> tell;
  std::unique_ptr<HttpServer> server;
  std::optional<Watch> watch;

  Inbox inbox;

  // The builder's.
  bool is_built = false;  // once, without errors
  bool was_good = true;
  std::size_t pages = 0;
  std::string home;                            // the path of the home page when the site was first built
  std::map<std::string, std::string> reports;  // of pages that were asked about since the last good change, as JSON
  std::vector<Diagnostic> of_watch;            // what the watch has warned of: it stays true

  // The server's.
  ServedSite::Ptr site = ServedSite::make({}, "/");
  std::optional<LiveReload> live;
  LiveState state;

  std::thread serving, watching, building;

  void add_handlers();
  void answer_page(const HttpRequest& request, const Responder& responder);
  void answer_language(const HttpRequest& request, const Responder& responder);
  void answer_region(const HttpRequest& request, const Responder& responder);

  void first_build();
  HttpResponse report_on(const std::string& output);
  void work();
  void take_in(std::vector<std::string> changed);
  void speak(const std::string& language);
  std::optional<SiteChange> rebuild(Diagnostics& diagnostics);
  void publish(std::optional<SiteChange> change, const Diagnostics& found, PreviewNews news,
               std::chrono::steady_clock::time_point since);
  void watch_files();
};

// --- The server's thread

void Preview::Engine::add_handlers() {
  server->on_get("/.hardtop/preview.js", [this](const HttpRequest&, const Responder& responder) {
    responder.send(make_response(200, "text/javascript; charset=utf-8", options.script));
  });
  server->on_get("/.hardtop/events",
                 [this](const HttpRequest& request, const Responder& responder) { live->connect(request, responder); });
  server->on_get("/.hardtop/page",
                 [this](const HttpRequest& request, const Responder& responder) { answer_page(request, responder); });
  server->on_post("/.hardtop/language", [this](const HttpRequest& request, const Responder& responder) {
    answer_language(request, responder);
  });
  server->on_post("/.hardtop/region", [this](const HttpRequest& request, const Responder& responder) {
    answer_region(request, responder);
  });
  server->on_rest([this](const HttpRequest& request, const Responder& responder) {
    if (request.path == "/cdn-cgi/trace" && !state.region.empty())
      responder.send(trace_of(state.region));
    else
      responder.send(site->respond(request, live->version()));
  });
  server->every(std::chrono::seconds(15), [this] { live->beat(); });
}

void Preview::Engine::answer_page(const HttpRequest& request, const Responder& responder) {
  const std::optional<std::string> output = request.parameter("output");
  if (!output) return responder.send(plain_response(400, "say which page: ?output=blog/index.html"));
  inbox.ask([this, output = *output, responder] { responder.send(report_on(output)); });
}

void Preview::Engine::answer_language(const HttpRequest& request, const Responder& responder) {
  const std::optional<std::string> language = request.parameter("set");
  const bool is_known = language && (language->empty() || std::find(state.languages.begin(), state.languages.end(),
                                                                    *language) != state.languages.end());
  if (!is_known) return responder.send(plain_response(400, "the site has no words in this language"));
  inbox.ask([this, language = *language] { speak(language); });
  responder.send(no_content());
}

void Preview::Engine::answer_region(const HttpRequest& request, const Responder& responder) {
  const std::optional<std::string> region = request.parameter("set");
  // ISO 3166: "DE"; the source that this stands in for knows countries only, but a part of one does no harm.
  const auto is_code = [](char c) { return is_ascii_upper_alpha(c) || is_ascii_digit(c) || c == '-'; };
  if (!region || region->size() > 8 || !std::all_of(region->begin(), region->end(), is_code))
    return responder.send(plain_response(400, "a region is a code of ISO 3166: ?set=DE"));
  state.region = *region;
  live->set_state(state);
  responder.send(no_content());
}

// --- The builder's thread

void Preview::Engine::first_build() {
  const auto since = std::chrono::steady_clock::now();
  Diagnostics diagnostics;
  std::optional<SiteChange> change = rebuild(diagnostics);
  home = build.facts().base_path;
  publish(std::move(change), diagnostics, {}, since);
}

// The whole site as a change of nothing.
std::optional<SiteChange> Preview::Engine::rebuild(Diagnostics& diagnostics) {
  std::optional<SiteOutput> output = build.build(diagnostics);
  if (!output) return std::nullopt;
  is_built = true;
  SiteChange change;
  change.files = std::move(output->files);
  std::sort(change.files.begin(), change.files.end(),
            [](const OutputFile& a, const OutputFile& b) { return a.path < b.path; });
  change.headers = std::move(output->headers);
  change.pages = output->pages;
  return change;
}

// What is served while the site has errors is what was good last, and so is what was said about it. Of pages that nobody had open
// then, nothing is known: no content.
HttpResponse Preview::Engine::report_on(const std::string& output) {
  std::optional<PageReport> report = was_good && is_built ? build.inspect(output) : std::nullopt;
  if (report) reports[output] = format_page_report(*report);
  const auto known = reports.find(output);
  if (known != reports.end()) return make_response(200, "application/json", known->second);
  return was_good ? plain_response(404, "the site has no page " + output) : no_content();
}

void Preview::Engine::work() {
  while (std::optional<Inbox::Work> work = inbox.wait()) {
    // First what changed: the questions are about the site as it is.
    if (!work->changed.empty()) take_in(std::move(work->changed));
    for (const auto& question : work->questions) question();
    if (is_built && was_good && build.prepare_update && inbox.is_empty()) build.prepare_update();
  }
}

void Preview::Engine::take_in(std::vector<std::string> changed) {
  const auto since = std::chrono::steady_clock::now();
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  Diagnostics diagnostics;
  std::optional<SiteChange> change = is_built ? build.update(changed, diagnostics) : rebuild(diagnostics);
  PreviewNews news;
  news.paths = std::move(changed);
  publish(std::move(change), diagnostics, std::move(news), since);
}

void Preview::Engine::speak(const std::string& language) {
  const auto since = std::chrono::steady_clock::now();
  Diagnostics diagnostics;
  std::optional<SiteChange> change = build.speak(language, diagnostics);
  if (change) is_built = true;
  publish(std::move(change), diagnostics, {}, since);
}

// Serves what there is, then tells who has it open, then who watches the terminal.
void Preview::Engine::publish(std::optional<SiteChange> change, const Diagnostics& found, PreviewNews news,
                              std::chrono::steady_clock::time_point since) {
  news.diagnostics = found.sorted();
  news.diagnostics.insert(news.diagnostics.begin(), of_watch.begin(), of_watch.end());
  news.is_good = !found.has_errors();  // of the watch there are warnings only
  news.was_good = std::exchange(was_good, news.is_good);
  if (change) {
    reports.clear();
    pages = change->pages;
    news.files = change->files.size();
    news.removed = change->removed.size();
  }
  news.pages = pages;

  const PreviewFacts facts = build.facts();
  std::string overlay = format_overlay(build.as_shown(news.diagnostics));
  server->post([this, change = std::make_shared<std::optional<SiteChange>>(std::move(change)), facts,
                overlay = std::move(overlay)] {
    if (*change) {
      const LiveChange names = names_of(**change);
      // Another path of base_url moves every page.
      if (facts.base_path != site->base_path()) {
        site = site->moved(facts.base_path);
        live->set_base_path(facts.base_path);
      }
      site = site->changed(std::move(**change));
      live->publish(names);
    }
    state.languages = facts.languages;
    state.language = facts.language;
    state.consent = facts.consent;
    live->set_state(state);
    live->set_diagnostics(overlay);
  });
  news.took = std::chrono::steady_clock::now() - since;
  tell(news);
}

// --- The watch's thread

void Preview::Engine::watch_files() {
  for (;;) {
    Diagnostics diagnostics;
    std::optional<std::vector<std::string>> changed = watch->wait(diagnostics);
    if (const std::vector<Diagnostic> found = diagnostics.sorted(); !found.empty())
      inbox.ask([this, found] { of_watch.insert(of_watch.end(), found.begin(), found.end()); });
    if (!changed) return;
    inbox.add(std::move(*changed));
  }
}

// --- The door

Preview::Preview() : engine_(std::make_unique<Engine>()) {}

Preview::~Preview() {
  stop();
  if (engine_->building.joinable()) engine_->building.join();
}

std::unique_ptr<Preview> Preview::open(PreviewOptions options, PreviewBuild build,
                                       std::function<void(const PreviewNews&)> tell, Diagnostics& diagnostics) {
  ListenError error;
  ServerOptions wanted;
  wanted.bind = options.bind;
  wanted.port = options.port;
  std::unique_ptr<HttpServer> server = HttpServer::listen(wanted, error);
  if (!server) {
    diagnostics.error({}, id_of(error.kind), error.message, error.hint);
    return nullptr;
  }
  std::unique_ptr<Preview> preview(new Preview());
  Engine& engine = *preview->engine_;
  engine.options = std::move(options);
  engine.build = std::move(build);
  engine.tell = std::move(tell);
  engine.server = std::move(server);
  Diagnostics of_watch;
  engine.watch.emplace(WatchOptions{engine.options.site_dir, engine.options.poll}, of_watch);
  engine.of_watch = of_watch.sorted();
  LiveReload::Options live;
  live.navigate = engine.options.navigate;
  engine.live.emplace(std::move(live));
  engine.add_handlers();
  return preview;
}

void Preview::build_first() { engine_->first_build(); }

void Preview::serve() {
  Engine& engine = *engine_;
  engine.serving = std::thread([&engine] { engine.server->run(); });
  engine.watching = std::thread([&engine] { engine.watch_files(); });
  engine.building = std::thread([&engine] { engine.work(); });
}

void Preview::stop() {
  Engine& engine = *engine_;
  engine.server->stop();
  engine.watch->stop();
  engine.inbox.stop();
  for (std::thread* thread : {&engine.serving, &engine.watching})
    if (thread->joinable()) thread->join();
}

std::string Preview::url() const { return engine_->server->origin() + engine_->home; }

}  // namespace hardtop
