# What this user may not read is named where it is; an output file that may not be read is made anew.
hardtop new site my-site >/dev/null
mkdir my-site/content/secret
echo x >my-site/content/secret/a.md
hardtop -C my-site build >/dev/null
open_to_all my-site
chmod 000 my-site/public/index.html
run unprivileged hardtop -C my-site build
expect_status 0
grep -q '<title>' my-site/public/index.html || fail "the file was not made anew"
chmod 000 my-site/content/secret
run unprivileged hardtop -C my-site build
chmod 755 my-site/content/secret
expect_status 1
expect_stderr <<'END'
my-site/content/secret: error: the folder cannot be listed: Permission denied [content/unreadable]
  hint: make it, and everything in it, readable for you
1 error; nothing was written
More about it: hardtop explain content/unreadable
END
