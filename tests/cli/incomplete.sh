# An output is whole when all that a build writes is: what it puts beside the output, too.
hardtop new site my-site >/dev/null
cd my-site || exit
printf '\n[build]\nhosts = ["nginx"]\n' >>site.toml
mkdir .hardtop
: >.hardtop/hosts
run hardtop build
expect_status 3
expect_stderr_has ".hardtop/hosts/public/nginx-http.conf: error: cannot be written: Not a directory [build/write-failed]"
grep -q "^hardtop manifest 1 incomplete" .hardtop/*.manifest
rm .hardtop/hosts
: >.hardtop/evidence
run hardtop build
expect_status 3
expect_stderr_has ".hardtop/evidence/public.json: error: cannot be written: Not a directory [build/write-failed]"
grep -q "^hardtop manifest 1 incomplete" .hardtop/*.manifest
rm .hardtop/evidence
run hardtop build
expect_status 0
grep -q "^hardtop manifest 1 complete" .hardtop/*.manifest
