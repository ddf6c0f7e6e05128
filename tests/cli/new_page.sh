# A new page is a draft of today: a build leaves it out, --drafts lets it in.
hardtop new site my-site >/dev/null
export SOURCE_DATE_EPOCH=1795392000 # 2026-11-23
run hardtop -C my-site new page "blog/Our first drive"
expect_status 0
expect_stderr </dev/null
expect_stdout <<'END'
Made my-site/content/blog/our-first-drive.md

It is a draft: build leaves it out until you remove the line draft = true.
To see it before:
  hardtop -C my-site build --drafts
END
expect_file my-site/content/blog/our-first-drive.md <<'END'
+++
title = "Our first drive"
date = 2026-11-23
draft = true  # remove this line when the page may go online
+++

END
run hardtop -C my-site build
expect_status 0
expect_no my-site/public/blog/our-first-drive
run hardtop -C my-site build --drafts
expect_status 0
[ -f my-site/public/blog/our-first-drive/index.html ] || fail "the draft was not built"
