# --base-url replaces base_url of site.toml; one that is no URL of a website is wrong usage.
hardtop new site my-site >/dev/null
cd my-site || exit
run hardtop build --base-url https://test.example.org/docs/
expect_status 0
grep -q 'https://test.example.org/docs/first-page/' public/sitemap.xml || fail "the site map has another address"
grep -q 'href="/docs/first-page/"' public/index.html || fail "links do not begin with the path of the base URL"
run hardtop build --base-url test.example.org
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: --base-url cannot be 'test.example.org'
  hint: a URL like https://example.org/ or https://example.org/docs/; see hardtop build --help
END
