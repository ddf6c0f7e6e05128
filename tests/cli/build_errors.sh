# A site with errors: each at its place, what to do, how many there are; exit status 1, and nothing is written.
write site.toml <<'END'
title = "Site"
base_url = "https://example.org/"
END
write content/_index.md <<'END'
Read [about us](abuot.md).
END
write content/about.md <<'END'
+++
title = "About"
+++
Go [home](nowhere.md).
END
run hardtop build
expect_status 1
expect_stdout </dev/null
expect_stderr <<'END'
content/_index.md:1:17: error: the link leads to content/abuot.md, which does not exist [build/broken-link]
  1 | Read [about us](abuot.md).
    |                 ^~~~~~~~
  hint: did you mean content/about.md?
content/about.md:4:11: error: the link leads to content/nowhere.md, which does not exist [build/broken-link]
  4 | Go [home](nowhere.md).
    |           ^~~~~~~~~~
  hint: write the path from this file to the other, or remove the link
2 errors; nothing was written
More about the first: hardtop explain build/broken-link
END
expect_no public .hardtop
