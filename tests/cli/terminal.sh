# On a terminal errors are coloured, unless NO_COLOR says otherwise; a dumb terminal is sent no escape sequence at all.
# The line that says how far a slow build is may be there, too: it is no colour (tests/commands/build_test.cc).
command -v script >/dev/null || skip "there is no program 'script' to stand for a terminal"
hardtop new site my-site >/dev/null
echo '[broken](nowhere.md)' >my-site/content/_index.md
export TERM=xterm-256color
run script -qec "$HARDTOP -C my-site build" /dev/null
expect_stdout_has $'\x1b[1;31merror:\x1b[0m'
NO_COLOR=1 run script -qec "$HARDTOP -C my-site build" /dev/null
expect_stdout_has ' error: the link leads to'
if grep -q $'\x1b\\[[0-9;]*m' "$captured/stdout"; then fail "colours with NO_COLOR"; fi
TERM=dumb run script -qec "$HARDTOP -C my-site build" /dev/null
expect_stdout_has ' error: the link leads to'
if grep -qF $'\x1b' "$captured/stdout"; then fail "an escape sequence on a dumb terminal"; fi
