# `hardtop serve` says where the site is, answers as the site will online, writes nothing, and ends at once when it is told to.
hardtop new site my-site >/dev/null
start hardtop -C my-site serve --port 0
await_address
mask 's/in [0-9]+ ms/in N ms/' 's/:[0-9]+\//:PORT\//'
expect_stdout <<'END'
Serving 3 pages in N ms at http://127.0.0.1:PORT/
What you save shows at once. Ctrl-C ends it.
END
expect_stderr </dev/null

fetch /
grep -qx 'HTTP/1.1 200 OK' "$captured/head" || fail "no page: $(cat "$captured/head")"
for header in 'Content-Type: text/html; charset=utf-8' 'Cache-Control: no-store' 'X-Content-Type-Options: nosniff' \
  'Referrer-Policy: strict-origin-when-cross-origin' 'Permissions-Policy: browsing-topics=()' "Content-Length: $(wc -c <"$captured/body")"; do
  grep -qxF "$header" "$captured/head" || fail "no header $header in $(cat "$captured/head")"
done
grep -q "^Content-Security-Policy: default-src 'self'; " "$captured/head" || fail "no policy in $(cat "$captured/head")"
if grep -qi '^Strict-Transport-Security' "$captured/head"; then fail "the preview is http: a browser would remember this for localhost"; fi
[ "$(grep -c '<script src="/.hardtop/preview.js" ' "$captured/body")" = 1 ] || fail "not the preview's script, once"
fetch /no-such-page
grep -qx 'HTTP/1.1 404 Not Found' "$captured/head" || fail "no 404: $(cat "$captured/head")"


for signal in TERM INT HUP; do
  stop "$signal"
  expect_status 0
  expect_stderr </dev/null
  start hardtop -C my-site serve --port 0
  await_address
done
stop
expect_no my-site/public my-site/.hardtop
