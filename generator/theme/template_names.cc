#include "theme/template_names.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "theme/theme_manifest.h"

namespace hardtop {

namespace {

constexpr std::string_view kUnknown = "?";  // no schema can declare a type of this name

bool accepts_every_name(std::string_view type) { return type == "any" || type == kUnknown; }

const Field* find_loop_field(std::string_view name) {
  for (const Field& field : loop_fields())
    if (field.name == name) return &field;
  return nullptr;
}

Ref::Kind loop_kind(std::string_view name) {
  if (name == "first") return Ref::Kind::loop_first;
  return name == "last" ? Ref::Kind::loop_last : Ref::Kind::loop_index;
}

// "a", "a or b", "a, b or c": at most three.
std::string join_choices(const std::vector<std::string>& words, std::string_view last_word) {
  std::string text;
  const std::size_t count = std::min<std::size_t>(words.size(), 3);
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) text += i + 1 == count ? " " + std::string(last_word) + " " : ", ";
    text += words[i];
  }
  return text;
}

// In a component's template: where theme.toml would declare its parameter `name`. Empty elsewhere, and for what is no name.
std::string declaration_of_param(const Schema& schema, std::string_view name) {
  constexpr std::string_view kComponent = "component ";
  if (!is_template_name(name) || !schema.root.starts_with(kComponent)) return "";
  return "[components." + schema.root.substr(kComponent.size()) + ".params." + std::string(name) + "]";
}

}  // namespace

std::string_view describe_type(std::string_view type) {
  switch (kind_of_type(type)) {
    case TypeKind::text:
      return "text";
    case TypeKind::html:
      return "markup";
    case TypeKind::flag:
      return "a flag";
    case TypeKind::any:
      return "free data";
    case TypeKind::list:
      return "a list";
    case TypeKind::object:
      break;
  }
  return "an object";
}

bool is_printable(std::string_view type) { return type == "text" || type == "html" || type == "any"; }

std::string how_to_print(const Schema& schema, std::string_view name, std::string_view type) {
  const std::string section = "{{#" + std::string(name) + "}}…{{/" + std::string(name) + "}}";
  if (kind_of_type(type) == TypeKind::flag) return "use it as a condition: " + section;
  if (kind_of_type(type) == TypeKind::list) return "write " + section + " around what each item shows";

  constexpr std::size_t kAtMost = 6;
  const std::string prefix = name == "." ? "" : std::string(name) + ".";
  std::string names;
  std::size_t count = 0;
  for (const Field& field : schema.find(type)->fields) {
    if (!is_printable(field.type)) continue;
    if (count++ != 0) names += ", ";
    if (count > kAtMost) {
      names += "…";
      break;
    }
    names += prefix + field.name;
  }
  return names.empty() ? "" : "print one of its values: " + names;
}

TemplateScope::TemplateScope(const Schema* schema) : schema_(schema) {
  contexts_.push_back({schema ? std::string_view(schema->root) : std::string_view(kUnknown)});
}

void TemplateScope::enter(std::string_view type) {
  const TypeKind kind = kind_of_type(type);
  if (kind == TypeKind::list)
    contexts_.push_back({item_type(type), true});
  else
    contexts_.push_back({type, kind == TypeKind::any});
}

void TemplateScope::enter_unknown() { contexts_.push_back({kUnknown, true}); }

Meaning TemplateScope::find(std::string_view name) const {
  Meaning meaning;
  if (!schema_) {
    meaning.known = true;
    if (name == ".") {
      meaning.refs.push_back({.frame = Ref::kTop});
    } else {
      meaning.parts = split(name, '.');
      meaning.refs.push_back({.kind = Ref::Kind::search, .frame = Ref::kTop});
    }
    return meaning;
  }
  if (name == ".") {
    meaning.known = true;
    meaning.type = contexts_.back().type == kUnknown ? "any" : contexts_.back().type;
    meaning.refs.push_back({.frame = static_cast<std::uint32_t>(contexts_.size() - 1)});
    return meaning;
  }
  meaning.parts = split(name, '.');
  if (std::find(meaning.parts.begin(), meaning.parts.end(), "") != meaning.parts.end()) {
    meaning.wrong = name;
    meaning.message = "'" + std::string(name) + "' has a dot too many";
    meaning.hint = "dots stand between names: page.title";
    return meaning;
  }
  find_first(meaning.parts[0], meaning);
  if (!meaning.known) explain_unknown(name, meaning);
  return meaning;
}

// Finds where the first part is, then follows the others.
void TemplateScope::find_first(std::string_view part, Meaning& meaning) const {
  for (std::size_t i = contexts_.size(); i-- > 0;) {
    const Context& context = contexts_[i];
    if (accepts_every_name(context.type)) return find_in_any(i, part, meaning);
    if (const ObjectType* object = schema_->find(context.type)) {
      if (const Field* field = object->find(part)) {
        meaning.refs.push_back({.frame = static_cast<std::uint32_t>(i)});
        meaning.known = follow(field->type, 1, meaning);
        return;
      }
    }
    if (!context.is_loop) continue;
    if (const Field* field = find_loop_field(part)) {
      meaning.refs.push_back({.kind = loop_kind(part), .frame = static_cast<std::uint32_t>(i)});
      meaning.is_index = part == "index";
      meaning.known = follow(field->type, 1, meaning);
      return;
    }
  }
}

// Inside free data: the contexts that are data are searched when the template runs, from `top` outwards.
void TemplateScope::find_in_any(std::size_t top, std::string_view part, Meaning& meaning) const {
  std::size_t low = top;
  while (low > 0 && accepts_every_name(contexts_[low - 1].type)) --low;
  meaning.known = true;
  meaning.type = "any";
  meaning.refs.push_back(
      {.kind = Ref::Kind::search, .frame = static_cast<std::uint32_t>(top), .low = static_cast<std::uint32_t>(low)});
  if (meaning.parts.size() == 1 && find_loop_field(part)) {
    meaning.refs.push_back({.kind = loop_kind(part), .frame = static_cast<std::uint32_t>(top)});
    return;
  }
  const ObjectType* root = schema_->find(schema_->root);
  const Field* field = root ? root->find(part) : nullptr;
  if (!field) return;
  const TypeKind kind = kind_of_type(field->type);
  if (kind != TypeKind::object && kind != TypeKind::flag) return;
  Meaning outside;
  outside.parts = meaning.parts;
  if (follow(field->type, 1, outside)) meaning.refs.push_back({.frame = 0});
}

// The parts from `done` on, each inside the one before, which is of `type`.
bool TemplateScope::follow(std::string_view type, std::size_t done, Meaning& meaning) const {
  for (; done < meaning.parts.size(); ++done) {
    if (type == "any") break;
    const std::string_view part = meaning.parts[done];
    const std::string owner(meaning.parts[0].data(), meaning.parts[done - 1].data() + meaning.parts[done - 1].size());
    meaning.wrong = part;
    const ObjectType* object = schema_->find(type);
    if (!object) {
      meaning.message = "'" + owner + "' is " + std::string(describe_type(type)) + " and has no names inside";
      if (kind_of_type(type) != TypeKind::list)
        meaning.hint = "write " + owner;
      else
        meaning.hint = "write {{#" + owner + "}}{{" + std::string(part) + "}}{{/" + owner + "}} for every item";
      return false;
    }
    const Field* field = object->find(part);
    if (!field) {
      std::vector<std::string_view> names;
      for (const Field& known : object->fields) names.push_back(known.name);
      meaning.message = "'" + owner + "' has no '" + std::string(part) + "'";
      meaning.hint = names.empty() ? "it has no names here: " + object->about : suggest(part, names);
      return false;
    }
    type = field->type;
  }
  meaning.type = type;
  return true;
}

void TemplateScope::explain_unknown(std::string_view name, Meaning& meaning) const {
  if (!meaning.message.empty()) return;  // a later part is wrong
  const std::string part(meaning.parts[0]);
  meaning.wrong = meaning.parts[0];
  meaning.message = "there is no name '" + part + "' here";

  // The same word one step away: in an object (page.url), or in the items of a list.
  std::vector<std::string> owners, dotted, lists, all_dotted;
  for (std::size_t i = contexts_.size(); i-- > 0;) {
    const ObjectType* object = schema_->find(contexts_[i].type);
    if (!object) continue;
    for (const Field& field : object->fields) {
      const bool is_list = kind_of_type(field.type) == TypeKind::list;
      const ObjectType* inner = schema_->find(is_list ? item_type(field.type) : std::string_view(field.type));
      if (!inner) continue;
      if (is_list) {
        if (inner->find(part)) lists.push_back("{{#" + field.name + "}}");
        continue;
      }
      for (const Field& known : inner->fields) all_dotted.push_back(field.name + "." + known.name);
      if (!inner->find(part)) continue;
      owners.push_back(field.name);
      dotted.push_back(field.name + "." + std::string(name));
    }
  }
  // Most names that a component's template misses are parameters that nobody has declared yet.
  const std::string declaration = meaning.parts.size() == 1 ? declaration_of_param(*schema_, part) : "";
  const std::string or_declare = declaration.empty() ? "" : "; a parameter is declared in theme.toml: " + declaration;
  if (!owners.empty()) {
    meaning.hint = "'" + part + "' exists in " + join_choices(owners, "and") + ": write " + join_choices(dotted, "or") +
                   or_declare;
    return;
  }
  const std::vector<std::string_view> visible = visible_names();
  if (nearest(part, visible).empty()) {
    std::vector<std::string_view> last_parts;
    last_parts.reserve(all_dotted.size());
    for (const std::string& candidate : all_dotted)
      last_parts.push_back(std::string_view(candidate).substr(candidate.find('.') + 1));
    if (const std::string_view near = nearest(part, last_parts); !near.empty() && declaration.empty()) {
      std::vector<std::string> choices;
      for (std::size_t i = 0; i < last_parts.size(); ++i)
        if (last_parts[i] == near) choices.push_back("'" + all_dotted[i] + "'");
      meaning.hint = "did you mean " + join_choices(choices, "or") + "?";
      return;
    }
    if (!lists.empty()) {
      meaning.hint =
          "'" + part + "' exists for the items of a list: write it inside " + join_choices(lists, "or") + or_declare;
      return;
    }
    if (!declaration.empty()) {
      meaning.hint = "if it is a parameter, declare it in theme.toml: " + declaration;
      return;
    }
  }
  meaning.hint = suggest(part, visible);
}

// From the innermost context outwards, each once.
std::vector<std::string_view> TemplateScope::visible_names() const {
  std::vector<std::string_view> names;
  const auto add = [&](std::string_view name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (std::size_t i = contexts_.size(); i-- > 0;) {
    if (const ObjectType* object = schema_->find(contexts_[i].type))
      for (const Field& field : object->fields) add(field.name);
    if (contexts_[i].is_loop)
      for (const Field& field : loop_fields()) add(field.name);
  }
  return names;
}

}  // namespace hardtop
