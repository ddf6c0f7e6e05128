#include "commands/explanations.h"

#include "base/text.h"

namespace hardtop {
namespace {

void append_indented(std::string& out, std::string_view text) {
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty()) out.append("    ").append(line);
    out += '\n';
  }
}

}  // namespace

std::vector<Explanation> all_explanations() {
  std::vector<Explanation> all;
  for (const auto* area :
       {&config_explanations(), &consent_explanations(), &gate_explanations(), &consent_file_explanations(),
        &consent_look_explanations(), &content_explanations(), &theme_explanations(), &build_explanations(),
        &serve_explanations(), &deploy_explanations(), &command_explanations()})
    all.insert(all.end(), area->begin(), area->end());
  return all;
}

std::string explanation_text(const Explanation& explanation) {
  std::string out;
  out.append(explanation.id).append(": ").append(explanation.summary).append("\n\n");
  out.append(explanation.about).append("\n\nExample:\n\n");
  append_indented(out, explanation.example);
  out.append("\nThe mend:\n\n").append(explanation.mend).append("\n");
  return out;
}

}  // namespace hardtop
