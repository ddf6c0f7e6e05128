// make bench: builds sites of three sizes with hardtop and, where it is installed, with Hugo, and prints what each
// took.
//
// Everything lies on tmpfs, so that no disk is measured. The programs take turns, run by run, so that what else the
// machine does meets them alike, and the medians are compared. Each finds memory that was just in use (touch_memory). For each run and
// size:
//   hardtop               from nothing: no output, no state of an earlier build
//   nothing changed       once more
//   one page changed      after a sentence was added to one page
//   cp -r of its output   what writing that many files takes at the least
//   hugo                  from nothing, the same pages and the same kinds of lists (tests/bench/hugo)
// It also prints what the runtime weighs that visitors' browsers run, what a deploy takes where rclone is installed, and how
// long the preview takes from a save to the message that reloads the browser.
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/corpus.h"
#include "bench/deploy.h"
#include "bench/measure.h"
#include "bench/preview.h"
#include "bench/process.h"

namespace bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string hardtop = "build/hardtop";
  std::string hugo = "hugo";
  std::vector<std::size_t> pages = {1000, 10000, 100000};
  std::size_t hugo_up_to = 10000;  // larger sites are built by hardtop only
  std::size_t runs = 5;
  std::size_t preview_pages = 10000;  // of the site that is previewed beside the example site; 0: none is
  std::size_t deploy_pages = 10000;   // of the site that is deployed; 0: none is
  std::size_t saves = 40;             // of each kind of edit
  fs::path folder = "/dev/shm";
};

constexpr std::string_view kUsage =
    "usage: hardtop_bench [--pages N,N,…] [--runs N] [--hugo-up-to N] [--preview N] [--saves N] [--deploy N] "
    "[--hardtop PROGRAM] [--hugo PROGRAM] [--dir DIR]\n";

// A folder that goes away with its object.
class Scratch {
 public:
  explicit Scratch(const fs::path& folder) {
    std::string name = (folder / "hardtop-bench.XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make a folder in " + folder.string());
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

double median(const Costs& costs, double Cost::*field) {
  std::vector<double> values;
  for (const Cost& cost : costs) values.push_back(cost.*field);
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string with_commas(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

// Bytes that tmpfs may still take, and the memory behind it gives.
double room_in(const fs::path& folder) {
  struct statvfs disk {};
  if (statvfs(folder.c_str(), &disk) != 0) throw std::runtime_error("there is no folder " + folder.string());
  double room = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
  std::ifstream memory("/proc/meminfo");
  for (std::string name, unit; memory >> name;) {
    double kilobytes = 0;
    memory >> kilobytes;
    std::getline(memory, unit);
    if (name == "MemAvailable:") room = std::min(room, kilobytes * 1024);
  }
  return room;
}

// For a measured program `output` says what it wrote; null leaves these columns empty.
void print_row(const std::string& pages, const char* what, const Costs& costs, const Output* output) {
  const auto [fastest, slowest] = std::minmax_element(
      costs.begin(), costs.end(), [](const Cost& a, const Cost& b) { return a.seconds < b.seconds; });
  std::printf("%8s  %-22s %8.3f  %7.3f-%-7.3f %8.2f %8.0f", pages.c_str(), what, median(costs, &Cost::seconds),
              fastest->seconds, slowest->seconds, median(costs, &Cost::cpu_seconds), median(costs, &Cost::peak_mb));
  if (output)
    std::printf(" %9s %9s %8.0f", with_commas(output->html_files).c_str(), with_commas(output->files).c_str(),
                output->mb);
  std::printf("\n");
}

void print_result(const Result& result) {
  print_row(with_commas(result.pages), "hardtop", result.hardtop, &result.hardtop_output);
  print_row("", "  nothing changed", result.unchanged, nullptr);
  print_row("", "  one page changed", result.one_changed, nullptr);
  print_row("", "  cp -r of its output", result.copy, nullptr);
  if (!result.hugo.empty()) print_row("", "hugo", result.hugo, &result.hugo_output);
  std::printf("\n");
  std::fflush(stdout);
}

void print_conclusions(const std::vector<Result>& results) {
  for (const Result& result : results) {
    const double seconds = median(result.hardtop, &Cost::seconds);
    std::printf("%s pages: hardtop takes %.2f s, %.1f times as long as cp -r, and %.0f MB",
                with_commas(result.pages).c_str(), seconds, seconds / median(result.copy, &Cost::seconds),
                median(result.hardtop, &Cost::peak_mb));
    if (!result.hugo.empty())
      std::printf("; Hugo takes %.1f times as long and %.1f times the memory",
                  median(result.hugo, &Cost::seconds) / seconds,
                  median(result.hugo, &Cost::peak_mb) / median(result.hardtop, &Cost::peak_mb));
    std::printf(".\n");
  }
}

std::size_t parse_number(std::string_view text) {
  std::size_t used = 0;
  const std::string copy(text);
  std::size_t number = 0;
  if (!copy.empty() && copy[0] >= '0' && copy[0] <= '9') number = std::stoul(copy, &used);
  if (used == 0 || used != copy.size()) throw std::invalid_argument("'" + copy + "' is no number");
  return number;
}

// Sizes are separated by commas or spaces.
std::vector<std::size_t> parse_sizes(std::string_view text) {
  std::vector<std::size_t> sizes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(", "), text.size());
    if (end > 0) sizes.push_back(parse_number(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (sizes.empty() || std::count(sizes.begin(), sizes.end(), 0u) > 0)
    throw std::invalid_argument("--pages needs sizes of one page and more");
  return sizes;
}

Options parse_options(const std::vector<std::string>& arguments) {
  Options options;
  const std::map<std::string_view, std::function<void(const std::string&)>> known = {
      {"--pages", [&](const std::string& value) { options.pages = parse_sizes(value); }},
      {"--runs", [&](const std::string& value) { options.runs = std::max<std::size_t>(1, parse_number(value)); }},
      {"--hugo-up-to", [&](const std::string& value) { options.hugo_up_to = parse_number(value); }},
      {"--preview", [&](const std::string& value) { options.preview_pages = parse_number(value); }},
      {"--deploy", [&](const std::string& value) { options.deploy_pages = parse_number(value); }},
      {"--saves", [&](const std::string& value) { options.saves = std::max<std::size_t>(1, parse_number(value)); }},
      {"--hardtop", [&](const std::string& value) { options.hardtop = value; }},
      {"--hugo", [&](const std::string& value) { options.hugo = value; }},
      {"--dir", [&](const std::string& value) { options.folder = value; }},
  };
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const auto option = known.find(arguments[i]);
    if (option == known.end()) throw std::invalid_argument("there is no option '" + arguments[i] + "'");
    if (i + 1 == arguments.size()) throw std::invalid_argument(arguments[i] + " needs a value");
    option->second(arguments[i + 1]);
  }
  return options;
}

// What visitors' browsers get of the runtime, part by part, before a site's facts are put in. The limits are those of
// tests/browser/runtime_size_test.mjs.
void print_runtime_sizes(const fs::path& hardtop, const fs::path& log) {
  const fs::path folder = hardtop.parent_path() / "embedded/assets/consent";
  std::map<std::string, std::size_t> sizes;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".min.js")) continue;
    const std::string bytes = first_line_of({"sh", "-c", "gzip -9 <\"$1\" | wc -c", "sh", entry.path().string()}, log);
    if (!bytes.empty()) sizes.emplace(name.substr(0, name.find('.')), std::stoul(bytes));
  }
  if (sizes.empty()) return;
  std::printf("the runtime, bytes after gzip -9: head and core %s\n ",
              with_commas(sizes["head"] + sizes["core"]).c_str());
  for (const auto& [name, bytes] : sizes) std::printf(" %s %s", name.c_str(), with_commas(bytes).c_str());
  std::printf("\n\n");
}

void print_preview(const std::string& site, const std::vector<PreviewTimes>& results) {
  for (const PreviewTimes& times : results)
    std::printf("%-14s  %-20s %8.1f %8.1f %8.1f\n", site.c_str(), times.edit.c_str(), times.at(0.5), times.at(0.95),
                times.at(1));
}

// From a save to the message that reloads the browser.
void run_preview(const Options& options, const fs::path& scratch, const fs::path& log) {
  std::printf("\npreview: milliseconds from a save to the message that reloads the page, %zu saves each\n",
              options.saves);
  std::printf("%-14s  %-20s %8s %8s %8s\n", "", "", "median", "p95", "longest");

  const fs::path project = fs::path(HARDTOP_BENCH_DIR) / "../..";
  const fs::path example = scratch / "example";
  fs::create_directories(example);
  for (const char* folder : {"site", "themes"})
    fs::copy(project / folder, example / folder, fs::copy_options::recursive);
  print_preview("example site",
                measure_preview(options.hardtop, example / "site", "cookies.md", "cookies.html",
                                {{"a word of the body", "One service is always on", "Service # is always on"},
                                 {"the title", "title = \"Cookies and beacons\"", "title = \"Cookies #\""}},
                                options.saves, log));
  fs::remove_all(example);

  const fs::path large = scratch / "large";
  write_hardtop_site(large, options.preview_pages);
  const fs::path page = page_path(options.preview_pages / 2);
  const std::string text = text_of(large / "content" / page);
  const std::string title =
      text.substr(text.find("title = "), text.find('\n', text.find("title = ")) - text.find("title = "));
  const std::string output = (page.parent_path() / page.stem() / "index.html").string();
  // The body's first line that begins a paragraph.
  const std::size_t body = text.find("\n\n", text.find("\n+++\n") + 5);
  const std::string word = text.substr(body, text.find(' ', body + 2) - body);
  print_preview(
      with_commas(options.preview_pages) + " pages",
      measure_preview(options.hardtop, large, page, output,
                      {{"a word of the body", word, word + " #"}, {"the title", title, "title = \"Another #\""}},
                      options.saves, log));
  fs::remove_all(large);
}

void run_deploy(const Options& options, const fs::path& scratch, const fs::path& log) {
  if (first_line_of({"rclone", "version"}, log).empty()) {
    std::printf("\ndeploy: left out: rclone is not installed\n");
    return;
  }
  const fs::path site = scratch / "deployed";
  write_hardtop_site(site, options.deploy_pages);
  const DeployCosts costs =
      measure_deploy(options.hardtop, site, page_path(options.deploy_pages / 2), options.runs, log);
  std::printf("\ndeploy of %s pages to a folder: seconds, medians of %zu runs\n",
              with_commas(options.deploy_pages).c_str(), options.runs);
  std::printf("nothing changed: planned  %8.3f\n", median(costs.plan, &Cost::seconds));
  std::printf("one page changed          %8.3f  %s\n", median(costs.one_changed, &Cost::seconds),
              costs.one_changed_summary.c_str());
  fs::remove_all(site);
}

void run_benchmark(const Options& options) {
  clean_up_on_interrupt();
  const Scratch scratch(options.folder);
  const fs::path log = scratch.path() / "log";
  const std::string hugo = options.hugo_up_to > 0 ? first_line_of({options.hugo, "version"}, log) : "";

  std::printf("%s\n", first_line_of({options.hardtop, "--version"}, log).c_str());
  if (options.hugo_up_to > 0)
    std::printf("%s\n",
                hugo.empty() ? "Hugo is not installed (Debian's package hugo): hardtop runs alone" : hugo.c_str());
  print_runtime_sizes(options.hardtop, log);
  std::printf("%u cores, %s, medians of %zu runs\n\n", std::thread::hardware_concurrency(), options.folder.c_str(),
              options.runs);
  std::printf("%8s  %-22s %8s  %-15s %8s %8s %9s %9s %8s\n", "pages", "", "seconds", " fastest-slowest", "CPU s",
              "peak MB", "HTML", "files", "MB");
  std::fflush(stdout);

  std::vector<Result> results;
  for (const std::size_t pages : options.pages) {
    const bool with_hugo = !hugo.empty() && pages <= options.hugo_up_to;
    const double needed = static_cast<double>(pages) * (with_hugo ? 70e3 : 45e3);
    if (room_in(options.folder) < needed) {
      std::printf("%8s  left out: needs %.1f GB in %s\n\n", with_commas(pages).c_str(), needed / 1e9,
                  options.folder.c_str());
      continue;
    }
    const Programs programs = {options.hardtop, with_hugo ? options.hugo : ""};
    results.push_back(measure(programs, pages, options.runs, scratch.path()));
    print_result(results.back());
  }
  print_conclusions(results);
  if (options.deploy_pages > 0) run_deploy(options, scratch.path(), log);
  if (options.preview_pages > 0) run_preview(options, scratch.path(), log);
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  try {
    bench::run_benchmark(bench::parse_options({argv + 1, argv + argc}));
    return 0;
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "hardtop_bench: %s\n%s", error.what(), bench::kUsage.data());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hardtop_bench: %s\n", error.what());
    return 1;
  }
}
