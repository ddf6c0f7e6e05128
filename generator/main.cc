#include "commands/run.h"

int main(int argc, char** argv) {
  hardtop::DiskFiles files;
  hardtop::Surroundings surroundings = hardtop::process_surroundings(files);
  const std::vector<std::string> arguments(argc > 0 ? argv + 1 : argv, argv + argc);
  return static_cast<int>(hardtop::run_hardtop(arguments, surroundings));
}
