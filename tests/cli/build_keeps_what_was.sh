# An error in the site leaves the output of the last build as it was.
hardtop new site my-site >/dev/null
cd my-site || exit
hardtop build --quiet
cp -r public ../before
echo '[broken](nowhere.md)' >>content/_index.md
rm content/first-page.md
run hardtop build
expect_status 1
expect_same ../before public
