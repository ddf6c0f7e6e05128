// A bound on what libsass does for one style sheet, in steps and not in time: the same sheet ends the same way on every
// machine. count_sass.cmake says how libsass comes to call this.
#pragma once

#include <cstddef>

namespace hardtop {

// As long as one lives, the steps that libsass takes in this thread are counted. A step is a block of statements that runs,
// or a piece of memory that is asked for (eight more for each 256 bytes of it). After `most` steps libsass gets a
// std::bad_alloc, which its C interface makes an error of: where the next block begins, because there it is prepared for
// errors; where it asks for memory it would lose some, and gets it only after twice as many. One at a time in a thread.
class SassSteps {
 public:
  explicit SassSteps(std::size_t most);
  ~SassSteps();
  SassSteps(const SassSteps&) = delete;
  SassSteps& operator=(const SassSteps&) = delete;

  [[nodiscard]] bool ran_out() const { return ran_out_; }

  // For the functions that libsass calls.
  void count_block();
  void count_memory(std::size_t bytes);

 private:
  void stop();

  std::size_t most_, taken_ = 0;
  bool ran_out_ = false;
};

}  // namespace hardtop
