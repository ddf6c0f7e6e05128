// Judges code, in the document and in files that it loads, now that it is known what is gated and what is live.
#include <algorithm>
#include <utility>

#include "consent/gate_code.h"
#include "consent/gate_files.h"
#include "consent/gate_reading.h"

namespace hardtop {

bool Gate::Reading::is_gated(std::size_t offset) const {
  const auto next = std::ranges::upper_bound(gated, offset, {}, &GateRange::begin);
  return next != gated.begin() && offset < std::prev(next)->end;
}

// What waits for nobody, and may not do. Null where there is nothing: a necessary service's script may keep what that needs.
const FileUse* Gate::Reading::wrong_use(const FileFacts& facts, std::size_t token) const {
  const bool necessary = std::ranges::binary_search(scan.necessary_tokens, token);
  for (const FileUse& use : facts.uses)
    if (!necessary || use.kind != FileUse::Kind::storage) return &use;
  return nullptr;
}

void Gate::Reading::judge_code() {
  for (GateCode& code : scan.codes) {
    const bool of_service = mode == GateMode::tag || is_gated(code.token + shift);
    const auto place = [&](std::size_t offset, std::size_t length) {
      if (!code.at_offset || code.text.size() != code.length) return std::pair(code.offset, code.length);
      return std::pair(code.offset + offset, length);
    };
    const bool own = !site.own_script.empty() && code.text == site.own_script;
    const JudgedFile judged = own ? JudgedFile() : judge_script(site.services, code.text, url);
    for (const GateProblem& problem : judged.problems) {
      const auto [offset, length] = place(problem.offset, problem.length);
      add_problem(offset, length, problem.id, problem.message, problem.hint);
    }
    const FileFacts& facts = judged.facts;
    scan.necessary.insert(scan.necessary.end(), facts.necessary.begin(), facts.necessary.end());
    for (const auto& [directive, source] : facts.sources) scan.add_source(directive, source);
    for (const std::string& import : facts.imports) {
      if (const FileFacts* file = scan.use_own_file(import))
        scan.files.push_back({code.token, code.offset, code.length, false, file});
    }
    if (of_service) {
      if (const std::optional<CodeUse> use = find_document_write(code.text)) {
        const auto [offset, length] = place(use->offset, use->length);
        add_problem(offset, length, "consent/document-write",
                    "document.write does nothing in a script that waits for the visitor's choice",
                    "ask the vendor for a snippet that loads asynchronously");
      }
      scan.needs.third_party_script = true;
    } else if (const FileUse* wrong = wrong_use(facts, code.token)) {
      const FileUse& use = *wrong;
      const auto [offset, length] = place(use.offset, use.length);
      const std::string id = use.service == kNoService ? "ID" : site.services[use.service].id;
      add_problem(offset, length, "consent/ungated-script",
                  use.kind == FileUse::Kind::storage
                      ? "this script uses " + use.what + ", and runs before the visitor has chosen"
                      : "this script names '" + use.what + "' of the service '" + id +
                            "', and runs before the visitor has chosen",
                  code.kind == InlineCode::Kind::script
                      ? "put data-service=\"" + id + "\" on the script: it then runs once that service is allowed"
                      : "put data-service=\"" + id + "\" on the element, or the code into a script that has it");
    }
    if (code.kind) scan.needs.inline_code.push_back({*code.kind, std::move(code.text)});
  }
}

void Gate::Reading::judge_files() {
  for (const GateFileUse& file : scan.files) {
    if (mode == GateMode::tag || is_gated(file.token + shift)) {
      // It loads the service's code when its turn comes, which Trusted Types would not let it.
      const auto names_host = [](const FileUse& use) { return use.kind == FileUse::Kind::host; };
      if (!file.sheet && std::ranges::any_of(file.facts->uses, names_host)) scan.needs.third_party_script = true;
      continue;
    }
    const FileUse* wrong = wrong_use(*file.facts, file.token);
    if (!wrong) continue;
    const FileUse& use = *wrong;
    const std::string id = use.service == kNoService ? "ID" : site.services[use.service].id;
    if (file.sheet) {
      add_problem(file.offset, file.length, "consent/cannot-gate",
                  "the style sheet '" + file.facts->path + "' loads from '" + use.what +
                      "', which belongs to the service '" + id + "'",
                  "put these rules into a style sheet of their own, and link it with data-service=\"" + id + "\"");
      continue;
    }
    add_problem(file.offset, file.length, "consent/ungated-script",
                use.kind == FileUse::Kind::storage
                    ? "'" + file.facts->path + "' uses " + use.what + ", and runs before the visitor has chosen"
                    : "'" + file.facts->path + "' names '" + use.what + "' of the service '" + id +
                          "', and runs before the visitor has chosen",
                "put data-service=\"" + id + "\" on the script: it then runs once that service is allowed");
  }
}

}  // namespace hardtop
