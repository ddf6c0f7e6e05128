# A page that is gone is gone from the output; files that hardtop did not write stay.
hardtop new site my-site >/dev/null
cd my-site || exit
hardtop new page about --quiet
hardtop build --drafts --quiet
write public/mine.txt <<'END'
mine
END
rm content/about.md
run hardtop build --drafts
expect_status 0
expect_stdout_has " 1 removed) in "
expect_no public/about
[ -f public/mine.txt ] || fail "a file of somebody else was removed"
