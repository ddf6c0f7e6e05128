// The same table of behaviour for the disk and for memory, then what only a disk has: links, limits, vanishing files.
#include "base/files.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <limits>
#include <memory>

#include "base/paths.h"
#include "support/temp_folder.h"

using namespace hardtop;

namespace {

std::string read_or_error(const Files& files, const std::string& path) {
  std::string text;
  const std::error_code error = files.read(path, text);
  return error ? "error: " + error.message() : text;
}

std::string write_or_error(Files& files, const std::string& path, std::string_view bytes) {
  WriteResult result{};
  if (const std::error_code error = files.write(path, bytes, result)) return "error: " + error.message();
  return result == WriteResult::created ? "created" : result == WriteResult::changed ? "changed" : "unchanged";
}

std::string kind_text(FileKind kind) {
  switch (kind) {
    case FileKind::file:
      return "file";
    case FileKind::escape:
      return "escape";
    case FileKind::broken:
      return "broken";
    case FileKind::special:
      return "special";
    case FileKind::locked:
      return "locked";
  }
  return "?";
}

std::string listing(const Files& files, const std::string& folder) {
  std::vector<FileEntry> entries;
  if (const std::error_code error = files.list(folder, entries)) return "error: " + error.message();
  std::string text;
  for (const FileEntry& entry : entries) {
    text += entry.path + " " + kind_text(entry.kind) + "\n";
  }
  return text;
}

void check_contract(Files& files, const std::string& top) {
  const auto at = [&](const std::string& name) { return join_path(top, name); };

  // Writing makes folders and says what it did.
  CHECK(write_or_error(files, at("a/b/c.txt"), "one") == "created");
  CHECK(write_or_error(files, at("a/b/c.txt"), "one") == "unchanged");
  CHECK(write_or_error(files, at("a/b/c.txt"), "two") == "changed");
  CHECK(read_or_error(files, at("a/b/c.txt")) == "two");
  CHECK(write_or_error(files, at("a/b/c.txt"), "a longer text") == "changed");
  CHECK(read_or_error(files, at("a/b/c.txt")) == "a longer text");
  CHECK(write_or_error(files, at("a/b/c.txt"), "short") == "changed");
  CHECK(read_or_error(files, at("a/b/c.txt")) == "short");
  CHECK(write_or_error(files, at("empty"), "") == "created");
  CHECK(write_or_error(files, at("empty"), "") == "unchanged");
  CHECK(read_or_error(files, at("empty")).empty());
  CHECK(write_or_error(files, at("nul"), std::string_view("a\0b", 3)) == "created");
  CHECK(read_or_error(files, at("nul")) == std::string_view("a\0b", 3));

  // What is expected is no promise.
  const auto write_unexpected = [&](const std::string& name, std::string_view bytes) {
    WriteResult result = WriteResult::unchanged;
    const std::error_code error = files.write(at(name), bytes, result, Expected::no_file);
    return error ? error.message() : result == WriteResult::created ? "created" : "not created";
  };
  CHECK(write_unexpected("x/y/new", "1") == "created");
  CHECK(write_unexpected("x/y/new", "1") == "not created");
  CHECK(write_unexpected("x/y/new", "22") == "not created");
  CHECK(read_or_error(files, at("x/y/new")) == "22");
  CHECK(write_unexpected("x/y", "1") == "Is a directory");
  CHECK(write_unexpected("x/y/new/z", "1") == "Not a directory");
  CHECK_FALSE(files.remove(at("x/y/new")));

  // Folders are no files and files are no folders.
  CHECK(read_or_error(files, at("a/b")) == "error: Is a directory");
  CHECK(read_or_error(files, at("missing")) == "error: No such file or directory");
  CHECK(write_or_error(files, at("a/b"), "x") == "error: Is a directory");
  CHECK(write_or_error(files, at("empty/x"), "x") == "error: Not a directory");
  CHECK(listing(files, at("empty")) == "error: Not a directory");
  CHECK(files.is_file(at("a/b/c.txt")));
  CHECK_FALSE(files.is_file(at("a/b")));
  CHECK_FALSE(files.is_file(at("missing")));
  CHECK(files.is_folder(at("a/b")));
  CHECK_FALSE(files.is_folder(at("a/b/c.txt")));
  CHECK_FALSE(files.is_folder(at("missing")));

  // Lists are sorted by path as a whole, hidden and editors' files are left out.
  for (const char* name : {"a.b", "a/.git/x", ".hidden", ".htaccess", ".nojekyll", ".well-known/gpc.json", "draft.md~",
                           ".a.swp", "b.swp", "a.md.bak", "a.md.orig", "a.md.rej", "#a.md#", "é.md"}) {
    CHECK(write_or_error(files, at(name), "1") == "created");
  }
  CHECK(listing(files, top) ==
        ".htaccess file\n"
        ".nojekyll file\n"
        ".well-known/gpc.json file\n"
        "a.b file\n"
        "a/b/c.txt file\n"
        "empty file\n"
        "nul file\n"
        "é.md file\n");
  CHECK(listing(files, at("a")) == "b/c.txt file\n");
  CHECK(listing(files, at("a/")) == "b/c.txt file\n");
  CHECK(listing(files, at("missing")).empty());

  // What is not there need not be removed.
  CHECK_FALSE(files.remove(at("a.b")));
  CHECK_FALSE(files.remove(at("a.b")));
  CHECK_FALSE(files.remove(at("empty/x")));
  CHECK_FALSE(files.is_file(at("a.b")));
  CHECK(files.remove(at("a/b")) == std::errc::is_a_directory);

  // Heads are read so far as they go.
  CHECK(write_or_error(files, at("head"), "0123456789") == "created");
  std::string head;
  CHECK_FALSE(files.read_head(at("head"), 4, head));
  CHECK(head == "0123");
  CHECK_FALSE(files.read_head(at("head"), 0, head));
  CHECK(head.empty());
  CHECK_FALSE(files.read_head(at("head"), 1000, head));
  CHECK(head == "0123456789");
  CHECK(files.read_head(at("no-head"), 4, head) == std::errc::no_such_file_or_directory);
  CHECK(files.read_head(top, 4, head) == std::errc::is_a_directory);
  CHECK_FALSE(files.remove(at("head")));
}

}  // namespace

TEST_CASE("the disk reads, lists, writes and removes as the contract says") {
  const TempFolder folder;
  DiskFiles files;
  check_contract(files, folder.path());
}

TEST_CASE("memory reads, lists, writes and removes as the contract says") {
  MemoryFiles files;
  check_contract(files, "top");
}

TEST_CASE("memory fails where it is told to") {
  MemoryFiles files{{"a.md", "text"}};
  files.fail_on_read("a.md", std::errc::io_error);
  files.fail_on_write("b.md", std::errc::no_space_on_device);
  files.add_entry("link.md", FileKind::escape);
  CHECK(read_or_error(files, "a.md") == "error: Input/output error");
  CHECK(write_or_error(files, "b.md", "x") == "error: No space left on device");
  CHECK(listing(files, ".") == "a.md file\nlink.md escape\n");
  CHECK(files.snapshot() == std::map<std::string, std::string>{{"a.md", "text"}});
}

TEST_CASE("links are followed inside the folder and named where they leave it, lead nowhere or go in circles") {
  const TempFolder folder;
  DiskFiles files;
  CHECK(write_or_error(files, folder / "site/real/page.md", "hello") == "created");
  CHECK(write_or_error(files, folder / "site-secret/key", "secret") == "created");
  const auto link = [&](const std::string& target, const std::string& name) {
    REQUIRE(::symlink(target.c_str(), (folder / ("site/" + name)).c_str()) == 0);
  };
  link("real/page.md", "file-inside");
  link("real", "folder-inside");
  link("../site-secret/key", "file-outside");
  link("../site-secret", "folder-outside");
  link("nothing", "dangling");
  link("itself", "itself");
  link(".", "top");
  link("..", "real/above");
  link("../real", "real/again");
  REQUIRE(::mkfifo((folder / "site/pipe").c_str(), 0600) == 0);
  const std::string expected =
      "dangling broken\n"
      "file-inside file\n"
      "file-outside escape\n"
      "folder-inside/above broken\n"
      "folder-inside/again broken\n"
      "folder-inside/page.md file\n"
      "folder-outside escape\n"
      "itself broken\n"
      "pipe special\n"
      "real/above broken\n"
      "real/again broken\n"
      "real/page.md file\n"
      "top broken\n";
  CHECK(listing(files, folder / "site") == expected);
  // Not even there: a volume that is not mounted is no empty folder.
  CHECK(listing(files, folder / "site/dangling") == "error: No such file or directory");

  // The same when the listed folder is reached through a link.
  REQUIRE(::symlink("site", (folder / "alias").c_str()) == 0);
  CHECK(listing(files, folder / "alias") == expected);
}

TEST_CASE("writing replaces links and leaves what they lead to as it is") {
  const TempFolder folder;
  DiskFiles files;
  CHECK(write_or_error(files, folder / "precious", "old") == "created");
  REQUIRE(::symlink("precious", (folder / "soft").c_str()) == 0);
  REQUIRE(::link((folder / "precious").c_str(), (folder / "hard").c_str()) == 0);
  CHECK(write_or_error(files, folder / "soft", "new") == "changed");
  CHECK(write_or_error(files, folder / "hard", "new") == "changed");
  CHECK(read_or_error(files, folder / "precious") == "old");
  CHECK(read_or_error(files, folder / "soft") == "new");
  CHECK(read_or_error(files, folder / "hard") == "new");
}

TEST_CASE("an unchanged file is not touched") {
  const TempFolder folder;
  DiskFiles files;
  const std::string path = folder / "page.html";
  CHECK(write_or_error(files, path, "text") == "created");
  const timespec long_ago[2] = {{1, 0}, {1, 0}};
  REQUIRE(::utimensat(AT_FDCWD, path.c_str(), long_ago, 0) == 0);
  CHECK(write_or_error(files, path, "text") == "unchanged");
  struct stat info;
  REQUIRE(::stat(path.c_str(), &info) == 0);
  CHECK(info.st_mtime == 1);
}

TEST_CASE("a stamp is another one after every write, once it is settled") {
  const TempFolder folder;
  DiskFiles files;
  const std::string path = folder / "page.html";
  CHECK(files.stamp(path).value == 0);
  CHECK(files.stamp(folder.path()).value != 0);
  REQUIRE(write_or_error(files, path, "text") == "created");
  FileStamp before = files.stamp(path);
  for (const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
       !before.is_settled && std::chrono::steady_clock::now() < end;)
    before = files.stamp(path);
  REQUIRE(before.is_settled);
  CHECK(files.stamp(path).value == before.value);

  // The same size, and the time that it had before.
  struct stat info;
  REQUIRE(::stat(path.c_str(), &info) == 0);
  REQUIRE(write_or_error(files, path, "TEXT") == "changed");
  const timespec times[2] = {info.st_atim, info.st_mtim};
  REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
  CHECK(files.stamp(path).value != before.value);
  CHECK_FALSE(files.stamp(path).is_settled);
}

TEST_CASE("a stamp is another one when another file takes the name") {
  const TempFolder folder;
  DiskFiles files;
  const std::string path = folder / "a", other = folder / "b";
  REQUIRE(write_or_error(files, path, "text") == "created");
  REQUIRE(write_or_error(files, other, "TEXT") == "created");
  const timespec long_ago[2] = {{1, 0}, {1, 0}};
  for (const std::string& each : {path, other}) REQUIRE(::utimensat(AT_FDCWD, each.c_str(), long_ago, 0) == 0);
  const std::uint64_t before = files.stamp(path).value;
  REQUIRE(::rename(other.c_str(), path.c_str()) == 0);
  CHECK(files.stamp(path).value != before);
}

TEST_CASE("a file is settled when its disk's clock has ticked, and it can have been written") {
  constexpr std::int64_t kMillisecond = 1'000'000, kSecond = 1000 * kMillisecond, kThen = 1000 * kSecond;
  struct Case {
    std::int64_t changed, modified;
    std::uint64_t size;
    std::int64_t now;
    bool settled;
  };
  const Case cases[] = {
      {kThen + 1, kThen, 0, kThen + 20 * kMillisecond, false},
      {kThen + 1, kThen, 0, kThen + 20 * kMillisecond + 2, true},
      {kThen, kThen + 1, 0, kThen + 21 * kMillisecond,
       true},                                         // its content is of a later time than its name: no matter
      {kThen, kThen, 0, kThen + 2 * kSecond, false},  // whole seconds
      {kThen, kThen, 0, kThen + 2 * kSecond + 1, true},
      {kThen + 1, kThen, 100'000'000, kThen + 10 * kSecond, false},  // 10 MB a second
      {kThen + 1, kThen, 100'000'000, kThen + 10 * kSecond + 21 * kMillisecond, true},
      {kThen + 1, kThen, std::numeric_limits<std::uint64_t>::max(), kThen + 1000 * kSecond, false},
      {kThen + 1, kThen, 0, kThen, false},  // the clock was set back
  };
  for (const Case& each : cases) {
    CAPTURE(each.now - each.changed);
    CAPTURE(each.size);
    CHECK(is_settled(each.changed, each.modified, each.size, each.now) == each.settled);
  }
}

TEST_CASE("a stamp in memory is that of the content") {
  MemoryFiles files{{"a", "text"}, {"b", "text"}, {"c", "TEXT"}, {"folder/d", ""}};
  CHECK(files.stamp("a").value == files.stamp("b").value);
  CHECK(files.stamp("a").value != files.stamp("c").value);
  CHECK(files.stamp("folder").value != 0);
  CHECK(files.stamp("folder/d").value != 0);
  CHECK(files.stamp("nothing").value == 0);
}

TEST_CASE("files larger than a block are compared and written whole") {
  const TempFolder folder;
  DiskFiles files;
  std::string big(300'000, 'x');
  CHECK(write_or_error(files, folder / "big", big) == "created");
  CHECK(write_or_error(files, folder / "big", big) == "unchanged");
  big.back() = 'y';
  CHECK(write_or_error(files, folder / "big", big) == "changed");
  CHECK(read_or_error(files, folder / "big") == big);
}

TEST_CASE("files whose size the system does not know are read to their end") {
  const DiskFiles files;
  CHECK(read_or_error(files, "/proc/self/status").starts_with("Name:"));
}

TEST_CASE("a path with a zero byte is refused, not cut short") {
  const TempFolder folder;
  DiskFiles files;
  CHECK(write_or_error(files, folder / std::string("a\0b", 3), "x") == "error: Invalid argument");
  CHECK_FALSE(files.is_file(folder / "a"));
}

TEST_CASE("a disk that fills up is reported, and no half of a new file stays") {
  const TempFolder folder;
  DiskFiles files;
  CHECK(write_or_error(files, folder / "old", "short") == "created");
  // The limit of a file's size stands in for the disk's: the first part of the bytes fits, the rest does not.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit small{8192, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const std::string big(10'000, 'x');
  const std::string created = write_or_error(files, folder / "new", big);
  const std::string changed = write_or_error(files, folder / "old", big);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, SIG_DFL);
  CHECK(created == "error: File too large");
  CHECK(changed == "error: File too large");
  CHECK_FALSE(files.is_file(folder / "new"));
  // What was half overwritten differs, so the next build mends it.
  CHECK(write_or_error(files, folder / "old", big) == "changed");
  CHECK(read_or_error(files, folder / "old") == big);
  if (::access("/dev/full", W_OK) == 0) CHECK(write_or_error(files, "/dev/full", "x") == "error: File exists");
}

TEST_CASE("empty folders are removed up to the top") {
  const TempFolder folder;
  DiskFiles files;
  CHECK(write_or_error(files, folder / "top/a/b/c", "x") == "created");
  CHECK(write_or_error(files, folder / "top/a/other", "x") == "created");
  CHECK_FALSE(files.remove(folder / "top/a/b/c"));
  files.remove_empty_folders(folder / "top/a/b", folder / "top");
  CHECK_FALSE(files.is_folder(folder / "top/a/b"));
  CHECK(files.is_folder(folder / "top/a"));
  CHECK_FALSE(files.remove(folder / "top/a/other"));
  files.remove_empty_folders(folder / "top/a", folder / "top/");
  CHECK_FALSE(files.is_folder(folder / "top/a"));
  CHECK(files.is_folder(folder / "top"));
  files.remove_empty_folders(folder / "top", folder / "elsewhere");
  CHECK(files.is_folder(folder / "top"));
}

TEST_CASE("reading a pipe fails instead of waiting for its writer") {
  const TempFolder folder;
  const std::string path = folder.path() + "/pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::string text;
  CHECK(DiskFiles().read(path, text) == std::errc::not_supported);
}

TEST_CASE("reading a device that has no end fails, one that is empty gives nothing") {
  std::string text = "before";
  CHECK(DiskFiles().read("/dev/zero", text) == std::errc::file_too_large);
  CHECK(text.empty());
  CHECK(!DiskFiles().read("/dev/null", text));
  CHECK(text.empty());
}

TEST_CASE("a lock makes its file and is let go with its object") {
  const TempFolder folder;
  DiskFiles files;
  std::unique_ptr<FileLock> lock;
  REQUIRE(!files.lock(
      folder.path() + "/a/b.lock", [] {}, lock));
  CHECK(files.is_file(folder.path() + "/a/b.lock"));
  const int other = ::open((folder.path() + "/a/b.lock").c_str(), O_RDWR);
  CHECK(::flock(other, LOCK_EX | LOCK_NB) != 0);
  lock.reset();
  CHECK(::flock(other, LOCK_EX | LOCK_NB) == 0);
  ::close(other);
}

TEST_CASE("a lock that another holds is told once, and taken when that one lets go") {
  const TempFolder folder;
  const std::string path = folder.path() + "/b.lock";
  DiskFiles files;
  const int other = ::open(path.c_str(), O_RDWR | O_CREAT, 0666);
  REQUIRE(::flock(other, LOCK_EX | LOCK_NB) == 0);
  int told = 0;
  const auto let_go = [&] {
    ++told;
    ::flock(other, LOCK_UN);
  };
  std::unique_ptr<FileLock> lock;
  REQUIRE(!files.lock(path, let_go, lock));
  CHECK(told == 1);
  CHECK(::flock(other, LOCK_EX | LOCK_NB) != 0);
  ::close(other);
  lock.reset();
  REQUIRE(!files.lock(path, let_go, lock));
  CHECK(told == 1);
}
