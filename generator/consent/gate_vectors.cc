// The table, and a hash table over it that the compiler makes: most attributes of most pages mean nothing, and are told by their
// length and first letter.
#include "consent/gate_vectors.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/html.h"

namespace hardtop {
namespace {

using D = CspDirective;
using R = Reads;
using M = Moves;

constexpr std::array kVectors = {
    // Scripts
    GateVector{"script", "src", R::url, D::script},
    GateVector{"script", "href", R::url, D::script},  // of SVG
    GateVector{"script", "xlink:href", R::url, D::script},
    GateVector{"script", "attributionsrc", R::urls, D::connect},
    // Images
    GateVector{"img", "src", R::url, D::img},
    GateVector{"img", "srcset", R::srcset, D::img},
    GateVector{"img", "lowsrc", R::url, D::img},  // of the nineties
    GateVector{"img", "dynsrc", R::url, D::media},
    GateVector{"img", "attributionsrc", R::urls, D::connect},
    GateVector{"img", "longdesc", R::nothing},
    GateVector{"img", "usemap", R::nothing},
    GateVector{"image", "src", R::url, D::img},  // <image> is <img>, in HTML
    GateVector{"image", "srcset", R::srcset, D::img},
    GateVector{"image", "lowsrc", R::url, D::img},
    GateVector{"image", "dynsrc", R::url, D::media},
    GateVector{"image", "attributionsrc", R::urls, D::connect},
    GateVector{"input", "src", R::url, D::img},
    GateVector{"source", "src", R::url, D::media},
    GateVector{"source", "srcset", R::srcset, D::img},
    GateVector{"command", "icon", R::url, D::img},
    GateVector{"menuitem", "icon", R::url, D::img},
    GateVector{"body", "background", R::url, D::img, M::never},
    GateVector{"table", "background", R::url, D::img, M::never},
    GateVector{"thead", "background", R::url, D::img, M::never},
    GateVector{"tbody", "background", R::url, D::img, M::never},
    GateVector{"tfoot", "background", R::url, D::img, M::never},
    GateVector{"colgroup", "background", R::url, D::img, M::never},
    GateVector{"col", "background", R::url, D::img, M::never},
    GateVector{"tr", "background", R::url, D::img, M::never},
    GateVector{"td", "background", R::url, D::img, M::never},
    GateVector{"th", "background", R::url, D::img, M::never},
    // Sound, film, models
    GateVector{"video", "src", R::url, D::media},
    GateVector{"video", "poster", R::url, D::img},
    GateVector{"audio", "src", R::url, D::media},
    GateVector{"track", "src", R::url, D::media},
    GateVector{"bgsound", "src", R::url, D::media},
    GateVector{"model", "src", R::url, D::media},
    GateVector{"model", "environmentmap", R::url, D::img},
    // Documents in documents
    GateVector{"iframe", "src", R::url, D::frame},
    GateVector{"iframe", "srcdoc", R::document, D::frame},
    GateVector{"iframe", "longdesc", R::nothing},
    GateVector{"frame", "src", R::url, D::frame, M::never},
    GateVector{"frame", "longdesc", R::nothing},
    GateVector{"fencedframe", "src", R::url, D::frame},
    GateVector{"portal", "src", R::url, D::frame},
    GateVector{"embed", "src", R::url, D::object},
    GateVector{"embed", "code", R::url, D::object},
    GateVector{"embed", "pluginspage", R::nothing},
    GateVector{"object", "data", R::url, D::object},
    GateVector{"object", "archive", R::urls, D::object},
    GateVector{"object", "classid", R::url, D::object},
    GateVector{"object", "codebase", R::url, D::object},
    GateVector{"object", "code", R::url, D::object},
    GateVector{"object", "usemap", R::nothing},
    GateVector{"applet", "code", R::url, D::object},
    GateVector{"applet", "codebase", R::url, D::object},
    GateVector{"applet", "archive", R::urls, D::object},
    GateVector{"applet", "object", R::url, D::object},
    GateVector{"param", "value", R::nothing},  // of plugins, which are gone
    // What belongs to the document
    GateVector{"link", "href", R::link},
    GateVector{"link", "imagesrcset", R::srcset, D::img},
    GateVector{"base", "href", R::base, D::connect, M::never},
    GateVector{"meta", "content", R::refresh, D::connect, M::never},
    GateVector{"html", "manifest", R::url, D::manifest, M::never},
    GateVector{"head", "profile", R::nothing},
    // Links
    GateVector{"a", "href", R::target},
    GateVector{"a", "xlink:href", R::target},
    GateVector{"area", "href", R::target},
    GateVector{"a", "ping", R::urls, D::connect, M::never},
    GateVector{"area", "ping", R::urls, D::connect, M::never},
    GateVector{"a", "attributionsrc", R::urls, D::connect, M::never},
    GateVector{"area", "attributionsrc", R::urls, D::connect, M::never},
    GateVector{"q", "cite", R::nothing},
    GateVector{"blockquote", "cite", R::nothing},
    GateVector{"ins", "cite", R::nothing},
    GateVector{"del", "cite", R::nothing},
    // Forms
    GateVector{"form", "action", R::form},
    GateVector{"form", "data-remember", R::nothing},
    GateVector{"isindex", "action", R::form},
    GateVector{"button", "formaction", R::form},
    GateVector{"input", "formaction", R::form},
    // SVG: what refers to another resource
    GateVector{"image", "href", R::url, D::img},
    GateVector{"image", "xlink:href", R::url, D::img},
    GateVector{"use", "href", R::url, D::img},
    GateVector{"use", "xlink:href", R::url, D::img},
    GateVector{"feimage", "href", R::url, D::img},
    GateVector{"feimage", "xlink:href", R::url, D::img},
    GateVector{"pattern", "href", R::url, D::img},
    GateVector{"pattern", "xlink:href", R::url, D::img},
    GateVector{"lineargradient", "href", R::url, D::img},
    GateVector{"lineargradient", "xlink:href", R::url, D::img},
    GateVector{"radialgradient", "href", R::url, D::img},
    GateVector{"radialgradient", "xlink:href", R::url, D::img},
    GateVector{"filter", "href", R::url, D::img},
    GateVector{"filter", "xlink:href", R::url, D::img},
    GateVector{"textpath", "href", R::url, D::img},
    GateVector{"textpath", "xlink:href", R::url, D::img},
    GateVector{"mpath", "href", R::url, D::img},
    GateVector{"mpath", "xlink:href", R::url, D::img},
    GateVector{"tref", "xlink:href", R::url, D::img},
    GateVector{"cursor", "href", R::url, D::img},
    GateVector{"cursor", "xlink:href", R::url, D::img},
    GateVector{"color-profile", "xlink:href", R::url, D::img},
    GateVector{"font-face-uri", "href", R::url, D::font},
    GateVector{"font-face-uri", "xlink:href", R::url, D::font},
    GateVector{"altglyph", "xlink:href", R::url, D::font},
    GateVector{"glyphref", "xlink:href", R::url, D::font},
    GateVector{"foreignobject", "href", R::url, D::frame},
    GateVector{"foreignobject", "xlink:href", R::url, D::frame},
    // … in their own elements they name another element
    GateVector{"set", "href", R::url, D::img},
    GateVector{"set", "xlink:href", R::url, D::img},
    GateVector{"animate", "href", R::url, D::img},
    GateVector{"animate", "xlink:href", R::url, D::img},
    GateVector{"animatetransform", "href", R::url, D::img},
    GateVector{"animatetransform", "xlink:href", R::url, D::img},
    GateVector{"animatemotion", "href", R::url, D::img},
    GateVector{"animatemotion", "xlink:href", R::url, D::img},
    GateVector{"animatecolor", "xlink:href", R::url, D::img},
    GateVector{"set", "to", R::animation, D::img},
    GateVector{"animate", "to", R::animation, D::img},
    GateVector{"animate", "from", R::animation, D::img},
    GateVector{"animate", "by", R::animation, D::img},
    GateVector{"animate", "values", R::animation, D::img},
    GateVector{"animatecolor", "to", R::animation, D::img},
    GateVector{"animatecolor", "from", R::animation, D::img},
    GateVector{"animatecolor", "by", R::animation, D::img},
    GateVector{"animatecolor", "values", R::animation, D::img},
    // MathML
    GateVector{"mglyph", "src", R::url, D::img},
    GateVector{"annotation", "src", R::nothing},
    GateVector{"annotation-xml", "src", R::nothing},
    GateVector{"math", "altimg", R::nothing},
    GateVector{"math", "href", R::nothing},  // leads somewhere, as any element's href in MathML does
    // Any element
    GateVector{"*", "style", R::style, D::img, M::never},
    GateVector{"*", "data-service", R::service},
    GateVector{"*", "clip-path", R::paint, D::img, M::never},
    GateVector{"*", "cursor", R::paint, D::img, M::never},
    GateVector{"*", "fill", R::paint, D::img, M::never},
    GateVector{"*", "filter", R::paint, D::img, M::never},
    GateVector{"*", "marker", R::paint, D::img, M::never},
    GateVector{"*", "marker-start", R::paint, D::img, M::never},
    GateVector{"*", "marker-mid", R::paint, D::img, M::never},
    GateVector{"*", "marker-end", R::paint, D::img, M::never},
    GateVector{"*", "mask", R::paint, D::img, M::never},
    GateVector{"*", "mask-image", R::paint, D::img, M::never},
    GateVector{"*", "stroke", R::paint, D::img, M::never},
};

constexpr std::size_t kSlots = 1024;  // a power of two, an eighth full
constexpr std::size_t kLongestAttribute = 16;

constexpr std::uint32_t hash_of(std::string_view name, std::uint32_t hash) {
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(to_ascii_lower(c))) * 16777619U;
  return hash;
}
constexpr std::uint32_t kStart = 2166136261U;
constexpr std::size_t slot_of(std::string_view element, std::uint32_t attribute_hash) {
  const std::uint32_t hash = hash_of(element, attribute_hash);
  return (hash ^ hash >> 13) % kSlots;
}

struct Index {
  std::array<std::uint8_t, kSlots> slots{};  // 1 + an index of kVectors; 0: free
  // Bit c - 'a' at a length: an attribute of that length begins with that letter. "on…" handlers are not in it.
  std::array<std::uint32_t, kLongestAttribute + 1> first_letters{};
  std::array<std::uint32_t, kLongestAttribute + 1> any_element{};  // of rows for "*" only
};
static_assert(kVectors.size() < 255);

constexpr Index make_index() {
  Index index;
  for (std::size_t i = 0; i < kVectors.size(); ++i) {
    const GateVector& row = kVectors[i];
    std::size_t slot = slot_of(row.element, hash_of(row.attribute, kStart));
    while (index.slots[slot] != 0) slot = (slot + 1) % kSlots;
    index.slots[slot] = static_cast<std::uint8_t>(i + 1);
    const std::uint32_t bit = 1U << (row.attribute[0] - 'a');
    index.first_letters[row.attribute.size()] |= bit;
    if (row.element == "*") index.any_element[row.attribute.size()] |= bit;
  }
  return index;
}
constexpr Index kIndex = make_index();

const GateVector* look_up(std::string_view element, std::string_view attribute, std::uint32_t hash) {
  for (std::size_t slot = slot_of(element, hash);; slot = (slot + 1) % kSlots) {
    const std::size_t number = kIndex.slots[slot];
    if (number == 0) return nullptr;
    const GateVector& row = kVectors[number - 1];
    if (equals_ascii_ci(attribute, row.attribute) && equals_ascii_ci(element, row.element)) return &row;
  }
}

}  // namespace

const GateVector* find_gate_vector(std::string_view element, std::string_view attribute) {
  if (attribute.empty() || attribute.size() > kLongestAttribute) return nullptr;
  const auto letter = static_cast<unsigned char>(to_ascii_lower(attribute[0]) - 'a');
  if (letter >= 26 || (kIndex.first_letters[attribute.size()] >> letter & 1U) == 0) return nullptr;
  const std::uint32_t hash = hash_of(attribute, kStart);
  if (const GateVector* row = look_up(element, attribute, hash)) return row;
  if ((kIndex.any_element[attribute.size()] >> letter & 1U) == 0) return nullptr;
  return look_up("*", attribute, hash);
}

bool is_gate_container(std::string_view element) {
  static constexpr std::array<std::string_view, 8> kContainers = {"svg",   "math",   "picture",  "video",
                                                                  "audio", "object", "noscript", "applet"};
  if (element.size() < 3 || element.size() > 8) return false;
  return std::ranges::any_of(kContainers, [&](std::string_view name) { return equals_ascii_ci(element, name); });
}

}  // namespace hardtop
