// Which judge a file goes to.
#include "consent/gate_files.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hardtop {

namespace {

using P = PublishedAs;

// What servers and CDNs send these as is what browsers take them for. Everything that is sent as XML of whatever kind is shown with its
// style sheets, and its XHTML and SVG elements are live.
constexpr std::array<std::pair<std::string_view, PublishedAs>, 38> kExtensions = {{{"html", P::html},
                                                                                   {"htm", P::html},
                                                                                   {"shtml", P::html},
                                                                                   {"css", P::css},
                                                                                   {"js", P::script},
                                                                                   {"mjs", P::script},
                                                                                   {"cjs", P::script},
                                                                                   {"svg", P::xml},
                                                                                   {"svgz", P::xml},
                                                                                   {"xml", P::xml},
                                                                                   {"rss", P::xml},
                                                                                   {"atom", P::xml},
                                                                                   {"rdf", P::xml},
                                                                                   {"xsl", P::xml},
                                                                                   {"xslt", P::xml},
                                                                                   {"xhtml", P::xml},
                                                                                   {"xht", P::xml},
                                                                                   {"mml", P::xml},
                                                                                   {"mathml", P::xml},
                                                                                   {"opml", P::xml},
                                                                                   {"kml", P::xml},
                                                                                   {"gpx", P::xml},
                                                                                   {"xsd", P::xml},
                                                                                   {"wsdl", P::xml},
                                                                                   {"xspf", P::xml},
                                                                                   {"ttml", P::xml},
                                                                                   {"dfxp", P::xml},
                                                                                   {"xul", P::xml},
                                                                                   {"xbl", P::xml},
                                                                                   {"plist", P::xml},
                                                                                   {"jnlp", P::xml},
                                                                                   {"ncx", P::xml},
                                                                                   {"opf", P::xml},
                                                                                   {"dae", P::xml},
                                                                                   {"x3d", P::xml},
                                                                                   {"collada", P::xml},
                                                                                   {"webmanifest", P::manifest},
                                                                                   {"webapp", P::manifest}}};

}  // namespace

PublishedAs published_as(std::string_view path) {
  const std::string name = to_lower_ascii(path.substr(path.rfind('/') + 1));
  if (name == "manifest.json" || name.ends_with("speculation-rules.json") || name.ends_with("speculationrules.json"))
    return PublishedAs::manifest;
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return PublishedAs::passive;
  const std::string_view extension = std::string_view(name).substr(dot + 1);
  const auto found = std::ranges::find(kExtensions, extension, &std::pair<std::string_view, PublishedAs>::first);
  return found == kExtensions.end() ? PublishedAs::passive : found->second;
}

JudgedFile judge_file(const Services& services, PublishedAs kind, std::string_view text, std::string_view url) {
  switch (kind) {
    case PublishedAs::css:
      return judge_css(services, text, url);
    case PublishedAs::script:
      return judge_script(services, text, url);
    case PublishedAs::xml:
      return judge_xml(services, text, url);
    case PublishedAs::manifest:
      return judge_manifest(services, text, url);
    case PublishedAs::passive:
    case PublishedAs::html:
      break;
  }
  return {};
}

std::vector<GateProblem> judge_redirect(const Services& services, std::string_view url) {
  return judge_header(services, "location", url).problems;
}

}  // namespace hardtop
