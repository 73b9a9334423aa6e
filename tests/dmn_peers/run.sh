#!/bin/sh
# run.sh SCRIPT.mjs [argument ...]: installs what package-lock.json names, unless that was done, and runs a script of this folder.
set -eu
here=$(dirname "$(readlink -f "$0")")
exec 9>"$here/.install.lock"
flock 9
if [ ! -f "$here/node_modules/.installed" ] || ! cmp -s "$here/package-lock.json" "$here/node_modules/.installed"; then
  # Not `npm ci`, which wants zen-engine for every platform there is: the lock file names those of Linux on x64.
  (cd "$here" && npm install --no-save --silent >&2)
  cp "$here/package-lock.json" "$here/node_modules/.installed"
fi
exec 9>&-
script=$1
shift
exec node "$here/$script" "$@"
