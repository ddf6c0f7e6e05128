# Without a command, hardtop says how to begin.
run hardtop
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: no command is given
  hint: for a start: hardtop new site my-site; see hardtop --help
END
