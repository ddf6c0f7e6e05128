// On a real folder, with real files. Every wait has a deadline, at which the watch is stopped from another thread; nothing
// here sleeps. That something is not reported is shown by what is reported next.
#include "serve/watch.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "base/diagnostic_format.h"
#include "support/temp_folder.h"

namespace fs = std::filesystem;
using namespace hardtop;
using Paths = std::vector<std::string>;

namespace {

// Stops a watch at the deadline, unless it goes first.
class Deadline {
 public:
  explicit Deadline(Watch& watch, std::chrono::seconds limit = std::chrono::seconds(20))
      : thread_([this, &watch, limit] {
          std::unique_lock lock(mutex_);
          if (!condition_.wait_for(lock, limit, [&] { return done_; })) watch.stop();
        }) {}
  ~Deadline() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    condition_.notify_all();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable condition_;
  bool done_ = false;
  std::thread thread_;
};

void write(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
}

// A folder with a site and a theme beside it.
class Site {
 public:
  Site() {
    for (const char* folder : {"content/blog", "static", "layouts", "public", ".hardtop", "node_modules",
                               "themes/own/styles", "../themes/mini/layouts"})
      fs::create_directories(*this / folder);
    write(*this / "site.toml", "title = \"T\"");
    write(*this / "content/a.md", "one");
    write(*this / "content/blog/b.md", "two");
    write(*this / "themes/own/styles/main.css", "p {}");
    write(*this / "../themes/mini/layouts/page.mustache", "x");
  }
  [[nodiscard]] std::string path() const { return folder_ / "site"; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path() + "/" + name; }

 private:
  TempFolder folder_;
};

// A watch of a site, and what it says.
class Watched {
 public:
  explicit Watched(const Site& site, bool poll = false, std::size_t most = 0)
      : watch({site.path(), poll, most}, diagnostics), deadline_(watch) {}

  Paths next() {
    auto paths = watch.wait(diagnostics);
    if (!paths) FAIL("nothing was reported until the deadline");
    return std::move(*paths);
  }
  // All that is reported until `path` is, which counts as the end, and is not among them.
  std::set<std::string> until(const std::string& path) {
    std::set<std::string> all;
    for (;;) {
      const Paths paths = next();
      all.insert(paths.begin(), paths.end());
      if (all.erase(path) > 0) return all;
    }
  }

  Diagnostics diagnostics;
  Watch watch;

 private:
  Deadline deadline_;
};

// One a line, so that a failure shows them.
std::string lines(const auto& paths) {
  std::string text;
  for (const std::string& path : paths) text += path + "\n";
  return text;
}

Paths without(Paths paths, const std::string& path) {
  std::erase(paths, path);
  return paths;
}

const Paths kEverything = {"../themes", "components", "consent.lock", "consent.toml", "content",
                           "data",      "i18n",       "layouts",      "partials",     "scripts",
                           "site.toml", "static",     "styles",       "theme.toml",   "themes"};

}  // namespace

TEST_CASE("every editor's way of saving gives the saved file, once and alone") {
  struct Case {
    std::string how;
    std::function<void(const std::string& folder)> save;  // content/a.md
    std::string passing = "";  // a file that came and went before wait(), and that somebody may have read so
  };
  const std::vector<Case> cases = {
      {"in place: truncate, write, close (nano, VS Code)", [](const std::string& f) { write(f + "a.md", "new"); }},
      {"in place, without truncating",
       [](const std::string& f) {
         std::fstream file(f + "a.md", std::ios::in | std::ios::out);
         file << "new text";
       }},
      {"in place, flushed to the disk in pieces",
       [](const std::string& f) {
         const int fd = ::open((f + "a.md").c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
         for (int i = 0; i < 3; ++i) {
           CHECK(::write(fd, "piece\n", 6) == 6);
           ::fsync(fd);
         }
         ::close(fd);
       }},
      {"emptied and closed, then opened again and filled",
       [](const std::string& f) {
         write(f + "a.md", "");
         write(f + "a.md", "new");
       }},
      {"Vim: may it write? the old one becomes the backup, a new one is written, the backup goes",
       [](const std::string& f) {
         write(f + ".a.md.swp", "swap");
         write(f + "4913", "");
         fs::remove(f + "4913");
         fs::rename(f + "a.md", f + "a.md~");
         write(f + "a.md", "new");
         fs::permissions(f + "a.md", fs::perms::owner_read | fs::perms::owner_write);
         fs::remove(f + "a.md~");
         fs::remove(f + ".a.md.swp");
       }},
      {"Vim with backupcopy=yes: a copy is the backup, the file is written in place",
       [](const std::string& f) {
         fs::copy_file(f + "a.md", f + "a.md~");
         write(f + "a.md", "new");
         fs::remove(f + "a.md~");
       }},
      {"JetBrains' safe write",
       [](const std::string& f) {
         write(f + "a.md___jb_tmp___", "new");
         fs::rename(f + "a.md", f + "a.md___jb_old___");
         fs::rename(f + "a.md___jb_tmp___", f + "a.md");
         fs::remove(f + "a.md___jb_old___");
       }},
      {"Emacs: a lock that is a link to nowhere, autosave, a backup by renaming",
       [](const std::string& f) {
         fs::create_symlink("user@host.1234", f + ".#a.md");
         write(f + "#a.md#", "auto");
         fs::rename(f + "a.md", f + "a.md~");
         write(f + "a.md", "new");
         fs::remove(f + ".#a.md");
         fs::remove(f + "#a.md#");
       }},
      {"gedit, GLib: a hidden new file is renamed over it",
       [](const std::string& f) {
         write(f + ".goutputstream-X1Y2Z3", "new");
         fs::rename(f + ".goutputstream-X1Y2Z3", f + "a.md");
       }},
      {"sed -i, atomic writers: a new file of any name is renamed over it",
       [](const std::string& f) {
         write(f + "sedAbCdEf", "new");
         fs::rename(f + "sedAbCdEf", f + "a.md");
       },
       "content/sedAbCdEf"},
      {"removed and made anew",
       [](const std::string& f) {
         fs::remove(f + "a.md");
         write(f + "a.md", "new");
       }},
      {"a hard link to a finished file",
       [](const std::string& f) {
         write(f + ".tmp", "new");
         fs::remove(f + "a.md");
         fs::create_hard_link(f + ".tmp", f + "a.md");
         fs::remove(f + ".tmp");
       }},
      {"its rights", [](const std::string& f) { fs::permissions(f + "a.md", fs::perms::owner_read); }},
  };
  for (const bool poll : {false, true}) {
    for (const Case& c : cases) {
      CAPTURE(poll);
      CAPTURE(c.how);
      const Site site;
      Watched watched(site, poll);
      c.save(site / "content/");
      CHECK(lines(without(watched.next(), c.passing)) == lines(Paths{"content/a.md"}));
      CHECK(to_text(watched.diagnostics) == "");
    }
  }
}

TEST_CASE("a file that is being written is not given before its writer is done") {
  const Site site;
  Watched watched(site);
  const int fd = ::open((site / "content/a.md").c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  REQUIRE(::write(fd, "ha", 2) == 2);
  write(site / "site.toml", "title = \"U\"");
  CHECK(lines(watched.next()) == lines(Paths{"site.toml"}));
  REQUIRE(::write(fd, "lf", 2) == 2);
  ::close(fd);
  CHECK(lines(watched.next()) == lines(Paths{"content/a.md"}));
}

TEST_CASE("a writer that never closes its file holds nothing up for ever") {
  const Site site;
  Watched watched(site);
  const int fd = ::open((site / "content/a.md").c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  REQUIRE(::write(fd, "ha", 2) == 2);
  CHECK(lines(watched.next()) == lines(Paths{"content/a.md"}));
  ::close(fd);
}

TEST_CASE("only what the site is made of is reported, as diagnostics show its path") {
  for (const bool poll : {false, true}) {
    CAPTURE(poll);
    const Site site;
    fs::create_directories(site / "static/.well-known");
    Watched watched(site, poll);
    for (const char* other :
         {"public/index.html", ".hardtop/x", "node_modules/x.js", "notes.md", "content/.hidden", "content/a.md~",
          "content/.a.md.swp", "content/x.swp", "../other.txt", "../themes/x.txt", "../themes/mini/README.md"})
      write(site / other, "x");
    for (const char* own : {"consent.toml", "consent.lock", "theme.toml", "static/.well-known/gpc.json",
                            "../themes/mini/layouts/page.mustache", "../themes/mini/theme.toml",
                            "themes/own/styles/main.css", "content/blog/b.md", "site.toml"})
      write(site / own, "y");
    CHECK(lines(watched.until("site.toml")) ==
          lines(std::set<std::string>{"../themes/mini/layouts/page.mustache", "../themes/mini/theme.toml",
                                      "consent.lock", "consent.toml", "content/blog/b.md",
                                      "static/.well-known/gpc.json", "theme.toml", "themes/own/styles/main.css"}));
  }
}

TEST_CASE("folders that come, go and are renamed are reported as a whole, and watched from then on") {
  struct Case {
    std::string what;
    std::function<void(const Site&)> change;
    Paths reported;
    std::string then;          // is written afterwards, and reported
    std::string passing = "";  // a folder that came and went before wait()
  };
  const std::vector<Case> cases = {
      {"made, with folders and files in it",
       [](const Site& site) {
         fs::create_directories(site / "content/new/deep");
         write(site / "content/new/deep/x.md", "x");
       },
       {"content/new"},
       "content/new/deep/x.md"},
      {"renamed",
       [](const Site& site) { fs::rename(site / "content/blog", site / "content/news"); },
       {"content/blog", "content/news"},
       "content/news/b.md"},
      {"moved out",
       [](const Site& site) { fs::rename(site / "content/blog", site / "../blog"); },
       {"content/blog"},
       "content/a.md"},
      {"moved in",
       [](const Site& site) { fs::rename(site / "node_modules", site / "content/modules"); },
       {"content/modules"},
       "content/modules/x.md"},
      {"removed with all in it",
       [](const Site& site) { fs::remove_all(site / "content/blog"); },
       {"content/blog"},
       "content/a.md"},
      {"content/ removed and made again",
       [](const Site& site) {
         fs::remove_all(site / "content");
         fs::create_directories(site / "content/blog");
         write(site / "content/blog/c.md", "x");
       },
       {"content"},
       "content/blog/c.md"},
      {"the theme removed",
       [](const Site& site) { fs::remove_all(site / "../themes/mini"); },
       {"../themes/mini"},
       "site.toml"},
      {"the theme removed and made again",
       [](const Site& site) {
         fs::remove_all(site / "../themes/mini");
         fs::create_directories(site / "../themes/mini/partials");
       },
       {"../themes/mini"},
       "../themes/mini/partials/x.mustache"},
      {"themes/ beside the site renamed",
       [](const Site& site) {
         fs::rename(site / "../themes", site / "../old");
         fs::create_directories(site / "../themes/max/layouts");
       },
       {"../themes"},
       "../themes/max/layouts/page.mustache"},
      {"a folder that was not there before",
       [](const Site& site) { fs::create_directories(site / "data"); },
       {"data"},
       "data/x.toml"},
      {"two folders change places",
       [](const Site& site) {
         fs::rename(site / "content/blog", site / "content/t");
         fs::rename(site / "static", site / "content/blog");
         fs::rename(site / "content/t", site / "static");
       },
       {"content/blog", "static"},
       "static/b.md",
       "content/t"},
  };
  for (const bool poll : {false, true}) {
    for (const Case& c : cases) {
      CAPTURE(poll);
      CAPTURE(c.what);
      const Site site;
      Watched watched(site, poll);
      c.change(site);
      Paths paths = without(watched.next(), c.passing);
      // A folder that was made anew may have the number of the old one: who only looks sees what is new in it.
      if (poll)
        for (std::string& path : paths)
          for (const std::string& folder : c.reported)
            if (path.starts_with(folder + "/")) path = folder;
      paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
      CHECK(lines(paths) == lines(c.reported));
      write(site / c.then, "later");
      CHECK(lines(watched.next()) == lines(Paths{c.then}));
    }
  }
}

TEST_CASE("symbolic links are followed: what they lead to changes under every path that it has") {
  for (const bool poll : {false, true}) {
    CAPTURE(poll);
    const Site site;
    fs::create_directories(site / "../shared");
    write(site / "../shared/consent.toml", "x");
    fs::create_symlink("../shared/consent.toml", site / "consent.toml");
    fs::create_directory_symlink("blog", site / "content/news");
    fs::create_symlink("a.md", site / "content/z.md");
    fs::create_directory_symlink("..", site / "content/blog/circle");
    fs::rename(site / "static", site / "../shared/static");
    fs::create_directory_symlink("../shared/static", site / "static");
    Watched watched(site, poll);

    write(site / "content/a.md", "x2");
    CHECK(lines(watched.next()) == lines(Paths{"content/a.md", "content/z.md"}));
    write(site / "content/blog/b.md", "x2");
    CHECK(lines(watched.next()) == lines(Paths{"content/blog/b.md", "content/news/b.md"}));
    write(site / "../shared/static/new.txt", "x2");
    CHECK(lines(watched.next()) == lines(Paths{"static/new.txt"}));
    write(site / "../shared/tmp", "x3");
    fs::rename(site / "../shared/tmp", site / "../shared/consent.toml");
    CHECK(lines(watched.next()) == lines(Paths{"consent.toml"}));
    write(site / "../shared/consent.toml", "x22");  // the new one
    CHECK(lines(watched.next()) == lines(Paths{"consent.toml"}));

    fs::remove(site / "content/news");
    CHECK(lines(watched.next()) == lines(Paths{"content/news"}));
    write(site / "content/blog/b.md", "x333");
    CHECK(lines(watched.next()) == lines(Paths{"content/blog/b.md"}));

    fs::create_directories(site / "content/other");
    write(site / "content/other/o.md", "o");
    fs::create_directory_symlink("other", site / "content/.link");
    fs::rename(site / "content/.link", site / "content/news");
    CHECK(lines(watched.next()) == lines(Paths{"content/news", "content/other"}));
    write(site / "content/other/o.md", "o2");
    CHECK(lines(watched.next()) == lines(Paths{"content/news/o.md", "content/other/o.md"}));

    // Out of the site, as the build reports it: not followed.
    fs::create_directories(site / "../outside");
    fs::create_directory_symlink("../../outside", site / "content/out");
    CHECK(lines(watched.next()) == lines(Paths{"content/out"}));
    write(site / "../outside/x.md", "x");

    fs::remove(site / "content/a.md");
    CHECK(lines(watched.next()) == lines(Paths{"content/a.md", "content/z.md"}));
    write(site / "content/a.md", "back");
    CHECK(lines(watched.next()) == lines(Paths{"content/a.md", "content/z.md"}));
  }
}

TEST_CASE("a burst of a thousand files comes whole, in a few sets") {
  for (const bool poll : {false, true}) {
    CAPTURE(poll);
    const Site site;
    Watched watched(site, poll);
    std::thread writer([&] {
      for (int i = 0; i < 1000; ++i) write(site / "content/blog/p" + std::to_string(i) + ".md", "x");
      write(site / "site.toml", "title = \"end\"");
    });
    std::set<std::string> all;
    std::size_t sets = 0;
    while (!all.contains("site.toml")) {
      const Paths paths = watched.next();
      all.insert(paths.begin(), paths.end());
      ++sets;
    }
    writer.join();
    CHECK(all.size() == 1001);
    CHECK(sets < 60);
  }
}

TEST_CASE("folders that are made while they are watched lose no file") {
  const Site site;
  Watched watched(site);
  std::thread writer([&] {
    for (int i = 0; i < 200; ++i) {
      const std::string folder = site / "content/n" + std::to_string(i) + "/m";
      fs::create_directories(folder);
      write(folder + "/index.md", "x");
    }
    write(site / "site.toml", "title = \"end\"");
  });
  // As a build would: what is reported is read at once, and never again without a report.
  std::set<std::string> read;
  while (!read.contains(site / "site.toml")) {
    for (const std::string& path : watched.next()) {
      read.insert(site / path);
      std::error_code is_file;
      for (const auto& entry : fs::recursive_directory_iterator(site / path, is_file)) read.insert(entry.path());
    }
  }
  writer.join();
  for (int i = 0; i < 200; ++i) CHECK(read.contains(site / "content/n" + std::to_string(i) + "/m/index.md"));
}

TEST_CASE("when the system's queue overflows, everything is reported") {
  const Site site;
  std::size_t queue = 16384;
  std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> queue;
  if (queue > 1'000'000) return;
  Watched watched(site);
  for (std::size_t i = 0; i < queue + 100; ++i)  // two files in turn: what is the same twice is one event
    fs::permissions(site / (i % 2 == 0 ? "content/a.md" : "site.toml"), fs::perms::owner_read);
  fs::create_directories(site / "content/unseen");  // its event is lost
  CHECK(lines(watched.next()) == lines(kEverything));
  write(site / "content/unseen/x.md", "x");
  CHECK(lines(watched.next()) == lines(Paths{"content/unseen/x.md"}));
}

TEST_CASE("the site's folder may go away and come back") {
  const Site site;
  Watched watched(site);
  fs::rename(site.path(), site.path() + "-away");
  CHECK(lines(watched.next()) == lines(kEverything));
  fs::rename(site.path() + "-away", site.path());
  CHECK(lines(watched.next()) == lines(kEverything));
  write(site / "content/a.md", "x");
  CHECK(lines(watched.next()) == lines(Paths{"content/a.md"}));
}

TEST_CASE("a file system that is taken out and put in again is noticed") {
  const Site site;
  const std::string folder = site / "content/blog";
  if (::mount("none", folder.c_str(), "tmpfs", 0, "size=64k") != 0) {
    MESSAGE("not tried: mounting is for root");
    return;
  }
  struct Unmount {
    const std::string& path;
    ~Unmount() { ::umount2(path.c_str(), MNT_DETACH); }
  } const unmount{folder};
  write(folder + "/on-tmpfs.md", "x");
  Watched watched(site);
  REQUIRE(::umount2(folder.c_str(), 0) == 0);
  CHECK(lines(watched.next()) == lines(Paths{"content/blog"}));
  write(folder + "/b.md", "below");
  CHECK(lines(watched.next()) == lines(Paths{"content/blog/b.md"}));
  REQUIRE(::mount("none", folder.c_str(), "tmpfs", 0, "size=64k") == 0);
  CHECK(lines(watched.next()) == lines(Paths{"content/blog"}));
  write(folder + "/on-tmpfs.md", "x");
  CHECK(lines(watched.next()) == lines(Paths{"content/blog/on-tmpfs.md"}));
}

TEST_CASE("where the limit of watches is reached, it is said, and files are looked at instead") {
  const Site site;
  Watched watched(site, false, 4);
  CHECK(watched.watch.is_polling());
  CHECK(
      to_text(watched.diagnostics) ==
      "warning: the system watches no more folders for this user, so hardtop looks at the site's files itself: an edit "
      "shows after up to a second [serve/watch-limit]\n"
      "  hint: raise the limit fs.inotify.max_user_watches, and start the preview again: sudo sysctl "
      "fs.inotify.max_user_watches=524288\n");
  write(site / "content/blog/b.md", "more");
  CHECK(lines(watched.next()) == lines(Paths{"content/blog/b.md"}));
}

TEST_CASE("the limit of watches may be reached later, by new folders") {
  const Site site;
  Watched watched(site, false, 14);
  REQUIRE_FALSE(watched.watch.is_polling());
  for (int i = 0; i < 10; ++i) fs::create_directories(site / "content/n" + std::to_string(i));
  CHECK(lines(watched.next()) == lines(kEverything));
  CHECK(watched.watch.is_polling());
  CHECK(watched.diagnostics.warning_count() == 1);
  write(site / "content/n9/x.md", "x");
  CHECK(lines(watched.next()) == lines(Paths{"content/n9/x.md"}));
}

TEST_CASE("where no more programs may watch, it is said, and files are looked at instead") {
  const Site site;
  const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::close(next);
  rlimit before;
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit one_more = {static_cast<rlim_t>(next) + 1, before.rlim_max};  // the one that stop() writes to
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &one_more) == 0);
  Diagnostics found;
  const Watch watch({site.path(), false, 0}, found);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(watch.is_polling());
  CHECK(
      to_text(found) ==
      "warning: too many programs of this user watch files, so hardtop looks at the site's files itself: an edit shows "
      "after up to a second [serve/watch-limit]\n"
      "  hint: raise the limit fs.inotify.max_user_instances, and start the preview again: sudo sysctl "
      "fs.inotify.max_user_instances=1024\n");
}

TEST_CASE("stop ends a wait, and every later one, from any thread") {
  for (const bool poll : {false, true}) {
    const Site site;
    Watched watched(site, poll);
    std::thread other([&] { watched.watch.stop(); });
    CHECK_FALSE(watched.watch.wait(watched.diagnostics));
    other.join();
    write(site / "content/a.md", "x");
    CHECK_FALSE(watched.watch.wait(watched.diagnostics));
  }
}
