# A folder that is not empty becomes no site, and nothing in it changes.
write my-site/notes.txt <<'END'
mine
END
run hardtop new site my-site
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: the folder my-site is there already, and is not empty [new/exists]
  hint: choose another name; to add a page to a site: hardtop -C my-site new page NAME
END
[ "$(ls -A my-site)" = notes.txt ] || fail "something was written"

# The same said of the folder that one is in.
cd my-site || exit
run hardtop new site .
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: this folder is not empty [new/exists]
  hint: name a new folder; to add a page to a site: hardtop new page NAME
END
[ "$(ls -A)" = notes.txt ] || fail "something was written"
