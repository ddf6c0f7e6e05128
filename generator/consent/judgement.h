// What the judges of files (gate_files.h) share: a URL that a browser would fetch, held against the declared services.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/css.h"
#include "base/url.h"
#include "consent/gate_files.h"

namespace hardtop {

// Bytes of the file.
struct Span {
  std::size_t offset = 0, length = 0;
};

class Judgement {
 public:
  // What becomes of an optional service's host.
  enum class Optional : std::uint8_t {
    fact,    // the page that loads the file is to wait for the service
    problem  // nothing can make the file wait
  };
  // `url`: the file's own. `what`: how messages name the file, "this file"; `mend`: the hint of consent/cannot-gate.
  Judgement(const Services& services, std::string_view url, Optional optional, std::string_view what,
            std::string_view mend);

  // What a browser fetches for `directive`; nothing: only goes to, or connects to. Scripts and style sheets of the site itself are
  // noted as imports.
  // A policy that holds back what waits would hold it back for ever: sources of optional services are noted, too.
  Party fetch(std::string_view url, std::optional<CspDirective> directive, Span at);
  void use(FileUse::Kind kind, std::string what, ServiceIndex service, Span at);
  // Code names a host of a service. Where it goes, text does not say: it may count by an image, fetch, or open a socket. What else it
  // does, the service declares under csp.
  void mention(ServiceIndex service, const std::string& host, const std::string& source, Span at);
  // Code makes a worker of a file of the site (CSP Level 3, worker-src): without it the policy allows none.
  void own_worker();
  void necessary(ServiceIndex service);
  void code(InlineCode::Kind kind, std::string text);
  void problem(Span at, std::string_view id, std::string message, std::string hint);

  [[nodiscard]] const Services& services() const { return services_; }
  [[nodiscard]] const Url& document() const { return document_; }
  [[nodiscard]] std::string_view url() const { return url_; }
  [[nodiscard]] JudgedFile finish();

 private:
  void fetch_from_nobody(std::string_view url, CspDirective directive, Span at);
  void add_source(CspDirective directive, std::string source);
  void add_import(std::string path, Span at);

  const Services& services_;
  const std::string_view url_, what_, mend_;
  const Optional optional_;
  Url document_;
  JudgedFile judged_;
  int depth_ = 0;  // of data: URLs in data: URLs
  std::set<std::pair<FileUse::Kind, std::string>> uses_;
  std::set<std::string> imports_;
  std::set<std::pair<std::size_t, std::string>> problems_;
};

// Where bytes of a text that the file holds stand in the file.
using PlaceOf = std::function<Span(std::size_t offset, std::size_t length)>;

void read_css(Judgement& judgement, std::string_view css, CssForm form, const PlaceOf& place_of);
void read_script(Judgement& judgement, std::string_view script, const PlaceOf& place_of);
// HTML that a reader of feeds shows: images load, scripts do not run.
void read_feed_html(Judgement& judgement, std::string_view html, const PlaceOf& place_of);
// JSON that names what a browser fetches, or other sites: manifests, import maps, speculation rules. Every string that names a host
// counts, but for those that are known to be words for people.
void read_json(Judgement& judgement, std::string_view json, CspDirective directive, const PlaceOf& place_of);

// "uses localStorage": of a script that nothing makes wait, and what to do about it in a file of XML.
[[nodiscard]] std::string what_a_script_does(const Services& services, const FileUse& use);
inline constexpr std::string_view kNoScriptInXml =
    "remove the script: such files are opened by themselves, without a banner";

// Whether the bytes look like UTF-16, also without a mark at the begin.
[[nodiscard]] bool is_utf16(std::string_view text);

// What <link rel> and the header Link load (HTML 4.6.7, and what browsers add to it): each word's directive, nothing where it only
// connects. Words that load nothing, such as canonical and alternate, are left out.
[[nodiscard]] std::vector<std::optional<CspDirective>> loads_of_link(std::string_view rel, std::string_view as);

}  // namespace hardtop
