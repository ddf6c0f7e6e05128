#include "content/load_content.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

namespace hardtop {

namespace {

std::optional<Content> load(const MemoryFiles& files, Diagnostics& diagnostics) {
  LoadContentOptions options;
  options.taxonomies = {"tags"};
  options.jobs = 4;
  return load_content(files, "/site/content", "content", options, diagnostics);
}

std::string errors_of(const MemoryFiles& files) {
  Diagnostics diagnostics;
  CHECK_FALSE(load(files, diagnostics));
  return to_text(diagnostics);
}

}  // namespace

TEST_CASE("content is every page with its front matter, and the files that are copied beside them") {
  const MemoryFiles files({{"/site/content/blog/a.md", "+++\ntitle = 'A'\ntags = ['x']\n+++\nText"},
                           {"/site/content/_index.md", "Home"},
                           {"/site/content/blog/_index.md", ""},
                           {"/site/content/trip/index.md", "Trip"},
                           {"/site/content/trip/photo.jpg", "\xFF\xD8"},
                           {"/site/content/data.csv", "1,2"},
                           {"/site/other.md", "not this"}});
  Diagnostics diagnostics;
  const auto content = load(files, diagnostics);
  CHECK(to_text(diagnostics) == "");
  REQUIRE(content);
  std::vector<std::string> seen;
  for (const ContentFile& page : content->pages) {
    seen.push_back(page.path + (page.is_section ? " section" : "") + (page.is_bundle ? " bundle" : ""));
  }
  CHECK(seen ==
        std::vector<std::string>{"_index.md section", "blog/_index.md section", "blog/a.md", "trip/index.md bundle"});
  CHECK(content->bundle_files == std::vector<std::string>{"data.csv", "trip/photo.jpg"});
  CHECK(content->pages[2].source->path == "content/blog/a.md");
  CHECK(content->pages[2].front.title == "A");
  CHECK(content->pages[2].source->text.substr(content->pages[2].front.body_offset) == "Text");
}

TEST_CASE("a site without content is empty, not wrong") {
  Diagnostics diagnostics;
  const auto content = load(MemoryFiles(), diagnostics);
  REQUIRE(content);
  CHECK(content->pages.empty());
  CHECK(content->bundle_files.empty());
}

TEST_CASE("every file is tried, and each that is wrong is reported") {
  MemoryFiles files({{"/site/content/a.md", "+++\ntitel = 1\n+++\n"},
                     {"/site/content/b.md", "caf\xE9\n"},
                     {"/site/content/c.md", ""},
                     {"/site/content/d.md", ""},
                     {"/site/content/e.md", "fine"}});
  files.fail_on_read("/site/content/c.md", std::errc::permission_denied);
  files.fail_on_read("/site/content/d.md", std::errc::no_such_file_or_directory);
  files.add_entry("/site/content/f.md", FileKind::escape);
  files.add_entry("/site/content/g", FileKind::broken);
  files.add_entry("/site/content/h", FileKind::special);
  CHECK(errors_of(files) ==
        "content/a.md:2:1: error: unknown key 'titel' [front-matter/unknown-key]\n"
        "  2 | titel = 1\n"
        "    | ^~~~~\n"
        "  hint: did you mean 'title'? free data goes in [params]\n"
        "content/b.md:1:4: error: the file is not UTF-8: byte 3 is 0xE9 [content/invalid-utf8]\n"
        "  1 | caf<E9>\n"
        "    |    ^~~~\n"
        "  hint: save the file as UTF-8\n"
        "content/c.md: error: the file cannot be read: Permission denied [content/unreadable]\n"
        "  hint: check that it is a file that you may read\n"
        "content/d.md: error: the file vanished before it could be read [content/unreadable]\n"
        "  hint: build again\n"
        "content/f.md: error: this symbolic link leads out of content/ [content/outside]\n"
        "  hint: copy what it points to into content/, or remove the link\n"
        "content/g: error: this symbolic link leads nowhere, or back to a folder above it [content/broken-link]\n"
        "  hint: let it point to a file or folder in content/, or remove it\n"
        "content/h: error: this is a socket, pipe or device, not a file [content/unreadable]\n"
        "  hint: remove it\n");
}

TEST_CASE("an invalid byte is counted from the start of the file, byte-order mark included") {
  const MemoryFiles files({{"/site/content/a.md", "\xEF\xBB\xBFone\ntw\xC0o\n"}});
  CHECK(errors_of(files).starts_with("content/a.md:2:3: error: the file is not UTF-8: byte 9 is 0xC0 "));
}

TEST_CASE("one file is loaded as the whole folder would load it") {
  const MemoryFiles files({{"/site/content/blog/_index.md", "+++\ntitle = 'Blog'\n+++\n"}});
  Diagnostics diagnostics;
  const auto file = load_content_file(files, "/site/content", "content", "blog/_index.md", {}, diagnostics);
  REQUIRE(file);
  CHECK(file->path == "blog/_index.md");
  CHECK(file->front.title == "Blog");
  CHECK(file->is_section);
  CHECK_FALSE(load_content_file(files, "/site/content", "content", "gone.md", {}, diagnostics));
}

}  // namespace hardtop
