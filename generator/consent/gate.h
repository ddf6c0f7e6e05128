// The gate: nothing of a service that needs a decision is live in what the site publishes. It reads a document as
// browsers do, token by token, and says what to change; bytes that it does not change stay as they are. DESIGN.md, "The
// gate", is the specification. Pure: no files, no clock; problems have offsets into the document, and the caller knows
// where those bytes came from.
//
// gate.h is for HTML; gate_files.h for everything else that is published.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/html.h"
#include "consent/csp_needs.h"
#include "consent/file_facts.h"
#include "consent/services.h"

namespace hardtop {

// What stands where a gated frame, video or visible image will be (DESIGN.md, The gate, 4).
struct Placeholder {
  enum class Kind : std::uint8_t { frame, video, image };
  Kind kind = Kind::frame;
  ServiceIndex service = kNoService;
  std::string url;            // of the content, absolute: where the link without JavaScript leads
  std::string title;          // title of the frame, alt of the image; may be empty
  int width = 0, height = 0;  // CSS pixels, from the attributes
  bool small = false;         // below 240 x 120: a text link
  std::string poster;         // data-poster="…" of the element: a first-party image, as written; may be empty
};

struct GateSite {
  const Services& services;
  std::string policy_url;  // root-relative; where consent:preferences leads without JavaScript; may be empty
  // What a script or style sheet of the site does, by its root-relative URL without query; null where this build does not
  // make it (or it does nothing that matters).
  std::function<const FileFacts*(std::string_view url)> file_facts;
  // Makes a placeholder's HTML: phrasing content only, no template, nothing live of a third party.
  std::function<std::string(const Placeholder&)> placeholder;
  // The text of hardtop's own inline script at the top of <head> (runtime.h), which may use storage: exempt by its exact text. Its
  // hash is needed like any other's.
  std::string own_script = {};
  // Whether this build publishes a file at a root-relative URL without query; may be empty.
  std::function<bool(std::string_view url)> is_published = {};
};

struct Edit {
  std::size_t begin = 0, end = 0;  // bytes of the document that are replaced; equal: an insertion
  std::string text;
  // So many bytes at the begin of `text` end what stands before: other things go right behind them.
  std::size_t closing = 0;
};
// Adds an insertion to edits that are sorted. Of several at one place, the first is first.
void insert_text(std::vector<Edit>& edits, std::size_t at, std::string_view text);
// `edits` are sorted and do not overlap.
[[nodiscard]] std::string apply_edits(std::string_view document, const std::vector<Edit>& edits);

// Ids: consent/undeclared-host, consent/cannot-gate, consent/unreadable-url, consent/ungated-script,
// consent/document-write, consent/unknown-service (data-service, opt-out:), consent/ambiguous-html (browsers differ in how they
// read it), consent/missing-size (a placeholder's), consent/undeclared-form (a form that posts to a host that is neither ours
// nor in form_endpoints), consent/no-opt-out (opt-out: of a service without opt_out_url), consent/no-policy
// (consent:preferences without a policy page), consent/unknown-link (consent: and anything else), consent/unreadable-file (an
// encoding that hides what the document says; a file of the site that is loaded as what it is not named like, and so is not judged).
struct GateProblem {
  std::size_t offset = 0, length = 0;
  std::string id, message, hint;
};

// What was made inert, for the preview and the audit.
struct GateRecord {
  ServiceIndex service = kNoService;
  std::string element;                 // "iframe"
  std::size_t offset = 0, length = 0;  // of the unit, in the document as it came
};

// What something gated would have loaded from its service, in the order of the document.
struct GateLoad {
  std::size_t token = 0;               // where the start tag of the element begins
  std::size_t offset = 0, length = 0;  // what a problem would point at: the attribute's value
  ServiceIndex service = kNoService;
  std::string url;  // decoded, as written
};

struct GatedHtml {
  std::vector<Edit> edits;                        // sorted; at most one at a place
  std::vector<ServiceIndex> optional, necessary;  // that this document uses: sorted, unique
  std::vector<GateRecord> records;
  std::vector<GateLoad> loads;
  CspNeeds needs;
  std::vector<GateProblem> problems;
  bool has_placeholders = false;
  bool has_memory_form = false;  // a form with data-remember
  bool has_import_map = false;
  // Where things are put, as offsets into the document: the policy right after <meta charset>, else after <head>'s tag, else
  // where the head begins; service tags before </head>, after <body>'s tag, before </body> (or where these would be). Never inside
  // gated markup, an svg or a template, if they are put in with insert_text(), in this order.
  std::size_t policy_at = 0, head_end = 0, body_begin = 0, body_end = 0;
};

enum class GateMode : std::uint8_t {
  document,  // a whole HTML file
  tag,       // the html of a [[service.tag]]: everything in it is its service's, and moves as one
  feed,      // a fragment for a feed: gated markup becomes a link
};

// One document. Feed it every token of a scan with HtmlScanOptions{} (scripting off); it reads <noscript> a second time as text by
// itself. The scan may be shared with others who look at the same tokens.
class Gate {
 public:
  // `url` is the document's own, root-relative. `service` is the tag's, in GateMode::tag.
  Gate(const GateSite& site, std::string_view document, std::string_view url, GateMode mode = GateMode::document,
       ServiceIndex service = kNoService);
  Gate(Gate&&) noexcept;
  ~Gate();

  void see(const HtmlToken& token);
  [[nodiscard]] GatedHtml finish();

 private:
  struct Reading;
  std::unique_ptr<Reading> reading_;
};

// The same in one call.
[[nodiscard]] GatedHtml gate_html(const GateSite& site, std::string_view document, std::string_view url,
                                  GateMode mode = GateMode::document, ServiceIndex service = kNoService);

}  // namespace hardtop
