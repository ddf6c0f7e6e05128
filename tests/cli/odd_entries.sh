# Pipes, links that lead out, and names that are no text are errors: none is opened, nothing is written.
hardtop new site my-site >/dev/null
cd my-site || exit
mkdir -p data static
mkfifo data/pipe.toml
run timeout 10 "$HARDTOP" build
expect_status 1
expect_stderr_has "data/pipe.toml: error: this is a socket, pipe or device, not a file [build/unreadable]"
rm data/pipe.toml
ln -s /etc/passwd data/users.toml
run hardtop build
expect_status 1
expect_stderr_has "data/users.toml: error: this symbolic link leads out of data/ [build/outside]"
rm data/users.toml
ln -s /etc static/etc
printf x >static/$'two\nlines.txt'
run hardtop build
expect_status 1
expect_stderr_has "static/etc: error: this symbolic link leads out of static/ [build/outside]"
expect_stderr_has "lines.txt: error: the file's name is not UTF-8, or holds a control character [content/bad-name]"
expect_stderr_has "2 errors; nothing was written"
expect_no public .hardtop
rm -r static/etc static/two*
# A folder that is a link to a disk that is not there is no empty folder: what is published would be removed.
mv content away
ln -s gone content
run hardtop build
expect_status 1
expect_stderr <<'END'
content: error: this symbolic link leads nowhere [content/unreadable]
  hint: let it lead to a folder, or remove it
1 error; nothing was written
More about it: hardtop explain content/unreadable
END
rm content
mv away content
# What hosts are given is published, other names that begin with a dot are not.
mkdir -p static
touch static/.htaccess static/.nojekyll static/.DS_Store
run hardtop build
expect_status 0
for name in .htaccess .nojekyll; do
  [ -e "public/$name" ] || fail "$name is missing"
done
expect_no public/.DS_Store
