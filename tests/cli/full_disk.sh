# A full disk: one error for all files that do not fit, exit status 3, an output that is marked incomplete; with space, the
# next build completes it.
hardtop new site my-site >/dev/null
mkdir my-site/public
small_disk my-site/public 8k
run hardtop -C my-site build
expect_status 3
expect_stdout </dev/null
expect_stderr_has "error: cannot be written: No space left on device [build/write-failed]"
expect_stderr_has "1 error; the output is incomplete until the next build"
grep -q "^hardtop manifest 1 incomplete" my-site/.hardtop/*.manifest
mount -o remount,size=1m my-site/public
run hardtop -C my-site build
expect_status 0
grep -q "^hardtop manifest 1 complete" my-site/.hardtop/*.manifest
run hardtop -C my-site build --output whole
expect_same my-site/public whole
