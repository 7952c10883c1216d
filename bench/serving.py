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
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

import psutil

ROOT = Path(__file__).resolve().parents[1]
EMPTY = "/kosong"  # path of the empty view
START_SECONDS = 60  # where others use the machine too
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"set-cookie: ([^;\r]+)", re.IGNORECASE)
BROWSER = (
    "Sec-Fetch-Site: same-origin\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\n"
    "Accept-Language: id-ID,id;q=0.9\r\nUser-Agent: Mozilla/5.0 (Linux; Android 10)\r\n\r\n"
)
_visitors = count(1)


class Server:
    """The server's processes and its address."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        parent = psutil.Process(process.pid)
        self._processes = [parent, *parent.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """What all its threads have used until now, in user and system time, to the nanosecond."""
        tasks = (task for process in self._processes for task in Path(f"/proc/{process.pid}/task").iterdir())
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


@contextmanager
def serving(app: str = "bench.site:app", stderr: IO[bytes] | None = None) -> Iterator[Server]:
    """Serve an application with this process's environment, as `python -m salur serve` does; `stderr` takes its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--interface=wsgi", f"--port={port}", "--workers=2", "--blocking-threads=1", "--no-access-log"]
    command = [sys.executable, "-m", "granian", app, *options, "--log-level=warning"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=stderr)
    try:
        _wait_for(port)
        yield Server(process, port)
    finally:
        _end(process)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the cookie that was set, if one was, and the body as it came."""

    status: int
    cookie: str
    body: bytes


class Visitor:
    """A browser with the form open: it has its cookie and token, and one connection that stays open."""

    def __init__(self, server: Server, *, form: bool = True) -> None:
        self._host = f"127.0.0.1:{server.port}"
        self.cookie, self._token = self._open_form() if form else ("", "")
        self._socket = socket.create_connection(("127.0.0.1", server.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _open_form(self) -> tuple[str, str]:
        page = http.client.HTTPConnection(self._host)
        page.request("GET", "/")
        response = page.getresponse()
        cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
        found = TOKEN.search(response.read().decode())
        assert found is not None, "no form"
        page.close()
        return cookie, found[1]

    def form(self, path: str, number: str, name: str) -> bytes:
        """The bytes of a filled-in form, sent from an address of its own."""
        body = urlencode({"csrf_token": self._token, "nomor": number, "nama": name})
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nCookie: {self.cookie}\r\nX-Forwarded-For: {_address()}\r\n"
        )
        return (head + BROWSER + body).encode()

    def page(self, path: str, cookie: str = "") -> bytes:
        """The bytes that ask for a page, from an address of its own."""
        kept = f"Cookie: {cookie}\r\n" if cookie else ""
        return f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nX-Forwarded-For: {_address()}\r\n{kept}{BROWSER}".encode()

    def send(self, request: bytes) -> Answer:
        """Send a request and wait for its answer."""
        self._socket.sendall(request)
        received = self._socket.recv(65536)
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._socket.recv(65536)
        length, cookie = LENGTH.search(received, 0, end), COOKIE.search(received, 0, end)
        assert length is not None
        while len(received) < end + 4 + int(length[1]):
            received += self._socket.recv(65536)
        return Answer(int(received[9:12]), cookie[1].decode() if cookie else "", received[end + 4 :])


def _address() -> str:
    """One that was not there before."""
    return ".".join(map(str, (100, *next(_visitors).to_bytes(3, "big"))))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop a server; one that waits for a connection to be closed is not waited for."""
    workers = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    for one in (*workers, process):
        with suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait()


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
