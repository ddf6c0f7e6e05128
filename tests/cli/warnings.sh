# A site with warnings only is built; the warnings are counted.
write site.toml <<'END'
title = "Site"
base_url = "https://example.org/"
[check]
links = "warn"
END
write content/_index.md <<'END'
Read [about us](about.md).
END
run hardtop build
expect_status 0
expect_stdout_has "Built public: "
expect_stderr <<'END'
content/_index.md:1:17: warning: the link leads to content/about.md, which does not exist [build/broken-link]
  1 | Read [about us](about.md).
    |                 ^~~~~~~~
  hint: write the path from this file to the other, or remove the link
1 warning
END
