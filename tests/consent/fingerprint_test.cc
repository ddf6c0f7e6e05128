#include "consent/fingerprint.h"

#include <doctest/doctest.h>

#include <functional>

using namespace hardtop;

namespace {

Service atlas() {
  Service service;
  service.id = "atlas";
  service.name = "Atlas beacon";
  service.provider = "Atlas DMT";
  service.category = "advertising";
  service.purpose.by_language[""] = "ads";
  service.hosts = {"view.atlasdmt.com", "a.atlasdmt.com"};
  service.sells_or_shares = true;
  StoredItem cookie;
  cookie.name = "AA002";
  cookie.host = "atlasdmt.com";
  cookie.lifetime = "2 years";
  cookie.days = 731;
  service.stored = {cookie, cookie};
  service.stored[1].name = "AA003";
  return service;
}

}  // namespace

TEST_CASE("a fingerprint is the same on every machine and in every version: visitors' cookies hold it") {
  CHECK(fingerprint(atlas()) == "fIJnlfm");
  CHECK(fingerprint(atlas()).starts_with(service_key("atlas")));
  CHECK(short_hash("", 6) == "47DEQp");
  CHECK(short_hash("", 99).size() == 43);
}

TEST_CASE("material facts change a fingerprint but for its first three characters; words do not") {
  struct Row {
    const char* what;
    std::function<void(Service&)> change;
    bool material;
  };
  const std::vector<Row> rows = {
      {"a host more", [](Service& s) { s.hosts.push_back("b.example"); }, true},
      {"a host less", [](Service& s) { s.hosts.pop_back(); }, true},
      {"another provider", [](Service& s) { s.provider = "Beta"; }, true},
      {"purpose revision", [](Service& s) { s.purpose_revision = 2; }, true},
      {"no longer sells", [](Service& s) { s.sells_or_shares = false; }, true},
      {"a cookie less", [](Service& s) { s.stored.pop_back(); }, true},
      {"a cookie's name", [](Service& s) { s.stored[0].name = "AA004"; }, true},
      {"a cookie's host", [](Service& s) { s.stored[0].host = ""; }, true},
      {"a cookie's days", [](Service& s) { s.stored[0].days = 30; }, true},
      {"kept until removed", [](Service& s) { s.stored[0].permanent = true; }, true},
      {"a kind", [](Service& s) { s.stored[0].kind = StoredItem::Kind::local_storage; }, true},
      {"order of hosts", [](Service& s) { std::swap(s.hosts[0], s.hosts[1]); }, false},
      {"order of items", [](Service& s) { std::swap(s.stored[0], s.stored[1]); }, false},
      {"spelling of the provider", [](Service& s) { s.provider = "ATLAS  DMT."; }, false},
      {"name", [](Service& s) { s.name = "Beacon"; }, false},
      {"purpose's words", [](Service& s) { s.purpose.by_language["de"] = "Werbung"; }, false},
      {"category", [](Service& s) { s.category = "analytics"; }, false},
      {"the same lifetime in other words", [](Service& s) { s.stored[0].lifetime = "731 days"; }, false},
      {"links", [](Service& s) { s.opt_out_url = "https://x.example/"; }, false},
  };
  const std::string before = fingerprint(atlas());
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Service service = atlas();
    row.change(service);
    const std::string after = fingerprint(service);
    CHECK(after.size() == 7);
    CHECK(after.substr(0, 3) == before.substr(0, 3));
    CHECK((after != before) == row.material);
  }
}

TEST_CASE("no value can be taken for two: what stands in a name is not a separator") {
  Service one = atlas(), two = atlas();
  one.hosts = {"a.example", "b.example"};
  two.hosts = {"a.example,9:b.example"};
  CHECK(fingerprint(one) != fingerprint(two));
}
