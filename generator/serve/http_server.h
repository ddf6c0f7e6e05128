// A small web server for one person and one machine: one thread and epoll. What it owes to its clients (keep-alive, time-outs,
// half-sent requests, slow readers) is kept here; what it answers is up to handlers.
//
// The server's thread is the one that calls run(). Handlers, posted functions, timers and the `closed` of streams run on it, one
// at a time, so that what only they touch needs no lock; whatever takes longer than a millisecond holds up everybody and
// belongs on another thread, with the Responder.
//
// Refused before a handler sees it: 403 a Host that is not this server (DNS rebinding) and a POST from a page of another
// site (http_guards.h), 405 a method that the path does not take, and what parse_request refuses. GET stands for HEAD, too.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "serve/http_guards.h"
#include "serve/http_request.h"
#include "serve/http_response.h"
#include "serve/listen.h"

namespace hardtop {

struct ServerOptions {
  std::string bind = "127.0.0.1";  // see listen.h
  int port = 4000;                 // 0: any free one
  RequestLimits limits;
  std::size_t connections = 1000;         // beyond, idle ones are closed; where none is idle, new ones get a 503
  std::size_t stream_bytes = 256 * 1024;  // an event stream whose client leaves more than this unread is closed
  std::chrono::milliseconds request_timeout{10'000};  // for a whole request, from its first byte: then 408
  std::chrono::milliseconds idle_timeout{60'000};     // between requests
  std::chrono::milliseconds write_timeout{60'000};    // for a client that takes no byte of what it asked for
  std::chrono::milliseconds drain_timeout{1'000};     // for a client to stop sending after the last answer
};

class ServerCore;
struct ServerMailbox;

// An answer without an end. A handle: copies are the same stream. Safe from any thread, also after the stream or the server has gone:
// then it does nothing.
class EventStream {
 public:
  EventStream() = default;  // of nobody
  void send(std::string bytes) const;
  void close() const;

 private:
  friend class Responder;
  std::shared_ptr<ServerMailbox> mailbox_;
  std::uint64_t connection_ = 0, request_ = 0;
};

// The right to answer one request. A handle: copies are the same right, the first answer counts, and when the last copy goes
// without an answer, 500 is. Safe from any thread, also after the client or the server has gone.
class Responder {
 public:
  void send(HttpResponse response) const;
  // Answers with the head of `response`, and with whatever is sent to the stream until one side ends it. `closed` is called once on
  // the server's thread when the client has gone or was dropped, or close() was called; never after run() has ended. In answer to HEAD,
  // the stream is closed at once.
  [[nodiscard]] EventStream open_stream(HttpResponse response, std::function<void()> closed = {}) const;

 private:
  friend class ServerCore;
  struct State;
  explicit Responder(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

// The request is the handler's for the length of the call; what it needs later, it copies.
using HttpHandler = std::function<void(const HttpRequest&, Responder)>;

class HttpServer {
 public:
  // Listens: clients can connect from now on, and are answered once run() is called. Empty if and only if `error` says why.
  [[nodiscard]] static std::unique_ptr<HttpServer> listen(ServerOptions options, ListenError& error);
  ~HttpServer();  // run() must have returned
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Before run():
  void on_get(std::string path, HttpHandler handler);   // exactly this path, GET and HEAD
  void on_post(std::string path, HttpHandler handler);  // exactly this path, POST from a page of this server
  void on_rest(HttpHandler handler);                    // every other path, GET and HEAD; without it: 404
  void every(std::chrono::milliseconds interval, std::function<void()> work);  // on the server's thread while it runs

  // Serves until stop(), on this thread; then closes everything, open streams and half-sent answers, too. Once in a server's life.
  void run();
  // From any thread, and from a signal handler. run() then ends at once; it need not have begun.
  void stop() noexcept;
  // Has `work` run on the server's thread, in the order of posting. From any thread. What has not run when run() ends, never does.
  void post(std::function<void()> work);

  [[nodiscard]] int port() const;
  // What to type into a browser: "http://127.0.0.1:4000"; of a server for all interfaces "http://localhost:4000".
  [[nodiscard]] std::string origin() const;
  [[nodiscard]] const HostRules& host_rules() const;
  // On the server's thread, or while it does not run.
  [[nodiscard]] std::size_t connections() const;

 private:
  explicit HttpServer(std::unique_ptr<ServerCore> core);
  std::unique_ptr<ServerCore> core_;
};

}  // namespace hardtop
