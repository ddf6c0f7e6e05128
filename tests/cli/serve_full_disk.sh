# A full disk: the preview writes nothing, neither beside the site nor among temporary files, and so goes on.
mkdir disk
small_disk disk 256k
hardtop new site disk/my-site >/dev/null
mkdir disk/tmp
cat /dev/zero >disk/tmp/rest 2>/dev/null && fail 'the disk is not full'
find disk | sort >before
TMPDIR=$PWD/disk/tmp start hardtop -C disk/my-site serve --port 0
await_address
fetch /
grep -qx 'HTTP/1.1 200 OK' "$captured/head" || fail "not served: $(cat "$captured/head")"
echo 'Still saved.' >disk/my-site/content/_index.md
eventually has_printed 'content/_index.md: '
fetch /
grep -qF '<p>Still saved.</p>' "$captured/body" || fail "not taken in: $(cat "$captured/body")"
stop
expect_status 0
expect_stderr </dev/null
find disk | sort >after
expect_same before after
