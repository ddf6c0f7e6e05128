// What the program's allocator is told; nothing where another one than mimalloc is linked in.
#pragma once

namespace hardtop {

// Makes memory usable again that other threads have freed of what this thread allocated. mimalloc looks for it where the thread
// allocates more of that size, which after a pass over all pages it may never do.
void collect_memory();

// Gives the system back what is free. Takes a while: after something that took far more than is taken otherwise.
void give_memory_back();

}  // namespace hardtop
