-- SPDX-License-Identifier: Apache-2.0
-- wrk script: POST batches of BATCH events, each a line of 100 bytes, with the key KEY.
-- KEYED=1 sends a fresh Idempotency-Key with each batch.
local batch = tonumber(os.getenv("BATCH") or "1000")
local head = '{"type":"UserEvent","payload":{"occurred_at":"2026-11-23T10:00:00Z","name":"p","subject":"'
local lines = {}
for i = 1, batch do
    local number = string.format("%d", i)
    local line = head .. number
    line = line .. string.rep("x", 100 - #line - 3) .. '"}}'
    assert(#line == 100)
    lines[i] = line
end
wrk.method = "POST"
wrk.body = table.concat(lines, "\n") .. "\n"
wrk.path = "/api/v1/events"
wrk.headers["Content-Type"] = "application/x-ndjson"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("KEY")

if os.getenv("KEYED") == "1" then
    local count = 0
    local base = tostring(os.time()) .. "-" .. tostring({})
    function request()
        count = count + 1
        wrk.headers["Idempotency-Key"] = base .. count
        return wrk.format()
    end
end

function done(summary, latency, requests)
    local seconds = summary.duration / 1e6
    local bad = summary.errors.status + summary.errors.connect + summary.errors.read +
        summary.errors.write + summary.errors.timeout
    local good = summary.requests - summary.errors.status
    io.write(string.format("RESULT %d %.0f %.1f %.1f %d %d\n", batch, good * batch / seconds,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, bad, good))
end
