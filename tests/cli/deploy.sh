# A folder as the place to deploy to, through rclone: what is moved, what is printed, back and forth.
command -v rclone >/dev/null || skip "rclone is not installed"
export RCLONE_CONFIG=$HOME/rclone.conf
: >"$RCLONE_CONFIG"
hardtop new site my-site >/dev/null
cd my-site || exit
cat >>site.toml <<'END'
[deploy.production]
remote = "../www"
purge = "cat >>purged"
END
hardtop build >/dev/null
run hardtop deploy production --dry-run
expect_status 0
expect_stdout_has 'What would change at production (../www):'
expect_stdout_has '  new      index.html  '
expect_stdout_has ' to send. Nothing was touched ('
expect_no ../www

run hardtop deploy production
expect_status 0
expect_stderr </dev/null
mask 's/[0-9]+ new/N new/' 's/[0-9.]+ [kMG]?B/N kB/' 's/[0-9]+\.[0-9]+ s/N s/'
expect_stdout <<'END'
Deployed to production (../www): N new, 0 changed, 0 removed, 0 unchanged; N kB sent in N s
END
diff -r --exclude=.hardtop public ../www || fail "the folder is not what was built"
for note in ../www/.hardtop/*; do
  case ${note##*/} in manifest.* | evidence) ;; *) fail "a note is left over: $note" ;; esac
done
grep -qxF 'https://example.org/' purged || fail "the home page is not purged"

run hardtop deploy production
expect_status 0
mask 's/[0-9]+ files are/N files are/' 's/[0-9]+\.[0-9]+ s/N s/'
expect_stdout <<'END'
Nothing to do for production (../www): N files are there, in N s
END

# Nothing is known so well that it is not looked at.
printf 'x' | dd of=public/index.html bs=1 seek=0 conv=notrunc 2>dd.log
run hardtop deploy production
expect_status 1
expect_stderr_has "error: 'public' is not as it was built: index.html [deploy/output-changed]"
hardtop build >/dev/null
run hardtop deploy production --dry-run
expect_status 0
expect_stdout_has 'Nothing to do for production (../www): '

mv public real
ln -s real public
cp -al real copy
hardtop build >/dev/null
run hardtop deploy production --dry-run
expect_status 0
ln -sfn copy public
run hardtop deploy production --dry-run
expect_status 1
expect_stderr_has "error: there is no finished site in 'public' [deploy/no-output]"
rm -r public copy
mv real public
hardtop build >/dev/null

# One page changes, one comes, one goes.
echo '# About us' >content/old.md
hardtop build >/dev/null
run hardtop deploy production
expect_status 0
cp -r public before
echo '# New' >content/new.md
rm content/old.md
echo 'More.' >>content/_index.md
hardtop build >/dev/null
run hardtop deploy production
expect_status 0
diff -r --exclude=.hardtop public ../www >differs || true
[ "$(cat differs)" = 'Only in ../www: old' ] || [ ! -s differs ] || fail "the folder is not what was built: $(cat differs)"
expect_no ../www/old/index.html

# And back, without looking at the site's sources.
echo '[x](nowhere.md)' >content/broken.md
run hardtop deploy production --rollback
expect_status 0
expect_stdout_has 'Rolled back production (../www): 1 new, '
diff -r --exclude=.hardtop before ../www >differs || true
[ "$(cat differs)" = 'Only in ../www: new' ] || [ ! -s differs ] || fail "the folder is not what it was: $(cat differs)"
run hardtop deploy production --rollback
expect_status 0
[ -e ../www/new/index.html ] || fail "a second rollback does not undo the first"
