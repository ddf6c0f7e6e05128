#include "build/compressed_cache.h"

#include <doctest/doctest.h>

#include "base/hash.h"

using namespace hardtop;

namespace {

using Entries = std::map<CompressedCache::Key, std::string>;

const std::string kFirst(32, '0'), kSecond = "0123456789abcdef0123456789abcdef", kOther = "f" + std::string(31, '0');
const Entries kEntries = {{{kFirst, Encoding::gzip}, "bytes\nwith lines\n"},
                          {{kSecond, Encoding::gzip}, ""},
                          {{kSecond, Encoding::brotli}, std::string("\0 x", 3)}};

}  // namespace

TEST_CASE("what was compressed reads back as it was written, sorted by hash") {
  const std::string text = format_compressed(kEntries, "a 1, b 2");
  CHECK(text == "hardtop compressed 1 a 1, b 2\n" + kFirst + " gzip 17 " + hash128_hex("bytes\nwith lines\n") +
                    "\nbytes\nwith lines\n\n" + kSecond + " gzip 0 " + hash128_hex("") + "\n\n" + kSecond + " br 3 " +
                    hash128_hex(std::string("\0 x", 3)) + "\n" + std::string("\0 x\n", 4));
  CHECK(parse_compressed(text, "a 1, b 2") == kEntries);
}

TEST_CASE("what other versions have compressed counts for nothing") {
  CHECK(parse_compressed(format_compressed(kEntries, "a 1"), "a 2").empty());
  CHECK(parse_compressed("hardtop compressed 2 a 1\n", "a 1").empty());
  CHECK(parse_compressed("", "a 1").empty());
}

TEST_CASE("of a file that was cut off, or damaged, what is whole before the damage is read, and nothing that is not") {
  const std::string text = format_compressed(kEntries, "v");
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    const Entries read = parse_compressed(text.substr(0, size), "v");
    CHECK(read.size() < kEntries.size());
    for (const auto& [key, bytes] : read) CHECK(kEntries.at(key) == bytes);
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    CAPTURE(at);
    std::string damaged = text;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    for (const auto& [key, bytes] : parse_compressed(damaged, "v")) {
      const auto entry = kEntries.find(key);
      if (entry != kEntries.end()) CHECK(entry->second == bytes);  // else the damage is in the hash: nobody asks for it
    }
  }
}

TEST_CASE("only the parts of the cache that differ are written") {
  MemoryFiles files;
  CompressedCache cache;
  cache.put({kFirst, Encoding::gzip}, "one");
  cache.put({kOther, Encoding::brotli}, "two");
  std::string path;
  CHECK_FALSE(write_compressed_cache(files, "c", cache, path));
  CHECK(files.is_file("c/0"));
  CHECK(files.is_file("c/f"));
  CHECK(files.snapshot().size() == 2);

  CompressedCache back = read_compressed_cache(files, "c", 2);
  REQUIRE(back.find({kFirst, Encoding::gzip}));
  CHECK(*back.find({kFirst, Encoding::gzip}) == "one");
  CHECK_FALSE(back.find({kFirst, Encoding::brotli}));
  back.put({kOther, Encoding::gzip}, "three");
  CHECK_FALSE(write_compressed_cache(files, "c", back, path));
  CHECK(path == "c/f");
  back.prune([](const CompressedCache::Key& key) { return key.first != kFirst; });
  CHECK_FALSE(write_compressed_cache(files, "c", back, path));  // the part is empty: its file goes
  CHECK_FALSE(files.is_file("c/0"));
  files.fail_on_write("c/0", std::errc::permission_denied);
  back.put({kFirst, Encoding::gzip}, "one");
  CHECK(write_compressed_cache(files, "c", back, path) == std::errc::permission_denied);
  CHECK(path == "c/0");
}
