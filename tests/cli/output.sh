# --output is a folder as seen from the current one; the site's own public/ is not made.
hardtop new site my-site >/dev/null
run hardtop -C my-site build --output out/site
expect_status 0
expect_stdout_has "Built out/site: "
[ -f out/site/index.html ] || fail "there is no out/site/index.html"
expect_no my-site/public my-site/out

hardtop -C my-site build --quiet
expect_same out/site my-site/public

cd my-site || exit
# A slash at its end makes it no other folder, whether it is there already or not.
hardtop new page gone >/dev/null
run hardtop build --drafts --output dist/
expect_status 0
expect_stderr </dev/null
test -e dist/gone/index.html
rm content/gone.md
run hardtop build --output dist
expect_status 0
expect_no dist/gone/index.html
