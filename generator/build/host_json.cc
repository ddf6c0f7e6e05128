// headers.json: the model itself, for deploy scripts, metadata of object stores, functions at the edge. UTF-8:
//
//   {
//     "format": "hardtop headers 1",     another number when something that is here changes its meaning; keys may be added
//     "base_url": "https://example.com/docs/",
//     "base_path": "/docs/",             stands in front of every path and pattern below
//     "not_found": "404.html",           the file to send with status 404; null: there is none
//     "rules": [                         in order: of the rules that match a path, "set" takes the place of all that was said about
//       {"pattern": "/*", "name": "…", "values": ["…"], "mode": "set"},        the name, "add" is sent beside it. '*' stands for any
//     ],                                 characters, '/' too. Names are compared without regard to case.
//     "redirects": [ {"from": "/old/", "to": "/docs/new/", "status": 301} ],    "to" is the whole path
//     "classes": [ [["Name", "value"], …], … ],     all headers of a path, ready
//     "files": [ {"file": "a/index.html", "path": "/a/", "class": 0, "encodings": ["gzip", "br"]}, … ]     every output file: its
//   }                                    path, an index into "classes"; "encodings" where there are compressed files for it, in the words
//                                        of Content-Encoding: beside it lie a/index.html.gz and a/index.html.br, to be sent in its
//                                        place with its headers, Content-Encoding and "Vary: Accept-Encoding". They are in no entry of
//                                        their own, unless the site has brought them along
//
// Paths and patterns are percent-encoded as browsers send them (WHATWG URL Standard); "file" is a name below the output folder.
#include <algorithm>
#include <map>

#include "base/json_text.h"
#include "build/hosts.h"

namespace hardtop {

namespace {

// `"name": [` and the entries, one a line.
std::string list_of(std::string_view name, const std::vector<std::string>& entries) {
  std::string out = "  " + json_string(name) + ": [";
  for (std::size_t i = 0; i < entries.size(); ++i) (out += i == 0 ? "\n    " : ",\n    ") += entries[i];
  return out + (entries.empty() ? "]" : "\n  ]");
}

// `, "encodings": ["gzip", "br"]`
std::string encodings_of(const std::vector<EncodedFile>& encoded, const std::string& file) {
  std::string out;
  for (auto at = std::ranges::lower_bound(encoded, file, {}, &EncodedFile::of); at != encoded.end() && at->of == file;
       ++at)
    out += (out.empty() ? ", \"encodings\": [\"" : "\", \"") + std::string(encoding_token(at->encoding));
  return out.empty() ? out : out + "\"]";
}

}  // namespace

std::string write_headers_json(const HostSite& site, const std::vector<EncodedFile>& encoded) {
  std::vector<std::string> rules, redirects, classes, files;
  for (const HostValues& rule : grouped(site.rules)) {
    std::string values;
    for (const std::string& value : rule.values) values += (values.empty() ? "" : ", ") + json_string(value);
    rules.push_back("{\"pattern\": " + json_string(rule.pattern) + ", \"name\": " + json_string(rule.name) +
                    ", \"values\": [" + values + "], \"mode\": \"" + (rule.beside ? "add" : "set") + "\"}");
  }
  for (const HostRedirect& redirect : site.redirects)
    redirects.push_back("{\"from\": " + json_string(redirect.from) + ", \"to\": " + json_string(redirect.to) +
                        ", \"status\": 301}");
  std::map<std::string, std::size_t> numbers;
  for (const HostPath& path : site.paths) {
    std::string headers;
    for (const auto& [name, value] : headers_for(site.rules, path.url))
      headers += (headers.empty() ? "[" : ", [") + json_string(name) + ", " + json_string(value) + "]";
    const auto [at, is_new] = numbers.emplace(std::move(headers), classes.size());
    if (is_new) classes.push_back("[" + at->first + "]");
    files.push_back("{\"file\": " + json_string(path.output) + ", \"path\": " + json_string(path.url) +
                    ", \"class\": " + std::to_string(at->second) + encodings_of(encoded, path.output) + "}");
  }
  return "{\n  \"format\": \"hardtop headers 1\",\n  \"base_url\": " + json_string(site.base_url) +
         ",\n  \"base_path\": " + json_string(site.base_path) +
         ",\n  \"not_found\": " + (site.has_not_found ? "\"404.html\"" : "null") + ",\n" + list_of("rules", rules) +
         ",\n" + list_of("redirects", redirects) + ",\n" + list_of("classes", classes) + ",\n" +
         list_of("files", files) + "\n}\n";
}

}  // namespace hardtop
