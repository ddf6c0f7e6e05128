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

# What is not in the site is said, with the option that puts it there.
printf '+++\ndraft = true\n+++\n' >content/one.md
printf '+++\ndraft = true\n+++\n' >content/two.md
printf '+++\nexpires = 2020-01-01\n+++\n' >content/three.md
run hardtop build
expect_stdout_has "Left out: 2 drafts (--drafts), 1 expired page (--expired)"
printf '+++\ndate = 9999-01-01\n+++\n' >content/one.md
run hardtop check --expired
expect_stdout_has "Left out: 1 draft (--drafts), 1 page of the future (--future)"
