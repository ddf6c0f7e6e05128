# --output is a folder as seen from the current one; the site's own public/ is not made.
hardtop new site my-site >/dev/null
run hardtop -C my-site build --output out/site
expect_status 0
expect_stdout_has "Built out/site: "
[ -f out/site/index.html ] || fail "there is no out/site/index.html"
expect_no my-site/public my-site/out

hardtop -C my-site build --quiet
expect_same out/site my-site/public
