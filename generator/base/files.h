// The file system as the generator needs it: one of the project's seams (STYLE.md, virtual only at the outside).
// DiskFiles is the real one, MemoryFiles is for tests and for what never touches a disk.
// All functions report failure as a std::error_code (std::generic_category or std::system_category) and throw nothing.
// All are safe to call from several threads for different paths.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace hardtop {

enum class FileKind {
  file,
  escape,   // a symbolic link whose target is outside the folder that was listed
  broken,   // a symbolic link without a target, or one that leads back to a folder above itself
  special,  // a socket, device or pipe
  locked,   // a folder that this user may not list
};

struct FileEntry {
  std::string path;  // relative to the listed folder, '/' between parts
  FileKind kind = FileKind::file;
};

enum class WriteResult { unchanged, changed, created };

// What tells that a file is as it was, without reading it.
struct FileStamp {
  // Equal ones: it has not been written in between, but through a mapping (mmap) that was open already. 0: there is no file.
  std::uint64_t value = 0;
  // Whether every write from now on changes the value. Not for a file that is being written, or was a moment ago: see is_settled.
  bool is_settled = true;
};

// Whether what is read of a file from `now` on is all that was written at `changed`, the time of its last change: a file system tells
// times in steps, so one more write may leave them as they are, and sets them when a write begins. All times in nanoseconds since 1970,
// `modified` the time that programs may set; `size` in bytes.
[[nodiscard]] bool is_settled(std::int64_t changed, std::int64_t modified, std::uint64_t size, std::int64_t now);

// What write() will probably find.
enum class Expected { any, no_file };

// Held until it is destroyed.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

class Files {
 public:
  virtual ~Files() = default;

  // Reads a whole file into `out`. A folder is std::errc::is_a_directory, a device that does not end
  // std::errc::file_too_large.
  [[nodiscard]] virtual std::error_code read(const std::string& path, std::string& out) const = 0;

  // Reads the first `size` bytes of a file into `out`, or all of it where it has fewer.
  [[nodiscard]] virtual std::error_code read_head(const std::string& path, std::size_t size, std::string& out) const;

  // Of a folder: any value but 0.
  [[nodiscard]] virtual FileStamp stamp(const std::string& path) const;

  // All files below `folder`, sorted by path, symbolic links followed where they stay inside. Names that begin with '.'
  // are left out, but for those that hosts ask for (is_listed_name), and so are names that editors and patch(1) give to copies. A missing folder
  // is an empty list; a symbolic link without a target is std::errc::no_such_file_or_directory.
  [[nodiscard]] virtual std::error_code list(const std::string& folder, std::vector<FileEntry>& out) const = 0;

  // Writes only when the content differs, in place (DEPENDENCIES.md: a temporary file and a rename costs ten times as
  // much); makes missing parent folders. `expected` only saves asking the disk for what is not there.
  [[nodiscard]] virtual std::error_code write(const std::string& path, std::string_view bytes, WriteResult& result,
                                              Expected expected = Expected::any) = 0;

  // Removes a file; that it is not there is no error.
  [[nodiscard]] virtual std::error_code remove(const std::string& path) = 0;

  // Removes `folder` and its parents up to, but without, `top`, as long as they are empty. Never fails.
  virtual void remove_empty_folders(const std::string& folder, const std::string& top) = 0;

  // Makes the file and its folders where they are missing, and takes the lock of this path. Where another process holds
  // it, calls `on_wait` once and waits. A process that dies lets go of it, one that is stopped does not.
  [[nodiscard]] virtual std::error_code lock(const std::string& path, const std::function<void()>& on_wait,
                                             std::unique_ptr<FileLock>& out) = 0;

  [[nodiscard]] virtual bool is_file(const std::string& path) const = 0;
  [[nodiscard]] virtual bool is_folder(const std::string& path) const = 0;
};

class DiskFiles final : public Files {
 public:
  [[nodiscard]] std::error_code read(const std::string& path, std::string& out) const override;
  [[nodiscard]] std::error_code read_head(const std::string& path, std::size_t size, std::string& out) const override;
  [[nodiscard]] FileStamp stamp(const std::string& path) const override;
  [[nodiscard]] std::error_code list(const std::string& folder, std::vector<FileEntry>& out) const override;
  [[nodiscard]] std::error_code write(const std::string& path, std::string_view bytes, WriteResult& result,
                                      Expected expected = Expected::any) override;
  [[nodiscard]] std::error_code remove(const std::string& path) override;
  [[nodiscard]] std::error_code lock(const std::string& path, const std::function<void()>& on_wait,
                                     std::unique_ptr<FileLock>& out) override;
  void remove_empty_folders(const std::string& folder, const std::string& top) override;
  [[nodiscard]] bool is_file(const std::string& path) const override;
  [[nodiscard]] bool is_folder(const std::string& path) const override;
};

class MemoryFiles final : public Files {
 public:
  MemoryFiles() = default;
  MemoryFiles(std::initializer_list<std::pair<const std::string, std::string>> files) : files_(files) {}
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  [[nodiscard]] std::error_code read(const std::string& path, std::string& out) const override;
  [[nodiscard]] std::error_code list(const std::string& folder, std::vector<FileEntry>& out) const override;
  [[nodiscard]] std::error_code write(const std::string& path, std::string_view bytes, WriteResult& result,
                                      Expected expected = Expected::any) override;
  [[nodiscard]] std::error_code remove(const std::string& path) override;
  [[nodiscard]] std::error_code lock(const std::string&, const std::function<void()>&,
                                     std::unique_ptr<FileLock>&) override {
    return {};  // one process
  }
  void remove_empty_folders(const std::string&, const std::string&) override {}
  [[nodiscard]] bool is_file(const std::string& path) const override;
  [[nodiscard]] bool is_folder(const std::string& path) const override;

  // Makes every later access to `path` fail with `code`, as a full disk or a vanished file does.
  void fail_on_read(const std::string& path, std::errc code) { read_failures_[path] = code; }
  void fail_on_write(const std::string& path, std::errc code) { write_failures_[path] = code; }
  // A listed entry that is no file: kind escape, broken or special.
  void add_entry(const std::string& path, FileKind kind) { entries_[path] = kind; }

  [[nodiscard]] std::map<std::string, std::string> snapshot() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> files_;
  std::map<std::string, std::errc> read_failures_, write_failures_;
  std::map<std::string, FileKind> entries_;
};

// Whether list() shows a file or folder of this name. Of those that begin with '.', what hosts are given: .well-known (RFC 8615),
// .htaccess (Apache), .nojekyll (GitHub Pages).
[[nodiscard]] bool is_listed_name(std::string_view name);

}  // namespace hardtop
