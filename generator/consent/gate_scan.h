// The gate's first reading: every tag of a document held against the table of vectors (gate_vectors.h), and every URL against the
// declared services. It notes what is to be gated; which bytes move for it is for gate_units.h to say.
//
// Most documents contact nobody, so a tag without an attribute that matters costs a look at its attributes' lengths.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/html.h"
#include "base/url.h"
#include "consent/gate.h"
#include "consent/gate_vectors.h"

namespace hardtop {

// A reason to gate something.
struct GateFind {
  enum class Kind : std::uint8_t {
    fetch,     // an element that loads, and can be moved
    fixed,     // what loads cannot be moved without its surroundings
    wanted,    // data-service
    template_  // <template data-service>: what it holds is inert already
  };
  Kind kind = Kind::fetch;
  ServiceIndex service = kNoService;
  std::size_t token = 0;                // where the start tag of the element begins
  std::size_t offset = 0, length = 0;   // what a problem points at
  std::string_view element, attribute;  // as written; no attribute: the element's text
  std::string host;                     // of fetch and fixed
};

// Code in the document, to be judged once it is known whether it is gated.
struct GateCode {
  std::size_t token = 0;
  std::size_t offset = 0, length = 0;
  bool at_offset = false;                // `text` stands at `offset` byte for byte
  std::optional<InlineCode::Kind> kind;  // what it is to a policy; nothing: policies never let it run
  std::string text;
};

// A script or style sheet of the site that does something.
struct GateFileUse {
  std::size_t token = 0;
  std::size_t offset = 0, length = 0;
  bool sheet = false;
  const FileFacts* facts = nullptr;
};

// A path, a query or a fragment whatever follows: what URL parsing drops or decodes later cannot make another host of it.
[[nodiscard]] bool is_surely_own(std::string_view raw);

// Decoded; empty where there is none.
[[nodiscard]] std::string attribute_of(const HtmlToken& token, std::string_view name);

class GateScan {
 public:
  // `url` is the document's, absolute or root-relative.
  GateScan(const GateSite& site, std::string_view document, std::string_view url, GateMode mode);

  // Half of all tags: the ends of HTML elements.
  [[nodiscard]] bool concerns(const HtmlToken& token) const {
    return token.kind != HtmlToken::Kind::end_tag || token.foreign || token.disputed || foreign_text_;
  }
  void see(const HtmlToken& token) {
    if (says_nothing(token))
      holds_ = Holds::nothing;
    else
      see_closely(token);
  }
  void finish();
  // What a script or style sheet of the site needs, and what it does that a live one may not, with all that it imports.
  [[nodiscard]] const FileFacts* use_own_file(std::string_view url);
  void add_source(CspDirective directive, std::string source);

  std::vector<GateFind> finds;  // by token
  std::vector<GateLoad> loads;
  std::vector<GateCode> codes;
  std::vector<GateFileUse> files;
  std::vector<Edit> edits;  // of links, sorted
  std::vector<GateProblem> problems;
  std::vector<ServiceIndex> necessary;
  std::vector<std::size_t>
      necessary_tokens;  // that carry the data-service of a necessary service, sorted: these may use storage
  CspNeeds needs;        // but for the code of `codes`
  bool saw_noscript = false, has_memory_form = false, has_import_map = false;
  // Whoever looks ahead without knowing what is open (HtmlScanOptions::looking_ahead) may take text of this document for tags.
  bool misleads_ahead = false;

  [[nodiscard]] const Url& url();

 private:
  struct At {
    std::size_t token, offset, length;
    std::string_view element, attribute;
    Moves moves;
  };
  enum class Holds : std::uint8_t { nothing, script, json_of_script, json_of_speculation, style };

  // A start tag of no more than a name, and that of another length than <meta> <style> <script> <noscript> <frameset>.
  [[nodiscard]] bool says_nothing(const HtmlToken& token) const {
    constexpr unsigned kLengths = 1U << 4 | 1U << 5 | 1U << 6 | 1U << 8;
    return token.kind == HtmlToken::Kind::start_tag && token.attributes.empty() && !token.foreign && !token.disputed &&
           !foreign_text_ && (token.name.size() > 8 || (kLengths >> token.name.size() & 1U) == 0);
  }
  void see_closely(const HtmlToken& token);
  void start_tag(const HtmlToken& token);
  void attribute(const HtmlToken& token, const HtmlAttribute& attribute, const GateVector& row);
  void link(const HtmlToken& token, const At& at, std::string_view value);
  void target(const HtmlToken& token, const HtmlAttribute& attribute, const At& at);
  void service(const HtmlToken& token, const At& at, std::string_view value);
  void form(const At& at, std::string_view value);
  void animation(const HtmlToken& token, const At& at, std::string_view value);
  void encoding(const HtmlToken& token);
  void encoding_of_whole();
  void handler(const HtmlToken& token, const HtmlAttribute& attribute);
  void style_attribute(const At& at, std::string_view value, bool at_offset);
  void css(const At& at, std::string_view text, bool sheet, bool at_offset);
  void json(const At& at, std::string_view text, bool speculation);
  void text_of_element(const At& at, std::string_view text, bool at_offset);
  void follow_foreign_text(const HtmlToken& token);
  [[nodiscard]] bool misleads(const HtmlToken& token) const;

  void fetch(const At& at, std::string_view url, std::optional<CspDirective> directive);
  void fetch_from_nobody(const At& at, std::string_view url, std::optional<CspDirective> directive);
  void inner_document(const At& at, const std::string& text);
  void inner_xml(const At& at, const std::string& text);
  void own_file(const At& at, std::string_view url, std::optional<CspDirective> directive);
  void found(const At& at, const Owner& owner, std::string_view url);
  void undeclared(const At& at, const std::string& host);
  void problem(const At& at, std::string id, std::string message, std::string hint);

  const GateSite& site_;
  std::string_view document_, url_text_;
  const GateMode mode_;
  std::optional<Url> url_;
  std::string buffer_;
  bool disputed_ = false, names_encoding_ = false;
  int depth_ = 0;  // of documents in documents

  Holds holds_ = Holds::nothing;  // what the text of the element in hand is
  At holder_{};
  bool foreign_text_ = false;  // it comes as markup, because svg or math is around
  std::size_t foreign_from_ = 0;
  std::string foreign_code_;
};

}  // namespace hardtop
