# With -C, paths are printed as seen from the current folder, so that an editor can open them.
# shellcheck disable=SC2086 # a command of two words is two arguments
hardtop new site work/my-site >/dev/null
echo '[broken](nowhere.md)' >work/my-site/content/_index.md
for form in "-C work/my-site build" "build -C ./work/my-site/"; do
  run hardtop $form
  expect_status 1
  expect_stderr_has "work/my-site/content/_index.md:1:10: error: "
  ! grep -q '\./work' "$captured/stderr" || fail "a path is not in its shortest form"
done
run hardtop -C "$PWD/work/my-site" build
expect_stderr_has "$PWD/work/my-site/content/_index.md:1:10: error: "
echo 'fine' >work/my-site/content/_index.md
run hardtop -C work/my-site build
expect_status 0
expect_stdout_has "Built work/my-site/public: "
[ -f work/my-site/public/index.html ] || fail "there is no work/my-site/public/index.html"
