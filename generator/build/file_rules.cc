#include "build/file_rules.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "base/paths.h"
#include "base/percent.h"
#include "base/text.h"
#include "build/urls.h"

namespace hardtop {

namespace {

constexpr std::string_view kAsk = "no-cache";
constexpr std::string_view kSoon = "public, max-age=600, must-revalidate";
constexpr std::string_view kNever = "public, max-age=31536000, immutable";

// What pages embed or offer, and what does no harm when it is ten minutes old beside a new page.
constexpr std::array<std::string_view, 31> kPassive = {
    "avif", "bmp",  "gif",  "ico",   "jpeg", "jpg", "jxl", "png", "svg", "webp",                 // images
    "otf",  "ttf",  "woff", "woff2",                                                             // fonts
    "flac", "m4a",  "m4v",  "mov",   "mp3",  "mp4", "oga", "ogg", "ogv", "opus", "wav", "webm",  // sound and films
    "csv",  "epub", "pdf",  "vtt",   "zip"};                                                     // documents

std::string_view ending_of(std::string_view path) {
  const std::string_view name = file_name(path);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

}  // namespace

std::vector<HeaderRule> file_rules(const std::vector<HeaderRule>& floor, const std::vector<OutputFile>& files,
                                   const std::vector<std::string>& fingerprinted) {
  std::set<std::string, std::less<>> endings;
  for (const OutputFile& file : files)
    if (const std::string_view ending = ending_of(file.path); !ending.empty() && !endings.contains(ending))
      endings.emplace(ending);

  std::vector<HeaderRule> rules = {{"/*", "Cache-Control", std::string(kAsk)}};
  for (const std::string& ending : endings) {
    const std::string usual = to_lower_ascii(ending), pattern = "/*." + encode_file_path(ending);
    if (std::ranges::find(kPassive, usual) != kPassive.end())
      rules.push_back({pattern, "Cache-Control", std::string(kSoon)});
    if (usual == ending) continue;
    for (const HeaderRule& rule : floor)
      if (rule.pattern == "/*." + usual) rules.push_back({pattern, rule.name, rule.value});
  }
  for (const std::string& path : fingerprinted)
    rules.push_back({"/" + encode_file_path(path), "Cache-Control", std::string(kNever)});
  return rules;
}

}  // namespace hardtop
