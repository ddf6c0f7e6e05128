#include "consent/judgement.h"

#include <algorithm>
#include <array>

#include "base/html.h"
#include "base/text.h"
#include "consent/gate_values.h"

namespace hardtop {

namespace {

constexpr int kDeepest = 4;

// As the URL parser sees it: white space in front and line ends inside are dropped.
std::string without_line_ends(std::string_view url) {
  std::string out;
  for (const char c : url) {
    if (c == '\t' || c == '\n' || c == '\r' || (out.empty() && static_cast<unsigned char>(c) <= ' ')) continue;
    out += c;
  }
  return out;
}

CspDirective directive_of_destination(std::string_view as) {
  using D = CspDirective;
  static constexpr std::array<std::pair<std::string_view, D>, 13> kDestinations = {{{"script", D::script},
                                                                                    {"style", D::style},
                                                                                    {"image", D::img},
                                                                                    {"font", D::font},
                                                                                    {"track", D::media},
                                                                                    {"audio", D::media},
                                                                                    {"video", D::media},
                                                                                    {"document", D::frame},
                                                                                    {"iframe", D::frame},
                                                                                    {"object", D::object},
                                                                                    {"embed", D::object},
                                                                                    {"worker", D::worker},
                                                                                    {"sharedworker", D::worker}}};
  for (const auto& [name, directive] : kDestinations)
    if (equals_ascii_ci(as, name)) return directive;
  return D::connect;
}

}  // namespace

Judgement::Judgement(const Services& services, std::string_view url, Optional optional, std::string_view what,
                     std::string_view mend)
    : services_(services), url_(url), what_(what), mend_(mend), optional_(optional) {
  document_ = parse_url(url, &services.base()).value_or(services.base());
}

Party Judgement::fetch(std::string_view url, std::optional<CspDirective> directive, Span at) {
  const Owner owner = services_.owner_of(url, document_);
  switch (owner.party) {
    case Party::none:
      if (directive) fetch_from_nobody(url, *directive, at);
      break;
    case Party::first:
      if (directive == CspDirective::script || directive == CspDirective::style || directive == CspDirective::worker)
        if (const std::optional<Url> parsed = parse_url(url, &document_)) add_import(parsed->path, at);
      break;
    case Party::necessary:
      necessary(owner.service);
      if (directive) add_source(*directive, owner.source_expression);
      break;
    case Party::optional:
      if (optional_ == Optional::fact) {
        use(FileUse::Kind::host, owner.host, owner.service, at);
        if (directive) add_source(*directive, owner.source_expression);
      } else {
        problem(at, "consent/cannot-gate",
                std::string(what_) + " loads from '" + owner.host +
                    "', and cannot wait for a choice; it belongs to the service '" + services_[owner.service].id + "'",
                std::string(mend_));
      }
      break;
    case Party::undeclared:
      problem(at, "consent/undeclared-host", "no service declares the host '" + owner.host + "'",
              Services::lines_to_paste(owner.host));
      break;
    case Party::unreadable:
      problem(at, "consent/unreadable-url", "'" + std::string(url) + "' cannot be read as a URL",
              "correct it: browsers may differ in what they load for it");
      break;
  }
  return owner.party;
}

// data: is a file in itself. As an image, a font or a film it contacts nobody.
void Judgement::fetch_from_nobody(std::string_view url, CspDirective directive, Span at) {
  const std::string text = without_line_ends(url);
  if (text.size() < 5 || !equals_ascii_ci(std::string_view(text).substr(0, 5), "data:")) return;
  add_source(directive, "data:");
  const bool is_code =
      directive == CspDirective::style || directive == CspDirective::script || directive == CspDirective::worker;
  if (directive == CspDirective::frame || directive == CspDirective::object || (is_code && depth_ == kDeepest))
    return problem(at, "consent/cannot-gate", "what this data: URL holds cannot be judged where it stands",
                   "make it a file of its own");
  if (!is_code) return;
  const DataUrl data = read_data_url(text);
  if ((!data.charset.empty() && !is_readable_encoding(data.charset)) || begins_as_utf16(data.content))
    return problem(at, "consent/unreadable-file",
                   "the encoding of this data: URL is '" + (data.charset.empty() ? "utf-16" : data.charset) +
                       "', and hardtop reads UTF-8",
                   "write it in UTF-8");
  ++depth_;
  const std::string& content = data.content;
  const PlaceOf here = [at](std::size_t, std::size_t) { return at; };
  if (directive == CspDirective::style)
    read_css(*this, content, CssForm::sheet, here);
  else
    read_script(*this, content, here);
  --depth_;
}

void Judgement::use(FileUse::Kind kind, std::string what, ServiceIndex service, Span at) {
  if (!uses_.emplace(kind, what).second) return;
  judged_.facts.uses.push_back({kind, std::move(what), service, at.offset, at.length});
}

void Judgement::mention(ServiceIndex service, const std::string& host, const std::string& source, Span at) {
  if (services_[service].necessary)
    necessary(service);
  else
    use(FileUse::Kind::host, host, service, at);
  add_source(CspDirective::connect, source);
  if (!source.starts_with("ws")) add_source(CspDirective::img, source);
}

void Judgement::own_worker() { add_source(CspDirective::worker, "'self'"); }

void Judgement::code(InlineCode::Kind kind, std::string text) {
  judged_.inline_code.push_back({kind, std::move(text)});
}

void Judgement::necessary(ServiceIndex service) {
  auto& all = judged_.facts.necessary;
  if (std::ranges::find(all, service) == all.end()) all.push_back(service);
}

void Judgement::add_source(CspDirective directive, std::string source) {
  std::pair<CspDirective, std::string> entry(directive, std::move(source));
  auto& all = judged_.facts.sources;
  if (std::ranges::find(all, entry) == all.end()) all.push_back(std::move(entry));
}

void Judgement::add_import(std::string path, Span at) {
  if (!imports_.insert(path).second) return;
  judged_.facts.imports.push_back(std::move(path));
  judged_.imports_at.push_back({at.offset, at.length});
}

void Judgement::problem(Span at, std::string_view id, std::string message, std::string hint) {
  if (!problems_.emplace(at.offset, message).second) return;
  judged_.problems.push_back({at.offset, at.length, std::string(id), std::move(message), std::move(hint)});
}

JudgedFile Judgement::finish() {
  std::ranges::stable_sort(judged_.problems, {}, &GateProblem::offset);
  std::ranges::sort(judged_.facts.necessary);
  return std::move(judged_);
}

bool is_utf16(std::string_view text) {
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) return true;
  // Every other byte of Latin text.
  return static_cast<std::size_t>(std::ranges::count(text, '\0')) > text.size() / 8;
}

std::vector<std::optional<CspDirective>> loads_of_link(std::string_view rel, std::string_view as) {
  std::vector<std::optional<CspDirective>> loads;
  for (const std::string_view word : split_words(rel)) {
    const auto is = [&](auto... names) { return (equals_ascii_ci(word, names) || ...); };
    if (is("stylesheet")) {
      loads.emplace_back(CspDirective::style);
    } else if (is("preload", "prefetch", "subresource")) {
      loads.emplace_back(directive_of_destination(as));
    } else if (is("modulepreload")) {
      loads.emplace_back(CspDirective::script);
    } else if (is("prerender", "import")) {
      loads.emplace_back(CspDirective::frame);
    } else if (is("preconnect", "dns-prefetch")) {
      loads.emplace_back(std::nullopt);
    } else if (is("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "apple-touch-startup-image", "mask-icon",
                  "fluid-icon")) {
      loads.emplace_back(CspDirective::img);
    } else if (is("manifest")) {
      loads.emplace_back(CspDirective::manifest);
    } else if (is("search", "compression-dictionary", "monetization", "serviceworker")) {
      loads.emplace_back(CspDirective::connect);
    }
  }
  return loads;
}

}  // namespace hardtop
