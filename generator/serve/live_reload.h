// What open pages are told when the site changes, as server-sent events (HTML Living Standard, 9.2).
//
// The record knows when each output file changed last, so that a client hears of what happened since its page was sent, even where it
// was not connected at the time. What a client hears is a pure function of the record and of its page; LiveReload joins
// it to event streams.
//
//   event: state    {"version","languages","language","region","consent","diagnostics"}   when a client comes, and when one of these is set
//   event: change   {"version","reload","styles","go"}       `go` only where there is one
//   event: errors   {"version","diagnostics"}                the site as it is now; [] says that it is mended
//
// Each carries its version as `id`: a browser that reconnects by itself says which it saw last (Last-Event-ID).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "build/site_output.h"
#include "serve/http_server.h"

namespace hardtop {

// The names of what changed: a SiteChange without its bytes.
struct LiveChange {
  std::vector<std::string> changed, removed, edited;  // output paths
};
[[nodiscard]] LiveChange names_of(const SiteChange& change);

struct ReloadRecord {
  std::string instance;       // of this run of the server: versions of another one are not comparable
  std::uint64_t version = 0;  // counts changes
  std::map<std::string, std::uint64_t, std::less<>>
      changed;                                  // of output files: the version that changed or removed them last
  std::map<std::string, std::uint64_t> styles;  // of style sheets that are there
  std::uint64_t parts =
      0;  // the version that last changed what pages load beside style sheets: scripts, images, fonts, media
};

// Takes one change in; the version goes up by one.
void record_change(ReloadRecord& record, const LiveChange& change);

// What a client must do whose page was sent at version `since`. It is to reload where its page changed, or something other
// than a style sheet that pages load did; a page that was not found ("404.html") after every change, since it may be there now.
struct ClientChange {
  bool reload = false;
  std::vector<std::string> styles;  // output paths: sorted
};
[[nodiscard]] ClientChange changes_since(const ReloadRecord& record, std::uint64_t since, std::string_view output);

// "INSTANCE.N" of the record.
[[nodiscard]] std::string version_of(const ReloadRecord& record);
// The N of such a text; nothing where it is of another instance, or no version.
[[nodiscard]] std::optional<std::uint64_t> read_version(const ReloadRecord& record, std::string_view text);

// What the toolbar offers and shows.
struct LiveState {
  std::vector<std::string> languages;
  std::string language, region;
  std::string consent = "null";  // JSON: toolbar_facts.h
  friend bool operator==(const LiveState&, const LiveState&) = default;
};

// Events as they are sent, the empty line included. `diagnostics` is a JSON array, `go` a URL's path or empty.
[[nodiscard]] std::string state_event(std::string_view version, const LiveState& state, std::string_view diagnostics);
[[nodiscard]] std::string change_event(std::string_view version, const ClientChange& change, std::string_view base_path,
                                       std::string_view go);
[[nodiscard]] std::string errors_event(std::string_view version, std::string_view diagnostics);

// The clients, and what they are told. Everything here is for the server's thread (HttpServer::post), but for construction.
class LiveReload {
 public:
  struct Options {
    std::string instance;         // "": a random one
    std::string base_path = "/";  // SiteConfig's
    bool navigate = false;        // browsers go to the page whose content was edited, where it is a single one
  };
  explicit LiveReload(Options options);

  // The handler of GET /.hardtop/events?version=INSTANCE.N&output=PATH. 400 without them.
  void connect(const HttpRequest& request, const Responder& responder);

  // Tells each client what the change means for it, and nothing where that is nothing. Serve the new snapshot first.
  void publish(const LiveChange& change);
  // A JSON array (overlay.h). Sends `errors` where it is another one than before.
  void set_diagnostics(std::string json);
  // base_url of site.toml has another path from now on: every page has moved.
  void set_base_path(std::string base_path) { options_.base_path = std::move(base_path); }
  // Sends `state` where it is another one than before.
  void set_state(LiveState state);
  // Keeps connections from looking dead: every 15 s (HttpServer::every).
  void beat();

  [[nodiscard]] std::string version() const { return version_of(record_); }
  [[nodiscard]] std::size_t clients() const { return clients_->size(); }

 private:
  struct Client {
    std::string output;
    EventStream stream;
  };
  using Clients = std::map<std::uint64_t, Client>;
  void send_all(const std::string& event);

  Options options_;
  ReloadRecord record_;
  LiveState state_;
  std::string diagnostics_ = "[]";
  std::shared_ptr<Clients> clients_ =
      std::make_shared<Clients>();  // streams that close later than this goes find nothing
  std::uint64_t next_client_ = 0;
};

}  // namespace hardtop
