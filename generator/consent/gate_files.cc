// Which judge a file goes to.
#include "consent/gate_files.h"

#include <algorithm>
#include <array>

#include "base/html.h"
#include "base/paths.h"
#include "base/text.h"
#include "consent/judgement.h"

namespace hardtop {

namespace {

using P = PublishedAs;

// What servers and CDNs send these as is what browsers take them for. Everything that is sent as XML of whatever kind is shown with its
// style sheets, and its XHTML and SVG elements are live. Words of one line, with spaces around each.
struct Extensions {
  PublishedAs kind;
  std::string_view words;
};
constexpr std::array<Extensions, 7> kExtensions = {{
    {P::html, " html htm shtml "},
    {P::css, " css "},
    {P::script, " js mjs cjs "},
    {P::xml,
     " svg svgz xml rss atom rdf xsl xslt xhtml xht mml mathml opml kml gpx xsd wsdl xspf ttml dfxp xul xbl plist jnlp "
     "ncx opf dae x3d collada "},
    {P::manifest, " webmanifest webapp "},
    {P::playlist, " m3u8 m3u "},
    {P::passive,
     " png jpg jpeg jpe gif webp avif jxl ico cur bmp tif tiff apng heic woff woff2 ttf otf ttc eot mp3 mp4 m4a m4v "
     "m4s ogg oga ogv opus webm mov avi wav flac aac mid vtt srt mpd ts zip gz tgz tar bz2 xz zst br 7z rar dmg "
     "exe msi deb rpm apk jar iso bin wasm pdf epub mobi doc docx xls xlsx ppt pptx odt ods odp rtf ps eps psd ai txt "
     "text md markdown csv tsv jsonld geojson topojson map ics vcf asc sig pem crt cer gpg key toml yaml yml ini "
     "conf log tex bib sh py rb c h cc cpp hpp rs go java scss sass less mustache stl obj glb gltf sqlite db torrent "
     "diff patch lock "},
}};

}  // namespace

PublishedAs published_as(std::string_view path) {
  const std::string name = to_lower_ascii(file_name(path));
  if (name.ends_with("manifest.json") || name.ends_with("speculation-rules.json") ||
      name.ends_with("speculationrules.json"))
    return PublishedAs::manifest;
  if (path == "_headers") return PublishedAs::headers;
  if (path == "_redirects") return PublishedAs::redirects;
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos || dot + 1 == name.size()) return PublishedAs::unknown;
  const std::string word = " " + name.substr(dot + 1) + " ";
  for (const Extensions& each : kExtensions)
    if (word.find(' ', 1) + 1 == word.size() && each.words.find(word) != each.words.npos) return each.kind;
  return PublishedAs::unknown;
}

PublishedAs sniffed_as(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n\f\r"), text.size()));
  if (text.starts_with("<?xml")) return PublishedAs::xml;
  if (text.starts_with("<!--")) return PublishedAs::html;
  // The version stands in front, as a rule.
  if (text.starts_with('{') && text.substr(0, 4096).find("jsonfeed.org/version/") != text.npos)
    return PublishedAs::json_feed;
  for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font",
                                     "<table", "<a", "<style", "<title", "<b", "<body", "<br", "<p"})
    if (text.size() > tag.size() && equals_ascii_ci(text.substr(0, tag.size()), tag) &&
        (text[tag.size()] == ' ' || text[tag.size()] == '>'))
      return PublishedAs::html;
  return PublishedAs::passive;
}

JudgedFile judge_html_bytes(std::string_view text) {
  JudgedFile out;
  if (is_utf16(text))
    out.problems.push_back({0, std::min<std::size_t>(text.size(), 2), "consent/unreadable-file",
                            "the file is in UTF-16, and hardtop reads UTF-8", "save it in the encoding UTF-8"});
  else if (const std::size_t escape = text.find('\x1B'); escape != text.npos)
    out.problems.push_back({escape, 1, "consent/unreadable-file", "the file is in ISO-2022-JP, and hardtop reads UTF-8",
                            "save it in the encoding UTF-8"});
  return out;
}

PublishedAs published_as_type(std::string_view content_type) {
  const std::string type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  if (type == "text/html") return PublishedAs::html;
  if (type == "text/css") return PublishedAs::css;
  if (type == "text/xml" || type == "application/xml" || type.ends_with("+xml")) return PublishedAs::xml;
  if (type.find("javascript") != type.npos || type.find("ecmascript") != type.npos) return PublishedAs::script;
  if (type == "application/manifest+json" || type == "application/speculationrules+json") return PublishedAs::manifest;
  return PublishedAs::passive;
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
    case PublishedAs::html:
      return judge_html_bytes(text);
    case PublishedAs::playlist:
      return judge_playlist(services, text, url);
    case PublishedAs::json_feed:
      return judge_json_feed(services, text, url);
    case PublishedAs::headers:
      return judge_headers_file(services, text);
    case PublishedAs::redirects:
      return judge_redirects_file(services, text);
    case PublishedAs::passive:
    case PublishedAs::unknown:
      break;
  }
  return {};
}

std::vector<GateProblem> judge_redirect(const Services& services, std::string_view url) {
  return judge_header(services, "location", url).problems;
}

}  // namespace hardtop
