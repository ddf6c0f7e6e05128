# What cannot be printed is a failure of the environment.
[ -e /dev/full ] || skip "there is no /dev/full"
status=0
hardtop --help >/dev/full 2>err || status=$?
[ "$status" = 3 ] || fail "exit status $status"
expect_file err <<'END'
error: cannot write to standard output
END
