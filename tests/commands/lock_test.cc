#include <doctest/doctest.h>

#include "commands/fake_surroundings.h"

using namespace hardtop;

namespace {

constexpr std::string_view kConsent =
    "[consent]\n"
    "policy = \"privacy.md\"\n"
    "[[service]]\n"
    "id = \"films\"\n"
    "name = \"Films\"\n"
    "provider = \"Films Inc.\"\n"
    "category = \"functional\"\n"
    "purpose = \"Shows films\"\n"
    "hosts = [\"player.films.example\"]\n";

std::string with_host(std::string_view host) {
  std::string text(kConsent);
  return text.replace(text.find("player.films.example"), 20, host);
}

std::string locked(const FakeProcess& process) { return process.files.snapshot().at("consent.lock"); }

}  // namespace

TEST_CASE("lock records what is new, what has changed and what is gone, and says so") {
  FakeProcess process(Contents{{"site.toml", "title = 'T'"}, {"consent.toml", std::string(kConsent)}});
  CHECK(process.run({"lock"}) == 0);
  CHECK(process.err.str().empty());
  CHECK(process.out.str() ==
        "Recorded in consent.lock:\n"
        "  films  new\n"
        "\n"
        "Commit it together with consent.toml.\n");
  const std::string first = locked(process);
  CHECK(first.find("since = 2026-11-23\n") != std::string::npos);

  FakeProcess again(Contents{process.files.snapshot()});
  CHECK(again.run({"lock", "--note", "nothing"}) == 0);
  CHECK(again.out.str() == "Nothing has changed since consent.lock was written.\n");
  CHECK(locked(again) == first);

  Contents files = process.files.snapshot();
  files["consent.toml"] = with_host("video.films.example");
  FakeProcess changed(files);
  CHECK(changed.run({"lock", "--note", " The films come from a new server "}) == 0);
  CHECK(changed.out.str() ==
        "Recorded in consent.lock:\n"
        "  films  - host: player.films.example\n"
        "         + host: video.films.example\n"
        "\n"
        "Commit it together with consent.toml.\n");
  CHECK(locked(changed).starts_with(first));
  CHECK(locked(changed).find("note = \"The films come from a new server\"\n") != std::string::npos);

  files = changed.files.snapshot();
  files["consent.toml"] = "";
  FakeProcess gone(files);
  CHECK(gone.run({"lock"}) == 0);
  CHECK(gone.out.str() ==
        "Recorded in consent.lock:\n"
        "  films  gone\n"
        "\n"
        "Commit it together with consent.toml.\n");

  files = gone.files.snapshot();
  files["consent.toml"] = kConsent;
  FakeProcess back(files);
  CHECK(back.run({"lock"}) == 0);
  CHECK(back.out.str() ==
        "Recorded in consent.lock:\n"
        "  films  back\n"
        "\n"
        "Commit it together with consent.toml.\n");
}

TEST_CASE("who is asked again without a note is not told why, and lock says so") {
  FakeProcess process(Contents{{"a/site.toml", "title = 'T'"}, {"a/consent.toml", std::string(kConsent)}});
  REQUIRE(process.run({"-C", "a", "lock"}) == 0);
  Contents files = process.files.snapshot();
  files["a/consent.toml"] = with_host("video.films.example");
  FakeProcess changed(files);
  CHECK(changed.run({"-C", "a", "lock"}) == 0);
  CHECK(changed.out.str() ==
        "Recorded in a/consent.lock:\n"
        "  films  - host: player.films.example\n"
        "         + host: video.films.example\n"
        "\n"
        "Visitors who have decided about what changed are asked again, and not told why. To tell them, add\n"
        "note = \"…\" to the last table of the service in a/consent.lock.\n"
        "\n"
        "Commit it together with consent.toml.\n");
}

TEST_CASE("a site without consent.toml has nothing to record") {
  FakeProcess process(Contents{{"site.toml", "title = 'T'"}});
  CHECK(process.run({"lock"}) == 0);
  CHECK(process.out.str() ==
        "Nothing to record: there is no consent.toml. To declare a service: hardtop new service\n");
  CHECK_FALSE(process.files.snapshot().contains("consent.lock"));
}

TEST_CASE("lock stops at errors, and leaves consent.lock as it was") {
  FakeProcess process(Contents{{"site.toml", "title = 'T'"}, {"consent.toml", "x = 1"}, {"consent.lock", "y = 1"}});
  CHECK(process.run({"lock"}) == 1);
  CHECK(process.out.str().empty());
  CHECK(process.err.str() ==
        "consent.lock:1:1: error: unknown key 'y' [consent/unknown-key]\n"
        "  1 | y = 1\n"
        "    | ^\n"
        "  hint: one of: service\n"
        "consent.toml:1:1: error: unknown key 'x' [consent/unknown-key]\n"
        "  1 | x = 1\n"
        "    | ^\n"
        "  hint: one of: consent, category, service\n"
        "2 errors; consent.lock is as it was\n"
        "More about the first: hardtop explain consent/unknown-key\n");

  FakeProcess no_site(Contents{{"a.md", ""}});
  CHECK(no_site.run({"lock"}) == 1);
  CHECK(no_site.err.str().starts_with("site.toml: error: there is no site.toml in this folder [config/missing]\n"));
}

TEST_CASE("a disk that refuses consent.lock is a failure of the environment") {
  FakeProcess process(Contents{{"site.toml", "title = 'T'"}, {"consent.toml", std::string(kConsent)}});
  process.files.fail_on_write("consent.lock", std::errc::no_space_on_device);
  CHECK(process.run({"lock"}) == 3);
  CHECK(process.err.str() ==
        "error: cannot write consent.lock: No space left on device [consent/unwritable]\n"
        "  hint: look at the folder's permissions and the disk's free space\n");
}

TEST_CASE("a note is one line of text, and the day is SOURCE_DATE_EPOCH's") {
  FakeProcess lines(Contents{{"site.toml", "title = 'T'"}});
  CHECK(lines.run({"lock", "--note", "a\nb"}) == 2);
  CHECK(lines.err.str() ==
        "error: --note cannot be more than one line of text\n"
        "  hint: see hardtop lock --help\n");
  FakeProcess none(Contents{{"site.toml", "title = 'T'"}});
  CHECK(none.run({"lock", "--note"}) == 2);
  CHECK(none.err.str() ==
        "error: --note needs a text\n"
        "  hint: --note TEXT; see hardtop lock --help\n");
  FakeProcess argument(Contents{{"site.toml", "title = 'T'"}});
  CHECK(argument.run({"lock", "films"}) == 2);

  FakeProcess dated(Contents{{"site.toml", "title = 'T'"}, {"consent.toml", std::string(kConsent)}});
  dated.variables["SOURCE_DATE_EPOCH"] = "951782399";
  CHECK(dated.run({"lock"}) == 0);
  CHECK(locked(dated).find("since = 2000-02-28\n") != std::string::npos);
}
