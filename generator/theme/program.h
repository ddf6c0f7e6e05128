// A compiled template: one flat array of instructions over one text. Written by template_compile.cc, executed by
// template_run.cc, known to nobody else.
//
// Sections push a frame each (a section over a flag does not); a Ref says in which frame a name is looked up, which is
// decided at compile time where there is a schema.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "theme/value.h"

namespace hardtop {

enum class Op : std::uint8_t {
  literal,         // appends text[a, a + b)
  print,           // appends the value of refs[a], escaped unless it is html
  print_raw,       // appends it as it is
  begin_section,   // falsy: goes to b; else pushes it as a frame, a list's first item for a list
  end_section,     // the next item: goes to b; else pops the frame
  skip_if_falsy,   // of refs[a]: goes to b; pushes nothing
  skip_if_truthy,  // likewise
  indent,          // appends the indentation of the running calls
  call,            // calls[a]: runs a partial that includes itself
  stop,            // the end of the template, or of a called partial
};

struct Instruction {
  Op op = Op::stop;
  std::uint32_t a = 0, b = 0;
};

// How a name is found when the template runs.
struct Ref {
  enum class Kind : std::uint8_t {
    fixed,       // in the frame `frame`
    search,      // in the frames from `frame` down to `low`, the first that has part 0; if none has, as `fallback` says
    loop_first,  // of the innermost frame from `frame` down that is a list's
    loop_last,
    loop_index,
  };
  static constexpr std::uint32_t kTop = std::numeric_limits<std::uint32_t>::max();   // as frame: the innermost
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();  // as fallback

  Kind kind = Kind::fixed;
  std::uint32_t frame = 0, low = 0;
  std::uint32_t parts = 0, part_count = 0;  // in Program::names; none: the frame itself
  std::uint32_t fallback = kNone;           // in Program::refs

  friend bool operator==(const Ref&, const Ref&) = default;
};

// A call of a partial from within itself, which cannot be spliced in. Only without a schema.
struct Call {
  std::uint32_t target = 0;        // an instruction
  std::uint32_t indent_begin = 0;  // in Program::text: is put before each line of the partial, behind the caller's own
  std::uint32_t indent_size = 0;
};

// Where program text or a printed value comes from.
struct ProgramOrigin {
  std::uint32_t at = 0;  // of literal text: an offset in Program::text; of a value: its instruction
  std::uint32_t source = 0, offset = 0, length = 0;
};

struct Program {
  std::string text;  // all literals
  std::vector<Instruction> instructions;
  std::vector<Ref> refs;
  std::vector<Name> names;
  std::vector<Call> calls;
  std::uint32_t frames = 1;  // the most that are in use at once, calls not counted
  // Of each name, the place among an object's fields where a run found it last: objects of a kind are mostly alike. No more
  // than a hint, and any thread's.
  mutable std::vector<std::atomic<std::uint32_t>> places;

  std::vector<SourcePtr> sources;
  std::vector<std::string> paths;             // of sources: sorted, unique
  std::vector<ProgramOrigin> text_origins;    // by `at`; one reaches to the next
  std::vector<ProgramOrigin> value_origins;   // by `at`: the tags of printed values
  std::vector<std::string_view> value_names;  // of value_origins, into sources
};

inline constexpr std::size_t kMaxPartialCalls = 100;  // inside each other, without a schema

}  // namespace hardtop
