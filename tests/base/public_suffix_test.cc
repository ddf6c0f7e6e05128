#include "base/public_suffix.h"

#include <doctest/doctest.h>

using namespace hardtop;

TEST_CASE("a public suffix is what strangers share, a registry's suffix is nobody's own host") {
  struct Row {
    const char* host;
    bool is_public, is_registry;
    const char* registrable;
  };
  const std::vector<Row> rows = {
      {"com", true, true, ""},
      {"co.uk", true, true, ""},
      {"xn--fiqs8s", true, true, ""},      // 中国
      {"anything.ck", true, true, ""},     // *.ck
      {"www.ck", false, false, "www.ck"},  // !www.ck
      {"github.io", true, false, ""},
      {"s3.amazonaws.com", true, false, ""},
      {"atlasdmt.com", false, false, "atlasdmt.com"},
      {"view.atlasdmt.com", false, false, "atlasdmt.com"},
      {"a.b.example.co.uk", false, false, "example.co.uk"},
      {"test", true, false, ""},
      {"films.test", false, false, "films.test"},
      {"127.0.0.1", false, false, ""},
      {"[::1]", false, false, ""},
      {"", false, false, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.host);
    CHECK(is_public_suffix(row.host) == row.is_public);
    CHECK(is_registry_suffix(row.host) == row.is_registry);
    CHECK(registrable_domain(row.host) == row.registrable);
  }
}
