// libsass sees no disk: every import was resolved before it starts (style_imports.h), and its importer only hands out
// those texts.
#include "theme/stylesheet.h"

#include <sass/context.h>

#include <algorithm>
#include <memory>

#include "base/json_text.h"
#include "base/memory.h"
#include "theme/sass_steps.h"
#include "theme/style_errors.h"
#include "theme/style_imports.h"

namespace hardtop {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Compilation {
  const StyleGraph& graph;
  Diagnostics& diagnostics;
  std::vector<SourcePtr> registered;  // in the order in which libsass numbers its sources

  // libsass forgets to free the lists of the imports that it is in when an error is found. It frees a list as soon as
  // the file is read; which ones are left is told by the size of its stack, which it does not unwind either.
  struct OpenList {
    Sass_Import_List list;
    std::size_t depth;  // of the stack before the import
  };
  std::vector<OpenList> open_lists = {};

  Sass_Import_List make_list(Sass_Compiler* compiler) {
    const std::size_t depth = sass_compiler_get_import_stack_size(compiler);
    while (!open_lists.empty() && open_lists.back().depth >= depth) open_lists.pop_back();
    return open_lists.emplace_back(OpenList{sass_make_import_list(1), depth}).list;
  }
  void free_lists_after_error(Sass_Compiler* compiler) {
    const std::size_t depth = sass_compiler_get_import_stack_size(compiler);
    for (const OpenList& open : open_lists)
      if (open.depth < depth) sass_delete_import_list(open.list);
  }
};

std::string_view text_or_empty(const char* text) { return text == nullptr ? std::string_view() : text; }

// Null leaves the import to libsass, which writes it into the CSS unchanged; that is so for just those that the scan
// found to be plain (is_left_to_browsers), so libsass never looks for a file.
Sass_Import_List import_file(const char* url, Sass_Importer_Entry importer, Sass_Compiler* compiler) {
  auto& compilation = *static_cast<Compilation*>(sass_importer_get_cookie(importer));
  const StyleFile* from = find_sass_name(
      compilation.graph, text_or_empty(sass_import_get_abs_path(sass_compiler_get_last_import(compiler))));
  const StyleImport* import = nullptr;
  if (from != nullptr)
    for (const StyleImport& candidate : from->imports)
      if (candidate.url == url) import = &candidate;
  if (import != nullptr && import->plain) return nullptr;
  Sass_Import_List list = compilation.make_list(compiler);
  if (import == nullptr) {  // with escapes in the string, libsass asks for something that the scan did not see
    list[0] = sass_make_import_entry(url, nullptr, nullptr);
    sass_import_set_error(list[0], "This import cannot be read: write the name without backslashes.",
                          static_cast<std::size_t>(-1), static_cast<std::size_t>(-1));
    compilation.open_lists.back().depth = 0;
    return list;
  }
  const SourcePtr& source = compilation.graph.files.find(import->target)->second.source;
  compilation.registered.push_back(source);
  list[0] = sass_make_import(url, sass_name(import->target).c_str(), sass_copy_c_string(source->text.c_str()), nullptr);
  return list;
}

// @warn and @debug, which would print to the standard error stream.
Sass_Value* take_message(const Sass_Value* arguments, Sass_Function_Entry function, Sass_Compiler* compiler) {
  const auto& compilation = *static_cast<Compilation*>(sass_function_get_cookie(function));
  const Sass_Callee_Entry callee = sass_compiler_get_last_callee(compiler);
  const Sass_Value* argument = sass_list_get_length(arguments) > 0 ? sass_list_get_value(arguments, 0) : arguments;
  std::string message;
  if (sass_value_is_string(argument)) {
    message = sass_string_get_value(argument);
  } else if (Sass_Value* text = sass_value_stringify(argument, false, 10)) {
    if (sass_value_is_string(text)) message = sass_string_get_value(text);
    sass_delete_value(text);
  }
  const StyleFile* file = find_sass_name(compilation.graph, text_or_empty(sass_callee_get_path(callee)));
  const Place place =
      file == nullptr ? Place{} : sass_place(*file, sass_callee_get_line(callee), sass_callee_get_column(callee));
  const bool debug = std::string_view(sass_function_get_signature(function)) == "@debug";
  compilation.diagnostics.warning(place, debug ? "style/debug" : "style/warning", message);
  return sass_make_null();
}

// Of libsass's own map, which names files by its paths, only its mappings, the last member, are taken over.
std::string mappings_of(std::string_view sass_map) {
  constexpr std::string_view kMember = "\"mappings\": \"";
  const std::size_t begin = sass_map.rfind(kMember);
  if (begin == std::string_view::npos) return "";
  sass_map.remove_prefix(begin + kMember.size());
  return std::string(sass_map.substr(0, sass_map.find('"')));
}

std::string make_source_map(const StyleMap& map) {
  std::string out = "{\"version\":3,\"sources\":[";
  for (const SourcePtr& source : map.sources) {
    if (source != map.sources.front()) out += ',';
    append_json_string(out, source->path);
  }
  out += "],\"sourcesContent\":[";
  for (const SourcePtr& source : map.sources) {
    if (source != map.sources.front()) out += ',';
    append_json_string(out, source->text);
  }
  out += "],\"names\":[],\"mappings\":";
  append_json_string(out, map.mappings);
  out += "}\n";
  return out;
}

// Made before what libsass holds, and so outlives it.
struct MemoryAfterwards {
  bool is_much = false;
  ~MemoryAfterwards() {
    if (is_much) give_memory_back();
  }
};

}  // namespace

std::optional<Stylesheet> compile_stylesheet(std::string_view path, const StyleLoader& load,
                                             const StylesheetOptions& options, Diagnostics& diagnostics) {
  const std::optional<StyleGraph> graph = load_style_graph(path, load, options.known_paths, diagnostics);
  if (!graph) return std::nullopt;
  const SourcePtr& entry = graph->files.find(graph->entry)->second.source;
  Compilation compilation{*graph, diagnostics, {entry}};

  MemoryAfterwards memory;
  // An empty text is an error to libsass.
  const char* text = entry->text.empty() ? "\n" : entry->text.c_str();
  const std::unique_ptr<Sass_Data_Context, decltype(&sass_delete_data_context)> data(
      sass_make_data_context(sass_copy_c_string(text)), &sass_delete_data_context);
  Sass_Context* context = sass_data_context_get_context(data.get());
  Sass_Options* sass = sass_context_get_options(context);
  sass_option_set_input_path(sass, sass_name(graph->entry).c_str());
  sass_option_set_output_style(sass, options.compressed ? SASS_STYLE_COMPRESSED : SASS_STYLE_EXPANDED);
  if (options.source_map) {
    sass_option_set_source_map_file(sass,
                                    "style.map");  // a name makes libsass write a map; it is used for nothing else
    sass_option_set_omit_source_map_url(sass, true);
  }
  Sass_Importer_List importers = sass_make_importer_list(1);
  sass_importer_set_list_entry(importers, 0, sass_make_importer(import_file, 0, &compilation));
  sass_option_set_c_importers(sass, importers);
  Sass_Function_List functions = sass_make_function_list(2);
  sass_function_set_list_entry(functions, 0, sass_make_function("@warn", take_message, &compilation));
  sass_function_set_list_entry(functions, 1, sass_make_function("@debug", take_message, &compilation));
  sass_option_set_c_functions(sass, functions);

  const std::unique_ptr<Sass_Compiler, decltype(&sass_delete_compiler)> compiler(sass_make_data_compiler(data.get()),
                                                                                 &sass_delete_compiler);
  SassSteps steps(options.max_steps);
  if (sass_compiler_parse(compiler.get()) != 0 || sass_compiler_execute(compiler.get()) != 0) {
    compilation.free_lists_after_error(compiler.get());
    if (steps.ran_out()) {
      memory.is_much = true;
      diagnostics.add(describe_endless(*graph, options.max_steps));
      return std::nullopt;
    }
    diagnostics.add(
        describe_failure(*graph, SassFailure{.message = text_or_empty(sass_context_get_error_text(context)),
                                             .formatted = text_or_empty(sass_context_get_error_message(context)),
                                             .file = text_or_empty(sass_context_get_error_file(context)),
                                             .line = sass_context_get_error_line(context),
                                             .column = sass_context_get_error_column(context)}));
    return std::nullopt;
  }
  Stylesheet result;
  std::string_view css = sass_context_get_output_string(context);
  if (css.starts_with(kByteOrderMark)) css.remove_prefix(kByteOrderMark.size());
  result.css = css;
  if (options.source_map) {
    result.map = {mappings_of(text_or_empty(sass_context_get_source_map_string(context))),
                  std::move(compilation.registered)};
    result.source_map = make_source_map(result.map);
    if (!options.map_url.empty()) result.css += "\n/*# sourceMappingURL=" + options.map_url + " */\n";
  }
  for (const auto& [name, file] : graph->files) result.sources.push_back(file.source->path);
  std::sort(result.sources.begin(), result.sources.end());
  result.sources.erase(std::unique(result.sources.begin(), result.sources.end()), result.sources.end());
  return result;
}

}  // namespace hardtop
