#include "build/script_modules.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/javascript.h"
#include "base/json_text.h"
#include "base/paths.h"

namespace hardtop {

namespace {

constexpr std::string_view kFolder = "assets/", kEnding = ".js";

// Whether the text at `i` is what the tokens around it load.
bool is_specifier(const std::vector<JsToken>& tokens, std::size_t i) {
  const auto at = [&](std::size_t back) -> const JsToken& {
    static const JsToken kNothing;
    return i >= back ? tokens[i - back] : kNothing;
  };
  const auto next_is = [&](std::size_t ahead, std::string_view punctuation) {
    return i + ahead < tokens.size() && tokens[i + ahead].is(punctuation);
  };
  if (!at(2).is(".") && (at(1).is_name("import") || at(1).is_name("from"))) return true;
  if (!at(1).is("(")) return false;
  if (at(2).is_name("import") && !at(3).is(".")) return next_is(1, ")") || next_is(1, ",");
  return at(2).is_name("URL") && next_is(1, ",") && i + 2 < tokens.size() && tokens[i + 2].is_name("import");
}

}  // namespace

std::vector<ModuleSpecifier> find_module_specifiers(std::string_view script) {
  if (script.find("import") == script.npos && script.find("from") == script.npos) return {};
  std::vector<JsToken> tokens;
  JsScanner scanner(script);
  for (JsToken token; scanner.next(token);) tokens.push_back(token);
  std::vector<ModuleSpecifier> found;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string& text = tokens[i].text;
    if (tokens[i].kind != JsToken::Kind::string || !(text.starts_with("./") || text.starts_with("../")) ||
        !is_specifier(tokens, i))
      continue;
    auto output = normalize_path(std::string(kFolder) + text.substr(0, text.find_first_of("?#")));
    if (output && !output->empty() && !output->ends_with('/'))
      found.push_back({tokens[i].begin, tokens[i].end, text, *std::move(output)});
  }
  return found;
}

// Linking changes relative specifiers, and leaves them relative and in their order.
std::size_t offset_before_linking(std::string_view script, std::string_view linked, std::size_t offset) {
  const std::vector<ModuleSpecifier> before = find_module_specifiers(script), after = find_module_specifiers(linked);
  if (before.size() != after.size()) return std::min(offset, script.size());
  std::size_t from = 0, from_linked = 0;
  for (std::size_t i = 0; i < after.size() && after[i].begin < offset; ++i) {
    if (offset < after[i].end)
      return before[i].begin + std::min(offset - after[i].begin, before[i].end - before[i].begin);
    from = before[i].end;
    from_linked = after[i].end;
  }
  return std::min(from + (offset - from_linked), script.size());
}

std::vector<LinkedScript> link_scripts(
    const std::vector<Script>& scripts,
    const std::function<std::string(std::string_view name, const std::string& bytes)>& path_of) {
  std::map<std::string, std::size_t, std::less<>> by_output;  // as the specifiers name them
  for (std::size_t i = 0; i < scripts.size(); ++i)
    by_output.emplace(std::string(kFolder) + std::string(scripts[i].name) + std::string(kEnding), i);
  std::vector<std::vector<ModuleSpecifier>> specifiers(scripts.size());
  std::vector<LinkedScript> linked(scripts.size());
  for (std::size_t i = 0; i < scripts.size(); ++i)
    for (ModuleSpecifier& each : find_module_specifiers(scripts[i].text))
      (by_output.contains(each.output) ? specifiers[i] : linked[i].elsewhere).push_back(std::move(each));

  for (std::size_t i = 0; i < scripts.size(); ++i) {
    std::vector<std::size_t>& imports = linked[i].imports;
    std::vector<std::size_t> open = {i};
    while (!open.empty()) {
      const std::size_t script = open.back();
      open.pop_back();
      for (const ModuleSpecifier& each : specifiers[script]) {
        const std::size_t imported = by_output.find(each.output)->second;
        if (imported == i || std::ranges::find(imports, imported) != imports.end()) continue;
        imports.push_back(imported);
        open.push_back(imported);
      }
    }
    std::ranges::sort(imports);
    std::string bytes(scripts[i].text);
    for (const std::size_t imported : imports) {
      bytes.append(1, '\0').append(scripts[imported].name);
      bytes.append(1, '\0').append(scripts[imported].text);
    }
    linked[i].path = path_of(scripts[i].name, bytes);
  }
  for (std::size_t i = 0; i < scripts.size(); ++i) {
    std::size_t copied = 0;
    for (const ModuleSpecifier& each : specifiers[i]) {
      const std::string_view text = each.text;
      const std::string& path = linked[by_output.find(each.output)->second].path;
      linked[i].text += scripts[i].text.substr(copied, each.begin - copied);
      linked[i].text += json_string("./" + std::string(file_name(path)) +
                                    std::string(text.substr(std::min(text.find_first_of("?#"), text.size()))));
      copied = each.end;
    }
    linked[i].text += scripts[i].text.substr(copied);
  }
  return linked;
}

}  // namespace hardtop
