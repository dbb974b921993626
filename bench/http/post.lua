-- SPDX-License-Identifier: Apache-2.0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"name":"mortgage","months":360,"amount":1432.25}'
