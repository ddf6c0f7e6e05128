// Holds the gate against gumbo, a whole HTML5 parser, on documents that no person would write. Where the gate says that a
// document is fine, the tree that gumbo builds of what is published, with <noscript> read both ways, holds no element outside of
// templates that would load from a service that needs a decision; gating it again changes nothing.
//
// gumbo is of 2015: documents that it misreads are left out, see base/html_oracle_test.cc.
#include <doctest/doctest.h>
#include <gumbo.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "base/html.h"
#include "base/html_tags.h"
#include "base/text.h"
#include "consent/gate_fixture.h"
#include "support/effort.h"

using namespace gate_fixture;

namespace {

using Pieces = std::vector<std::string_view>;

const Pieces kLoads = {"<img src=\"https://films.example/1\" width=1 height=1>",
                       "<img src=//ads.example/2 width=9 height=9>",
                       "<script src='https://films.example/3'></script>",
                       "<script src=\"/own.js\"></script>",
                       "<iframe src=https://a.ads.example/4 width=640 height=360></iframe>",
                       "<iframe srcdoc=\"<img src='//films.example/5'>\" width=9 height=9></iframe>",
                       "<link rel=stylesheet href=https://films.example/6>",
                       "<picture><source srcset=\"//films.example/7 2x\"><img src=/x width=9 height=9></picture>",
                       "<video width=9 height=9><source src=//ads.example/8></video>",
                       "<svg><image href=\"//films.example/9\"/></svg>",
                       "<svg><g style=\"fill:url(//films.example/10)\"/></svg>",
                       "<object data=//films.example/11 width=9 height=9>",
                       "</object>",
                       "<noscript><img src=//films.example/12 width=1 height=1></noscript>",
                       "<noscript><iframe src=//ads.example/13></iframe></noscript>",
                       "<noscript><div>",
                       "<embed src=//ads.example/14 width=9 height=9>",
                       "<math><mtext><img src=//films.example/15></mtext></math>",
                       "<div data-service=films><iframe src=//ads.example/16 width=9 height=9></iframe></div>",
                       "<div data-service=ads>",
                       "<span data-service=films><b>x</b></span>",
                       "<template data-service=films>",
                       "<template data-service=films><img src=//films.example/17></template>",
                       "<a href=consent:preferences>x</a>",
                       "<div style=\"background:url(//films.example/18)\">",
                       "<input type=image src=//films.example/19>",
                       "<audio src=//films.example/20></audio>",
                       "<svg><script href=//films.example/21 /></svg>",
                       "<svg><foreignObject><iframe src=//ads.example/22></iframe></foreignObject></svg>",
                       "<frame src=//films.example/23>",
                       "<td background=//films.example/24>",
                       "<body background=//films.example/25>"};
const Pieces kTags = {"<p>",
                      "</p>",
                      "<div>",
                      "</div>",
                      "<b>",
                      "</b>",
                      "<a href=/>",
                      "</a>",
                      "<i>",
                      "</i>",
                      "<ul><li>",
                      "</ul>",
                      "<svg>",
                      "</svg>",
                      "<g>",
                      "<math>",
                      "</math>",
                      "<mi>",
                      "<desc>",
                      "<foreignObject>",
                      "</foreignObject>",
                      "<title>",
                      "</title>",
                      "<style>",
                      "</style>",
                      "<script>",
                      "</script>",
                      "<textarea>",
                      "</textarea>",
                      "<xmp>",
                      "</xmp>",
                      "<template>",
                      "</template>",
                      "<noscript>",
                      "</noscript>",
                      "<table>",
                      "</table>",
                      "<tr><td>",
                      "</td>",
                      "<caption>",
                      "<colgroup>",
                      "<col>",
                      "<button>",
                      "</button>",
                      "<object>",
                      "<picture>",
                      "</picture>",
                      "<video>",
                      "</video>",
                      "<head>",
                      "</head>",
                      "<body>",
                      "</body>",
                      "<html>",
                      "</html>",
                      "<br>",
                      "<img>",
                      "<plaintext>",
                      "<frameset>",
                      "<form>",
                      "</form>",
                      "<span>",
                      "</span>",
                      "<h1>",
                      "</h1>",
                      "<meta charset=utf-8>",
                      "<iframe>",
                      "</iframe>",
                      "<noframes>",
                      "</noframes>",
                      "<marquee>",
                      "</marquee>"};
const Pieces kTexts = {"x",         "text", " ",        "\n",   "<!--c-->", "<!--", "-->",
                       "<![CDATA[", "]]>",  "<?php ?>", "<!x>", "&amp;",    "<"};
constexpr std::string_view kNoise = "<>/!-\"'= &;a?[]";

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::string document() {
    std::string out = below(2) ? "<!doctype html>" : "";
    if (below(2)) out += "<html><head><meta charset=utf-8></head><body>";
    for (std::size_t i = 1 + below(12); i > 0; --i) {
      const std::size_t kind = below(8);
      out += kind < 3 ? pick(kLoads) : kind < 7 ? pick(kTags) : pick(kTexts);
    }
    for (std::size_t i = below(4) ? 0 : 1 + below(2); i > 0; --i) mutate(out);
    return out;
  }

 private:
  std::size_t below(std::size_t n) { return random_() / 7 % n; }
  std::string_view pick(const Pieces& pieces) { return pieces[below(pieces.size())]; }
  void mutate(std::string& out) {
    const std::size_t at = below(out.size() + 1);
    if (below(2) && at < out.size()) {
      out.erase(at, 1);
    } else {
      out.insert(at, 1, kNoise[below(kNoise.size())]);
    }
  }
  std::minstd_rand random_;
};

// As the generator writes it: what a mutation has spoilt need not load.
bool names_a_host(std::string_view value) {
  for (const std::string_view before : {"", "https:", "fill:url(", "background:url(", "<img src='"}) {
    if (!value.starts_with(before)) continue;
    for (const std::string_view host : {"//films.example/", "//ads.example/", "//a.ads.example/"}) {
      if (value.substr(before.size()).starts_with(host)) return true;
    }
  }
  return false;
}

// Written without a look at the gate's own table.
bool loads(const GumboElement& element) {
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  const std::string tag = to_lower_ascii({piece.data ? piece.data : "", piece.length});
  const auto is_one_of = [](std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
  };
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
    const std::string_view value = attribute->value, name = attribute->name;
    if (!names_a_host(value)) continue;
    if (name == "src" && !value.starts_with('<') &&
        is_one_of(tag, {"img", "image", "script", "iframe", "frame", "embed", "source", "audio", "video", "input"}))
      return true;
    if (name == "srcset" && is_one_of(tag, {"img", "image", "source"})) return true;
    if (name == "srcdoc" && tag == "iframe" && value.ends_with("5'>")) return true;
    if (name == "data" && tag == "object") return true;
    if (name == "href" && is_one_of(tag, {"image", "script"})) return true;
    if (name == "style" && value.ends_with(')') && value.find(":url(") != value.npos) return true;
    if (name == "background" && is_one_of(tag, {"body", "td"})) return true;
    const GumboAttribute* rel = gumbo_get_attribute(&element.attributes, "rel");
    if (name == "href" && tag == "link" && rel && to_lower_ascii(rel->value) == "stylesheet") return true;
  }
  return false;
}

// What is live in the tree: the first element that loads, as written; empty: none.
std::string find_live(const GumboNode* node) {
  if (node->type == GUMBO_NODE_TEMPLATE && node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML) return "";
  const GumboVector* children = nullptr;
  if (node->type == GUMBO_NODE_DOCUMENT) {
    children = &node->v.document.children;
  } else if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
    if (loads(node->v.element)) {
      return std::string(node->v.element.original_tag.data, node->v.element.original_tag.length);
    }
    if (node->v.element.tag == GUMBO_TAG_IFRAME || node->v.element.tag == GUMBO_TAG_NOFRAMES) return "";
    children = &node->v.element.children;
  } else {
    return "";
  }
  for (unsigned i = 0; i < children->length; ++i) {
    std::string live = find_live(static_cast<const GumboNode*>(children->data[i]));
    if (!live.empty()) return live;
  }
  return "";
}

std::string live_in(const std::string& document) {
  GumboOutput* tree = gumbo_parse_with_options(&kGumboDefaultOptions, document.data(), document.size());
  std::string live = find_live(tree->document);
  gumbo_destroy_output(&kGumboDefaultOptions, tree);
  return live;
}

// gumbo knows no scripting: where scripts run, a <noscript> holds text, as <xmp> does.
std::string with_noscript_as_text(std::string document) {
  HtmlScanner scanner(document, {.scripting = true});
  std::string out;
  std::size_t copied = 0;
  for (HtmlToken token; scanner.next(token);) {
    if (token.kind != HtmlToken::Kind::raw_text || !equals_ascii_ci(token.name, "noscript")) continue;
    out += std::string_view(document).substr(copied, token.begin - copied);
    copied = token.end;
  }
  return out + document.substr(copied);
}

// gumbo's misreadings, and what the standard has changed since.
bool gumbo_can_read(const std::string& document) {
  if (document.find("</>") != std::string::npos) return false;
  HtmlScanner scanner(document);
  bool foreign = false;
  for (HtmlToken token; scanner.next(token);) {
    if (token.disputed) return false;
    foreign = foreign || token.foreign;
    if (token.kind == HtmlToken::Kind::end_tag) {
      if (foreign && (equals_ascii_ci(token.name, "p") || equals_ascii_ci(token.name, "br"))) return false;
      const auto tag = gumbo_tagn_enum(token.name.data(), static_cast<unsigned>(token.name.size()));
      if (tag == GUMBO_TAG_UNKNOWN || token.end - token.begin != token.name.size() + 3) return false;
    }
  }
  return true;
}

// ---- Places ----

// With what every page gets at its places.
std::string with_placed(const std::string& html, const GatedHtml& gated) {
  std::vector<Edit> edits = gated.edits;
  insert_text(edits, gated.policy_at, "<meta name=placed>");
  insert_text(edits, gated.head_end, "<template class=placed></template>");
  insert_text(edits, gated.body_begin, "<template class=placed></template>");
  insert_text(edits, gated.body_end, "<template class=placed></template>");
  return apply_edits(html, edits);
}

struct Found {
  int policies = 0, templates = 0;
};
void find_placed(const GumboNode* node, bool in_head, Found& found) {
  const GumboVector* children = nullptr;
  if (node->type == GUMBO_NODE_DOCUMENT) {
    children = &node->v.document.children;
  } else if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
    const GumboElement& element = node->v.element;
    const GumboAttribute* name = gumbo_get_attribute(&element.attributes, "name");
    const GumboAttribute* of_class = gumbo_get_attribute(&element.attributes, "class");
    if (in_head && name && element.tag == GUMBO_TAG_META && std::string_view(name->value) == "placed") ++found.policies;
    if (node->type == GUMBO_NODE_TEMPLATE) {
      if (of_class && element.tag_namespace == GUMBO_NAMESPACE_HTML && std::string_view(of_class->value) == "placed")
        ++found.templates;
      return;
    }
    children = &element.children;
    in_head = element.tag == GUMBO_TAG_HEAD;
  } else {
    return;
  }
  for (unsigned i = 0; i < children->length; ++i) {
    find_placed(static_cast<const GumboNode*>(children->data[i]), in_head, found);
  }
}

std::string check_places(const std::string& html, const GatedHtml& gated) {
  const std::string placed = with_placed(html, gated);
  const std::string lower = to_lower_ascii(placed);
  if (lower.find("<frame") != lower.npos || !gumbo_can_read(placed)) return "";
  GumboOutput* tree = gumbo_parse_with_options(&kGumboDefaultOptions, placed.data(), placed.size());
  Found found;
  find_placed(tree->document, false, found);
  gumbo_destroy_output(&kGumboDefaultOptions, tree);
  if (found.policies == 1 && found.templates == 3) return "";
  return "placed " + std::to_string(found.policies) + " policies and " + std::to_string(found.templates) +
         " templates: " + placed;
}

// ---- Tags and feeds ----

// As a service's tag: one template and nothing beside it, or a problem. In a feed: nothing live.
std::string check_fragments(const std::string& html) {
  const GatedHtml tag = gate(html, GateMode::tag, 0);
  if (tag.problems.empty()) {
    const std::string page = "<!doctype html><body>" + apply_edits(html, tag.edits) + "<p>after</p>";
    if (gumbo_can_read(page)) {
      GumboOutput* tree = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
      const auto* body = static_cast<const GumboNode*>(tree->root->v.element.children.data[1]);
      const GumboVector& children = body->v.element.children;
      const bool right =
          children.length == 2 && static_cast<const GumboNode*>(children.data[0])->type == GUMBO_NODE_TEMPLATE;
      gumbo_destroy_output(&kGumboDefaultOptions, tree);
      if (!right) return "not one template: " + page;
    }
  }
  const GatedHtml feed = gate(html, GateMode::feed);
  if (feed.problems.empty()) {
    const std::string page = "<!doctype html><body>" + apply_edits(html, feed.edits);
    if (!gumbo_can_read(page)) return "";
    std::string live = live_in(page);
    if (live.empty()) live = live_in(with_noscript_as_text(page));
    if (!live.empty()) return "live in a feed: " + live + " in " + page;
  }
  return "";
}

struct Counts {
  int fine = 0, gated = 0, compared = 0, failures = 0;
};

void check(const std::string& html, Counts& counts) {
  const GatedHtml gated = gate(html);
  if (!gated.problems.empty()) return;
  ++counts.fine;
  const std::string after = apply_edits(html, gated.edits);
  const GatedHtml again = gate(after);
  std::string wrong;
  if (!again.problems.empty()) wrong = "gating again: " + problems(again);
  if (!again.edits.empty()) wrong = "gating again moves: " + apply_edits(after, again.edits);
  if (!gated.records.empty()) ++counts.gated;
  if (wrong.empty() && gumbo_can_read(after)) {
    ++counts.compared;
    wrong = live_in(after);
    if (wrong.empty()) wrong = live_in(with_noscript_as_text(after));
    if (!wrong.empty()) wrong = "live: " + wrong;
    if (wrong.empty()) wrong = check_places(html, gated);
  }
  if (wrong.empty()) wrong = check_fragments(html);
  if (wrong.empty()) return;
  ++counts.failures;
  CHECK_MESSAGE(wrong.empty(), html << "\n" << after << "\n" << wrong);
}

}  // namespace

TEST_SUITE_BEGIN("gate");

TEST_CASE("nothing that a whole parser finds live belongs to a service that waits for a choice") {
  Generator generator(20260211);
  Counts counts;
  const char* more = std::getenv("HARDTOP_ORACLE_ROUNDS");
  const int rounds = more ? std::atoi(more) : hardtop::test::rounds(40'000);
  for (int i = 0; i < rounds && counts.failures < 5; ++i) check(generator.document(), counts);
  MESSAGE(counts.fine << " fine, " << counts.gated << " gated, " << counts.compared << " compared");
  CHECK(counts.failures == 0);
  CHECK(counts.gated > rounds / 12);
  CHECK(counts.compared > rounds / 8);
}

TEST_SUITE_END();
