# check says how many pages it looked at, and writes nothing.
hardtop new site my-site >/dev/null
cp -r my-site before
run hardtop -C my-site check
expect_status 0
expect_stderr </dev/null
mask 's/[0-9]+ pages/N pages/' 's/[0-9]+\.[0-9][0-9] s/N s/'
expect_stdout <<'END'
N pages checked, no errors in N s
END
expect_same before my-site

echo '[broken](nowhere.md)' >>my-site/content/_index.md
echo '[broken](nowhere.md)' >>before/content/_index.md
run hardtop -C my-site check
expect_status 1
expect_stdout </dev/null
expect_stderr_has "my-site/content/_index.md:8:10: error: the link leads to content/nowhere.md, which does not exist [build/broken-link]"
expect_stderr_has "1 error"
expect_stderr_has "More about it: hardtop explain build/broken-link"
expect_same before my-site
