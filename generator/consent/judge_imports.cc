// What a file loads of the site's own files, it does, too.
#include <set>

#include "consent/judgement.h"

namespace hardtop {

std::string what_a_script_does(const Services& services, const FileUse& use) {
  return use.kind == FileUse::Kind::storage
             ? "uses " + use.what
             : "names '" + use.what + "' of the service '" + services[use.service].id + "'";
}

std::vector<GateProblem> judge_imports(const Services& services, const JudgedFile& judged, std::string_view what,
                                       const std::function<const FileFacts*(std::string_view)>& facts_of) {
  std::vector<GateProblem> problems;
  std::set<std::string, std::less<>> seen;
  for (std::size_t i = 0; i < judged.facts.imports.size(); ++i) {
    std::vector<std::string_view> paths = {judged.facts.imports[i]};
    for (std::size_t next = 0; next < paths.size(); ++next) {
      const FileFacts* facts = seen.emplace(paths[next]).second ? facts_of(paths[next]) : nullptr;
      // Other files of XML have said what is wrong with them.
      const PublishedAs kind = facts ? published_as(facts->path) : PublishedAs::passive;
      if (kind != PublishedAs::script && kind != PublishedAs::css) continue;
      paths.insert(paths.end(), facts->imports.begin(), facts->imports.end());
      if (facts->uses.empty()) continue;
      const FileUse& use = facts->uses.front();
      const auto [offset, length] = judged.imports_at[i];
      if (kind == PublishedAs::script)
        problems.push_back({offset, length, "consent/ungated-script",
                            "'" + facts->path + "' " + what_a_script_does(services, use) +
                                ", and nothing can make it wait in " + std::string(what),
                            std::string(kNoScriptInXml)});
      else
        problems.push_back({offset, length, "consent/cannot-gate",
                            "the style sheet '" + facts->path + "' loads from '" + use.what + "' of the service '" +
                                services[use.service].id + "', and " + std::string(what) + " cannot wait for a choice",
                            "load a style sheet without these rules"});
    }
  }
  return problems;
}

}  // namespace hardtop
