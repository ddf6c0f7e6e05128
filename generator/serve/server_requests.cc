// One connection: from bytes to requests, from requests to handlers, from answers to bytes.
#include <sys/socket.h>

#include <ctime>

#include "serve/server_core.h"

namespace hardtop {

using State = HttpConnection::State;

void ServerCore::make_ready(HttpConnection& connection) {
  if (std::exchange(connection.is_ready, true)) return;
  ready_.push_back(connection.id);
}

void ServerCore::look_after(HttpConnection& connection) {
  bool goes_on = true;
  for (int i = 0; i < 16 && goes_on && !connection.gone; ++i) {
    if (!connection.out.empty() && send_waiting(connection)) connection.since = now_;
    goes_on = false;
    if (connection.gone || !connection.out.empty()) break;  // the rest when the client has taken this
    if (connection.state == State::reading) {
      if (connection.request > 0 && !connection.keep_alive) {
        ::shutdown(connection.socket.get(), SHUT_WR);
        connection.state = State::draining;
        connection.since = now_;
        connection.in = {};
        if (connection.peer_done) connection.gone = true;
      } else {
        goes_on = take_request(connection);
      }
    }
  }
  if (connection.gone) return close(connection.id);
  connection.is_ready = false;
  if (goes_on) make_ready(connection);  // others first
  watch(connection);
}

// True when there is something to send, or the next request to look at.
bool ServerCore::take_request(HttpConnection& connection) {
  if (connection.in.empty()) {
    connection.gone = connection.peer_done;
    return false;
  }
  ParsedRequest parsed = parse_request(connection.in, options.limits);
  if (parsed.state == ParsedRequest::State::incomplete) {
    connection.gone = connection.peer_done;
    if (!parsed.expects_continue || connection.told_to_continue) return false;
    connection.told_to_continue = true;
    connection.out.push_back({"HTTP/1.1 100 Continue\r\n\r\n", {}});
    return true;
  }
  ++connection.request;
  connection.told_to_continue = false;
  connection.state = State::waiting;
  if (parsed.state == ParsedRequest::State::failed) {
    connection.is_head = connection.keep_alive = false;
    answer_now(connection, plain_response(parsed.status, parsed.message));
    return true;
  }
  connection.in.erase(0, parsed.used);
  connection.is_head = parsed.request.method == "HEAD";
  connection.keep_alive = parsed.request.keep_alive;
  dispatch(connection, parsed.request);
  return connection.state == State::reading || !connection.out.empty();
}

void ServerCore::dispatch(HttpConnection& connection, const HttpRequest& request) {
  if (!is_allowed_host(request.host, host_rules))
    return answer_now(connection, plain_response(403, "this server is not called '" + request.host + "'"));
  const auto get = gets.find(request.path), post = posts.find(request.path);
  const bool is_post = request.method == "POST", reads = request.method == "GET" || request.method == "HEAD";
  const bool has_get = get != gets.end() || post == posts.end();  // on_rest takes every path that nobody else does
  if (!(is_post && post != posts.end()) && !(reads && has_get)) {
    std::string allowed = has_get ? "GET, HEAD" : "";
    if (post != posts.end()) allowed += has_get ? ", POST" : "POST";
    HttpResponse response = plain_response(405, "this address takes " + allowed);
    response.headers.emplace_back("Allow", allowed);
    return answer_now(connection, std::move(response));
  }
  if (is_post) {
    const std::string* origin = request.header("origin");
    if (!origin || !is_own_origin(*origin, request.host))
      return answer_now(connection, plain_response(403, "only pages of this server may post to it"));
    return hand_over(connection, request, post->second);
  }
  if (get != gets.end()) return hand_over(connection, request, get->second);
  if (rest) return hand_over(connection, request, rest);
  answer_now(connection, plain_response(404));
}

void ServerCore::hand_over(HttpConnection& connection, const HttpRequest& request, const HttpHandler& handler) {
  handler(request, Responder(std::make_shared<Responder::State>(mailbox, connection.id, connection.request)));
}

void ServerCore::answer_now(HttpConnection& connection, HttpResponse response) {
  HttpConnection::Outgoing out;
  out.text = head_text(response, BodyEnd::by_length, connection.keep_alive, std::time(nullptr));
  if (!connection.is_head && response.status != 204 && response.status != 304) out.body = std::move(response.body);
  if (!out.body.bytes && !out.body.file) out.body = {};
  connection.out.push_back(std::move(out));
  connection.state = State::reading;
  connection.since = now_;
  make_ready(connection);
}

void ServerCore::watch(HttpConnection& connection) {
  const bool reads =
      !connection.peer_done && (connection.state == State::stream || connection.state == State::draining ||
                                connection.in.size() < input_limit());
  const std::uint32_t interest = (reads ? static_cast<std::uint32_t>(EPOLLIN) : 0U) |
                                 (connection.out.empty() ? 0U : static_cast<std::uint32_t>(EPOLLOUT));
  if (interest == connection.interest) return;
  connection.interest = interest;
  epoll_event event = {};
  event.events = interest;
  event.data.u64 = connection.id;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, connection.socket.get(), &event);
}

// --- What responders and streams do

HttpConnection* ServerCore::find(std::uint64_t id, std::uint64_t request) {
  const auto found = connections.find(id);
  return found != connections.end() && found->second->request == request ? found->second.get() : nullptr;
}

void ServerCore::answer(std::uint64_t id, std::uint64_t request, HttpResponse response) {
  HttpConnection* connection = find(id, request);
  if (connection && connection->state == State::waiting) answer_now(*connection, std::move(response));
}

void ServerCore::open_stream(std::uint64_t id, std::uint64_t request, const HttpResponse& response,
                             std::function<void()> closed) {
  HttpConnection* connection = find(id, request);
  if (!connection || connection->state != State::waiting || connection->gone) {
    if (closed) closed();
    return;
  }
  connection->keep_alive = false;
  connection->out.push_back({head_text(response, BodyEnd::by_close, false, std::time(nullptr)), {}});
  connection->since = now_;
  connection->state = connection->is_head ? State::reading : State::stream;
  connection->on_closed = std::move(closed);
  connection->in = {};
  if (connection->peer_done) connection->gone = true;
  make_ready(*connection);
}

void ServerCore::stream(std::uint64_t id, std::uint64_t request, std::string_view bytes) {
  HttpConnection* connection = find(id, request);
  if (!connection || connection->state != State::stream || connection->gone) return;
  if (connection->out.empty()) connection->since = now_;
  if (connection->out.empty() || connection->out.back().sent > 0)
    connection->out.push_back({std::string(bytes), {}});
  else
    connection->out.back().text += bytes;
  if (connection->waiting_text() > options.stream_bytes) {
    connection->gone = true;
    connection->out.clear();
  }
  make_ready(*connection);
}

void ServerCore::close_stream(std::uint64_t id, std::uint64_t request) {
  HttpConnection* connection = find(id, request);
  if (!connection || connection->state != State::stream) return;
  connection->state = State::reading;  // not kept alive: it ends when all has gone
  make_ready(*connection);
}

}  // namespace hardtop
