// The loop: events, new connections, time-outs.
#include "serve/server_core.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>

#include "base/text.h"

namespace hardtop {

using std::chrono::milliseconds;
using State = HttpConnection::State;

namespace {

int open_spare() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

void drain_event(int fd) {
  std::uint64_t count = 0;
  while (::read(fd, &count, sizeof count) > 0) {
  }
}

HostRules rules_for(const ServerOptions& options, const Listening& listening) {
  HostRules rules;
  rules.port = listening.port;
  rules.any_address = listening.any_address;
  rules.names = listening.addresses;
  rules.names.push_back(to_lower_ascii(options.bind));
  char name[256] = "";
  // What others on the network call this machine.
  if (listening.any_address && ::gethostname(name, sizeof name - 1) == 0 && name[0] != '\0') {
    rules.names.push_back(to_lower_ascii(name));
    rules.names.push_back(to_lower_ascii(name) + ".local");
  }
  return rules;
}

}  // namespace

ServerCore::ServerCore(ServerOptions chosen, Listening bound)
    : options(std::move(chosen)), listening(std::move(bound)), host_rules(rules_for(options, listening)) {}

void ServerCore::run() {
  start();
  std::array<epoll_event, 128> events;
  while (!mailbox->stopping.load()) {
    const int count = ::epoll_wait(epoll_.get(), events.data(), events.size(), wait_milliseconds());
    now_ = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i)
      take_event(events[static_cast<std::size_t>(i)].data.u64, events[static_cast<std::size_t>(i)].events);
    run_posted();
    run_timers();
    if (now_ >= next_sweep_) sweep();
    std::vector<std::uint64_t> ready;
    ready.swap(ready_);  // what is not done in one go comes again in the next round, after other events
    for (const std::uint64_t id : ready)
      if (const auto found = connections.find(id); found != connections.end()) look_after(*found->second);
  }
  finish();
}

void ServerCore::start() {
  now_ = next_sweep_ = std::chrono::steady_clock::now();
  mailbox->core = this;
  mailbox->thread.store(std::this_thread::get_id());
  spare_ = OwnedFd(open_spare());
  epoll_event event = {};
  event.events = EPOLLIN;
  for (std::size_t i = 0; i < listening.sockets.size(); ++i) {
    event.data.u64 = i;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, listening.sockets[i].get(), &event);
  }
  event.data.u64 = kMailbox;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, mailbox->event.get(), &event);
  for (Timer& timer : timers) timer.next = now_ + timer.interval;
}

void ServerCore::finish() {
  std::vector<ServerMailbox::Work> undone;
  {
    const std::lock_guard guard(mailbox->mutex);
    mailbox->closed = true;
    undone.swap(mailbox->posted);
  }
  mailbox->thread.store({});
  connections.clear();
  listening.sockets.clear();
}

// -1: until something happens.
int ServerCore::wait_milliseconds() const {
  if (!ready_.empty()) return 0;
  SteadyTime until = SteadyTime::max();
  for (const Timer& timer : timers) until = std::min(until, timer.next);
  if (!connections.empty()) until = std::min(until, next_sweep_);
  if (!listens_) until = std::min(until, listen_again_at_);
  if (until == SteadyTime::max()) return -1;
  const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

void ServerCore::take_event(std::uint64_t id, std::uint32_t events) {
  if (id < listening.sockets.size()) return accept_from(id);
  if (id == kMailbox) return drain_event(mailbox->event.get());
  const auto found = connections.find(id);
  if (found == connections.end()) return;
  HttpConnection& connection = *found->second;
  if (events & (EPOLLERR | EPOLLHUP)) connection.gone = true;
  if (events & EPOLLIN) {
    const bool is_first = connection.in.empty();
    if (connection.state == State::stream || connection.state == State::draining)
      receive_nothing(connection);
    else
      receive(connection, input_limit());
    // From the first byte of a request on, it has its time: more bytes do not renew it.
    if (connection.state == State::reading && is_first) connection.since = now_;
    if (connection.peer_done && (connection.state == State::stream || connection.state == State::draining))
      connection.gone = true;
  }
  make_ready(connection);
}

void ServerCore::run_posted() {
  std::vector<ServerMailbox::Work> posted;
  {
    const std::lock_guard guard(mailbox->mutex);
    posted.swap(mailbox->posted);
  }
  for (ServerMailbox::Work& work : posted) {
    work(*this);
    work = nullptr;  // what it holds goes before the next one runs
  }
}

void ServerCore::run_timers() {
  for (Timer& timer : timers) {
    if (now_ < timer.next) continue;
    timer.next = now_ + timer.interval;
    timer.work();
  }
  if (!listens_ && now_ >= listen_again_at_) listen_again(true);
}

// --- New connections

void ServerCore::accept_from(std::size_t listener) {
  const int socket = listening.sockets[listener].get();
  bool is_short = false;
  for (int i = 0; i < 64 && !is_short; ++i) {
    OwnedFd accepted(::accept4(socket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!accepted.good() && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
      // Linux says so before it looks whether anybody calls. That somebody does is known from epoll, and only once an event.
      if (i > 0) return;
      if (!close_an_idle_one()) return drop_a_caller(socket);
      is_short = true;
      accepted = OwnedFd(::accept4(socket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    }
    if (accepted.good())
      add_connection(std::move(accepted));
    else if (errno != EINTR && errno != ECONNABORTED)
      return;  // EAGAIN: that was all. Else it is the network's trouble with one caller.
  }
}

void ServerCore::add_connection(OwnedFd socket) {
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on,
               sizeof on);  // else answers wait for the client's acknowledgement
  if (connections.size() >= options.connections && !close_an_idle_one()) {
    const HttpResponse busy = plain_response(503, "too many connections are open");
    const std::string text = head_text(busy, BodyEnd::by_length, false, std::time(nullptr)) + *busy.body.bytes;
    if (::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) < 0) {
      // Then it is closed without a word.
    }
    return;
  }
  auto connection = std::make_unique<HttpConnection>();
  connection->id = next_id_++;
  connection->socket = std::move(socket);
  connection->since = now_;
  epoll_event event = {};
  event.events = connection->interest = EPOLLIN;
  event.data.u64 = connection->id;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, connection->socket.get(), &event) != 0) return;
  if (connections.empty()) next_sweep_ = now_;
  connections.emplace(connection->id, std::move(connection));
}

// The one that has been idle for longest. Browsers expect that of a connection that they keep, and open another.
bool ServerCore::close_an_idle_one() {
  const HttpConnection* longest = nullptr;
  for (const auto& [id, connection] : connections)
    if (connection->state == State::reading && connection->in.empty() && connection->out.empty() &&
        !connection->is_ready && (!longest || connection->since < longest->since))
      longest = connection.get();
  if (longest) close(longest->id);
  return longest != nullptr;
}

// Without a free descriptor a caller can be neither served nor refused, and epoll would report it for ever. The spare one takes
// the call, and lets go of it.
void ServerCore::drop_a_caller(int listener) {
  spare_.reset();
  OwnedFd(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)).reset();
  spare_ = OwnedFd(open_spare());
  if (spare_.good()) return;
  listen_again(false);
  listen_again_at_ = now_ + milliseconds(100);
}

void ServerCore::listen_again(bool on) {
  listens_ = on;
  epoll_event event = {};
  event.events = on ? static_cast<std::uint32_t>(EPOLLIN) : 0U;
  for (std::size_t i = 0; i < listening.sockets.size(); ++i) {
    event.data.u64 = i;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, listening.sockets[i].get(), &event);
  }
  if (on && !spare_.good()) spare_ = OwnedFd(open_spare());
}

// --- What has waited for too long

// Whoever has waited for too long. A few times in the shortest of the times.
void ServerCore::sweep() {
  const milliseconds shortest =
      std::min({options.request_timeout, options.idle_timeout, options.write_timeout, options.drain_timeout});
  next_sweep_ = now_ + std::clamp(shortest / 4, milliseconds(5), milliseconds(1000));
  for (const auto& [id, connection] : connections) {
    const auto waited = now_ - connection->since;
    if (!connection->out.empty()) {
      connection->gone |= waited >= options.write_timeout;
    } else if (connection->state == State::draining) {
      connection->gone |= waited >= options.drain_timeout;
    } else if (connection->state == State::reading && connection->in.empty()) {
      connection->gone |= waited >= options.idle_timeout;
    } else if (connection->state == State::reading && waited >= options.request_timeout) {
      ++connection->request;
      connection->is_head = connection->keep_alive = false;
      answer_now(*connection, plain_response(408, "the request did not come to an end in time"));
    }
    if (connection->gone) make_ready(*connection);
  }
}

void ServerCore::close(std::uint64_t id) {
  const auto found = connections.find(id);
  const std::unique_ptr<HttpConnection> closing = std::move(found->second);
  connections.erase(found);
  if (closing->on_closed) closing->on_closed();
}

}  // namespace hardtop
