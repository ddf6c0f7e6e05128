#include "serve/live_reload.h"

#include <thread>

#include <doctest/doctest.h>

#include "serve/served_site.h"
#include "support/http_client.h"
#include "support/on_server_thread.h"

using namespace hardtop;
using test::HttpClient;

namespace {

std::string shown(const ClientChange& change) {
  std::string text = change.reload ? "reload" : "stay";
  for (const std::string& style : change.styles) text += " " + style;
  return text;
}

// A hub behind a server, on a thread of its own.
class Hub {
 public:
  explicit Hub(LiveReload::Options options = {"inst", "/", false}) : live(std::move(options)) {
    ServerOptions on;
    on.port = 0;
    on.stream_bytes = 100'000;
    ListenError error;
    server = HttpServer::listen(on, error);
    REQUIRE_MESSAGE(server, error.message);
    server->on_get("/.hardtop/events", [this](const HttpRequest& request, const Responder& responder) {
      live.connect(request, responder);
    });
    thread = std::thread([this] { server->run(); });
  }
  ~Hub() {
    server->stop();
    thread.join();
  }
  void post(const std::function<void()>& work) { test::on_server_thread(*server, work); }
  void publish(const LiveChange& change) {
    post([&] { live.publish(change); });
  }
  HttpClient connect(const std::string& output, const std::string& version, const std::string& more = "") const {
    HttpClient client(server->port());
    client.send("GET /.hardtop/events?version=" + version + "&output=" + output +
                " HTTP/1.1\r\nHost: " + client.host() + "\r\n" + more + "\r\n");
    client.read_until("\r\n\r\n");
    return client;
  }

  LiveReload live;
  std::unique_ptr<HttpServer> server;
  std::thread thread;
};

const std::string kFirst = "retry: 500\n\n";

}  // namespace

TEST_CASE("a client hears what happened since its page was sent, and of nothing else") {
  ReloadRecord record;
  record.instance = "i";
  record_change(record, {{"a/index.html", "sitemap.xml"}, {}, {}});   // 1
  record_change(record, {{"assets/main.css"}, {}, {}});               // 2
  record_change(record, {{"b/index.html", "assets/b.css"}, {}, {}});  // 3
  record_change(record, {{"index.json"}, {"c/index.html"}, {}});      // 4
  CHECK(record.version == 4);
  CHECK(version_of(record) == "i.4");
  struct Case {
    std::uint64_t since;
    std::string output, expected;
  };
  for (const Case& one : {
           Case{4, "a/index.html", "stay"},
           Case{3, "a/index.html", "stay"},
           Case{2, "a/index.html", "stay assets/b.css"},
           Case{1, "a/index.html", "stay assets/b.css assets/main.css"},
           Case{0, "a/index.html", "reload assets/b.css assets/main.css"},
           Case{2, "b/index.html", "reload assets/b.css"},
           Case{3, "c/index.html", "reload"},
           Case{3, "404.html", "reload"},
           Case{4, "404.html", "stay"},
       }) {
    CAPTURE(one.since);
    CAPTURE(one.output);
    CHECK(shown(changes_since(record, one.since, one.output)) == one.expected);
  }
  for (const char* part : {"a.png", "a.svg", "a.woff2", "a.js", "a.mp4", "a.mp3", "a.wasm"}) {
    record_change(record, {{part}, {}, {}});
    CHECK(shown(changes_since(record, record.version - 1, "z.html")) == "reload");
    CHECK(shown(changes_since(record, record.version, "z.html")) == "stay");
  }
  record_change(record, {{}, {"assets/main.css"}, {}});
  CHECK(shown(changes_since(record, record.version - 1, "z.html")) == "stay");  // nothing to swap for
}

TEST_CASE("versions of another run of the server are not comparable") {
  ReloadRecord record;
  record.instance = "ab";
  record.version = 12;
  CHECK(read_version(record, "ab.0") == 0);
  CHECK(read_version(record, "ab.12") == 12);
  for (const char* other : {"ab.13", "a.1", "abc.1", "ab.", "ab", "", "ab.1x", "ab.-1", "ab.99999999999999999999999"})
    CHECK_FALSE(read_version(record, other));
}

TEST_CASE("events are what the contract with the client says") {
  CHECK(state_event("i.1", {{"de", "en"}, "en", ""}, "[]") ==
        "event: state\nid: i.1\ndata: "
        "{\"version\":\"i.1\",\"languages\":[\"de\",\"en\"],\"language\":\"en\",\"region\":\"\",\"consent\":null,"
        "\"diagnostics\":[]}\n\n");
  CHECK(change_event("i.2", {false, {"assets/main.css", "ü.css"}}, "/docs/", "") ==
        "event: change\nid: i.2\ndata: "
        "{\"version\":\"i.2\",\"reload\":false,\"styles\":[\"/docs/assets/main.css\",\"/docs/%C3%BC.css\"]}\n\n");
  CHECK(
      change_event("i.2", {true, {}}, "/", "/blog/a.html") ==
      "event: change\nid: i.2\ndata: {\"version\":\"i.2\",\"reload\":true,\"styles\":[],\"go\":\"/blog/a.html\"}\n\n");
  CHECK(errors_event("i.2", "[\n{\"message\":\"a\\nb\"}\n]\n") ==
        "event: errors\nid: i.2\ndata: {\"version\":\"i.2\",\"diagnostics\":[ {\"message\":\"a\\nb\"} ] }\n\n");
  CHECK(
      state_event("i.1", {{}, "a\"\\\n\x01", ""}, "[]") ==
      "event: state\nid: i.1\ndata: "
      "{\"version\":\"i.1\",\"languages\":[],\"language\":\"a\\\"\\\\\\u000a\\u0001\",\"region\":\"\",\"consent\":null,"
      "\"diagnostics\":[]}\n\n");
}

TEST_CASE("clients are told on connecting what they missed, and later what concerns them") {
  Hub hub;
  hub.publish({{"a.html"}, {}, {}});
  const std::string state = kFirst + state_event("inst.1", {}, "[]");
  HttpClient missed = hub.connect("a.html", "inst.0"), current = hub.connect("a.html", "inst.1"),
             other = hub.connect("b.html", "inst.0"), stranger = hub.connect("b.html", "elsewhere.1"),
             again = hub.connect("a.html", "inst.0", "Last-Event-ID: inst.1\r\n");
  const std::string reload = change_event("inst.1", {true, {}}, "/", "");
  const std::string second = change_event("inst.2", {true, {}}, "/", ""),
                    third = change_event("inst.3", {false, {"m.css"}}, "/", "");
  hub.publish({{"a.html"}, {}, {"a.html"}});
  hub.publish({{"m.css"}, {}, {}});
  CHECK(missed.read_until(third) == state + reload + second + third);
  CHECK(current.read_until(third) == state + second + third);
  CHECK(other.read_until(third) == state + third);
  CHECK(stranger.read_until(third) == state + reload + third);
  CHECK(again.read_until(third) == state + second + third);

  hub.post([&] {
    hub.live.set_diagnostics("[1]");
    hub.live.set_diagnostics("[1]");
    hub.live.set_state({{"de"}, "de", "FR"});
    hub.live.set_state({{"de"}, "de", "FR"});
    hub.live.beat();
  });
  CHECK(other.read_until(": \n\n") ==
        errors_event("inst.3", "[1]") + state_event("inst.3", {{"de"}, "de", "FR"}, "[1]") + ": \n\n");
  CHECK(HttpClient(hub.server->port()).get("/.hardtop/events").status == 400);
}

TEST_CASE("browsers go to the page that was edited, when they are to and it is one") {
  Hub hub({"inst", "/docs/", true});
  HttpClient here = hub.connect("blog/index.html", "inst.0"), there = hub.connect("b.html", "inst.0");
  hub.publish({{"blog/index.html", "index.html"}, {}, {"blog/index.html"}});
  hub.publish({{"blog/index.html", "b.html"}, {}, {"b.html", "blog/index.html"}});
  const std::string state = kFirst + state_event("inst.0", {}, "[]"),
                    both = change_event("inst.2", {true, {}}, "/docs/", "");
  CHECK(here.read_until(both) == state + change_event("inst.1", {true, {}}, "/docs/", "") + both);
  CHECK(there.read_until(both) == state + change_event("inst.1", {false, {}}, "/docs/", "/docs/blog/") + both);
}

TEST_CASE("two hundred clients hear of a change while pages are served, and those that do not read are dropped") {
  Hub hub;
  std::vector<HttpClient> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(hub.connect(i % 2 == 0 ? "a.html" : "b.html", "inst.0"));
  HttpClient deaf(hub.server->port(), 4096);
  deaf.send("GET /.hardtop/events?version=inst.0&output=a.html HTTP/1.1\r\nHost: " + deaf.host() + "\r\n\r\n");
  deaf.read_until("\n\n");
  const std::string state = kFirst + state_event("inst.0", {}, "[]");
  for (HttpClient& client : clients) CHECK(client.read_until(state) == state);
  for (int i = 1; i <= 20; ++i) {
    hub.publish({{"a.html", "b.html"}, {}, {}});
    CHECK(HttpClient(hub.server->port()).get("/x").status == 404);
    const std::string event = change_event("inst." + std::to_string(i), {true, {}}, "/", "");
    for (HttpClient& client : clients) REQUIRE(client.read_until(event) == event);
  }
  clients.erase(clients.begin() + 2, clients.end());  // enough to see that who reads is not dropped
  std::size_t count = 201;
  while (count > 3) hub.post([&] { count = hub.live.clients(); });
  for (int i = 0; count == 3 && i < 5000; ++i) {
    const std::string diagnostics = "[\"" + std::to_string(i) + std::string(20'000, 'x') + "\"]";
    hub.post([&] { hub.live.set_diagnostics(diagnostics); });
    const std::string event = errors_event("inst.20", diagnostics);
    for (HttpClient& client : clients) REQUIRE(client.read_until(event) == event);
    hub.post([&] { count = hub.live.clients(); });
  }
  CHECK(count == 2);
  clients.clear();
  while (count > 0) hub.post([&] { count = hub.live.clients(); });
}
