# --environment development writes readable CSS with a source map; production hashes file names.
hardtop new site my-site >/dev/null
cd my-site || exit
hardtop build --quiet --output ../production
hardtop build --quiet --output ../development --environment development
[ -z "$(find ../production -name '*.map')" ] || fail "production has a source map"
[ -n "$(find ../development -name '*.map')" ] || fail "development has no source map"
run hardtop build --environment prod
expect_status 2
expect_stderr <<'END'
error: --environment cannot be 'prod'
  hint: one of: production, development; see hardtop build --help
END
