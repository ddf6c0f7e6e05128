// Counts words as readers do: runs between spaces that have a letter or digit in them. Chinese and Japanese are written
// without spaces, so there every character counts.
#pragma once

#include <cstddef>
#include <string_view>

namespace hardtop {

class WordCounter {
 public:
  // Text that goes on where the last one ended: "half" and then "way" are one word.
  void add(std::string_view text);
  void end_word() { in_word_ = false; }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  void add_ascii(unsigned word, unsigned space, unsigned size);
  void add_wide(unsigned char first, unsigned char second);

  std::size_t count_ = 0;
  bool in_word_ = false;
};

}  // namespace hardtop
