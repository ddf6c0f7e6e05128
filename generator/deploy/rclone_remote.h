// Any of rclone's remotes (https://rclone.org/overview/), through the program rclone, version 1.60 (Debian 12) or newer: one process a
// batch of files, not one a file.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "deploy/remote.h"

namespace hardtop {

struct RcloneOptions {
  std::string program = "rclone";
  std::string local;    // the output folder
  std::string staging;  // a folder of ours alone, made and removed as needed: for what is sent under another name
  std::string remote;   // where the site is, in rclone's words
  std::string state;    // where hardtop's notes are
  std::function<bool()> stop = nullptr;  // asked often: true ends the present rclone
};

[[nodiscard]] std::unique_ptr<Remote> make_rclone_remote(RcloneOptions options);

// Whether the remote is an object store, which keeps headers with each file. Where that cannot be found out, it is taken for one: other
// steps will say what is wrong.
[[nodiscard]] bool is_object_store(const RcloneOptions& options);

// What an error of rclone is. `status` is its exit status (https://rclone.org/docs/#exit-code), `words` what it wrote.
[[nodiscard]] RemoteFailure rclone_failure(int status, const std::string& words);

// Where the state of a remote is when [deploy.NAME] does not say: "r2:site/.hardtop".
[[nodiscard]] std::string default_state_of(const std::string& remote);

}  // namespace hardtop
