#include "build/render.h"

#include "base/suggest.h"
#include "build/params.h"

namespace hardtop {

MarkdownOptions markdown_options(const SiteConfig& config) {
  return {config.smart_punctuation, config.footnotes, config.heading_anchors};
}

void Renderer::run_component(const BodyPart& call, std::string_view from, TemplateData::Scratch& scratch,
                             LinksUsed used, std::string& out, Diagnostics& diagnostics) const {
  const auto found = theme_.components.find(call.name);
  if (found == theme_.components.end()) {
    std::vector<std::string_view> names;
    for (const auto& [name, component] : theme_.components) names.push_back(name);
    diagnostics.error(call.place, "build/unknown-component", "there is no component '" + call.name + "'",
                      suggest(call.name, names));
    return;
  }
  const CompiledComponent& component = found->second;
  const MarkdownOptions markdown = markdown_options(site_.config);
  const LinkResolver resolve = [&](const LinkUse& use) { return links_.resolve(from, use, used, diagnostics); };
  const LinkResolver resolve_defaults = [&](const LinkUse& use) { return links_.resolve("", use, used, diagnostics); };
  Object params;
  const std::string owner = "the component '" + call.name + "'";
  if (!read_params(call.params, component.type->params, {owner, true}, {&markdown, &resolve, &resolve_defaults},
                   call.place.source, call.place, scratch.arena, params, diagnostics))
    return;
  Object root = scratch.root;
  // A parameter that was not given hides the site's name of the same spelling.
  for (const ParamType& param : component.type->params) {
    const Value* value = params.find(name_of(param.name));
    root.set(param.name, value ? *value : Value());
  }
  run_template(component.compiled, root, out);
}

std::string Renderer::assemble(const OutputJob& job, const Body& body, TemplateData::Scratch& scratch, LinksUsed used,
                               std::vector<Marked::Part>* parts, Diagnostics& diagnostics) const {
  const std::string_view from = job.page == kNone ? std::string_view() : site_.pages[job.page].file.path;
  std::string content;
  std::size_t size = 0;
  for (const BodyPart& part : body.parts) size += part.html.size();
  content.reserve(size);
  for (const BodyPart& part : body.parts) {
    if (parts) parts->push_back({content.size(), &part});
    if (part.kind == BodyPart::Kind::html)
      content += part.html;
    else
      run_component(part, from, scratch, used, content, diagnostics);
  }
  return content;
}

Renderer::Result Renderer::render(const OutputJob& job, const Body& body, Diagnostics& diagnostics,
                                  bool with_asked) const {
  Result result;
  TemplateData::Scratch scratch;
  data_.fill(job, body, scratch);
  result.content =
      assemble(job, body, scratch, {result.used_pages, with_asked ? &result.asked : nullptr}, nullptr, diagnostics);
  TemplateData::set_content(scratch, result.content);
  result.html.reserve(result.content.size() + 4096);
  run_template(theme_.layouts[job.layout], scratch.root, result.html);
  return result;
}

std::string Renderer::render_placeholder(const Placeholder& placeholder) const {
  std::string html;
  TemplateData::Scratch scratch;
  data_.fill_placeholder(placeholder, scratch);
  run_template(theme_.placeholder, scratch.root, html);
  return html;
}

std::string Renderer::render_consent_head() const {
  std::string html;
  TemplateData::Scratch scratch;
  data_.fill_site(0, scratch);
  run_template(theme_.consent_head, scratch.root, html);
  return html;
}

Renderer::Marked Renderer::render_marked(const OutputJob& job, const Body& body) const {
  Marked result;
  Diagnostics ignored;  // render() has reported them
  std::vector<PageIndex> used;
  TemplateData::Scratch scratch;
  data_.fill(job, body, scratch);
  const std::string content = assemble(job, body, scratch, {used}, &result.parts, ignored);
  TemplateData::set_content(scratch, content);
  run_template_with_marks(theme_.layouts[job.layout], scratch.root, result.html, result.marks);
  return result;
}

}  // namespace hardtop
