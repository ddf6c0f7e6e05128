#include "base/file_trace.h"

#include <atomic>
#include <charconv>
#include <iterator>

#include "base/hash.h"
#include "base/parallel.h"

namespace hardtop {

namespace {

constexpr std::size_t kDigits = 16;
constexpr std::size_t kPathAt = 2 + kDigits + 1;  // in a line
constexpr std::size_t kFilesAtOnce = 128;

std::uint64_t hash_list(const std::error_code& error, const std::vector<FileEntry>& entries) {
  std::string all = std::to_string(error.value());
  for (const FileEntry& entry : entries) {
    all.push_back('\0');
    all.push_back(static_cast<char>('0' + static_cast<int>(entry.kind)));
    all.append(entry.path);
  }
  return hash64(all);
}

std::uint64_t hash_content(const std::error_code& error, std::string_view bytes) {
  return error ? static_cast<std::uint64_t>(error.value()) : hash64(bytes);
}

// FileTrace::text has a line a path.
bool has_line_break(const std::string& path) { return path.find('\n') != std::string::npos; }

}  // namespace

bool FileTrace::holds(const Files& files, unsigned jobs) const {
  std::atomic<bool> same{true};
  for_each_index(
      asked_.size(), jobs,
      [&](std::size_t i) {
        if (!same.load(std::memory_order_relaxed)) return;
        const Asked& asked = asked_[i];
        std::uint64_t answer = 0;
        std::vector<FileEntry> entries;
        switch (asked.question) {
          case Question::content:
            answer = files.stamp(asked.path).value;
            break;
          case Question::list: {
            const std::error_code error = files.list(asked.path, entries);
            answer = hash_list(error, entries);
            break;
          }
          case Question::is_file:
            answer = files.is_file(asked.path) ? 1 : 0;
            break;
          case Question::is_folder:
            answer = files.is_folder(asked.path) ? 1 : 0;
            break;
        }
        if (answer != asked.answer) same.store(false, std::memory_order_relaxed);
      },
      kFilesAtOnce);
  return same.load();
}

std::string FileTrace::text() const {
  std::string out;
  for (const Asked& asked : asked_) {
    char digits[kDigits];
    const char* const end = std::to_chars(std::begin(digits), std::end(digits), asked.answer, 16).ptr;
    const auto length = static_cast<std::size_t>(end - digits);
    out.push_back(static_cast<char>(asked.question));
    out.push_back(' ');
    out.append(kDigits - length, '0').append(digits, length);
    out.append(" ").append(asked.path).append("\n");
  }
  return out;
}

std::optional<FileTrace> FileTrace::parse(std::string_view text) {
  FileTrace trace;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end < kPathAt) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    std::uint64_t answer = 0;
    const char* const digits_end = line.data() + kPathAt - 1;
    const auto [stop, error] = std::from_chars(line.data() + 2, digits_end, answer, 16);
    if (std::string_view("clfd").find(line[0]) == std::string_view::npos || line[1] != ' ' || error != std::errc() ||
        stop != digits_end || *digits_end != ' ')
      return std::nullopt;
    trace.add(static_cast<Question>(line[0]), std::string(line.substr(kPathAt)), answer);
  }
  return trace;
}

void TracedFiles::note(FileTrace::Question question, const std::string& path, std::uint64_t answer) const {
  const std::lock_guard lock(mutex_);
  is_sound_ = is_sound_ && !has_line_break(path);
  trace_.add(question, path, answer);
}

void TracedFiles::note_content(const std::string& path, const FileStamp& before, std::size_t size,
                               const std::error_code& error, const std::string& bytes) const {
  if (before.value == 0 && !error) {  // it has come in between, and may be gone again
    const std::lock_guard lock(mutex_);
    is_sound_ = false;
    return;
  }
  if (before.is_settled) return note(FileTrace::Question::content, path, before.value);
  const std::uint64_t hash = hash_content(error, bytes);
  const std::lock_guard lock(mutex_);
  is_sound_ = is_sound_ && !has_line_break(path);
  young_.push_back({path, size, hash});
}

std::error_code TracedFiles::read(const std::string& path, std::string& out) const {
  const FileStamp before = files_.stamp(path);
  const std::error_code error = files_.read(path, out);
  note_content(path, before, std::string::npos, error, out);
  return error;
}

std::error_code TracedFiles::read_head(const std::string& path, std::size_t size, std::string& out) const {
  const FileStamp before = files_.stamp(path);
  const std::error_code error = files_.read_head(path, size, out);
  note_content(path, before, size, error, out);
  return error;
}

FileStamp TracedFiles::stamp(const std::string& path) const {
  const FileStamp answer = files_.stamp(path);
  note(FileTrace::Question::content, path, answer.value);
  return answer;
}

std::error_code TracedFiles::list(const std::string& folder, std::vector<FileEntry>& out) const {
  const std::error_code error = files_.list(folder, out);
  note(FileTrace::Question::list, folder, hash_list(error, out));
  return error;
}

std::error_code TracedFiles::write(const std::string& path, std::string_view bytes, WriteResult& result,
                                   Expected expected) {
  return files_.write(path, bytes, result, expected);
}

std::error_code TracedFiles::remove(const std::string& path) { return files_.remove(path); }

void TracedFiles::remove_empty_folders(const std::string& folder, const std::string& top) {
  files_.remove_empty_folders(folder, top);
}

std::error_code TracedFiles::lock(const std::string& path, const std::function<void()>& on_wait,
                                  std::unique_ptr<FileLock>& out) {
  return files_.lock(path, on_wait, out);
}

bool TracedFiles::is_file(const std::string& path) const {
  const bool answer = files_.is_file(path);
  note(FileTrace::Question::is_file, path, answer ? 1 : 0);
  return answer;
}

bool TracedFiles::is_folder(const std::string& path) const {
  const bool answer = files_.is_folder(path);
  note(FileTrace::Question::is_folder, path, answer ? 1 : 0);
  return answer;
}

std::optional<FileTrace> TracedFiles::trace() const {
  const std::lock_guard lock(mutex_);
  if (!is_sound_) return std::nullopt;
  FileTrace out = trace_;
  std::string bytes;
  for (const Young& young : young_) {
    const FileStamp stamp = files_.stamp(young.path);
    const std::error_code error = young.size == std::string::npos ? files_.read(young.path, bytes)
                                                                  : files_.read_head(young.path, young.size, bytes);
    if (!stamp.is_settled || hash_content(error, bytes) != young.hash) return std::nullopt;
    out.add(FileTrace::Question::content, young.path, stamp.value);
  }
  return out;
}

}  // namespace hardtop
