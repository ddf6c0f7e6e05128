# --open starts the command that BROWSER names with the address, in the place of %s if it has one, without waiting for it; where
# there is none, that is a warning.
hardtop new site my-site >/dev/null
write browser <<END
#!/bin/bash
echo "\$#: \$*" >$PWD/asked.part
mv $PWD/asked.part $PWD/asked
END
chmod +x browser
BROWSER=$PWD/browser start hardtop -C my-site serve --port 0 --open
await_address
eventually test -e asked
expect_file asked <<END
1: http://127.0.0.1:$port/
END
stop
expect_status 0
expect_stderr </dev/null

rm asked
BROWSER="$PWD/browser --at %s  --new" start hardtop -C my-site serve --port 0 --open
await_address
eventually test -e asked
expect_file asked <<END
3: --at http://127.0.0.1:$port/ --new
END
stop

BROWSER=$PWD/no-such-browser start hardtop -C my-site serve --port 0 --open
await_address
eventually has_printed 'hint: '
fetch /
grep -qx 'HTTP/1.1 200 OK' "$captured/head" || fail "it does not answer"
stop
expect_status 0
mask "s|$PWD/||"
expect_stderr <<END
warning: cannot start 'no-such-browser': No such file or directory [serve/no-browser]
  hint: open http://127.0.0.1:$port/ yourself; on Debian, 'apt-get install xdg-utils' brings xdg-open
END
