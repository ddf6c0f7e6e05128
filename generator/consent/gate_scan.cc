#include "consent/gate_scan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/css.h"
#include "base/html_tags.h"
#include "base/text.h"
#include "consent/gate_values.h"
#include "consent/judgement.h"

namespace hardtop {
namespace {

// As the document holds it: line ends are LF, NUL is U+FFFD.
std::string normalize_text(std::string_view text) {
  if (text.find('\r') == std::string_view::npos && text.find('\0') == std::string_view::npos) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      out += '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else if (text[i] == '\0') {
      out += "\xEF\xBF\xBD";
    } else {
      out += text[i];
    }
  }
  return out;
}

bool needs_decoding(std::string_view raw) {
  return std::ranges::any_of(raw, [](char c) { return c == '&' || c == '\r' || c == '\0'; });
}

// What the text of a <script> is (HTML 4.12.1.1, "prepare the script element"); of other types it is data.
enum class ScriptType { code, import_map, speculation_rules, data };
ScriptType script_type(const HtmlToken& token) {
  static constexpr std::array<std::string_view, 17> kJavaScript = {"application/ecmascript",
                                                                   "application/javascript",
                                                                   "application/x-ecmascript",
                                                                   "application/x-javascript",
                                                                   "text/ecmascript",
                                                                   "text/javascript",
                                                                   "text/javascript1.0",
                                                                   "text/javascript1.1",
                                                                   "text/javascript1.2",
                                                                   "text/javascript1.3",
                                                                   "text/javascript1.4",
                                                                   "text/javascript1.5",
                                                                   "text/jscript",
                                                                   "text/livescript",
                                                                   "text/x-ecmascript",
                                                                   "text/x-javascript",
                                                                   "module"};
  const HtmlAttribute* attribute = token.find("type");
  std::string type = attribute ? decode_attribute(attribute->raw_value) : "";
  if (!attribute) {
    const std::string language = attribute_of(token, "language");
    if (!language.empty()) type = "text/" + language;
  }
  if (type.empty()) return ScriptType::code;
  type = to_lower_ascii(trim(type));
  if (type == "importmap") return ScriptType::import_map;
  if (type == "speculationrules") return ScriptType::speculation_rules;
  return std::ranges::find(kJavaScript, type) != kJavaScript.end() ? ScriptType::code : ScriptType::data;
}

// <a href> with a path, a fragment, or an address of the web: most attributes that mean something, and they only lead somewhere
// (GateScan::target looks at the others).
bool is_usual_link(const HtmlToken& token, const HtmlAttribute& attribute) {
  if (token.name != "a" || attribute.name != "href" || attribute.raw_value.empty()) return false;
  const char first = attribute.raw_value[0];
  return first == '/' || first == '#' || first == 'h' || first == '.';
}

}  // namespace

GateScan::GateScan(const GateSite& site, std::string_view document, std::string_view url, GateMode mode)
    : site_(site), document_(document), url_text_(url), mode_(mode) {}

const Url& GateScan::url() {
  if (!url_) url_ = parse_url(url_text_, &site_.services.base());
  if (!url_) url_ = site_.services.base();
  return *url_;
}

void GateScan::see_closely(const HtmlToken& token) {
  if (foreign_text_) follow_foreign_text(token);
  switch (token.kind) {
    case HtmlToken::Kind::start_tag:
      start_tag(token);
      break;
    case HtmlToken::Kind::raw_text: {
      const std::string_view text = document_.substr(token.begin, token.end - token.begin);
      holder_.offset = token.begin;
      holder_.length = token.end - token.begin;
      text_of_element(holder_, text, true);
      holds_ = Holds::nothing;
      break;
    }
    default:
      break;
  }
  if (token.foreign || token.kind == HtmlToken::Kind::cdata) misleads_ahead = misleads_ahead || misleads(token);
  if (token.disputed && !disputed_) {
    disputed_ = true;
    problems.push_back(
        {token.begin, token.end - token.begin, "consent/ambiguous-html",
         "browsers differ in how they read what begins with <" + std::string(token.name) + "> here",
         "write it in a way that all browsers read alike: close every element inside what it is in, and keep raw text, "
         "svg and math out of <select>"});
  }
}

void GateScan::finish() {
  if (mode_ == GateMode::document) encoding_of_whole();
  if (foreign_text_) {
    HtmlToken end;
    end.begin = end.end = document_.size();
    end.kind = HtmlToken::Kind::end_tag;
    end.name = holder_.element;
    follow_foreign_text(end);
  }
}

void GateScan::start_tag(const HtmlToken& token) {
  holds_ = Holds::nothing;
  switch (token.name.size()) {
    case 4:
      if (equals_ascii_ci(token.name, "meta")) encoding(token);
      break;
    case 5:
      if (equals_ascii_ci(token.name, "style")) holds_ = Holds::style;
      break;
    case 6:
      if (equals_ascii_ci(token.name, "script")) {
        const ScriptType type = script_type(token);
        if (type == ScriptType::import_map) has_import_map = true;
        holds_ = type == ScriptType::code                ? Holds::script
                 : type == ScriptType::import_map        ? Holds::json_of_script
                 : type == ScriptType::speculation_rules ? Holds::json_of_speculation
                                                         : Holds::nothing;
      }
      break;
    case 8:
      if (equals_ascii_ci(token.name, "noscript")) saw_noscript = true;
      if (!equals_ascii_ci(token.name, "frameset")) break;
      misleads_ahead = true;  // raw text is none there
      if (mode_ != GateMode::document) {
        problem({token.begin, token.begin, token.end - token.begin, token.name, {}, Moves::never},
                "consent/ambiguous-html", "<frameset> stands in what is a part of other documents", "remove it");
      }
      break;
    default:
      break;
  }
  if (holds_ != Holds::nothing) {
    holder_ = {token.begin, token.begin, token.end - token.begin, token.name, {}, Moves::element};
    // Without code of its own, but nothing to say about the element's text where it has a source.
    if (equals_ascii_ci(token.name, "script") && token.find("src") && !token.foreign) holds_ = Holds::nothing;
    if (token.foreign && !token.self_closing && holds_ != Holds::nothing) {
      foreign_text_ = true;
      foreign_from_ = token.end;
      foreign_code_.clear();
    }
  }
  for (const HtmlAttribute& attribute : token.attributes) {
    const std::string_view name = attribute.name;
    if (name.size() > 2 && (name[0] == 'o' || name[0] == 'O') && (name[1] == 'n' || name[1] == 'N')) {
      handler(token, attribute);
    } else if (is_usual_link(token, attribute)) {
      continue;
    } else if (const GateVector* row = find_gate_vector(token.name, name)) {
      this->attribute(token, attribute, *row);
    }
  }
}

// CDATA, and elements that hold raw text elsewhere and here more than that: whoever looks ahead reads them as there.
bool GateScan::misleads(const HtmlToken& token) const {
  if (token.kind == HtmlToken::Kind::cdata) return true;
  if (token.kind != HtmlToken::Kind::start_tag || !kRawText.holds(html_tag_of(token.name))) return false;
  const std::size_t next = std::min(document_.find('<', token.end), document_.size());
  const std::string_view end = document_.substr(next, 2 + token.name.size());
  return token.self_closing || !end.starts_with("</") || to_lower_ascii(end.substr(2)) != to_lower_ascii(token.name);
}

// Markup in an element of svg or math that holds code: its text, until it is closed.
void GateScan::follow_foreign_text(const HtmlToken& token) {
  const std::string_view text = document_.substr(foreign_from_, std::max(token.begin, foreign_from_) - foreign_from_);
  foreign_code_ += decode_attribute(text);
  foreign_from_ = token.end;
  switch (token.kind) {
    case HtmlToken::Kind::comment:
      return;
    case HtmlToken::Kind::cdata: {
      std::string_view section = document_.substr(token.begin + 9, token.end - token.begin - 9);
      if (section.ends_with("]]>")) section.remove_suffix(3);
      foreign_code_ += section;
      return;
    }
    case HtmlToken::Kind::end_tag:
      break;
    default:
      problem(holder_, "consent/ambiguous-html",
              "<" + std::string(holder_.element) + "> in svg or math holds an element", "write only text into it");
  }
  foreign_text_ = false;
  text_of_element(holder_, foreign_code_, false);
  holds_ = Holds::nothing;
}

void GateScan::text_of_element(const At& at, std::string_view text, bool at_offset) {
  switch (holds_) {
    case Holds::nothing:
      return;
    case Holds::script:
      codes.push_back({at.token, at.offset, at.length, at_offset, InlineCode::Kind::script, normalize_text(text)});
      return;
    case Holds::json_of_script:
    case Holds::json_of_speculation:
      needs.inline_code.push_back({InlineCode::Kind::script, normalize_text(text)});
      return json(at, text, holds_ == Holds::json_of_speculation);
    case Holds::style:
      needs.inline_code.push_back({InlineCode::Kind::style, normalize_text(text)});
      At fixed = at;
      fixed.moves = Moves::never;
      return css(fixed, text, true, at_offset);
  }
}

// ---- Attributes ----

void GateScan::attribute(const HtmlToken& token, const HtmlAttribute& attribute, const GateVector& row) {
  const std::string_view raw = attribute.raw_value;
  const At at{token.begin,    static_cast<std::size_t>(raw.data() - document_.data()),
              raw.size(),     token.name,
              attribute.name, row.moves};
  if (row.attribute == "data-remember") has_memory_form = true;
  if (row.reads == Reads::nothing || (!attribute.has_value && row.reads != Reads::service)) return;
  if (row.reads == Reads::refresh && !token.find("http-equiv")) return;
  if (row.reads == Reads::target) return target(token, attribute, at);
  if (row.reads == Reads::paint && raw.find('(') == std::string_view::npos &&
      raw.find('\\') == std::string_view::npos && raw.find('&') == std::string_view::npos) {
    return;
  }
  const bool decode = needs_decoding(raw);
  if (row.reads == Reads::url && !decode && is_surely_own(raw)) {
    return own_file(at, raw, row.directive);
  }
  const std::string decoded = decode ? decode_attribute(raw) : std::string();
  const std::string_view value = decode ? std::string_view(decoded) : raw;
  const auto part = [&](std::string_view piece) {
    At where = at;
    if (!decode) {
      where.offset += static_cast<std::size_t>(piece.data() - raw.data());
      where.length = piece.size();
    }
    return where;
  };
  switch (row.reads) {
    case Reads::url:
      return fetch(at, value, row.directive);
    case Reads::urls:
      for (const std::string_view url : split_words(value)) fetch(part(url), url, row.directive);
      return;
    case Reads::srcset:
      for (const std::string_view url : split_srcset(value)) fetch(part(url), url, row.directive);
      return;
    case Reads::link:
      return link(token, at, value);
    case Reads::form:
      return form(at, value);
    case Reads::base: {
      const Owner owner = site_.services.owner_of(value, url());
      if (owner.party == Party::necessary) return found(at, owner, value);
      return fetch(at, value, std::nullopt);
    }
    case Reads::refresh:
      if (equals_ascii_ci(trim(attribute_of(token, "http-equiv")), "refresh")) {
        if (const auto url = refresh_url(value)) fetch(part(*url), *url, std::nullopt);
      } else if (equals_ascii_ci(trim(attribute_of(token, "http-equiv")), "x-dns-prefetch-control") &&
                 equals_ascii_ci(trim(value), "on")) {
        problem(at, "consent/cannot-gate", "this makes browsers look up the host of every link on the page",
                "remove it");
      }
      return;
    case Reads::document:
      return inner_document(at, std::string(value));
    case Reads::style:
      return style_attribute(at, value, !decode);
    case Reads::paint:
      return css(at, value, false, !decode);
    case Reads::animation:
      return animation(token, at, value);
    case Reads::service:
      return service(token, at, value);
    case Reads::nothing:
    case Reads::target:
      return;
  }
}

// In UTF-16 and in ISO-2022-JP, which change what ASCII bytes mean, tags would be others than those that are read here; in all but
// UTF-8, what hardtop puts into the page would be.
void GateScan::encoding(const HtmlToken& token) {
  const HtmlAttribute* attribute = token.find("charset");
  if (!attribute && !token.find("http-equiv")) return;
  std::string name = attribute_of(token, "charset");
  if (!attribute && equals_ascii_ci(trim(attribute_of(token, "http-equiv")), "content-type")) {
    attribute = token.find("content");
    const std::string content = to_lower_ascii(attribute_of(token, "content"));
    std::size_t at = content.find("charset");
    if (at == std::string::npos) return;
    at = content.find_first_not_of(" \t\n\f\r=\"'", at + 7);
    if (at == std::string::npos) return;
    name = content.substr(at, content.find_first_of(" \t\n\f\r;\"'", at) - at);
  }
  if (!attribute) return;
  names_encoding_ = true;
  if (is_readable_encoding(name)) return;
  problems.push_back({token.begin, token.end - token.begin, "consent/unreadable-file",
                      "the page says that its encoding is '" + name + "', and hardtop reads UTF-8",
                      "save it in the encoding UTF-8 and write <meta charset=\"utf-8\">"});
}

void GateScan::encoding_of_whole() {
  const char* const kMend = "save it in the encoding UTF-8";
  if (begins_as_utf16(document_)) {
    problems.push_back({0, 2, "consent/unreadable-file", "the page is in UTF-16, and hardtop reads UTF-8", kMend});
  }
  if (document_.starts_with("<?xml")) {
    const std::string_view declaration = document_.substr(0, document_.find('>'));
    const std::size_t at = declaration.find("encoding");
    std::size_t begin = at;
    if (at != std::string_view::npos) begin = declaration.find_first_not_of(" \t\n\f\r=\"'", at + 8);
    if (begin < declaration.size()) {
      const std::size_t end = std::min(declaration.find_first_of("\"'? ", begin), declaration.size());
      const std::string name(declaration.substr(begin, end - begin));
      names_encoding_ = true;
      if (!is_readable_encoding(name)) {
        problems.push_back({begin, end - begin, "consent/unreadable-file",
                            "the page says that its encoding is '" + name + "', and hardtop reads UTF-8", kMend});
      }
    }
  }
  // Where nothing is said, browsers guess, and guess ISO-2022-JP from this.
  if (const std::size_t escape = names_encoding_ ? std::string_view::npos : document_.find('\x1B');
      escape != std::string_view::npos) {
    problems.push_back({escape, 1, "consent/unreadable-file",
                        "the page does not say its encoding, and holds escape characters by which browsers guess one",
                        "remove them, or write <meta charset=\"utf-8\"> at the begin of <head>"});
  }
}

void GateScan::link(const HtmlToken& token, const At& at, std::string_view value) {
  for (const std::optional<CspDirective>& directive :
       loads_of_link(attribute_of(token, "rel"), attribute_of(token, "as"))) {
    fetch(at, value, directive);
  }
}

void GateScan::animation(const HtmlToken& token, const At& at, std::string_view value) {
  const std::string animated = to_lower_ascii(attribute_of(token, "attributename"));
  for (const std::string_view part : split(value, ';')) {
    if (animated.ends_with("href") || animated == "src") {
      fetch(at, part, CspDirective::img);
    } else if (may_hold_css_url(part)) {
      css(at, part, false, false);
    }
  }
}

// Code of an event handler. Names that no browser knows are taken for handlers too.
void GateScan::handler(const HtmlToken& token, const HtmlAttribute& attribute) {
  const std::string_view raw = attribute.raw_value;
  if (raw.empty()) return;
  codes.push_back({token.begin, static_cast<std::size_t>(raw.data() - document_.data()), raw.size(),
                   !needs_decoding(raw), InlineCode::Kind::handler, decode_attribute(raw)});
}

void GateScan::style_attribute(const At& at, std::string_view value, bool at_offset) {
  if (value.empty()) return;
  needs.inline_code.push_back({InlineCode::Kind::style_attribute, std::string(value)});
  if (may_hold_css_url(value)) css(at, value, false, at_offset);
}

}  // namespace hardtop
