// One walk over the page's tags with the open elements on a stack.
#include "consent/consent_parts.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "base/text.h"

namespace hardtop {

namespace {

std::string value_of(const HtmlToken& tag, std::string_view name) {
  const HtmlAttribute* attribute = tag.find(name);
  return attribute ? decode_attribute(attribute->raw_value) : std::string();
}

std::string lower_value_of(const HtmlToken& tag, std::string_view name) { return to_lower_ascii(value_of(tag, name)); }

// What a button or link does for the runtime. The gate gives links to consent:preferences the attribute that makes them one.
std::optional<std::string> action_of(const HtmlToken& tag) {
  if (const HtmlAttribute* attribute = tag.find("data-consent")) return decode_attribute(attribute->raw_value);
  if (!equals_ascii_ci(tag.name, "a")) return std::nullopt;
  const std::string address = value_of(tag, "href");
  const std::string_view target = trim(address);
  if (!equals_ascii_ci(target.substr(0, 8), "consent:") || target.substr(8) != "preferences") return std::nullopt;
  return "preferences";
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return to_ascii_lower(x) == to_ascii_lower(y); });
}

// By length first: it is asked of every tag.
bool is(std::string_view name, std::string_view lower) {
  return name.size() == lower.size() && to_ascii_lower(name.front()) == lower.front() && equals_ascii_ci(name, lower);
}

bool is_void(std::string_view name) {
  constexpr std::array<std::string_view, 13> kVoid = {"area",  "base", "br",   "col",    "embed", "hr", "img",
                                                      "input", "link", "meta", "source", "track", "wbr"};
  return name.size() <= 6 &&
         std::any_of(kVoid.begin(), kVoid.end(), [&](std::string_view lower) { return is(name, lower); });
}

// Whether any rule looks at an element with this attribute. Most elements of a page have none, and most links lead elsewhere.
bool matters(const HtmlAttribute& whole) {
  const std::string_view attribute = whole.name;
  switch (to_ascii_lower(attribute.front())) {
    case 'a':
      return attribute.size() > 5 && equals_ascii_ci(attribute.substr(0, 5), "aria-");
    case 'c':
      return is(attribute, "checked");
    case 'd':
      return is(attribute, "disabled") || (attribute.size() > 5 && attribute[4] == '-');  // data-
    case 'h':
      return is(attribute, "hidden") ||
             (is(attribute, "href") && whole.raw_value.find("preferences") != std::string_view::npos);
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

}  // namespace

ConsentPartsReader::ConsentPartsReader(std::string_view script_url) : script_url_(script_url) {
  stack_.reserve(32);
  parts_.controls.reserve(24);
}

void ConsentPartsReader::start(const HtmlToken& tag) {
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
                  [](const HtmlAttribute& attribute) { return matters(attribute); }))
    read(tag, element);
  if (!script_url_.empty() && !element.absent && is(tag.name, "script") && value_of(tag, "src") == script_url_)
    parts_.has_script = true;
  const bool has_content = tag.foreign ? !tag.self_closing : !is_void(tag.name);
  if (has_content) stack_.push_back(element);
}

void ConsentPartsReader::end(std::string_view name) {
  for (std::size_t i = stack_.size(); i > 0; --i)
    if (same_name(stack_[i - 1].name, name)) {
      stack_.resize(i - 1);
      return;
    } else if (is(stack_[i - 1].name, "template") || is(stack_[i - 1].name, "noscript")) {
      return;  // only its own end tag leaves a template, or, where scripts run, what is text in a noscript
    }
}

void ConsentPartsReader::read(const HtmlToken& tag, Open& element) {
  // The gate moves it into a template. A placeholder stands outside of one, and decides about one service only.
  if (tag.find("data-service")) element.absent = true;
  if (const std::string_view obstacle = obstacle_of(tag); !obstacle.empty()) element.obstacle = obstacle;
  if (element.absent) return;
  find_part(tag, element);
  find_control(tag, element);
  find_tick(tag, element);
}

void ConsentPartsReader::find_part(const HtmlToken& tag, Open& element) {
  const HtmlAttribute* attribute = tag.find("id");
  if (!attribute) return;
  const std::string id = decode_attribute(attribute->raw_value);
  ConsentPart* part = nullptr;
  if (id == "consent-banner") part = &parts_.banner, element.layer = ConsentLayer::banner;
  if (id == "consent-preferences") part = &parts_.preferences, element.layer = ConsentLayer::preferences;
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

void ConsentPartsReader::find_control(const HtmlToken& tag, const Open& element) {
  std::optional<std::string> action = action_of(tag);
  if (!action) return;
  ConsentControl control;
  control.action = *std::move(action);
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

void ConsentPartsReader::find_tick(const HtmlToken& tag, const Open& element) {
  const bool is_box = tag.find("data-consent-service") || tag.find("data-consent-category");
  const bool is_input = equals_ascii_ci(tag.name, "input");
  if (tag.find("data-consent-service") && is_input && lower_value_of(tag, "type") == "checkbox" &&
      element.layer == ConsentLayer::preferences)
    parts_.has_service_box = true;
  if (element.layer == ConsentLayer::page && !is_box) return;
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

}  // namespace hardtop
