#include "bench/deploy.h"

#include <cstdlib>
#include <fstream>

#include "bench/process.h"

namespace bench {
namespace {

namespace fs = std::filesystem;

void append(const fs::path& path, std::string_view text) { std::ofstream(path, std::ios::app) << text; }

std::string last_line_of(const fs::path& path) {
  std::ifstream in(path);
  std::string line, last;
  while (std::getline(in, line)) last = line;
  return last;
}

}  // namespace

DeployCosts measure_deploy(const std::string& hardtop, const fs::path& site, const fs::path& page, std::size_t runs,
                           const fs::path& log) {
  // No remote of whoever measures is to be seen.
  const fs::path config = site / "rclone.conf";
  append(config, "");
  setenv("RCLONE_CONFIG", config.c_str(), 1);
  append(site / "site.toml", "\n[deploy.bench]\nremote = \"../www\"\n");
  const auto command = [&](const std::vector<std::string>& words) {
    std::vector<std::string> out = {hardtop, "-C", site.string()};
    out.insert(out.end(), words.begin(), words.end());
    return out;
  };
  run_program(command({"build"}), log);
  run_program(command({"deploy", "bench"}), log);
  DeployCosts costs;
  for (std::size_t run = 0; run < runs; ++run) {
    run_program(command({"deploy", "bench"}), log);  // once more, and what it found is known
    costs.plan.push_back(run_program(command({"deploy", "bench", "--dry-run"}), log));
    append(site / "content" / page, "A sentence more.\n");
    run_program(command({"build"}), log);
    costs.one_changed.push_back(run_program(command({"deploy", "bench"}), log));
    costs.one_changed_summary = last_line_of(log);
  }
  fs::remove_all(site.parent_path() / "www");
  return costs;
}

}  // namespace bench
