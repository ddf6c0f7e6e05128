# In a folder without site.toml, build and check fail and say what a site is.
for command in build check; do
  run hardtop $command
  expect_status 1
  expect_stdout </dev/null
  expect_stderr_has "[config/missing]"
  expect_stderr_has "1 error"
done
expect_no public .hardtop
