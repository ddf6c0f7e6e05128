# `hardtop --version` names the program and a version of three numbers, on one line, and nothing else.
run hardtop --version
expect_status 0
mask 's/[0-9]+\.[0-9]+\.[0-9]+/X.Y.Z/'
expect_stdout <<'END'
hardtop X.Y.Z
END
expect_stderr </dev/null
