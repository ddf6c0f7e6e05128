// What rclone 1.60 was seen to do, and what follows from it here:
//   - a name of --files-from-raw that is not there is passed over with exit status 0: so the lines "Copied" of its log are counted,
//     which also tell how far it is;
//   - it compares size and time before it copies: --ignore-times, because the plan has compared already, and headers differ unseen;
//   - its own retries repeat the whole batch: --retries 1, the engine repeats what is missing;
//   - low-level retries multiply with those of the S3 library: ten (the default) make five minutes of a server that is down;
//   - S3 remotes make a missing bucket: --s3-no-check-bucket, a slip of the finger is not to be one;
//   - a batch keeps its names: what is sent under another (a.html, from a.html.gz) is copied to a folder where it has it;
//   - with AWS_CA_BUNDLE set, no S3 remote works ("transport unsupported type"): it gets the file by --ca-cert instead;
//   - any option may stand in the environment: those that it will not have beside --log-level (RCLONE_VERBOSE, RCLONE_QUIET) end it, and
//     those that change what is done or printed (RCLONE_DRY_RUN, RCLONE_PROGRESS) are not meant for a deploy.
#include "deploy/rclone_remote.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/json.h"
#include "base/text.h"
#include "deploy/child_process.h"
#include "deploy/upload_headers.h"

namespace hardtop {

namespace {

constexpr int kNoDirectory = 3, kNoFile = 4;  // rclone's exit statuses

std::string below(const std::string& remote, std::string_view name) {
  return remote + (remote.ends_with(':') || remote.ends_with('/') ? "" : "/") + std::string(name);
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// "2026/11/23 10:00:00 Failed to …": what ends rclone before its log is JSON begins with a time.
std::string_view without_time(std::string_view line) {
  constexpr std::string_view kTime = "0000/00/00 00:00:00 ";
  const bool has_time =
      line.size() > kTime.size() && std::ranges::equal(line.substr(0, kTime.size()), kTime, [](char c, char like) {
        return like == '0' ? is_ascii_digit(c) : c == like;
      });
  return has_time ? line.substr(kTime.size()) : line;
}

// rclone's words on one line, each once, without what leads to nothing.
class Words {
 public:
  void add(std::string_view text) {
    std::string line;
    for (const std::string_view part : split(text, '\n')) {
      const std::string_view words = without_time(trim(part));
      if (!words.empty()) line.append(line.empty() ? "" : " ").append(words);
    }
    // What it says at the end, it has said before.
    if (line.find(": last error was: ") != std::string::npos && !seen_.empty()) return;
    if (line.empty() || line.starts_with("Attempt ") || !seen_.insert(line).second) return;
    if (seen_.size() <= kMost) all_ += (all_.empty() ? "" : "; ") + line;
  }
  [[nodiscard]] const std::string& text() const { return all_; }

 private:
  static constexpr std::size_t kMost = 2;
  std::set<std::string> seen_;
  std::string all_;
};

// Patterns of --filter: what has a meaning in them is written with a backslash.
std::string filter_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (std::string_view("*?[]{}\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

class RcloneRemote final : public Remote {
 public:
  explicit RcloneRemote(RcloneOptions options) : options_(std::move(options)) {}

  Failure read_state(std::string& texts) override {
    return read({"cat", options_.state, "--max-depth", "1", "--include", "/manifest.*", "--include", "/journal.*",
                 "--include", "/lock.*"},
                texts);
  }

  Failure read_version(const std::string& id, std::string& text) override {
    return read({"cat", version(id), "--max-depth", "1", "--include", "/manifest"}, text);
  }

  Failure write_state(const std::string& name, std::string_view text) override {
    const std::string size = std::to_string(text.size());
    return run({"rcat", below(options_.state, name), "--size", size}, std::string(text)).failure;
  }

  Failure remove_state(const std::string& name) override {
    return tolerate_absence(run({"delete", options_.state, "--files-from-raw", "-"}, name + "\n"));
  }

  Failure tidy(const std::string& manifest, const std::string& version, const std::string& lock) override {
    std::vector<std::string> arguments = {"delete", below(options_.state, "versions"), "--rmdirs"};
    if (!version.empty()) arguments.insert(arguments.end(), {"--filter", "- /" + filter_name(version) + "/**"});
    arguments.insert(arguments.end(), {"--filter", "+ *"});
    if (Failure failure = tolerate_absence(run(std::move(arguments)))) return failure;
    return tolerate_absence(run({"delete", options_.state, "--max-depth", "1", "--filter",
                                 "- /manifest." + filter_name(manifest), "--filter", "+ /manifest.*", "--filter",
                                 "+ /journal.*", "--filter", "+ /lock." + filter_name(lock), "--filter", "- *"}));
  }

  Failure upload(const std::vector<std::string>& paths, const std::string& headers, const Arrived& arrived) override {
    const std::optional<Encoding> encoding = encoding_in(headers);
    if (!encoding) return copy(options_.local, options_.remote, paths, headers, arrived);
    Failure failure = stage(paths, encoding_ending(*encoding));
    if (!failure) failure = copy(options_.staging, options_.remote, paths, headers, arrived);
    std::error_code ignored;
    std::filesystem::remove_all(options_.staging, ignored);
    return failure;
  }
  Failure keep(const std::string& id, const std::vector<std::string>& paths, const Arrived& arrived) override {
    return copy(options_.remote, below(version(id), "files"), paths, "", arrived);
  }
  Failure restore(const std::string& id, const std::vector<std::string>& paths, const std::string& headers,
                  const Arrived& arrived) override {
    return copy(below(version(id), "files"), options_.remote, paths, headers, arrived);
  }

  Failure remove(const std::vector<std::string>& paths) override {
    if (paths.empty()) return std::nullopt;  // of an empty list, rclone would make "all"
    return tolerate_absence(run({"delete", options_.remote, "--files-from-raw", "-"}, lines_of(paths)));
  }

  // rclone knows aliases and the like, and names no remote but by what it can do.
  bool is_object_store() {
    std::string text;
    JsonError error;
    if (read({"backend", "features", options_.remote}, text)) return true;
    const std::optional<Data> all = parse_json(text, error);
    const Data* const features = all ? all->find("Features") : nullptr;
    const Data* const is_bucket = features ? features->find("BucketBased") : nullptr;
    const bool* const value = is_bucket ? std::get_if<bool>(&is_bucket->value) : nullptr;
    return !value || *value;
  }

  Failure read_hashes(const std::vector<std::string>& paths, std::map<std::string, std::string>& hashes) override {
    std::string text;
    if (Failure failure = read({"lsjson", options_.remote, "--recursive", "--files-only", "--hash", "--hash-type",
                                "md5", "--no-modtime", "--no-mimetype", "--files-from-raw", "-"},
                               text, lines_of(paths)))
      return failure;
    if (text.empty()) return std::nullopt;
    JsonError error;
    const std::optional<Data> list = parse_json(text, error);
    const DataArray* const files = list ? list->array() : nullptr;
    if (!files)
      return RemoteFailure{RemoteFailure::Kind::lasting, "rclone lsjson printed what is no list: " + error.message};
    for (const Data& file : *files) {
      const Data* const path = file.find("Path");
      const Data* const all = file.find("Hashes");
      const Data* const md5 = all ? all->find("md5") : nullptr;
      if (path && path->text() && md5 && md5->text()) hashes[*path->text()] = *md5->text();
    }
    return std::nullopt;
  }

 private:
  struct Ran {
    Failure failure;
    int status = 0;
    std::string output;
  };

  [[nodiscard]] std::string version(const std::string& id) const { return below(options_.state, "versions/" + id); }

  static std::string lines_of(const std::vector<std::string>& paths) {
    std::string out;
    for (const std::string& path : paths) out.append(path).append("\n");
    return out;
  }

  static Failure tolerate_absence(Ran ran) {
    if (ran.status == kNoDirectory || ran.status == kNoFile) return std::nullopt;
    return std::move(ran.failure);
  }

  Failure read(std::vector<std::string> arguments, std::string& text, std::string input = "") {
    Ran ran = run(std::move(arguments), std::move(input));
    text = std::move(ran.output);
    return tolerate_absence(std::move(ran));
  }

  // Copies of files of the output that have `ending` there, without it.
  Failure stage(const std::vector<std::string>& paths, std::string_view ending) const {
    namespace fs = std::filesystem;
    std::error_code error;
    fs::remove_all(options_.staging, error);
    for (const std::string& path : paths) {
      const fs::path to = fs::path(options_.staging) / path;
      if (!error) fs::create_directories(to.parent_path(), error);
      if (!error) fs::copy_file(below(options_.local, path + std::string(ending)), to, error);
      if (error)
        return RemoteFailure{RemoteFailure::Kind::lasting, to.string() + " cannot be written: " + error.message()};
    }
    return std::nullopt;
  }

  Failure copy(const std::string& from, const std::string& to, const std::vector<std::string>& paths,
               const std::string& headers, const Arrived& arrived) {
    if (paths.empty()) return std::nullopt;
    std::vector<std::string> arguments = {"copy",           from,          to, "--files-from-raw", "-", "--no-traverse",
                                          "--ignore-times", "--transfers", "8"};
    for (const std::string_view header : split(headers, '\t'))
      if (!header.empty()) arguments.insert(arguments.end(), {"--header-upload", std::string(header)});
    std::set<std::string> missing(paths.begin(), paths.end());
    Ran ran = run(std::move(arguments), lines_of(paths), [&](const std::string& path) {
      if (missing.erase(path) > 0 && arrived) arrived(path);
    });
    if (!ran.failure && !missing.empty())
      return RemoteFailure{RemoteFailure::Kind::lasting, "rclone found no file " + *missing.begin() + " in " + from};
    return std::move(ran.failure);
  }

  // One line of rclone's log: {"level":"info","msg":"Copied (new)","object":"a.html",…}
  static void read_log_line(std::string_view line, Words& words, const Arrived& copied) {
    JsonError error;
    const std::optional<Data> data = line.starts_with('{') ? parse_json(line, error) : std::nullopt;
    if (!data) return words.add(line);
    const auto text = [&](std::string_view key) -> std::string_view {
      const Data* const value = data->find(key);
      return value && value->text() ? std::string_view(*value->text()) : std::string_view();
    };
    const std::string_view level = text("level"), message = text("msg"), object = text("object");
    if (level == "info" && message.starts_with("Copied") && copied) copied(std::string(object));
    if (level != "error" && level != "critical" && level != "emergency" && level != "alert") return;
    if (message.find("error listing: directory not found") != std::string_view::npos) return;
    words.add(object.empty() ? std::string(message) : std::string(object) + ": " + std::string(message));
  }

  Ran run(std::vector<std::string> arguments, std::string input = "", const Arrived& copied = nullptr) {
    static constexpr std::array kAlways = {std::string_view("--use-json-log"),
                                           std::string_view("--log-level"),
                                           std::string_view("INFO"),
                                           std::string_view("--stats"),
                                           std::string_view("0"),
                                           std::string_view("--retries"),
                                           std::string_view("1"),
                                           std::string_view("--low-level-retries"),
                                           std::string_view("2"),
                                           std::string_view("--contimeout"),
                                           std::string_view("15s"),
                                           std::string_view("--timeout"),
                                           std::string_view("2m"),
                                           std::string_view("--ask-password=false"),
                                           std::string_view("--s3-no-check-bucket")};
    Child child;
    child.arguments = {options_.program};
    child.arguments.insert(child.arguments.end(), std::make_move_iterator(arguments.begin()),
                           std::make_move_iterator(arguments.end()));
    child.arguments.insert(child.arguments.end(), kAlways.begin(), kAlways.end());
    if (const char* bundle = std::getenv("AWS_CA_BUNDLE"); bundle && *bundle)
      child.arguments.insert(child.arguments.end(), {"--ca-cert", bundle});
    child.unset = {"AWS_CA_BUNDLE",  "RCLONE_LOG_FILE",    "RCLONE_VERBOSE", "RCLONE_QUIET",
                   "RCLONE_DRY_RUN", "RCLONE_INTERACTIVE", "RCLONE_PROGRESS"};
    child.input = std::move(input);
    child.stop = options_.stop;
    Words words;
    child.error_line = [&](std::string_view line) { read_log_line(line, words, copied); };
    ChildResult result = run_child(child);
    Ran ran;
    ran.status = result.status;
    ran.output = std::move(result.output);
    if (!result.started)
      ran.failure = RemoteFailure{RemoteFailure::Kind::no_program, options_.program + " cannot be started"};
    else if (result.status != 0)
      ran.failure = rclone_failure(result.status, words.text());
    return ran;
  }

  RcloneOptions options_;
};

}  // namespace

RemoteFailure rclone_failure(int status, const std::string& words) {
  RemoteFailure failure;
  failure.words = words.empty() ? "rclone ended with status " + std::to_string(status) : words;
  if (has_any(words, {"didn't find section in config file", "didn't find backend called"})) {
    failure.kind = RemoteFailure::Kind::no_such_remote;
  } else if (status == 1 && words.empty()) {
    failure.kind = RemoteFailure::Kind::passing;
  } else if (status == 7 ||
             has_any(words, {"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket", "Forbidden",
                             "Unauthorized", "unable to authenticate", "permission denied", "no space left",
                             "not a directory", "is a directory", "unknown flag", "NoCredentialProviders",
                             "file name too long", "read-only file system"})) {
    failure.kind = RemoteFailure::Kind::lasting;
  }
  return failure;
}

bool is_object_store(const RcloneOptions& options) { return RcloneRemote(options).is_object_store(); }

std::string default_state_of(const std::string& remote) { return below(remote, ".hardtop"); }

std::unique_ptr<Remote> make_rclone_remote(RcloneOptions options) {
  return std::make_unique<RcloneRemote>(std::move(options));
}

}  // namespace hardtop
