#include "build/script_modules.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/javascript.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "base/url.h"

namespace hardtop {

namespace {

constexpr std::string_view kFolder = "assets/", kEnding = ".js";

using Kind = ModuleSpecifier::Kind;

bool is_text(const JsToken& token) {
  return token.kind == JsToken::Kind::string || token.kind == JsToken::Kind::template_;
}
bool is_constant(const JsToken& token) { return token.kind == JsToken::Kind::string || token.whole; }
bool is_opening(const JsToken& token) { return token.is("(") || token.is("[") || token.is("{"); }
bool is_closing(const JsToken& token) { return token.is(")") || token.is("]") || token.is("}"); }

bool is_rooted(std::string_view text) { return text.starts_with('/') && !text.starts_with("//"); }
bool is_relative(std::string_view text) { return text.starts_with("./") || text.starts_with("../"); }

std::string_view path_of(std::string_view text) { return text.substr(0, text.find_first_of("?#")); }
bool names_a_script(std::string_view text) {
  const std::string_view path = path_of(text);
  return path.ends_with(".js") || path.ends_with(".mjs");
}

class SpecifierFinder {
 public:
  explicit SpecifierFinder(std::string_view script) {
    JsScanner scanner(script);
    for (JsToken token; scanner.next(token);) tokens_.push_back(token);
  }

  std::vector<ModuleSpecifier> find() {
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (tokens_[i].is_name("URL"))
        find_in_url(i + 1);
      else if (!is_after_dot(i) && tokens_[i].is_name("import") && tokens_[i + 1].is("("))
        find_in_call(i + 2);
      else if (!is_after_dot(i) && (tokens_[i].is_name("import") || tokens_[i].is_name("from")) &&
               tokens_[i + 1].kind == JsToken::Kind::string)
        add(tokens_[i + 1], true);
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool is_after_dot(std::size_t i) const { return i > 0 && tokens_[i - 1].is("."); }
  // Behind the argument of a call that begins at `i`.
  [[nodiscard]] std::size_t end_of_argument(std::size_t i) const {
    for (std::size_t depth = 0; i < tokens_.size(); ++i) {
      if (depth == 0 && (tokens_[i].is(",") || is_closing(tokens_[i]))) break;
      if (is_opening(tokens_[i])) ++depth;
      if (is_closing(tokens_[i])) --depth;
    }
    return i;
  }

  void find_in_call(std::size_t begin) {
    const std::size_t end = end_of_argument(begin);
    if (end == begin + 1 && is_text(tokens_[begin]) && is_constant(tokens_[begin]))
      add(tokens_[begin], false);
    else
      add_computed(begin, end);
  }

  // new URL("x", import.meta.url): a URL, so that "x" is a file beside the script. It may be another than a script.
  void find_in_url(std::size_t open) {
    if (!tokens_[open].is("(") || open + 1 >= tokens_.size()) return;
    const std::size_t begin = open + 1, end = end_of_argument(begin);
    if (end + 1 >= tokens_.size() || !tokens_[end].is(",") || !tokens_[end + 1].is_name("import")) return;
    if (end != begin + 1 || !is_text(tokens_[begin]) || !is_constant(tokens_[begin])) return add_computed(begin, end);
    const std::string& text = tokens_[begin].text;
    if (is_relative(text) || (names_a_script(text) && text.find(':') == text.npos && !text.starts_with('/')))
      add_relative(tokens_[begin], false);
    else if (is_rooted(text) && names_a_script(text))
      found_.push_back({Kind::rooted, tokens_[begin].begin, tokens_[begin].end, text, "", false});
  }

  void add(const JsToken& token, bool is_statement) {
    const std::string& text = token.text;
    if (is_relative(text)) return add_relative(token, is_statement);
    if (is_rooted(text))
      found_.push_back({Kind::rooted, token.begin, token.end, text, "", is_statement});
    else if (!text.starts_with('/') && !parse_url(text))
      found_.push_back({Kind::bare, token.begin, token.end, text, "", is_statement});
  }

  void add_relative(const JsToken& token, bool is_statement) {
    auto output = normalize_path(std::string(kFolder) + std::string(path_of(token.text)));
    if (output && !output->empty() && !output->ends_with('/'))
      found_.push_back({Kind::relative, token.begin, token.end, token.text, *std::move(output), is_statement});
  }

  // Of expressions, those that have a text which begins as a file's place does.
  void add_computed(std::size_t begin, std::size_t end) {
    std::size_t depth = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const JsToken& token = tokens_[i];
      if (is_opening(token)) ++depth;
      if (is_closing(token)) --depth;
      if (depth > 0 || !is_text(token) || !(is_relative(token.text) || is_rooted(token.text))) continue;
      found_.push_back({Kind::computed, tokens_[begin].begin, tokens_[end - 1].end, token.text, "", false});
      return;
    }
  }

  std::vector<JsToken> tokens_;
  std::vector<ModuleSpecifier> found_;
};

}  // namespace

std::vector<ModuleSpecifier> find_module_specifiers(std::string_view script) {
  if (script.find("import") == script.npos && script.find("from") == script.npos) return {};
  return SpecifierFinder(script).find();
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
