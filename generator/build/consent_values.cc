#include "build/consent_values.h"

#include "base/url.h"

namespace hardtop {

namespace {

void set_text(Object& object, std::string_view name, std::string_view text) {
  if (!text.empty()) object.set(name, Value::text(text));
}

}  // namespace

std::uint32_t ServiceSets::number_of(const std::vector<ServiceIndex>& services) {
  if (services.empty()) return 0;
  const std::lock_guard lock(mutex_);
  const auto [at, is_new] = numbers_.try_emplace(services, static_cast<std::uint32_t>(sets_.size() + 1));
  if (is_new) sets_.push_back(&at->first);
  return at->second;
}

const std::vector<ServiceIndex>& ServiceSets::at(std::uint32_t number) const {
  static const std::vector<ServiceIndex> kNothing;
  if (number == 0) return kNothing;
  const std::lock_guard lock(mutex_);
  return *sets_[number - 1];
}

std::uint32_t CarriedByLayouts::expected(std::uint32_t layout) const {
  const std::lock_guard lock(mutex_);
  const auto guess = guesses_.find(layout);
  return guess == guesses_.end() ? 0 : guess->second.set;
}

void CarriedByLayouts::note(std::uint32_t layout, std::uint32_t carried) {
  const std::lock_guard lock(mutex_);
  const auto [at, is_first] = guesses_.try_emplace(layout, Guess{carried, carried});
  Guess& guess = at->second;
  if (carried == guess.other) guess.set = carried;
  guess.other = carried;
}

Object& ConsentValues::item(const DeclaredItem& declared) {
  Object& out = arena_.object();
  set_text(out, "name", declared.name);
  set_text(out, "service", declared.service);
  set_text(out, "kind", declared.kind);
  set_text(out, "host", declared.host);
  set_text(out, "lifetime", declared.lifetime);
  set_text(out, "purpose", declared.purpose);
  out.set("first_party", Value::flag(declared.first_party));
  out.set("script_written", Value::flag(declared.script_written));
  return out;
}

Object& ConsentValues::service(const DeclaredService& declared) {
  Object& out = arena_.object();
  set_text(out, "id", declared.id);
  set_text(out, "name", declared.name);
  set_text(out, "provider", declared.provider);
  set_text(out, "category", declared.category);
  set_text(out, "category_id", declared.category_id);
  set_text(out, "purpose", declared.purpose);
  set_text(out, "justification", declared.justification);
  set_text(out, "privacy_url", declared.privacy_url);
  set_text(out, "opt_out_url", declared.opt_out_url);
  set_text(out, "note", declared.note);
  out.set("necessary", Value::flag(declared.necessary));
  out.set("sells_or_shares", Value::flag(declared.sells_or_shares));
  List& items = arena_.list();
  for (const DeclaredItem& kept : declared.items) items.push_back(Value::object(item(kept)));
  out.set("items", Value::list(items));
  List& hosts = arena_.list();
  for (const std::string& name : declared.hosts) {
    Object& host = arena_.object();
    host.set("name", Value::text(name));
    hosts.push_back(Value::object(host));
  }
  out.set("hosts", Value::list(hosts));
  return out;
}

ConsentValues::ConsentValues(ConsentFacts facts, const ServiceSets& sets) : facts_(std::move(facts)), sets_(sets) {
  const Declaration& declaration = facts_.declaration;
  List &all = arena_.list(), &necessary = arena_.list(), &optional = arena_.list(), &changed = arena_.list(),
       &opt_outs = arena_.list(), &sellers = arena_.list(), &stored = arena_.list(), &categories = arena_.list();
  if (declaration.asks) {
    Object& own = item(declaration.own_cookie);
    consent_.set("own_cookie", Value::object(own));
    stored.push_back(Value::object(own));
  }
  for (const DeclaredService& declared : declaration.services) {
    const Object& object = service(declared);
    services_.push_back(&object);
    const Value value = Value::object(object);
    all.push_back(value);
    (declared.necessary ? necessary : optional).push_back(value);
    if (!declared.necessary && !declared.note.empty()) changed.push_back(value);
    if (!declared.opt_out_url.empty()) opt_outs.push_back(value);
    if (declared.sells_or_shares) sellers.push_back(value);
    for (const Value& kept : *object.find(name_of("items"))->as_list()) stored.push_back(kept);
  }
  for (const DeclaredCategory& declared : declaration.categories) {
    Object& category = arena_.object();
    set_text(category, "id", declared.id);
    set_text(category, "name", declared.name);
    set_text(category, "about", declared.about);
    category.set("necessary", Value::flag(declared.necessary));
    List& members = arena_.list();
    for (const ServiceIndex member : declared.services) members.push_back(Value::object(*services_[member]));
    category.set("services", Value::list(members));
    categories.push_back(Value::object(category));
  }
  consent_.reserve(19);
  consent_.set("asks", Value::flag(declaration.asks));
  if (!facts_.head_script.empty()) consent_.set("head_script", Value::html(facts_.head_script));
  set_text(consent_, "script_url", facts_.script_url);
  set_text(consent_, "policy_url", facts_.policy_url);
  consent_.set("services", Value::list(all));
  consent_.set("necessary", Value::list(necessary));
  consent_.set("optional", Value::list(optional));
  consent_.set("categories", Value::list(categories));
  consent_.set("changed", Value::list(changed));
  consent_.set("stored", Value::list(stored));
  consent_.set("opt_outs", Value::list(opt_outs));
  consent_.set("sellers", Value::list(sellers));
  consent_.set("sells_or_shares", Value::flag(declaration.sells_or_shares));
  consent_.set("honors_gpc", Value::flag(declaration.honors_gpc));
  consent_.set("has_regions", Value::flag(facts_.has_regions));
  consent_.set("may_opt_out", Value::flag(facts_.may_opt_out));
}

void ConsentValues::set_script_url(std::string url) {
  facts_.script_url = std::move(url);
  set_text(consent_, "script_url", facts_.script_url);
}

Value ConsentValues::on_page(std::uint32_t set, Object& object, ValueArena& arena) const {
  if (set == 0) return Value::object(consent_);
  object = consent_;
  List& here = arena.list();
  for (const ServiceIndex service : opt_outs_of(set)) here.push_back(Value::object(*services_[service]));
  object.set("opt_outs_here", Value::list(here));
  return Value::object(object);
}

std::vector<ServiceIndex> ConsentValues::opt_outs_of(std::uint32_t set) const {
  std::vector<ServiceIndex> services = sets_.at(set);
  std::erase_if(services, [&](ServiceIndex i) { return facts_.declaration.services[i].opt_out_url.empty(); });
  return services;
}

bool ConsentValues::is_same_on(std::uint32_t set, std::uint32_t other) const {
  return set == other || opt_outs_of(set) == opt_outs_of(other);
}

Value ConsentValues::placeholder(const Placeholder& placeholder, ValueArena& arena) const {
  Object& out = arena.object();
  out.set("is_frame", Value::flag(placeholder.kind == Placeholder::Kind::frame));
  out.set("is_video", Value::flag(placeholder.kind == Placeholder::Kind::video));
  out.set("is_image", Value::flag(placeholder.kind == Placeholder::Kind::image));
  out.set("small", Value::flag(placeholder.small));
  set_text(out, "url", placeholder.url);
  set_text(out, "title", placeholder.title);
  set_text(out, "poster", placeholder.poster);
  if (const auto url = parse_url(placeholder.url)) out.set("host", Value::text(arena.keep(url->host)));
  const std::string width = std::to_string(placeholder.width), height = std::to_string(placeholder.height);
  out.set("width", Value::text(arena.keep(width)));
  out.set("height", Value::text(arena.keep(height)));
  out.set("ratio", Value::text(arena.keep(width + " / " + height)));
  out.set("service", Value::object(*services_[placeholder.service]));
  return Value::object(out);
}

}  // namespace hardtop
