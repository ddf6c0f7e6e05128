// The executor: one loop over the instructions, no allocation but for the output (and for templates whose sections are
// nested deeper than 16, or which call partials).
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "theme/program.h"
#include "theme/template.h"

namespace hardtop {

namespace {

// A call in which a partial calls itself twice would run until the end of time with a depth limit alone.
constexpr std::size_t kMaxCallsAltogether = 1'000'000;

struct Frame {
  Value value;
  const List* list = nullptr;  // that `value` is an item of
  std::size_t index = 0;
};

// The frames in use; references to them end with the next push.
class FrameStack {
 public:
  explicit FrameStack(std::size_t expected) {
    if (expected > few_.size()) grow(expected);
  }
  void push(const Frame& frame) {
    if (size_ == capacity_) grow(2 * capacity_);
    frames_[size_++] = frame;
  }
  void pop() { --size_; }
  [[nodiscard]] Frame& top() { return frames_[size_ - 1]; }
  [[nodiscard]] const Frame& operator[](std::size_t i) const { return frames_[i]; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  void grow(std::size_t capacity) {
    std::vector<Frame> more(capacity);
    std::copy(frames_, frames_ + size_, more.begin());
    many_ = std::move(more);
    frames_ = many_.data();
    capacity_ = capacity;
  }

  std::array<Frame, 16> few_;
  std::vector<Frame> many_;
  Frame* frames_ = few_.data();
  std::size_t size_ = 0, capacity_ = few_.size();
};

// What run_template_with_marks() adds; NoMarks is compiled away.
struct NoMarks {
  void literal(const Instruction&, std::size_t) {}
  void value(std::size_t, std::size_t) {}
};

class Marks {
 public:
  Marks(const Program& program, std::vector<OutputMark>& marks) : program_(program), marks_(marks) {}

  void literal(const Instruction& instruction, std::size_t output) {
    const std::size_t begin = instruction.a, end = begin + instruction.b;
    const auto& origins = program_.text_origins;
    auto at = std::upper_bound(origins.begin(), origins.end(), begin,
                               [](std::size_t text, const ProgramOrigin& origin) { return text < origin.at; });
    for (--at; at != origins.end() && at->at < end; ++at) marks_.push_back({output + at->at - begin, place(*at), {}});
  }
  void value(std::size_t instruction, std::size_t output) {
    const auto& origins = program_.value_origins;
    const auto at =
        std::lower_bound(origins.begin(), origins.end(), instruction,
                         [](const ProgramOrigin& origin, std::size_t wanted) { return origin.at < wanted; });
    marks_.push_back({output, place(*at), program_.value_names[static_cast<std::size_t>(at - origins.begin())]});
  }

 private:
  [[nodiscard]] Place place(const ProgramOrigin& origin) const {
    return {program_.sources[origin.source], origin.offset, origin.length};
  }
  const Program& program_;
  std::vector<OutputMark>& marks_;
};

template <class MarkSink>
class Executor {
 public:
  Executor(const Program& program, const Value& root, std::string& out, MarkSink marks)
      : program_(program), out_(out), marks_(marks), frames_(program.frames) {
    frames_.push({root});
  }

  void run() {
    const Instruction* const first = program_.instructions.data();
    for (std::size_t at = 0;;) {
      const Instruction& now = first[at];
      switch (now.op) {
        case Op::literal:
          marks_.literal(now, out_.size());
          out_.append(program_.text.data() + now.a, now.b);
          ++at;
          break;
        case Op::print:
        case Op::print_raw: {
          marks_.value(at, out_.size());
          const Value value = find(program_.refs[now.a]);
          if (value.kind() == Value::Kind::text && now.op == Op::print)
            append_escaped_html(out_, value.string());
          else
            out_.append(value.string());
          ++at;
          break;
        }
        case Op::begin_section: {
          const Value value = find(program_.refs[now.a]);
          if (!value.truthy()) {
            at = now.b;
            break;
          }
          const List* list = value.as_list();
          frames_.push({list ? list->front() : value, list});
          ++at;
          break;
        }
        case Op::end_section: {
          Frame& frame = frames_.top();
          if (frame.list && ++frame.index < frame.list->size()) {
            frame.value = (*frame.list)[frame.index];
            at = now.b;
          } else {
            frames_.pop();
            ++at;
          }
          break;
        }
        case Op::skip_if_falsy:
          at = find(program_.refs[now.a]).truthy() ? at + 1 : now.b;
          break;
        case Op::skip_if_truthy:
          at = find(program_.refs[now.a]).truthy() ? now.b : at + 1;
          break;
        case Op::indent:
          out_.append(indent_);
          ++at;
          break;
        case Op::call:
          at = begin_call(program_.calls[now.a], at + 1);
          break;
        case Op::stop:
          if (calls_.empty()) return;
          indent_.resize(calls_.back().indent);
          at = calls_.back().back_to;
          calls_.pop_back();
          break;
      }
    }
  }

 private:
  struct RunningCall {
    std::size_t back_to = 0;  // an instruction
    std::size_t indent = 0;   // size of indent_ there
  };

  Value find(const Ref& ref) {
    const std::size_t top = std::min<std::size_t>(ref.frame, frames_.size() - 1);
    switch (ref.kind) {
      case Ref::Kind::fixed:
        return follow(frames_[top].value, ref, 0);
      case Ref::Kind::search:
        for (std::size_t i = top + 1; i-- > ref.low;)
          if (const Object* object = frames_[i].value.as_object())
            if (const Value* value = find_field(*object, ref.parts)) return follow(*value, ref, 1);
        return ref.fallback == Ref::kNone ? Value() : find(program_.refs[ref.fallback]);
      case Ref::Kind::loop_first:
      case Ref::Kind::loop_last:
      case Ref::Kind::loop_index:
        for (std::size_t i = top + 1; i-- > 0;)
          if (frames_[i].list) return loop_value(ref.kind, frames_[i]);
        return {};
    }
    return {};
  }

  const Value* find_field(const Object& object, std::uint32_t name) const {
    const auto& fields = object.fields();
    std::atomic<std::uint32_t>& place = program_.places[name];
    if (const std::uint32_t at = place.load(std::memory_order_relaxed);
        at < fields.size() && fields[at].first == program_.names[name])
      return &fields[at].second;
    const Value* const value = object.find(program_.names[name]);
    if (!value) return nullptr;
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return &f.second == value; });
    place.store(static_cast<std::uint32_t>(field - fields.begin()), std::memory_order_relaxed);
    return value;
  }

  // The parts of a dotted name from `done` on, each inside the one before.
  Value follow(const Value& from, const Ref& ref, std::uint32_t done) const {
    const Value* value = &from;
    for (; done < ref.part_count; ++done) {
      const Object* object = value->as_object();
      value = object ? find_field(*object, ref.parts + done) : nullptr;
      if (!value) return {};
    }
    return *value;
  }

  Value loop_value(Ref::Kind kind, const Frame& frame) {
    if (kind == Ref::Kind::loop_first) return Value::flag(frame.index == 0);
    if (kind == Ref::Kind::loop_last) return Value::flag(frame.index + 1 == frame.list->size());
    const auto end = std::to_chars(digits_.data(), digits_.data() + digits_.size(), frame.index + 1).ptr;
    return Value::text({digits_.data(), static_cast<std::size_t>(end - digits_.data())});
  }

  std::size_t begin_call(const Call& call, std::size_t back_to) {
    if (calls_.size() == kMaxPartialCalls || ++calls_altogether_ > kMaxCallsAltogether) return back_to;
    calls_.push_back({back_to, indent_.size()});
    indent_.append(program_.text, call.indent_begin, call.indent_size);
    return call.target;
  }

  const Program& program_;
  std::string& out_;
  [[no_unique_address]] MarkSink marks_;
  FrameStack frames_;
  std::array<char, 20> digits_;  // of the index that was found last
  std::vector<RunningCall> calls_;
  std::string indent_;
  std::size_t calls_altogether_ = 0;
};

}  // namespace

const std::vector<std::string>& Template::sources() const { return program_->paths; }

bool Template::prints(std::string_view name) const {
  return program_ &&
         std::find(program_->value_names.begin(), program_->value_names.end(), name) != program_->value_names.end();
}

bool Template::reads(std::string_view object, std::string_view field) const {
  if (!program_) return false;
  const Name outer = name_of(object), inner = name_of(field);
  return std::ranges::any_of(program_->refs, [&](const Ref& ref) {
    const Name* const parts = program_->names.data() + ref.parts;
    return ref.part_count > 0 && parts[0] == outer && (ref.part_count == 1 || parts[1] == inner);
  });
}

void run_template(const Template& compiled, const Value& root, std::string& out) {
  Executor(compiled.program(), root, out, NoMarks{}).run();
}

void run_template(const Template& compiled, const Object& root, std::string& out) {
  run_template(compiled, Value::object(root), out);
}

void run_template_with_marks(const Template& compiled, const Object& root, std::string& out,
                             std::vector<OutputMark>& marks) {
  const Program& program = compiled.program();
  Executor(program, Value::object(root), out, Marks(program, marks)).run();
}

}  // namespace hardtop
