// Follows the namespaces of a document, because they decide what an element is: <image> of SVG loads, <image> of a feed does not.
// Readers of feeds load the images of what they show. Enclosures are links: who wants the film, fetches it.
// What the attributes of SVG, MathML and XHTML elements load is in the table that the gate reads HTML by (gate_vectors.h).
#include <algorithm>
#include <array>

#include "base/html.h"
#include "base/text.h"
#include "base/xml.h"
#include "consent/gate_values.h"
#include "consent/gate_vectors.h"
#include "consent/judgement.h"
#include "consent/xml_spaces.h"

namespace hardtop {

namespace {

bool is_in_browsers(Space space) { return space == Space::svg || space == Space::xhtml || space == Space::mathml; }

constexpr std::string_view kPlainSvg = "save the file without it (\"plain SVG\"), or write out what it stands for";

class XmlJudge {
 public:
  XmlJudge(Judgement& judgement, std::string_view xml) : judgement_(judgement), xml_(xml) {}

  void judge() {
    if (!check_encoding()) return;
    XmlScanner scanner(xml_);
    for (XmlToken token; scanner.next(token);) see(token);
    while (!holders_.empty()) close_holder();
  }

 private:
  // What the text of an element is.
  enum class Holds : std::uint8_t { nothing, style, script, import_map, speculation, url, image, html };
  // A piece of that text, and where it is from.
  struct Piece {
    std::size_t at = 0, offset = 0;
    bool exact = false;  // byte for byte
  };
  struct Holder {
    Holds holds = Holds::nothing;
    std::size_t depth = 0;
    std::string text = {};
    std::vector<Piece> pieces = {};
  };

  void problem(Span at, std::string_view id, std::string message, std::string_view hint) {
    judgement_.problem(at, id, std::move(message), std::string(hint));
  }

  bool check_encoding() {
    const auto starts = [&](std::string_view bytes) { return xml_.starts_with(bytes); };
    std::string name;
    if (starts("\xFE\xFF") || starts("\xFF\xFE") || starts(std::string_view("\0<", 2)) ||
        starts(std::string_view("<\0", 2)))
      name = "UTF-16";
    if (starts("\x1F\x8B")) {
      problem({0, 2}, "consent/unreadable-file", "the file is compressed, and nobody can judge what is in it",
              "publish it without compression; servers compress by themselves");
      return false;
    }
    if (starts("<?xml")) {
      XmlToken declaration;
      XmlScanner scanner(xml_);
      if (!scanner.next(declaration)) return true;
      if (const XmlAttribute* encoding = declaration.find("encoding")) {
        const std::string_view value = encoding->raw_value;
        if (!equals_ascii_ci(value, "utf-8") && !equals_ascii_ci(value, "utf8") &&
            !equals_ascii_ci(value, "us-ascii") && !equals_ascii_ci(value, "ascii")) {
          problem({encoding->offset, value.size()}, "consent/unreadable-file",
                  "the file says that its encoding is '" + std::string(value) + "', and hardtop reads UTF-8",
                  "save it in the encoding UTF-8 and write encoding=\"UTF-8\"");
          return false;
        }
      }
    }
    if (name.empty()) return true;
    problem({0, 2}, "consent/unreadable-file", "the file is in " + name + ", and hardtop reads UTF-8",
            "save it in the encoding UTF-8");
    return false;
  }

  void see(const XmlToken& token) {
    switch (token.kind) {
      case XmlToken::Kind::start_tag:
        start_tag(token);
        break;
      case XmlToken::Kind::end_tag:
        if (!spaces_.is_open(token.name)) break;  // here browsers stop
        if (!holders_.empty() && holders_.back().depth == spaces_.depth()) close_holder();
        spaces_.close();
        break;
      case XmlToken::Kind::text:
      case XmlToken::Kind::cdata:
        add_text(token);
        break;
      case XmlToken::Kind::instruction:
        instruction(token);
        break;
      case XmlToken::Kind::doctype:
        doctype(token);
        break;
      case XmlToken::Kind::comment:
        break;
    }
  }

  // ---- Before the root ----

  void instruction(const XmlToken& token) {
    if (token.name != "xml-stylesheet") return;
    const XmlAttribute* href = token.find("href");
    if (!href) return;
    judgement_.fetch(decode_xml(href->raw_value), CspDirective::style, {href->offset, href->raw_value.size()});
  }

  // Browsers know the document types of the W3C by heart, and load no others; other readers do.
  void doctype(const XmlToken& token) {
    if (!token.system_id.empty() && !token.public_id.starts_with("-//W3C//") &&
        !token.public_id.starts_with("-//Netscape Communications//DTD RSS") &&
        !token.public_id.starts_with("-//Apple//DTD PLIST") &&
        token.system_id.find("://www.w3.org/") == std::string_view::npos)
      judgement_.fetch(decode_xml(token.system_id), std::nullopt, {token.system_id_offset, token.system_id.size()});
    for (const std::string_view word : {"<!ENTITY", "<!ATTLIST", "<?xml-stylesheet", "%"}) {
      const std::size_t at = token.content.find(word);
      if (at == std::string_view::npos) continue;
      problem({token.content_offset + at, word.size()}, "consent/unreadable-file",
              "the document type declares what browsers put into the text: nobody can judge it where it stands",
              kPlainSvg);
      return;
    }
  }

  // ---- Elements ----

  void start_tag(const XmlToken& token) {
    spaces_.open(token);
    element_ = local_name(token.name);
    space_ = spaces_.find(prefix_of(token.name));
    if (spaces_.depth() == 1) root_ = space_;
    if (space_ == Space::none) space_ = space_without_namespace(token);
    for (const XmlAttribute& attribute : token.attributes) this->attribute(token, attribute);
    if (token.self_closing)
      spaces_.close();
    else if (const Holds holds = held_by(token); holds != Holds::nothing)
      holders_.push_back({holds, spaces_.depth()});
  }

  // Some formats have none. What an XSLT style sheet makes is HTML as a rule.
  Space space_without_namespace(const XmlToken& token) {
    if (spaces_.depth() == 1 && token.name == "rss") root_ = Space::rss;
    if (spaces_.depth() == 1 && token.name == "browserconfig") root_ = Space::browserconfig;
    if (root_ == Space::xslt) return Space::xhtml;
    return root_ == Space::rss || root_ == Space::browserconfig ? root_ : Space::none;
  }

  Holds held_by(const XmlToken& token) {
    if (space_ == Space::xslt && element_ == "attribute") return Holds::url;
    const std::string_view parent = token.self_closing ? std::string_view() : spaces_.parent();
    if (space_ == Space::rss) {
      if (element_ == "description") return Holds::html;
      return element_ == "url" && parent == "image" ? Holds::image : Holds::nothing;
    }
    if (space_ == Space::rss_content) return element_ == "encoded" ? Holds::html : Holds::nothing;
    if (space_ == Space::atom) {
      if (element_ == "icon" || element_ == "logo") return Holds::image;
      return equals_ascii_ci(trim(value_of(token, "type")), "html") ? Holds::html : Holds::nothing;
    }
    if (space_ == Space::opensearch) return element_ == "Image" ? Holds::image : Holds::nothing;
    if (!is_in_browsers(space_)) return Holds::nothing;
    if (element_ == "style") return Holds::style;
    if (element_ != "script") return Holds::nothing;
    const std::string type = to_lower_ascii(trim(value_of(token, "type")));
    if (type == "importmap") return Holds::import_map;
    if (type == "speculationrules") return Holds::speculation;
    const bool is_data =
        type.find("json") != type.npos || type.starts_with("text/template") || type.starts_with("text/x-");
    return is_data ? Holds::nothing : Holds::script;
  }

  static std::string value_of(const XmlToken& token, std::string_view name) {
    const XmlAttribute* attribute = token.find(name);
    return attribute ? decode_xml(attribute->raw_value) : std::string();
  }

  void attribute(const XmlToken& token, const XmlAttribute& attribute) {
    const std::string_view prefix = prefix_of(attribute.name);
    const std::string_view name = local_name(attribute.name);
    const Span at = {attribute.offset, attribute.raw_value.size()};
    if (prefix == "xmlns" || attribute.name == "xmlns") return;
    const Space own = prefix.empty() ? space_ : spaces_.find(prefix);
    if (own == Space::xml && name == "base" && is_in_browsers(space_)) {
      judgement_.fetch(decode_xml(attribute.raw_value), std::nullopt, at);
      return;
    }
    if (space_ == Space::xinclude && name == "href" && element_ == "include") {
      judgement_.fetch(decode_xml(attribute.raw_value), CspDirective::connect, at);
      return;
    }
    if (space_ == Space::xslt) return xslt_attribute(name, attribute, at);
    if (prefix.empty() && loads_an_image(token, name)) {
      judgement_.fetch(decode_xml(attribute.raw_value), CspDirective::img, at);
      return;
    }
    if (space_ == Space::opensearch && element_ == "Url" && name == "template") {
      judgement_.fetch(decode_xml(attribute.raw_value), CspDirective::connect, at);
      return;
    }
    if (!is_in_browsers(space_) || (!prefix.empty() && own != Space::xlink)) return;
    if (prefix.empty() && name.size() > 2 && name.starts_with("on")) {
      std::string handler = decode_xml(attribute.raw_value);
      read_script(judgement_, handler, [at](std::size_t, std::size_t) { return at; });
      judgement_.code(InlineCode::Kind::handler, std::move(handler));
      return;
    }
    const GateVector* row = find_gate_vector(element_, name);
    if (!row && space_ == Space::svg && (name == "href" || name == "src")) {
      static constexpr GateVector kAnyReference = {"*", "href", Reads::url, CspDirective::img};
      row = &kAnyReference;
    }
    if (row)
      read_value(token, *row, attribute);
    else if (space_ == Space::svg && attribute.raw_value.find('(') != std::string_view::npos)
      read_declarations(attribute);
  }

  bool loads_an_image(const XmlToken& token, std::string_view name) {
    if (space_ == Space::itunes) return element_ == "image" && name == "href";
    if (space_ == Space::browserconfig) return name == "src";
    if (space_ != Space::media_rss || name != "url") return false;
    return element_ == "thumbnail" ||
           (element_ == "content" && (equals_ascii_ci(trim(value_of(token, "medium")), "image") ||
                                      to_lower_ascii(trim(value_of(token, "type"))).starts_with("image/")));
  }

  void xslt_attribute(std::string_view name, const XmlAttribute& attribute, Span at) {
    const std::string value = decode_xml(attribute.raw_value);
    if (name == "href" && (element_ == "import" || element_ == "include")) {
      judgement_.fetch(value, CspDirective::style, at);
      return;
    }
    // document('…') in an expression
    if (value.find("document(") == value.npos) return;
    for (std::size_t open = value.find_first_of("'\""); open < value.size();) {
      const std::size_t close = std::min(value.find(value[open], open + 1), value.size());
      judgement_.fetch(std::string_view(value).substr(open + 1, close - open - 1), CspDirective::connect, at);
      open = close < value.size() ? value.find_first_of("'\"", close + 1) : value.size();
    }
  }

  void read_value(const XmlToken& token, const GateVector& row, const XmlAttribute& attribute) {
    const Span at = {attribute.offset, attribute.raw_value.size()};
    const std::string value = decode_xml(attribute.raw_value);
    switch (row.reads) {
      case Reads::url:
        judgement_.fetch(value, row.directive, at);
        break;
      case Reads::urls:
        for (const std::string_view url : split_words(value)) judgement_.fetch(url, row.directive, at);
        break;
      case Reads::srcset:
        for (const std::string_view url : split_srcset(value)) judgement_.fetch(url, row.directive, at);
        break;
      case Reads::link:
        if (space_ != Space::xhtml) break;
        for (const auto& directive : loads_of_link(value_of(token, "rel"), value_of(token, "as")))
          judgement_.fetch(value, directive, at);
        break;
      case Reads::base:
        judgement_.fetch(value, std::nullopt, at);
        break;
      case Reads::refresh:
        if (equals_ascii_ci(trim(value_of(token, "http-equiv")), "refresh"))
          if (const auto url = refresh_url(value)) judgement_.fetch(*url, std::nullopt, at);
        break;
      case Reads::document:
        problem(at, "consent/cannot-gate", "a document inside an attribute is not judged in an XML file",
                "make the document a file of its own");
        break;
      case Reads::style:
        judgement_.code(InlineCode::Kind::style_attribute, value);
        [[fallthrough]];
      case Reads::paint:
        read_declarations(attribute);
        break;
      case Reads::animation: {
        const std::string animated = to_lower_ascii(value_of(token, "attributeName"));
        for (const std::string_view part : split(value, ';')) {
          if (animated.empty() || animated.ends_with("href") || animated == "src")
            judgement_.fetch(trim(part), row.directive, at);
          for (const CssUrl& url : find_css_urls(part, CssForm::declarations))
            judgement_.fetch(url.text, CspDirective::img, at);
        }
        break;
      }
      case Reads::service:
        problem(at, "consent/cannot-gate", "nothing in an XML file can wait until the visitor allows a service",
                "put it into a page, where data-service works");
        break;
      default:  // links and forms: they load nothing by themselves
        break;
    }
  }

  void read_declarations(const XmlAttribute& attribute) {
    const std::string value = decode_xml(attribute.raw_value);
    const bool exact = value == attribute.raw_value;
    const Span whole = {attribute.offset, attribute.raw_value.size()};
    read_css(judgement_, value, CssForm::declarations, [&](std::size_t offset, std::size_t length) {
      return exact ? Span{whole.offset + offset, length} : whole;
    });
  }

  // ---- Text of elements ----

  // That of elements inside counts as well: browsers leave it out.
  void add_text(const XmlToken& token) {
    if (holders_.empty()) return;
    Holder& holder = holders_.back();
    const std::string text =
        token.kind == XmlToken::Kind::cdata ? std::string(token.content) : decode_xml(token.content);
    holder.pieces.push_back({holder.text.size(), token.content_offset, text == token.content});
    holder.text += text;
  }

  static Span place_in(const Holder& holder, std::size_t offset, std::size_t length) {
    const auto next = std::ranges::upper_bound(holder.pieces, offset, {}, &Piece::at);
    if (next == holder.pieces.begin()) return {0, 0};
    const std::size_t end = next == holder.pieces.end() ? holder.text.size() : next->at;
    const Piece& piece = *std::prev(next);
    if (!piece.exact) return {piece.offset, 1};
    return {piece.offset + offset - piece.at, std::min(length, end - offset)};
  }

  void close_holder() {
    const Holder holder = std::move(holders_.back());
    holders_.pop_back();
    const PlaceOf place = [&](std::size_t offset, std::size_t length) { return place_in(holder, offset, length); };
    switch (holder.holds) {
      case Holds::style:
        read_css(judgement_, holder.text, CssForm::sheet, place);
        judgement_.code(InlineCode::Kind::style, holder.text);
        break;
      case Holds::script:
        read_script(judgement_, holder.text, place);
        judgement_.code(InlineCode::Kind::script, holder.text);
        break;
      case Holds::import_map:
        read_json(judgement_, holder.text, CspDirective::script, place);
        break;
      case Holds::speculation:
        read_json(judgement_, holder.text, CspDirective::connect, place);
        break;
      case Holds::url: {
        const std::string_view url = trim(holder.text);
        if (url.starts_with("//") || url.find("://") < 8)
          judgement_.fetch(url, CspDirective::img, place(0, holder.text.size()));
        break;
      }
      case Holds::image:
        judgement_.fetch(trim(holder.text), CspDirective::img, place(0, holder.text.size()));
        break;
      case Holds::html:
        read_feed_html(judgement_, holder.text, place);
        break;
      case Holds::nothing:
        break;
    }
  }

  Judgement& judgement_;
  std::string_view xml_;
  Namespaces spaces_;
  std::string_view element_;
  Space space_ = Space::none, root_ = Space::none;
  std::vector<Holder> holders_;  // the open ones, innermost last
};

}  // namespace

JudgedFile judge_xml(const Services& services, std::string_view xml, std::string_view url) {
  Judgement judgement(services, url, Judgement::Optional::problem, "this file of SVG or XML",
                      "remove it, or put the content into a page, where it is gated");
  XmlJudge(judgement, xml).judge();
  JudgedFile judged = judgement.finish();
  // A script in a file that is opened by itself waits for nobody.
  for (const FileUse& use : judged.facts.uses)
    judged.problems.push_back(
        {use.offset, use.length, "consent/ungated-script",
         "a script in an SVG or XML file " + what_a_script_does(services, use) + ", and nothing can make it wait",
         std::string(kNoScriptInXml)});
  std::ranges::stable_sort(judged.problems, {}, &GateProblem::offset);
  return judged;
}

}  // namespace hardtop
