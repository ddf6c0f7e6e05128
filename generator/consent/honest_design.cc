// The rules, one after another, over what consent_parts.h has read.
#include "consent/honest_design.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "consent/consent_parts.h"

namespace hardtop {

namespace {

constexpr std::string_view kSymmetry = "EDPB cookie banner taskforce 2023, practices A, D and E; 11 CCR 7004(a)(2)";
constexpr std::string_view kRefusal =
    "EDPB cookie banner taskforce 2023, practice A, paragraph 8; 11 CCR 7004(a)(2)(C)";

std::string_view name_of(ConsentLayer layer) {
  switch (layer) {
    case ConsentLayer::page:
      return "the page";
    case ConsentLayer::banner:
      return "the banner";
    case ConsentLayer::preferences:
      return "the preferences";
  }
  return "";
}

// What tells controls apart without changing how they look or work.
bool is_neutral(std::string_view attribute) {
  return attribute == "class" || attribute == "id" || attribute == "title" || attribute == "name" ||
         attribute == "value" || attribute == "data-consent" || attribute == "href" ||
         (attribute.starts_with("aria-") && attribute != "aria-hidden" && attribute != "aria-disabled");
}

// Sorted.
std::vector<std::string> classes_of(const ConsentControl& control) {
  std::vector<std::string> classes;
  const auto attribute = std::find_if(control.attributes.begin(), control.attributes.end(),
                                      [](const HtmlAttribute& a) { return equals_ascii_ci(a.name, "class"); });
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
std::vector<std::pair<std::string, std::string>> telling_attributes(const ConsentControl& control) {
  std::vector<std::pair<std::string, std::string>> telling;
  for (const HtmlAttribute& attribute : control.attributes) {
    std::string name = to_lower_ascii(attribute.name);
    if (!is_neutral(name)) telling.emplace_back(std::move(name), decode_attribute(attribute.raw_value));
  }
  std::sort(telling.begin(), telling.end());
  return telling;
}

class Judge {
 public:
  Judge(PageParts parts, const ConsentPartsWanted& wanted) : parts_(std::move(parts)), wanted_(wanted) {}

  std::vector<GateProblem> judge() {
    problems_ = std::move(parts_.preticked);
    judge_parts();
    judge_layer(ConsentLayer::banner, parts_.banner);
    judge_layer(ConsentLayer::preferences, parts_.preferences);
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
  void report(const ConsentPart& part, std::string_view id, std::string message, std::string hint) {
    report(part.offset, part.length, id, std::move(message), std::move(hint));
  }
  void report(const ConsentControl& control, std::string_view id, std::string message, std::string hint) {
    report(control.offset, control.length, id, std::move(message), std::move(hint));
  }

  void judge_parts() {
    judge_part(parts_.banner, "consent-banner", "section", "consent-banner");
    // A layout without the banner's partial lacks these, too: one mend brings all three.
    if (parts_.banner.count || parts_.preferences.count)
      judge_part(parts_.preferences, "consent-preferences", "dialog", "consent-preferences");
    if (parts_.banner.count || parts_.status.count) judge_part(parts_.status, "consent-status", "", "consent-banner");
    for (const ConsentPart* part : {&parts_.banner, &parts_.preferences})
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

  void judge_part(const ConsentPart& part, std::string_view id, std::string_view element, std::string_view partial) {
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

  [[nodiscard]] const ConsentControl* find(ConsentLayer layer, std::string_view action) const {
    for (const ConsentControl& control : parts_.controls)
      if (control.layer == layer && control.action == action) return &control;
    return nullptr;
  }

  void judge_layer(ConsentLayer layer, const ConsentPart& part) {
    if (part.count == 0) return;
    const ConsentControl* accept = find(layer, "accept-all");
    const ConsentControl* reject = find(layer, "reject-all");
    if (!accept) report_missing(layer, part, "accept-all");
    if (accept || !reject) judge_refusal(layer, part, reject);
    if (reject && reject->obstacle.empty() && part.count == 1)
      for (const ConsentControl& each : parts_.controls)  // a second one is no way round
        if (each.layer == layer && each.action == "accept-all" && judge_equal(each, *reject, "reject-all")) break;
    const auto others = layer == ConsentLayer::banner ? std::vector<std::string_view>{"preferences"}
                                                      : std::vector<std::string_view>{"save", "close"};
    for (const std::string_view action : others) {
      const ConsentControl* other = find(layer, action);
      if (!other)
        report_missing(layer, part, action);
      else if (!other->obstacle.empty())
        report(*other, "consent/missing-part", "this button cannot be used: it is " + std::string(other->obstacle),
               "let everybody reach it");
      else if (layer == ConsentLayer::banner && accept)
        judge_equal(*accept, *other, action);
    }
  }

  void report_missing(ConsentLayer layer, const ConsentPart& part, std::string_view action) {
    const std::string button(action);
    report(part, "consent/missing-part",
           std::string(name_of(layer)) + (layer == ConsentLayer::preferences ? " have" : " has") + " no button '" +
               button + "'",
           "add <button type=\"button\" data-consent=\"" + button + "\">");
  }

  void judge_refusal(ConsentLayer layer, const ConsentPart& part, const ConsentControl* reject) {
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
  bool judge_equal(const ConsentControl& accept, const ConsentControl& other, std::string_view action) {
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

  static std::vector<std::pair<std::string, std::string>> differing_attributes(const ConsentControl& a,
                                                                               const ConsentControl& b) {
    const auto of_a = telling_attributes(a), of_b = telling_attributes(b);
    std::vector<std::pair<std::string, std::string>> different;
    std::set_symmetric_difference(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(different));
    return different;
  }

  void judge_order() {
    std::optional<bool> accept_first;
    for (const ConsentLayer layer : {ConsentLayer::banner, ConsentLayer::preferences}) {
      const ConsentControl* accept = find(layer, "accept-all");
      const ConsentControl* reject = find(layer, "reject-all");
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
    for (const ConsentControl& accept : parts_.controls) {
      if (accept.layer != ConsentLayer::page || accept.action != "accept-all") continue;
      const auto reject =
          std::find_if(parts_.controls.begin(), parts_.controls.end(), [&](const ConsentControl& control) {
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
    if (!usable(ConsentLayer::page, "preferences"))
      report(0, 0, "consent/no-settings-link",
             "nothing on the page leads back to the preferences (EDPB cookie banner taskforce 2023, practice K; GDPR, "
             "article 7(3))",
             "put {{> consent-settings}} into the footer");
    if (wanted_.do_not_sell && !usable(ConsentLayer::page, "do-not-sell"))
      report(0, 0, "consent/missing-part",
             "nothing on the page says 'Do Not Sell or Share My Personal Information', and a service sells or shares "
             "(11 CCR 7013)",
             "put {{> consent-settings}} into the footer");
    if (wanted_.do_not_sell && parts_.banner.count && !usable(ConsentLayer::banner, "do-not-sell"))
      report(parts_.banner, "consent/missing-part",
             "the banner has no link 'Do Not Sell or Share My Personal Information', and a service sells or shares "
             "(11 CCR 7013)",
             "add <a href=\"{{consent.policy_url}}\" data-consent=\"do-not-sell\">");
    if (!wanted_.script_url.empty() && !parts_.has_script)
      report(0, 0, "consent/missing-part", "the page does not load what the banner needs to work",
             "put {{> consent-head}} into the head, right after <meta charset>");
  }

  [[nodiscard]] bool usable(ConsentLayer layer, std::string_view action) const {
    return std::any_of(parts_.controls.begin(), parts_.controls.end(), [&](const ConsentControl& control) {
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
  ConsentPartsReader reader;
};

ConsentPartsJudge::ConsentPartsJudge(const ConsentPartsWanted& wanted)
    : reading_(std::make_unique<Reading>(Reading{wanted, ConsentPartsReader(wanted.script_url)})) {}
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
