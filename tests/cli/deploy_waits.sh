# A deploy waits for a build that holds the folder, and Ctrl-C ends the waiting.
command -v rclone >/dev/null || skip "rclone is not installed"
export RCLONE_CONFIG=$HOME/rclone.conf
: >"$RCLONE_CONFIG"
hardtop new site my-site >/dev/null
cd my-site || exit
cat >>site.toml <<'END'
[deploy.production]
remote = "../www"
END
hardtop build >/dev/null
locks=(.hardtop/*.lock)
exec 9<>"${locks[0]}"
flock 9
start hardtop deploy production 9>&-
# It waits as soon as nobody can lock the file but who has the descriptor: the kernel lists who waits.
eventually grep -q -- "-> FLOCK .* $started " /proc/locks
stop INT
expect_status 3
expect_stderr <<'END'
waiting for another hardtop, which is at work on the same output (Ctrl-C ends the wait)
error: the deploy to 'production' was interrupted [deploy/interrupted]
  hint: nothing of the site has changed there
1 error
More about it: hardtop explain deploy/interrupted
END
expect_no ../www/index.html
flock -u 9
hardtop deploy production >/dev/null
cmp public/index.html ../www/index.html
