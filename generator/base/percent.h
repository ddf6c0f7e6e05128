// The URL Standard's percent-encode sets (section 1.3), and the names of files as URLs.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace hardtop {

// Bytes that must be encoded. Every set holds C0 controls, DEL and all that is not ASCII.
class PercentSet {
 public:
  constexpr PercentSet() {
    for (unsigned byte = 0; byte < 256; ++byte) encode_[byte] = byte < 0x20 || byte > 0x7e;
  }
  [[nodiscard]] constexpr PercentSet with(std::string_view more) const {
    PercentSet set = *this;
    for (char c : more) set.encode_[static_cast<unsigned char>(c)] = true;
    return set;
  }
  [[nodiscard]] constexpr bool holds(char c) const { return encode_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> encode_{};
};

inline constexpr PercentSet kC0ControlSet;
inline constexpr PercentSet kFragmentSet = kC0ControlSet.with(" \"<>`");
inline constexpr PercentSet kQuerySet = kC0ControlSet.with(" \"#<>");
inline constexpr PercentSet kSpecialQuerySet = kQuerySet.with("'");
inline constexpr PercentSet kPathSet = kQuerySet.with("?^`{}");
inline constexpr PercentSet kUserinfoSet = kPathSet.with("/:;=@[\\]|");

void append_percent_encoded(std::string& out, std::string_view text, const PercentSet& set);

// A path of files as a URL's: what a URL cannot hold is percent-encoded, a '%' of a file's name included.
[[nodiscard]] std::string encode_file_path(std::string_view path);

// The address of an output file below `base`, which ends in '/': "blog/index.html" -> "/docs/blog/" below "/docs/".
[[nodiscard]] std::string url_of_output(std::string_view base, std::string_view output);

}  // namespace hardtop
