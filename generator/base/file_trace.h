// What a piece of work asked the file system, and what it was told: as long as all answers are the same, so is what the work makes of
// them. (A verifying trace: Mokhov, Mitchell, Peyton Jones, "Build systems à la carte", 2018.)
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace hardtop {

class FileTrace {
 public:
  enum class Question : char { content = 'c', list = 'l', is_file = 'f', is_folder = 'd' };

  void add(Question question, const std::string& path, std::uint64_t answer) {
    asked_.push_back({question, path, answer});
  }

  // Whether `files` answers as it did. Contents are told by their stamps: nothing is read but folders. On `jobs` threads, as in
  // parallel.h.
  [[nodiscard]] bool holds(const Files& files, unsigned jobs) const;

  // A line a question: "c 0011223344556677 PATH", the answer in hexadecimal digits.
  [[nodiscard]] std::string text() const;
  // Nothing for what is not such a text.
  [[nodiscard]] static std::optional<FileTrace> parse(std::string_view text);

 private:
  struct Asked {
    Question question;
    std::string path;
    std::uint64_t answer;
  };
  std::vector<Asked> asked_;
};

// Hands everything on to other files, and keeps what was asked. What is written is not: the work must not read it.
class TracedFiles final : public Files {
 public:
  explicit TracedFiles(Files& files) : files_(files) {}

  [[nodiscard]] std::error_code read(const std::string& path, std::string& out) const override;
  [[nodiscard]] std::error_code read_head(const std::string& path, std::size_t size, std::string& out) const override;
  [[nodiscard]] FileStamp stamp(const std::string& path) const override;
  [[nodiscard]] std::error_code list(const std::string& folder, std::vector<FileEntry>& out) const override;
  [[nodiscard]] std::error_code write(const std::string& path, std::string_view bytes, WriteResult& result,
                                      Expected expected = Expected::any) override;
  [[nodiscard]] std::error_code remove(const std::string& path) override;
  void remove_empty_folders(const std::string& folder, const std::string& top) override;
  [[nodiscard]] std::error_code lock(const std::string& path, const std::function<void()>& on_wait,
                                     std::unique_ptr<FileLock>& out) override;
  [[nodiscard]] bool is_file(const std::string& path) const override;
  [[nodiscard]] bool is_folder(const std::string& path) const override;

  // Files that were written an instant before they were read are read once more, to see that they have not been since. Nothing where one
  // has, or is still too young to tell, or where a path has a line break.
  [[nodiscard]] std::optional<FileTrace> trace() const;

 private:
  // A file that was read while its stamp was not settled.
  struct Young {
    std::string path;
    std::size_t size;  // bytes from its start, at most, that were asked for
    std::uint64_t hash;
  };

  void note(FileTrace::Question question, const std::string& path, std::uint64_t answer) const;
  // `before`: its stamp before it was read, so that what is written in between has another one.
  void note_content(const std::string& path, const FileStamp& before, std::size_t size, const std::error_code& error,
                    const std::string& bytes) const;

  Files& files_;
  mutable std::mutex mutex_;
  mutable FileTrace trace_;
  mutable std::vector<Young> young_;
  mutable bool is_sound_ = true;
};

}  // namespace hardtop
