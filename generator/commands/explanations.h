// The long explanation of every error and warning that hardtop can report. Written by area, in explanations_*.cc, in
// the order that data flows; a test fails when an id of the code has none, or an explanation no id.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hardtop {

// All texts are lines of at most 80 columns without a newline at the end.
struct Explanation {
  std::string_view id;
  std::string_view summary;  // one line: what is wrong
  std::string_view about;    // what it means and why it matters
  std::string_view example;  // files that cause it, as their author would write them
  std::string_view mend;     // what to do: sentences, and lines to type indented by four
};

// In the order of the pipeline, which is the order of the list that `hardtop explain` prints.
[[nodiscard]] std::vector<Explanation> all_explanations();

// The areas' own tables.
[[nodiscard]] const std::vector<Explanation>& config_explanations();
[[nodiscard]] const std::vector<Explanation>& consent_explanations();       // consent/, of consent.toml and its lock
[[nodiscard]] const std::vector<Explanation>& gate_explanations();          // consent/, of what pages load
[[nodiscard]] const std::vector<Explanation>& consent_file_explanations();  // consent/, of files that are not HTML
[[nodiscard]] const std::vector<Explanation>& consent_look_explanations();  // consent/, of themes
[[nodiscard]] const std::vector<Explanation>& content_explanations();       // front-matter/ and content/
[[nodiscard]] const std::vector<Explanation>& theme_explanations();         // theme/, template/ and style/
[[nodiscard]] const std::vector<Explanation>& build_explanations();
[[nodiscard]] const std::vector<Explanation>& serve_explanations();
[[nodiscard]] const std::vector<Explanation>& deploy_explanations();
[[nodiscard]] const std::vector<Explanation>& command_explanations();  // new/

// What `hardtop explain ID` prints.
[[nodiscard]] std::string explanation_text(const Explanation& explanation);

}  // namespace hardtop
