// One connection of the server: its socket, the bytes that have come, the bytes that are to go. Knows nothing of what they
// say; http_server.cc decides. Non-blocking throughout: what a slow client does not take waits here, and no more than one
// answer does.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "serve/http_response.h"
#include "serve/listen.h"

namespace hardtop {

using SteadyTime = std::chrono::steady_clock::time_point;

struct HttpConnection {
  enum class State {
    reading,  // between requests, or in the middle of one
    waiting,  // a handler has the request and has not answered
    stream,   // an event stream
    draining,  // all is said; what the client still sends is thrown away, so that our last words are not lost with a reset
  };
  // Something to send: `text`, then `body`.
  struct Outgoing {
    std::string text;
    HttpBody body;
    std::uint64_t sent = 0;  // of both
  };

  std::uint64_t id = 0;
  OwnedFd socket;
  State state = State::reading;
  std::string in;
  std::deque<Outgoing> out;
  std::uint64_t request = 0;      // counts the requests; tells an answer to an earlier one
  bool is_head = false;           // the request in hand is a HEAD
  bool keep_alive = true;         // after the answer in hand
  bool told_to_continue = false;  // "100 Continue" was sent for the request in hand
  bool peer_done = false;         // the client will send nothing more
  bool gone = false;              // broken, or given up: to be closed
  bool is_ready = false;          // in the server's list of connections to look after
  std::uint32_t interest = 0;     // what epoll watches for
  SteadyTime
      since;  // of what a time-out is counted from: the last byte that went or, while reading, see http_server.cc
  std::function<void()> on_closed;  // of a stream

  [[nodiscard]] std::size_t waiting_text() const;  // bytes of texts that have not gone
};

// Appends what has come to `in`, until there is nothing more or it holds `limit` bytes. Sets peer_done and gone.
void receive(HttpConnection& connection, std::size_t limit);
// Reads and forgets; at most a megabyte a call.
void receive_nothing(HttpConnection& connection);

// Sends what the socket takes, at most some megabytes a call, so that a large file does not hold up others. Sets gone. True
// when some of it went.
bool send_waiting(HttpConnection& connection);

}  // namespace hardtop
