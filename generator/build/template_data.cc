#include "build/template_data.h"

#include <algorithm>

#include "base/text.h"
#include "build/lists.h"
#include "build/params.h"

namespace hardtop {

namespace {

std::int64_t day_key(const Date& date) { return date.year * 10000ll + date.month * 100 + date.day; }

bool is_right_to_left(std::string_view language) {
  const std::string primary = to_lower_ascii(language.substr(0, language.find('-')));
  for (const char* rtl : {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "syr", "ug", "ur", "yi"})
    if (primary == rtl) return true;
  return false;
}

void set_text(Object& object, std::string_view name, std::string_view text) {
  if (!text.empty()) object.set(name, Value::text(text));
}

}  // namespace

std::string long_date(const Date& date, const std::map<std::string, std::string>& translations) {
  const auto text = [&](const char* key, const char* fallback) {
    const auto found = translations.find(key);
    return found == translations.end() ? std::string(fallback) : found->second;
  };
  const std::string names =
      text("months", "January February March April May June July August September October November December");
  std::vector<std::string_view> months;
  for (std::size_t i = 0; i < names.size();) {
    const std::size_t end = std::min(names.find_first_of(" ,", i), names.size());
    if (end > i) months.push_back(std::string_view(names).substr(i, end - i));
    i = end + 1;
  }
  const std::string pattern = text("date_long", "{month} {day}, {year}");
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    const auto starts = [&](std::string_view word) { return std::string_view(pattern).substr(i).starts_with(word); };
    if (starts("{month}")) {
      const auto m = static_cast<std::size_t>(date.month - 1);
      out += m < months.size() ? std::string(months[m]) : std::to_string(date.month);
      i += 7;
    } else if (starts("{day}")) {
      out += std::to_string(date.day);
      i += 5;
    } else if (starts("{year}")) {
      out += std::to_string(date.year);
      i += 6;
    } else {
      out += pattern[i++];
    }
  }
  return out;
}

TemplateData::TemplateData(const TemplateInputs& inputs, Diagnostics& diagnostics) : in_(inputs) {
  for (const Page& page : in_.site.pages) {
    date_value(page.file.front.date);
    date_value(page.file.front.updated);
  }
  make_site_object();
  make_menus(diagnostics);
  make_terms();
  make_params(diagnostics);
}

const Object* TemplateData::date_value(const std::optional<Date>& date) {
  if (!date) return nullptr;
  const Object*& slot = dates_[day_key(*date)];
  if (!slot) {
    Date day = *date;
    day.has_time = false;
    Object& object = arena_.object();
    object.set("iso", Value::text(arena_.keep(iso_date(day))));
    object.set("long", Value::text(arena_.keep(long_date(day, in_.theme.translations))));
    object.set("year", Value::text(arena_.keep(std::to_string(day.year))));
    slot = &object;
  }
  return slot;
}

Value TemplateData::page_date(const std::optional<Date>& date) const {
  if (!date) return {};
  const auto found = dates_.find(day_key(*date));
  return found == dates_.end() ? Value() : Value::object(*found->second);
}

void TemplateData::make_site_object() {
  const SiteConfig& config = in_.site.config;
  set_text(site_, "title", config.title);
  set_text(site_, "description", config.description);
  set_text(site_, "author", config.author);
  set_text(site_, "language", config.language);
  site_.set("direction", Value::text(is_right_to_left(config.language) ? "rtl" : "ltr"));
  set_text(site_, "root", config.base_path);
  set_text(site_, "base_url", config.base_url);
  if (config.feed) site_.set("feed", Value::text(arena_.keep(config.base_path + "feed.xml")));
  site_.set("development", Value::flag(in_.development));
  site_.set("generator", Value::text("hardtop " HARDTOP_VERSION));
  for (const auto& [name, url] : in_.assets) assets_.set(name, Value::text(url));
  for (const auto& [key, text] : in_.theme.translations) translations_.add(key, Value::text(text));
  translations_.sort();
  for (const auto& [name, table] : in_.data) data_.set(name, to_value(table, arena_));
}

void TemplateData::make_menus(Diagnostics& diagnostics) {
  struct Entry {
    std::string_view url;
    bool external;
    Value plain, active;  // the link, also where it leads to the page that shows it
  };
  struct Menu {
    std::string_view name;
    std::vector<Entry> entries;
    const List* plain;
  };
  std::vector<Menu> menus;
  for (const auto& [menu, list] : in_.site.config.menus) {
    Menu& made = menus.emplace_back(Menu{menu, {}, nullptr});
    List& links = arena_.list();
    for (const MenuEntry& entry : list) {
      auto target = in_.links.menu_target(entry, diagnostics);
      if (!target) continue;
      const std::string_view url = arena_.keep(std::move(target->url));
      std::string_view name = entry.name;
      if (target->page != kNone) {
        pages_shown_everywhere_.push_back(target->page);
        if (name.empty()) name = in_.site.pages[target->page].title;
      } else if (name.empty()) {
        name = url;
      }
      const auto link = [&](bool is_active) {
        Object& object = arena_.object();
        object.set("name", Value::text(name));
        object.set("url", Value::text(url));
        object.set("active", Value::flag(is_active));
        object.set("external", Value::flag(target->external));
        return Value::object(object);
      };
      made.entries.push_back({url, target->external, link(false), link(true)});
      links.push_back(made.entries.back().plain);
    }
    made.plain = &links;
  }
  // One variant for each place that a menu leads to, and one for all others; menus that do not lead there are in all of them.
  const auto variant = [&](std::string_view active_url) {
    Object& all = arena_.object();
    for (const Menu& menu : menus) {
      if (std::ranges::find(menu.entries, active_url, &Entry::url) == menu.entries.end()) {
        all.set(menu.name, Value::list(*menu.plain));
        continue;
      }
      List& links = arena_.list();
      links.reserve(menu.entries.size());
      for (const Entry& entry : menu.entries) links.push_back(entry.url == active_url ? entry.active : entry.plain);
      all.set(menu.name, Value::list(links));
    }
    return &all;
  };
  plain_menus_ = variant({});
  for (const Menu& menu : menus)
    for (const Entry& entry : menu.entries)
      if (const auto [at, is_new] = menus_by_url_.try_emplace(std::string(entry.url), plain_menus_);
          is_new && !entry.external)
        at->second = variant(entry.url);
}

void TemplateData::make_terms() {
  for (const TaxonomyModel& taxonomy : in_.site.taxonomies) {
    auto& objects = terms_.emplace_back();
    List& list = term_lists_.emplace_back();
    for (const Term& term : taxonomy.terms) {
      Object& object = arena_.object();
      object.set("name", Value::text(term.name));
      object.set("url", Value::text(term.at.url));
      object.set("count", Value::text(arena_.keep(std::to_string(term.pages.size()))));
      objects.push_back(&object);
      list.push_back(Value::object(object));
    }
  }
  for (std::size_t t = 0; t < in_.site.taxonomies.size(); ++t) {
    const TaxonomyModel& taxonomy = in_.site.taxonomies[t];
    std::vector<const List*>& of_pages = page_terms_.emplace_back(in_.site.pages.size());
    std::unordered_map<std::string_view, const Object*> by_name;  // pages write a term in few ways
    for (std::size_t i = 0; i < in_.site.pages.size(); ++i) {
      if (!in_.site.pages[i].is_listed()) continue;  // no term's list has it
      const auto& of_page = in_.site.pages[i].file.front.taxonomies;
      const auto found = of_page.find(taxonomy.config->name);
      if (found == of_page.end() || found->second.empty()) continue;
      List& list = arena_.list();
      const auto is_listed = [&](const Object* term) {  // written in another way
        return std::ranges::any_of(list, [&](const Value& listed) { return listed.as_object() == term; });
      };
      for (const std::string& name : found->second) {
        const auto [known, is_new] = by_name.try_emplace(name, nullptr);
        if (is_new)
          if (const auto at = taxonomy.by_slug.find(slugify(name)); at != taxonomy.by_slug.end())
            known->second = terms_[t][at->second];
        if (known->second && !is_listed(known->second)) list.push_back(Value::object(*known->second));
      }
      of_pages[i] = &list;
    }
  }
  for (std::size_t t = 0; t < in_.site.taxonomies.size(); ++t)
    if (in_.site.taxonomies[t].config->name == "tags") page_tags_ = &page_terms_[t];
}

void TemplateData::make_params(Diagnostics& diagnostics) {
  const Theme& theme = in_.theme.theme;
  MarkdownOptions markdown{in_.site.config.smart_punctuation, in_.site.config.footnotes, false};
  // Links in parameters of the site, and in what a theme has for those that are not given, are seen from the top of content/.
  const LinkResolver resolve_for_site = [&](const LinkUse& use) {
    return in_.links.resolve("", use, {pages_shown_everywhere_}, diagnostics);
  };
  Object& site_params = arena_.object();
  read_params(in_.site.config.params, theme.params, {"[params]", false},
              {&markdown, &resolve_for_site, &resolve_for_site}, in_.site.config.source, whole_file("site.toml"),
              arena_, site_params, diagnostics);
  site_.set("params", Value::object(site_params));
  Object& defaults = arena_.object();
  read_params({}, theme.page_params, {"[params]", false}, {&markdown, nullptr, &resolve_for_site}, nullptr, {}, arena_,
              defaults, diagnostics);
  page_params_.assign(in_.site.pages.size(), Value::object(defaults));
  links_of_params_.resize(in_.site.pages.size());
  for (std::size_t i = 0; i < in_.site.pages.size(); ++i) {
    const ContentFile& file = in_.site.pages[i].file;
    if (file.front.params.empty()) continue;
    const LinkResolver resolve = [&](const LinkUse& use) {
      return in_.links.resolve(file.path, use, {links_of_params_[i]}, diagnostics);
    };
    Object& params = arena_.object();
    read_params(file.front.params, theme.page_params, {"[params]", false}, {&markdown, &resolve, nullptr, &defaults},
                file.source, {file.source}, arena_, params, diagnostics);
    page_params_[i] = Value::object(params);
  }
}

void TemplateData::fill_card(PageIndex i, Object& card) const {
  const Page& page = in_.site.pages[i];
  const FrontMatter& front = page.file.front;
  card.reserve(9);
  set_text(card, "title", page.title);
  set_text(card, "url", page.at.url);
  set_text(card, "description", front.description);
  if (!page.summary.empty()) card.set("summary", Value::html(page.summary));
  if (front.date) card.set("date", page_date(front.date));
  if (front.updated) card.set("updated", page_date(front.updated));
  if (page_tags_ && (*page_tags_)[i]) card.set("tags", Value::list(*(*page_tags_)[i]));
  card.set("params", page_params_[i]);
  if (front.draft) card.set("draft", Value::flag(true));
}

void TemplateData::make_section_cards() {
  section_cards_.assign(in_.site.sections.size(), {});
  for (std::size_t s = 0; s < in_.site.sections.size(); ++s) {
    const Section& section = in_.site.sections[s];
    if (section.page != kNone) {
      fill_card(section.page, section_cards_[s]);
    } else {
      set_text(section_cards_[s], "title", section.title);
      set_text(section_cards_[s], "url", section.at.url);
    }
  }
}

}  // namespace hardtop
