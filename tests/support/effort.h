// How much a test tries. The sanitizers make a step ten times as long, and see in a tenth of them what there is to see.
#pragma once

namespace hardtop::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kEffort = 1;
#else
inline constexpr int kEffort = 10;
#endif

// Of `all` rounds, those that this build takes its time for.
constexpr int rounds(int all) { return all / 10 * kEffort; }

}  // namespace hardtop::test
