// Ctrl-C, as something to wait for.
#pragma once

#include <csignal>

namespace hardtop {

// While it lives, SIGINT, SIGTERM and SIGHUP do not end the process: they end wait(). To be made before threads are started, which
// take over what their maker holds back.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  // Returns when one of them comes, or came since this was made.
  void wait() const;

 private:
  sigset_t held_back_{}, before_{};
};

}  // namespace hardtop
