// A remote in memory that dies where a test wants it to, as a machine does: from then on it does nothing any more.
#pragma once

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <string>

#include "base/hash.h"
#include "base/sha.h"
#include "deploy/remote.h"
#include "deploy/remote_state.h"
#include "deploy/upload_headers.h"

namespace hardtop {

struct StoredFile {
  std::string bytes, headers;
  friend bool operator==(const StoredFile&, const StoredFile&) = default;
};
using Stored = std::map<std::string, StoredFile>;
using Bytes = std::map<std::string, std::string>;  // a site, as text by path

class MemoryRemote final : public Remote {
 public:
  Bytes local;  // the output folder
  Stored site;
  Bytes state;                             // "manifest.ID", "versions/ID/manifest", …
  std::map<std::string, Stored> versions;  // the files of versions/ID/
  std::vector<std::string> log;            // what was done: "upload a.html"

  std::size_t steps = std::numeric_limits<std::size_t>::max();  // how many files it changes before it dies
  bool leaves_halves = false;  // dying in the middle of a file leaves half of it, as rclone does in folders and by SFTP
  bool tells_hashes = true;
  std::map<std::string, int> stumbles;  // log line to how often it fails in passing
  std::function<void()> after_step = nullptr;

  Failure read_state(std::string& texts) override {
    if (dead_) return death();
    for (const auto& [name, text] : state)
      if (!name.starts_with("versions/")) texts += text;
    return std::nullopt;
  }
  Failure read_version(const std::string& id, std::string& text) override {
    if (dead_) return death();
    const auto at = state.find("versions/" + id + "/manifest");
    text = at == state.end() ? "" : at->second;
    return std::nullopt;
  }
  Failure write_state(const std::string& name, std::string_view text) override {
    const std::string kind = name.substr(0, name.find_first_of("./"));
    return step(
        "write " + kind, [&] { state[name] = std::string(text); },
        [&] { state[name] = std::string(text.substr(0, text.size() / 2)); });
  }
  Failure remove_state(const std::string& name) override {
    return step("remove " + name.substr(0, name.find('.')), [&] { state.erase(name); });
  }
  Failure tidy(const std::string& manifest, const std::string& version, const std::string& lock) override {
    std::vector<std::string> names;
    for (const auto& [name, text] : state) {
      const bool of_version = name.starts_with("versions/") && name != "versions/" + version + "/manifest";
      const bool of_deploys = (name.starts_with("manifest.") && name != "manifest." + manifest) ||
                              name.starts_with("journal.") || name == "lock." + lock;
      if (of_version || of_deploys) names.push_back(name);
    }
    std::ranges::stable_sort(names, {}, [](const std::string& name) { return !name.starts_with("versions/"); });
    if (Failure failure =
            step("tidy versions", [&] { std::erase_if(versions, [&](auto& each) { return each.first != version; }); }))
      return failure;
    for (const std::string& name : names)
      if (Failure failure = step("tidy", [&] { state.erase(name); })) return failure;
    return std::nullopt;
  }
  Failure upload(const std::vector<std::string>& paths, const std::string& headers, const Arrived& arrived) override {
    for (const std::string& path : paths) {
      const auto put = [&](const std::string& bytes) { site[path] = {bytes, headers}; };
      if (Failure failure = step(
              "upload " + path, [&] { put(local.at(path)); },
              [&] { put(local.at(path).substr(0, local.at(path).size() / 2)); }))
        return failure;
      arrived(path);
    }
    return std::nullopt;
  }
  Failure keep(const std::string& id, const std::vector<std::string>& paths, const Arrived& arrived) override {
    for (const std::string& path : paths) {
      if (Failure failure = step("keep " + path, [&] { versions[id][path] = site.at(path); })) return failure;
      arrived(path);
    }
    return std::nullopt;
  }
  Failure restore(const std::string& id, const std::vector<std::string>& paths, const std::string&,
                  const Arrived& arrived) override {
    for (const std::string& path : paths) {
      if (!versions[id].contains(path)) return RemoteFailure{RemoteFailure::Kind::lasting, "no " + path};
      if (Failure failure = step("restore " + path, [&] { site[path] = versions[id][path]; })) return failure;
      arrived(path);
    }
    return std::nullopt;
  }
  Failure remove(const std::vector<std::string>& paths) override {
    for (const std::string& path : paths)
      if (Failure failure = step("remove " + path, [&] { site.erase(path); })) return failure;
    return std::nullopt;
  }
  Failure read_hashes(const std::vector<std::string>& paths, std::map<std::string, std::string>& hashes) override {
    if (dead_) return death();
    for (const std::string& path : paths)
      if (site.contains(path) && tells_hashes) hashes[path] = md5_hex(site[path].bytes);
    return std::nullopt;
  }

  // Another process comes to the same place.
  void revive(std::size_t more_steps = std::numeric_limits<std::size_t>::max()) {
    steps = more_steps;
    dead_ = false;
    log.clear();
  }
  [[nodiscard]] bool is_dead() const { return dead_; }

 private:
  static Failure death() { return RemoteFailure{RemoteFailure::Kind::lasting, "the machine is off"}; }

  Failure step(const std::string& what, const std::function<void()>& whole,
               const std::function<void()>& half = nullptr) {
    if (dead_) return death();
    if (stumbles[what] > 0) {
      --stumbles[what];
      return RemoteFailure{RemoteFailure::Kind::passing, what + ": timeout"};
    }
    if (steps == 0) {
      if (half && leaves_halves) half();
      if (after_step) after_step();
      dead_ = true;
      return death();
    }
    --steps;
    whole();
    log.push_back(what);
    if (after_step) after_step();
    return std::nullopt;
  }

  bool dead_ = false;
};

// What was built, as deploy reads it.
inline std::vector<RemoteFile> files_of(const Bytes& bytes) {
  std::vector<RemoteFile> files;
  for (const auto& [path, text] : bytes)
    files.push_back({path, hash128_hex(text), text.size(), upload_headers(path, {})});
  return files;
}

}  // namespace hardtop
