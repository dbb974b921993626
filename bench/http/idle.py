# SPDX-License-Identifier: Apache-2.0
"""Opens COUNT plain connections, one request on each, and holds them; reports the server's RSS.

usage: idle.py PORT PID COUNT
"""

import resource
import socket
import sys
import time


def rss_mb(pid: int) -> float:
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def cpu_seconds(pid: int) -> float:
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def main() -> None:
    port, pid, count = (int(value) for value in sys.argv[1:4])
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    before = rss_mb(pid)
    request = b"GET /payments/12 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    held = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", port), timeout=10)
        connection.sendall(request)
        held.append(connection)
    answered = 0
    for connection in held:
        answered += connection.recv(4096).startswith(b"HTTP/1.1 200")
    busy = cpu_seconds(pid)
    time.sleep(5)
    idle_percent = (cpu_seconds(pid) - busy) / 5 * 100
    print(f"idle connections {len(held)} (answered {answered}): RSS {before:.1f} -> "
          f"{rss_mb(pid):.1f} MB, idle CPU {idle_percent:.1f} % of one core")


if __name__ == "__main__":
    main()
