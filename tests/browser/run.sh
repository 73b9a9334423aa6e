#!/bin/sh
# run.sh BUILD [file.test.mjs ...]: installs what package-lock.json names, unless that was done, and runs the journeys.
set -eu
SOFTBOT_BUILD=$(cd "$1" && pwd)
export SOFTBOT_BUILD
shift
cd "$(dirname "$0")"
exec 9>.install.lock
flock 9
if [ ! -f node_modules/.installed ] || ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --silent
  cp package-lock.json node_modules/.installed
fi
exec 9>&-
[ $# -gt 0 ] || set -- *.test.mjs
exec node --test "$@"
