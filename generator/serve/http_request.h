// Reads an HTTP/1.x request (RFC 9112) from the bytes of a connection. Pure: knows no socket.
//
// Lines may end in a bare LF (RFC 9112, 2.2). What two readers could understand differently is refused: a space before a
// header's colon, folded lines, a Content-Length that is no number or is given twice with different values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hardtop {

struct HttpRequest {
  std::string method;      // "GET"; as written: methods are case-sensitive
  std::string raw_path;    // as written, begins with '/': "/a%20b/"
  std::string path;        // percent-decoded; empty where raw_path can name no file: see decode_url_path
  std::string query;       // as written, without '?'
  std::string host;        // of an absolute target, else the Host header; "" for none
  int minor_version = 1;   // HTTP/1.0 or 1.1
  bool keep_alive = true;  // whether the client wants to go on with the connection
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, values trimmed; in order
  std::string body;

  // Null where there is none; of several the first.
  [[nodiscard]] const std::string* header(std::string_view lower_case_name) const;
  // The values of all headers of this name, as one list (RFC 9110, 5.3); "" for none.
  [[nodiscard]] std::string header_list(std::string_view lower_case_name) const;
  // A value of the query, decoded as forms are (URL Standard, 5.1: '+' is a space); nothing where it is not given.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

struct RequestLimits {
  std::size_t target = 8 * 1024;  // 414 beyond
  std::size_t head = 16 * 1024;   // request line and headers: 431 beyond
  std::size_t body = 64 * 1024;   // 413 beyond
};

struct ParsedRequest {
  enum class State {
    incomplete,  // more bytes are needed
    complete,    // `request` is whole
    failed,      // `status` and `message` say why; nothing after it on this connection can be understood
  };
  State state = State::incomplete;
  HttpRequest request;
  std::size_t used = 0;  // how many bytes the complete request takes
  bool expects_continue =
      false;            // incomplete: its head is whole, and the client waits for a word before it sends the body
  int status = 0;       // failed: 400, 411, 413, 414, 417, 431, 501 or 505
  std::string message;  // one sentence without a full stop
};

// Reads the first request of `bytes`. Linear in them.
[[nodiscard]] ParsedRequest parse_request(std::string_view bytes, const RequestLimits& limits = {});

// A URL's path as names of files: percent-decoded, and nothing where that names none: not "/" first, an encoded slash, an
// empty, "." or ".." part. A '\' is a letter like others. A final '/' stays.
[[nodiscard]] std::optional<std::string> decode_url_path(std::string_view raw_path);

}  // namespace hardtop
