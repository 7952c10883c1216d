"""A granian of two workers on a free port, what it costs in CPU, and a client that costs little itself."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import psutil

ROOT = Path(__file__).resolve().parents[1]
EMPTY = "/kosong"  # path of the empty view
START_SECONDS = 60  # where others use the machine too
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_visitors = count(1)


class Server:
    """The server's processes and its address."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        parent = psutil.Process(process.pid)
        self._processes = [parent, *parent.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """What all its processes have used until now, in user and system time."""
        return sum(sum(process.cpu_times()[:2]) for process in self._processes)


@contextmanager
def serving(stderr: IO[bytes] | None = None) -> Iterator[Server]:
    """Serve `bench.site` from this process's environment, as `python -m salur serve` would; `stderr` takes its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--interface=wsgi", f"--port={port}", "--workers=2", "--blocking-threads=1", "--no-access-log"]
    command = [sys.executable, "-m", "granian", "bench.site:app", *options, "--log-level=warning"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=stderr)
    try:
        _wait_for(port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait()


class Visitor:
    """A browser with the form open: it has its cookie and token, and one connection that stays open."""

    def __init__(self, server: Server) -> None:
        self._host = f"127.0.0.1:{server.port}"
        page = http.client.HTTPConnection(self._host)
        page.request("GET", "/")
        response = page.getresponse()
        self._cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
        found = TOKEN.search(response.read().decode())
        assert found is not None, "no form"
        self._token = found[1]
        page.close()
        self._socket = socket.create_connection(("127.0.0.1", server.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def form(self, path: str, number: str, name: str) -> bytes:
        """The bytes of a filled-in form, sent from an address of its own."""
        body = urlencode({"csrf_token": self._token, "nomor": number, "nama": name})
        address = ".".join(map(str, (100, *next(_visitors).to_bytes(3, "big"))))
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nCookie: {self._cookie}\r\nX-Forwarded-For: {address}\r\n"
            "Sec-Fetch-Site: same-origin\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n"
            "Accept-Language: id-ID,id;q=0.9\r\nUser-Agent: Mozilla/5.0 (Linux; Android 10)\r\n\r\n"
        )
        return (head + body).encode()

    def send(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and wait for its answer: status and body as they came."""
        self._socket.sendall(request)
        received = self._socket.recv(65536)
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._socket.recv(65536)
        length = LENGTH.search(received, 0, end)
        assert length is not None
        while len(received) < end + 4 + int(length[1]):
            received += self._socket.recv(65536)
        return int(received[9:12]), received[end + 4 :]


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with suppress(OSError):
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    sys.exit("The site does not answer.")
