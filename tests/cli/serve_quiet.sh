# --quiet prints what is wrong, and nothing else; who wants that knows the port.
hardtop new site my-site >/dev/null
start hardtop -C my-site serve --port 0
await_address
stop
# Just free.
start hardtop -C my-site serve --port "$port" --quiet
answers() { (fetch /) 2>/dev/null; }
eventually answers
echo '[broken](nowhere.md)' >my-site/content/_index.md
eventually has_printed 'hint: '
stop
expect_status 0
expect_stdout </dev/null
expect_stderr <<'END'
my-site/content/_index.md:1:10: error: the link leads to content/nowhere.md, which does not exist [build/broken-link]
  1 | [broken](nowhere.md)
    |          ^~~~~~~~~~
  hint: write the path from this file to the other, or remove the link
END
