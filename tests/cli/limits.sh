# Where the system sets a limit, the program says which and ends with 3; the next build repairs what was begun.
hardtop new site my-site >/dev/null
head -c 100000 /dev/zero >my-site/static/large.bin
run bash -c 'ulimit -f 20; exec "$HARDTOP" -C my-site build' # KiB
expect_status 3
expect_stdout </dev/null
expect_stderr_has 'my-site/public/large.bin: error: cannot be written: File too large [build/write-failed]'
run hardtop -C my-site build
expect_status 0

# The sanitizers need terabytes of address space.
symbols=$(nm -D "$HARDTOP")
if [[ $symbols == *__[at]san_init* ]]; then exit 0; fi
mkdir my-site/styles
echo '@while true { a { b: c } }' >my-site/styles/endless.scss
run bash -c 'ulimit -v 400000; exec "$HARDTOP" -C my-site check'
expect_status 3
expect_stdout </dev/null
expect_stderr <<'END'
error: out of memory
  hint: close other programs, or look for a loop in a style sheet that does not end
END
