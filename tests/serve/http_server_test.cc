#include "serve/http_server.h"

#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>

#include "support/http_client.h"
#include "support/on_server_thread.h"
#include "support/temp_folder.h"

using namespace hardtop;
using namespace std::chrono_literals;
using test::HttpClient;
using test::HttpReply;

namespace {

ServerOptions on_free_port() {
  ServerOptions options;
  options.port = 0;
  return options;
}

// A server with a few handlers, running on a thread of its own.
class RunningServer {
 public:
  explicit RunningServer(const ServerOptions& options = on_free_port()) {
    ListenError error;
    server = HttpServer::listen(options, error);
    REQUIRE_MESSAGE(server, error.message);
    server->on_rest([](const HttpRequest& request, const Responder& responder) {
      responder.send(make_response(200, "text/plain", "you asked for " + request.path));
    });
    server->on_get("/large", [](const HttpRequest&, const Responder& responder) {
      responder.send(make_response(200, "text/plain", std::string(8'000'000, 'x')));
    });
    server->on_get("/silent", [](const HttpRequest&, const Responder&) {});
    server->on_get("/later", [this](const HttpRequest&, const Responder& responder) { kept.push_back(responder); });
    server->on_get("/events", [this](const HttpRequest&, const Responder& responder) {
      HttpResponse head;
      head.headers = {{"Content-Type", "text/event-stream"}};
      streams.push_back(responder.open_stream(head, [this] { ++closed; }));
      streams.back().send("data: hello\n\n");
    });
    server->on_post("/post", [](const HttpRequest& request, const Responder& responder) {
      responder.send(make_response(200, "text/plain", "posted " + request.body));
    });
  }
  ~RunningServer() { stop(); }
  void start() {
    thread = std::thread([this] { server->run(); });
  }
  void stop() {
    server->stop();
    if (thread.joinable()) thread.join();
  }
  [[nodiscard]] int port() const { return server->port(); }
  // Runs `work` on the server's thread, and waits for it.
  void on_its_thread(const std::function<void()>& work) { test::on_server_thread(*server, work); }

  std::unique_ptr<HttpServer> server;
  std::thread thread;
  std::vector<Responder> kept;       // for the server's thread
  std::vector<EventStream> streams;  // likewise
  std::atomic<int> closed{0};
};

void expect(const HttpReply& reply, int status, const std::string& body) {
  CHECK(reply.status == status);
  CHECK(reply.body == body);
}

}  // namespace

TEST_CASE("a connection is kept for many requests, and closed when the client wants that") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  expect(client.get("/a"), 200, "you asked for /a");
  expect(client.get("/b%20c"), 200, "you asked for /b c");
  const HttpReply head = client.request("HEAD", "/a");
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-length") == "16");
  expect(client.get("/d", "Connection: close\r\n"), 200, "you asked for /d");
  CHECK(client.ends());

  HttpClient old(running.port());
  old.send("GET / HTTP/1.0\r\nHost: " + old.host() + "\r\n\r\n");
  expect(old.read_reply(), 200, "you asked for /");
  CHECK(old.ends());
}

TEST_CASE("requests that come at once are answered in their order") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  std::string all;
  for (int i = 0; i < 500; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n";
  std::thread sender([&] { client.send(all); });
  bool in_order = true;
  for (int i = 0; i < 500; ++i)
    in_order = in_order && client.read_reply().body == "you asked for /" + std::to_string(i);
  sender.join();
  CHECK(in_order);
}

TEST_CASE("a client that says no more after its requests gets its answers") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  client.send("GET /a HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\nGET /b HTTP/1.1\r\nHost: " + client.host() +
              "\r\n\r\nGET /ha");
  client.say_no_more();
  expect(client.read_reply(), 200, "you asked for /a");
  expect(client.read_reply(), 200, "you asked for /b");
  CHECK(client.ends());
}

TEST_CASE("a request may come byte by byte") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  for (const char c : "GET /slowly HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n") client.send({&c, 1});
  expect(client.read_reply(), 200, "you asked for /slowly");
}

TEST_CASE("what is no request is refused in words, and the connection ends") {
  RunningServer running;
  running.start();
  struct Case {
    std::string bytes;
    int status;
    std::string body;
  };
  const std::string host = "127.0.0.1:" + std::to_string(running.port());
  const Case cases[] = {
      {"hello\r\n\r\n", 400, "400 Bad Request: the request line is no METHOD PATH HTTP/1.1\n"},
      {"GET / HTTP/1.1\r\n\r\n", 400, "400 Bad Request: the Host header is missing\n"},
      {"GET / HTTP/1.1\r\nHost: " + host + "\r\nA: " + std::string(60'000, 'a') + "\r\n\r\n", 431,
       "431 Request Header Fields Too Large: the headers are too large\n"},
      {"GET /" + std::string(60'000, 'a'), 414, "414 URI Too Long: the address is too long\n"},
      {"POST /post HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 500000\r\n\r\n" + std::string(500'000, 'b'), 413,
       "413 Content Too Large: the body is too large\n"},
      {"POST /post HTTP/1.1\r\nHost: " + host + "\r\nTransfer-Encoding: chunked\r\n\r\n", 411,
       "411 Length Required: a body needs a Content-Length\n"},
  };
  for (const Case& one : cases) {
    HttpClient client(running.port());
    std::thread sender([&] { client.send(one.bytes); });  // more than the sockets hold: the answer comes meanwhile
    const HttpReply reply = client.read_reply();
    expect(reply, one.status, one.body);
    CHECK(reply.headers.at("connection") == "close");
    CHECK(client.ends());
    sender.join();
  }
}

TEST_CASE("methods that a path does not take are refused, with those that it does") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  for (const char* method : {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "POST", "get"}) {
    const HttpReply reply = client.request(method, "/a");
    expect(reply, 405, "405 Method Not Allowed: this address takes GET, HEAD\n");
    CHECK(reply.headers.at("allow") == "GET, HEAD");
  }
  const HttpReply reply = client.get("/post");
  expect(reply, 405, "405 Method Not Allowed: this address takes POST\n");
  CHECK(reply.headers.at("allow") == "POST");
}

TEST_CASE("requests in another's name and posts from other sites are refused") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  const std::string port = std::to_string(running.port());
  client.send("GET / HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n");
  expect(client.read_reply(), 403, "403 Forbidden: this server is not called 'evil.example:" + port + "'\n");
  expect(client.request("POST", "/post", "Content-Length: 1\r\n", "x"), 403,
         "403 Forbidden: only pages of this server may post to it\n");
  expect(client.request("POST", "/post", "Origin: https://evil.example\r\nContent-Length: 1\r\n", "x"), 403,
         "403 Forbidden: only pages of this server may post to it\n");
  expect(client.request("POST", "/post", "Origin: http://" + client.host() + "\r\nContent-Length: 2\r\n", "ab"), 200,
         "posted ab");
}

TEST_CASE("who waits for a word before sending a body gets it") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  client.send("POST /post HTTP/1.1\r\nHost: " + client.host() + "\r\nOrigin: http://" + client.host() +
              "\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  expect(client.read_reply(), 200, "posted body");
}

TEST_CASE("an answer may come later, from another thread, while others are served") {
  RunningServer running;
  running.start();
  HttpClient client(running.port()), other(running.port());
  const std::string host = "Host: " + client.host() + "\r\n\r\n";
  client.send("GET /later HTTP/1.1\r\n" + host + "GET /next HTTP/1.1\r\n" + host);
  while (true) {  // until the handler has run
    expect(other.get("/x"), 200, "you asked for /x");
    std::size_t waiting = 0;
    running.on_its_thread([&] { waiting = running.kept.size(); });
    if (waiting == 1) break;
  }
  std::vector<Responder> kept;
  running.on_its_thread([&] { kept.swap(running.kept); });
  kept.front().send(make_response(200, "text/plain", "at last"));
  kept.front().send(make_response(200, "text/plain", "a second answer counts for nothing"));
  expect(client.read_reply(), 200, "at last");
  expect(client.read_reply(), 200, "you asked for /next");
}

TEST_CASE("a handler that never answers is answered for") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  expect(client.get("/silent"), 500, "500 Internal Server Error: nobody answered\n");
  expect(client.get("/a"), 200, "you asked for /a");
}

TEST_CASE("answers to clients that have gone go nowhere") {
  RunningServer running;
  running.start();
  for (int i = 0; i < 20; ++i) {
    HttpClient client(running.port());
    client.send("GET /later HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n");
    if (i % 2 == 0) client.reset();
  }
  for (int i = 0; i < 20; ++i) {
    HttpClient client(running.port());
    client.send("GET /large HTTP/1.1\r\nHost: " + client.host() + "\r\n\r\n");
    if (i % 2 == 0) CHECK(client.read_bytes(10).size() == 10);
    client.reset();
  }
  running.on_its_thread([&] { running.kept.clear(); });
  HttpClient client(running.port());
  expect(client.get("/a"), 200, "you asked for /a");
}

TEST_CASE("a client that reads slowly gets all of it and holds up nobody") {
  RunningServer running;
  running.start();
  HttpClient slow(running.port(), 4096), other(running.port());
  slow.send("GET /large HTTP/1.1\r\nHost: " + slow.host() + "\r\n\r\n");
  CHECK(slow.read_reply(false).headers.at("content-length") == "8000000");
  for (int i = 0; i < 50; ++i) expect(other.get("/a"), 200, "you asked for /a");
  CHECK(slow.read_bytes(8'000'000) == std::string(8'000'000, 'x'));
  expect(slow.get("/b"), 200, "you asked for /b");
}

TEST_CASE("a file is sent from the disk in pieces, and one that was cut meanwhile ends the connection") {
  const TempFolder folder;
  {
    std::ofstream file(folder / "video.mp4", std::ios::binary);
    for (int i = 0; i < 3'000'000; ++i) file << static_cast<char>('a' + i % 26);
  }
  RunningServer running;
  running.server->on_get("/file", [&](const HttpRequest& request, const Responder& responder) {
    std::error_code error;
    HttpResponse response;
    const auto file = BodyFile::open(folder / "video.mp4", error);
    response.body = {nullptr, file, 26, request.query == "more" ? file->size() : 1'000'000};
    responder.send(std::move(response));
  });
  running.start();
  HttpClient client(running.port());
  const HttpReply reply = client.get("/file");
  CHECK(reply.body.size() == 1'000'000);
  CHECK(reply.body.starts_with("abcdefghijklmnopqrstuvwxyzabc"));
  CHECK(reply.body.ends_with(static_cast<char>('a' + 999'999 % 26)));
  const HttpReply cut = client.get("/file?more");
  CHECK(cut.status == 200);
  CHECK(cut.body.size() == 3'000'000 - 26);
  CHECK(client.ends());
}

TEST_CASE("half a request has its time, however its bytes trickle in") {
  ServerOptions options = on_free_port();
  options.request_timeout = 150ms;
  RunningServer running(options);
  running.start();
  HttpClient half(running.port()), idle(running.port());
  half.send("GET / HTTP/1.1\r\nHost: ");
  expect(half.read_reply(), 408, "408 Request Timeout: the request did not come to an end in time\n");
  CHECK(half.ends());

  HttpClient trickling(running.port());
  std::atomic<bool> stopped{false};
  std::thread sender([&] {
    trickling.send("GET / HTTP/1.1\r\n");
    while (!stopped && trickling.send("A: b\r\n")) std::this_thread::sleep_for(20ms);
  });
  CHECK(trickling.read_reply().status == 408);
  stopped = true;
  sender.join();
  expect(idle.get("/a"), 200, "you asked for /a");  // has sent nothing, and had all the time
}

TEST_CASE("idle connections and clients that take nothing are let go") {
  ServerOptions options = on_free_port();
  options.idle_timeout = 100ms;
  options.write_timeout = 100ms;
  RunningServer running(options);
  running.start();
  HttpClient idle(running.port()), fresh(running.port()), stuck(running.port(), 4096);
  expect(idle.get("/a"), 200, "you asked for /a");
  stuck.send("GET /large HTTP/1.1\r\nHost: " + stuck.host() + "\r\n\r\n");
  CHECK(idle.ends());
  CHECK(fresh.ends());
  std::size_t open = 1;
  while (open > 0) running.on_its_thread([&] { open = running.server->connections(); });
  CHECK(stuck.read_to_end().size() < 8'000'000);
}

TEST_CASE("two hundred event streams are served beside pages, and hear everything in order") {
  RunningServer running;
  running.start();
  std::vector<HttpClient> clients;
  for (int i = 0; i < 200; ++i) {
    clients.emplace_back(running.port());
    clients.back().send("GET /events HTTP/1.1\r\nHost: " + clients.back().host() + "\r\n\r\n");
  }
  for (HttpClient& client : clients) {
    const HttpReply head = client.read_reply();
    REQUIRE(head.status == 200);
    REQUIRE(head.headers.at("content-type") == "text/event-stream");
    REQUIRE(client.read_until("\n\n") == "data: hello\n\n");
  }
  HttpClient pages(running.port());
  for (int i = 0; i < 30; ++i) {
    running.on_its_thread([&] {
      for (const EventStream& stream : running.streams) stream.send("data: " + std::to_string(i) + "\n\n");
    });
    expect(pages.get("/a"), 200, "you asked for /a");
  }
  bool all = true;
  for (HttpClient& client : clients)
    for (int i = 0; i < 30; ++i) all = all && client.read_until("\n\n") == "data: " + std::to_string(i) + "\n\n";
  CHECK(all);

  clients[0].hang_up();
  clients[1].reset();
  running.on_its_thread([&] { running.streams[5].close(); });
  while (running.closed < 3) expect(pages.get("/a"), 200, "you asked for /a");
  running.on_its_thread([&] {
    for (const EventStream& stream : running.streams) stream.send("data: end\n\n");
  });
  CHECK(clients[9].read_until("\n\n") == "data: end\n\n");
}

TEST_CASE("a stream whose client does not read is dropped before it grows") {
  ServerOptions options = on_free_port();
  options.stream_bytes = 50'000;
  RunningServer running(options);
  running.start();
  HttpClient deaf(running.port(), 4096), good(running.port());
  for (HttpClient* client : {&deaf, &good}) {
    client->send("GET /events HTTP/1.1\r\nHost: " + client->host() + "\r\n\r\n");
    CHECK(client->read_reply().status == 200);
    CHECK(client->read_until("\n\n") == "data: hello\n\n");
  }
  const std::string event = "data: " + std::string(10'000, 'x') + "\n\n";
  int sent = 0;
  for (; running.closed == 0 && sent < 10'000; ++sent) {
    running.on_its_thread([&] {
      for (const EventStream& stream : running.streams) stream.send(event);
    });
    REQUIRE(good.read_until("\n\n") == event);
  }
  CHECK(running.closed == 1);
  MESSAGE("dropped after " << sent << " events of 10 kB");
}

TEST_CASE("HEAD of a stream has its head and ends") {
  RunningServer running;
  running.start();
  HttpClient client(running.port());
  CHECK(client.request("HEAD", "/events").status == 200);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("stopping ends at once, with open streams, idle connections, half requests and answers that nobody gave") {
  RunningServer running;
  running.start();
  std::vector<HttpClient> clients;
  for (const char* path : {"/events", "/a", "/large", "/later"}) {
    clients.emplace_back(running.port(), 4096);
    clients.back().send("GET " + std::string(path) + " HTTP/1.1\r\nHost: " + clients.back().host() + "\r\n\r\n");
  }
  clients.emplace_back(running.port());
  clients.back().send("GET / HT");
  CHECK(clients[0].read_reply().status == 200);
  CHECK(clients[1].read_reply().status == 200);
  std::size_t waiting = 0;
  while (waiting == 0) running.on_its_thread([&] { waiting = running.kept.size(); });
  const auto begin = std::chrono::steady_clock::now();
  running.stop();
  CHECK(std::chrono::steady_clock::now() - begin < 2s);  // it is a millisecond; this only tells it from a time-out
  CHECK(clients[0].ends());
  CHECK(clients[1].ends());
  running.kept.front().send(plain_response(200));  // goes nowhere
  running.streams.front().send("x");
  CHECK_FALSE(HttpClient(running.port()).connected());
}

namespace {
HttpServer* interrupted = nullptr;
}

TEST_CASE("a signal handler can stop it") {
  RunningServer running;
  interrupted = running.server.get();
  const auto before = std::signal(SIGUSR1, [](int) { interrupted->stop(); });
  running.start();
  HttpClient client(running.port());
  expect(client.get("/a"), 200, "you asked for /a");
  ::raise(SIGUSR1);
  running.thread.join();
  std::signal(SIGUSR1, before);
  CHECK(client.ends());
}

TEST_CASE("a server that was stopped before it ran does not run") {
  RunningServer running;
  running.server->stop();
  running.server->run();
  CHECK(running.server->connections() == 0);
}

TEST_CASE("timers run while nobody asks for anything") {
  RunningServer running;
  std::atomic<int> beats{0};
  running.server->every(10ms, [&] {
    ++beats;
    beats.notify_all();
  });
  running.start();
  for (int seen = 0; seen < 3; seen = beats) beats.wait(seen);
  CHECK(beats >= 3);
}

TEST_CASE("a taken port is said to be taken, with a free one; other addresses too") {
  RunningServer running;
  ServerOptions options;
  options.port = running.port();
  ListenError error;
  CHECK_FALSE(HttpServer::listen(options, error));
  CHECK(error.kind == ListenError::Kind::port_taken);
  CHECK(error.message == "port " + std::to_string(running.port()) + " is taken");
  REQUIRE(error.free_port > running.port());
  CHECK(error.hint == "try --port " + std::to_string(error.free_port) + ", which is free");
  options.port = error.free_port;
  CHECK(HttpServer::listen(options, error));

  options.bind = "192.0.2.1";
  CHECK_FALSE(HttpServer::listen(options, error));
  CHECK(error.kind == ListenError::Kind::bad_address);
  CHECK(error.message == "'192.0.2.1' is no address of this machine");
  CHECK(error.hint == "use 127.0.0.1 for this machine alone, or 0.0.0.0 for every network that it is in");
  options.bind = "";
  CHECK_FALSE(HttpServer::listen(options, error));
  CHECK(error.message == "no host '' is known");
}

TEST_CASE("it listens on names and on all interfaces, and says where it is to be found") {
  ServerOptions options = on_free_port();
  options.bind = "localhost";
  {
    RunningServer running(options);
    running.start();
    CHECK(running.server->origin() == "http://localhost:" + std::to_string(running.port()));
    expect(HttpClient(running.port()).get("/a"), 200, "you asked for /a");
  }
  options.bind = "0.0.0.0";
  RunningServer running(options);
  running.start();
  CHECK(running.server->origin() == "http://localhost:" + std::to_string(running.port()));
  HttpClient client(running.port());
  client.send("GET /a HTTP/1.1\r\nHost: 192.168.77.1:" + std::to_string(running.port()) + "\r\n\r\n");
  expect(client.read_reply(), 200, "you asked for /a");
}

TEST_CASE("beyond its number of connections idle ones make room, and where none is idle new ones are refused") {
  ServerOptions options = on_free_port();
  options.connections = 3;
  RunningServer running(options);
  running.start();
  HttpClient first(running.port()), second(running.port()), third(running.port());
  expect(first.get("/a"), 200, "you asked for /a");
  expect(second.get("/a"), 200, "you asked for /a");
  expect(third.get("/a"), 200, "you asked for /a");
  HttpClient fourth(running.port());
  expect(fourth.get("/a"), 200, "you asked for /a");
  CHECK(first.ends());
  for (HttpClient* client : {&second, &third, &fourth}) {
    client->send("GET /events HTTP/1.1\r\nHost: " + client->host() + "\r\n\r\n");
    CHECK(client->read_until("hello\n\n").ends_with("hello\n\n"));
  }
  HttpClient fifth(running.port());
  CHECK(fifth.read_reply().status == 503);
}

TEST_CASE(
    "without descriptors idle connections make room, and where none is idle callers are dropped, not left waiting") {
  RunningServer running;
  running.start();
  HttpClient listening(running.port()), idle(running.port());
  listening.send("GET /events HTTP/1.1\r\nHost: " + listening.host() + "\r\n\r\n");
  CHECK(listening.read_until("hello\n\n").ends_with("hello\n\n"));
  expect(idle.get("/a"), 200, "you asked for /a");
  // Sockets that are there already can still connect; accepting them needs a descriptor.
  HttpClient served(running.port(), HttpClient::Later()), dropped(running.port(), HttpClient::Later());

  rlimit before = {};
  ::getrlimit(RLIMIT_NOFILE, &before);
  rlimit low = before;
  low.rlim_cur = 200;
  ::setrlimit(RLIMIT_NOFILE, &low);
  std::vector<int> fillers;
  for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) fillers.push_back(fd);

  served.connect();
  expect(served.get("/a"), 200, "you asked for /a");
  CHECK(idle.ends());
  served.send("GET /events HTTP/1.1\r\nHost: " + served.host() + "\r\n\r\n");
  CHECK(served.read_until("hello\n\n").ends_with("hello\n\n"));
  dropped.connect();
  CHECK(dropped.ends());
  running.on_its_thread([&] {
    for (const EventStream& stream : running.streams) stream.send("data: still here\n\n");
  });
  CHECK(listening.read_until("\n\n") == "data: still here\n\n");

  for (const int fd : fillers) ::close(fd);
  ::setrlimit(RLIMIT_NOFILE, &before);
  expect(HttpClient(running.port()).get("/a"), 200, "you asked for /a");
}
