# A build prints one line: where, how many pages and files, what changed, how long it took, how much memory.
hardtop new site my-site >/dev/null
cd my-site || exit
run hardtop build
expect_status 0
expect_stderr </dev/null
mask 's/[0-9]+ pages, [0-9]+ files \([0-9]+ changed/N pages, N files (N changed/' 's/[0-9]+\.[0-9][0-9] s/N s/' \
  's/[0-9]+ MB/N MB/'
expect_stdout <<'END'
Built public: N pages, N files (N changed, 0 removed) in N s, N MB
END
