# [build] precompress: compressed files beside the others, the same on any number of threads, and nothing to do where nothing
# has changed, even when the output has been removed.
hardtop new site my-site >/dev/null
cd my-site || exit
printf '[build]\nprecompress = ["gzip", "brotli"]\n' >>site.toml
run hardtop build --jobs 1
expect_status 0
expect_stderr </dev/null
mask 's/^Built .*/Built N/' 's/[0-9]+ files: [0-9.]+ kB, gzip [0-9.]+ kB, brotli [0-9.]+ kB \([0-9]+ anew/N files (N anew/'
expect_stdout <<'END'
Built N
Compressed N files (N anew)
END
gzip -dc public/index.html.gz >../index.html
expect_same ../index.html public/index.html
test -s public/index.html.br

run hardtop build
expect_status 0
mask 's/^Built .*\(0 changed, 0 removed\).*/Built the same/' 's/[0-9]+ files: .*\(0 anew\)/N files, none anew/'
expect_stdout <<'END'
Built the same
Compressed N files, none anew
END
rm -r public
run hardtop build
expect_status 0
mask 's/^Built .*/Built N/' 's/[0-9]+ files: .*\(0 anew\)/N files, none anew/'
expect_stdout <<'END'
Built N
Compressed N files, none anew
END
hardtop build --jobs 8 --output ../eight --quiet
expect_same public ../eight

# A check writes none; a build in development has none, and takes them away.
run hardtop check
expect_status 0
hardtop build --environment development --quiet
test ! -e public/index.html.gz
test ! -e public/index.html.br
