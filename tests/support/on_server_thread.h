// Runs `work` on a server's thread, and waits until it has run.
#pragma once

#include <functional>
#include <future>
#include <memory>

#include "serve/http_server.h"

namespace hardtop::test {

inline void on_server_thread(HttpServer& server, const std::function<void()>& work) {
  // Shared: setting it may still be on its way when the wait is over.
  const auto done = std::make_shared<std::promise<void>>();
  server.post([&work, done] {
    work();
    done->set_value();
  });
  done->get_future().wait();
}

}  // namespace hardtop::test
