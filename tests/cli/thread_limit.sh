# Of threads, a build needs none but its own; the preview does, and says so.
symbols=$(nm -D "$HARDTOP")
if [[ $symbols == *__[at]san_init* ]]; then skip "the sanitizers have threads of their own"; fi
hardtop new site shared >/dev/null
open_to_all .
# shellcheck disable=SC2016 # the other bash expands it
run unprivileged bash -c 'ulimit -u 1; exec "$HARDTOP" -C shared build'
expect_status 0
# shellcheck disable=SC2016 # the other bash expands it
run unprivileged bash -c 'ulimit -u 1; exec "$HARDTOP" -C shared serve --port 0'
expect_status 3
expect_stderr <<'END'
error: the system gives no more threads: Resource temporarily unavailable
  hint: close other programs, or raise the limit (ulimit -u)
END
