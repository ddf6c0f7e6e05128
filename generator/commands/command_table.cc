// The texts are what a web producer reads who has never seen the program: they name the files that are touched, and
// every example can be pasted.
#include "commands/command_table.h"

namespace hardtop {
namespace {

const OptionSpec kEnvironment = {"--environment", "NAME",
                                 "production, or development: readable CSS with\n"
                                 "source maps and file names without hashes\n"
                                 "(default: production)"};
const OptionSpec kPreviewEnvironment = {"--environment", "NAME",
                                        "development, or production: what ships, with\n"
                                        "compressed CSS and hashes in file names\n"
                                        "(default: development)"};

// Options that say which pages a site has and how it is made; `first` come before them.
std::vector<OptionSpec> site_options(const OptionSpec& environment, std::vector<OptionSpec> first = {}) {
  const std::vector<OptionSpec> options = {
      {"--base-url", "URL", "where the site will be online, instead of\nbase_url in site.toml"},
      environment,
      {"--drafts", "", "pages with draft = true, too"},
      {"--future", "", "pages with a date after today, too"},
      {"--expired", "", "pages whose expires date has passed, too"},
      {"--jobs", "N", "threads, 1 to 1024 (default: one a core); the\nfiles are the same with any number"},
  };
  first.insert(first.end(), options.begin(), options.end());
  return first;
}

std::vector<OptionSpec> with_output(std::string_view about) {
  return site_options(kEnvironment, {{"--output", "DIR", about}});
}

// Those of build, because what is deployed must be what they make.
std::vector<OptionSpec> of_deploy() {
  std::vector<OptionSpec> options = {
      {"--dry-run", "", "print what would change there, and touch nothing"},
      {"--rollback", "", "bring back what was there before the last deploy"},
      {"--break-lock", "", "the deploy that is said to run has died"},
  };
  const std::vector<OptionSpec> of_build =
      with_output("where the site was built (default: public in the\nsite's folder)");
  options.insert(options.end(), of_build.begin(), of_build.end());
  return options;
}

}  // namespace

const std::vector<CommandSpec>& command_table() {
  static const std::vector<CommandSpec> table = {
      {"build",
       "",
       "write the site",
       "Reads site.toml, content/, static/ and the theme, and writes the finished site\n"
       "to public/. Every error of the site is found before the first file is written:\n"
       "a site with errors leaves public/ as it was. Only files that differ are\n"
       "written, and only files that an earlier build wrote are removed.",
       with_output("where to write, from the current folder\n(default: public in the site's folder)"),
       {
           {"hardtop build", "this folder's site"},
           {"hardtop -C site build", "into site/public/"},
           {"hardtop build --drafts --future", "with what is not out yet"},
           {"hardtop build --base-url https://test.example.org/", "for another address"},
           {"hardtop build --format github", "for a pull request"},
       },
       "Next:\n"
       "  hardtop serve       shows it while you edit\n"
       "  hardtop explain ID  what an error means; its id is the part in brackets"},
      {"serve",
       "",
       "show the site in a browser while you edit",
       "Builds the site in memory and shows it; public/ is not touched. What you save is\n"
       "there at once: the page reloads by itself, a style sheet is swapped without a\n"
       "reload, and what is wrong is shown over the page until it is mended. Pages come\n"
       "with the headers that they will have online, the policy included. A bar in the\n"
       "corner shows what each service may do on the page, and makes you a visitor who\n"
       "is new, has accepted or has refused; it is never part of what build writes.\n"
       "Ctrl-C ends it.",
       site_options(kPreviewEnvironment, {{"--port", "N", "where to listen (default: 4000; 0: any free one)"},
                                          {"--bind", "ADDRESS",
                                           "the address to listen on (default: 127.0.0.1,\n"
                                           "for this machine only; 0.0.0.0 is for everybody\n"
                                           "in the network)"},
                                          {"--open", "", "open the site in a browser"},
                                          {"--navigate", "", "go to the page that was edited"}}),
       {
           {"hardtop serve", "this folder's site"},
           {"hardtop -C site serve --open --navigate", "the browser follows the editor"},
           {"hardtop serve --drafts --future", "with what is not out yet"},
           {"hardtop serve --environment production", "what ships"},
       },
       "Next:\n"
       "  hardtop build  when it is as it should be"},
      {"check",
       "",
       "find everything that is wrong, without writing",
       "Does everything that build does, links and anchors included, up to the first\n"
       "write. No file is made or changed. Takes the options of build, without --output.",
       site_options(kEnvironment),
       {
           {"hardtop check", "the site in this folder"},
           {"hardtop check --drafts", "drafts, too"},
           {"hardtop check --format sarif > check.sarif", "for code scanning tools"},
       },
       "Next:\n"
       "  hardtop explain ID  what an error means; its id is the part in brackets"},
      {"deploy",
       "NAME",
       "put the site online: upload what has changed",
       "Uploads public/ to the place that [deploy.NAME] in site.toml names, through\n"
       "rclone (https://rclone.org/): S3 and all that is like it, a host reached by\n"
       "SFTP, a folder. Only what has changed there is moved: assets, then other\n"
       "files, then pages, and what is gone is removed last, so that a visitor never\n"
       "meets a page whose assets are missing. A site with errors is not deployed, nor\n"
       "is a public/ that is not what the site is now. A deploy that was stopped is\n"
       "completed by the next one. Give it the options that the site was built with.",
       of_deploy(),
       {
           {"hardtop deploy production", "what hardtop build made"},
           {"hardtop deploy production --dry-run", "what that would change"},
           {"hardtop deploy production --rollback", "back to the version before"},
       },
       "In site.toml:\n"
       "  [deploy.production]\n"
       "  remote = \"r2:my-bucket\"        where; or \"host:path\", or a folder\n"
       "  purge = \"./purge.sh\"           gets the changed URLs, one a line\n"
       "  keep_days = 30                 how long old assets stay\n"
       "  compressed = \"beside\"          .gz and .br files ([build] precompress) are\n"
       "                                 uploaded, too; \"none\": they are not; \"gzip\"\n"
       "                                 or \"brotli\": in place of the plain files,\n"
       "                                 with a Content-Encoding\n"
       "  state = \"r2:my-notes/site\"     its notes (default: .hardtop below remote)"},
      {"lock",
       "",
       "record what visitors are asked about in consent.lock",
       "Records the facts of every service of consent.toml in consent.lock: provider,\n"
       "hosts, cookies and storage with their lifetimes, whether data is sold or shared.\n"
       "A service whose facts have changed is asked about again, and the note is shown\n"
       "to the visitors who had decided about it. A build for production stops when the\n"
       "two files differ, so that nobody changes by accident what visitors were asked.\n"
       "Commit consent.lock: it is your record of who was asked what, and when.",
       {{"--note", "TEXT", "what has changed, in a sentence for visitors"}},
       {
           {"hardtop lock", "a first consent.toml"},
           {"hardtop lock --note \"We count with Matomo now\"", "a change"},
       },
       "Next:\n"
       "  git add consent.toml consent.lock\n"
       "  hardtop build"},
      {"new site",
       "NAME",
       "make a folder with a site to start from",
       "Makes the folder NAME with a small site that builds as it is: site.toml, two\n"
       "pages in content/, a picture in static/, and a .gitignore. The site's title is\n"
       "made from the name. An existing folder is used only when it is empty (names\n"
       "that begin with a dot do not count).",
       {},
       {
           {"hardtop new site my-site", "in my-site/"},
           {"hardtop new site .", "in this folder"},
       },
       "Next:\n"
       "  hardtop -C my-site serve"},
      {"new page",
       "NAME",
       "add a page",
       "Makes content/NAME.md with a title made from the name, today's date and\n"
       "draft = true, so that an unfinished page does not go online by accident: build\n"
       "leaves drafts out until that line is removed, or --drafts is given. A name may\n"
       "hold folders; spaces and capitals become what suits a URL. A file that exists\n"
       "is never overwritten.",
       {},
       {
           {"hardtop new page about", "content/about.md, titled \"About\""},
           {"hardtop new page \"blog/Our first drive\"", "content/blog/our-first-drive.md"},
           {"hardtop new page blog/_index", "the page of the section blog/"},
       },
       "Next: write below the second line +++, then\n"
       "  hardtop build --drafts"},
      {"new service",
       "[NAME]",
       "declare a third party in consent.toml",
       "Adds a [[service]] to the end of consent.toml, and makes that file where there\n"
       "is none. For the services that are known by name it is complete: hosts, cookies\n"
       "with their lifetimes, purposes, links, and the vendor's snippet, to be put into\n"
       "the pages once a visitor has allowed it. For any other name it is a form to fill\n"
       "in. NAME may be a host that an error names. Without NAME, lists the services\n"
       "that are known.",
       {},
       {
           {"hardtop new service", "the services that are known"},
           {"hardtop new service google-analytics", "Google Analytics 4, complete"},
           {"hardtop new service www.youtube.com", "the service that the host belongs to"},
           {"hardtop new service weather-map", "a form to fill in"},
       },
       "Next: fill in what stands for you to fill in, then\n"
       "  hardtop check\n"
       "  hardtop lock"},
      {"explain",
       "[ID]",
       "explain an error or warning, with an example and the mend",
       "Prints the long explanation of the error or warning called ID: what it means,\n"
       "an example, and how to mend it. Without ID, lists all. ID may be a reference,\n"
       "too: site.toml, consent.toml and theme.toml are files with every key, commented;\n"
       "front-matter is such a page; i18n is every word that hardtop says, to translate;\n"
       "templates is every name that templates may use.",
       {},
       {
           {"hardtop explain build/broken-link", "one"},
           {"hardtop explain site.toml", "every key of site.toml, in a file of it"},
           {"hardtop explain front-matter", "what a page may say, in a page"},
           {"hardtop explain i18n", "the words to translate"},
           {"hardtop explain templates", "the names that templates may use"},
           {"hardtop explain", "all of them, a line each"},
       },
       "Next: mend it, then\n"
       "  hardtop check"},
      {"help",
       "[COMMAND]",
       "this text, or the help of one command",
       "Prints what --help prints.",
       {},
       {{"hardtop help", "the commands"}, {"hardtop help build", "what build does, and its options"}},
       ""},
  };
  return table;
}

const CommandSpec* find_command(std::string_view name) {
  for (const CommandSpec& command : command_table())
    if (command.name == name) return &command;
  return nullptr;
}

const std::vector<OptionSpec>& global_options() {
  static const std::vector<OptionSpec> options = {
      {"-C", "DIR", "the folder with site.toml (default: the current one)"},
      {"--format", "FORMAT",
       "how errors and warnings are printed (default: text):\n"
       "text    for people, to stderr\n"
       "json    one object a line, to stdout\n"
       "github  annotations for GitHub Actions, to stdout\n"
       "sarif   a SARIF 2.1.0 document, to stdout\n"
       "with the last three, all else goes to stderr"},
      {"--quiet", "", "print errors and warnings only"},
      {"--color", "WHEN", "auto, always or never (default: auto, on a terminal)"},
      {"--help", "", "help, of the command if there is one (also -h)"},
      {"--version", "", "the version"},
  };
  return options;
}

const std::vector<std::string_view>& commands_not_built_yet() {
  static const std::vector<std::string_view> names = {"audit"};
  return names;
}

const std::vector<MissingOption>& options_not_built_yet() {
  static const std::vector<MissingOption> options = {{"check", "--external"}};
  return options;
}

}  // namespace hardtop
