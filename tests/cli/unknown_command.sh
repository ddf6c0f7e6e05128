# A misspelled command is wrong usage, and the right one is suggested.
run hardtop buidl
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: there is no command 'buidl'
  hint: did you mean 'build'? See hardtop --help
END
