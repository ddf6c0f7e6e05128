// A site in memory, with a theme of a few lines: for tests of whole builds.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "base/diagnostic_format.h"
#include "base/files.h"
#include "build/build_site.h"
#include "build/session.h"

namespace hardtop::test {

using FileMap = std::map<std::string, std::string>;

// The least that pages of a site that asks must have, for layouts of a few lines. build_in_memory() takes it out again.
inline constexpr std::string_view kConsentParts =
    "{{#consent.asks}}<section id=\"consent-banner\" aria-label=\"Banner\"><button data-consent=\"accept-all\">Accept"
    "</button><button data-consent=\"reject-all\">Reject</button><button data-consent=\"preferences\">Choose</button>"
    "<a href=\"/\" data-consent=\"do-not-sell\">Do not sell</a></section>"
    "<p id=\"consent-status\" role=\"status\" data-saved=\"Saved\"></p>"
    "<dialog id=\"consent-preferences\" aria-label=\"Preferences\" data-gpc-confirm=\"Sure?\">"
    "<input type=\"checkbox\" data-consent-service=\"x\"><button data-consent=\"accept-all\">Accept</button>"
    "<button data-consent=\"reject-all\">Reject</button><button data-consent=\"save\">Save</button>"
    "<button data-consent=\"close\">Close</button></dialog><button data-consent=\"preferences\">Choose</button>"
    "<a href=\"/\" data-consent=\"do-not-sell\">Do not sell</a>"
    "<script src=\"{{consent.script_url}}\" defer></script>{{/consent.asks}}";

inline void take_consent_parts(std::string& html) {
  constexpr std::string_view kBegin = "<section id=\"consent-banner\" aria-label=\"Banner\">", kEnd = "defer></script>";
  const auto begin = html.find(kBegin), end = html.find(kEnd, std::min(begin, html.size()));
  if (begin != std::string::npos && end != std::string::npos) html.erase(begin, end + kEnd.size() - begin);
}

// site.toml and a theme "plain" whose pages are their content and little else, so that whole files can be asserted.
inline FileMap plain_site(const FileMap& more = {}) {
  FileMap files = {
      {"s/site.toml",
       "title = \"T\"\nbase_url = \"https://t.example/\"\ntheme = \"plain\"\nurls = \"file\"\n[taxonomies]\ntags = "
       "{}\n"},
      {"s/themes/plain/theme.toml", ""},
      {"s/themes/plain/layouts/base.mustache",
       "<title>{{page.title}}</title>" + std::string(kConsentParts) + "{{{main}}}"},
      {"s/themes/plain/layouts/page.mustache", "{{! parent: base }}\n<main>{{{content}}}</main>"},
      {"s/themes/plain/layouts/home.mustache",
       "{{! parent: base }}\n{{{content}}}{{#sections}}[{{title}} {{url}}]{{/sections}}{{#pages}}({{title}} "
       "{{url}}){{/pages}}"},
      {"s/themes/plain/layouts/section.mustache",
       "{{! parent: base }}\n{{{content}}}{{#pages}}({{title}} "
       "{{url}}){{/pages}}{{#pager}}{{current}}/{{total}}{{/pager}}"},
      {"s/themes/plain/layouts/term.mustache",
       "{{! parent: base }}\n{{#terms}}<{{name}} {{count}}>{{/terms}}{{#pages}}({{title}} {{url}}){{/pages}}"},
      {"s/themes/plain/layouts/404.mustache", "{{! parent: base }}\nnot here"},
      {"s/themes/plain/styles/main.scss", "p { color: red; }"},
  };
  for (const auto& [path, text] : more) files[path] = text;
  return files;
}

struct Built {
  bool fine = false;
  FileMap files;  // what would be written, by path below the output folder; HTML without its policy and kConsentParts
  FileMap policies;  // of HTML: its Content-Security-Policy, as the page has it
  std::vector<HeaderRule> headers;
  std::string errors;  // as text
  std::string operator[](const std::string& path) const {
    const auto found = files.find(path);
    return found == files.end() ? "(no such file)" : found->second;
  }
};

// 2026-06-01T00:00:00Z, so that tests do not depend on the day they run.
inline constexpr std::int64_t kNow = 1780272000;

inline BuildOptions options_for_tests() {
  BuildOptions options;
  options.site_dir = "s";
  options.now = kNow;
  options.jobs = 2;
  return options;
}

// Takes the policy out of a page, so that tests of other things need not repeat it.
inline std::string take_policy(std::string& html) {
  constexpr std::string_view kBefore = "<meta http-equiv=\"Content-Security-Policy\" content=\"", kAfter = "\">";
  const auto begin = html.find(kBefore);
  if (begin == std::string::npos) return "(none)";
  const auto end = html.find(kAfter, begin + kBefore.size());
  std::string policy = html.substr(begin + kBefore.size(), end - begin - kBefore.size());
  html.erase(begin, end + kAfter.size() - begin);
  return policy;
}

inline Built build_in_memory(const MemoryFiles& files, const BuildOptions& options = options_for_tests()) {
  Built built;
  Diagnostics found;
  Session session(files, options);
  if (auto output = session.build(found)) {
    built.fine = true;
    built.headers = output->headers;
    for (OutputFile& file : output->files) {
      if (file.make) file.bytes = file.make();
      if (!file.copy_from.empty()) {
        if (files.read(file.copy_from, file.bytes)) file.bytes = "(unreadable)";
      }
      if (file.path.ends_with(".html")) {
        built.policies[file.path] = take_policy(file.bytes);
        take_consent_parts(file.bytes);
      }
      built.files[file.path] = std::move(file.bytes);
    }
  }
  built.errors = to_text(found);
  return built;
}

inline Built build_in_memory(const FileMap& files) { return build_in_memory(MemoryFiles(files)); }

}  // namespace hardtop::test
