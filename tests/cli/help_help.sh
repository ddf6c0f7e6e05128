# `hardtop help --help` teaches help, and `hardtop help COMMAND` is the same as `hardtop COMMAND --help`.
# shellcheck disable=SC2086 # a command of two words is two arguments
run hardtop help --help
expect_status 0
expect_stdout <<'END'
hardtop help: this text, or the help of one command

Usage: hardtop [-C DIR] help [COMMAND] [OPTIONS]

Prints what --help prints.

Options of every command, before or after its name:
  -C DIR           the folder with site.toml (default: the current one)
  --format FORMAT  how errors and warnings are printed (default: text):
                   text    for people, to stderr
                   json    one object a line, to stdout
                   github  annotations for GitHub Actions, to stdout
                   sarif   a SARIF 2.1.0 document, to stdout
                   with the last three, all else goes to stderr
  --quiet          print errors and warnings only
  --color WHEN     auto, always or never (default: auto, on a terminal)
  --help           help, of the command if there is one (also -h)
  --version        the version

Examples:
  hardtop help        the commands
  hardtop help build  what build does, and its options

Exit status:
  0  fine
  1  the site has errors
  2  wrong usage
  3  the environment failed: disk, network or browser
END
expect_stderr </dev/null

for command in build check "new site" "new page" explain; do
  hardtop $command --help >option.txt
  hardtop help $command >command.txt
  expect_same option.txt command.txt
done
hardtop --help >option.txt
hardtop help >command.txt
expect_same option.txt command.txt
