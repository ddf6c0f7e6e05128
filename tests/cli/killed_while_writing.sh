# A build that is killed leaves a manifest that says so, and the next one completes the output.
hardtop new site my-site >/dev/null
cd my-site || exit
for i in {1..3000}; do echo "# Page $i" >"content/p$i.md"; done
"$HARDTOP" build >/dev/null 2>&1 &
build=$!
until compgen -G '.hardtop/*.manifest' >/dev/null; do
  kill -0 "$build" 2>/dev/null || break
done
kill -9 "$build" 2>/dev/null || true
wait "$build" 2>/dev/null || true
run hardtop build
expect_status 0
grep -q "^hardtop manifest 1 complete" .hardtop/*.manifest
run hardtop build --output whole
expect_same public whole
