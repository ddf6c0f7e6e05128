# Commands and options that are planned are refused in plain words.
# shellcheck disable=SC2086 # a command of two words is two arguments
for command in audit; do
  run hardtop $command
  expect_status 2
  expect_stdout </dev/null
  expect_stderr <<END
error: this version of hardtop has no command '$command' yet
  hint: see hardtop --help
END
done
run hardtop check --external
expect_status 2
expect_stderr <<'END'
error: this version of hardtop has no check --external yet
  hint: see hardtop check --help
END
