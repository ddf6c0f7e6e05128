// Parameters that a theme declares (theme.toml) and a site, page or component call gives: checked, defaulted, typed.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "build/data_values.h"
#include "content/markdown.h"
#include "theme/theme.h"

namespace hardtop {

struct ParamContext {
  const MarkdownOptions* markdown = nullptr;  // for parameters of type markdown
  const LinkResolver* resolve = nullptr;      // for parameters of type link and markdown
  const LinkResolver* resolve_defaults =
      nullptr;                       // for those that are not given: a theme sees from the top of content/
  const Object* defaults = nullptr;  // what is not given, where it has been read already
};

struct ParamProblem {
  std::string_view owner;        // "the component 'figure'", "[params]": for messages
  bool unknown_is_error = true;  // else undeclared names pass through, as free data
};

// Reads `given` against `declared` into `out`. Reports build/unknown-param, build/missing-param,
// build/wrong-param-type, placed in `source`; `call` is where a missing parameter is reported. False if it reported an
// error.
bool read_params(const DataTable& given, const std::vector<ParamType>& declared, const ParamProblem& problem,
                 const ParamContext& context, const SourcePtr& source, const Place& call, ValueArena& arena,
                 Object& out, Diagnostics& diagnostics);

// The schema's name for a parameter's type.
[[nodiscard]] std::string_view schema_type(const ParamType& param);

}  // namespace hardtop
