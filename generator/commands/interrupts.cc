#include "commands/interrupts.h"

#include <initializer_list>

namespace hardtop {

Interrupts::Interrupts() {
  sigemptyset(&held_back_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&held_back_, signal);
  pthread_sigmask(SIG_BLOCK, &held_back_, &before_);
}

Interrupts::~Interrupts() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

void Interrupts::wait() const {
  int signal = 0;
  sigwait(&held_back_, &signal);
}

}  // namespace hardtop
