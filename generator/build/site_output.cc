#include "build/site_output.h"

namespace hardtop {

std::error_code read_output(const Files& files, const OutputFile& file, std::string& made, std::string_view& bytes) {
  bytes = file.bytes;
  if (file.make) {
    made = file.make();
    bytes = made;
  } else if (!file.copy_from.empty()) {
    if (const auto error = files.read(file.copy_from, made)) return error;
    bytes = made;
  }
  return {};
}

}  // namespace hardtop
