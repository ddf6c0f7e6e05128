// build and check from arguments to streams, on a site in memory; what they write is tested in tests/build and
// tests/cli.
#include <doctest/doctest.h>

#include "build/manifest.h"
#include "commands/fake_surroundings.h"
#include "support/memory_site.h"

using namespace hardtop;

namespace {

// A process whose clock goes on by a second whenever it is read.
struct SlowProcess : FakeProcess {
  using FakeProcess::FakeProcess;
  int run_slowly(const std::vector<std::string>& arguments) {
    Surroundings all = surroundings();
    all.clock = [this] { return time += std::chrono::seconds(1); };
    return static_cast<int>(run_hardtop(arguments, all));
  }
};

Contents site(const std::string& page) { return test::plain_site({{"s/content/_index.md", page}}); }

const std::string kBroken =
    "s/content/_index.md:1:5: error: the link leads to content/b.md, which does not exist [build/broken-link]\n"
    "  1 | [a](b.md)\n"
    "    |     ^~~~\n"
    "  hint: write the path from this file to the other, or remove the link\n";

}  // namespace

TEST_CASE("build says what it made, how long it took and how much memory") {
  FakeProcess process(site("Home\n"));
  CHECK(process.run({"-C", "s", "build", "--jobs", "1"}) == 0);
  CHECK(process.err.str().empty());
  const std::string line = process.out.str();
  CAPTURE(line);
  CHECK(line.starts_with("Built s/public: "));
  CHECK(line.ends_with(" changed, 0 removed) in 0.00 s, 18 MB\n"));
  CHECK(process.files.is_file("s/public/index.html"));
}

TEST_CASE("with errors, build says how many, that nothing was written, and where to read on") {
  FakeProcess process(site("[a](b.md)\n"));
  CHECK(process.run({"-C", "s", "build", "--jobs", "1"}) == 1);
  CHECK(process.out.str().empty());
  CHECK(process.err.str() == kBroken +
                                 "1 error; nothing was written\n"
                                 "More about it: hardtop explain build/broken-link\n");
  CHECK(process.files.snapshot().size() == site("").size());
}

TEST_CASE("check writes nothing and counts the same errors") {
  FakeProcess broken(site("[a](b.md)\n"));
  CHECK(broken.run({"-C", "s", "check", "--jobs", "1"}) == 1);
  CHECK(broken.err.str() == kBroken +
                                "1 error\n"
                                "More about it: hardtop explain build/broken-link\n");

  FakeProcess fine(site("Home\n"));
  CHECK(fine.run({"-C", "s", "check", "--jobs", "1"}) == 0);
  CHECK(fine.err.str().empty());
  CHECK(fine.out.str().ends_with(" checked, no errors in 0.00 s\n"));
  CHECK(fine.files.snapshot() == site("Home\n"));
}

TEST_CASE("a disk that refuses the output is a failure of the environment") {
  FakeProcess process(site("Home\n"));
  process.files.fail_on_write("s/public/index.html", std::errc::no_space_on_device);
  CHECK(process.run({"-C", "s", "build", "--jobs", "1"}) == 3);
  CHECK(process.out.str().empty());
  CHECK(process.err.str() ==
        "s/public/index.html: error: cannot be written: No space left on device [build/write-failed]\n"
        "  hint: free some space and build again: what is written is completed\n"
        "1 error; the output is incomplete until the next build\n"
        "More about it: hardtop explain build/write-failed\n");

  FakeProcess locked(site("Home\n"));
  locked.files.fail_on_write(manifest_path("s", "s/public"), std::errc::permission_denied);
  CHECK(locked.run({"-C", "s", "build", "--jobs", "1"}) == 3);
  CHECK(locked.err.str() ==
        manifest_path("s", "s/public") +
            ": error: cannot be written: Permission denied [build/output-unwritable]\n"
            "  hint: make the site's folder writable for you: .hardtop/ in it remembers what was built\n"
            "1 error; nothing was written\n"
            "More about it: hardtop explain build/output-unwritable\n");
}

TEST_CASE("progress is shown on a terminal only, gone at the end, and not with --quiet") {
  SlowProcess terminal(site("Home\n"));
  terminal.err_is_terminal = true;
  CHECK(terminal.run_slowly({"-C", "s", "build", "--jobs", "1"}) == 0);
  CHECK(terminal.err.str().starts_with("\r\x1b[K"));
  CHECK(terminal.err.str().ends_with("\r\x1b[K"));
  CHECK(terminal.err.str().find(": 1 of ") != std::string::npos);

  SlowProcess pipe(site("Home\n"));
  CHECK(pipe.run_slowly({"-C", "s", "build", "--jobs", "1"}) == 0);
  CHECK(pipe.err.str().empty());

  SlowProcess quiet(site("Home\n"));
  quiet.err_is_terminal = true;
  CHECK(quiet.run_slowly({"-C", "s", "build", "--jobs", "1", "--quiet"}) == 0);
  CHECK(quiet.err.str().empty());

  SlowProcess dumb(site("Home\n"));
  dumb.err_is_terminal = true;
  dumb.variables["TERM"] = "dumb";
  CHECK(dumb.run_slowly({"-C", "s", "build", "--jobs", "1"}) == 0);
  CHECK(dumb.err.str().empty());
}
