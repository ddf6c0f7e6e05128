// cmark-gfm as packaged cannot be used from two threads: while it parses, it adds the extensions' special characters to
// a global table and takes them out again. The linker replaces those two functions (--wrap, CMakeLists.txt) by ours:
// '~' is added once, before any document is parsed, and stays; the others are there as long as anybody needs them. Its
// arena allocator is a global, too; ours is the thread's own.
#include "content/cmark_document.h"

#include <cmark-gfm/inlines.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "content/markdown_needs.h"
#include "content/plain_inlines.h"

extern "C" {
void __real_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __real_cmark_inlines_remove_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_add_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_inlines_remove_special_character(unsigned char c, bool emphasis);
void __wrap_cmark_consolidate_text_nodes(cmark_node* root);
void __real_cmark_parse_inlines(cmark_parser* parser, cmark_node* block, cmark_map* references, int options);
void __wrap_cmark_parse_inlines(cmark_parser* parser, cmark_node* block, cmark_map* references, int options);
const char* __real_cmark_node_get_string_content(cmark_node* paragraph);
const char* __wrap_cmark_node_get_string_content(cmark_node* paragraph);
void __real_cmark_utf8proc_encode_char(std::int32_t codepoint, cmark_strbuf* to);
void __wrap_cmark_utf8proc_encode_char(std::int32_t codepoint, cmark_strbuf* to);
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
    if (static_cast<std::size_t>(end_ - at_) < needed) next_chunk(needed);
    std::memcpy(at_, &size, sizeof size);
    last_ = at_ + sizeof size;
    at_ += needed;
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
  [[nodiscard]] std::size_t used() const {
    return chunks_.empty() ? 0 : static_cast<std::size_t>(at_ - chunks_[chunk_].memory.get());
  }
  // Takes back everything since chunk() and used() had these values.
  void release(std::size_t chunk, std::size_t used) {
    last_ = free_nodes_ = nullptr;
    if (chunk == 0 && used == 0) trim();
    begin_chunk(chunk, used);
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
    at_ -= size + sizeof(std::size_t);
    last_ = nullptr;
  }
  void begin_chunk(std::size_t chunk, std::size_t used) {
    chunk_ = chunk;
    if (chunks_.empty()) {
      at_ = end_ = nullptr;
      return;
    }
    at_ = chunks_[chunk].memory.get() + used;
    end_ = chunks_[chunk].memory.get() + chunks_[chunk].size;
  }
  [[gnu::noinline]] void next_chunk(std::size_t needed) {
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
    begin_chunk(next, 0);
  }

  std::vector<Chunk> chunks_;
  std::size_t chunk_ = 0;
  char *at_ = nullptr, *end_ = nullptr;  // what is free of it
  void* last_ = nullptr;                 // the block that was handed out last, while nothing was taken back
  void* free_nodes_ = nullptr;           // blocks of a node's size, each holding the address of the next
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

// Bytes that the table extension may still read of the paragraphs above what looks like a table's delimiter row.
thread_local std::size_t readable_above_tables = 0;

struct Extensions {
  cmark_syntax_extension *table, *strikethrough, *autolink, *tasklist;
};
Extensions extensions{};

// Whether blocks of the document that is being parsed may be too costly to look for links in.
thread_local bool judges_blocks = false;

bool is_too_costly_to_link(const cmark_node* block) {
  return judges_blocks && !autolinks_are_cheap({reinterpret_cast<const char*>(block->content.ptr),
                                                static_cast<std::size_t>(block->content.size)});
}

// The part of the autolink extension that goes through all texts when the tree is done, for addresses of mail.
cmark_postprocess_func link_mail_below = nullptr;

cmark_node* link_mail(cmark_syntax_extension* autolink, cmark_parser* parser, cmark_node* root) {
  if (!judges_blocks) return link_mail_below(autolink, parser, root);
  cmark::walk(
      root,
      [&](cmark_node* node) {
        const bool has_inlines = node->type == CMARK_NODE_PARAGRAPH || node->type == CMARK_NODE_HEADING ||
                                 node->type == CMARK_NODE_TABLE_CELL;
        if (has_inlines && !is_too_costly_to_link(node)) link_mail_below(autolink, parser, node);
        return !has_inlines;
      },
      [](const cmark_node*) {});
  return nullptr;
}

// A character that is special to cmark while a document is parsed that needs it to be. One that is special ends a text node and
// begins the next, which are joined again later: documents that other threads parse meanwhile come out the same either way.
class SpecialCharacter {
 public:
  explicit SpecialCharacter(unsigned char character) : character_(character) {}
  void acquire() {
    const std::lock_guard lock(mutex_);
    if (users_++ == 0) __real_cmark_inlines_add_special_character(character_, false);
  }
  void release() {
    const std::lock_guard lock(mutex_);
    if (--users_ == 0) __real_cmark_inlines_remove_special_character(character_, false);
  }

 private:
  std::mutex mutex_;
  int users_ = 0;
  const unsigned char character_;
};

// Those at which the autolink extension begins to look. Always special, 'w' would cut English text at every second word.
SpecialCharacter colon(':'), letter_w('w');

class Use {
 public:
  Use(SpecialCharacter& character, bool needed) : character_(needed ? &character : nullptr) {
    if (character_) character_->acquire();
  }
  ~Use() {
    if (character_) character_->release();
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  SpecialCharacter* const character_;
};

// Makes one of `first` and the texts that follow it. Most were cut from one text, and lie side by side in it.
void join_texts(cmark_node* first) {
  const cmark_node* last = first;
  bool adjoin = true;
  bufsize_t size = first->as.literal.len;
  for (const cmark_node* text = first->next; text && text->type == CMARK_NODE_TEXT; text = text->next) {
    adjoin = adjoin && text->as.literal.data == last->as.literal.data + last->as.literal.len;
    size += text->as.literal.len;
    last = text;
  }
  if (last == first) return;
  cmark_chunk& joined = first->as.literal;
  if (!adjoin) {
    auto* const copy = static_cast<unsigned char*>(arena.allocate(static_cast<std::size_t>(size) + 1));
    unsigned char* end = copy;
    for (const cmark_node* text = first;; text = text->next) {
      end = std::copy_n(text->as.literal.data, text->as.literal.len, end);
      if (text == last) break;
    }
    *end = 0;
    joined = {copy, 0, 0};
  }
  joined.len = size;
  first->end_column = last->end_column;
  first->next = last->next;
  (first->next ? first->next->prev : first->parent->last_child) = first;
}

// Gives the parser a text. cmark looks for the ends of lines byte by byte, and longer than it takes to read most lines; here
// they are laid where it keeps a line whose end it has not seen yet, and it gets to see nothing but the end.
void feed(cmark_parser* parser, std::string_view text) {
  if (text.find('\r') == std::string_view::npos && text.find('\0') == std::string_view::npos) {
    const cmark_strbuf own = parser->linebuf;
    for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1)) {
      // A capacity of 0: it is not cmark's to write to.
      auto* const line = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
      parser->linebuf = {own.mem, line, 0, static_cast<bufsize_t>(end)};
      cmark_parser_feed(parser, text.data() + end, 1);
    }
    parser->linebuf = own;
  }
  if (!text.empty()) cmark_parser_feed(parser, text.data(), text.size());
}

}  // namespace

void prepare_markdown() {
  static std::once_flag once;
  std::call_once(once, [] {
    cmark_gfm_core_extensions_ensure_registered();
    extensions = {cmark_find_syntax_extension("table"), cmark_find_syntax_extension("strikethrough"),
                  cmark_find_syntax_extension("autolink"), cmark_find_syntax_extension("tasklist")};
    link_mail_below = extensions.autolink->postprocess_func;
    cmark_syntax_extension_set_postprocess_func(extensions.autolink, link_mail);
    const std::size_t chunk = arena.chunk(), used = arena.used();
    cmark_parser* const parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, &arena_functions);
    cmark_parser_attach_syntax_extension(parser, extensions.strikethrough);
    adding_characters = true;
    cmark_manage_extensions_special_characters(parser, 1);
    adding_characters = false;
    arena.release(chunk, used);
  });
}

namespace cmark {

Document::Document(std::string_view text, const MarkdownOptions& options)
    : mark_chunk_(arena.chunk()), mark_used_(arena.used()) {
  constexpr std::size_t kMoreThanOnce = 1 << 20;
  readable_above_tables = text.size() + kMoreThanOnce;
  const MarkdownNeeds needs = needs_of(text);
  const int flags = CMARK_OPT_DEFAULT | (options.smart_punctuation ? CMARK_OPT_SMART : 0) |
                    (options.footnotes && needs.footnotes ? CMARK_OPT_FOOTNOTES : 0);
  cmark_parser* const parser = cmark_parser_new_with_mem(flags, &arena_functions);
  const auto attach = [parser](bool wanted, bool needed, cmark_syntax_extension* extension) {
    if (wanted && needed) cmark_parser_attach_syntax_extension(parser, extension);
  };
  // The first, so that what is behind it in the parser's list are the others (cmark_parse_inlines below).
  const bool links = options.autolinks && (needs.url_links || needs.www_links || needs.mail_links);
  if (links) cmark_parser_attach_syntax_extension(parser, extensions.autolink);
  judges_blocks = links && needs.costly_links;
  attach(options.tables, needs.tables, extensions.table);
  attach(options.strikethrough, needs.strikethrough, extensions.strikethrough);
  attach(options.task_lists, needs.task_lists, extensions.tasklist);
  const Use of_colon(colon, options.autolinks && needs.url_links), of_w(letter_w, options.autolinks && needs.www_links);
  feed(parser, text);
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

// cmark's own copies every text that is cut in two, and takes several calls for every node that it passes.
void __wrap_cmark_consolidate_text_nodes(cmark_node* root) {
  if (!root) return;
  hardtop::cmark::walk(
      root,
      [](cmark_node* node) {
        if (node->type == CMARK_NODE_TEXT) hardtop::join_texts(node);
        return true;
      },
      [](const cmark_node*) {});
}

void __wrap_cmark_parse_inlines(cmark_parser* parser, cmark_node* block, cmark_map* references, int options) {
  const bool is_bare = !parser->inline_syntax_extensions && (options & CMARK_OPT_SMART) == 0;
  if (is_bare && hardtop::parse_plain_inlines(parser->mem, block)) return;
  cmark_llist* const all = parser->inline_syntax_extensions;
  if (hardtop::is_too_costly_to_link(block)) parser->inline_syntax_extensions = all->next;  // without autolinks
  __real_cmark_parse_inlines(parser, block, references, options);
  parser->inline_syntax_extensions = all;
}

// Of the references &#xFFFE; and &#xFFFF; cmark's own makes the bytes FE and FF, which are no UTF-8.
void __wrap_cmark_utf8proc_encode_char(std::int32_t codepoint, cmark_strbuf* to) {
  constexpr std::int32_t kReplacement = 0xFFFD;
  const bool is_noncharacter = codepoint == 0xFFFE || codepoint == 0xFFFF;
  __real_cmark_utf8proc_encode_char(is_noncharacter ? kReplacement : codepoint, to);
}

// A paragraph is read for a table's head once, where a table comes after it. A paragraph that has many lines like delimiter
// rows, of which none fits, is read at each of them: that ends before it takes gigabytes, and what follows in it is no table.
const char* __wrap_cmark_node_get_string_content(cmark_node* paragraph) {
  const auto size = static_cast<std::size_t>(paragraph->content.size);
  if (size > hardtop::readable_above_tables) return "";
  hardtop::readable_above_tables -= size;
  return __real_cmark_node_get_string_content(paragraph);
}
