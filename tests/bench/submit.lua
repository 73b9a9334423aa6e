-- Submissions for wrk, each with an idempotency key of its own:
--   wrk -t1 -c64 -d8s --latency -s submit.lua http://HOST:PORT/api/v1/submissions -- BODIES KEY
-- BODIES: a file with one JSON body a line; KEY: a machine key that may assert identity.

local bodies = {}
local count = 0
local headers = {}
local run = tostring(os.time())

function init(args)
  for line in io.lines(args[1]) do bodies[#bodies + 1] = line end
  headers["Authorization"] = "Bearer " .. args[2]
  headers["Content-Type"] = "application/json"
end

function request()
  count = count + 1
  headers["Idempotency-Key"] = run .. "-" .. count
  return wrk.format("POST", nil, headers, bodies[(count - 1) % #bodies + 1])
end

-- Prints what intake_bench reads. wrk counts every answer that is not 2xx or 3xx as an error.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("result %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
