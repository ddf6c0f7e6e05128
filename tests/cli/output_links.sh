# A folder of the output that is a symbolic link leads to files that are not the site's: nothing is written or removed there.
hardtop new site my-site >/dev/null
cd my-site || exit
hardtop new page about >/dev/null
hardtop build --drafts --quiet
mkdir ../other
echo precious >../other/index.html
rm -r public/about
ln -s ../../other public/about
run hardtop build --drafts
expect_status 3
expect_stdout </dev/null
expect_stderr <<'END'
public/about: error: this folder of the output is a symbolic link: what it leads to would be overwritten [build/output-unwritable]
  hint: remove the link; hardtop makes a folder of this name
1 error; nothing was written
More about it: hardtop explain build/output-unwritable
END
rm content/about.md
run hardtop build
expect_status 3
[ "$(cat ../other/index.html)" = precious ] || fail "a file outside of the output was changed"

rm public/about
run hardtop build
expect_status 0

# The output folder itself may be one.
ln -s ../other web
run hardtop build --output web
expect_status 0
[ -f ../other/404.html ] || fail "there is no 404.html where the link leads"

# One that leads in a circle is an error of its own.
ln -s round round
run hardtop build --output round/web
expect_status 3
expect_stderr <<'END'
round/web: error: cannot be reached: Too many levels of symbolic links [build/output-unwritable]
  hint: choose another folder with --output, or mend the one that it is in
1 error; nothing was written
More about it: hardtop explain build/output-unwritable
END
