// Joins a session that is kept (build/session.h) and the preview's engine (serve/preview.h), and tells the terminal what
// happens.
#include <algorithm>
#include <limits>

#include "base/text.h"
#include "build/session.h"
#include "commands/commands.h"
#include "commands/interrupts.h"
#include "commands/open_browser.h"
#include "commands/report.h"
#include "commands/shown_paths.h"
#include "commands/site_job.h"
#include "serve/preview.h"
#include "serve/toolbar_facts.h"
#include "theme/theme.h"

namespace hardtop {
namespace {

// The session as the engine calls it, always on one thread.
PreviewBuild make_preview_build(Session& session, const GlobalOptions& global, Surroundings& surroundings) {
  PreviewBuild build;
  // A preview may be open for days.
  const auto look_at_the_clock = [&session, &global, &surroundings] {
    if (const std::optional<std::int64_t> now = read_now(global, surroundings)) session.set_now(*now);
  };
  build.build = [&session](Diagnostics& diagnostics) { return session.build(diagnostics); };
  build.update = [&session, look_at_the_clock](const std::vector<std::string>& changed, Diagnostics& diagnostics) {
    look_at_the_clock();
    return session.update(changed, diagnostics);
  };
  build.speak = [&session, look_at_the_clock](const std::string& language, Diagnostics& diagnostics) {
    look_at_the_clock();
    return session.speak(language, diagnostics);
  };
  build.prepare_update = [&session] { session.prepare_update(); };
  build.inspect = [&session](const std::string& output) { return session.inspect(output); };
  build.facts = [&session] {
    const SiteFacts facts = session.facts();
    return PreviewFacts{facts.base_path, facts.language, facts.languages,
                        facts.consent ? format_consent_facts(*facts.consent) : "null"};
  };
  build.as_shown = [dir = global.dir](std::vector<Diagnostic> diagnostics) {
    return seen_from_here(std::move(diagnostics), dir);
  };
  return build;
}

std::string preview_client() {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "assets/preview/preview.js") return std::string(file.bytes);
  return {};
}

// "content/a.md", "content/a.md and 3 more"
std::string name_paths(const std::vector<std::string>& paths) {
  if (paths.empty()) return "the site's language";
  std::string text = paths.front().empty() ? "." : paths.front();
  if (paths.size() > 1) text += " and " + std::to_string(paths.size() - 1) + " more";
  return text;
}

std::string milliseconds(std::chrono::steady_clock::duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) + " ms";
}

// What the terminal shows. Its first call is about the site as a whole, and comes before the address is known.
class Terminal {
 public:
  Terminal(const GlobalOptions& global, Surroundings& surroundings) : global_(global), surroundings_(surroundings) {}

  void tell(const PreviewNews& news) {
    Diagnostics found;
    for (const Diagnostic& diagnostic : news.diagnostics) found.add(diagnostic);
    print_diagnostics(found, global_, surroundings_);
    if (is_first_) {
      is_first_ = false;
      print_closing_line(found, news.is_good ? "" : "; shown in the browser, too, until mended", global_,
                         surroundings_);
      first_ = news;
    } else {
      print_summary(line_about(news), global_, surroundings_);
    }
    surroundings_.out.flush();
    surroundings_.err.flush();
  }

  void tell_address(const std::string& url) {
    const std::string site = first_.is_good
                                 ? count_of(first_.pages, "page", "pages") + " in " + milliseconds(first_.took)
                                 : "a site with errors";
    print_summary("Serving " + site + " at " + url + "\nWhat you save shows at once. Ctrl-C ends it.\n", global_,
                  surroundings_);
    surroundings_.out.flush();
  }

 private:
  // "16:04:59 content/a.md: 3 files in 4 ms"
  [[nodiscard]] std::string line_about(const PreviewNews& news) const {
    std::string line = surroundings_.time_of_day() + " " + name_paths(news.paths) + ": ";
    if (!news.is_good) {
      const auto errors = std::count_if(news.diagnostics.begin(), news.diagnostics.end(),
                                        [](const Diagnostic& d) { return d.severity == Severity::error; });
      return line + count_of(static_cast<std::size_t>(errors), "error", "errors") +
             "; what is served is what was good last\n";
    }
    if (!news.was_good) line += "mended, ";
    if (news.files + news.removed == 0) {
      line += "nothing changes";
    } else {
      line += count_of(news.files, "file", "files");
      if (news.removed > 0) line += ", " + std::to_string(news.removed) + " removed,";
    }
    return line + " in " + milliseconds(news.took) + "\n";
  }

  const GlobalOptions& global_;
  Surroundings& surroundings_;
  PreviewNews first_;
  bool is_first_ = true;
};

}  // namespace

ExitStatus run_serve(const ServeCommand& command, const GlobalOptions& global, Surroundings& surroundings) {
  std::optional<BuildOptions> options = build_options(command.site, global, surroundings);
  if (!options) return ExitStatus::wrong_usage;
  options->keep_for_updates = true;
  options->keep_bytes = std::numeric_limits<std::uint64_t>::max();  // what is served is served from memory

  const Interrupts interrupts;
  Session session(surroundings.files, *options);
  Terminal terminal(global, surroundings);
  PreviewOptions preview_options;
  preview_options.site_dir = global.dir;
  preview_options.bind = command.bind;
  preview_options.port = static_cast<int>(command.port);
  preview_options.navigate = command.navigate;
  preview_options.script = preview_client();
  Diagnostics diagnostics;
  const std::unique_ptr<Preview> preview = Preview::open(
      std::move(preview_options), make_preview_build(session, global, surroundings),
      [&terminal](const PreviewNews& news) { terminal.tell(news); }, diagnostics);
  if (!preview) {
    print_diagnostics(diagnostics, global, surroundings);
    print_explain_pointer(diagnostics, global, surroundings);
    return ExitStatus::environment_failed;
  }
  preview->build_first();
  terminal.tell_address(preview->url());
  if (command.open) {
    Diagnostics of_browser;
    open_browser(preview->url(), surroundings.variable("BROWSER").value_or("xdg-open"), of_browser);
    print_diagnostics(of_browser, global, surroundings);
  }
  preview->serve();
  interrupts.wait();
  // The terminal shows ^C: what comes next begins a line.
  if (surroundings.err_is_terminal) surroundings.err << '\n';
  if (surroundings.end_now) surroundings.end_now(static_cast<int>(ExitStatus::fine));
  return ExitStatus::fine;
}

}  // namespace hardtop
