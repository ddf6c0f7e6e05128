# A folder that -C names and that does not exist is wrong usage.
run hardtop -C nowhere build
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: there is no folder 'nowhere'
  hint: -C names the folder that holds site.toml; see hardtop --help
END
