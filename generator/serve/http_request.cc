#include "serve/http_request.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "base/http_token.h"
#include "base/text.h"
#include "base/url.h"

namespace hardtop {

namespace {

// RFC 9110, 5.5: no controls but the tab. Bytes beyond ASCII are let through (obs-text).
bool is_field_value(std::string_view text) {
  return std::ranges::none_of(text,
                              [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

// Whether every '%' begins an escape, none of which is NUL.
bool has_good_escapes(std::string_view text) {
  for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 3)) {
    if (at + 2 >= text.size() || !is_ascii_hex_digit(text[at + 1]) || !is_ascii_hex_digit(text[at + 2])) return false;
    if (text[at + 1] == '0' && text[at + 2] == '0') return false;
  }
  return true;
}

// Whether a list of tokens (RFC 9110, 5.6.1) names `lower_case_token`.
bool names_token(std::string_view list, std::string_view lower_case_token) {
  return std::ranges::any_of(split(list, ','),
                             [&](std::string_view each) { return to_lower_ascii(trim(each)) == lower_case_token; });
}

class RequestReader {
 public:
  RequestReader(std::string_view bytes, const RequestLimits& limits) : bytes_(bytes), limits_(limits) {}

  ParsedRequest read() {
    while (at_ < bytes_.size() && (bytes_[at_] == '\r' || bytes_[at_] == '\n')) ++at_;  // RFC 9112, 2.2
    begin_ = at_;
    if (at_ < bytes_.size() && static_cast<unsigned char>(bytes_[at_]) == 0x16)
      return fail(400, "this is a TLS handshake: the address begins with http://, not https://");
    std::string_view line;
    if (!next_line(line)) return incomplete_head();
    if (!read_request_line(line)) return std::move(out_);
    do {
      if (!next_line(line)) return incomplete_head();
      if (!line.empty() && !read_header(line)) return std::move(out_);
    } while (!line.empty());
    if (at_ - begin_ > limits_.head) return fail(431, "the headers are too large");
    if (!judge_head()) return std::move(out_);
    return read_body();
  }

 private:
  ParsedRequest fail(int status, std::string message) {
    out_.state = ParsedRequest::State::failed;
    out_.status = status;
    out_.message = std::move(message);
    return std::move(out_);
  }
  bool refuse(int status, std::string message) {
    out_ = fail(status, std::move(message));
    return false;
  }

  // False where the line is not there yet.
  bool next_line(std::string_view& line) {
    const std::size_t end = bytes_.find('\n', at_);
    if (end == bytes_.npos) return false;
    line = bytes_.substr(at_, end - at_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at_ = end + 1;
    return true;
  }

  ParsedRequest incomplete_head() {
    const bool in_first_line = bytes_.find('\n', begin_) == bytes_.npos;
    if (in_first_line && bytes_.size() - begin_ > limits_.target + 32) return fail(414, "the address is too long");
    if (bytes_.size() - begin_ > limits_.head) return fail(431, "the headers are too large");
    return std::move(out_);
  }

  bool read_request_line(std::string_view line) {
    const std::size_t first = line.find(' '), last = line.rfind(' ');
    if (first == line.npos || first == last) return refuse(400, "the request line is no METHOD PATH HTTP/1.1");
    const std::string_view method = line.substr(0, first), target = line.substr(first + 1, last - first - 1),
                           version = line.substr(last + 1);
    if (!version.starts_with("HTTP/") || version.size() != 8 || version[6] != '.' || !is_ascii_digit(version[5]) ||
        !is_ascii_digit(version[7]) || !is_http_token(method))
      return refuse(400, "the request line is no METHOD PATH HTTP/1.1");
    if (version[5] != '1') return refuse(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    request().method = method;
    request().minor_version = version[7] == '0' ? 0 : 1;
    if (target.size() > limits_.target) return refuse(414, "the address is too long");
    return read_target(target);
  }

  bool read_target(std::string_view target) {
    // URLs hold visible ASCII only. Some clients send UTF-8 as it is: it is taken for what it would be encoded as.
    if (std::ranges::any_of(target, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }))
      return refuse(400, "the address holds a space or a control character");
    if (target == "*" ||
        request().method == "CONNECT") {  // RFC 9112, 3.2.3 and 3.2.4: both are refused by their method
      request().raw_path = request().path = "/";
      return true;
    }
    if (!target.starts_with('/')) {  // RFC 9112, 3.2.2: as proxies are asked; its host wins over the Host header
      constexpr std::string_view kScheme = "http://";
      if (to_lower_ascii(target.substr(0, kScheme.size())) != kScheme)
        return refuse(400, "the address does not begin with '/'");
      target.remove_prefix(kScheme.size());
      const std::size_t end = std::min(target.find_first_of("/?"), target.size());
      target_host_ = target.substr(0, end);
      target.remove_prefix(end);
    }
    target = target.substr(0, target.find('#'));
    const std::size_t question = std::min(target.find('?'), target.size());
    request().raw_path = question == 0 ? "/" : target.substr(0, question);
    request().query = target.substr(std::min(question + 1, target.size()));
    if (!has_good_escapes(request().raw_path)) return refuse(400, "the address holds a '%' that begins no %XX");
    if (auto path = decode_url_path(request().raw_path)) request().path = std::move(*path);
    return true;
  }

  bool read_header(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') return refuse(400, "a header is folded over two lines");
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !is_http_token(line.substr(0, colon))) return refuse(400, "a header is no NAME: VALUE");
    const std::string_view value = line.substr(colon + 1);
    if (!is_field_value(value)) return refuse(400, "a header holds a control character");
    request().headers.emplace_back(to_lower_ascii(line.substr(0, colon)), trim(value));
    if (request().headers.size() > 100) return refuse(431, "there are too many headers");
    return true;
  }

  // What the headers say about the message itself (RFC 9112, 3.2, 6.3, 9.3; RFC 9110, 10.1.1).
  bool judge_head() {
    const auto count = std::ranges::count(request().headers, std::string_view("host"),
                                          [](const auto& h) { return std::string_view(h.first); });
    if (count > 1) return refuse(400, "there are several Host headers");
    if (count == 0 && request().minor_version > 0) return refuse(400, "the Host header is missing");
    if (const std::string* host = request().header("host")) request().host = *host;
    if (!target_host_.empty()) request().host = target_host_;

    const std::string connection = request().header_list("connection");
    request().keep_alive =
        request().minor_version > 0 ? !names_token(connection, "close") : names_token(connection, "keep-alive");

    const std::string lengths = request().header_list("content-length");
    if (request().header("transfer-encoding")) {
      if (!lengths.empty()) return refuse(400, "there are both Content-Length and Transfer-Encoding");
      return refuse(411, "a body needs a Content-Length");
    }
    if (!lengths.empty() && !read_length(lengths)) return false;
    if (const std::string* expect = request().header("expect"); expect && request().minor_version > 0) {
      if (to_lower_ascii(*expect) != "100-continue") return refuse(417, "only 100-continue can be expected");
      expects_continue_ = length_ > 0;
    }
    return true;
  }

  bool read_length(std::string_view lengths) {
    bool first = true;
    for (std::string_view each : split(lengths, ',')) {
      each = trim(each);
      std::size_t length = 0;
      const auto [end, error] = std::from_chars(each.data(), each.data() + each.size(), length);
      if (error == std::errc::result_out_of_range) return refuse(413, "the body is too large");
      if (error != std::errc() || end != each.data() + each.size() || (!first && length != length_))
        return refuse(400, "the Content-Length is no number");
      first = false;
      length_ = length;
    }
    return length_ <= limits_.body || refuse(413, "the body is too large");
  }

  ParsedRequest read_body() {
    if (bytes_.size() - at_ < length_) {
      out_.expects_continue = expects_continue_ && bytes_.size() == at_;
      return std::move(out_);
    }
    request().body = bytes_.substr(at_, length_);
    out_.used = at_ + length_;
    out_.state = ParsedRequest::State::complete;
    return std::move(out_);
  }

  HttpRequest& request() { return out_.request; }

  std::string_view bytes_;
  const RequestLimits& limits_;
  std::size_t begin_ = 0, at_ = 0, length_ = 0;
  bool expects_continue_ = false;
  std::string_view target_host_;
  ParsedRequest out_;
};

std::string decode_form(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return decode_percent(spaced);
}

}  // namespace

const std::string* HttpRequest::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return &value;
  return nullptr;
}

std::string HttpRequest::header_list(std::string_view lower_case_name) const {
  std::string list;
  for (const auto& [name, value] : headers) {
    if (name != lower_case_name) continue;
    if (!list.empty()) list += ", ";
    list += value;
  }
  return list;
}

std::optional<std::string> HttpRequest::parameter(std::string_view name) const {
  for (const std::string_view pair : split(query, '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (decode_form(pair.substr(0, equals)) == name) return decode_form(pair.substr(std::min(equals + 1, pair.size())));
  }
  return std::nullopt;
}

ParsedRequest parse_request(std::string_view bytes, const RequestLimits& limits) {
  return RequestReader(bytes, limits).read();
}

std::optional<std::string> decode_url_path(std::string_view raw_path) {
  if (!raw_path.starts_with('/')) return std::nullopt;
  const std::vector<std::string_view> parts = split(raw_path.substr(1), '/');
  std::string path;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string part = decode_percent(parts[i]);
    const bool is_last = i + 1 == parts.size();
    if ((part.empty() && !is_last) || part == "." || part == ".." ||
        part.find_first_of(std::string_view("/\0", 2)) != part.npos)
      return std::nullopt;
    path += '/';
    path += part;
  }
  return path;
}

}  // namespace hardtop
