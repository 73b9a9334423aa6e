#!/bin/sh
# build.sh OUT: installs what package-lock.json names, unless that was done, and builds styles and scripts into OUT.
set -eu
out=$1
cd "$(dirname "$0")"
if ! command -v npm >/dev/null; then
  echo "web client: npm is not installed; install Node 18 or newer, or configure with -DSOFTBOT_WEB_CLIENT=OFF" >&2
  exit 1
fi
# Several build folders share node_modules: one at a time installs.
exec 9>.install.lock
flock 9
if [ ! -f node_modules/.installed ] || ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-audit --no-fund --loglevel error >&2
  cp package-lock.json node_modules/.installed
fi
SOFTBOT_WEB_OUT=$out npx --no-install vite build --logLevel warn
