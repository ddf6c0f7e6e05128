# What is kept of a version of the site lies beside the output, is the same for the same sources, and goes along with a deploy, where
# it stays; a rollback says what it brought back.
hardtop new site my-site >/dev/null
cd my-site || exit
hardtop build --quiet
test ! -e public/evidence.json
cp .hardtop/evidence/public.json ../first.json
grep -q '"format": "hardtop evidence 1"' ../first.json
grep -q "\"manifest_sha256\": \"$(sha256sum .hardtop/*.manifest | cut -c1-64)\"" ../first.json
rm -r .hardtop public
hardtop build --quiet
expect_same ../first.json .hardtop/evidence/public.json
hardtop build --quiet --environment development --output ../development
test "$(find .hardtop/evidence -type f)" = .hardtop/evidence/public.json

command -v rclone >/dev/null || exit 77
printf '[deploy.production]\nremote = "../www"\n' >>site.toml
hardtop build --quiet
hardtop deploy production --quiet
set -- ../www/.hardtop/evidence/*.json
test $# = 1
first=$(basename "$1" .json)
grep -q '"deployed": "20..-..-..T..:..:..Z"' "$1"
sed '/"deployed"/d; s/^\(  "manifest_sha256": "[0-9a-f]*"\),$/\1/' "$1" >../deployed.json
expect_same ../deployed.json .hardtop/evidence/public.json

echo 'More.' >>content/_index.md
hardtop build --quiet
hardtop deploy production --quiet
hardtop deploy production --rollback --quiet
set -- ../www/.hardtop/evidence/*.json
test $# = 3
grep -q "\"restores\": \"$first\"" "$@"
# Nothing to do, nothing to keep.
hardtop deploy production --rollback --dry-run --quiet
set -- ../www/.hardtop/evidence/*.json
test $# = 3
