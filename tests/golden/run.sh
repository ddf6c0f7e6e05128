#!/bin/bash
# Builds one golden site and compares every byte:  HARDTOP=build/hardtop tests/golden/run.sh [--rewrite] NAME
#
# tests/golden/NAME/site is a site, tests/golden/NAME/expected is its output, whole: a file that is missing, differs, or
# that no build makes (an orphan) fails. `make golden` calls this with --rewrite, the only thing that changes expected/.
# ctest runs each as golden.NAME. The site is built three times: with eight threads; with one over that output; and with
# one from nothing. All must give the same bytes.
set -euo pipefail

rewrite=
if [ "${1:-}" = --rewrite ]; then rewrite=1; shift; fi
[ $# = 1 ] || { echo "usage: HARDTOP=build/hardtop $0 [--rewrite] NAME" >&2; exit 2; }
golden=$(realpath -- "$(dirname -- "$0")/$1")
HARDTOP=$(realpath -- "${HARDTOP:?must name the program under test}")
[ -d "$golden/site" ] || { echo "$0: there is no folder $golden/site" >&2; exit 2; }

# What the clock or the machine says must not reach the output.
export LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1767225600  # 2026-01-01
umask 022
sandbox=$(mktemp -d "${TMPDIR:-/tmp}/hardtop-golden.XXXXXX")
trap 'rm -rf -- "$sandbox"' EXIT

# build COPY OUTPUT JOBS
build() {
  [ -d "$sandbox/$1" ] || cp -r -- "$golden/site" "$sandbox/$1"
  "$HARDTOP" -C "$sandbox/$1" build --output "$sandbox/$2" --jobs "$3" >"$sandbox/log" 2>&1 || {
    status=$?
    echo "FAIL: building tests/golden/$(basename "$golden")/site with --jobs $3 ended with status $status"
    cat "$sandbox/log"
    exit 1
  } >&2
}

# compare OUTPUT WHAT
compare() {
  (cd "$sandbox" && diff -ru "$golden/expected" "$1") >"$sandbox/diff" 2>&1 || {
    echo "FAIL: $2 is not what tests/golden/$(basename "$golden")/expected holds. If the change is meant: make golden"
    head -c 20000 "$sandbox/diff"
    exit 1
  } >&2
}

build site output 8
if [ -n "$rewrite" ]; then
  rm -rf -- "$golden/expected"
  cp -r -- "$sandbox/output" "$golden/expected"
fi
[ -d "$golden/expected" ] || { echo "FAIL: there is no folder $golden/expected. Make it: make golden" >&2; exit 1; }
compare output "the output of --jobs 8"
build site output 1
compare output "the output of a second build, with --jobs 1,"
build other-site other-output 1
compare other-output "the output of --jobs 1"
