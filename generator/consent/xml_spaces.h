// The namespaces that judge_xml.cc tells apart.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/xml.h"

namespace hardtop {

enum class Space : std::uint8_t {
  none,
  svg,
  xhtml,
  mathml,
  xlink,
  xinclude,
  xslt,
  xml,
  atom,
  rss,            // 1.0; without a namespace below <rss>
  rss_content,    // the content module of RSS: content:encoded
  media_rss,      // media:thumbnail
  itunes,         // of podcasts
  opensearch,     // what search engines of a site are described in
  browserconfig,  // without a namespace below <browserconfig>: tiles
};

inline Space space_of(std::string_view uri) {
  static constexpr std::array<std::pair<std::string_view, Space>, 13> kSpaces = {
      {{"http://www.w3.org/2000/svg", Space::svg},
       {"http://www.w3.org/1999/xhtml", Space::xhtml},
       {"http://www.w3.org/1998/Math/MathML", Space::mathml},
       {"http://www.w3.org/1999/xlink", Space::xlink},
       {"http://www.w3.org/2001/XInclude", Space::xinclude},
       {"http://www.w3.org/2003/XInclude", Space::xinclude},
       {"http://www.w3.org/1999/XSL/Transform", Space::xslt},
       {"http://www.w3.org/2005/Atom", Space::atom},
       {"http://purl.org/rss/1.0/", Space::rss},
       {"http://purl.org/rss/1.0/modules/content/", Space::rss_content},
       {"http://search.yahoo.com/mrss/", Space::media_rss},
       {"http://www.itunes.com/dtds/podcast-1.0.dtd", Space::itunes},
       {"http://a9.com/-/spec/opensearch/1.1/", Space::opensearch}}};
  const auto found = std::ranges::find(kSpaces, uri, &std::pair<std::string_view, Space>::first);
  return found == kSpaces.end() ? Space::none : found->second;
}

// The bindings of prefixes, innermost last.
class Namespaces {
 public:
  void open(const XmlToken& tag) {
    names_.push_back(tag.name);
    bound_.emplace_back();
    for (const XmlAttribute& attribute : tag.attributes) {
      if (attribute.name != "xmlns" && prefix_of(attribute.name) != "xmlns") continue;
      const std::string_view prefix = attribute.name == "xmlns" ? "" : local_name(attribute.name);
      bindings_[prefix].push_back(space_of(decode_xml(attribute.raw_value)));
      bound_.back().push_back(prefix);
    }
  }
  void close() {
    for (const std::string_view prefix : bound_.back()) bindings_[prefix].pop_back();
    bound_.pop_back();
    names_.pop_back();
  }
  [[nodiscard]] std::size_t depth() const { return names_.size(); }
  [[nodiscard]] bool is_open(std::string_view name) const { return !names_.empty() && names_.back() == name; }
  // Of the element around the innermost one.
  [[nodiscard]] std::string_view parent() const {
    return names_.size() < 2 ? std::string_view() : local_name(names_[names_.size() - 2]);
  }
  [[nodiscard]] Space find(std::string_view prefix) const {
    if (prefix == "xml") return Space::xml;
    const auto found = bindings_.find(prefix);
    return found == bindings_.end() || found->second.empty() ? Space::none : found->second.back();
  }

 private:
  std::unordered_map<std::string_view, std::vector<Space>> bindings_;
  std::vector<std::vector<std::string_view>> bound_;
  std::vector<std::string_view> names_;
};

}  // namespace hardtop
