# On a terminal errors are coloured, and what follows ^C begins a line; in a pipe there is neither.
command -v script >/dev/null || skip "there is no program 'script' to stand for a terminal"
hardtop new site my-site >/dev/null
echo '[broken](nowhere.md)' >my-site/content/_index.md
export TERM=xterm-256color
start script -qefc "exec $HARDTOP -C my-site serve --port 0" /dev/null
await_address
fetch / # it is past its first lines
kill -INT "$(cat "/proc/$started/task/$started/children")"
status=0
# shellcheck disable=SC2034 # expect_status reads it
wait "$started" || status=$?
started=
look
expect_status 0
expect_stdout_has $'\x1b[1;31merror:\x1b[0m'
tail -c 6 "$captured/stdout" | od -An -c | grep -q '\\r *\\n *\\r *\\n' || fail 'no new line after ^C'

start hardtop -C my-site serve --port 0
await_address
stop INT
if grep -qF $'\x1b' "$captured/stdout" "$captured/stderr"; then fail "colours in a pipe"; fi
expect_stderr <<'END'
my-site/content/_index.md:1:10: error: the link leads to content/nowhere.md, which does not exist [build/broken-link]
  1 | [broken](nowhere.md)
    |          ^~~~~~~~~~
  hint: write the path from this file to the other, or remove the link
1 error; shown in the browser, too, until mended
END
