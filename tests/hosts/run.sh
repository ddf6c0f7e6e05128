#!/bin/bash
# Runs one file of tests against real servers:  HARDTOP=build/hardtop tests/hosts/run.sh tests/hosts/NAME_test.mjs
#
# ctest runs every tests/hosts/*_test.mjs as the test hosts.NAME. They need Node and, by name, the server: nginx_test.mjs is skipped
# where there is no nginx. Servers run unprivileged, on loopback, in a folder that goes at the end, and end with the test.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: HARDTOP=build/hardtop $0 NAME_test.mjs [OPTIONS OF node --test]" >&2; exit 2; }
test=$(realpath -- "$1")
here=$(dirname -- "$(realpath -- "$0")")
HARDTOP=$(realpath -- "${HARDTOP:?must name the program under test}")
export HARDTOP
PATH=$PATH:/usr/sbin
name=$(basename -- "$test" _test.mjs)
if [ "$name" != pages ] && ! command -v "$name" >/dev/null; then
  echo "SKIP: $name is not installed; 'make test' does that" >&2
  exit 77
fi
sandbox=$(mktemp -d "${TMPDIR:-/tmp}/hardtop-hosts.XXXXXX")
trap 'rm -rf -- "$sandbox"' EXIT
mkdir "$sandbox/home"
export HOME=$sandbox/home XDG_DATA_HOME=$sandbox/home XDG_CONFIG_HOME=$sandbox/home HARDTOP_SANDBOX=$sandbox TZ=UTC LC_ALL=C.UTF-8
cd "$here"
node --test --test-reporter=spec "${@:2}" "$test"
