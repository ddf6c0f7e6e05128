# A port that is taken, an address that is none of this machine's, and a port that is root's end the preview with status 3 and say
# what to do.
hardtop new site my-site >/dev/null
start hardtop -C my-site serve --port 0
await_address
run hardtop -C my-site serve --port "$port"
expect_status 3
expect_stdout </dev/null
# The next port that nobody has.
mask "s/port $port is/port PORT is/" 's/--port [0-9]+,/--port NEXT,/'
expect_stderr <<'END'
error: port PORT is taken [serve/port-taken]
  hint: try --port NEXT, which is free
More about it: hardtop explain serve/port-taken
END
fetch /
grep -qx 'HTTP/1.1 200 OK' "$captured/head" || fail "the first one does not answer any more"
stop

# 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
run hardtop -C my-site serve --port 0 --bind 192.0.2.7
expect_status 3
expect_stdout </dev/null
expect_stderr <<'END'
error: '192.0.2.7' is no address of this machine [serve/bad-address]
  hint: use 127.0.0.1 for this machine alone, or 0.0.0.0 for every network that it is in
More about it: hardtop explain serve/bad-address
END
run hardtop -C my-site serve --port 0 --bind 127.0.0.1:80
expect_status 3
expect_stderr <<'END'
error: no host '127.0.0.1:80' is known [serve/bad-address]
  hint: use 127.0.0.1 for this machine alone, or 0.0.0.0 for every network that it is in
More about it: hardtop explain serve/bad-address
END

run hardtop -C my-site serve --port 70000
expect_status 2
expect_stderr <<'END'
error: --port cannot be '70000'
  hint: a whole number from 0 to 65535; see hardtop serve --help
END
run hardtop -C no-such-folder serve --port 0
expect_status 2
expect_stderr <<'END'
error: there is no folder 'no-such-folder'
  hint: -C names the folder that holds site.toml; see hardtop --help
END
expect_no my-site/public
