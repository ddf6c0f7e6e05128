// Writes a Program from its first instruction to its last.
#pragma once

#include <memory>
#include <unordered_map>

#include "theme/program.h"

namespace hardtop {

class ProgramWriter {
 public:
  // A part of a source: what was written there, or the tag that an instruction stands for.
  struct Origin {
    std::size_t source = 0;  // as source_index() numbers them
    std::size_t offset = 0, length = 0;
  };

  std::size_t source_index(const SourcePtr& source);

  // Returns the instruction's index.
  std::uint32_t add(Op op, std::uint32_t a = 0, std::uint32_t b = 0);
  // Text that follows on text is one instruction with it, wherever each was written.
  void add_literal(std::string_view text, std::size_t source, std::size_t offset);
  // Op::print or Op::print_raw; `name` points into the source.
  void add_value(Op op, std::uint32_t ref, const Origin& tag, std::string_view name);
  // Each of `refs` is the fallback of the one before; those that are looked up by name are given the dotted name's
  // `parts`.
  std::uint32_t add_ref(const std::vector<Ref>& refs, const std::vector<std::string_view>& parts);
  // Returns the call's index, for set_call_target().
  std::uint32_t add_call(std::string_view indentation);

  // The next instruction as the target of a jump.
  std::uint32_t target_here();
  // Lets the jump at `instruction` lead to the next instruction.
  void jump_here(std::uint32_t instruction) { program_->instructions[instruction].b = target_here(); }
  void set_call_target(std::uint32_t call, std::uint32_t target) { program_->calls[call].target = target; }
  void need_frames(std::size_t count) {
    program_->frames = std::max(program_->frames, static_cast<std::uint32_t>(count));
  }

  [[nodiscard]] std::size_t instruction_count() const { return program_->instructions.size(); }
  [[nodiscard]] std::size_t text_size() const { return program_->text.size(); }

  std::shared_ptr<const Program> finish();

 private:
  std::shared_ptr<Program> program_ = std::make_shared<Program>();
  std::unordered_map<const Source*, std::size_t> source_indices_;
  std::size_t last_target_ = 0;  // no literal is extended over it
};

}  // namespace hardtop
