# The output is not written among the sources.
hardtop new site my-site >/dev/null
cp -r my-site before
mkdir themes # beside the site: where it finds themes, too
for folder in my-site my-site/content my-site/content/public . my-site/static/x my-site/.git themes/t/static; do
  run hardtop -C my-site build --output "$folder"
  expect_status 1
  expect_stderr_has "[build/output-inside-source]"
  expect_same before my-site
done
