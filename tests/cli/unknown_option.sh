# A misspelled option is wrong usage, and the right one is suggested; nothing is built.
write site.toml <<'END'
title = "Site"
base_url = "https://example.org/"
END
run hardtop build --jbos 3
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: there is no option '--jbos'
  hint: did you mean '--jobs'? See hardtop build --help
END
expect_no public .hardtop
