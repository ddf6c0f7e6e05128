# A site with errors is served, too: they are printed as a build prints them, and so is what becomes of each save.
hardtop new site my-site >/dev/null
echo '[broken](nowhere.md)' >my-site/content/_index.md
start hardtop -C my-site serve --port 0
await_address
mask 's/:[0-9]+\/$/:PORT\//'
expect_stdout <<'END'
Serving a site with errors at http://127.0.0.1:PORT/
What you save shows at once. Ctrl-C ends it.
END
cat >expected <<'END'
my-site/content/_index.md:1:10: error: the link leads to content/nowhere.md, which does not exist [build/broken-link]
  1 | [broken](nowhere.md)
    |          ^~~~~~~~~~
  hint: write the path from this file to the other, or remove the link
END
{ cat expected && echo '1 error; shown in the browser, too, until mended'; } >first
expect_stderr <first
fetch /
grep -qx 'HTTP/1.1 404 Not Found' "$captured/head" || fail "nothing was good yet: $(cat "$captured/head")"
grep -qF '<script src="/.hardtop/preview.js" ' "$captured/body" || fail "who opens it would not see the errors"

echo 'Fine.' >my-site/content/_index.md
eventually has_printed 'content/_index.md: mended, '
fetch /
grep -qF '<p>Fine.</p>' "$captured/body" || fail "the mended page is not there: $(cat "$captured/body")"
cp my-site/content/_index.md fine.md
echo '[broken](nowhere.md)' >my-site/content/_index.md
eventually has_printed 'content/_index.md: 1 error; '
fetch /
grep -qF '<p>Fine.</p>' "$captured/body" || fail "the last good page is not there: $(cat "$captured/body")"
cp fine.md my-site/content/_index.md
eventually has_printed 'content/_index.md: mended, nothing changes '
echo 'Finer.' >my-site/content/_index.md
eventually has_printed 'content/_index.md: 1 file in '

stop
expect_status 0
cat expected >>first
expect_stderr <first
# A save may be seen as two: the empty file between is fine, too.
mask 's/in [0-9]+ ms/in N ms/' 's/:[0-9]+\/$/:PORT\//' 's/^[0-9]{2}:[0-9]{2}:[0-9]{2} /HH:MM:SS /' 's/mended, [0-9]+ files?/mended, N files/'
grep -qx 'HH:MM:SS content/_index.md: 1 error; what is served is what was good last' "$captured/stdout" || fail 'not said'
grep -qx 'HH:MM:SS content/_index.md: mended, N files in N ms' "$captured/stdout" || fail 'not said'
grep -qx 'HH:MM:SS content/_index.md: 1 file in N ms' "$captured/stdout" || fail 'not said'
