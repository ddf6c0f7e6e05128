# --format json: what is wrong is one object a line on stdout, each time that the site is taken in; the rest goes to stderr.
hardtop new site my-site >/dev/null
echo '[broken](nowhere.md)' >my-site/content/_index.md
start hardtop -C my-site serve --port 0 --format json
await_address
mask 's/:[0-9]+\/$/:PORT\//'
cat >expected <<'END'
{"path":"my-site/content/_index.md","line":1,"column":10,"severity":"error","message":"the link leads to content/nowhere.md, which does not exist","id":"build/broken-link","hint":"write the path from this file to the other, or remove the link"}
END
expect_stdout <expected
expect_stderr <<'END'
1 error; shown in the browser, too, until mended
Serving a site with errors at http://127.0.0.1:PORT/
What you save shows at once. Ctrl-C ends it.
END
echo 'Fine.' >my-site/content/_index.md
eventually has_printed 'content/_index.md: mended, '
stop
expect_status 0
expect_stdout <expected
