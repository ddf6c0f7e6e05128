# --format github: workflow commands on stdout, with paths that the repository knows.
hardtop new site my-site >/dev/null
echo '[broken](nowhere.md)' >my-site/content/_index.md
run hardtop -C my-site check --format github
expect_status 1
expect_stdout <<'END'
::error file=my-site/content/_index.md,line=1,col=10,title=build/broken-link::the link leads to content/nowhere.md, which does not exist%0Ahint: write the path from this file to the other, or remove the link
END
expect_stderr <<'END'
1 error
END
