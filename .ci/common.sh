# Shared by ./run and ./test; sourced, not run. Sets ROOT and JOBS.
# shellcheck shell=bash

ROOT=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")

# One compiler process for each processor, as far as memory goes (1.5 GB each).
jobs_for_this_machine() {
  local processors memory_kb fits
  processors=$(nproc 2>/dev/null || echo 2)
  memory_kb=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null)
  fits=$(( ${memory_kb:-3000000} / 1500000 ))
  [ "$fits" -ge 1 ] || fits=1
  echo $(( processors < fits ? processors : fits ))
}
JOBS=${JOBS:-$(jobs_for_this_machine)}

# What was compiled for one checkout serves another, wherever it lies.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$ROOT} CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}

# Node trusts a list of its own; let it also trust what the system trusts, such as an organisation's own authority.
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
  export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi

# build PRESET TARGET...: configures when needed, and builds.
build() {
  local preset=$1 folder=$ROOT/build/$1 home
  shift
  if [ -f "$folder/CMakeCache.txt" ]; then
    home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$folder/CMakeCache.txt")
    # A checkout that was moved or copied: CMake would refuse the old folder.
    [ "$home" = "$ROOT" ] || rm -rf "$folder"
  fi
  if [ ! -f "$folder/build.ninja" ]; then
    mkdir -p "$ROOT/build"
    (cd "$ROOT" && cmake --preset "$preset" >"$folder.configure.log" 2>&1) || {
      cat "$folder.configure.log" >&2
      return 1
    }
  fi
  NINJA_STATUS='[%f/%t %es] ' ninja -C "$folder" -j "$JOBS" "$@"
}
