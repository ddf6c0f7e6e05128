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
[deploy.slow]
remote = "../slow"
purge = "touch purging; exec sleep 60"
END
hardtop build >/dev/null
run hardtop deploy nowhere
expect_status 3
expect_stderr <<'END'
error: rclone has no remote for 'r2:bucket': Failed to create file system for "r2:bucket/.hardtop": didn't find section in config file [deploy/no-such-remote]
  hint: `rclone listremotes` shows those that it has; `rclone config` adds one
1 error
More about it: hardtop explain deploy/no-such-remote
END

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

# A purge is ended with the deploy, and repeated by the next one.
start hardtop deploy slow
eventually test -e purging
stop
expect_status 3
expect_stderr <<'END'
error: the deploy to 'slow' was interrupted [deploy/interrupted]
  hint: deploy again to complete it: what has arrived is not sent again
1 error
More about it: hardtop explain deploy/interrupted
END

# What rclone finds in the environment is of another use of it.
RCLONE_VERBOSE=1 RCLONE_DRY_RUN=true RCLONE_PROGRESS=true run hardtop deploy production --dry-run
expect_status 0
expect_stdout_has 'Nothing to do for production (../www): '

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
