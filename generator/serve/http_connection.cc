#include "serve/http_connection.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace hardtop {

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::uint64_t kMostAtOnce = 2 * 1024 * 1024;

ssize_t receive_once(int socket, char* out, std::size_t room) {
  ssize_t n = 0;
  do n = ::recv(socket, out, room, 0);
  while (n < 0 && errno == EINTR);
  return n;
}

bool is_would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

// MSG_NOSIGNAL: a client that has gone is an error here, and no SIGPIPE.
ssize_t send_once(int socket, std::string_view first, std::string_view second, bool more) {
  std::array<iovec, 2> pieces = {
      {{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}}};
  msghdr message = {};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  ssize_t n = 0;
  do n = ::sendmsg(socket, &message, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
  while (n < 0 && errno == EINTR);
  return n;
}

}  // namespace

std::size_t HttpConnection::waiting_text() const {
  std::size_t bytes = 0;
  for (const Outgoing& each : out) bytes += each.text.size() - std::min<std::uint64_t>(each.sent, each.text.size());
  return bytes;
}

void receive(HttpConnection& connection, std::size_t limit) {
  std::array<char, kPiece> piece;
  while (!connection.peer_done && connection.in.size() < limit) {
    const std::size_t room = std::min(piece.size(), limit - connection.in.size());
    const ssize_t n = receive_once(connection.socket.get(), piece.data(), room);
    if (n > 0) {
      connection.in.append(piece.data(), static_cast<std::size_t>(n));
      if (static_cast<std::size_t>(n) < room) return;
    } else if (n == 0) {
      connection.peer_done = true;
    } else {
      if (!is_would_block(errno)) connection.gone = true;
      return;
    }
  }
}

void receive_nothing(HttpConnection& connection) {
  std::array<char, kPiece> piece;
  for (int i = 0; i < 16 && !connection.peer_done; ++i) {
    const ssize_t n = receive_once(connection.socket.get(), piece.data(), piece.size());
    if (n == 0) connection.peer_done = true;
    if (n < 0) {
      if (!is_would_block(errno)) connection.gone = true;
      return;
    }
  }
}

bool send_waiting(HttpConnection& connection) {
  std::uint64_t sent = 0;
  std::array<char, kPiece> piece;
  while (!connection.out.empty() && sent < kMostAtOnce) {
    HttpConnection::Outgoing& front = connection.out.front();
    const std::uint64_t all = front.text.size() + front.body.size;
    if (front.sent == all) {
      connection.out.pop_front();
      continue;
    }
    const std::string_view text =
        std::string_view(front.text).substr(std::min<std::uint64_t>(front.sent, front.text.size()));
    const std::uint64_t of_body = front.sent - std::min<std::uint64_t>(front.sent, front.text.size());
    ssize_t n = 0;
    if (!front.body.file) {
      std::string_view bytes;
      if (front.body.bytes)
        bytes = std::string_view(*front.body.bytes).substr(front.body.begin + of_body, front.body.size - of_body);
      n = send_once(connection.socket.get(), text, bytes.substr(0, kMostAtOnce), false);
    } else if (!text.empty()) {
      n = send_once(connection.socket.get(), text, "", front.body.size > 0);
    } else {
      const std::size_t room = std::min<std::uint64_t>(piece.size(), front.body.size - of_body);
      const std::ptrdiff_t read = front.body.file->read(front.body.begin + of_body, piece.data(), room);
      // The length has been promised: a file that has been cut meanwhile can only end in a broken connection.
      if (read <= 0) {
        connection.gone = true;
        return sent > 0;
      }
      n = send_once(connection.socket.get(), {piece.data(), static_cast<std::size_t>(read)}, "", false);
    }
    if (n < 0) {
      if (!is_would_block(errno)) connection.gone = true;
      return sent > 0;
    }
    front.sent += static_cast<std::uint64_t>(n);
    sent += static_cast<std::uint64_t>(n);
  }
  while (!connection.out.empty() &&
         connection.out.front().sent == connection.out.front().text.size() + connection.out.front().body.size)
    connection.out.pop_front();
  return sent > 0;
}

}  // namespace hardtop
