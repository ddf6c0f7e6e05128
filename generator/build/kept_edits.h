// The edits of many pages, kept in little memory until the pages are written: most pages have the same policy and the same
// integrity put in, so that what is put in is kept once.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "consent/gate.h"

namespace hardtop {

// An Edit of a document of less than 4 GiB.
struct KeptEdit {
  std::uint32_t begin = 0, end = 0;
  const std::string* text = nullptr;  // an EditTexts'
};

class EditTexts {
 public:
  // Safe to call from several threads. What it returns is good as long as this object lives.
  [[nodiscard]] std::vector<KeptEdit> keep(const std::vector<Edit>& edits);

 private:
  std::mutex mutex_;
  std::set<std::string, std::less<>> texts_;
};

// As they were, for apply_edits.
[[nodiscard]] std::vector<Edit> edits_of(const std::vector<KeptEdit>& kept);

// How long the document is after apply_edits.
[[nodiscard]] std::size_t size_after(std::string_view document, const std::vector<Edit>& edits);

}  // namespace hardtop
