# Killed at any moment, a deploy into a folder is completed by the next one, without asking for --break-lock.
command -v rclone >/dev/null || skip "rclone is not installed"
export RCLONE_CONFIG=$HOME/rclone.conf
: >"$RCLONE_CONFIG"
hardtop new site my-site >/dev/null
cd my-site || exit
printf '[deploy.production]\nremote = "../www"\nkeep_days = 0\n' >>site.toml
for i in {1..60}; do echo "# Page $i" >"content/p$i.md"; done
hardtop build >/dev/null
RANDOM=20261123
for round in 1 2 3 4; do
  "$HARDTOP" deploy production >/dev/null 2>&1 &
  deploy=$!
  sleep "0.$((RANDOM % 90 + 10))"
  kill -9 "$deploy" 2>/dev/null || true
  wait "$deploy" 2>/dev/null || true
  run hardtop deploy production
  expect_status 0
  diff -r --exclude=.hardtop public ../www || fail "round $round: the folder is not what was built"
  for note in ../www/.hardtop/*; do
    case ${note##*/} in manifest.* | versions | evidence) ;; *) fail "a note is left over: $note" ;; esac
  done
  for i in {1..60}; do [ $((RANDOM % 2)) = 0 ] || echo "Round $round" >>"content/p$i.md"; done
  hardtop build >/dev/null
done
