# Pipes, links that lead out, and names that are no text are errors: none is opened, nothing is written.
hardtop new site my-site >/dev/null
cd my-site || exit
mkdir -p data static
mkfifo data/pipe.toml
run timeout 10 "$HARDTOP" build
expect_status 1
expect_stderr_has "data/pipe.toml: error: this is not a file [build/unreadable]"
rm data/pipe.toml
ln -s /etc/passwd data/users.toml
run hardtop build
expect_status 1
expect_stderr_has "data/users.toml: error: the symbolic link leads out of data/ [build/outside]"
rm data/users.toml
ln -s /etc static/etc
printf x >static/$'two\nlines.txt'
run hardtop build
expect_status 1
expect_stderr_has "static/etc: error: the symbolic link leads out of static/ [build/outside]"
expect_stderr_has "lines.txt: error: the file's name is not UTF-8, or holds a control character [content/bad-name]"
expect_stderr_has "2 errors; nothing was written"
expect_no public .hardtop
