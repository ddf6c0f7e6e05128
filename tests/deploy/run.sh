#!/bin/bash
# Runs one file of deploy tests:  HARDTOP=build/hardtop tests/deploy/run.sh tests/deploy/NAME_test.mjs
#
# ctest runs every tests/deploy/*_test.mjs as the test deploy.NAME. The S3-compatible server that they talk to comes from npm, into
# build/deploy-tests, by `make test`; where that has not been, or rclone is missing, the test is skipped.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: HARDTOP=build/hardtop $0 NAME_test.mjs [OPTIONS OF node --test]" >&2; exit 2; }
test=$(realpath -- "$1")
here=$(dirname -- "$(realpath -- "$0")")
HARDTOP=$(realpath -- "${HARDTOP:?must name the program under test}")
HARDTOP_DEPLOY_PACKAGES=${HARDTOP_DEPLOY_PACKAGES:-$here/../../build/deploy-tests}
export HARDTOP HARDTOP_DEPLOY_PACKAGES
if [ ! -d "$HARDTOP_DEPLOY_PACKAGES/node_modules/s3rver" ] || ! command -v rclone >/dev/null; then
  echo "SKIP: s3rver or rclone is not installed; 'make test' does that" >&2
  exit 77
fi
sandbox=$(mktemp -d "${TMPDIR:-/tmp}/hardtop-deploy.XXXXXX")
trap 'rm -rf -- "$sandbox"' EXIT
mkdir "$sandbox/home" "$sandbox/tmp"
export HOME=$sandbox/home TMPDIR=$sandbox/tmp TZ=UTC LC_ALL=C.UTF-8 TERM=dumb
unset "${!RCLONE_@}" "${!AWS_@}" SOURCE_DATE_EPOCH
cd "$here"
node --test --test-reporter=spec "${@:2}" "$test"
