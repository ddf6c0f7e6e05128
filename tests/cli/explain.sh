# `hardtop explain` lists every error and warning, and explains each by its id.
run hardtop explain
expect_status 0
expect_stderr </dev/null
expect_stdout_has "build/broken-link "
cp "$captured/stdout" list
grep / list | cut -d ' ' -f 1 >ids
[ "$(wc -l <ids)" -gt 40 ] || fail "the list is short"
while read -r id; do
  run hardtop explain "$id"
  expect_status 0
  expect_stderr </dev/null
  expect_stdout_has "$id: "
  expect_stdout_has "The mend:"
done <ids

run hardtop explain build/broken-lnik
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: no error or warning is called 'build/broken-lnik'
  hint: did you mean 'build/broken-link'? hardtop explain lists all
END
