// Mustache, compiled once into a flat program, run many times.
//
// kainjow's parser reads the text (this is its only user); a compiler of ours trims standalone lines, splices partials
// in with their indentation, resolves names against the schema, and emits instructions; run_template() executes them
// over Values into a string. The syntax is mustache(5) and the core modules of mustache/spec 1.4 (lambdas, dynamic
// names and inheritance are not part of it); a layout chains to its parent through a first line `{{! parent: base }}`,
// and the parent places it with {{{main}}}: the compiler splices the child in at that place.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "theme/schema.h"
#include "theme/value.h"

namespace hardtop {

struct Program;  // the compiled form; immutable, shared between threads

class Template {
 public:
  Template() = default;
  explicit Template(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  [[nodiscard]] explicit operator bool() const { return program_ != nullptr; }
  [[nodiscard]] const Program& program() const { return *program_; }
  // The paths of every source that was spliced in (itself, parents, partials): sorted, unique.
  [[nodiscard]] const std::vector<std::string>& sources() const;
  // Whether it prints a top-level name as it is: {{{main}}} where no child has taken that place.
  [[nodiscard]] bool prints(std::string_view name) const;
  // Whether it reads this field of an object, {{object.field}} or {{#object.field}}, or has a section over all of it.
  [[nodiscard]] bool reads(std::string_view object, std::string_view field) const;

 private:
  std::shared_ptr<const Program> program_;
};

// Gives the source of a partial or of a parent layout, null when there is none of that name.
using TemplateLoader = std::function<SourcePtr(std::string_view name)>;

struct TemplateOptions {
  // Without a schema, names are looked up when the template runs, misses are silent and partials may recurse (up to a
  // depth of 100): the behaviour that mustache/spec describes.
  const Schema* schema = nullptr;
  TemplateLoader partial;                       // {{> name}}
  TemplateLoader parent;                        // {{! parent: name }}; absent: the line is an ordinary comment
  std::vector<std::string_view> partial_names;  // for suggestions
  std::vector<std::string_view> parent_names;
};

// Compiles `source` with everything it names. Reports all problems, placed in the file that has them, with notes
// "included from here" and "named as parent here" up the chain:
//   template/syntax, template/unclosed-section, template/unopened-section, template/unknown-name,
//   template/missing-partial, template/partial-cycle, template/missing-parent, template/parent-cycle,
//   template/no-place-for-child (a parent without {{{main}}}), template/not-text (a flag, an object or a list printed),
//   template/not-a-section (a list's index; text and html fields may be sections), template/too-deep (more than 200
//   sections and partials inside each other), template/too-large, template/schema (schema.h, schema_faults);
//   and as a warning template/late-parent (`{{! parent: … }}` that is not on the first line).
// Empty if and only if it reported an error, or found one that `diagnostics` has from the compilation of another
// template (a mistake in a parent of six layouts is said once). How names are found in the schema: template_names.h.
[[nodiscard]] std::optional<Template> compile_template(const SourcePtr& source, const TemplateOptions& options,
                                                       Diagnostics& diagnostics);

// Appends the result to `out`. `root` is the outermost context. Cannot fail.
void run_template(const Template& compiled, const Object& root, std::string& out);
// Without a schema, the outermost context may be any value.
void run_template(const Template& compiled, const Value& root, std::string& out);

// Where output came from: marks are written in output order, one a piece of literal text or a printed value (one that
// prints nothing, too); each reaches to the next. Literal text is byte for byte that of `place`; of a value, `place` is
// its tag.
struct OutputMark {
  std::size_t output_offset = 0;
  Place place;            // in a template's source
  std::string_view name;  // of the printed value, as long as the template lives; empty for literal text
};
// The same bytes, with marks: slow, for placing an error that was found in finished output.
void run_template_with_marks(const Template& compiled, const Object& root, std::string& out,
                             std::vector<OutputMark>& marks);

}  // namespace hardtop
