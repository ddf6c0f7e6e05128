# A new site builds as it is: no error, no warning; and building it again writes nothing.
run hardtop new site my-site
expect_status 0
expect_stderr </dev/null
expect_stdout <<'END'
Made the site my-site: site.toml, two pages in content/, a picture in static/.

Next:
  cd my-site
  hardtop serve           shows it while you edit
  hardtop new page about  adds content/about.md
  hardtop build           writes the site to public/

Say in site.toml what the site is called and where it will be online (base_url).
END
cd my-site || exit
run hardtop check
expect_status 0
expect_stderr </dev/null
run hardtop build
expect_status 0
expect_stderr </dev/null
for file in index.html first-page/index.html road.svg sitemap.xml robots.txt 404.html; do
  [ -f "public/$file" ] || fail "there is no public/$file"
done
expect_same static/road.svg public/road.svg
grep -q '<title>.*My site' public/index.html || fail "the home page's title is not the site's"
grep -q 'href="/first-page/"' public/index.html || fail "the home page does not link to the first page"

run hardtop build
expect_status 0
expect_stdout_has " (0 changed, 0 removed) in "

cd .. || exit
run hardtop new site "My other site"
expect_status 0
expect_stdout_has "  cd 'My other site'"
