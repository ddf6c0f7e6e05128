// The passes of consent: what consent.toml declares, the runtime, HTML that somebody else has written.
#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/url.h"
#include "build/consent_colors.h"
#include "build/session_work.h"
#include "consent/runtime.h"

namespace hardtop {

namespace {

// The name holds the hash of the content, and which parts the runtime has is known when all pages are made: until then
// pages name it with these digits, as many as a hash has.
constexpr std::string_view kNoHash = "00000000";
// And its integrity likewise: no digest is all zeros.
const std::string kNoIntegrity = "sha384-" + std::string(64, 'A');

std::string runtime_path(bool development, std::string_view hash) {
  return std::string("assets/") + "consent-runtime" + (development ? "" : "." + std::string(hash)) + ".js";
}

RuntimeParts runtime_parts() {
  constexpr std::string_view kFolder = "assets/consent/", kEnding = ".min.js";
  RuntimeParts parts;
  for (const EmbeddedFile& file : embedded_files())
    if (file.path.starts_with(kFolder) && file.path.ends_with(kEnding))
      parts[std::string(file.path.substr(kFolder.size(), file.path.size() - kFolder.size() - kEnding.size()))] =
          file.bytes;
  return parts;
}

}  // namespace

void Session::Work::report_in(Diagnostics& found, GateProblem problem, Place place) {
  found.error(std::move(place), std::move(problem.id), std::move(problem.message), std::move(problem.hint));
}

void Session::Work::report(GateProblem problem, Place place) const {
  report_in(*diagnostics, std::move(problem), std::move(place));
}

void Session::Work::report_all(std::vector<GateProblem> problems, const SourcePtr& source) const {
  for (GateProblem& problem : problems) {
    Place place{source, problem.offset, problem.length};
    report(std::move(problem), std::move(place));
  }
}

// consent.toml and consent.lock. Settled after: consent, services.
bool Session::Work::read_consent() {
  auto config = load_consent_config(files, options.site_dir, site.config.base.host, *diagnostics);
  auto locked = load_consent_lock(files, options.site_dir, *diagnostics);
  if (!config || !locked) return false;
  consent = std::move(*config);
  lock = std::move(*locked);
  services.emplace(consent, site.config.base);
  return !diagnostics->has_errors();
}

std::function<const FileFacts*(std::string_view)> Session::Work::facts_of() const {
  return [this](std::string_view url) -> const FileFacts* {
    // However a reference writes it, it is one file: "/x%2Ejs" is "/x.js".
    const auto found =
        url.find('%') == std::string_view::npos ? file_facts.find(url) : file_facts.find(decode_percent(url));
    return found == file_facts.end() ? nullptr : &found->second;
  };
}

// `asked`: where to note what the gate asks for; may be null.
GateSite Session::Work::make_gate_site(const std::string& policy_url, AskedNames* asked) const {
  return {*services,
          policy_url,
          [asked, find = facts_of()](std::string_view url) {
            if (asked) note_asked(asked, NameKind::facts, decode_percent(url));
            return find(url);
          },
          [this](const Placeholder& placeholder) { return renderer->render_placeholder(placeholder); },
          head_script,
          [this, asked](std::string_view url) {
            const std::string_view base = site.config.base_path;
            if (!url.starts_with(base)) return false;
            note_asked(asked, NameKind::output, url.substr(base.size()));
            return outputs.find(url.substr(base.size())) != kNone;
          }};
}

// What the gate and the templates know of consent. Settled after: gate_site, consent_values, the runtime's name.
bool Session::Work::prepare_consent() {
  std::string policy_url;
  if (!consent.policy.empty()) {
    policy_page = site.page_by_path.find(consent.policy);
    if (policy_page != kNone) {
      policy_url = site.pages[policy_page].at.url;
    } else {
      const MissingPage missing = missing_page(site, consent.policy);
      diagnostics->error(consent.policy_place, "consent/unknown-policy", "the policy is " + missing.what,
                         hint_of(missing, "make it with hardtop new page, or name another page"));
    }
  }
  std::string script_url;
  if (declaration.asks) {
    judge_consent_colors(theme->theme, *diagnostics);
    head_script =
        make_runtime({consent, declaration, site.config.base_path, site.config.base.scheme == "https"}, runtime_parts())
            .head_script;
    runtime_file.path = runtime_path(options.development, kNoHash);
    script_url = site.config.base_path + runtime_file.path;
    published.runtime_number = next_output;
    published.files->add_made(published.runtime_number, {runtime_file.path, runtime_file.path},
                              options.development ? "" : std::string(kNoIntegrity));
    add_output(runtime_file.path);
  }
  const bool may_opt_out = consent.rule != ConsentRule::opt_in ||
                           std::any_of(consent.regions.begin(), consent.regions.end(),
                                       [](const ConsentRegion& region) { return region.rule != ConsentRule::opt_in; });
  consent_values.emplace(
      ConsentFacts{declaration, policy_url, script_url, head_script, !consent.regions.empty(), may_opt_out},
      service_sets);
  gate_site.emplace(make_gate_site(policy_url, nullptr));
  if (kept) hold_against_names();
  return !diagnostics->has_errors();
}

// Its name in production, which is known when every page is made, has a hash: no file of somebody else's is called so.
void Session::Work::claim_runtime() {
  if (declaration.asks)
    claims.claim(runtime_path(true, kNoHash), {"the script that asks visitors", whole_file("consent.toml")},
                 *diagnostics);
}

// The runtime's content, now that every page is made, and with it its name.
void Session::Work::finish_runtime() {
  if (runtime_file.path.empty()) return;
  runtime_file.bytes = make_runtime({consent, declaration, site.config.base_path, site.config.base.scheme == "https",
                                     has_placeholders || options.development, has_memory_form || options.development},
                                    runtime_parts())
                           .script;
  if (options.development) return;
  unfinished_runtime = runtime_file.path;
  runtime_file.path = runtime_path(false, hash128_hex(runtime_file.bytes).substr(0, kNoHash.size()));
  const std::string integrity = integrity_of(runtime_file.bytes);
  consent_values->set_script_url(site.config.base_path + runtime_file.path);
  // From here on pages are made with the name and the integrity that it has.
  published.files->add_made(published.runtime_number, {runtime_file.path, runtime_file.path}, integrity);
  outputs.add(runtime_file.path, published.runtime_number);
  // Pages that are kept name it as it was.
  if (kept && runtime_file.path != kept->sent_runtime)
    for_each_index(rendered.size(), options.jobs, [&](std::size_t i) {
      if (rendered[i].bytes.empty()) rendered[i].bytes = remake_page(i);
    });
  for_each_index(rendered.size(), options.jobs,
                 [&](std::size_t i) { name_runtime(rendered[i].bytes, unfinished_runtime); });
}

// Writes the runtime's name, and its integrity behind it, where `name` stands: the one that pages had before it was known, or the
// very name, where an edit that was made before has left the other integrity behind it. Both are as long as what they replace.
void Session::Work::name_runtime(std::string& html, std::string_view name) const {
  constexpr std::string_view kAttribute = " integrity=\"";
  for (std::size_t at = html.find(name); at != std::string::npos; at = html.find(name, at + runtime_file.path.size())) {
    html.replace(at, name.size(), runtime_file.path);
    // The attribute stands right behind the one that names it (complete_tags.cc).
    const std::size_t next = html.find_first_not_of("\"'", at + runtime_file.path.size());
    if (next != std::string::npos && html.compare(next, kAttribute.size(), kAttribute) == 0 &&
        html.compare(next + kAttribute.size(), kNoIntegrity.size(), kNoIntegrity) == 0)
      html.replace(next + kAttribute.size(), kNoIntegrity.size(), published.files->integrity(published.runtime_number));
  }
}

// HTML that somebody else has written, and the pages that aliases are. Settled after: written_html[].published.
bool Session::Work::publish_written() {
  Publisher::RuntimeMarkup runtime;
  if (declaration.asks) {
    runtime.html = renderer->render_consent_head();
    CompletedTags tags;
    const GatedHtml gated = gate_again(runtime.html, site.config.base_path, tags);
    runtime.html = apply_edits(runtime.html, tags.integrity);
    runtime.needs = gated.needs;
  }
  for_each_index(written_html.size(), options.jobs, [&](std::size_t i) {
    WrittenHtml& html = written_html[i];
    CompletedTags tags;
    GatedHtml gated = gate_again(html.source->text, html.url, tags);
    add_tag_edits(gated, tags);
    report_all(std::move(gated.problems), html.source);
    report_all(std::move(tags.problems), html.source);
    html.files = std::move(tags.files);
    html.broken_images = std::move(tags.broken);
    policies.add(gated.needs, all_services({}, gated));
    if (!gated.optional.empty()) policies.add(runtime.needs, {});
    html.published = publisher->publish_file(html.source->text, std::move(gated), runtime);
  });
  for (const WrittenHtml& html : written_html)
    for (const std::uint32_t number : html.broken_images) published.broken_images.insert(input_of(number));
  report_broken_images();
  for (OutputFile& file : redirects)
    file.bytes =
        publisher->publish_file(file.bytes, gate_html(*gate_site, file.bytes, site.config.base_path + file.path), {});
  return !diagnostics->has_errors();
}

}  // namespace hardtop
