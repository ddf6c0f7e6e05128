# What rclone says becomes part of the message; a purge that fails is repeated.
command -v rclone >/dev/null || skip "rclone is not installed"
export RCLONE_CONFIG=$HOME/rclone.conf
: >"$RCLONE_CONFIG"
hardtop new site my-site >/dev/null
cd my-site || exit
cat >>site.toml <<'END'
[deploy.production]
remote = "../www"
purge = "cat >>purged; [ -e mended ]"
[deploy.nowhere]
remote = "r2:bucket"
[deploy.refused]
remote = "../refused"
END
hardtop build >/dev/null
run hardtop deploy nowhere
expect_status 3
expect_stderr_has "error: rclone has no remote for 'r2:bucket': "
expect_stderr_has 'section in config file'
expect_stderr_has '[deploy/no-such-remote]'
# shellcheck disable=SC2016 # these are not for the shell
expect_stderr_has '  hint: `rclone listremotes` shows those that it has; `rclone config` adds one'

echo 'a file' >../refused
run hardtop deploy refused
expect_status 3
expect_stderr_has "at '../refused': "
expect_stderr_has '[deploy/remote-failed]'

run hardtop deploy production
expect_status 3
expect_stderr <<'END'
error: the site is deployed, but the command 'purge' of [deploy.production] failed [deploy/purge-failed]
  hint: mend it, then deploy again: it is given the same URLs
1 error
More about it: hardtop explain deploy/purge-failed
END
sort purged >first
rm purged
touch mended
run hardtop deploy production
expect_status 0
sort purged >second
expect_same first second

# Somebody is deploying.
printf 'hardtop deploy lock 1\nid x\nwho bob@lab\ntime 1795300000\nmachine elsewhere\nprocess 1\nend\n' >../www/.hardtop/lock.x
echo '# New' >content/new.md
hardtop build >/dev/null
run hardtop deploy production
expect_status 3
expect_stderr <<'END'
error: bob@lab has been deploying to 'production' since 2026-11-21T22:26:40Z [deploy/locked]
  hint: wait for that to end; if it runs no more: hardtop deploy production --break-lock
1 error
More about it: hardtop explain deploy/locked
END
run hardtop deploy production --break-lock
expect_status 0
[ -e ../www/new/index.html ] || fail "nothing was deployed"
