// JSON (RFC 8259) that is written by hand: a few members in a fixed order.
#pragma once

#include <string>
#include <string_view>

namespace hardtop {

// Adds `text` as a string, with its quotes. Bytes that are not UTF-8 become U+FFFD: JSON has no other way to hold them.
void append_json_string(std::string& out, std::string_view text);

// The same, as a value: json_string("a") is "\"a\"".
[[nodiscard]] std::string json_string(std::string_view text);

// Objects and arrays, member by member: each begins with a comma but for the first after a bracket.
class JsonWriter {
 public:
  JsonWriter& open(char bracket) {
    separate();
    out_ += bracket;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_ += bracket;
    return *this;
  }
  JsonWriter& name(std::string_view name) {
    separate();
    append_json_string(out_, name);
    out_ += ':';
    return *this;
  }
  JsonWriter& text(std::string_view value) {
    separate();
    append_json_string(out_, value);
    return *this;
  }
  JsonWriter& raw(std::string_view value) {
    separate();
    out_ += value;
    return *this;
  }
  JsonWriter& flag(bool value) { return raw(value ? "true" : "false"); }
  std::string take() { return std::move(out_); }

 private:
  void separate() {
    if (!out_.empty() && out_.back() != '{' && out_.back() != '[' && out_.back() != ':') out_ += ',';
  }
  std::string out_;
};

}  // namespace hardtop
