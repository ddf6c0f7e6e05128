# Two builds of one site at once take turns: both succeed, and the output is whole.
hardtop new site my-site >/dev/null
for i in $(seq 300); do printf '+++\ntitle = "Page %s"\n+++\nText.\n' "$i" >"my-site/content/page-$i.md"; done
hardtop -C my-site build >one.log 2>&1 &
first=$!
hardtop -C my-site build >two.log 2>&1 || fail "the second build failed: $(cat two.log)"
wait "$first" || fail "the first build failed: $(cat one.log)"
run hardtop -C my-site build
expect_status 0
expect_stdout_has "(0 changed, 0 removed)"
