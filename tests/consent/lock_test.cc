#include "consent/lock.h"

#include <doctest/doctest.h>

#include "base/diagnostic_format.h"

using namespace hardtop;

namespace {

constexpr std::string_view kAtlas = R"(
[consent]
policy = "p.md"
[[service]]
id = "atlas"
name = "Atlas beacon"
provider = "Atlas DMT"
category = "advertising"
purpose = "ads"
hosts = ["view.atlasdmt.com", "a.atlasdmt.com"]
opt_out_url = "https://atlasdmt.com/"
sells_or_shares = true
[[service.cookie]]
name = "AA002"
host = "atlasdmt.com"
lifetime = "2 years"
purpose = "x"
[[service.storage]]
name = "k"
kind = "local"
lifetime = "until removed"
purpose = "x"
)";
constexpr std::string_view kSession = R"(
[[service]]
id = "session"
name = "Sign-up"
provider = "We"
category = "necessary"
purpose = "x"
justification = "asked for"
[[service.cookie]]
name = "sid"
lifetime = "session"
purpose = "x"
)";

ConsentConfig config_of(const std::string& text) {
  Diagnostics found;
  std::optional<ConsentConfig> config =
      load_consent_config(MemoryFiles{{"consent.toml", text}}, "", "www.site.example", found);
  CHECK(to_text(found) == "");
  REQUIRE(config);
  return *std::move(config);
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

ConsentLock read(const std::string& text) {
  Diagnostics found;
  std::optional<ConsentLock> lock = load_consent_lock(MemoryFiles{{"s/consent.lock", text}}, "s", found);
  CHECK(to_text(found) == "");
  REQUIRE(lock);
  return *std::move(lock);
}

std::string errors_of(const std::string& text) {
  Diagnostics found;
  CHECK_FALSE(load_consent_lock(MemoryFiles{{"s/consent.lock", text}}, "s", found));
  return to_text(found);
}

std::string check(const ConsentConfig& config, const ConsentLock& lock) {
  Diagnostics found;
  check_lock(config, lock, found);
  return to_text(found);
}

constexpr Date kFirst{.year = 2026, .month = 1, .day = 2};
constexpr Date kSecond{.year = 2026, .month = 11, .day = 23};
constexpr Date kThird{.year = 2027, .month = 3, .day = 1};

}  // namespace

TEST_CASE("a lock is written for people, and read as it was written") {
  const ConsentConfig config = config_of(std::string(kAtlas) + std::string(kSession));
  const ConsentLock lock = updated_lock(config, {}, kFirst, "");
  const std::string text = to_toml(lock);
  CHECK(text ==
        "# What visitors are asked about, service by service, and since when. Written by hardtop lock: change "
        "consent.toml,\n"
        "# run  hardtop lock --note \"what has changed\"  and commit both files together. Notes may be edited here; "
        "visitors\n"
        "# who are asked again about a service read the last one.\n"
        "\n"
        "[[service]]\n"
        "id = \"atlas\"\n"
        "fingerprint = \"fIJ1dCR\"\n"
        "since = 2026-01-02\n"
        "facts = [\n"
        "  \"provider: Atlas DMT\",\n"
        "  \"sells or shares: yes\",\n"
        "  \"host: a.atlasdmt.com\",\n"
        "  \"host: view.atlasdmt.com\",\n"
        "  \"cookie: AA002 of atlasdmt.com, 731 days\",\n"
        "  \"local storage: k, until removed\",\n"
        "]\n"
        "\n"
        "[[service]]\n"
        "id = \"session\"\n"
        "fingerprint = \"Pzr87CZ\"\n"
        "since = 2026-01-02\n"
        "facts = [\n"
        "  \"provider: We\",\n"
        "  \"cookie: sid, session\",\n"
        "]\n");
  CHECK(to_toml(read(text)) == text);
  CHECK(check(config, lock) == "");
  CHECK(to_toml(updated_lock(config, lock, kSecond, "unused")) == text);
}

TEST_CASE("what has changed is told at the service, and recorded with its day and note") {
  const ConsentLock lock = updated_lock(config_of(std::string(kAtlas)), {}, kFirst, "");
  std::string text = replaced(std::string(kAtlas), "\"a.atlasdmt.com\"", "\"b.atlasdmt.com\"");
  text = replaced(text, "2 years", "1 day");
  text = replaced(text, "purpose = \"ads\"", "purpose = \"ads\"\npurpose_revision = 2");
  const ConsentConfig config = config_of(text);
  CHECK(check(config, lock) ==
        "consent.toml:5:6: error: the service 'atlas' is not what consent.lock records of 2026-01-02: - host: "
        "a.atlasdmt.com; - cookie: AA002 of atlasdmt.com, 731 days; + purpose: revision 2; + host: b.atlasdmt.com; + "
        "cookie: AA002 of atlasdmt.com, 1 day [consent/lock-differs]\n"
        "  5 | id = \"atlas\"\n"
        "    |      ^~~~~~~\n"
        "  hint: run hardtop lock --note \"…\": visitors who have decided are asked again, and read the note; or take "
        "the change back\n");

  const ConsentLock after = updated_lock(config, lock, kSecond, "Atlas has a new server");
  REQUIRE(after.entries.size() == 2);
  CHECK(iso_date(after.newest("atlas")->since) == "2026-11-23");
  CHECK(check(config, after) == "");
  CHECK(lock.note_of_change("atlas") == "");
  CHECK(after.note_of_change("atlas") == "Atlas has a new server");
  CHECK(to_toml(read(to_toml(after))) == to_toml(after));
}

TEST_CASE("a service that is new, and one that is gone, differ from the lock until they are recorded") {
  const ConsentConfig atlas = config_of(std::string(kAtlas));
  const ConsentConfig both = config_of(std::string(kAtlas) + std::string(kSession));
  const ConsentLock first = updated_lock(both, {}, kFirst, "");

  CHECK(check(both, updated_lock(atlas, {}, kFirst, "")) ==
        "consent.toml:25:6: error: consent.lock does not know the service 'session' [consent/lock-differs]\n"
        "  25 | id = \"session\"\n"
        "     |      ^~~~~~~~~\n"
        "  hint: run hardtop lock: it records the service, with today's date\n");
  CHECK(check(atlas, first) ==
        "consent.toml: error: the service 'session', which consent.lock records, is gone [consent/lock-differs]\n"
        "  hint: run hardtop lock, which records that it is gone; put it back where that was a mistake: under a new id "
        "every visitor would be asked again\n");

  const ConsentLock gone = updated_lock(atlas, first, kSecond, "No longer needed");
  CHECK(check(atlas, gone) == "");
  CHECK(
      to_toml(gone).ends_with("[[service]]\n"
                              "id = \"session\"\n"
                              "removed = true\n"
                              "since = 2026-11-23\n"
                              "note = \"No longer needed\"\n"));
  CHECK(to_toml(read(to_toml(gone))) == to_toml(gone));
  CHECK(gone.note_of_change("session") == "");
  CHECK(to_toml(updated_lock(atlas, gone, kThird, "again")) == to_toml(gone));

  // Back with the facts that visitors know: nobody is asked again, and no note is shown.
  CHECK(check(both, gone).find("does not know the service 'session'") != std::string::npos);
  const ConsentLock back = updated_lock(both, gone, kThird, "Back");
  CHECK(check(both, back) == "");
  CHECK(back.note_of_change("session") == "");
}

TEST_CASE("a lock that records nothing is one error; a site without services needs none") {
  CHECK(check(config_of(std::string(kAtlas) + std::string(kSession)), {}) ==
        "consent.toml: error: consent.lock does not record what visitors are asked about [consent/lock-differs]\n"
        "  hint: run hardtop lock, and commit consent.lock together with consent.toml\n");
  CHECK(check({}, {}) == "");
  Diagnostics found;
  const std::optional<ConsentLock> none = load_consent_lock(MemoryFiles{}, "s", found);
  REQUIRE(none);
  CHECK(none->entries.empty());
  CHECK(none->newest("atlas") == nullptr);
}

TEST_CASE("a lock without a consent.toml says what is gone") {
  const ConsentLock lock = updated_lock(config_of(std::string(kSession)), {}, kFirst, "");
  CHECK(check({}, lock).starts_with("consent.toml: error: the service 'session', which consent.lock records, is gone"));
}

TEST_CASE("a lock that hardtop did not write so is an error") {
  struct Row {
    std::string text, errors;
  };
  constexpr std::string_view kHint =
      "  hint: take the last version of the file from version control, then run hardtop lock\n";
  const std::string good = "[[service]]\nid = 'a'\nfingerprint = 'ype1234'\nsince = 2026-01-01\n";
  const std::vector<Row> rows = {
      {good + "<<<<<<< HEAD\n[[service]]\n=======\n>>>>>>> x\n",
       "consent.lock:5:1: error: a merge has left a conflict in the file [consent/bad-lock]\n"
       "  5 | <<<<<<< HEAD\n"
       "    | ^~~~~~~\n"
       "  hint: keep the tables of both sides, remove the lines with <<<<<<<, ======= and >>>>>>>, then run hardtop "
       "lock\n"},
      {"service = 1",
       "consent.lock:1:11: error: 'service' must be a list of tables, not whole number [consent/bad-lock]\n"
       "  1 | service = 1\n"
       "    |           ^\n" +
           std::string(kHint)},
      {"[[service]]\nsince = 2026-01-01\n",
       "consent.lock:1:1: error: a service has no id [consent/bad-lock]\n"
       "  1 | [[service]]\n"
       "    | ^~~~~~~~~~~\n" +
           std::string(kHint)},
      {"[[service]]\nid = 'a'\nfingerprint = 'ype1234'\n",
       "consent.lock:1:1: error: the service 'a' has no day in 'since' [consent/bad-lock]\n"
       "  1 | [[service]]\n"
       "    | ^~~~~~~~~~~\n" +
           std::string(kHint)},
      {"[[service]]\nid = 'a'\nfingerprint = 'ype'\nsince = 2026-01-01\n",
       "consent.lock:1:1: error: the service 'a' has no fingerprint, or one that cannot be [consent/bad-lock]\n"
       "  1 | [[service]]\n"
       "    | ^~~~~~~~~~~\n" +
           std::string(kHint)},
      {good + "removed = true\n",
       "consent.lock:1:1: error: the service 'a' has no fingerprint, or one that cannot be [consent/bad-lock]\n"
       "  1 | [[service]]\n"
       "    | ^~~~~~~~~~~\n" +
           std::string(kHint)},
      {good + "nota = 'x'\n",
       "consent.lock:5:1: error: unknown key 'nota' in [[service]] [consent/unknown-key]\n"
       "  5 | nota = 'x'\n"
       "    | ^~~~\n"
       "  hint: did you mean 'note'?\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(errors_of(row.text) == row.errors);
  }
}
