// Threads are kept from one pass to the next: to start some costs little, but the allocator keeps a heap for each, and what a
// thread that ended has left there is hard to come by for those after it.
#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace hardtop {

namespace {

// One call of for_each_index: it lies on its caller's stack, who stays until nobody works on it any more.
struct Task {
  const std::function<void(std::size_t)>& work;
  const std::size_t count, chunk;
  std::atomic<std::size_t> next{0};
  std::size_t wanted = 0, helping = 0;  // threads beside the caller; guarded by the crew's mutex
  std::condition_variable left{};

  void run() {
    for (;;) {
      const std::size_t begin = next.fetch_add(chunk, std::memory_order_relaxed);
      if (begin >= count) return;
      const std::size_t end = std::min(begin + chunk, count);
      for (std::size_t i = begin; i < end; ++i) work(i);
    }
  }
};

// The threads that help callers. Calls may come from several threads, and from within other calls: who calls works as well, so
// that each of them comes to its end even if nobody has time to help.
class Crew {
 public:
  Crew() = default;
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // Runs the task on the calling thread and `helpers` more.
  void run(Task& task, std::size_t helpers) {
    {
      const std::lock_guard lock(mutex_);
      task.wanted = helpers;
      wanted_ += helpers;
      tasks_.push_back(&task);
      try {
        while (threads_.size() - busy_ < wanted_) threads_.emplace_back([this] { help(); });
      } catch (const std::system_error&) {
        // The system gives no more threads: those that run take the work.
      }
    }
    wake_.notify_all();
    task.run();
    std::unique_lock lock(mutex_);
    dismiss(task);
    task.left.wait(lock, [&] { return task.helping == 0; });
  }

 private:
  // Nobody more is to come. Under the lock.
  void dismiss(Task& task) {
    wanted_ -= task.wanted;
    task.wanted = 0;
    std::erase(tasks_, &task);
  }

  void help() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return is_over_ || !tasks_.empty(); });
      if (is_over_) return;
      Task& task = *tasks_.front();
      ++task.helping;
      ++busy_;
      --wanted_;
      if (--task.wanted == 0) dismiss(task);
      lock.unlock();
      task.run();
      lock.lock();
      --busy_;
      if (--task.helping == 0) task.left.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Task*> tasks_;  // that want more threads: the longest-waiting first
  std::size_t wanted_ = 0;    // by all of them
  std::size_t busy_ = 0;      // threads that work
  std::vector<std::thread> threads_;
  bool is_over_ = false;
};

}  // namespace

void for_each_index(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work,
                    std::size_t largest_chunk) {
  const std::size_t threads = std::min<std::size_t>(count, jobs == 0 ? default_jobs() : jobs);
  if (threads <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  // Chunks keep threads from fighting over the counter; few or uneven items are handed out in smaller ones, so that
  // nobody waits for a neighbour's last chunk.
  Task task{work, count, std::clamp<std::size_t>(count / (threads * 8), 1, largest_chunk)};
  static Crew crew;
  crew.run(task, threads - 1);
}

unsigned default_jobs() {
  static const unsigned cores = std::max(1U, std::thread::hardware_concurrency());  // each call opens a file
  return cores;
}

}  // namespace hardtop
