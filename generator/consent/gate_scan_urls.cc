// What GateScan makes of URLs, and of the documents, style sheets and files behind them.
#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/css.h"
#include "base/html.h"
#include "base/text.h"
#include "consent/gate_files.h"
#include "consent/gate_scan.h"
#include "consent/gate_values.h"

namespace hardtop {
namespace {

constexpr int kDeepest = 8;  // documents in documents

bool is_plain(char c) { return is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '~'; }

// As URL parsing sees it: without spaces and controls in front, and tabs and line ends anywhere.
bool has_scheme(std::string_view url, std::string_view scheme) {
  std::size_t at = 0;
  while (at < url.size() && static_cast<unsigned char>(url[at]) <= ' ') ++at;
  for (const char wanted : scheme) {
    while (at < url.size() && (url[at] == '\t' || url[at] == '\n' || url[at] == '\r')) ++at;
    if (at == url.size() || !equals_ascii_ci(url.substr(at, 1), {&wanted, 1})) return false;
    ++at;
  }
  return true;
}

std::string without_line_ends(std::string_view url) {
  std::string out;
  for (const char c : url) {
    if (c != '\t' && c != '\n' && c != '\r' && !(out.empty() && static_cast<unsigned char>(c) <= ' ')) out += c;
  }
  return out;
}

// A file's root-relative URL without query and fragment, where it can be read off.
std::string path_of(std::string_view url, const Url& document) {
  const std::size_t end = std::min(url.find_first_of("?#"), url.size());
  const std::string_view path = url.substr(0, end);
  if (path.starts_with('/') && std::ranges::all_of(path, [](char c) { return is_plain(c) || c == '/'; }) &&
      path.find("/.") == std::string_view::npos && path.find("//") == std::string_view::npos) {
    return std::string(path);
  }
  const std::optional<Url> parsed = parse_url(url, &document);
  return parsed ? parsed->path : std::string();
}

}  // namespace

// A path, a query or a fragment whatever follows: what URL parsing drops or decodes later cannot make another host of it.
bool is_surely_own(std::string_view raw) {
  if (raw.empty() || raw[0] == '#' || raw[0] == '?') return true;
  if (raw[0] == '/') return raw.size() == 1 || is_plain(raw[1]);
  for (const char c : raw) {
    if (is_plain(c)) continue;
    return c == '/' || c == '?' || c == '#';
  }
  return true;
}

void GateScan::css(const At& at, std::string_view text, bool sheet, bool at_offset) {
  for (const CssUrl& url : find_css_urls(text, sheet ? CssForm::sheet : CssForm::declarations)) {
    At where = at;
    if (at_offset) {
      where.offset += url.offset;
      where.length = url.length;
    }
    fetch(where, url.text,
          url.use == CssUrl::Use::import ? CspDirective::style
          : url.use == CssUrl::Use::font ? CspDirective::font
                                         : CspDirective::img);
  }
}

void GateScan::json(const At& at, std::string_view text, bool speculation) {
  for (const std::string& url : json_strings(text)) {
    // What an import map leads to may be the site's own.
    const bool path = url.starts_with('/') || url.starts_with("./") || url.starts_with("../");
    if (!names_a_host(url) && (speculation || !path)) continue;
    if (path && url.ends_with('/')) {
      problem(at, "consent/cannot-gate",
              "this import map leads to the folder '" + url + "', and which of its scripts run cannot be told",
              "name each script of the site by itself");
      continue;
    }
    fetch(at, url, speculation ? CspDirective::connect : CspDirective::script);
  }
  if (speculation && speculates_on_other_sites(text)) {
    problem(at, "consent/cannot-gate",
            "these speculation rules may match links to other sites, which browsers then fetch",
            "limit them: \"where\": { \"and\": [{ \"href_matches\": \"/*\" }, …] }");
  }
}

// ---- URLs ----

void GateScan::fetch(const At& at, std::string_view url, std::optional<CspDirective> directive) {
  if (is_surely_own(url)) {
    own_file(at, url, directive);
    return;
  }
  const Owner owner = site_.services.owner_of(url, this->url());
  if (has_scheme(url, "blob:") && directive) add_source(*directive, "blob:");
  switch (owner.party) {
    case Party::none:
      return fetch_from_nobody(at, url, directive);
    case Party::first:
      return own_file(at, url, directive);
    case Party::necessary:
      necessary.push_back(owner.service);
      break;
    case Party::optional:
      found(at, owner, url);
      break;
    case Party::undeclared:
      return undeclared(at, owner.host);
    case Party::unreadable:
      return problem(at, "consent/unreadable-url", "'" + std::string(url) + "' cannot be read as a URL",
                     "correct it: browsers may differ in what they load for it");
  }
  if (directive) add_source(*directive, owner.source_expression);
  if (directive == CspDirective::script) needs.third_party_script = true;
}

void GateScan::fetch_from_nobody(const At& at, std::string_view url, std::optional<CspDirective> directive) {
  if (!directive) return;
  const bool loads_documents = directive == CspDirective::frame || directive == CspDirective::object;
  if (has_scheme(url, "javascript:")) {
    const std::string code = without_line_ends(url);
    if (loads_documents) codes.push_back({at.token, at.offset, at.length, false, std::nullopt, decode_percent(code)});
    return;
  }
  if (!has_scheme(url, "data:")) return;
  add_source(*directive, "data:");
  if (!loads_documents && directive != CspDirective::script && directive != CspDirective::style) return;
  const DataUrl data = read_data_url(without_line_ends(url));
  if ((!data.charset.empty() && !is_readable_encoding(data.charset)) || begins_as_utf16(data.content)) {
    return problem(at, "consent/unreadable-file",
                   "the encoding of this data: URL is '" + (data.charset.empty() ? "utf-16" : data.charset) +
                       "', and hardtop reads UTF-8",
                   "write it in UTF-8");
  }
  if (directive == CspDirective::script) {
    codes.push_back({at.token, at.offset, at.length, false, std::nullopt, data.content});
  } else if (directive == CspDirective::style) {
    css(at, data.content, true, false);
  } else if (data.type.ends_with("+xml") || data.type.ends_with("/xml") || data.type == "text/xsl") {
    inner_xml(at, data.content);
  } else if (!data.type.starts_with("image/")) {
    inner_document(at, data.content);
  }
}

// Prefixes, entities and CDATA mean something there, and none of it can wait for a choice.
void GateScan::inner_xml(const At& at, const std::string& text) {
  JudgedFile judged = judge_xml(site_.services, text, url_text_);
  for (GateProblem& found : judged.problems) {
    problem(at, std::move(found.id), std::move(found.message), std::move(found.hint));
  }
  necessary.insert(necessary.end(), judged.facts.necessary.begin(), judged.facts.necessary.end());
  for (auto& [directive, source] : judged.facts.sources) add_source(directive, std::move(source));
}

// The text of a frame's document: whatever is in it is the frame's.
void GateScan::inner_document(const At& at, const std::string& text) {
  if (depth_ == kDeepest) {
    return problem(at, "consent/cannot-gate", "documents in documents are nested too deeply to be read",
                   "take some away");
  }
  for (const bool scripting : {false, true}) {
    GateScan inner(site_, text, url_text_, mode_);
    inner.url_ = url_;
    inner.depth_ = depth_ + 1;
    HtmlScanner scanner(text, {.scripting = scripting});
    for (HtmlToken token; scanner.next(token);) inner.see(token);
    inner.finish();
    for (GateFind& find : inner.finds) {
      finds.push_back({GateFind::Kind::fetch, find.service, at.token, at.offset, at.length, at.element, at.attribute,
                       std::move(find.host)});
    }
    for (GateCode& code : inner.codes) {
      codes.push_back({at.token, at.offset, at.length, false, code.kind, std::move(code.text)});
    }
    for (const GateFileUse& file : inner.files) {
      files.push_back({at.token, at.offset, at.length, file.sheet, file.facts});
    }
    for (GateProblem& found : inner.problems) {
      problem(at, std::move(found.id), std::move(found.message), std::move(found.hint));
    }
    necessary.insert(necessary.end(), inner.necessary.begin(), inner.necessary.end());
    for (InlineCode& code : inner.needs.inline_code) needs.inline_code.push_back(std::move(code));
    for (auto& [directive, source] : inner.needs.sources) add_source(directive, std::move(source));
    needs.third_party_script = needs.third_party_script || inner.needs.third_party_script;
    if (!inner.saw_noscript) return;
  }
}

// Scripts and style sheets of the site do what they do where they are loaded: by <script>, by <link>, by an @import in <style>; a
// playlist where it is played.
void GateScan::own_file(const At& at, std::string_view url, std::optional<CspDirective> directive) {
  const bool link = equals_ascii_ci(at.element, "link");
  const bool sheet = directive == CspDirective::style && (link || equals_ascii_ci(at.element, "style"));
  const bool script = directive == CspDirective::script && equals_ascii_ci(at.element, "script");
  const bool manifest = directive == CspDirective::manifest && link;
  const bool playlist = directive == CspDirective::media;
  if (!sheet && !script && !manifest && !playlist) return;
  if (site_.is_published && !playlist) {
    const PublishedAs wanted = sheet ? PublishedAs::css : script ? PublishedAs::script : PublishedAs::manifest;
    const std::string path = path_of(url, this->url());
    if (published_as(path) != wanted && site_.is_published(path)) {
      const std::string what = sheet ? "style sheet" : script ? "script" : "web app manifest";
      return problem(at, "consent/unreadable-file",
                     "'" + path + "' is loaded as a " + what + ", and not judged as one, because of its name",
                     "give it a name that ends in " + std::string(sheet    ? ".css"
                                                                  : script ? ".js"
                                                                           : ".webmanifest"));
    }
  }
  if (manifest) return;
  if (const FileFacts* facts = use_own_file(url)) files.push_back({at.token, at.offset, at.length, sheet, facts});
}

const FileFacts* GateScan::use_own_file(std::string_view url) {
  if (!site_.file_facts) return nullptr;
  const FileFacts* culprit = nullptr;
  std::vector<std::string> paths = {path_of(url, this->url())};
  for (std::size_t next = 0; next < paths.size(); ++next) {
    const FileFacts* facts = site_.file_facts(paths[next]);
    if (!facts) continue;
    if (!culprit && !facts->uses.empty()) culprit = facts;
    necessary.insert(necessary.end(), facts->necessary.begin(), facts->necessary.end());
    for (const auto& [directive, source] : facts->sources) add_source(directive, source);
    for (const std::string& import : facts->imports) {
      if (std::ranges::find(paths, import) == paths.end()) paths.push_back(import);
    }
  }
  return culprit;
}

void GateScan::found(const At& at, const Owner& owner, std::string_view url) {
  loads.push_back({at.token, at.offset, at.length, owner.service, std::string(url)});
  finds.push_back({at.moves == Moves::never ? GateFind::Kind::fixed : GateFind::Kind::fetch, owner.service, at.token,
                   at.offset, at.length, at.element, at.attribute, owner.host});
}

void GateScan::undeclared(const At& at, const std::string& host) {
  problem(at, "consent/undeclared-host", "no service declares the host '" + host + "'", Services::lines_to_paste(host));
}

void GateScan::add_source(CspDirective directive, std::string source) {
  std::pair<CspDirective, std::string> entry(directive, std::move(source));
  if (std::ranges::find(needs.sources, entry) == needs.sources.end()) needs.sources.push_back(std::move(entry));
}

void GateScan::problem(const At& at, std::string id, std::string message, std::string hint) {
  if (!problems.empty() && problems.back().offset == at.offset && problems.back().message == message) return;
  problems.push_back({at.offset, at.length, std::move(id), std::move(message), std::move(hint)});
}

}  // namespace hardtop
