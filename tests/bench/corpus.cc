// Text from a fixed list of words and a generator that is seeded by the page's number, so that a page is the same in a
// corpus of any size but for its links, which stay inside the corpus.
#include "bench/corpus.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {
namespace {

constexpr std::size_t kSectionSize = 100;
constexpr std::size_t kTags = 40;

constexpr std::array<std::string_view, 96> kWords = {
    "road",   "engine", "window", "garage",  "morning", "corner",  "wheel",   "coast",   "summer",  "letter",
    "mirror", "winter", "paper",  "station", "bridge",  "signal",  "journey", "metal",   "leather", "silver",
    "narrow", "quick",  "quiet",  "bright",  "careful", "early",   "late",    "simple",  "common",  "open",
    "closed", "small",  "long",   "short",   "warm",    "cold",    "new",     "old",     "turns",   "drives",
    "waits",  "opens",  "keeps",  "finds",   "carries", "follows", "leaves",  "reaches", "holds",   "shows",
    "writes", "reads",  "counts", "the",     "a",       "every",   "this",    "that",    "one",     "and",
    "or",     "but",    "with",   "without", "under",   "over",    "behind",  "before",  "after",   "near",
    "into",   "from",   "to",     "of",      "on",      "in",      "at",      "by",      "for",     "its",
    "their",  "our",    "who",    "what",    "when",    "where",   "is",      "was",     "has",     "can",
    "will",   "may",    "also",   "often",   "never",   "only"};

// splitmix64: tiny, and the same everywhere, which std::uniform_int_distribution is not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_((seed + 1) * 0xd1342543de82ef95u) {}
  std::size_t below(std::size_t limit) {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::size_t>((z ^ (z >> 31)) % limit);
  }

 private:
  std::uint64_t state_;
};

std::string numbered(const char* format, std::size_t number) {
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

std::string section_name(std::size_t section) { return numbered("section-%03zu", section + 1); }
std::string page_name(std::size_t page) { return numbered("page-%05zu", page + 1); }

class PageWriter {
 public:
  PageWriter(std::size_t page, std::size_t pages, Reader reader)
      : page_(page), pages_(pages), reader_(reader), dice_(page) {}

  std::string write() {
    front_matter();
    paragraph(6, true);
    heading("## ");
    paragraph(6, false);
    list("- ", 6);
    out_ += "## What it costs\n\n";  // every page has this anchor, and links lead to it
    paragraph(4, true);
    table(5);
    heading("## ");
    code(10);
    paragraph(6, true);
    heading("### ");
    list("1. ", 4);
    out_ += "> ";
    sentence();
    out_ += "\n\n";
    paragraph(6, true);
    return std::move(out_);
  }

 private:
  std::string_view word() { return kWords[dice_.below(kWords.size())]; }

  void words(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ' ';
      out_ += word();
    }
  }

  void title_words(std::size_t count) {
    const std::size_t start = out_.size();
    words(count);
    out_[start] = static_cast<char>(out_[start] - 'a' + 'A');
  }

  void front_matter() {
    out_ += "+++\ntitle = \"";
    title_words(4);
    out_ += " " + std::to_string(page_ + 1) + "\"\ndate = ";
    const std::size_t day = dice_.below(3650);  // ten years of 12 months of 28 days and some
    char date[64];
    std::snprintf(date, sizeof date, "%04zu-%02zu-%02zu", 2015 + day / 365, day % 12 + 1, day % 28 + 1);
    out_ += date;
    out_ += "\ndescription = \"";
    title_words(10);
    out_ += ".\"\ntags = [";
    const std::size_t count = dice_.below(4);
    std::array<std::size_t, 3> tags{};
    for (std::size_t i = 0; i < count; ++i) {
      tags[i] = (i == 0 ? dice_.below(kTags) : tags[i - 1] + 1 + dice_.below(kTags / 4)) % kTags;
      out_ += (i > 0 ? ", \"" : "\"") + numbered("tag-%02zu", tags[i] + 1) + "\"";
    }
    out_ += "]\n+++\n\n";
  }

  void heading(std::string_view marks) {
    out_ += marks;
    title_words(3);
    out_ += "\n\n";
  }

  void sentence() {
    title_words(5 + dice_.below(6));
    switch (dice_.below(6)) {
      case 0:
        out_ += " **";
        words(2);
        out_ += "**";
        break;
      case 1:
        out_ += " *";
        words(1);
        out_ += "*";
        break;
      case 2:
        out_ += " `";
        words(1);
        out_ += "()`";
        break;
      default:
        out_ += ", ";
        words(4);
    }
    out_ += '.';
  }

  void paragraph(std::size_t sentences, bool with_link) {
    for (std::size_t i = 0; i < sentences; ++i) {
      sentence();
      out_ += i + 1 == sentences && !with_link ? '\n' : i % 2 == 1 ? '\n' : ' ';
    }
    if (with_link) {
      out_ += "See [";
      words(2);
      out_ += "](" + link() + ").\n";
    }
    out_ += '\n';
  }

  // To a page of the same section mostly, and to any page else.
  std::string link() {
    const std::size_t section = page_ / kSectionSize;
    const std::size_t first = section * kSectionSize;
    const std::size_t size = std::min(kSectionSize, pages_ - first);
    const bool far = dice_.below(4) == 0;
    const std::size_t target = far ? dice_.below(pages_) : first + dice_.below(size);
    const std::size_t target_section = target / kSectionSize;
    std::string path = reader_ == Reader::hugo ? "../" : "";  // a page is a folder there
    if (target_section != section) path += "../" + section_name(target_section) + "/";
    path += page_name(target) + (reader_ == Reader::hugo ? "/" : ".md");
    return dice_.below(2) == 0 ? path + "#what-it-costs" : path;
  }

  void list(std::string_view mark, std::size_t items) {
    for (std::size_t i = 0; i < items; ++i) {
      out_ += mark;
      title_words(4 + dice_.below(6));
      out_ += '\n';
    }
    out_ += '\n';
  }

  void table(std::size_t rows) {
    out_ += "| What | Where | How many |\n|---|---|--:|\n";
    for (std::size_t i = 0; i < rows; ++i) {
      out_ += "| ";
      words(2);
      out_ += " | ";
      words(3);
      out_ += " | " + std::to_string(dice_.below(1000)) + " |\n";
    }
    out_ += '\n';
  }

  void code(std::size_t lines) {
    out_ += "```cpp\n";
    for (std::size_t i = 0; i < lines; ++i) {
      out_ += "  if (";
      out_ += word();
      out_ += "[" + std::to_string(dice_.below(100)) + "] < ";
      out_ += word();
      out_ += " && ";
      out_ += word();
      out_ += ") return \"";
      out_ += word();
      out_ += "\";\n";
    }
    out_ += "```\n\n";
  }

  std::size_t page_;
  std::size_t pages_;
  Reader reader_;
  Dice dice_;
  std::string out_;
};

void write_file(const std::filesystem::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

std::filesystem::path page_path(std::size_t page) {
  return std::filesystem::path(section_name(page / kSectionSize)) / (page_name(page) + ".md");
}

void write_corpus(const std::filesystem::path& folder, std::size_t pages, Reader reader) {
  std::filesystem::create_directories(folder);
  write_file(folder / "_index.md", "+++\ntitle = \"A benchmark\"\n+++\n\nAll pages.\n");
  for (std::size_t page = 0; page < pages; ++page) {
    const std::filesystem::path path = folder / page_path(page);
    if (page % kSectionSize == 0) {
      std::filesystem::create_directory(path.parent_path());
      write_file(path.parent_path() / "_index.md", "+++\ntitle = \"Section " + std::to_string(page / kSectionSize + 1) +
                                                       "\"\n+++\n\nThe pages of this section.\n");
    }
    write_file(path, PageWriter(page, pages, reader).write());
  }
}

}  // namespace bench
