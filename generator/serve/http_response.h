// An answer as data: status, headers, and a body that is bytes in memory or a part of a file on the disk.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace hardtop {

// A regular file, open for reading, closed with its last owner.
class BodyFile {
 public:
  // Null where it cannot be opened, with the reason in `error`.
  [[nodiscard]] static std::shared_ptr<const BodyFile> open(const std::string& path, std::error_code& error);
  ~BodyFile();
  BodyFile(const BodyFile&) = delete;
  BodyFile& operator=(const BodyFile&) = delete;

  // Reads at most `room` bytes from `offset` on; fewer than there were when it was opened mean that it has been cut since. -1: failed.
  [[nodiscard]] std::ptrdiff_t read(std::uint64_t offset, char* out, std::size_t room) const;

  [[nodiscard]] std::uint64_t size() const { return size_; }  // when it was opened
  // What differs when the file does: made of its place, size and times, to the nanosecond.
  [[nodiscard]] const std::string& revision() const { return revision_; }

 private:
  explicit BodyFile(int fd) : fd_(fd) {}
  int fd_;
  std::uint64_t size_ = 0;
  std::string revision_;
};

// What is sent: `size` bytes from `begin` on, of `bytes` or of `file`; both null: of nothing.
struct HttpBody {
  std::shared_ptr<const std::string> bytes;
  std::shared_ptr<const BodyFile> file;
  std::uint64_t begin = 0, size = 0;
};

struct HttpResponse {
  int status = 200;
  // As they are sent. The server adds Date, Content-Length, and Connection where it is due.
  std::vector<std::pair<std::string, std::string>> headers;
  HttpBody body;  // not sent in answer to HEAD, nor with 204 and 304

  // Null where there is none.
  [[nodiscard]] const std::string* header(std::string_view lower_case_name) const;
};

[[nodiscard]] HttpBody body_of(std::string bytes);

// Nothing to cache, nothing to sniff.
[[nodiscard]] HttpResponse make_response(int status, std::string_view content_type, std::string body);
// "404 Not Found: MESSAGE\n" as plain text; without a message the reason alone.
[[nodiscard]] HttpResponse plain_response(int status, std::string_view message = "");

// "Not Found"; "Status" for a number that is not in our table.
[[nodiscard]] std::string_view reason_of(int status);

// How an answer's body ends on its connection.
enum class BodyEnd { by_length, by_close };  // by_close: an event stream; it has no Content-Length

// The status line and headers up to the empty line. `now` in seconds since 1970.
[[nodiscard]] std::string head_text(const HttpResponse& response, BodyEnd end, bool keep_alive, std::int64_t now);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
[[nodiscard]] std::string http_date(std::int64_t seconds);

}  // namespace hardtop
