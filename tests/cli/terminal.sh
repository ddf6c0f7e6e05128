# On a terminal errors are coloured, unless NO_COLOR says otherwise.
command -v script >/dev/null || skip "there is no program 'script' to stand for a terminal"
hardtop new site my-site >/dev/null
echo '[broken](nowhere.md)' >my-site/content/_index.md
export TERM=xterm-256color
run script -qec "$HARDTOP -C my-site build" /dev/null
expect_stdout_has $'\x1b[1;31merror:\x1b[0m'
NO_COLOR=1 run script -qec "$HARDTOP -C my-site build" /dev/null
if grep -qF $'\x1b' "$captured/stdout"; then fail "colours with NO_COLOR"; fi
TERM=dumb run script -qec "$HARDTOP -C my-site build" /dev/null
if grep -qF $'\x1b' "$captured/stdout"; then fail "colours on a dumb terminal"; fi
