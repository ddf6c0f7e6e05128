#include "base/file_trace.h"

#include <doctest/doctest.h>

#include <functional>
#include <map>

using namespace hardtop;

namespace {

using Contents = std::map<std::string, std::string>;

const Contents kFiles = {
    {"a.md", "one"}, {"folder/b.md", "two"}, {"folder/sub/c.md", "three"}, {"image.png", "head, body"}};

// Work that asks for everything once, and finds some of it missing.
void work(const Files& files) {
  std::string text;
  std::vector<FileEntry> entries;
  (void)files.read("a.md", text);
  (void)files.read("missing.md", text);
  (void)files.read_head("image.png", 4, text);
  (void)files.list("folder", entries);
  (void)files.list("no-folder", entries);
  (void)files.is_file("theme.toml");
  (void)files.is_folder("themes");
}

// A disk on which everything was written this very moment, and what is written now has the same stamp.
class YoungFiles final : public Files {
 public:
  explicit YoungFiles(MemoryFiles& files) : files_(files) {}
  std::error_code read(const std::string& path, std::string& out) const override {
    if (before_read) before_read();
    const std::error_code error = files_.read(path, out);
    if (after_read) after_read();
    return error;
  }
  FileStamp stamp(const std::string& path) const override {
    const std::uint64_t value = files_.stamp(path).value;
    return {.value = value == 0 || !hides_writes ? value : 7U, .is_settled = is_settled};
  }
  std::error_code list(const std::string& folder, std::vector<FileEntry>& out) const override {
    return files_.list(folder, out);
  }
  std::error_code write(const std::string& path, std::string_view bytes, WriteResult& result, Expected e) override {
    return files_.write(path, bytes, result, e);
  }
  std::error_code remove(const std::string& path) override { return files_.remove(path); }
  void remove_empty_folders(const std::string&, const std::string&) override {}
  std::error_code lock(const std::string&, const std::function<void()>&, std::unique_ptr<FileLock>&) override {
    return {};
  }
  bool is_file(const std::string& path) const override { return files_.is_file(path); }
  bool is_folder(const std::string& path) const override { return files_.is_folder(path); }
  bool is_settled = false, hides_writes = true;
  std::function<void()> before_read, after_read;

 private:
  MemoryFiles& files_;
};

FileTrace trace_of_work() {
  MemoryFiles files(kFiles);
  TracedFiles traced(files);
  work(traced);
  const std::optional<FileTrace> trace = traced.trace();
  REQUIRE(trace);
  return *trace;
}

}  // namespace

TEST_CASE("a trace holds until something answers differently that was asked") {
  struct Case {
    std::string what;
    Contents changes;  // "" of a file: it is removed
    bool holds;
  };
  const Case cases[] = {
      {"nothing", {}, true},
      {"a file that was not asked for", {{"other.md", "new"}}, true},
      {"the content of a file that was only listed", {{"folder/b.md", "other"}}, true},
      {"content", {{"a.md", "One"}}, false},
      {"a file that was missing", {{"missing.md", "there"}}, false},
      {"a file that goes", {{"a.md", ""}}, false},
      {"the file of a head", {{"image.png", "HEAD, body"}}, false},
      {"a file more in a list", {{"folder/sub/d.md", "four"}}, false},
      {"a file less in a list", {{"folder/sub/c.md", ""}}, false},
      {"a folder that was missing", {{"no-folder/x.md", "x"}}, false},
      {"a file that was asked for by name", {{"theme.toml", "x"}}, false},
      {"a folder that was asked for by name", {{"themes/mini/theme.toml", "x"}}, false},
  };
  for (const Case& each : cases) {
    CAPTURE(each.what);
    Contents now = kFiles;
    for (const auto& [path, text] : each.changes)
      if (text.empty())
        now.erase(path);
      else
        now[path] = text;
    const MemoryFiles files(now);
    for (const unsigned jobs : {1U, 4U}) CHECK(trace_of_work().holds(files, jobs) == each.holds);
    const std::optional<FileTrace> read = FileTrace::parse(trace_of_work().text());
    REQUIRE(read);
    CHECK(read->holds(files, 1) == each.holds);
  }
}

TEST_CASE("a trace is a line a question") {
  FileTrace trace;
  trace.add(FileTrace::Question::content, "a b.md", 0x1234);
  trace.add(FileTrace::Question::list, "", 0xffffffffffffffff);
  trace.add(FileTrace::Question::is_file, "x", 1);
  trace.add(FileTrace::Question::is_folder, "y", 0);
  const std::string text =
      "c 0000000000001234 a b.md\nl ffffffffffffffff \nf 0000000000000001 x\nd 0000000000000000 y\n";
  CHECK(trace.text() == text);
  const std::optional<FileTrace> read = FileTrace::parse(text);
  REQUIRE(read);
  CHECK(read->text() == text);
  for (const char* bad : {"c 0000000000001234 a", "c 000000000000123 a\n", "c 000000000000123g a\n",
                          "x 0000000000001234 a\n", "\n", "c\n", "c-0000000000001234 a\n", "c 0000000000001234-a\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(FileTrace::parse(bad));
  }
}

TEST_CASE("what was read an instant after it was written is read once more") {
  MemoryFiles memory(kFiles);
  YoungFiles disk(memory);
  std::string text;
  std::error_code error;
  WriteResult ignored = WriteResult::unchanged;
  SUBCASE("it has not changed") {
    TracedFiles traced(disk);
    work(traced);
    CHECK_FALSE(traced.trace());  // it is still too young
    disk.is_settled = true;
    const std::optional<FileTrace> trace = traced.trace();
    REQUIRE(trace);
    CHECK(trace->holds(disk, 1));
    REQUIRE_FALSE(memory.remove("image.png"));
    CHECK_FALSE(trace->holds(disk, 1));
  }
  SUBCASE("it has changed since, and its stamp has not") {
    TracedFiles traced(disk);
    work(traced);
    REQUIRE_FALSE(memory.write("a.md", "eno", ignored));
    disk.is_settled = true;
    CHECK_FALSE(traced.trace());
  }
  SUBCASE("only what was not looked at has changed") {
    TracedFiles traced(disk);
    error = traced.read_head("image.png", 4, text);
    REQUIRE_FALSE(memory.write("image.png", "head, BODY", ignored));
    disk.is_settled = true;
    CHECK(traced.trace());
  }
}

TEST_CASE("what is written while it is read is another answer") {
  MemoryFiles memory(kFiles);
  YoungFiles disk(memory);
  disk.is_settled = true;
  disk.hides_writes = false;
  const auto write = [&](const std::string& path, const std::string& text) {
    WriteResult ignored = WriteResult::unchanged;
    REQUIRE_FALSE(memory.write(path, text, ignored));
  };
  TracedFiles traced(disk);
  std::string text;
  SUBCASE("before its bytes are read") {
    disk.before_read = [&] { write("a.md", "new"); };
    REQUIRE_FALSE(traced.read("a.md", text));
    CHECK(text == "new");
  }
  SUBCASE("after its bytes are read") {
    disk.after_read = [&] { write("a.md", "new"); };
    REQUIRE_FALSE(traced.read("a.md", text));
    CHECK(text == "one");
  }
  SUBCASE("of what is read once more, because it was young") {
    disk.is_settled = false;
    REQUIRE_FALSE(traced.read("a.md", text));
    disk.is_settled = true;
    disk.after_read = [&] { write("a.md", "new"); };
  }
  const std::optional<FileTrace> trace = traced.trace();
  REQUIRE(trace);
  CHECK_FALSE(trace->holds(memory, 1));
}

TEST_CASE("what comes between the question and the answer has no trace") {
  MemoryFiles memory(kFiles);
  YoungFiles disk(memory);
  disk.is_settled = true;
  disk.before_read = [&] {
    WriteResult ignored = WriteResult::unchanged;
    REQUIRE_FALSE(memory.write("missing.md", "came", ignored));
  };
  TracedFiles traced(disk);
  std::string text;
  REQUIRE_FALSE(traced.read("missing.md", text));
  REQUIRE_FALSE(memory.remove("missing.md"));
  CHECK_FALSE(traced.trace());
}

TEST_CASE("a path with a line break has no trace") {
  MemoryFiles files{{"a\nb", ""}};
  TracedFiles traced(files);
  std::string text;
  REQUIRE_FALSE(traced.read("a\nb", text));
  CHECK_FALSE(traced.trace());
}

TEST_CASE("traced files write, and answer as the files do") {
  MemoryFiles files(kFiles);
  TracedFiles traced(files);
  std::string text;
  WriteResult result = WriteResult::unchanged;
  CHECK_FALSE(traced.write("new.md", "new", result));
  CHECK(result == WriteResult::created);
  CHECK_FALSE(traced.read("new.md", text));
  CHECK(text == "new");
  CHECK_FALSE(traced.read_head("image.png", 4, text));
  CHECK(text == "head");
  CHECK(traced.stamp("a.md").value == files.stamp("a.md").value);
  CHECK(traced.is_file("a.md"));
  CHECK(traced.is_folder("folder"));
  CHECK_FALSE(traced.remove("new.md"));
  CHECK_FALSE(files.is_file("new.md"));
}
