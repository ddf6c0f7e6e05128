// One walk over the page's tags with the open elements on a stack: what offers a choice, in which layer, on which level,
// and what it looks like as far as its markup says. Then the rules, one after another.
#include "consent/honest_design.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/html.h"
#include "base/text.h"

namespace hardtop {

namespace {

constexpr std::string_view kSymmetry = "EDPB cookie banner taskforce 2023, practices A, D and E; 11 CCR 7004(a)(2)";
constexpr std::string_view kRefusal =
    "EDPB cookie banner taskforce 2023, practice A, paragraph 8; 11 CCR 7004(a)(2)(C)";

enum class Layer : std::uint8_t { page, banner, preferences };

std::string_view name_of(Layer layer) {
  switch (layer) {
    case Layer::page:
      return "the page";
    case Layer::banner:
      return "the banner";
    case Layer::preferences:
      return "the preferences";
  }
  return "";
}

// Something with data-consent="…".
struct Control {
  std::string action;
  std::string element;
  std::vector<HtmlAttribute> attributes;  // all of them: what they say is read only where a rule compares it
  std::size_t parent = 0;                 // a number of the element that holds it
  Layer layer = Layer::page;
  std::size_t offset = 0, length = 0;
  std::string_view obstacle;  // why it cannot be used: "hidden", "disabled" …; empty where it can
};

// An element that has one of the ids that the runtime looks for.
struct Part {
  std::size_t offset = 0, length = 0;
  std::string element;
  int count = 0;
  bool has_label = false, has_status_role = false, has_saved = false, has_gpc_confirm = false;
};

struct PageParts {
  Part banner, preferences, status;
  std::vector<Control> controls;  // in order
  std::vector<GateProblem> preticked;
  bool has_service_box = false;
  bool has_script = false;
};

std::string value_of(const HtmlToken& tag, std::string_view name) {
  const HtmlAttribute* attribute = tag.find(name);
  return attribute ? decode_attribute(attribute->raw_value) : std::string();
}

std::string lower_value_of(const HtmlToken& tag, std::string_view name) { return to_lower_ascii(value_of(tag, name)); }

constexpr char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower_ascii(x) == lower_ascii(y); });
}

// By length first: it is asked of every tag.
bool is(std::string_view name, std::string_view lower) {
  return name.size() == lower.size() && lower_ascii(name.front()) == lower.front() && equals_ascii_ci(name, lower);
}

bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 13> kVoid = {"area",  "base", "br",   "col",    "embed", "hr", "img",
                                                      "input", "link", "meta", "source", "track", "wbr"};
  return name.size() <= 6 &&
         std::any_of(kVoid.begin(), kVoid.end(), [&](std::string_view lower) { return is(name, lower); });
}

// What tells controls apart without changing how they look or work.
bool is_neutral(std::string_view attribute) {
  return attribute == "class" || attribute == "id" || attribute == "title" || attribute == "name" ||
         attribute == "value" || attribute == "data-consent" || attribute == "href" ||
         (attribute.starts_with("aria-") && attribute != "aria-hidden" && attribute != "aria-disabled");
}

// Whether any rule looks at an element with this attribute. Most elements of a page have none.
bool matters(std::string_view attribute) {
  switch (lower_ascii(attribute.front())) {
    case 'a':
      return attribute.size() > 5 && equals_ascii_ci(attribute.substr(0, 5), "aria-");
    case 'c':
      return is(attribute, "checked");
    case 'd':
      return is(attribute, "disabled") || (attribute.size() > 5 && attribute[4] == '-');  // data-
    case 'h':
      return is(attribute, "hidden");
    case 'i':
      return is(attribute, "id") || is(attribute, "inert");
    case 's':
      return is(attribute, "selected");
    default:
      return false;
  }
}

// What keeps people from an element and from all that is in it.
std::string_view obstacle_of(const HtmlToken& tag) {
  if (tag.find("hidden")) return "hidden";
  if (tag.find("inert")) return "inert";
  if (tag.find("disabled")) return "disabled";
  if (lower_value_of(tag, "aria-hidden") == "true") return "aria-hidden";
  if (lower_value_of(tag, "aria-disabled") == "true") return "aria-disabled";
  return "";
}

// Sorted.
std::vector<std::string> classes_of(const Control& control) {
  std::vector<std::string> classes;
  const auto attribute = std::find_if(control.attributes.begin(), control.attributes.end(),
                                      [](const HtmlAttribute& a) { return is(a.name, "class"); });
  if (attribute == control.attributes.end()) return classes;
  const std::string text = decode_attribute(attribute->raw_value);
  constexpr std::string_view kSpace = " \t\n\f\r";
  for (std::size_t at = text.find_first_not_of(kSpace); at != std::string::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    classes.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kSpace, end);
  }
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  return classes;
}

// Those that change looks or use: sorted.
std::vector<std::pair<std::string, std::string>> telling_attributes(const Control& control) {
  std::vector<std::pair<std::string, std::string>> telling;
  for (const HtmlAttribute& attribute : control.attributes) {
    std::string name = to_lower_ascii(attribute.name);
    if (!is_neutral(name)) telling.emplace_back(std::move(name), decode_attribute(attribute.raw_value));
  }
  std::sort(telling.begin(), telling.end());
  return telling;
}

// Follows which elements are open. It runs over every page of a site: what no rule looks at costs a comparison or two.
class PageReader {
 public:
  explicit PageReader(std::string_view script_url) : script_url_(script_url) {
    stack_.reserve(32);
    parts_.controls.reserve(24);
  }

  void see(const HtmlToken& token) {
    if (token.kind == HtmlToken::Kind::start_tag) start(token);
    if (token.kind == HtmlToken::Kind::end_tag) end(token.name);
  }
  PageParts finish() { return std::move(parts_); }

 private:
  struct Open {
    std::string_view name;  // as written
    std::size_t number = 0;
    Layer layer = Layer::page;
    std::string_view obstacle;
    bool absent = false;  // in <template> or <noscript>, or waiting for a service
  };

  void start(const HtmlToken& tag) {
    Open element;
    element.name = tag.name;
    element.number = ++count_;
    if (!stack_.empty()) {
      element.layer = stack_.back().layer;
      element.obstacle = stack_.back().obstacle;
      element.absent = stack_.back().absent;
    }
    if (is(tag.name, "template") || is(tag.name, "noscript")) element.absent = true;
    if (std::any_of(tag.attributes.begin(), tag.attributes.end(),
                    [](const HtmlAttribute& attribute) { return matters(attribute.name); }))
      read(tag, element);
    if (!script_url_.empty() && !element.absent && is(tag.name, "script") && value_of(tag, "src") == script_url_)
      parts_.has_script = true;
    const bool has_content = tag.foreign ? !tag.self_closing : !is_void(tag.name);
    if (has_content) stack_.push_back(element);
  }

  void end(std::string_view name) {
    for (std::size_t i = stack_.size(); i > 0; --i)
      if (same_name(stack_[i - 1].name, name)) {
        stack_.resize(i - 1);
        return;
      } else if (is(stack_[i - 1].name, "template")) {
        return;  // only its own end tag leaves a template
      }
  }

  void read(const HtmlToken& tag, Open& element) {
    // The gate moves it into a template. A placeholder stands outside of one, and decides about one service only.
    if (tag.find("data-service")) element.absent = true;
    if (const std::string_view obstacle = obstacle_of(tag); !obstacle.empty()) element.obstacle = obstacle;
    if (element.absent) return;
    find_part(tag, element);
    find_control(tag, element);
    find_tick(tag, element);
  }

  void find_part(const HtmlToken& tag, Open& element) {
    const HtmlAttribute* attribute = tag.find("id");
    if (!attribute) return;
    const std::string id = decode_attribute(attribute->raw_value);
    Part* part = nullptr;
    if (id == "consent-banner") part = &parts_.banner, element.layer = Layer::banner;
    if (id == "consent-preferences") part = &parts_.preferences, element.layer = Layer::preferences;
    if (id == "consent-status") part = &parts_.status;
    if (!part || ++part->count > 1) return;
    part->offset = tag.begin;
    part->length = tag.end - tag.begin;
    part->element = to_lower_ascii(tag.name);
    part->has_label = !value_of(tag, "aria-labelledby").empty() || !value_of(tag, "aria-label").empty();
    part->has_status_role = lower_value_of(tag, "role") == "status";
    part->has_saved = !value_of(tag, "data-saved").empty();
    part->has_gpc_confirm = !value_of(tag, "data-gpc-confirm").empty();
  }

  void find_control(const HtmlToken& tag, const Open& element) {
    const HtmlAttribute* action = tag.find("data-consent");
    if (!action) return;
    Control control;
    control.action = decode_attribute(action->raw_value);
    control.element = to_lower_ascii(tag.name);
    control.parent = stack_.empty() ? 0 : stack_.back().number;
    control.layer = element.layer;
    control.offset = tag.begin;
    control.length = tag.end - tag.begin;
    control.obstacle = element.obstacle;
    if (control.obstacle.empty() && tag.find("tabindex") && value_of(tag, "tabindex").starts_with('-'))
      control.obstacle = "out of the keyboard's reach (tabindex)";
    control.attributes = tag.attributes;
    parts_.controls.push_back(std::move(control));
  }

  void find_tick(const HtmlToken& tag, const Open& element) {
    const bool is_box = tag.find("data-consent-service") || tag.find("data-consent-category");
    const bool is_input = equals_ascii_ci(tag.name, "input");
    if (tag.find("data-consent-service") && is_input && lower_value_of(tag, "type") == "checkbox" &&
        element.layer == Layer::preferences)
      parts_.has_service_box = true;
    if (element.layer == Layer::page && !is_box) return;
    const bool ticked = (is_input && tag.find("checked")) ||
                        (equals_ascii_ci(tag.name, "option") && tag.find("selected")) ||
                        lower_value_of(tag, "aria-checked") == "true" || lower_value_of(tag, "aria-pressed") == "true";
    if (ticked)
      parts_.preticked.push_back(
          {tag.begin, tag.end - tag.begin, "consent/preticked",
           "something is ticked before the visitor has chosen: that is no consent (EDPB cookie banner taskforce 2023, "
           "practice B; GDPR, recital 32; CJEU C-673/17)",
           "remove 'checked', 'selected' or aria-checked=\"true\": the runtime ticks what was allowed"});
  }

  std::string_view script_url_;
  PageParts parts_;
  std::vector<Open> stack_;
  std::size_t count_ = 0;
};

class Judge {
 public:
  Judge(PageParts parts, const ConsentPartsWanted& wanted) : parts_(std::move(parts)), wanted_(wanted) {}

  std::vector<GateProblem> judge() {
    problems_ = std::move(parts_.preticked);
    judge_parts();
    judge_layer(Layer::banner, parts_.banner);
    judge_layer(Layer::preferences, parts_.preferences);
    judge_order();
    judge_stray_acceptance();
    judge_page();
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const GateProblem& a, const GateProblem& b) { return a.offset < b.offset; });
    return std::move(problems_);
  }

 private:
  void report(std::size_t offset, std::size_t length, std::string_view id, std::string message, std::string hint) {
    problems_.push_back({offset, length, std::string(id), std::move(message), std::move(hint)});
  }
  void report(const Part& part, std::string_view id, std::string message, std::string hint) {
    report(part.offset, part.length, id, std::move(message), std::move(hint));
  }
  void report(const Control& control, std::string_view id, std::string message, std::string hint) {
    report(control.offset, control.length, id, std::move(message), std::move(hint));
  }

  void judge_parts() {
    judge_part(parts_.banner, "consent-banner", "section", "consent-banner");
    // A layout without the banner's partial lacks these, too: one mend brings all three.
    if (parts_.banner.count || parts_.preferences.count)
      judge_part(parts_.preferences, "consent-preferences", "dialog", "consent-preferences");
    if (parts_.banner.count || parts_.status.count) judge_part(parts_.status, "consent-status", "", "consent-banner");
    for (const Part* part : {&parts_.banner, &parts_.preferences})
      if (part->count && !part->has_label)
        report(*part, "consent/missing-part", "this part has no name (WCAG 2.2, 4.1.2)",
               "let aria-labelledby name the id of its heading");
    if (parts_.status.count && !parts_.status.has_status_role)
      report(parts_.status, "consent/missing-part",
             "nobody who cannot see it hears that a choice was saved (WCAG 2.2, 4.1.3)", "add role=\"status\"");
    if (parts_.status.count && !parts_.status.has_saved)
      report(parts_.status, "consent/missing-part", "there are no words to say that a choice was saved",
             "add data-saved=\"{{t.consent_saved}}\"");
    if (parts_.preferences.count && !parts_.preferences.has_gpc_confirm)
      report(parts_.preferences, "consent/missing-part",
             "there is no question to ask before a Global Privacy Control signal is overridden (11 CCR 7025(c)(4))",
             "add data-gpc-confirm=\"{{t.consent_gpc_confirm}}\"");
    if (parts_.preferences.count && !parts_.has_service_box)
      report(parts_.preferences, "consent/missing-part", "the preferences have no box for any service",
             "add <input type=\"checkbox\" data-consent-service=\"{{id}}\"> for each service of each category");
  }

  void judge_part(const Part& part, std::string_view id, std::string_view element, std::string_view partial) {
    if (part.count == 0)
      report(0, 0, "consent/missing-part", "the page has no element with the id '" + std::string(id) + "'",
             "put {{> " + std::string(partial) + "}} into the layout, right after the skip link");
    else if (part.count > 1)
      report(part, "consent/missing-part",
             "the page has " + std::to_string(part.count) + " elements with the id '" + std::string(id) + "'",
             "use the partial once in a page");
    else if (!element.empty() && part.element != element)
      report(part, "consent/missing-part",
             "'" + std::string(id) + "' is a <" + part.element + "> and has to be a <" + std::string(element) + ">",
             "write <" + std::string(element) + " id=\"" + std::string(id) + "\">");
  }

  [[nodiscard]] const Control* find(Layer layer, std::string_view action) const {
    for (const Control& control : parts_.controls)
      if (control.layer == layer && control.action == action) return &control;
    return nullptr;
  }

  void judge_layer(Layer layer, const Part& part) {
    if (part.count == 0) return;
    const Control* accept = find(layer, "accept-all");
    const Control* reject = find(layer, "reject-all");
    if (!accept) report_missing(layer, part, "accept-all");
    if (accept || !reject) judge_refusal(layer, part, reject);
    if (reject && reject->obstacle.empty() && part.count == 1)
      for (const Control& each : parts_.controls)  // a second one is no way round
        if (each.layer == layer && each.action == "accept-all" && judge_equal(each, *reject, "reject-all")) break;
    const auto others = layer == Layer::banner ? std::vector<std::string_view>{"preferences"}
                                               : std::vector<std::string_view>{"save", "close"};
    for (const std::string_view action : others) {
      const Control* other = find(layer, action);
      if (!other)
        report_missing(layer, part, action);
      else if (!other->obstacle.empty())
        report(*other, "consent/missing-part", "this button cannot be used: it is " + std::string(other->obstacle),
               "let everybody reach it");
      else if (layer == Layer::banner && accept)
        judge_equal(*accept, *other, action);
    }
  }

  void report_missing(Layer layer, const Part& part, std::string_view action) {
    const std::string button(action);
    report(
        part, "consent/missing-part",
        std::string(name_of(layer)) + (layer == Layer::preferences ? " have" : " has") + " no button '" + button + "'",
        "add <button type=\"button\" data-consent=\"" + button + "\">");
  }

  void judge_refusal(Layer layer, const Part& part, const Control* reject) {
    if (!reject)
      report(part, "consent/no-refusal",
             std::string(name_of(layer)) + " can accept and cannot refuse (" + std::string(kRefusal) + ")",
             "add <button type=\"button\" data-consent=\"reject-all\"> beside 'accept-all', with the same classes");
    else if (!reject->obstacle.empty())
      report(*reject, "consent/no-refusal",
             "the refusal is there and cannot be used: it is " + std::string(reject->obstacle) + " (" +
                 std::string(kRefusal) + ")",
             "let everybody reach it who can reach 'accept-all'");
  }

  // One thing at a time: the first difference is reported.
  bool judge_equal(const Control& accept, const Control& other, std::string_view action) {
    std::optional<std::string> difference;
    std::vector<std::pair<std::string, std::string>> different;
    if (other.element != accept.element)
      difference = "of another element than 'accept-all': <" + other.element + ">, not <" + accept.element + ">";
    else if (classes_of(other) != classes_of(accept))
      difference = "of other classes than 'accept-all'";
    else if (other.parent != accept.parent)
      difference = "not beside 'accept-all' in the same element";
    else if (different = differing_attributes(accept, other); !different.empty())
      difference = "different from 'accept-all' in its attribute '" + different.front().first + "'";
    if (difference)
      report(other, "consent/unequal-buttons",
             "'" + std::string(action) + "' is " + *difference + " (" + std::string(kSymmetry) + ")",
             "give both the same element, classes and parent, and no attribute that only one of them has");
    return difference.has_value();
  }

  static std::vector<std::pair<std::string, std::string>> differing_attributes(const Control& a, const Control& b) {
    const auto of_a = telling_attributes(a), of_b = telling_attributes(b);
    std::vector<std::pair<std::string, std::string>> different;
    std::set_symmetric_difference(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(different));
    return different;
  }

  void judge_order() {
    std::optional<bool> accept_first;
    for (const Layer layer : {Layer::banner, Layer::preferences}) {
      const Control* accept = find(layer, "accept-all");
      const Control* reject = find(layer, "reject-all");
      if (!accept || !reject) continue;
      const bool here = accept->offset < reject->offset;
      if (accept_first && *accept_first != here)
        report(*(here ? accept : reject), "consent/unequal-buttons",
               "the preferences offer the same choice in another order than the banner (11 CCR 7004(a)(3)(C))",
               "keep one order for 'accept-all' and 'reject-all'");
      accept_first = here;
    }
  }

  // A layer of somebody's own: what holds the button is taken for it.
  void judge_stray_acceptance() {
    for (const Control& accept : parts_.controls) {
      if (accept.layer != Layer::page || accept.action != "accept-all") continue;
      const auto reject = std::find_if(parts_.controls.begin(), parts_.controls.end(), [&](const Control& control) {
        return control.action == "reject-all" && control.parent == accept.parent;
      });
      if (reject == parts_.controls.end() || !reject->obstacle.empty())
        report(accept, "consent/no-refusal",
               "this accepts everything, and nothing beside it refuses (" + std::string(kRefusal) + ")",
               "add <button type=\"button\" data-consent=\"reject-all\"> beside it, with the same classes");
      else
        judge_equal(accept, *reject, "reject-all");
    }
  }

  void judge_page() {
    if (!usable(Layer::page, "preferences"))
      report(0, 0, "consent/no-settings-link",
             "nothing on the page leads back to the preferences (EDPB cookie banner taskforce 2023, practice K; GDPR, "
             "article 7(3))",
             "put {{> consent-settings}} into the footer");
    if (wanted_.do_not_sell && !usable(Layer::page, "do-not-sell"))
      report(0, 0, "consent/missing-part",
             "nothing on the page says 'Do Not Sell or Share My Personal Information', and a service sells or shares "
             "(11 CCR 7013)",
             "put {{> consent-settings}} into the footer");
    if (wanted_.do_not_sell && parts_.banner.count && !usable(Layer::banner, "do-not-sell"))
      report(parts_.banner, "consent/missing-part",
             "the banner has no link 'Do Not Sell or Share My Personal Information', and a service sells or shares "
             "(11 CCR 7013)",
             "add <a href=\"{{consent.policy_url}}\" data-consent=\"do-not-sell\">");
    if (!wanted_.script_url.empty() && !parts_.has_script)
      report(0, 0, "consent/missing-part", "the page does not load what the banner needs to work",
             "put {{> consent-head}} into the head, right after <meta charset>");
  }

  [[nodiscard]] bool usable(Layer layer, std::string_view action) const {
    return std::any_of(parts_.controls.begin(), parts_.controls.end(), [&](const Control& control) {
      return control.layer == layer && control.action == action && control.obstacle.empty() &&
             (control.element == "a" || control.element == "button");
    });
  }

  PageParts parts_;
  const ConsentPartsWanted& wanted_;
  std::vector<GateProblem> problems_;
};

}  // namespace

struct ConsentPartsJudge::Reading {
  ConsentPartsWanted wanted;
  PageReader reader;
};

ConsentPartsJudge::ConsentPartsJudge(const ConsentPartsWanted& wanted)
    : reading_(std::make_unique<Reading>(Reading{wanted, PageReader(wanted.script_url)})) {}
ConsentPartsJudge::~ConsentPartsJudge() = default;

void ConsentPartsJudge::see(const HtmlToken& token) { reading_->reader.see(token); }

std::vector<GateProblem> ConsentPartsJudge::finish() {
  return Judge(reading_->reader.finish(), reading_->wanted).judge();
}

std::vector<GateProblem> judge_consent_parts(std::string_view html, const ConsentPartsWanted& wanted) {
  ConsentPartsJudge judge(wanted);
  HtmlScanner scanner(html);
  HtmlToken token;
  while (scanner.next(token)) judge.see(token);
  return judge.finish();
}

}  // namespace hardtop
