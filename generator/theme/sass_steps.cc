// The functions that our copy of libsass calls (count_sass.cmake). Other code of the program may come here too, where the
// linker takes libsass's copy of a template for both: without a SassSteps nothing is counted.
#include "theme/sass_steps.h"

#include <new>
#include <string>

namespace hardtop {

namespace {

// What libsass makes of a sheet are small pieces; only what grows without a bound gets long ones.
constexpr std::size_t kLongPiece = 256, kStepsOfLongPiece = 8;

thread_local SassSteps* counting = nullptr;

void count_block() {
  if (counting != nullptr) counting->count_block();
}
void count_memory(std::size_t bytes) {
  if (counting != nullptr) counting->count_memory(bytes);
}

}  // namespace

SassSteps::SassSteps(std::size_t most) : most_(most) { counting = this; }
SassSteps::~SassSteps() { counting = nullptr; }

void SassSteps::count_block() {
  if (++taken_ > most_) stop();
}

void SassSteps::count_memory(std::size_t bytes) {
  taken_ += 1 + bytes / kLongPiece * kStepsOfLongPiece;
  if (taken_ / 2 > most_) stop();
}

void SassSteps::stop() {
  if (ran_out_) return;  // it is on its way out, and needs memory for its message
  ran_out_ = true;
  throw std::bad_alloc();
}

}  // namespace hardtop

extern "C" {

// Members of libsass's classes and of std::string, as functions: `this` comes first.
char* create_string(void* self, std::size_t& capacity, std::size_t old_capacity) asm(
    "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_createERmm");
void hardtop_sass_expand_of_libsass(void* self, void* block);
void* hardtop_sass_eval_of_libsass(void* self, void* block);

void* hardtop_sass_new(std::size_t size) {
  hardtop::count_memory(size);
  return ::operator new(size);
}

char* hardtop_sass_string(void* self, std::size_t& capacity, std::size_t old_capacity) {
  hardtop::count_memory(capacity);
  return create_string(self, capacity, old_capacity);
}

void hardtop_sass_expand(void* self, void* block) {
  hardtop::count_block();
  hardtop_sass_expand_of_libsass(self, block);
}

void* hardtop_sass_eval(void* self, void* block) {
  hardtop::count_block();
  return hardtop_sass_eval_of_libsass(self, block);
}

}  // extern "C"
