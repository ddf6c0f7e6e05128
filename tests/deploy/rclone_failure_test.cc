// What rclone 1.60 writes, and what is made of it. The remote itself is tried with rclone, in tests/cli and s3_test.mjs.
#include <doctest/doctest.h>

#include "deploy/rclone_remote.h"

using namespace hardtop;

TEST_CASE("a failure of rclone is told from one that may pass") {
  using Kind = RemoteFailure::Kind;
  const struct {
    int status;
    const char* words;
    Kind kind;
  } cases[] = {
      {1, "Failed to create file system for \"r2:x\": didn't find section in config file", Kind::no_such_remote},
      {1, "a.html: Failed to copy: AccessDenied: Access Denied status code: 403", Kind::lasting},
      {1, "Failed to rcat: NoSuchBucket: The specified bucket does not exist", Kind::lasting},
      {1, "couldn't connect SSH: ssh: handshake failed: ssh: unable to authenticate", Kind::lasting},
      {1, "open /www/a.html: permission denied", Kind::lasting},
      {1, "write /www/a.html: no space left on device", Kind::lasting},
      {7, "anything", Kind::lasting},
      {1, "dial tcp 192.0.2.1:443: connect: connection refused", Kind::passing},
      {1, "dial tcp: lookup s3.example.org: no such host", Kind::passing},
      {5, "SlowDown: Please reduce your request rate", Kind::passing},
      {1, "", Kind::passing},
  };
  for (const auto& each : cases) {
    CAPTURE(each.words);
    const RemoteFailure failure = rclone_failure(each.status, each.words);
    CHECK(failure.kind == each.kind);
    CHECK_FALSE(failure.words.empty());
  }
}

TEST_CASE("the notes about a remote are below it") {
  CHECK(default_state_of("r2:bucket") == "r2:bucket/.hardtop");
  CHECK(default_state_of("r2:") == "r2:.hardtop");
  CHECK(default_state_of("../www") == "../www/.hardtop");
  CHECK(default_state_of("/") == "/.hardtop");
}
