# `new site .` makes the site in the current folder, where a repository may be already.
mkdir -p garden/.git
cd garden || exit
run hardtop new site .
expect_status 0
[ -f site.toml ] || fail "there is no site.toml"
grep -qx 'title = "Garden"' site.toml || fail "the title does not come from the folder's name"
run hardtop build
expect_status 0
expect_stderr </dev/null
