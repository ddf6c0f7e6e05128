#include "base/xml.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace hardtop {

namespace {

constexpr std::string_view kSpaces = " \t\r\n";

bool is_space(char c) { return kSpaces.find(c) != kSpaces.npos; }

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kSpaces, at), text.size());
}

// "#65", "#x41", "amp"; nothing of what is not known.
std::string decode_reference(std::string_view name) {
  if (name == "amp") return "&";
  if (name == "lt") return "<";
  if (name == "gt") return ">";
  if (name == "quot") return "\"";
  if (name == "apos") return "'";
  if (name.size() < 2 || name[0] != '#') return {};
  const bool hex = name[1] == 'x';
  unsigned code = 0;
  for (const char c : name.substr(hex ? 2 : 1)) {
    const int digit = hex || is_ascii_digit(c) ? hex_value(c) : -1;
    if (digit < 0) return {};
    code = std::min(code * (hex ? 16U : 10U) + static_cast<unsigned>(digit), 0x110000U);
  }
  std::string out;
  if (code != 0) append_utf8(out, code);
  return out;
}

}  // namespace

const XmlAttribute* XmlToken::find(std::string_view wanted) const {
  const auto found = std::ranges::find(attributes, wanted, &XmlAttribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

bool XmlScanner::next(XmlToken& token) {
  if (at_ >= document_.size()) return false;
  token.begin = at_;
  token.attributes.clear();
  token.name = token.content = token.public_id = token.system_id = {};
  token.self_closing = false;
  const std::string_view rest = document_.substr(at_);
  if (rest[0] != '<') {
    token.kind = XmlToken::Kind::text;
    token.content = rest.substr(0, rest.find('<'));
    token.content_offset = at_;
    at_ += token.content.size();
  } else if (rest.starts_with("<!--")) {
    read_delimited(token, XmlToken::Kind::comment, 4, "-->");
  } else if (rest.starts_with("<![CDATA[")) {
    read_delimited(token, XmlToken::Kind::cdata, 9, "]]>");
  } else if (rest.starts_with("<?")) {
    read_instruction(token);
  } else if (rest.starts_with("<!")) {
    read_doctype(token);
  } else {
    read_tag(token);
  }
  token.end = at_;
  return true;
}

void XmlScanner::read_delimited(XmlToken& token, XmlToken::Kind kind, std::size_t open, std::string_view close) {
  token.kind = kind;
  token.content_offset = at_ + open;
  const std::size_t end = document_.find(close, token.content_offset);
  token.content = document_.substr(token.content_offset, end == document_.npos ? end : end - token.content_offset);
  at_ = end == document_.npos ? document_.size() : end + close.size();
}

void XmlScanner::read_instruction(XmlToken& token) {
  read_delimited(token, XmlToken::Kind::instruction, 2, "?>");
  token.name = token.content.substr(0, token.content.find_first_of(kSpaces));
  token.content.remove_prefix(token.name.size());
  token.content_offset += token.name.size();
  read_attributes(token, token.content, token.content_offset);
}

// <!DOCTYPE name PUBLIC "…" "…" […]>: '>' in quotes, comments, instructions and brackets does not end it.
void XmlScanner::read_doctype(XmlToken& token) {
  token.kind = XmlToken::Kind::doctype;
  std::vector<std::string_view> words;
  std::size_t bracket = document_.npos;
  const auto skip_to = [&](std::string_view what, std::size_t from) {
    const std::size_t end = document_.find(what, from);
    at_ = end == document_.npos ? document_.size() : end + what.size();
  };
  at_ += 2;
  while (at_ < document_.size()) {
    const char c = document_[at_];
    if (c == '"' || c == '\'') {
      const std::size_t begin = at_ + 1;
      const std::size_t end = std::min(document_.find(c, begin), document_.size());
      at_ = std::min(end + 1, document_.size());
      if (bracket == document_.npos) {
        const std::string_view literal = document_.substr(begin, end - begin);
        if (!words.empty() && words.back() == "PUBLIC" && token.public_id.data() == nullptr) {
          token.public_id = literal;
        } else {
          token.system_id = literal;
          token.system_id_offset = begin;
        }
      }
    } else if (document_.substr(at_).starts_with("<!--")) {
      skip_to("-->", at_ + 4);
    } else if (document_.substr(at_).starts_with("<?")) {
      skip_to("?>", at_ + 2);
    } else if (c == '[' && bracket == document_.npos) {
      bracket = ++at_;
    } else if (c == ']' && bracket != document_.npos && token.content.data() == nullptr) {
      token.content = document_.substr(bracket, at_ - bracket);
      token.content_offset = bracket;
      ++at_;
    } else if (c == '>' && (bracket == document_.npos || token.content.data() != nullptr)) {
      ++at_;
      break;
    } else if (is_space(c) || c == '>' || c == '<' || c == '[' || c == ']') {
      ++at_;
    } else {
      const std::size_t end = std::min(document_.find_first_of(" \t\r\n\"'<>[]", at_), document_.size());
      if (bracket == document_.npos) words.push_back(document_.substr(at_, end - at_));
      at_ = end;
    }
  }
  if (bracket != document_.npos && token.content.data() == nullptr) token.content = document_.substr(bracket);
  if (words.size() > 1) token.name = words[1];
}

// After the '>' that is in no quotes.
std::size_t XmlScanner::end_of_tag(std::size_t from) const {
  while (true) {
    const std::size_t at = document_.find_first_of("\"'>", from);
    if (at == document_.npos) return at;
    if (document_[at] == '>') return at + 1;
    const std::size_t close = document_.find(document_[at], at + 1);
    if (close == document_.npos) return close;
    from = close + 1;
  }
}

void XmlScanner::read_tag(XmlToken& token) {
  const bool closes = document_.substr(at_).starts_with("</");
  token.kind = closes ? XmlToken::Kind::end_tag : XmlToken::Kind::start_tag;
  const std::size_t begin = at_ + (closes ? 2 : 1);
  const std::size_t end = end_of_tag(begin);
  at_ = end == document_.npos ? document_.size() : end;
  std::string_view inside = document_.substr(begin, at_ - begin);
  if (inside.ends_with('>')) inside.remove_suffix(1);
  token.self_closing = !closes && inside.ends_with('/');
  if (token.self_closing) inside.remove_suffix(1);
  token.name = inside.substr(0, inside.find_first_of(" \t\r\n/"));
  inside.remove_prefix(token.name.size());
  if (!closes) read_attributes(token, inside, begin + token.name.size());
}

void XmlScanner::read_attributes(XmlToken& token, std::string_view text, std::size_t offset) {
  std::size_t at = 0;
  while ((at = skip_spaces(text, at)) < text.size()) {
    if (text[at] == '/' || text[at] == '=' || text[at] == '"' || text[at] == '\'') {
      ++at;
      continue;
    }
    const std::size_t name_end = std::min(text.find_first_of(" \t\r\n=", at), text.size());
    XmlAttribute attribute;
    attribute.name = text.substr(at, name_end - at);
    at = skip_spaces(text, name_end);
    if (at >= text.size() || text[at] != '=') continue;
    at = skip_spaces(text, at + 1);
    std::size_t end;
    if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
      end = std::min(text.find(text[at], at + 1), text.size());
      ++at;
    } else {
      end = std::min(text.find_first_of(kSpaces, at), text.size());
    }
    attribute.raw_value = text.substr(at, end - at);
    attribute.offset = offset + at;
    token.attributes.push_back(attribute);
    at = end + 1;
    if (at > text.size()) at = text.size();
  }
}

std::string decode_xml(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const char c = raw[at];
    if (c == '\r') {
      if (at + 1 >= raw.size() || raw[at + 1] != '\n') out += '\n';
      continue;
    }
    if (c == '&') {
      // A reference is short; a longer one names nothing.
      const std::string_view ahead = raw.substr(at + 1, 40);
      const std::size_t end = ahead.find(';');
      if (end != ahead.npos) {
        if (const std::string decoded = decode_reference(ahead.substr(0, end)); !decoded.empty()) {
          out += decoded;
          at += end + 1;
          continue;
        }
      }
    }
    out += c;
  }
  return out;
}

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string_view prefix_of(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == name.npos ? std::string_view() : name.substr(0, colon);
}

}  // namespace hardtop
