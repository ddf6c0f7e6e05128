// The inside of HttpServer, which only its own files see.
//
// An event of the loop (server_core.cc) only takes in bytes and puts its connection on the list `ready_`; posted work and timers only
// add to what connections are to send. look_after() (server_requests.cc) then does the rest for each connection on the list: sends,
// answers the next request, closes. So nothing closes a connection under somebody else's feet.
//
// A connection has one request in hand at a time, and takes the next from its buffer when the last answer has left: a client that
// sends a thousand requests at once and reads nothing costs a buffer and an answer.
#pragma once

#include <sys/epoll.h>

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "serve/http_connection.h"
#include "serve/http_server.h"

namespace hardtop {

// Where other threads leave work. It outlives the server in whoever still holds a Responder.
struct ServerMailbox {
  using Work = std::function<void(ServerCore&)>;

  // Runs `work` at once on the server's thread, else leaves it there.
  void deliver(Work work);
  void post(Work work);
  void wake() const noexcept;  // async-signal-safe

  OwnedFd event = make_event();
  std::atomic<bool> stopping{false};
  std::atomic<std::thread::id> thread;  // the server's, while run() is in it
  ServerCore* core = nullptr;           // for that thread alone
  std::mutex mutex;
  std::vector<Work> posted;  // with `mutex`
  bool closed = false;       // with `mutex`: nobody will look any more

 private:
  static OwnedFd make_event();
};

struct Responder::State {
  State(std::shared_ptr<ServerMailbox> to, std::uint64_t of, std::uint64_t number)
      : mailbox(std::move(to)), connection(of), request(number) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State();

  std::shared_ptr<ServerMailbox> mailbox;
  std::uint64_t connection, request;
  std::atomic<bool> answered{false};
};

class ServerCore {
 public:
  ServerCore(ServerOptions options, Listening listening);
  void run();

  // What handlers' answers lead to; nothing where the connection has gone or has another request in hand.
  void answer(std::uint64_t id, std::uint64_t request, HttpResponse response);
  void open_stream(std::uint64_t id, std::uint64_t request, const HttpResponse& response, std::function<void()> closed);
  void stream(std::uint64_t id, std::uint64_t request, std::string_view bytes);
  void close_stream(std::uint64_t id, std::uint64_t request);

  struct Timer {
    std::chrono::milliseconds interval;
    std::function<void()> work;
    SteadyTime next;
  };

  std::shared_ptr<ServerMailbox> mailbox = std::make_shared<ServerMailbox>();
  ServerOptions options;
  Listening listening;
  HostRules host_rules;
  std::map<std::string, HttpHandler, std::less<>> gets, posts;
  HttpHandler rest;
  std::vector<Timer> timers;
  std::unordered_map<std::uint64_t, std::unique_ptr<HttpConnection>> connections;

 private:
  // What epoll calls each: listeners by their index, then the mailbox, then connections, whose numbers are never used again.
  static constexpr std::uint64_t kMailbox = 1000, kFirstConnection = 1001;

  void start();
  void finish();
  [[nodiscard]] int wait_milliseconds() const;
  void take_event(std::uint64_t id, std::uint32_t events);
  void accept_from(std::size_t listener);
  void add_connection(OwnedFd socket);
  bool close_an_idle_one();
  void drop_a_caller(int listener);
  void listen_again(bool on);
  void run_posted();
  void run_timers();
  void sweep();
  void make_ready(HttpConnection& connection);
  void look_after(HttpConnection& connection);
  bool take_request(HttpConnection& connection);
  void dispatch(HttpConnection& connection, const HttpRequest& request);
  void hand_over(HttpConnection& connection, const HttpRequest& request, const HttpHandler& handler);
  void answer_now(HttpConnection& connection, HttpResponse response);
  void watch(HttpConnection& connection);
  void close(std::uint64_t id);
  HttpConnection* find(std::uint64_t id, std::uint64_t request);
  [[nodiscard]] std::size_t input_limit() const { return options.limits.head + options.limits.body + 1024; }

  OwnedFd epoll_{::epoll_create1(EPOLL_CLOEXEC)};
  OwnedFd spare_;  // given up for a moment when there are no descriptors left
  std::uint64_t next_id_ = kFirstConnection;
  std::vector<std::uint64_t> ready_;
  SteadyTime now_, next_sweep_, listen_again_at_;
  bool listens_ = true;
};

}  // namespace hardtop
