#!/usr/bin/env bash
# samples_test.sh SOFTBOT DEMO-REGISTER SEND-SAMPLES SAMPLES: sends the samples through a daemon of its own, on free ports and in a folder of its own.
set -euo pipefail
softbot=$1 register=$2 send=$3 samples=$4
work=$(mktemp -d)
data=$work/data
pids=()

finish() {
  kill -TERM "${pids[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap finish EXIT

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  [ ! -f "$work/softbot.log" ] || grep -v '"event":"request"' "$work/softbot.log" | tail -n 20 >&2 || true
  exit 1
}

# wait_for FILE PATTERN PID: sets `line`.
wait_for() {
  for _ in $(seq 600); do
    line=$(grep -m1 -- "$2" "$1" 2>/dev/null || true)
    [ -z "$line" ] || return 0
    kill -0 "$3" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

"$register" --file "$samples/register.json" --listen 127.0.0.1:0 >"$work/register.out" &
pids+=($!)
wait_for "$work/register.out" 'listening on ' "${pids[0]}" || fail "the demo register does not start"
register_url=${line#listening on }

serve() {
  : >"$work/softbot.out"
  "$softbot" serve --data "$data" --listen 127.0.0.1:0 --metrics-listen off --demo "$samples/demo.json" \
    --register-url "$register_url" >"$work/softbot.out" 2>>"$work/softbot.log" &
  pids[1]=$!
  wait_for "$work/softbot.out" 'softbot serves ' "${pids[1]}" || fail "softbot does not start"
  url=${line#softbot serves }
  url=${url%%,*}
}

run_samples() {
  "$send" --url "$url" --key-file "$work/key" --ledger "$work/sent.json" --samples "$samples/submissions" \
    --demo "$samples/demo.json" --table --check
}

# Letters and orders, once no job is under way or due that could make more.
letters() {
  for _ in $(seq 600); do
    waiting=$(sqlite3 -cmd '.timeout 5000' "$data/softbot.db" \
      'SELECT count(*) FROM job WHERE leased = 1 OR due < (unixepoch() + 5) * 1000')
    [ "$waiting" != 0 ] || break
    sleep 0.2
  done
  [ "$waiting" = 0 ] || fail "$waiting jobs are still waiting"
  find "$data/outbox" -type f | sort
}

serve
"$softbot" key add samples --role consultant --role clerk --role mail-room --role administrator --role auditor \
  --may-assert-identity --data "$data" >"$work/key" || fail "key add does not work beside a running node"
run_samples >"$work/first" || fail "a sample did not come out as expected"
cat "$work/first"
if [ "$(wc -l <"$work/first")" -lt 12 ]; then fail "there are fewer than twelve applications"; fi
letters >"$work/letters"

# Again, to the same daemon and to one that was started anew: the same applications, and no letter more.
run_samples >"$work/second" || fail "the second run failed"
cmp "$work/first" "$work/second" || fail "the second run has other results"
kill -TERM "${pids[1]}"
wait "${pids[1]}" || fail "softbot did not end with exit code 0"
serve
run_samples >"$work/third" || fail "the run after a restart failed"
cmp "$work/first" "$work/third" || fail "the run after a restart has other results"

# Without the ledger the idempotency keys alone must find the same applications.
rm "$work/sent.json"
run_samples >"$work/fourth" || fail "the run without a ledger failed"
cmp "$work/first" "$work/fourth" || fail "without the ledger something was sent twice"
letters >"$work/letters.after"
cmp "$work/letters" "$work/letters.after" || fail "a repeated run made other letters or orders"

# Whatever the policy judged comes out the same from what is kept of it.
replayed=0
for reference in $(grep -oE '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}' "$work/first"); do
  if "$softbot" replay "$reference" --data "$data" >"$work/replay" 2>&1; then
    replayed=$((replayed + 1))
  else
    grep -q 'There is nothing to judge again' "$work/replay" || fail "replay: $(cat "$work/replay")"
  fi
done
[ "$replayed" -ge 10 ] || fail "only $replayed applications could be judged again"
echo "$replayed applications judged again, all the same"

"$softbot" verify-audit --data "$data" || fail "the audit chain is broken"
if grep -rhoE '9999[0-9]{5}' "$work/softbot.log"; then fail "a citizen number stands in the log"; fi
echo "all samples came out as expected, four times the same"
