#include "config/config_file.h"

#include <cstdio>

#include "base/paths.h"
#include "base/text.h"

namespace hardtop {

ConfigFileState read_config_file(const Files& files, const std::string& site_dir, std::string_view name,
                                 std::string_view area, SourcePtr& out, Diagnostics& diagnostics) {
  const auto id = [&](std::string_view what) { return std::string(area) + std::string(what); };
  std::string text;
  if (const std::error_code error = files.read(join_path(site_dir, name), text)) {
    if (error == std::errc::no_such_file_or_directory) return ConfigFileState::absent;
    diagnostics.error(whole_file(std::string(name)), id("/unreadable"), "the file cannot be read: " + error.message(),
                      error == std::errc::is_a_directory ? std::string(name) + " must be a file: rename the folder"
                                                         : "check that it is a file that you may read");
    return ConfigFileState::wrong;
  }
  const std::size_t size = text.size();
  out = make_source(std::string(name), std::move(text));
  const std::size_t mark = size - out->text.size();  // of a byte-order mark
  if (const std::optional<std::size_t> bad = first_invalid_utf8(out->text)) {
    char byte[8];
    std::snprintf(byte, sizeof byte, "0x%02X", static_cast<unsigned char>(out->text[*bad]));
    diagnostics.error({out, *bad, 1}, id("/invalid-utf8"),
                      "the byte " + std::string(byte) + " at offset " + std::to_string(*bad + mark) + " is not UTF-8",
                      "save the file in the encoding UTF-8");
    return ConfigFileState::wrong;
  }
  return ConfigFileState::read;
}

}  // namespace hardtop
