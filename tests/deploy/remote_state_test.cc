#include "deploy/remote_state.h"

#include <doctest/doctest.h>

using namespace hardtop;

namespace {

const RemoteFile kPage = {"index.html", "0123456789abcdef0123456789abcdef", 12,
                          "Cache-Control: no-cache\tContent-Type: text/html"};
const RemoteFile kOdd = {"files/hardtop deploy manifest 1", "00000000000000000000000000000000", 0,
                         "Cache-Control: no-cache"};
const RemoteManifest kManifest = {7,          "b",           "a",
                                  1795392000, {kOdd, kPage}, {{{"assets/a.12345678.css", "ff", 3, ""}, 20780}}};
const Journal kJournal = {"c", "b", "d", "", {kPage}, {"old.html"}};
const DeployLock kLock = {"c", "ada@desk", 1795392000, "here", 4711};

}  // namespace

TEST_CASE("a manifest is written as its header describes it") {
  CHECK(format_manifest(kManifest) ==
        "hardtop deploy manifest 1\n"
        "number 7\n"
        "id b\n"
        "time 1795392000\n"
        "previous a\n"
        "headers Cache-Control: no-cache\n"
        "file 0 00000000000000000000000000000000 0 files/hardtop deploy manifest 1\n"
        "headers Cache-Control: no-cache\tContent-Type: text/html\n"
        "file 1 0123456789abcdef0123456789abcdef 12 index.html\n"
        "headers \n"
        "retired 20780 2 ff 3 assets/a.12345678.css\n"
        "end\n");
}

TEST_CASE("what was written is read again, in any order") {
  for (const std::string& texts : {format_manifest(kManifest) + format_journal(kJournal) + format_lock(kLock),
                                   format_lock(kLock) + format_journal(kJournal) + format_manifest(kManifest)}) {
    const RemoteState state = parse_remote_state(texts);
    CHECK(state.manifest == kManifest);
    CHECK(state.journals == std::vector{kJournal});
    CHECK(state.locks == std::vector{kLock});
    CHECK_FALSE(state.is_newer);
  }
}

TEST_CASE("of several manifests the newest counts") {
  RemoteManifest older = kManifest;
  older.number = 6;
  older.id = "z";
  CHECK(parse_remote_state(format_manifest(kManifest) + format_manifest(older)).manifest->id == "b");
  CHECK(parse_remote_state(format_manifest(older) + format_manifest(kManifest)).manifest->id == "b");
}

TEST_CASE("a text that is cut off anywhere is passed over, and takes nothing along") {
  const std::string texts[] = {format_manifest(kManifest), format_journal(kJournal), format_lock(kLock)};
  RemoteManifest whole = kManifest;
  whole.number = 3;
  whole.id = "w";
  Journal journal = kJournal;
  journal.id = "j";
  for (const std::string& text : texts) {
    for (std::size_t size = 0; size < text.size(); ++size) {
      CAPTURE(text.substr(0, size));
      const RemoteState alone = parse_remote_state(text.substr(0, size));
      CHECK_FALSE(alone.manifest);
      CHECK(alone.journals.empty());
      CHECK(alone.locks.empty());
      CHECK_FALSE(alone.is_newer);
      const RemoteState with_manifest = parse_remote_state(text.substr(0, size) + format_manifest(whole));
      CHECK(with_manifest.manifest == whole);
      CHECK(with_manifest.journals.empty());
      CHECK(with_manifest.locks.empty());
      const RemoteState with_journal = parse_remote_state(text.substr(0, size) + format_journal(journal));
      CHECK_FALSE(with_journal.manifest);
      CHECK(with_journal.journals == std::vector{journal});
      const RemoteState with_lock = parse_remote_state(text.substr(0, size) + format_lock(kLock));
      CHECK_FALSE(with_lock.manifest);
      CHECK(with_lock.locks == std::vector{kLock});
    }
  }
}

TEST_CASE("a path that leaves the site makes a text no text of ours") {
  for (const char* path : {"../x", "/etc/passwd", "a/../../x", ""}) {
    CAPTURE(path);
    RemoteManifest manifest = kManifest;
    manifest.files = {{path, "ff", 1, ""}};
    CHECK_FALSE(parse_remote_state(format_manifest(manifest)).manifest);
    Journal journal = kJournal;
    journal.removed = {path};
    CHECK(parse_remote_state(format_journal(journal)).journals.empty());
  }
}

TEST_CASE("texts of a later version are known as such, others are passed over") {
  CHECK(parse_remote_state("hardtop deploy manifest 2\nwhatever\n").is_newer);
  CHECK(parse_remote_state(format_lock(kLock) + "hardtop deploy journal 12\n").is_newer);
  CHECK(parse_remote_state("hello") == RemoteState());
  CHECK(parse_remote_state("") == RemoteState());
}
