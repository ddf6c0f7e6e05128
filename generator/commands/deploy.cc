// From a site that was built to one that is online: what there is to deploy (deploy_site.h), what is there (deploy/upload.h), and what is
// told of it.
#include "commands/deploy_site.h"
#include "commands/deploy_target.h"

#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <system_error>
#include <thread>

#include "base/compress.h"
#include "base/paths.h"
#include "base/sha.h"
#include "base/suggest.h"
#include "base/text.h"
#include "commands/commands.h"
#include "commands/progress_line.h"
#include "commands/report.h"
#include "commands/site_job.h"
#include "config/site_config.h"
#include "consent/evidence.h"
#include "deploy/child_process.h"
#include "deploy/rclone_remote.h"
#include "deploy/upload.h"
#include "deploy/upload_headers.h"

namespace hardtop {
namespace {

// Counts what Ctrl-C and the like ask for, as long as it lives. The first ends what is under way, and the deploy tidies up; a second ends
// that as well.
class InterruptCount {
 public:
  InterruptCount() {
    count = 0;
    struct sigaction action = {};
    action.sa_handler = [](int) { count.fetch_add(1); };
    for (std::size_t i = 0; i < std::size(kSignals); ++i) ::sigaction(kSignals[i], &action, &before_[i]);
  }
  ~InterruptCount() {
    for (std::size_t i = 0; i < std::size(kSignals); ++i) ::sigaction(kSignals[i], &before_[i], nullptr);
  }
  InterruptCount(const InterruptCount&) = delete;
  InterruptCount& operator=(const InterruptCount&) = delete;

  // Whether there was one more since the last call: for the program that runs at the moment.
  bool take() {
    const int now = count.load();
    return seen_.exchange(now) != now;
  }
  [[nodiscard]] bool any() {
    take();
    return count.load() > 0;
  }

 private:
  static constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};
  static std::atomic<int> count;
  std::atomic<int> seen_{0};
  struct sigaction before_[std::size(kSignals)] = {};
};
std::atomic<int> InterruptCount::count{0};
static_assert(std::atomic<int>::is_always_lock_free);  // signal-safety(7)

std::string counts_text(const DeployPlan& plan) {
  return count_of(plan.added, "new", "new") + ", " + count_of(plan.changed, "changed", "changed") + ", " +
         count_of(plan.gone, "removed", "removed") + ", " + count_of(plan.unchanged, "unchanged", "unchanged");
}

// What a dry run shows: a file a line.
std::string plan_text(const DeployPlan& plan) {
  std::string out;
  for (const PlannedUpload& upload : plan.uploads)
    out +=
        (upload.is_new ? "  new      " : "  changed  ") + upload.file.path + "  " + bytes_text(upload.file.size) + "\n";
  for (const auto* paths : {&plan.in_the_way, &plan.removed})
    for (const std::string& path : *paths) out += "  removed  " + path + "\n";
  for (const RetiredFile& retired : plan.next.retired) out += "  kept     " + retired.file.path + "\n";
  return out;
}

// The options that the output was built with, as they were typed.
std::string build_command(const DeployCommand& command, const GlobalOptions& global) {
  std::string out = "hardtop ";
  if (global.dir != ".") out += "-C " + shell_word(global.dir) + " ";
  out += "build";
  if (!command.output.empty()) out += " --output " + shell_word(command.output);
  if (!command.site.base_url.empty()) out += " --base-url " + shell_word(command.site.base_url);
  if (command.site.development) out += " --environment development";
  if (command.site.drafts) out += " --drafts";
  if (command.site.future) out += " --future";
  if (command.site.expired) out += " --expired";
  return out;
}

ExitStatus status_of(const Diagnostics& diagnostics) {
  for (const Diagnostic& each : diagnostics.sorted())
    if (each.severity == Severity::error && each.id.starts_with("deploy/") && each.id != "deploy/no-output" &&
        each.id != "deploy/stale-output" && each.id != "deploy/output-changed" && each.id != "deploy/into-itself" &&
        each.id != "deploy/no-encoding")
      return ExitStatus::environment_failed;
  return ExitStatus::site_has_errors;
}

class DeployRun {
 public:
  DeployRun(const DeployCommand& command, const GlobalOptions& global, Surroundings& surroundings)
      : command_(command), global_(global), surroundings_(surroundings), start_(surroundings.clock()) {}

  ExitStatus run() {
    const std::optional<BuildOptions> options = build_options(command_.site, global_, surroundings_);
    if (!options) return ExitStatus::wrong_usage;
    const std::optional<SiteConfig> site = load_site_config(surroundings_.files, global_.dir, command_.site.base_url,
                                                            diagnostics_, Environment::development);
    if (!site) return failed();
    const DeployTarget* const target = find_target(*site);
    if (!target) return ExitStatus::wrong_usage;

    local_.site_dir = global_.dir;
    local_.output_dir = command_.output.empty() ? join_path(global_.dir, "public") : command_.output;
    local_.build_command = build_command(command_, global_);
    local_.jobs = options->jobs;
    local_.compressed = target->compressed;
    const std::string place = deploy_place(target->remote, global_.dir);
    const std::string state_place =
        target->state.empty() ? default_state_of(place) : deploy_place(target->state, global_.dir);
    if (!check_places({place, state_place, global_.dir, local_.output_dir}, *target, diagnostics_)) return failed();

    const RcloneOptions rclone = {.local = local_.output_dir,
                                  .staging = join_path(join_path(global_.dir, ".hardtop"), "upload-" + target->name),
                                  .remote = place,
                                  .state = state_place,
                                  .stop = [this] { return interrupts_.take(); }};
    line_ = progress_line_for(global_, surroundings_);
    if (!command_.rollback && !check_encoding(*target, place, rclone)) return failed();
    const std::unique_ptr<Remote> remote = make_rclone_remote(rclone);
    const DeployWork work = work_for(*target, place, *site);

    // The remote is asked while the site is looked at.
    Diagnostics of_remote;
    std::future<std::optional<RemoteState>> reading =
        begin([&] { return read_remote_state(*remote, work, of_remote); });
    const bool ready = command_.rollback || read_local(*options);
    std::optional<RemoteState> state = reading.get();
    if (ready)
      for (Diagnostic& each : of_remote.sorted()) diagnostics_.add(std::move(each));
    if (!ready || !state) return failed();

    DeployWork full = work;
    full.local = std::move(to_deploy_.files);
    if (command_.rollback || !to_deploy_.evidence.empty())
      full.evidence = [this, time = work.self.time](const std::string& restores) {
        return restores.empty() ? complete_evidence(to_deploy_.evidence, to_deploy_.manifest, time)
                                : evidence_of_rollback(restores, time);
      };
    const std::optional<DeployReport> report = hardtop::run_deploy(*remote, full, *std::move(state), diagnostics_);
    if (!report) return failed();
    line_.reset();
    print_diagnostics(diagnostics_, global_, surroundings_);
    print_closing_line(diagnostics_, "", global_, surroundings_);
    print_summary(summary(*report, place), global_, surroundings_);
    return ExitStatus::fine;
  }

 private:
  // On a thread of its own, or, where the system gives no more, when it is asked for.
  static std::future<std::optional<RemoteState>> begin(const std::function<std::optional<RemoteState>()>& read) {
    try {
      return std::async(std::launch::async, read);
    } catch (const std::system_error&) {
      return std::async(std::launch::deferred, read);
    }
  }

  ExitStatus failed() {
    line_.reset();
    print_diagnostics(diagnostics_, global_, surroundings_);
    const ExitStatus status = status_of(diagnostics_);
    print_closing_line(diagnostics_, status == ExitStatus::site_has_errors ? "; nothing was deployed" : "", global_,
                       surroundings_);
    print_explain_pointer(diagnostics_, global_, surroundings_);
    return status;
  }

  // What is compressed under its own name is garbage where no Content-Encoding stands beside it.
  bool check_encoding(const DeployTarget& target, const std::string& place, const RcloneOptions& rclone) {
    const bool encodes = target.compressed == DeployCompressed::gzip || target.compressed == DeployCompressed::brotli;
    if (!encodes || is_object_store(rclone)) return true;
    diagnostics_.error(target.place, "deploy/no-encoding",
                       "'" + place + "' is no object store, so it keeps no Content-Encoding with compressed files",
                       "set compressed = \"beside\", from which a web server picks, or \"none\"");
    return false;
  }

  const DeployTarget* find_target(const SiteConfig& site) {
    std::vector<std::string_view> names;
    for (const DeployTarget& target : site.deploys) {
      if (target.name == command_.target) return &target;
      names.push_back(target.name);
    }
    const std::string near = names.empty() ? "" : suggest(command_.target, names);
    print_diagnostics(diagnostics_, global_, surroundings_);
    print_usage_error({"site.toml has no [deploy." + command_.target + "]",
                       near.empty() ? "add it, and below it remote = \"…\"; see hardtop deploy --help" : near},
                      global_.color, surroundings_);
    return nullptr;
  }

  DeployWork work_for(const DeployTarget& target, const std::string& place, const SiteConfig& site) {
    DeployWork work;
    work.target = target.name;
    work.place = place;
    work.rollback = command_.rollback;
    work.dry_run = command_.dry_run;
    work.break_lock = command_.break_lock;
    work.keep_days = target.keep_days;
    work.base_url = site.base_url;
    work.self = make_deploy_lock(surroundings_.unix_time());
    work.local_md5 = [this](const std::string& path) -> std::string {
      std::string bytes;
      const auto encoded = encoded_.find(path);
      const std::string name = path + std::string(encoded == encoded_.end() ? "" : encoding_ending(encoded->second));
      if (surroundings_.files.read(join_path(local_.output_dir, name), bytes)) return "";
      return md5_hex(bytes);
    };
    work.is_dead = [machine = work.self.machine](const DeployLock& lock) { return is_dead_here(lock, machine); };
    work.wait = [this](std::chrono::milliseconds time) {
      // In small steps, because Ctrl-C shall end it.
      for (std::chrono::milliseconds step{50}; time.count() > 0 && !interrupts_.any(); time -= step)
        std::this_thread::sleep_for(std::min(step, time));
    };
    work.interrupted = [this] { return interrupts_.any(); };
    if (line_)
      work.progress = [this](const char* step, std::size_t done, std::size_t total) {
        line_->show({step, done, total});
      };
    if (!target.purge.empty()) {
      work.purge = [this, command = target.purge](const std::string& urls) {
        Child child;
        child.arguments = {"/bin/sh", "-c", command};
        child.folder = global_.dir;
        child.input = urls;
        child.shows_output = true;
        child.stop = [this] { return interrupts_.take(); };
        if (line_) line_->clear();
        return run_child(child).status == 0;
      };
    }
    return work;
  }

  // What there is to deploy, into to_deploy_.
  bool read_local(const BuildOptions& options) {
    std::optional<SiteToDeploy> site =
        find_site_to_deploy(command_.target, options, local_, surroundings_, diagnostics_,
                            show_progress(line_.get(), global_, surroundings_));
    if (!site) return false;
    to_deploy_ = *std::move(site);
    for (const RemoteFile& file : to_deploy_.files)
      if (const std::optional<Encoding> encoding = encoding_in(file.headers)) encoded_[file.path] = *encoding;
    return true;
  }

  std::string summary(const DeployReport& report, const std::string& place) {
    const std::string seconds = seconds_text(surroundings_.clock() - start_);
    const DeployPlan& plan = report.plan;
    const std::string name = command_.target + " (" + place + ")";
    if (plan.is_empty())
      return "Nothing to do for " + name + ": " + count_of(plan.unchanged, "file is", "files are") + " there, in " +
             seconds + "\n";
    if (command_.dry_run)
      return "What would change at " + name + ":\n" + plan_text(plan) + counts_text(plan) + "; " +
             bytes_text(plan.bytes) + " to send. Nothing was touched (" + seconds + ")\n";
    const std::string did = command_.rollback ? "Rolled back " : "Deployed to ";
    return did + name + ": " + counts_text(plan) + "; " + bytes_text(report.sent_bytes) + " sent in " + seconds + "\n";
  }

  const DeployCommand& command_;
  const GlobalOptions& global_;
  Surroundings& surroundings_;
  const std::chrono::steady_clock::time_point start_;
  Diagnostics diagnostics_;
  InterruptCount interrupts_;
  std::unique_ptr<ProgressLine> line_;
  LocalSiteOptions local_;
  SiteToDeploy to_deploy_;
  std::map<std::string, Encoding> encoded_;  // of its files, those that are sent compressed
};

}  // namespace

ExitStatus run_deploy(const DeployCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  return DeployRun(command, global, surroundings).run();
}

}  // namespace hardtop
