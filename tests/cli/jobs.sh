# One thread and eight write the same bytes.
hardtop new site my-site >/dev/null
cd my-site || exit
for section in blog cars; do
  for number in $(seq 1 60); do
    write "content/$section/page-$number.md" <<END
+++
title = "Page $number of $section"
date = 2026-01-$(printf %02d $((number % 28 + 1)))
+++
Text with a [link](../first-page.md), and *more*.

## A heading
END
  done
done
hardtop build --jobs 1 --output ../one --quiet
hardtop build --jobs 8 --output ../eight --quiet
expect_same ../one ../eight

# Errors come in the same order, too.
for number in $(seq 1 60); do echo '[x](nowhere.md)' >>"content/cars/page-$number.md"; done
run hardtop build --jobs 1
expect_status 1
cp "$captured/stderr" ../one.txt
run hardtop build --jobs 8
expect_same ../one.txt "$captured/stderr"
