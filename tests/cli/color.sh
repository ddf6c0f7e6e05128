# Nothing is coloured in a pipe, unless it is asked for; a machine's format never is.
hardtop new site my-site >/dev/null
echo '[broken](nowhere.md)' >my-site/content/_index.md
cd my-site || exit
escape=$'\x1b'
export TERM=xterm-256color
colored() { grep -qF "$escape" "$captured/stdout" "$captured/stderr"; }
run hardtop build
if colored; then fail "colours in a pipe"; fi
run hardtop build --color never
if colored; then fail "colours with --color never"; fi
run hardtop build --color always
colored || fail "no colours with --color always"
NO_COLOR=1 run hardtop build --color always
colored || fail "NO_COLOR is stronger than --color always"
CLICOLOR_FORCE=1 run hardtop build
colored || fail "CLICOLOR_FORCE does nothing"
NO_COLOR=1 CLICOLOR_FORCE=1 run hardtop build
if colored; then fail "CLICOLOR_FORCE is stronger than NO_COLOR"; fi
for format in json github sarif; do
  run hardtop build --color always --format "$format" --quiet
  if colored; then fail "colours with --format $format"; fi
done
