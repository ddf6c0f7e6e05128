// The server as others see it, and the handles that other threads hold.
#include "serve/http_server.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "serve/server_core.h"

namespace hardtop {

using std::chrono::milliseconds;

OwnedFd ServerMailbox::make_event() { return OwnedFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }

void ServerMailbox::wake() const noexcept {
  const int kept = errno;
  const std::uint64_t one = 1;
  if (::write(event.get(), &one, sizeof one) < 0) {
    // The counter is full: it wakes all the same.
  }
  errno = kept;
}

void ServerMailbox::deliver(Work work) {
  if (thread.load() == std::this_thread::get_id()) return work(*core);
  post(std::move(work));
}

void ServerMailbox::post(Work work) {
  {
    const std::lock_guard guard(mutex);
    if (closed) return;
    posted.push_back(std::move(work));
  }
  wake();
}

Responder::State::~State() {
  if (answered.load()) return;
  mailbox->deliver([id = connection, number = request](ServerCore& core) {
    core.answer(id, number, plain_response(500, "nobody answered"));
  });
}

void Responder::send(HttpResponse response) const {
  if (state_->answered.exchange(true)) return;
  state_->mailbox->deliver([id = state_->connection, number = state_->request, answer = std::move(response)](
                               ServerCore& core) mutable { core.answer(id, number, std::move(answer)); });
}

EventStream Responder::open_stream(HttpResponse response, std::function<void()> closed) const {
  EventStream stream;
  if (state_->answered.exchange(true)) return stream;
  stream.mailbox_ = state_->mailbox;
  stream.connection_ = state_->connection;
  stream.request_ = state_->request;
  state_->mailbox->deliver(
      [id = state_->connection, number = state_->request, head = std::move(response),
       done = std::move(closed)](ServerCore& core) mutable { core.open_stream(id, number, head, std::move(done)); });
  return stream;
}

void EventStream::send(std::string bytes) const {
  if (!mailbox_) return;
  mailbox_->deliver([id = connection_, number = request_, text = std::move(bytes)](ServerCore& core) {
    core.stream(id, number, text);
  });
}

void EventStream::close() const {
  if (!mailbox_) return;
  mailbox_->deliver([id = connection_, number = request_](ServerCore& core) { core.close_stream(id, number); });
}

// --- The server as others see it

HttpServer::HttpServer(std::unique_ptr<ServerCore> core) : core_(std::move(core)) {}
HttpServer::~HttpServer() = default;

std::unique_ptr<HttpServer> HttpServer::listen(ServerOptions options, ListenError& error) {
  std::variant<Listening, ListenError> opened = open_listening(options.bind, options.port);
  if (auto* failed = std::get_if<ListenError>(&opened)) {
    error = std::move(*failed);
    return nullptr;
  }
  return std::unique_ptr<HttpServer>(
      new HttpServer(std::make_unique<ServerCore>(std::move(options), std::move(std::get<Listening>(opened)))));
}

void HttpServer::on_get(std::string path, HttpHandler handler) { core_->gets[std::move(path)] = std::move(handler); }
void HttpServer::on_post(std::string path, HttpHandler handler) { core_->posts[std::move(path)] = std::move(handler); }
void HttpServer::on_rest(HttpHandler handler) { core_->rest = std::move(handler); }
void HttpServer::every(milliseconds interval, std::function<void()> work) {
  core_->timers.push_back({interval, std::move(work), {}});
}

void HttpServer::run() { core_->run(); }

void HttpServer::stop() noexcept {
  core_->mailbox->stopping.store(true);
  core_->mailbox->wake();
}

void HttpServer::post(std::function<void()> work) {
  core_->mailbox->post([run = std::move(work)](ServerCore&) { run(); });
}

int HttpServer::port() const { return core_->listening.port; }

std::string HttpServer::origin() const {
  const std::string host = core_->listening.any_address ? "localhost" : core_->options.bind;
  const bool bare_ipv6 = host.find(':') != host.npos && !host.starts_with('[');
  return "http://" + (bare_ipv6 ? "[" + host + "]" : host) + (port() == 80 ? "" : ":" + std::to_string(port()));
}

const HostRules& HttpServer::host_rules() const { return core_->host_rules; }
std::size_t HttpServer::connections() const { return core_->connections.size(); }

}  // namespace hardtop
