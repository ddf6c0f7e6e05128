# SOURCE_DATE_EPOCH is the time that counts as now: a page is left out before its date, and after it has expired.
write site.toml <<'END'
title = "Site"
base_url = "https://example.org/"
END
write content/_index.md <<'END'
Home.
END
write content/offer.md <<'END'
+++
title = "Offer"
date = 2026-11-02
expires = 2026-11-30
+++
Only in November.
END
SOURCE_DATE_EPOCH=1793491200 run hardtop build # 2026-11-01
expect_status 0
expect_no public/offer
SOURCE_DATE_EPOCH=1793491200 run hardtop build --future
[ -f public/offer/index.html ] || fail "--future does not build a page of the future"
SOURCE_DATE_EPOCH=1794614400 run hardtop build # 2026-11-14
[ -f public/offer/index.html ] || fail "the page is not there in its time"
SOURCE_DATE_EPOCH=1796083200 run hardtop build # 2026-12-01
expect_no public/offer
SOURCE_DATE_EPOCH=1796083200 run hardtop build --expired
[ -f public/offer/index.html ] || fail "--expired does not build an expired page"

SOURCE_DATE_EPOCH=yesterday run hardtop build
expect_status 2
expect_stdout </dev/null
expect_stderr <<'END'
error: the variable SOURCE_DATE_EPOCH is 'yesterday'
  hint: it is a whole number of seconds since 1970-01-01; set it to one, or unset it
END
