// Reads a script token by token with a short memory. It looks for three things: names that reach what a browser keeps, hosts of
// declared services in any text, and what the script imports.
//
// Names. localStorage, sessionStorage, indexedDB, cookieStore and serviceWorker count as names, as properties of anything, and
// as strings that are nothing else ("localStorage" in window["localStorage"]). `cookie` counts as a property of anything
// (minifiers write d.cookie), also in brackets, and taken out of document by a pattern or a descriptor; not as a key of an
// object, which is what options look like. `caches` is also a likely name for a variable: it counts as a property of window, self,
// globalThis and the like, and alone where the script does not declare it.
#include <algorithm>
#include <array>
#include <deque>

#include "base/ascii.h"
#include "base/host.h"
#include "base/javascript.h"
#include "base/text.h"
#include "consent/judgement.h"

namespace hardtop {

namespace {

using Kind = JsToken::Kind;

constexpr std::array<std::string_view, 5> kStorage = {"localStorage", "sessionStorage", "indexedDB", "cookieStore",
                                                      "serviceWorker"};
constexpr std::array<std::string_view, 6> kGlobals = {"window", "self", "globalThis", "top", "parent", "frames"};
constexpr std::array<std::string_view, 7> kDeclaring = {"let", "const", "var", "function", "class", "import", "catch"};

template <typename List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

bool is_host_char(char c) {
  return is_ascii_alphanumeric(c) || c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

class ScriptReader {
 public:
  ScriptReader(Judgement& judgement, const PlaceOf& place_of) : judgement_(judgement), place_of_(place_of) {}

  void read(std::string_view script) {
    JsScanner scanner(script);
    JsToken token;
    while (scanner.next(token)) {
      see(token);
      past_.push_front(std::move(token));
      if (past_.size() > kMemory) past_.pop_back();
    }
    if (bare_caches_) caches_.push_back(*bare_caches_);
    if (specifier_ && !specifier_->needs_import) import(*specifier_);
    if (names_worker_ || (creates_worker_ && has_script_url_)) judgement_.own_worker();
    if (!declares_caches_)
      for (const Span at : caches_) uses("caches", at);
  }

 private:
  static constexpr std::size_t kMemory = 6;

  // The n-th token before the one in hand.
  [[nodiscard]] const JsToken& before(std::size_t n) const {
    static const JsToken kNothing;
    return n <= past_.size() ? past_[n - 1] : kNothing;
  }
  [[nodiscard]] bool after_dot() const { return before(1).is(".") || before(1).is("?."); }
  [[nodiscard]] Span place(const JsToken& token) const { return place_of_(token.begin, token.end - token.begin); }

  void uses(std::string_view what, Span at) {
    judgement_.use(FileUse::Kind::storage, std::string(what), kNoService, at);
  }

  void see(const JsToken& token) {
    close_specifier(token);
    if (bare_caches_) {
      const bool is_key = token.is(":") && (before(2).is("{") || before(2).is(","));
      if (!is_key) caches_.push_back(*bare_caches_);
      bare_caches_.reset();
    }
    switch (token.kind) {
      case Kind::name:
        see_name(token);
        break;
      case Kind::string:
        see_word(token);
        see_text(token);
        see_specifier(token);
        break;
      case Kind::template_:
        if (token.whole) see_word(token);
        see_text(token);
        see_specifier(token);
        break;
      case Kind::regex:
        see_regex(token);
        break;
      case Kind::punctuation:
        see_punctuation(token);
        break;
      case Kind::number:
        break;
    }
  }

  // ---- Names ----

  void see_name(const JsToken& token) {
    const std::string& name = token.text;
    if (holds(kStorage, name)) return uses(name, place(token));
    if (name == "cookie") {
      if (after_dot())
        uses("document.cookie", place(token));
      else if (!braces_.empty() && !braces_.back().cookie)
        braces_.back().cookie = place(token);
    } else if (name == "caches") {
      see_caches(token);
    } else if (taken_ && (name == "document" || holds(kGlobals, name))) {
      if (taken_->cookie && name == "document") uses("document.cookie", *taken_->cookie);
      if (taken_->caches && name != "document") uses("caches", *taken_->caches);
    }
    if (name == "importScripts") import_call_ = ImportCall::scripts;
    if ((name == "Worker" || name == "SharedWorker") && before(1).is_name("new")) {
      import_call_ = ImportCall::worker;
      creates_worker_ = true;
    }
  }

  void see_caches(const JsToken& token) {
    if (after_dot()) {
      if (before(2).kind == Kind::name && holds(kGlobals, before(2).text)) uses("caches", place(token));
      return;
    }
    if (!braces_.empty() && !braces_.back().caches) braces_.back().caches = place(token);
    if (before(1).kind == Kind::name && holds(kDeclaring, before(1).text))
      declares_caches_ = true;
    else
      bare_caches_ = place(token);
  }

  // A string that is nothing but a name.
  void see_word(const JsToken& token) {
    const std::string& text = token.text;
    const bool in_brackets = before(1).is("[") && is_operand(before(2));
    if (holds(kStorage, text) || text == "document.cookie") {
      uses(text, place(token));
    } else if (text == "cookie" && (in_brackets || (before(1).is(",") && (before(2).is_name("document") ||
                                                                          before(2).is_name("prototype"))))) {
      uses("document.cookie", place(token));
    } else if (text == "caches" && in_brackets && holds(kGlobals, before(2).text)) {
      uses("caches", place(token));
    }
  }

  [[nodiscard]] static bool is_operand(const JsToken& token) {
    return token.kind == Kind::name || token.is(")") || token.is("]");
  }

  // What a '/' begins is a guess: names in it count too.
  void see_regex(const JsToken& token) {
    std::string plain;
    for (const char c : token.text)
      if (c != '\\') plain += c;
    for (const std::string_view name : kStorage)
      if (plain.find(name) != plain.npos) uses(name, place(token));
    if (plain.find("document.cookie") != plain.npos) uses("document.cookie", place(token));
    find_hosts(plain, place(token));
  }

  void see_punctuation(const JsToken& token) {
    if (taken_ && (token.is(";") || token.is(",") || token.is(")"))) taken_.reset();
    if (token.is("{")) {
      braces_.emplace_back();
    } else if (token.is("}") && !braces_.empty()) {
      closed_ = braces_.back();
      braces_.pop_back();
    } else if (token.is("=") && before(1).is("}")) {
      taken_ = closed_;
    }
  }

  // ---- Texts ----

  void see_text(const JsToken& token) { find_hosts(token.text, place(token)); }

  void find_hosts(std::string_view text, Span at) {
    for (std::size_t begin = 0; (begin = text.find('.', begin)) != text.npos;) {
      std::size_t first = begin, last = begin;
      while (first > 0 && is_host_char(text[first - 1])) --first;
      while (last < text.size() && is_host_char(text[last])) ++last;
      judge_host(text.substr(first, last - first), scheme_before(text.substr(0, first)), port_after(text.substr(last)),
                 at);
      begin = last;
    }
  }

  // As a policy's source begins for it.
  static std::string scheme_before(std::string_view text) {
    for (const std::string_view scheme : {"http://", "wss://", "ws://"})
      if (text.size() >= scheme.size() && equals_ascii_ci(text.substr(text.size() - scheme.size()), scheme) &&
          (text.size() == scheme.size() || !is_host_char(text[text.size() - scheme.size() - 1])))
        return std::string(scheme);
    return "https://";
  }
  static std::string_view port_after(std::string_view text) {
    if (!text.starts_with(':')) return {};
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    return end > 1 && end <= 6 ? text.substr(0, end) : std::string_view();
  }

  void judge_host(std::string_view text, const std::string& scheme, std::string_view port, Span at) {
    while (text.starts_with('.')) text.remove_prefix(1);
    while (text.ends_with('.')) text.remove_suffix(1);
    if (text.size() < 4 || text.size() > 253) return;
    std::string host = to_lower_ascii(text);
    if (!std::ranges::all_of(host, [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
      host = parse_host(host, true).value_or("");
    const ServiceIndex service = judgement_.services().find_host(host);
    if (service == kNoService) return;
    judgement_.mention(service, host, scheme + host + std::string(port), at);
  }

  // ---- Imports ----

  enum class ImportCall : std::uint8_t { none, scripts, worker };

  // import "x", from "x", import("x"), import.defer("x"), importScripts("x", "y"), new Worker("x"), new URL("x", import.meta.url)
  void see_specifier(const JsToken& token) {
    const bool import_call =
        before(1).is("(") && (before(2).is_name("import") || (before(3).is(".") && before(4).is_name("import")));
    const bool statement =
        (before(1).is_name("import") && !before(2).is(".")) || (before(1).is_name("from") && !before(2).is("."));
    if ((statement && token.kind == Kind::string) || import_call) return open_specifier(token, false);
    if (before(1).is("(") && before(2).is_name("URL")) return open_specifier(token, true);
    if (import_call_ == ImportCall::none) return;
    if (before(1).is("(") || (before(1).is(",") && import_call_ == ImportCall::scripts)) open_specifier(token, false);
    if (before(1).is("(") && import_call_ == ImportCall::worker) import_call_ = ImportCall::none;
  }

  struct Specifier {
    std::string text;
    Span at;
    bool whole = true;          // not the begin of a longer text
    bool needs_import = false;  // counts only before ", import.meta.url"
    bool of_worker = false;     // in new Worker("x")
    int waited = 0;
  };

  void open_specifier(const JsToken& token, bool needs_import) {
    const bool of_worker = import_call_ == ImportCall::worker && !needs_import;
    specifier_ =
        Specifier{token.text, place(token), token.kind == Kind::string || token.whole, needs_import, of_worker, 0};
  }

  // What follows a specifier tells whether it is one.
  void close_specifier(const JsToken& token) {
    if (token.is(")") || token.is(";")) import_call_ = ImportCall::none;
    if (!specifier_) return;
    if (specifier_->needs_import) {
      const bool is_import = specifier_->waited == 1 && token.is_name("import");
      if (!is_import && !(specifier_->waited++ == 0 && token.is(","))) return specifier_.reset();
      if (!is_import) return;
    } else if (token.is("+") || token.is(".") || token.is("?.") || token.is("[")) {
      specifier_->whole = false;
    }
    import(*specifier_);
    specifier_.reset();
  }

  // Bare module names ("lodash") are an import map's business, which is judged where it stands.
  void import(const Specifier& specifier) {
    const std::string_view text = specifier.text;
    const std::string lower = to_lower_ascii(text.substr(0, 8));
    const std::size_t colon = text.find(':');
    const bool is_relative =
        text.starts_with('/') || text.starts_with("./") || text.starts_with("../") || text.starts_with('\\');
    const bool is_absolute = colon != text.npos && text.find_first_of("/?#") > colon;
    if (!is_relative && !is_absolute && !(text.ends_with(".js") || text.ends_with(".mjs"))) return;
    if (specifier.of_worker && !specifier.whole && is_relative && !text.starts_with("//")) names_worker_ = true;
    // Of a text that goes on, only a host that is complete says something.
    if (!specifier.whole) {
      const std::size_t host = text.find("//");
      if (host == text.npos || text.find_first_of("/?#", host + 2) == text.npos) return;
    }
    if (judgement_.fetch(text, CspDirective::script, specifier.at) != Party::first) return;
    const std::string_view path = text.substr(0, text.find_first_of("?#"));
    if (specifier.of_worker) names_worker_ = true;
    if (specifier.needs_import && (path.ends_with(".js") || path.ends_with(".mjs"))) has_script_url_ = true;
  }

  // Names seen in a {…}.
  struct Brace {
    std::optional<Span> cookie, caches;
  };

  Judgement& judgement_;
  const PlaceOf& place_of_;
  std::deque<JsToken> past_;
  std::vector<Brace> braces_;
  Brace closed_;
  std::optional<Brace> taken_;  // a pattern, after its "="
  std::vector<Span> caches_;    // `caches` alone
  std::optional<Span> bare_caches_;
  bool declares_caches_ = false;
  ImportCall import_call_ = ImportCall::none;
  std::optional<Specifier> specifier_;
  // An own file becomes a worker: by its name, or by a URL that was made of it before.
  bool names_worker_ = false, creates_worker_ = false, has_script_url_ = false;
};

}  // namespace

void read_script(Judgement& judgement, std::string_view script, const PlaceOf& place_of) {
  ScriptReader(judgement, place_of).read(script);
}

JudgedFile judge_script(const Services& services, std::string_view script, std::string_view url) {
  Judgement judgement(services, url, Judgement::Optional::fact, "the script", "");
  if (is_utf16(script)) {
    judgement.problem({0, 2}, "consent/unreadable-file", "the script is in UTF-16, and hardtop reads UTF-8",
                      "save it in the encoding UTF-8");
  }
  read_script(judgement, script, [](std::size_t offset, std::size_t length) { return Span{offset, length}; });
  return judgement.finish();
}

}  // namespace hardtop
