"""HTTP under the Bot API server: listening, taking requests apart, cutting connections."""

from __future__ import annotations

import io
import json
import re
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from tests.botapi.chats import PATIENCE, Document

Answer = tuple[int, bytes, str]  # status, body, content type


@dataclass
class Received:
    """A request before it is answered."""

    token: str
    method: str
    path: str
    params: dict[str, str] = field(default_factory=dict)
    files: dict[str, Document] = field(default_factory=dict)


class HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, answer: Callable[[Received], Answer], port: int) -> None:
        self.answer = answer
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._idle = threading.Condition()
        self._answering = 0
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, so that it can be cut."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection and forget it."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While this lasts a request is answered, to its last byte."""
        with self._idle:
            self._answering += 1
        try:
            yield
        finally:
            with self._idle:
                self._answering -= 1
                self._idle.notify_all()

    def cut_connections(self) -> None:
        """End every connection that stands, as a server does that goes down; what is being answered is told to its end,
        or the bot would rightly send once more what has arrived."""
        with self._idle:
            self._idle.wait_for(lambda: self._answering == 0, timeout=PATIENCE)
        with self._lock:
            standing = list(self._open)
        for connection in standing:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news; anything else is a fault of this server and must be seen."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: HttpServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave in one piece

    def do_GET(self) -> None:
        """Methods may be called by GET too."""
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        if len(body) < size:  # a bot that died while it wrote: nobody would take half a message for a message
            self.close_connection = True
            return
        waits = "/getUpdates" in self.path
        with nullcontext() if waits else self.server.answering():
            self._answer(body)

    do_POST = do_GET

    def _answer(self, body: bytes) -> None:
        status, answer, kind = self.server.answer(_read(self.path, self.headers.get("Content-Type"), body))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.wfile.flush()

    def finish(self) -> None:
        """Close both directions, also when the bot hung up before it was answered."""
        try:
            super().finish()
        finally:
            self.rfile.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: `requests` is the record."""


def _read(path: str, content_type: str | None, body: bytes) -> Received:
    """Take a request apart: /bot<token>/<method>, parameters from the query and from a body of any of three kinds."""
    parts = urlsplit(path)
    match = re.fullmatch(r"/bot([^/]*)/(\w*)", unquote(parts.path))
    received = Received(match[1] if match else "", match[2] if match else "", path)
    received.params.update(parse_qsl(parts.query, keep_blank_values=True))
    kind, options = parse_options_header(content_type)
    if kind == "application/json":
        values = json.loads(body or b"{}")
        received.params.update((k, v if isinstance(v, str) else json.dumps(v)) for k, v in values.items())
        return received
    _, form, files = FormDataParser().parse(io.BytesIO(body), kind, len(body), options)
    received.params.update(form.items())
    for name, file in files.items():
        received.files[name] = Document(file.filename or "", file.mimetype, file.read())
        file.close()
    return received
