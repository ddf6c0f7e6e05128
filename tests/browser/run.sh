#!/bin/bash
# Runs one file of browser tests:  HARDTOP=build/hardtop tests/browser/run.sh tests/browser/NAME_test.mjs
#
# ctest runs every tests/browser/*_test.mjs as the test browser.NAME. What they need beside Node and Chromium comes from
# npm, into build/browser, by `make test`; where that has not been, the test is skipped.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: HARDTOP=build/hardtop $0 NAME_test.mjs [OPTIONS OF node --test]" >&2; exit 2; }
test=$(realpath -- "$1")
here=$(dirname -- "$(realpath -- "$0")")
HARDTOP=$(realpath -- "${HARDTOP:?must name the program under test}")
HARDTOP_BROWSER_PACKAGES=${HARDTOP_BROWSER_PACKAGES:-$here/../../build/browser}
export HARDTOP HARDTOP_BROWSER_PACKAGES
if [ ! -d "$HARDTOP_BROWSER_PACKAGES/node_modules/playwright-core" ]; then
  echo "SKIP: playwright-core is not installed; 'make test' does that" >&2
  exit 77
fi
# Debian's wrapper of Chromium and Playwright both write below HOME and TMPDIR: one folder, which goes at the end.
sandbox=$(mktemp -d "${TMPDIR:-/tmp}/hardtop-browser.XXXXXX")
trap 'rm -rf -- "$sandbox"' EXIT
mkdir "$sandbox/home" "$sandbox/tmp"
export HOME=$sandbox/home TMPDIR=$sandbox/tmp TZ=UTC LC_ALL=C.UTF-8
cd "$here"
node --test --test-reporter=spec "${@:2}" "$test"
