# SPDX-License-Identifier: Apache-2.0
# Whole-vector reads at 1,000 a second over 4 connections against a running `atlas serve --demo`:
# each request has its moment, so a late one counts from when it should have gone out.
#   python3 bench/features/http.py PORT KEY     (KEY: atlas user token --read-only)
import re
import socket
import sys
import threading
import time

PORT, KEY = int(sys.argv[1]), sys.argv[2]
CONNECTIONS, RATE, SECONDS = 4, 1000, 10
request = (
    f"GET /api/v1/features HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAuthorization: Bearer {KEY}\r\n\r\n"
).encode()
from_schedule, from_send = [], []


def read_answer(connection):
    answer = b""
    while True:
        answer += connection.recv(1 << 16)
        head = answer.find(b"\r\n\r\n")
        if head > 0:
            length = int(re.search(rb"[Cc]ontent-[Ll]ength: (\d+)", answer[:head]).group(1))
            if len(answer) >= head + 4 + length:
                assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
                return


def work(number):
    connection = socket.create_connection(("127.0.0.1", PORT))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    start = time.perf_counter() + 0.1 + number / RATE
    for i in range(RATE * SECONDS // CONNECTIONS):
        due = start + i * CONNECTIONS / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        sent = time.perf_counter()
        connection.sendall(request)
        read_answer(connection)
        now = time.perf_counter()
        from_schedule.append(now - due)
        from_send.append(now - sent)


threads = [threading.Thread(target=work, args=(n,)) for n in range(CONNECTIONS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for name, times in (("from schedule", from_schedule), ("from send", from_send)):
    times.sort()
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"{name}: {len(times)} reads, p50 {p50 * 1e3:.2f} ms, p99 {p99 * 1e3:.2f} ms")
