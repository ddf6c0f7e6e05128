// What a name in a template means, decided when it is compiled: the stack of contexts with their types, and the rules
// of Mustache over it. With a schema, the nearest context whose type declares the name has it, whether or not the value
// is there when the template runs; nothing falls through to an outer context.
//
// Inside a value of type "any" every name is that value's. Of what is outside it, only the outermost context's objects
// and flags (site, page, t, is_home) are found there, when the value has no such name: a page's title never appears
// because some data lacks one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "theme/program.h"
#include "theme/schema.h"

namespace hardtop {

// What a name was found to be.
struct Meaning {
  bool known = false;
  std::string_view type;                // with a schema
  bool is_index = false;                // a list's `index`
  std::vector<std::string_view> parts;  // of the dotted name
  // How to find it, first to last: each is the fallback of the one before. Refs of kind fixed and search take `parts`.
  std::vector<Ref> refs;

  // Where it is not known:
  std::string_view wrong;  // the part of the name that is
  std::string message, hint;
};

class TemplateScope {
 public:
  // Null: no schema; names are looked up when the template runs.
  explicit TemplateScope(const Schema* schema);

  // A section pushes the context that its content sees: a value of `type`, a list's items one after another.
  void enter(std::string_view type);
  // A section whose name is not known: every name in it is accepted, so that one mistake is one error.
  void enter_unknown();
  void leave() { contexts_.pop_back(); }
  [[nodiscard]] std::size_t depth() const { return contexts_.size(); }

  [[nodiscard]] Meaning find(std::string_view name) const;

 private:
  struct Context {
    std::string_view type;
    bool is_loop = false;  // may be a list's item
  };

  void find_first(std::string_view part, Meaning& meaning) const;
  void find_in_any(std::size_t top, std::string_view part, Meaning& meaning) const;
  bool follow(std::string_view type, std::size_t done, Meaning& meaning) const;
  void explain_unknown(std::string_view name, Meaning& meaning) const;
  [[nodiscard]] std::vector<std::string_view> visible_names() const;

  const Schema* schema_;
  std::vector<Context> contexts_;
};

// "text", "markup", "a flag", "a list", "an object": as messages name what a name stands for.
[[nodiscard]] std::string_view describe_type(std::string_view type);
// Text, markup and free data.
[[nodiscard]] bool is_printable(std::string_view type);
// What to write instead of {{name}}, which is of a type that is not.
[[nodiscard]] std::string how_to_print(const Schema& schema, std::string_view name, std::string_view type);

}  // namespace hardtop
