# An output folder that cannot be written is a failure of the environment: exit status 3.
hardtop new site my-site >/dev/null
mkdir locked
open_to_all my-site
chmod 755 locked
run unprivileged hardtop -C my-site build --output locked/public
expect_status 3
expect_stdout </dev/null
expect_stderr_has "locked/public/404.html: error: cannot be written: Permission denied [build/write-failed]"
expect_stderr_has "1 error; "
if grep -q my-site "$captured/stderr"; then fail "the output folder is named as if it were in the site's"; fi
