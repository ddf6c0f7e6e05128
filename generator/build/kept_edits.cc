#include "build/kept_edits.h"

namespace hardtop {

std::vector<KeptEdit> EditTexts::keep(const std::vector<Edit>& edits) {
  std::vector<KeptEdit> kept;
  kept.reserve(edits.size());
  const std::lock_guard lock(mutex_);
  for (const Edit& edit : edits)
    kept.push_back({static_cast<std::uint32_t>(edit.begin), static_cast<std::uint32_t>(edit.end),
                    &*texts_.insert(edit.text).first});
  return kept;
}

std::vector<Edit> edits_of(const std::vector<KeptEdit>& kept) {
  std::vector<Edit> edits;
  edits.reserve(kept.size());
  for (const KeptEdit& edit : kept) edits.push_back({edit.begin, edit.end, *edit.text, 0});
  return edits;
}

std::size_t size_after(std::string_view document, const std::vector<Edit>& edits) {
  std::size_t size = document.size();
  for (const Edit& edit : edits) size += edit.text.size() - (edit.end - edit.begin);
  return size;
}

}  // namespace hardtop
