#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "build/template_schema.h"
#include "commands/commands.h"
#include "commands/explanations.h"
#include "commands/report.h"
#include "theme/theme.h"

namespace hardtop {
namespace {

// No ids, but the other things that can be looked up.
struct Reference {
  std::string_view name;
  std::string_view about;           // for the list
  std::string_view file;            // that the program carries; or
  std::string (*make)() = nullptr;  // what makes the text
};

std::string embedded_text(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return std::string(file.bytes);
  return "";
}

std::string words_reference() {
  return "# What hardtop and its own theme say, in English; i18n/LANG.toml of a site says it in\n"
         "# another language. A theme has more words in its own i18n/en.toml.\n\n" +
         embedded_text("themes/default/i18n/en.toml") + "\n" + embedded_text("assets/consent/i18n/en.toml");
}

constexpr std::array kReferences = {
    Reference{"site.toml", "every key of site.toml", "assets/reference/site.toml"},
    Reference{"front-matter", "every key of a page's head, and what its text may hold", "assets/reference/page.md"},
    Reference{"consent.toml", "every key of consent.toml", "assets/reference/consent.toml"},
    Reference{"theme.toml", "every key of theme.toml", "assets/reference/theme.toml"},
    Reference{"i18n", "every word that hardtop says, to translate", "", words_reference},
    Reference{"templates", "every name that a template may use", "", template_reference},
};

std::string text_of(const Reference& reference) {
  return reference.make ? reference.make() : embedded_text(reference.file);
}

std::string list_text(const std::vector<Explanation>& all) {
  std::size_t width = 0;
  for (const Explanation& explanation : all) width = std::max(width, explanation.id.size());
  std::string out;
  for (const Explanation& explanation : all) {
    out += explanation.id;
    out.append(width + 2 - explanation.id.size(), ' ').append(explanation.summary).append("\n");
  }
  out += "\nMore about one: hardtop explain ID\n\nReferences:\n";
  width = 0;
  for (const Reference& reference : kReferences) width = std::max(width, reference.name.size());
  for (const Reference& reference : kReferences) {
    out.append("  hardtop explain ").append(reference.name);
    out.append(width + 2 - reference.name.size(), ' ').append(reference.about).append("\n");
  }
  return out;
}

// An id as it is copied from a message: "[build/broken-link]".
std::string_view without_brackets(std::string_view id) {
  if (id.size() > 2 && id.front() == '[' && id.back() == ']') return id.substr(1, id.size() - 2);
  return id;
}

UsageError unknown_id(std::string_view id, const std::vector<Explanation>& all) {
  std::vector<std::string_view> ids, of_that_name;
  for (const Reference& reference : kReferences) {
    ids.push_back(reference.name);
    if (reference.name.substr(0, reference.name.find('.')) == id) of_that_name.push_back(reference.name);
  }
  for (const Explanation& explanation : all) {
    ids.push_back(explanation.id);
    if (explanation.id.substr(explanation.id.find('/') + 1) == id) of_that_name.push_back(explanation.id);
  }
  std::string hint;
  if (!of_that_name.empty()) {
    for (const std::string_view candidate : of_that_name)
      hint.append(hint.empty() ? "did you mean " : " or ").append("'").append(candidate).append("'");
    hint += "?";
  } else if (!nearest(id, ids).empty()) {
    hint = suggest(id, ids);
  }
  return {"no error or warning is called '" + std::string(id) + "'",
          hint.empty() ? "hardtop explain lists all" : hint + " hardtop explain lists all"};
}

}  // namespace

ExitStatus run_explain(const ExplainCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  const std::vector<Explanation> all = all_explanations();
  if (command.id.empty()) {
    surroundings.out << list_text(all);
    return ExitStatus::fine;
  }
  const std::string_view id = without_brackets(command.id);
  for (const Reference& reference : kReferences) {
    if (reference.name != id) continue;
    surroundings.out << text_of(reference);
    return ExitStatus::fine;
  }
  for (const Explanation& explanation : all) {
    if (explanation.id != id) continue;
    surroundings.out << explanation_text(explanation);
    return ExitStatus::fine;
  }
  print_usage_error(unknown_id(id, all), global.color, surroundings);
  return ExitStatus::wrong_usage;
}

}  // namespace hardtop
