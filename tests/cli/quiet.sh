# --quiet prints errors and warnings, and nothing else.
hardtop new site my-site --quiet >out
[ ! -s out ] || fail "new site was not quiet"
cd my-site || exit
for command in build check; do
  run hardtop $command --quiet
  expect_status 0
  expect_stdout </dev/null
  expect_stderr </dev/null
done
echo '[broken](nowhere.md)' >content/_index.md
run hardtop --quiet build
expect_status 1
expect_stdout </dev/null
expect_stderr <<'END'
content/_index.md:1:10: error: the link leads to content/nowhere.md, which does not exist [build/broken-link]
  1 | [broken](nowhere.md)
    |          ^~~~~~~~~~
  hint: write the path from this file to the other, or remove the link
END
