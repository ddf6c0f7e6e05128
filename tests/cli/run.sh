#!/bin/bash
# Runs one command-line case:  HARDTOP=build/hardtop tests/cli/run.sh tests/cli/NAME.sh
#
# A case is a bash script that states one behaviour of the program. It starts in an empty folder of its own, which is
# removed at the end (KEEP=1 keeps it and says where), and it fails at the first command that fails. ctest runs every
# tests/cli/*.sh as the test cli.NAME. What a case may use:
#
#   run COMMAND...            runs it (`run hardtop build`), keeps what it printed, and its exit status in $status
#   expect_status N           the last run ended with N
#   expect_stdout <<'END'     the last run printed exactly this; expect_stderr likewise. Nothing: expect_stdout </dev/null
#   expect_stdout_has TEXT    the last run printed this somewhere; expect_stderr_has likewise
#   mask SED_EXPRESSION...    rewrites what was kept before it is compared, for what differs from run to run
#                             (mask 's/[0-9.]+ s\b/N s/'; extended regular expressions)
#   expect_file PATH <<'END'  the file holds exactly this
#   expect_same A B           two files or two folders are equal, byte for byte
#   expect_no PATH...         there are no such files
#   write PATH <<'END'        makes a file and the folders above it
#   unprivileged COMMAND...   runs it as a user whom file permissions stop, also when the tests run as root:
#                             `run unprivileged hardtop build`. Call `open_to_all PATH...` before it for what it must write.
#   small_disk DIR SIZE       mounts a disk of that size (64k) at DIR; the case is skipped where that is not allowed
#   start COMMAND...          runs it in the background as $started, `start hardtop serve --port 0`; ended with the case
#   look                      what it has printed so far is kept as by `run`, for expect_stdout and the like
#   eventually COMMAND...     waits until it succeeds, at most 30 s: `eventually has_printed TEXT`
#   has_printed TEXT          what was started has printed this somewhere
#   await_address             waits until it has printed an address with a port, and looks: the port is in $port
#   fetch PATH [HEADER]...    asks 127.0.0.1:$port for it by GET: $captured/head and $captured/body
#   await_end                 waits for the end of what was started, and looks: its exit status is in $status
#   stop [SIGNAL]             sends it (TERM), and awaits the end
#   fail TEXT, skip TEXT      ends the case
#
# `hardtop` is the program under test. $captured/stdout and $captured/stderr hold what the last run printed.
set -euo pipefail

fail() {
  printf 'FAIL: %s\n' "$*"
  if [ -e "$captured/command" ]; then
    printf -- '--- last run: %s\n--- exit status %s\n' "$(cat "$captured/command")" "${status:-?}"
    for stream in stdout stderr; do
      printf -- '--- its %s\n' "$stream"
      head -c 20000 "$captured/$stream"
    done
  fi
  exit 1
} >&2

skip() {
  printf 'SKIP: %s\n' "$*" >&2
  exit 77
}

hardtop() { "$HARDTOP" "$@"; }

run() {
  printf '%s' "$*" >"$captured/command"
  status=0
  "$@" >"$captured/stdout" 2>"$captured/stderr" </dev/null || status=$?
}

expect_status() {
  [ "$status" = "$1" ] || fail "expected exit status $1, got $status"
}

# expect_text NAME FILE: standard input is exactly what FILE holds.
expect_text() {
  diff -u --label "expected $1" --label "actual $1" - "$2" >"$captured/diff" ||
    fail "$1 differs"$'\n'"$(cat "$captured/diff")"
}
expect_stdout() { expect_text stdout "$captured/stdout"; }
expect_stderr() { expect_text stderr "$captured/stderr"; }
expect_stdout_has() { grep -qF -- "$1" "$captured/stdout" || fail "stdout does not have: $1"; }
expect_stderr_has() { grep -qF -- "$1" "$captured/stderr" || fail "stderr does not have: $1"; }

expect_file() {
  [ -f "$1" ] || fail "there is no file $1"
  expect_text "$1" "$1"
}

expect_same() {
  diff -r "$1" "$2" >"$captured/diff" 2>&1 || fail "$1 and $2 differ"$'\n'"$(head -c 20000 "$captured/diff")"
}

expect_no() {
  local path
  for path in "$@"; do
    if [ -e "$path" ] || [ -L "$path" ]; then fail "$path should not be there"; fi
  done
}

mask() {
  local expression
  for expression in "$@"; do
    sed -E -i -- "$expression" "$captured/stdout" "$captured/stderr"
  done
}

write() {
  mkdir -p -- "$(dirname -- "$1")"
  cat >"$1"
}

unprivileged() {
  # A function is unknown to setpriv: the program stands for its name.
  if [ "$1" = hardtop ]; then set -- "$HARDTOP" "${@:2}"; fi
  if [ "$(id -u)" != 0 ]; then
    "$@"
  else
    setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
  fi
}

# Asks for what `unprivileged` needs, so that a program that nobody may reach skips a case instead of failing it.
open_to_all() {
  chmod -R a+rwX -- "$@"
  unprivileged test -x "$HARDTOP" || skip "an unprivileged user cannot reach $HARDTOP"
}

small_disk() {
  mkdir -p -- "$1"
  mount -t tmpfs -o "size=$2" tmpfs "$1" 2>/dev/null || skip "this machine does not let the test mount a small disk"
  mounted+=("$(realpath -- "$1")")
}

start() {
  printf '%s' "$*" >"$captured/command"
  status='none yet'
  if [ "$1" = hardtop ]; then set -- "$HARDTOP" "${@:2}"; fi
  : >"$captured/started.stdout"
  : >"$captured/started.stderr"
  # Without env, bash would have it ignore Ctrl-C.
  env --default-signal=INT -- "$@" >"$captured/started.stdout" 2>"$captured/started.stderr" </dev/null &
  started=$!
}

look() {
  local stream
  for stream in stdout stderr; do cp -- "$captured/started.$stream" "$captured/$stream"; done
}

eventually() {
  local deadline=$((SECONDS + 30))
  until "$@"; do
    [ $SECONDS -lt $deadline ] || { look; fail "waited in vain for: $*"; }
    sleep 0.02
  done
}

has_printed() { grep -qF -- "$1" "$captured/started.stdout" "$captured/started.stderr"; }

has_address() {
  port=$(sed -nE 's|.* at http://[^ ]*:([0-9]+)/.*|\1|p' "$captured/started.stdout" "$captured/started.stderr")
  [ -n "$port" ]
}
has_address_or_ended() { has_address || ! kill -0 "$started" 2>/dev/null; }

await_address() {
  eventually has_address_or_ended
  look
  [ -n "$port" ] || fail "it has ended, and has printed no address"
}

fetch() {
  local path=$1 line
  exec {connection}<>"/dev/tcp/127.0.0.1/$port"
  {
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n' "$path" "$port"
    for line in "${@:2}"; do printf '%s\r\n' "$line"; done
    printf '\r\n'
  } >&"$connection"
  cat <&"$connection" >"$captured/answer"
  exec {connection}>&-
  sed '/^\r$/,$d' "$captured/answer" | tr -d '\r' >"$captured/head"
  sed '1,/^\r$/d' "$captured/answer" >"$captured/body"
}

await_end() {
  status=0
  wait "$started" || status=$?
  started=
  look
}

stop() {
  kill -s "${1:-TERM}" "$started"
  await_end
}

# The case must not see who runs it.
unset "${!GIT_@}" "${!GITHUB_@}" CI NO_COLOR CLICOLOR CLICOLOR_FORCE FORCE_COLOR COLUMNS SOURCE_DATE_EPOCH
export LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
umask 022

[ $# = 1 ] || { echo "usage: HARDTOP=build/hardtop $0 CASE.sh" >&2; exit 2; }
case=$(realpath -- "$1")
HARDTOP=$(realpath -- "${HARDTOP:?must name the program under test}")
export HARDTOP
[ -x "$HARDTOP" ] || { echo "$0: there is no program $HARDTOP" >&2; exit 2; }

sandbox=$(mktemp -d "${TMPDIR:-/tmp}/hardtop-cli.XXXXXX")
captured=$sandbox/captured
mounted=()
started=
clean_up() {
  local place
  if [ -n "$started" ]; then { kill -9 "$started"; wait "$started"; } 2>/dev/null || true; fi
  cd /
  for place in "${mounted[@]}"; do umount -- "$place"; done
  if [ -n "${KEEP:-}" ]; then
    echo "kept: $sandbox" >&2
  else
    rm -rf -- "$sandbox"
  fi
}
trap clean_up EXIT
mkdir "$captured" "$sandbox/home" "$sandbox/work"
chmod 755 "$sandbox"
export HOME=$sandbox/home
cd "$sandbox/work"

# A command that fails outside `run` ends the case: say where, a bare status 1 helps nobody.
trap 'printf "FAIL: %s:%s: this ended with status %s: %s\n" "${case##*/}" "$LINENO" "$?" "$BASH_COMMAND" >&2' ERR
# shellcheck source=/dev/null
source "$case"
