# Commands and options that are planned are refused in plain words.
run hardtop audit
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: this version of hardtop has no command 'audit' yet
  hint: see hardtop --help
END
run hardtop check --external
expect_status 2
expect_stderr <<'END'
error: this version of hardtop has no check --external yet
  hint: see hardtop check --help
END
