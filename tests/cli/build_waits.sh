# A build says that it waits for one that is at work on the same output, and goes on after that.
hardtop new site my-site >/dev/null
cd my-site || exit
hardtop build >/dev/null
locks=(.hardtop/*.lock)
exec 9<>"${locks[0]}"
flock 9
start hardtop build 9>&-
eventually has_printed "waiting for another hardtop, which is at work on the same output (Ctrl-C ends the wait)"
flock -u 9
await_end
expect_status 0
expect_stdout_has "Built public"
expect_stderr <<'END'
waiting for another hardtop, which is at work on the same output (Ctrl-C ends the wait)
END

# --quiet leaves diagnostics alone.
flock 9
start hardtop --quiet build 9>&-
eventually grep -q -- "-> FLOCK .* $started " /proc/locks
flock -u 9
await_end
expect_status 0
expect_stderr </dev/null
