# --format sarif: one document on stdout, also when there is nothing to report.
hardtop new site my-site >/dev/null
run hardtop -C my-site check --format sarif
expect_status 0
expect_stdout_has '"version": "2.1.0"'
expect_stdout_has '"results": []'
expect_stderr_has " pages checked, no errors in "
cp "$captured/stdout" clean.sarif

echo '[broken](nowhere.md)' >my-site/content/_index.md
run hardtop -C my-site check --format sarif
expect_status 1
expect_stdout_has '"ruleId": "build/broken-link"'
expect_stdout_has '"uri": "my-site/content/_index.md"'
cp "$captured/stdout" errors.sarif

# A JSON tool reads both.
if command -v python3 >/dev/null; then
  python3 -m json.tool clean.sarif >/dev/null
  python3 -m json.tool errors.sarif >/dev/null
elif command -v node >/dev/null; then
  node -e 'for (const f of ["clean.sarif", "errors.sarif"]) JSON.parse(require("fs").readFileSync(f))'
fi
