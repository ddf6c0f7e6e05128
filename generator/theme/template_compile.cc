// Trees into one flat program: partials and layouts are spliced in where they are named, names are looked up in the
// schema, literals are gathered into one text.
//
// A chain of layouts is emitted from its outermost parent; {{{main}}} in a layout is where the one inside it goes. The
// indentation of a standalone partial is put before each line of the partial's text, as if it stood there. A partial
// that includes itself (possible without a schema) becomes a call; its indentation is known only when it runs.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/suggest.h"
#include "theme/program.h"
#include "theme/template.h"
#include "theme/template_names.h"
#include "theme/template_parse.h"

namespace hardtop {

namespace {

using Kind = TemplateNode::Kind;

// Partials that include others twice can double the program with each step. No honest theme comes near.
constexpr std::size_t kMaxInstructions = 1'000'000;
constexpr std::size_t kMaxText = 64u << 20;

std::uint32_t to_u32(std::size_t n) { return static_cast<std::uint32_t>(n); }

class Compiler {
 public:
  Compiler(const TemplateOptions& options, Diagnostics& diagnostics)
      : options_(options), errors_(diagnostics), scope_(options.schema), program_(std::make_shared<Program>()) {}

  std::shared_ptr<const Program> run(const SourcePtr& source) {
    if (options_.schema) {
      for (const std::string& fault : schema_faults(*options_.schema))
        errors_.error({}, "template/schema", "the schema of the templates is wrong: " + fault);
    }
    if (errors_.any() || !load_layouts(source)) return nullptr;

    level_ = layouts_.size() - 1;
    errors_.exchange_chain(way_to(level_));
    splice(layouts_[level_].tree);
    emit(Op::stop);
    compile_calls();
    check_placement();
    if (errors_.any()) return nullptr;

    for (const SourcePtr& used : program_->sources) program_->paths.push_back(used->path);
    std::sort(program_->paths.begin(), program_->paths.end());
    program_->paths.erase(std::unique(program_->paths.begin(), program_->paths.end()), program_->paths.end());
    return program_;
  }

 private:
  struct Layout {
    std::string name;  // as its child calls it; "" for the template itself
    TemplateTree tree;
    bool placed = false;  // by its parent
  };
  struct Indent {
    std::size_t source = 0, offset = 0;
    std::string_view text;
  };
  struct Partial {
    bool exists = false;
    std::optional<TemplateTree> tree;
  };
  struct Running {  // a partial that is being spliced in
    std::string_view name;
    std::size_t level;
  };
  struct Section {
    std::uint32_t begin = 0;
    bool has_frame = false;
    bool is_skip = false;
  };
  struct PendingCall {
    std::string_view name;
    std::size_t level;
    friend bool operator<(const PendingCall& a, const PendingCall& b) {
      return std::tie(a.name, a.level) < std::tie(b.name, b.level);
    }
  };

  // The template and its parents, innermost first.
  bool load_layouts(const SourcePtr& source) {
    SourcePtr next = source;
    std::string name;
    while (next) {
      errors_.exchange_chain(way_to(layouts_.size()));
      std::optional<TemplateTree> tree = parse_template(next, errors_);
      if (!tree) break;
      layouts_.push_back({name, std::move(*tree)});
      const TemplateTree& child = layouts_.back().tree;
      if (child.parent.empty() || !options_.parent) break;
      name = child.parent;
      if (!check_parent_cycle(name, child)) break;
      next = options_.parent(name);
      if (!next)
        errors_.error(child.place_of(child.parent), "template/missing-parent", "there is no layout '" + name + "'",
                      suggest(name, options_.parent_names));
    }
    return !errors_.any();
  }

  // How a mistake in a parent concerns the template that is compiled.
  std::vector<Note> way_to(std::size_t level) const {
    std::vector<Note> way;
    for (std::size_t i = 0; i < level; ++i)
      way.push_back({layouts_[i].tree.place_of(layouts_[i].tree.parent), "named as parent here"});
    return way;
  }

  bool check_parent_cycle(const std::string& name, const TemplateTree& child) {
    const auto same = [&](const Layout& layout) { return layout.name == name; };
    const auto first = std::find_if(layouts_.begin(), layouts_.end(), same);
    if (first == layouts_.end()) return true;
    std::string chain;
    for (auto at = first; at != layouts_.end(); ++at) chain += at->name + " -> ";
    errors_.error(child.place_of(child.parent), "template/parent-cycle",
                  "the layout '" + name + "' is its own parent: " + chain + name,
                  "remove the line {{! parent: " + name + " }} or name another layout");
    return false;
  }

  // A layout whose parent has no place for it would silently not be shown.
  void check_placement() {
    if (errors_.any()) return;  // the place may be in what could not be compiled
    for (std::size_t i = 0; i + 1 < layouts_.size(); ++i) {
      if (layouts_[i].placed) continue;
      const TemplateTree& tree = layouts_[i].tree;
      errors_.error(
          tree.place_of(tree.parent), "template/no-place-for-child",
          "the layout '" + layouts_[i + 1].name + "' has no {{{main}}}, so what stands here would not be shown",
          "add {{{main}}} to " + layouts_[i + 1].tree.source->path);
    }
  }

  // Emits a tree at the current end of the program.
  void splice(const TemplateTree& tree) {
    const std::size_t source = source_index(tree.source);
    std::vector<Section> open;
    for (std::size_t i = 0; i < tree.nodes.size() && !too_large_; ++i) {
      const TemplateNode& node = tree.nodes[i];
      if (node.kind != Kind::text && !node.standalone && begins_line(tree, node.begin)) emit_indent();
      switch (node.kind) {
        case Kind::text:
          emit_text(tree, source, node);
          break;
        case Kind::value:
        case Kind::raw_value:
          if (is_main(node))
            splice_child(tree, node);
          else
            emit_value(tree, source, node);
          break;
        case Kind::section:
        case Kind::inverted:
          if (!is_main(node))
            open.push_back(begin_section(tree, node));
          else if (node.kind == Kind::section)  // there is a child: {{#main}} always, {{^main}} never
            open.push_back({});
          else
            i = node.partner;
          break;
        case Kind::end:
          end_section(open.back());
          open.pop_back();
          break;
        case Kind::partial:
          splice_partial(tree, node);
          break;
        case Kind::blank:
          break;
      }
      check_size(tree, node);
    }
  }

  // ---- text ----

  static bool begins_line(const TemplateTree& tree, std::size_t at) {
    return at == 0 || tree.source->text[at - 1] == '\n';
  }

  void emit_text(const TemplateTree& tree, std::size_t source, const TemplateNode& node) {
    const std::string_view text = tree.source->text;
    std::size_t at = node.begin;
    if (!indent_.empty() || in_call_) {
      for (std::size_t line = begins_line(tree, at) ? at : next_line(text, at); line < node.end;
           line = next_line(text, line)) {
        emit_literal(source, at, text.substr(at, line - at));
        emit_indent();
        at = line;
      }
    }
    emit_literal(source, at, text.substr(at, node.end - at));
  }
  static std::size_t next_line(std::string_view text, std::size_t at) {
    const std::size_t newline = text.find('\n', at);
    return newline == std::string_view::npos ? newline : newline + 1;
  }

  // Text that was written one after another is one instruction, wherever it was written.
  void emit_literal(std::size_t source, std::size_t offset, std::string_view text) {
    if (text.empty()) return;
    Program& p = *program_;
    const std::uint32_t at = to_u32(p.text.size());
    const bool extends = !p.instructions.empty() && p.instructions.back().op == Op::literal &&
                         p.instructions.back().a + p.instructions.back().b == at &&
                         p.instructions.size() != jump_target_;
    p.text += text;
    if (extends)
      p.instructions.back().b += to_u32(text.size());
    else
      emit(Op::literal, at, to_u32(text.size()));
    if (extends && !p.text_origins.empty()) {
      ProgramOrigin& last = p.text_origins.back();
      if (last.source == source && last.offset + last.length == offset && last.at + last.length == at) {
        last.length += to_u32(text.size());
        return;
      }
    }
    p.text_origins.push_back({at, to_u32(source), to_u32(offset), to_u32(text.size())});
  }

  void emit_indent() {
    if (in_call_) emit(Op::indent);
    for (const Indent& part : indent_) emit_literal(part.source, part.offset, part.text);
  }

  // ---- names ----

  // Reports a name that is not known. Only then is the meaning of no use.
  Meaning find_name(const TemplateTree& tree, const TemplateNode& node) {
    Meaning meaning = scope_.find(node.name);
    if (!meaning.known)
      errors_.error(tree.place_of(meaning.wrong), "template/unknown-name", meaning.message, meaning.hint);
    return meaning;
  }

  std::uint32_t intern(const Meaning& meaning) {
    Program& p = *program_;
    std::uint32_t next = Ref::kNone;
    for (std::size_t i = meaning.refs.size(); i-- > 0;) {
      Ref ref = meaning.refs[i];
      ref.fallback = next;
      if (ref.kind == Ref::Kind::fixed || ref.kind == Ref::Kind::search) {
        ref.parts = to_u32(p.names.size());
        ref.part_count = to_u32(meaning.parts.size());
        for (const std::string_view part : meaning.parts) p.names.push_back(name_of(part));
      }
      next = to_u32(p.refs.size());
      p.refs.push_back(ref);
    }
    return next;
  }

  void emit_value(const TemplateTree& tree, std::size_t source, const TemplateNode& node) {
    const Meaning meaning = find_name(tree, node);
    if (!meaning.known || !check_printable(tree, node, meaning)) return;
    program_->value_origins.push_back(
        {to_u32(program_->instructions.size()), to_u32(source), to_u32(node.begin), to_u32(node.end - node.begin)});
    program_->value_names.push_back(node.name);
    emit(node.kind == Kind::value ? Op::print : Op::print_raw, intern(meaning));
  }

  bool check_printable(const TemplateTree& tree, const TemplateNode& node, const Meaning& meaning) {
    if (!options_.schema) return true;
    const std::string name(node.name);
    std::string hint;
    switch (kind_of_type(meaning.type)) {
      case TypeKind::text:
      case TypeKind::html:
      case TypeKind::any:
        return true;
      case TypeKind::flag:
        hint = "use it as a condition: {{#" + name + "}}…{{/" + name + "}}";
        break;
      case TypeKind::list:
        hint = "write {{#" + name + "}}…{{/" + name + "}} around what each item shows";
        break;
      case TypeKind::object:
        if (const ObjectType* object = options_.schema->find(meaning.type)) {
          const std::string prefix = name == "." ? "" : name + ".";
          for (std::size_t i = 0; i < object->fields.size() && i < 6; ++i)
            hint += (i == 0 ? "print one of its values: " : ", ") + prefix + object->fields[i].name;
          if (object->fields.size() > 6) hint += ", …";
        }
        break;
    }
    errors_.error(tree.place_of(node.name), "template/not-text",
                  "'" + name + "' is " + std::string(describe_type(meaning.type)) + " and cannot be printed", hint);
    return false;
  }

  // ---- sections ----

  Section begin_section(const TemplateTree& tree, const TemplateNode& node) {
    const Meaning meaning = find_name(tree, node);
    const std::uint32_t ref = intern(meaning);
    const std::uint32_t begin = to_u32(program_->instructions.size());
    if (meaning.is_index)
      errors_.error(tree.place_of(node.name), "template/not-a-section",
                    "'" + std::string(node.name) + "' is a number, which is never empty, and cannot be a section",
                    "use first or last, or print it with {{" + std::string(node.name) + "}}");
    if (node.kind == Kind::inverted) {
      emit(Op::skip_if_truthy, ref);
      return {begin, false, true};
    }
    if (options_.schema && meaning.known && kind_of_type(meaning.type) == TypeKind::flag) {
      emit(Op::skip_if_falsy, ref);
      return {begin, false, true};
    }
    emit(Op::begin_section, ref);
    if (meaning.known && options_.schema)
      scope_.enter(meaning.type);
    else
      scope_.enter_unknown();
    check_depth(tree.place_of(node));
    program_->frames = std::max(program_->frames, to_u32(scope_.depth()));
    return {begin, true, false};
  }

  void end_section(const Section& section) {
    if (section.has_frame) {
      emit(Op::end_section, 0, section.begin + 1);
      scope_.leave();
    }
    if (!section.has_frame && !section.is_skip) return;
    jump_target_ = program_->instructions.size();
    program_->instructions[section.begin].b = to_u32(jump_target_);
  }

  void check_depth(const Place& place) {
    if (scope_.depth() + running_.size() <= kMaxTemplateDepth) return;
    errors_.error(place, "template/too-deep",
                  "sections and partials are nested more than " + std::to_string(kMaxTemplateDepth) + " deep",
                  "put fewer sections and partials inside each other");
    too_large_ = true;
  }

  void check_size(const TemplateTree& tree, const TemplateNode& node) {
    if (too_large_ || (program_->instructions.size() <= kMaxInstructions && program_->text.size() <= kMaxText)) return;
    errors_.error(tree.place_of(node), "template/too-large",
                  "with everything that it includes, this template is too large",
                  "look for partials that include others many times over");
    too_large_ = true;
  }

  // ---- layouts and partials ----

  [[nodiscard]] bool is_main(const TemplateNode& node) const { return node.name == "main" && level_ > 0; }

  void splice_child(const TemplateTree& tree, const TemplateNode& node) {
    const std::size_t outer_level = level_--;
    layouts_[level_].placed = true;
    std::vector<Note> way = way_to(level_);
    if (scope_.depth() > 1) way.push_back({tree.place_of(node), "placed in the parent layout here"});
    std::vector<Note> outer_way = errors_.exchange_chain(std::move(way));
    // The child is a value of the partial that may have placed it: it is not indented with it.
    std::vector<Indent> outer_indent = std::exchange(indent_, {});
    const bool outer_in_call = std::exchange(in_call_, false);

    splice(layouts_[level_].tree);

    in_call_ = outer_in_call;
    indent_ = std::move(outer_indent);
    errors_.exchange_chain(std::move(outer_way));
    level_ = outer_level;
  }

  void splice_partial(const TemplateTree& tree, const TemplateNode& node) {
    const TemplateTree* partial = load_partial(tree, node);
    if (!partial) return;
    std::optional<Indent> indent;
    if (node.standalone && node.line_begin != node.begin) {
      const std::string_view blank =
          std::string_view(tree.source->text).substr(node.line_begin, node.begin - node.line_begin);
      indent = Indent{source_index(tree.source), node.line_begin, blank};
    }
    const auto same = [&](const Running& r) { return r.name == node.name && r.level == level_; };
    const auto first = std::find_if(running_.begin(), running_.end(), same);
    if (first != running_.end()) {
      if (options_.schema) return report_partial_cycle(tree, node, static_cast<std::size_t>(first - running_.begin()));
      return emit_call(node.name, indent);
    }

    errors_.enter(tree.place_of(node), "included from here");
    running_.push_back({node.name, level_});
    check_depth(tree.place_of(node));
    if (indent) indent_.push_back(*indent);
    if (!too_large_) splice(*partial);
    if (indent) indent_.pop_back();
    running_.pop_back();
    errors_.leave();
  }

  // Parsed once a compilation. Null where there is none, or where it has mistakes.
  const TemplateTree* load_partial(const TemplateTree& tree, const TemplateNode& node) {
    const auto [entry, is_new] = partials_.try_emplace(std::string(node.name));
    Partial& partial = entry->second;
    if (is_new) {
      if (const SourcePtr source = options_.partial ? options_.partial(node.name) : nullptr) {
        partial.exists = true;
        errors_.enter(tree.place_of(node), "included from here");
        partial.tree = parse_template(source, errors_);
        errors_.leave();
      }
    }
    if (!partial.exists && options_.schema)
      errors_.error(tree.place_of(node.name), "template/missing-partial",
                    "there is no partial '" + std::string(node.name) + "'", suggest(node.name, options_.partial_names));
    return partial.tree ? &*partial.tree : nullptr;
  }

  void report_partial_cycle(const TemplateTree& tree, const TemplateNode& node, std::size_t first) {
    std::string chain;
    for (std::size_t i = first; i < running_.size(); ++i) chain += std::string(running_[i].name) + " -> ";
    const std::string name(node.name);
    errors_.error(tree.place_of(node), "template/partial-cycle",
                  "the partial '" + name + "' includes itself: " + chain + name,
                  "remove one of these includes; nested data is shown by one partial a level");
  }

  void emit_call(std::string_view name, const std::optional<Indent>& indent) {
    Program& p = *program_;
    const std::uint32_t begin = to_u32(p.text.size());
    for (const Indent& part : indent_) p.text += part.text;
    if (indent) p.text += indent->text;
    const auto [entry, is_new] = call_targets_.try_emplace(PendingCall{name, level_}, 0);
    if (is_new) pending_.push_back(entry->first);
    calls_made_.push_back(entry->first);
    emit(Op::call, to_u32(p.calls.size()));
    p.calls.push_back({0, begin, to_u32(p.text.size() - begin)});
  }

  // Every partial that is called becomes a piece of program of its own, which may call others.
  void compile_calls() {
    while (!pending_.empty()) {
      const PendingCall call = pending_.back();
      pending_.pop_back();
      call_targets_[call] = to_u32(program_->instructions.size());
      jump_target_ = program_->instructions.size();
      in_call_ = true;
      level_ = call.level;
      running_.push_back({call.name, call.level});
      splice(*partials_.find(std::string(call.name))->second.tree);
      running_.pop_back();
      emit(Op::stop);
    }
    for (std::size_t i = 0; i < calls_made_.size(); ++i) program_->calls[i].target = call_targets_[calls_made_[i]];
  }

  std::size_t source_index(const SourcePtr& source) {
    std::vector<SourcePtr>& all = program_->sources;
    const auto [entry, is_new] = source_indices_.try_emplace(source.get(), all.size());
    if (is_new) all.push_back(source);
    return entry->second;
  }

  void emit(Op op, std::uint32_t a = 0, std::uint32_t b = 0) { program_->instructions.push_back({op, a, b}); }

  const TemplateOptions& options_;
  TemplateErrors errors_;
  TemplateScope scope_;
  std::shared_ptr<Program> program_;

  std::vector<Layout> layouts_;
  std::size_t level_ = 0;  // which layout, or a partial of it, is being spliced in
  std::map<std::string, Partial> partials_;
  std::vector<Running> running_;
  std::vector<Indent> indent_;
  std::unordered_map<const Source*, std::size_t> source_indices_;
  std::size_t jump_target_ = 0;  // the last one; no literal is extended over it
  bool too_large_ = false;

  bool in_call_ = false;
  std::map<PendingCall, std::uint32_t> call_targets_;
  std::vector<PendingCall> pending_, calls_made_;
};

}  // namespace

std::optional<Template> compile_template(const SourcePtr& source, const TemplateOptions& options,
                                         Diagnostics& diagnostics) {
  std::shared_ptr<const Program> program = Compiler(options, diagnostics).run(source);
  if (!program) return std::nullopt;
  return Template(std::move(program));
}

}  // namespace hardtop
