#include <algorithm>

#include "base/suggest.h"
#include "build/template_schema.h"
#include "commands/commands.h"
#include "commands/explanations.h"
#include "commands/report.h"
#include "theme/theme.h"

namespace hardtop {
namespace {

// No ids, but the other things that can be looked up: the names that templates may use, the keys of consent.toml.
constexpr std::string_view kTemplates = "templates", kConsent = "consent.toml";

std::string_view consent_reference() {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "assets/reference/consent.toml") return file.bytes;
  return "";
}

std::string list_text(const std::vector<Explanation>& all) {
  std::size_t width = 0;
  for (const Explanation& explanation : all) width = std::max(width, explanation.id.size());
  std::string out;
  for (const Explanation& explanation : all) {
    out += explanation.id;
    out.append(width + 2 - explanation.id.size(), ' ').append(explanation.summary).append("\n");
  }
  return out +
         "\nMore about one: hardtop explain ID\nNames that templates may use: hardtop explain templates\nEvery key of "
         "consent.toml: hardtop explain consent.toml\n";
}

// An id as it is copied from a message: "[build/broken-link]".
std::string_view without_brackets(std::string_view id) {
  if (id.size() > 2 && id.front() == '[' && id.back() == ']') return id.substr(1, id.size() - 2);
  return id;
}

UsageError unknown_id(std::string_view id, const std::vector<Explanation>& all) {
  std::vector<std::string_view> ids = {kTemplates, kConsent}, of_that_name;
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
  if (id == kTemplates) {
    surroundings.out << template_reference();
    return ExitStatus::fine;
  }
  if (id == kConsent) {
    surroundings.out << consent_reference();
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
