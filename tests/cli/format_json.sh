# --format json: one object a line on stdout, and the rest on stderr.
hardtop new site my-site >/dev/null
echo '[broken](nowhere.md)' >my-site/content/_index.md
run hardtop -C my-site --format json build
expect_status 1
expect_stdout <<'END'
{"path":"my-site/content/_index.md","line":1,"column":10,"severity":"error","message":"the link leads to content/nowhere.md, which does not exist","id":"build/broken-link","hint":"write the path from this file to the other, or remove the link"}
END
expect_stderr <<'END'
1 error; nothing was written
END

echo 'fine' >my-site/content/_index.md
run hardtop -C my-site --format json build
expect_status 0
expect_stdout </dev/null
expect_stderr_has "Built my-site/public: "
