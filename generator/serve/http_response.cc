#include "serve/http_response.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "base/hash.h"
#include "base/text.h"

namespace hardtop {

namespace {

struct Reason {
  int status;
  std::string_view text;
};

// RFC 9110, 15, and RFC 6585 for 431: those that are answered here.
constexpr std::array<Reason, 24> kReasons = {{{200, "OK"},
                                              {204, "No Content"},
                                              {206, "Partial Content"},
                                              {301, "Moved Permanently"},
                                              {302, "Found"},
                                              {304, "Not Modified"},
                                              {307, "Temporary Redirect"},
                                              {308, "Permanent Redirect"},
                                              {400, "Bad Request"},
                                              {403, "Forbidden"},
                                              {404, "Not Found"},
                                              {405, "Method Not Allowed"},
                                              {408, "Request Timeout"},
                                              {409, "Conflict"},
                                              {411, "Length Required"},
                                              {413, "Content Too Large"},
                                              {414, "URI Too Long"},
                                              {416, "Range Not Satisfiable"},
                                              {417, "Expectation Failed"},
                                              {431, "Request Header Fields Too Large"},
                                              {500, "Internal Server Error"},
                                              {501, "Not Implemented"},
                                              {503, "Service Unavailable"},
                                              {505, "HTTP Version Not Supported"}}};

std::string two_digits(unsigned number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

}  // namespace

std::shared_ptr<const BodyFile> BodyFile::open(const std::string& path, std::error_code& error) {
  // O_NONBLOCK: opening a pipe would wait for its writer.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    error = {errno, std::generic_category()};
    return nullptr;
  }
  const std::shared_ptr<BodyFile> file(new BodyFile(fd));
  struct stat info = {};
  if (::fstat(fd, &info) != 0) {
    error = {errno, std::generic_category()};
    return nullptr;
  }
  if (!S_ISREG(info.st_mode)) {
    error = {S_ISDIR(info.st_mode) ? EISDIR : ENOTSUP, std::generic_category()};
    return nullptr;
  }
  file->size_ = static_cast<std::uint64_t>(info.st_size);
  std::string facts;
  for (const auto number :
       {static_cast<std::int64_t>(info.st_dev), static_cast<std::int64_t>(info.st_ino),
        static_cast<std::int64_t>(info.st_size), static_cast<std::int64_t>(info.st_mtim.tv_sec),
        static_cast<std::int64_t>(info.st_mtim.tv_nsec), static_cast<std::int64_t>(info.st_ctim.tv_sec),
        static_cast<std::int64_t>(info.st_ctim.tv_nsec)})
    facts += std::to_string(number) + " ";
  file->revision_ = hash128_hex(facts);
  return file;
}

BodyFile::~BodyFile() { ::close(fd_); }

std::ptrdiff_t BodyFile::read(std::uint64_t offset, char* out, std::size_t room) const {
  ssize_t n = 0;
  do n = ::pread(fd_, out, room, static_cast<off_t>(offset));
  while (n < 0 && errno == EINTR);
  return n;
}

const std::string* HttpResponse::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (to_lower_ascii(name) == lower_case_name) return &value;
  return nullptr;
}

HttpBody body_of(std::string bytes) {
  const std::uint64_t size = bytes.size();
  return {std::make_shared<const std::string>(std::move(bytes)), nullptr, 0, size};
}

HttpResponse make_response(int status, std::string_view content_type, std::string body) {
  HttpResponse response;
  response.status = status;
  if (status != 204) response.headers.emplace_back("Content-Type", content_type);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.body = body_of(std::move(body));
  return response;
}

HttpResponse plain_response(int status, std::string_view message) {
  std::string text = std::to_string(status) + " " + std::string(reason_of(status));
  if (!message.empty()) text.append(": ").append(message);
  return make_response(status, "text/plain; charset=utf-8", text + "\n");
}

std::string_view reason_of(int status) {
  const auto* const found = std::ranges::find(kReasons, status, &Reason::status);
  return found == kReasons.end() ? "Status" : found->text;
}

std::string head_text(const HttpResponse& response, BodyEnd end, bool keep_alive, std::int64_t now) {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + " ";
  text.append(reason_of(response.status)).append("\r\nDate: ").append(http_date(now)).append("\r\n");
  for (const auto& [name, value] : response.headers) text.append(name).append(": ").append(value).append("\r\n");
  // RFC 9110, 8.6: none with 204, and with 304 only what a 200 would have had, which nobody needs.
  if (end == BodyEnd::by_length && response.status != 204 && response.status != 304)
    text.append("Content-Length: ").append(std::to_string(response.body.size)).append("\r\n");
  // HTTP/1.0 keeps a connection only where it is told; 1.1 needs no word, and does not mind one.
  text.append(keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  return text;
}

std::string http_date(std::int64_t seconds) {
  static constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  using std::chrono::floor;
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::string text(kDays[std::chrono::weekday(day).c_encoding()]);
  text += ", " + two_digits(static_cast<unsigned>(date.day())) + " ";
  text += kMonths[static_cast<unsigned>(date.month()) - 1];
  text += " " + std::to_string(static_cast<int>(date.year())) + " ";
  text += two_digits(static_cast<unsigned>(clock.hours().count())) + ":";
  text += two_digits(static_cast<unsigned>(clock.minutes().count())) + ":";
  return text + two_digits(static_cast<unsigned>(clock.seconds().count())) + " GMT";
}

}  // namespace hardtop
