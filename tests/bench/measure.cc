// The programs take turns, run by run, so that what else the machine does meets them alike.
#include "bench/measure.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <string_view>

#include "bench/corpus.h"

namespace bench {
namespace {

namespace fs = std::filesystem;

void write_text(const fs::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw std::runtime_error("cannot write " + path.string());
}

Output measure_output(const fs::path& folder, std::size_t pages) {
  Output output;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++output.files;
    output.html_files += entry.path().extension() == ".html";
    output.mb += static_cast<double>(entry.file_size()) / 1e6;
  }
  if (output.html_files < pages)
    throw std::runtime_error(folder.string() + " has " + std::to_string(output.html_files) + " HTML files for " +
                             std::to_string(pages) + " pages");
  return output;
}

constexpr std::string_view kSiteToml =
    "title = \"A benchmark\"\n"
    "base_url = \"https://bench.example/\"\n"
    "urls = \"directory\"\n"
    "\n"
    "[taxonomies]\n"
    "tags = {}\n"
    "\n"
    "[feeds]\n"
    "\n"
    "[[menu.main]]\n"
    "name = \"Home\"\n"
    "to = \"_index.md\"\n"
    "\n"
    "[[menu.main]]\n"
    "name = \"First section\"\n"
    "to = \"section-001/_index.md\"\n"
    "\n"
    "[[menu.main]]\n"
    "name = \"Tags\"\n"
    "to = \"/tags/\"\n";

}  // namespace

void write_hardtop_site(const fs::path& folder, std::size_t pages) {
  write_corpus(folder / "content", pages, Reader::hardtop);
  write_text(folder / "site.toml", kSiteToml);
}

Result measure(const Programs& programs, std::size_t pages, std::size_t runs, const fs::path& scratch) {
  const bool with_hugo = !programs.hugo.empty();
  Result result;
  result.pages = pages;
  const fs::path log = scratch / "log";
  const fs::path site = scratch / "hardtop";
  const fs::path hugo_site = scratch / "hugo";
  const fs::path output = site / "public";
  const fs::path copy = scratch / "copy";
  write_hardtop_site(site, pages);
  if (with_hugo) {
    fs::copy(fs::path(HARDTOP_BENCH_DIR) / "hugo", hugo_site, fs::copy_options::recursive);
    write_corpus(hugo_site / "content", pages, Reader::hugo);
  }
  throw_if_interrupted();

  const std::vector<std::string> build = {programs.hardtop, "-C", site.string(), "build"};
  // As much as the one that takes most, which is Hugo.
  const std::size_t memory = std::min(pages, std::size_t{10'000}) * 200'000;
  const auto run_next = [&](Costs& costs, const std::vector<std::string>& command) {
    touch_memory(memory);
    costs.push_back(run_program(command, log));
  };
  const fs::path page = site / "content" / page_path(0);
  const fs::path original = scratch / "original.md";
  fs::copy_file(page, original);
  for (std::size_t run = 0; run < runs; ++run) {
    fs::remove_all(output);
    fs::remove_all(site / ".hardtop");
    run_next(result.hardtop, build);
    run_next(result.unchanged, build);
    std::ofstream(page, std::ios::app) << "A sentence more.\n";
    run_next(result.one_changed, build);
    fs::copy_file(original, page, fs::copy_options::overwrite_existing);

    run_next(result.copy, {"cp", "-r", output.string(), copy.string()});
    fs::remove_all(copy);

    if (with_hugo) {
      fs::remove_all(hugo_site / "public");
      fs::remove_all(hugo_site / "resources");
      run_next(result.hugo, {programs.hugo, "--quiet", "--source", hugo_site.string()});
    }
  }
  result.hardtop_output = measure_output(output, pages);
  if (with_hugo) result.hugo_output = measure_output(hugo_site / "public", pages);
  fs::remove_all(site);
  fs::remove_all(hugo_site);
  fs::remove(original);
  return result;
}

}  // namespace bench
