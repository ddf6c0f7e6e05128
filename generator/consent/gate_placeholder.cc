#include "consent/gate_placeholder.h"

#include <array>
#include <charconv>

#include "base/text.h"

namespace hardtop {
namespace {

constexpr int kBeacon = 2;  // pixels: what is no larger is there to be fetched, not seen
constexpr int kSmallWidth = 240, kSmallHeight = 120;

std::string value_of(const HtmlToken& token, std::string_view name) {
  const HtmlAttribute* attribute = token.find(name);
  return attribute ? decode_attribute(attribute->raw_value) : std::string();
}

// "640", " 640px" (HTML 2.3.4.4, as far as pixels go); nothing where it is no number, or a percentage.
std::optional<int> pixels(std::string_view text) {
  text = trim(text);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view rest = trim(text.substr(static_cast<std::size_t>(end - text.data())));
  if (error != std::errc() || value < 0 || (!rest.empty() && !equals_ascii_ci(rest, "px"))) return std::nullopt;
  return value;
}

// Lower case, without white space: "display:none;width:1px".
std::string squeezed(std::string_view style) {
  std::string out = ";";
  for (const char c : to_lower_ascii(style)) {
    if (static_cast<unsigned char>(c) > ' ') out += c;
  }
  return out;
}

bool style_hides(const HtmlToken& token) {
  const std::string style = squeezed(value_of(token, "style"));
  if (style.find(";display:none") != std::string::npos || style.find(";visibility:hidden") != std::string::npos)
    return true;
  for (const std::string_view side : {";width:", ";height:"}) {
    const std::size_t at = style.find(side);
    if (at == std::string::npos) continue;
    const std::string_view rest = std::string_view(style).substr(at + side.size());
    const std::optional<int> size = pixels(rest.substr(0, rest.find_first_of(";!")));
    if (size && *size <= kBeacon) return true;
  }
  return false;
}

std::optional<Placeholder::Kind> kind_of(const HtmlToken& token) {
  const auto is = [&](std::string_view name) { return equals_ascii_ci(token.name, name); };
  if (is("iframe") || is("fencedframe") || is("portal")) return Placeholder::Kind::frame;
  if (is("img") || is("image") || is("picture")) return Placeholder::Kind::image;
  if (is("video")) return Placeholder::Kind::video;
  if (is("object") || is("embed")) {
    return value_of(token, "type").starts_with("image/") ? Placeholder::Kind::image : Placeholder::Kind::frame;
  }
  return std::nullopt;
}

std::string url_of(const HtmlToken& token, const Url& document) {
  static constexpr std::array<std::string_view, 2> kNames = {"src", "data"};
  for (const std::string_view name : kNames) {
    const std::string raw = value_of(token, name);
    if (raw.empty()) continue;
    const std::optional<Url> url = parse_url(raw, &document);
    if (url && (url->scheme == "https" || url->scheme == "http")) return to_string(*url);
  }
  return "";
}

}  // namespace

PlaceholderReading read_placeholder(std::string_view markup, const Url& document) {
  PlaceholderReading out;
  HtmlScanner scanner(markup);
  HtmlToken token;
  if (!scanner.next(token)) return out;
  const std::optional<Placeholder::Kind> kind = kind_of(token);
  if (!kind) return out;
  Placeholder placeholder;
  placeholder.kind = *kind;
  if (equals_ascii_ci(token.name, "picture")) {
    while (scanner.next(token)) {
      if (token.kind == HtmlToken::Kind::start_tag && equals_ascii_ci(token.name, "img")) break;
      if (token.kind == HtmlToken::Kind::end_tag && equals_ascii_ci(token.name, "picture")) return out;
    }
  }
  out.element = token.name;
  out.offset = token.begin;
  out.length = token.end - token.begin;
  const std::optional<int> width = pixels(value_of(token, "width")), height = pixels(value_of(token, "height"));
  if (token.find("hidden") || style_hides(token) || (width && *width <= kBeacon) || (height && *height <= kBeacon)) {
    return out;
  }
  out.missing_size = !width || !height;
  placeholder.width = width.value_or(0);
  placeholder.height = height.value_or(0);
  placeholder.small = placeholder.width < kSmallWidth || placeholder.height < kSmallHeight;
  placeholder.poster = value_of(token, "data-poster");
  placeholder.url = url_of(token, document);
  for (const std::string_view name : {"title", "alt", "aria-label"}) {
    placeholder.title = value_of(token, name);
    if (!placeholder.title.empty()) break;
  }
  if (placeholder.url.empty() && placeholder.kind == Placeholder::Kind::video) {
    while (scanner.next(token)) {
      if (token.kind == HtmlToken::Kind::end_tag && equals_ascii_ci(token.name, "video")) break;
      if (token.kind != HtmlToken::Kind::start_tag || !equals_ascii_ci(token.name, "source")) continue;
      placeholder.url = url_of(token, document);
      if (!placeholder.url.empty()) break;
    }
  }
  out.placeholder = std::move(placeholder);
  return out;
}

}  // namespace hardtop
