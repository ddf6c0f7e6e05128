// Trees into one flat program: partials and layouts are spliced in where they are named, and names are looked up in the
// schema.
//
// A chain of layouts is written from its outermost parent; {{{main}}} in a layout is where the one inside it goes. The
// indentation of a standalone partial is put before each line of the partial's text, as if it stood there. A partial
// that includes itself (possible without a schema) becomes a call; its indentation is known only when it runs.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/suggest.h"
#include "theme/program_writer.h"
#include "theme/template.h"
#include "theme/template_names.h"
#include "theme/template_parse.h"

namespace hardtop {

namespace {

using Kind = TemplateNode::Kind;

// Partials that include others twice can double the program with each step. No honest theme comes near.
constexpr std::size_t kMaxInstructions = 1'000'000;
constexpr std::size_t kMaxText = 64u << 20;

class Compiler {
 public:
  Compiler(const TemplateOptions& options, Diagnostics& diagnostics)
      : options_(options), errors_(diagnostics), scope_(options.schema) {}

  // Null if and only if an error was reported.
  std::shared_ptr<const Program> run(const SourcePtr& source) {
    if (options_.schema) {
      for (const std::string& fault : schema_faults(*options_.schema))
        errors_.error({}, "template/schema", "the schema of the templates is wrong: " + fault);
    }
    if (errors_.any() || !load_layouts(source)) return nullptr;

    level_ = layouts_.size() - 1;
    errors_.exchange_chain(way_to(level_));
    splice(layouts_[level_].tree);
    writer_.add(Op::stop);
    write_called_partials();
    if (!errors_.any()) check_placement();
    return errors_.any() ? nullptr : writer_.finish();
  }

 private:
  struct Layout {
    std::string name;  // as its child calls it; "" for the template itself
    TemplateTree tree;
    bool placed = false;  // by its parent
  };
  struct Partial {
    bool exists = false;
    std::optional<TemplateTree> tree;
  };
  // A partial that is being spliced in, for the layout at `level`: {{{main}}} differs from layout to layout.
  struct PartialUse {
    std::string_view name;
    std::size_t level = 0;
    friend auto operator<=>(const PartialUse&, const PartialUse&) = default;
  };
  // White space before a standalone partial.
  struct Indent {
    std::string_view text;
    std::size_t source = 0, offset = 0;
  };
  struct Section {
    std::optional<std::uint32_t> jump;  // the instruction that leads past its end; none for {{#main}}
    bool has_frame = false;
  };

  // ---- layouts ----

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
  [[nodiscard]] std::vector<Note> way_to(std::size_t level) const {
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
    for (std::size_t i = 0; i + 1 < layouts_.size(); ++i) {
      if (layouts_[i].placed) continue;
      errors_.exchange_chain(way_to(i));
      const TemplateTree& tree = layouts_[i].tree;
      errors_.error(tree.place_of(tree.parent), "template/no-place-for-child",
                    "the layout '" + layouts_[i + 1].name + "' has no {{{main}}}, so this one would not be shown",
                    "add {{{main}}} to " + layouts_[i + 1].tree.source->path);
    }
  }

  [[nodiscard]] bool is_main(const TemplateNode& node) const { return node.name == "main" && level_ > 0; }

  void splice_child(const TemplateTree& tree, const TemplateNode& node) {
    const std::size_t outer_level = level_--;
    layouts_[level_].placed = true;
    std::vector<Note> way = way_to(level_);
    if (scope_.depth() > 1) way.push_back({tree.place_of(node), "placed in the parent layout here"});
    std::vector<Note> outer_way = errors_.exchange_chain(std::move(way));
    // The child is a value of the partial that may have placed it: it is not indented with it.
    std::vector<Indent> outer_indent = std::exchange(indent_, {});
    const bool outer_is_called = std::exchange(is_called_, false);

    splice(layouts_[level_].tree);

    is_called_ = outer_is_called;
    indent_ = std::move(outer_indent);
    errors_.exchange_chain(std::move(outer_way));
    level_ = outer_level;
  }

  // ---- trees ----

  // Writes what a tree prints in the contexts of scope_.
  void splice(const TemplateTree& tree) {
    const std::size_t source = writer_.source_index(tree.source);
    std::vector<Section> open;
    for (std::size_t i = 0; i < tree.nodes.size() && !is_too_large_; ++i) {
      const TemplateNode& node = tree.nodes[i];
      if (node.kind != Kind::text && !node.standalone && begins_line(tree, node.begin)) write_indent();
      switch (node.kind) {
        case Kind::text:
          write_text(tree, source, node);
          break;
        case Kind::value:
        case Kind::raw_value:
          if (is_main(node))
            splice_child(tree, node);
          else
            write_value(tree, source, node);
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
          splice_partial(tree, source, node);
          break;
        case Kind::blank:
          break;
      }
      check_size(tree, node);
    }
  }

  static bool begins_line(const TemplateTree& tree, std::size_t at) {
    return at == 0 || tree.source->text[at - 1] == '\n';
  }

  void write_text(const TemplateTree& tree, std::size_t source, const TemplateNode& node) {
    const std::string_view text = tree.source->text;
    const auto next_line = [&](std::size_t at) { return std::min(text.find('\n', at), node.end - 1) + 1; };
    if (indent_.empty() && !is_called_)
      return writer_.add_literal(text.substr(node.begin, node.end - node.begin), source, node.begin);
    for (std::size_t at = node.begin; at < node.end;) {
      if (begins_line(tree, at)) write_indent();
      const std::size_t end = next_line(at);
      writer_.add_literal(text.substr(at, end - at), source, at);
      at = end;
    }
  }

  void write_indent() {
    if (is_called_) writer_.add(Op::indent);
    for (const Indent& part : indent_) writer_.add_literal(part.text, part.source, part.offset);
  }

  // ---- names ----

  Meaning find_name(const TemplateTree& tree, const TemplateNode& node) {
    Meaning meaning = scope_.find(node.name);
    if (!meaning.known)
      errors_.error(tree.place_of(meaning.wrong), "template/unknown-name", meaning.message, meaning.hint);
    return meaning;
  }

  void write_value(const TemplateTree& tree, std::size_t source, const TemplateNode& node) {
    const Meaning meaning = find_name(tree, node);
    if (!meaning.known || !check_printable(tree, node, meaning)) return;
    writer_.add_value(node.kind == Kind::value ? Op::print : Op::print_raw,
                      writer_.add_ref(meaning.refs, meaning.parts), {source, node.begin, node.end - node.begin},
                      node.name);
  }

  bool check_printable(const TemplateTree& tree, const TemplateNode& node, const Meaning& meaning) {
    if (!options_.schema || is_printable(meaning.type)) return true;
    errors_.error(
        tree.place_of(node.name), "template/not-text",
        "'" + std::string(node.name) + "' is " + std::string(describe_type(meaning.type)) + " and cannot be printed",
        how_to_print(*options_.schema, node.name, meaning.type));
    return false;
  }

  // ---- sections ----

  Section begin_section(const TemplateTree& tree, const TemplateNode& node) {
    const Meaning meaning = find_name(tree, node);
    const std::uint32_t ref = writer_.add_ref(meaning.refs, meaning.parts);
    if (meaning.is_index)
      errors_.error(tree.place_of(node.name), "template/not-a-section",
                    "'" + std::string(node.name) + "' is a number, which is never empty, and cannot be a section",
                    "use first or last, or print it with {{" + std::string(node.name) + "}}");
    if (node.kind == Kind::inverted) return {writer_.add(Op::skip_if_truthy, ref)};
    const bool is_typed = options_.schema && meaning.known;
    if (is_typed && kind_of_type(meaning.type) == TypeKind::flag) return {writer_.add(Op::skip_if_falsy, ref)};

    if (is_typed)
      scope_.enter(meaning.type);
    else
      scope_.enter_unknown();
    check_depth(tree, node);
    writer_.need_frames(scope_.depth());
    return {writer_.add(Op::begin_section, ref), true};
  }

  void end_section(const Section& section) {
    if (!section.jump) return;
    if (section.has_frame) {
      writer_.add(Op::end_section, 0, *section.jump + 1);
      scope_.leave();
    }
    writer_.jump_here(*section.jump);
  }

  void check_depth(const TemplateTree& tree, const TemplateNode& node) {
    if (scope_.depth() + running_.size() <= kMaxTemplateDepth) return;
    errors_.error(tree.place_of(node), "template/too-deep",
                  "sections and partials are nested more than " + std::to_string(kMaxTemplateDepth) + " deep",
                  "put fewer sections and partials inside each other");
    is_too_large_ = true;
  }

  void check_size(const TemplateTree& tree, const TemplateNode& node) {
    if (is_too_large_ || (writer_.instruction_count() <= kMaxInstructions && writer_.text_size() <= kMaxText)) return;
    errors_.error(tree.place_of(node), "template/too-large",
                  "with everything that it includes, this template is too large",
                  "look for partials that include others many times over");
    is_too_large_ = true;
  }

  // ---- partials ----

  void splice_partial(const TemplateTree& tree, std::size_t source, const TemplateNode& node) {
    const TemplateTree* partial = load_partial(tree, node);
    if (!partial) return;
    const PartialUse use{node.name, level_};
    const bool runs_already = std::find(running_.begin(), running_.end(), use) != running_.end();
    if (runs_already && options_.schema) return report_partial_cycle(tree, node);

    const std::size_t outer_indent = indent_.size();
    if (node.standalone && node.line_begin != node.begin)
      indent_.push_back({std::string_view(tree.source->text).substr(node.line_begin, node.begin - node.line_begin),
                         source, node.line_begin});
    if (runs_already) {
      write_call(use);
    } else {
      errors_.enter(tree.place_of(node), "included from here");
      running_.push_back(use);
      check_depth(tree, node);
      splice(*partial);
      running_.pop_back();
      errors_.leave();
    }
    indent_.resize(outer_indent);
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

  void report_partial_cycle(const TemplateTree& tree, const TemplateNode& node) {
    const std::string name(node.name);
    std::string chain;
    for (auto at = std::find(running_.begin(), running_.end(), PartialUse{name, level_}); at != running_.end(); ++at)
      chain += std::string(at->name) + " -> ";
    errors_.error(tree.place_of(node), "template/partial-cycle",
                  "the partial '" + name + "' includes itself: " + chain + name,
                  "remove one of these includes; nested data is shown by one partial a level");
  }

  void write_call(const PartialUse& use) {
    std::string indentation;
    for (const Indent& part : indent_) indentation += part.text;
    const std::uint32_t call = writer_.add_call(indentation);
    const auto [entry, is_new] = called_.try_emplace(use);
    if (is_new) pending_.push_back(use);
    entry->second.push_back(call);
  }

  // Every partial that is called becomes a piece of program of its own, which may call others.
  void write_called_partials() {
    std::map<PartialUse, std::uint32_t> targets;
    is_called_ = true;
    while (!pending_.empty() && !is_too_large_) {
      const PartialUse use = pending_.back();
      pending_.pop_back();
      targets[use] = writer_.target_here();
      level_ = use.level;
      running_ = {use};
      splice(*partials_.find(std::string(use.name))->second.tree);
      writer_.add(Op::stop);
    }
    for (const auto& [use, calls] : called_)
      for (const std::uint32_t call : calls) writer_.set_call_target(call, targets[use]);
  }

  const TemplateOptions& options_;
  TemplateErrors errors_;
  TemplateScope scope_;
  ProgramWriter writer_;

  std::vector<Layout> layouts_;
  std::size_t level_ = 0;  // which layout, or a partial of it, is being spliced in
  std::map<std::string, Partial> partials_;
  std::vector<PartialUse> running_;
  std::vector<Indent> indent_;  // of the partials that are being spliced in, outermost first
  bool is_called_ = false;      // the program is a called partial's
  bool is_too_large_ = false;   // reported; nothing more is written

  std::map<PartialUse, std::vector<std::uint32_t>> called_;
  std::vector<PartialUse> pending_;
};

}  // namespace

std::optional<Template> compile_template(const SourcePtr& source, const TemplateOptions& options,
                                         Diagnostics& diagnostics) {
  std::shared_ptr<const Program> program = Compiler(options, diagnostics).run(source);
  if (!program) return std::nullopt;
  return Template(std::move(program));
}

}  // namespace hardtop
