#include "theme/program_writer.h"

#include <algorithm>

namespace hardtop {

namespace {

std::uint32_t to_u32(std::size_t n) { return static_cast<std::uint32_t>(n); }

}  // namespace

std::size_t ProgramWriter::source_index(const SourcePtr& source) {
  const auto [entry, is_new] = source_indices_.try_emplace(source.get(), program_->sources.size());
  if (is_new) program_->sources.push_back(source);
  return entry->second;
}

std::uint32_t ProgramWriter::add(Op op, std::uint32_t a, std::uint32_t b) {
  program_->instructions.push_back({op, a, b});
  return to_u32(program_->instructions.size() - 1);
}

void ProgramWriter::add_literal(std::string_view text, std::size_t source, std::size_t offset) {
  if (text.empty()) return;
  Program& p = *program_;
  const ProgramOrigin origin{to_u32(p.text.size()), to_u32(source), to_u32(offset), to_u32(text.size())};
  const bool extends =
      !p.instructions.empty() && p.instructions.back().op == Op::literal && p.instructions.size() != last_target_;
  p.text += text;
  if (!extends) {
    add(Op::literal, origin.at, origin.length);
    p.text_origins.push_back(origin);
    return;
  }
  p.instructions.back().b += origin.length;
  ProgramOrigin& last = p.text_origins.back();
  if (last.source == origin.source && last.offset + last.length == origin.offset)
    last.length += origin.length;
  else
    p.text_origins.push_back(origin);
}

void ProgramWriter::add_value(Op op, std::uint32_t ref, const Origin& tag, std::string_view name) {
  const std::uint32_t at = add(op, ref);
  program_->value_origins.push_back({at, to_u32(tag.source), to_u32(tag.offset), to_u32(tag.length)});
  program_->value_names.push_back(name);
}

std::uint32_t ProgramWriter::add_ref(const std::vector<Ref>& refs, const std::vector<std::string_view>& parts) {
  Program& p = *program_;
  const std::uint32_t first_part = to_u32(p.names.size());
  for (const std::string_view part : parts) p.names.push_back(name_of(part));
  std::uint32_t next = Ref::kNone;
  for (auto at = refs.rbegin(); at != refs.rend(); ++at) {
    Ref ref = *at;
    ref.fallback = next;
    if (ref.kind == Ref::Kind::fixed || ref.kind == Ref::Kind::search) {
      ref.parts = first_part;
      ref.part_count = to_u32(parts.size());
    }
    next = to_u32(p.refs.size());
    p.refs.push_back(ref);
  }
  return next;
}

std::uint32_t ProgramWriter::add_call(std::string_view indentation) {
  Program& p = *program_;
  const std::uint32_t call = to_u32(p.calls.size());
  p.calls.push_back({0, to_u32(p.text.size()), to_u32(indentation.size())});
  p.text += indentation;
  add(Op::call, call);
  return call;
}

std::uint32_t ProgramWriter::target_here() {
  last_target_ = program_->instructions.size();
  return to_u32(last_target_);
}

std::shared_ptr<const Program> ProgramWriter::finish() {
  std::vector<std::string>& paths = program_->paths;
  for (const SourcePtr& source : program_->sources) paths.push_back(source->path);
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  program_->places = std::vector<std::atomic<std::uint32_t>>(program_->names.size());
  return program_;
}

}  // namespace hardtop
