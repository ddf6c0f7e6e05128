// cmark-gfm as packaged cannot be used from two threads: while it parses, it adds the extensions' special characters to
// a global table and takes them out again. The linker replaces those two functions (--wrap, CMakeLists.txt) by ours:
// the characters are added once, before any document is parsed, and stay. Its arena allocator is a global, too; ours is
// the thread's own.
#include "content/cmark_document.h"

#include <cmark-gfm/inlines.h>
#include <cmark-gfm/parser.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

extern "C" {
void __real_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_remove_special_character(unsigned char c, bool emphasis);
}

namespace hardtop {

namespace {

// True only while prepare_markdown runs, which std::call_once orders before everything else.
bool adding_characters = false;

}  // namespace

}  // namespace hardtop

void __wrap_cmark_inlines_add_special_character(unsigned char c, bool emphasis) {
  if (hardtop::adding_characters) __real_cmark_inlines_add_special_character(c, emphasis);
}
void __wrap_cmark_inlines_remove_special_character(unsigned char, bool) {}

namespace hardtop {

namespace {

// Memory that is handed out forwards and taken back all at once. Every block is preceded by its size, because cmark's
// realloc does not name it.
class Arena {
 public:
  void* allocate(std::size_t size) {
    size = (size + sizeof(std::size_t) - 1) & ~(sizeof(std::size_t) - 1);
    if (size == sizeof(cmark_node) && free_nodes_) return std::exchange(free_nodes_, next_of(free_nodes_));
    const std::size_t needed = size + sizeof(std::size_t);
    if (chunks_.empty() || chunks_[chunk_].size - used_ < needed) next_chunk(needed);
    char* const at = chunks_[chunk_].memory.get() + used_;
    std::memcpy(at, &size, sizeof size);
    used_ += needed;
    last_ = at + sizeof size;
    return last_;
  }
  void* reallocate(void* block, std::size_t size) {
    if (!block) return allocate(size);
    const std::size_t old_size = size_of(block);
    if (size <= old_size) return block;
    if (block == last_) take_back(old_size);  // grows in place, where the chunk has room: the copy is then to itself
    void* const grown = allocate(size);
    std::memmove(grown, block, old_size);
    return grown;
  }
  void free(void* block) {
    if (!block) return;
    if (block == last_) {
      take_back(size_of(block));
    } else if (size_of(block) == sizeof(cmark_node)) {
      // Every special character begins a node of text, and most are joined and freed again.
      std::memcpy(block, &free_nodes_, sizeof free_nodes_);
      free_nodes_ = block;
    }
  }

  [[nodiscard]] std::size_t chunk() const { return chunk_; }
  [[nodiscard]] std::size_t used() const { return used_; }
  // Takes back everything since chunk() and used() had these values.
  void release(std::size_t chunk, std::size_t used) {
    chunk_ = chunk;
    used_ = used;
    last_ = free_nodes_ = nullptr;
    if (chunk == 0 && used == 0) trim();
  }

 private:
  struct Chunk {
    std::unique_ptr<char[]> memory;
    std::size_t size = 0;
  };
  static constexpr std::size_t kFirstChunk = std::size_t{128} << 10;
  static constexpr std::size_t kLargestChunk = std::size_t{8} << 20;

  static std::size_t size_of(void* block) {
    std::size_t size;
    std::memcpy(&size, static_cast<char*>(block) - sizeof size, sizeof size);
    return size;
  }
  static void* next_of(void* free_node) {
    void* next;
    std::memcpy(&next, free_node, sizeof next);
    return next;
  }
  // Keeps what most documents need; a large one must not cost its memory for good.
  void trim() {
    constexpr std::size_t kKept = std::size_t{1} << 20;
    std::size_t kept = 0, total = 0;
    while (kept < chunks_.size() && (total += chunks_[kept].size) <= kKept) ++kept;
    chunks_.resize(kept);
  }
  void take_back(std::size_t size) {
    used_ -= size + sizeof(std::size_t);
    last_ = nullptr;
  }
  void next_chunk(std::size_t needed) {
    const std::size_t next = chunks_.empty() ? 0 : chunk_ + 1;
    if (next == chunks_.size() || chunks_[next].size < needed) {
      chunks_.resize(next);  // what follows is too small
      const std::size_t grown = chunks_.empty() ? kFirstChunk : std::min(chunks_.back().size * 2, kLargestChunk);
      const std::size_t size = std::max(grown, needed);
      chunks_.push_back({std::unique_ptr<char[]>(new (std::nothrow) char[size]), size});
      if (!chunks_.back().memory) {  // cmark has no way to say so
        std::fputs("hardtop: out of memory\n", stderr);
        std::abort();
      }
    }
    chunk_ = next;
    used_ = 0;
  }

  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0, used_ = 0;
  void* last_ = nullptr;        // the block that was handed out last, while nothing was taken back
  void* free_nodes_ = nullptr;  // blocks of a node's size, each holding the address of the next
};

thread_local Arena arena;

cmark_mem arena_functions = {
    [](std::size_t count, std::size_t size) -> void* {
      void* const block = arena.allocate(count * size);
      std::memset(block, 0, count * size);
      return block;
    },
    [](void* block, std::size_t size) -> void* { return arena.reallocate(block, size); },
    [](void* block) { arena.free(block); },
};

struct Extensions {
  cmark_syntax_extension *table, *strikethrough, *autolink, *tasklist;
};
Extensions extensions{};

bool is_word_byte(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Whether the autolink extension, which costs a third of the whole parse, could find anything.
bool may_have_autolinks(std::string_view text) {
  if (text.find("://") != std::string_view::npos || text.find("www.") != std::string_view::npos) return true;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && !is_space(text[at - 1]) && at + 1 < text.size() &&
        is_word_byte(static_cast<unsigned char>(text[at + 1]))) {
      return true;
    }
  }
  return false;
}

// The extension takes quadratic time on words and lines with many candidates in them ("www.a_www.a_…"): nobody writes
// these, and what generates them wants no links.
bool autolinks_are_cheap(std::string_view text) {
  constexpr std::size_t kSmall = 8 << 10, kSteps = 20'000'000;
  if (text.size() < kSmall) return true;
  std::size_t word_begin = 0, word_hits = 0, line_begin = 0, line_hits = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : '\n';
    if (is_space(c)) {
      if (word_hits * (at - word_begin) > kSteps) return false;
      word_begin = at + 1;
      word_hits = 0;
      if (c == '\n' || c == '\r') {
        if (line_hits * (at - line_begin) > kSteps) return false;
        line_begin = at + 1;
        line_hits = 0;
      }
    } else if (c == '.' || c == ':' || c == ')' || c == '@') {
      ++word_hits;
      if (c == '@') ++line_hits;
    }
  }
  return true;
}

// A table needs a delimiter row, and that needs a '|' or (with one column) a ':' beside a '-'.
bool may_have_tables(std::string_view text) {
  return text.find('|') != std::string_view::npos || text.find(":-") != std::string_view::npos ||
         text.find("-:") != std::string_view::npos;
}

// Short rows are filled up to the width of the table's head: a wide head above many short lines would take gigabytes.
bool tables_are_cheap(std::string_view text) {
  constexpr std::size_t kSmall = 2 << 10, kCells = 100'000;
  if (text.size() < kSmall) return true;
  std::size_t widest = 0, width = 0, line_begin = 0;
  for (std::size_t at = text.find('|'); at != std::string_view::npos; at = text.find('|', at + 1)) {
    if (text.substr(line_begin, at - line_begin).find('\n') != std::string_view::npos) width = 0;
    line_begin = at;
    widest = std::max(widest, ++width);
  }
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return widest * lines <= kCells + 4 * text.size();
}

}  // namespace

void prepare_markdown() {
  static std::once_flag once;
  std::call_once(once, [] {
    cmark_gfm_core_extensions_ensure_registered();
    extensions = {cmark_find_syntax_extension("table"), cmark_find_syntax_extension("strikethrough"),
                  cmark_find_syntax_extension("autolink"), cmark_find_syntax_extension("tasklist")};
    const std::size_t chunk = arena.chunk(), used = arena.used();
    cmark_parser* const parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &arena_functions);
    cmark_parser_attach_syntax_extension(parser, extensions.strikethrough);
    cmark_parser_attach_syntax_extension(parser, extensions.autolink);
    adding_characters = true;
    cmark_manage_extensions_special_characters(parser, 1);
    adding_characters = false;
    arena.release(chunk, used);
  });
}

namespace cmark {

Document::Document(std::string_view text, const MarkdownOptions& options)
    : mark_chunk_(arena.chunk()), mark_used_(arena.used()) {
  const int flags = CMARK_OPT_DEFAULT | (options.smart_punctuation ? CMARK_OPT_SMART : 0) |
                    (options.footnotes ? CMARK_OPT_FOOTNOTES : 0);
  cmark_parser* const parser = cmark_parser_new_with_mem(flags, &arena_functions);
  if (options.tables && may_have_tables(text) && tables_are_cheap(text)) {
    cmark_parser_attach_syntax_extension(parser, extensions.table);
  }
  if (options.strikethrough) cmark_parser_attach_syntax_extension(parser, extensions.strikethrough);
  if (options.autolinks && may_have_autolinks(text) && autolinks_are_cheap(text)) {
    cmark_parser_attach_syntax_extension(parser, extensions.autolink);
  }
  if (options.task_lists) cmark_parser_attach_syntax_extension(parser, extensions.tasklist);
  cmark_parser_feed(parser, text.data(), text.size());
  root_ = cmark_parser_finish(parser);
  // Neither parser nor tree is freed: the arena takes both back.
}

Document::~Document() { arena.release(mark_chunk_, mark_used_); }

cmark_chunk Document::keep(std::string_view text) const {
  auto* const copy = static_cast<unsigned char*>(arena.allocate(text.size() + 1));
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = 0;
  return {copy, static_cast<bufsize_t>(text.size()), 0};
}

std::string unescape_url(std::string_view raw) {
  const std::size_t chunk = arena.chunk(), used = arena.used();
  // cmark takes what it reads as writable, and does not write.
  cmark_chunk url{reinterpret_cast<unsigned char*>(const_cast<char*>(raw.data())), static_cast<bufsize_t>(raw.size()),
                  0};
  const cmark_chunk clean = cmark_clean_url(&arena_functions, &url);
  std::string result(view(clean));
  arena.release(chunk, used);
  return result;
}

}  // namespace cmark

}  // namespace hardtop
