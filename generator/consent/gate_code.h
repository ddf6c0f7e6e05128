// What is looked for in the text of scripts, beyond what gate_files.h finds.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hardtop {

struct CodeUse {
  std::size_t offset = 0, length = 0;
};
// The first document.write or document.writeln outside of comments and strings; document["write"] too. Called by markup that the
// runtime puts in, it would erase the page.
[[nodiscard]] std::optional<CodeUse> find_document_write(std::string_view script);

}  // namespace hardtop
