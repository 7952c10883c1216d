"""What nginx does with the configuration that is shipped, before something that says what reached it."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from salur.web.app import create_app
from salur.web.http import uploads
from salur.wiring import build
from tests.deploy.filled import DEPLOY, filled
from tests.fixtures.missing import needs
from tests.fixtures.processes import free_port, wait_until
from tests.fixtures.proxies import running
from tests.fixtures.services import settings_in

DOMAIN = "salur.example.go.id"
TEMPORARY = "fastcgi_temp_path FOLDER/c; uwsgi_temp_path FOLDER/d; scgi_temp_path FOLDER/e; proxy_temp_path FOLDER/b;"
AROUND = f"""
daemon off; pid FOLDER/pid; USER error_log stderr; events {{ worker_connections 128; }}
http {{ {TEMPORARY} include FOLDER/site; }}
"""
FORM = 16 * 1024  # what a page without files takes


class Told(BaseHTTPRequestHandler):
    """Says which headers it got, and lets stylesheets be kept."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        length = int(self.headers.get("Content-Length") or 0)
        said = json.dumps({"headers": self.headers.items(), "body": len(self.rfile.read(length))}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        if self.path.startswith("/gaya/"):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(said)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Front:
    """nginx as it is shipped, in a folder, on ports of its own."""

    def __init__(self, folder: Path, site: int) -> None:
        self.folder = folder
        self.plain, self.secured = free_port(), free_port()
        text = filled(DEPLOY / "nginx" / "salur.conf", RELEASE=str(DEPLOY.parent))
        for old, new in {
            "listen [::]": "#",
            "listen 80": f"listen 127.0.0.1:{self.plain}",
            "listen 443": f"listen 127.0.0.1:{self.secured}",
            "127.0.0.1:8000": f"127.0.0.1:{site}",
            "/etc/salur/tls": str(folder),
            "/var/lib/salur-web": str(folder),
            "/var/log/nginx": str(folder),
            "/var/cache/nginx": str(folder),
            "/run/salurbodies": f"{folder}/a",
        }.items():
            assert old in text
            text = text.replace(old, new)
        (folder / "site").write_text(text)
        around = AROUND.replace("FOLDER", str(folder)).replace("USER", "user root;" if os.geteuid() == 0 else "")
        (folder / "conf").write_text(around)

    def open(self) -> ssl.SSLSocket:
        """A line to it, behind TLS."""
        trusting = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        return trusting.wrap_socket(socket.create_connection(("127.0.0.1", self.secured), 10), server_hostname=DOMAIN)

    def ask(
        self, path: str, method: str = "GET", body: bytes = b"", **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask it, as somebody who calls the site by its name."""
        with self.open() as line:
            named = {"Host": DOMAIN, "Connection": "close", "Content-Length": str(len(body))} | headers
            head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
            line.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
            answer = http.client.HTTPResponse(line, method=method)
            answer.begin()
            return answer, answer.read()

    def takes(self, path: str, size: int) -> bool:
        """Whether it would take a body of that size."""
        with self.open() as line:
            head = f"Host: {DOMAIN}\r\nContent-Length: {size}\r\nExpect: 100-continue\r\n"
            line.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode())
            [status] = re.findall(rb"^HTTP/1.1 (\d+)", line.recv(1000))
            assert status in (b"100", b"413")
            return bool(status == b"100")

    def ask_at_once(self, count: int, method: str, path: str) -> tuple[list[int], str]:
        """Ask many times without waiting for an answer; gives the statuses, and all that was said."""
        with self.open() as line:
            one = f"{method} {path} HTTP/1.1\r\nHost: {DOMAIN}\r\nContent-Length: 0\r\n"
            line.sendall(f"{one}\r\n".encode() * (count - 1) + f"{one}Connection: close\r\n\r\n".encode())
            said = b"".join(iter(lambda: line.recv(100_000), b""))
        return [int(status) for status in re.findall(rb"HTTP/1.1 (\d+)", said)], said.decode()

    def log(self, lines: int) -> str:
        """What it wrote of who asked, once it has written so much."""
        file = self.folder / "salur.log"
        wait_until(lambda: file.read_text().count("\n") >= lines)
        return file.read_text()


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    """What stands for Salur."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def front(tmp_path: Path, site: ThreadingHTTPServer) -> Iterator[Front]:
    """nginx before it."""
    program = needs("nginx", "SALUR_TEST_NGINX")
    certificate = ["-keyout", f"{tmp_path}/privkey.pem", "-out", f"{tmp_path}/fullchain.pem"]
    named = ["-nodes", "-days", "2", "-batch", "-subj", f"/CN={DOMAIN}", "-addext", f"subjectAltName=DNS:{DOMAIN}"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subprocess.run(["openssl", "req", "-x509", *key, *named, *certificate], check=True, capture_output=True)
    one = Front(tmp_path, site.server_port)
    with running([program, "-c", str(tmp_path / "conf")], one.secured):
        yield one


def test_what_a_visitor_says_of_themselves_goes_no_further(front):
    _, body = front.ask(
        "/",
        **{"X-Forwarded-For": "203.0.113.9", "X_Forwarded_For": "203.0.113.9", "Forwarded": "for=203.0.113.9"},
        **{"X-Forwarded-Proto": "http", "X-Forwarded-Host": "elsewhere.example", "X-Request-ID": "mine"},
    )
    reached = json.loads(body)["headers"]
    told = {name.lower(): value for name, value in reached}
    assert len(told) == len(reached), "none comes twice"
    assert (told["x-forwarded-for"], told["x-forwarded-proto"], told["x-forwarded-host"]) == (
        "127.0.0.1",
        "https",
        DOMAIN,
    )
    assert re.fullmatch(r"[0-9a-f]{32}", told["x-request-id"])
    assert not {"forwarded", "x_forwarded_for"} & set(told)


def test_who_calls_the_machine_by_another_name_is_not_answered(front):
    with pytest.raises((http.client.BadStatusLine, ConnectionError)):
        front.ask("/", Host="elsewhere.example") and pytest.fail("answered")
    with socket.create_connection(("127.0.0.1", front.plain)) as line:
        line.sendall(f"GET /jadwal?q=Siti HTTP/1.1\r\nHost: {DOMAIN}\r\n\r\n".encode())
        assert f"Location: https://{DOMAIN}/jadwal?q=Siti".encode() in line.recv(1000)


def test_a_file_goes_through_where_salur_takes_one_and_nowhere_else(front, tmp_path):
    app = create_app(build(settings_in(tmp_path, "sqlite:///unopened")))
    takes = dict(uploads.LIMITS) | dict.fromkeys(uploads.RECEIVERS, uploads.LARGEST)
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    others = {}  # one page of each kind: nginx knows no more of them than how they begin
    for rule in rules:
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        if rule.endpoint in takes:
            assert front.takes(path, takes[rule.endpoint]), path
            assert not front.takes(path, takes[rule.endpoint] + 2 * uploads.MEGABYTE), path
        elif not path.startswith(("/kantor/daftar/", "/kantor/jadwal/", "/kantor/pembayaran/")):
            others["/".join(path.split("/")[:3])] = path
    for path in others.values():
        assert front.takes(path, FORM), path
        assert not front.takes(path, 5 * FORM), path
    assert set(takes) <= {rule.endpoint for rule in rules}


def test_a_file_waits_in_memory_until_it_is_whole(front, site):
    """Where it waits is a folder that the machine has in memory; nothing of it reaches a worker before its end."""
    with front.open() as line:
        line.sendall(
            f"POST /kantor/daftar/unggah HTTP/1.1\r\nHost: {DOMAIN}\r\nContent-Length: 300000\r\n\r\n".encode()
        )
        line.sendall(b"x" * 200_000)
        time.sleep(0.3)
        assert site.asked == []
        line.sendall(b"x" * 100_000)
        assert b'"body": 300000' in line.recv(100_000)
    mount = (DEPLOY / "systemd" / "run-salurbodies.mount").read_text()
    assert "Where=/run/salurbodies\nType=tmpfs" in mount


def test_a_stylesheet_is_asked_for_once(front, site):
    for _ in range(3):
        answer, _ = front.ask("/gaya/0123456789ab.css")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        front.ask("/jadwal")
    assert site.asked.count("/gaya/0123456789ab.css") == 1
    assert site.asked.count("/jadwal") == 3


def test_a_village_is_let_through_and_a_flood_is_not(front):
    """Two hundred at once from one address; other pages are not counted."""
    assert front.ask_at_once(200, "POST", "/cek")[0] == [200] * 200
    began = time.monotonic()
    flood, said = front.ask_at_once(900, "POST", "/cek")
    assert flood.count(200) <= 201 + 10 * (time.monotonic() - began)
    assert flood.count(429) == 900 - flood.count(200) > 0
    assert said.count("Terlalu banyak pertanyaan</h1>") == said.count("Retry-After: 60") == flood.count(429)
    assert set(front.ask_at_once(50, "GET", "/")[0]) == {200}


def test_nothing_that_was_searched_for_and_no_whole_address_is_in_the_log(front):
    front.ask("/jadwal?q=Siti+Aminah")
    front.ask("/cek", "POST", b"nomor=3271014505800001&nama=Siti")
    assert re.findall(r'^(\S+) \[\S+\] "(.*?)" 200', front.log(2), re.MULTILINE) == [
        ("127.0.0.0", "GET /jadwal"),
        ("127.0.0.0", "POST /cek"),
    ]
    assert "Siti" not in front.log(2)


def test_the_code_of_a_scanned_letter_is_not_in_the_log(front):
    front.ask("/V/7K3MQ0ZC41XN9ABC")
    assert "GET /v/-" in front.log(1)
    assert "7K3M" not in front.log(1)


@pytest.mark.parametrize("asked", ["/kalender/", "/Kalender/", "//kalender/"])
def test_what_opens_a_calendar_is_not_in_the_log(front, asked):
    word = "nhdz3auty6onss635i4ayivmo5dvalzx"
    for ending in (".ics", "", ".ics?x=1"):
        front.ask(f"{asked}{word}{ending}")
    front.ask(f"{asked}{word}", "POST")
    assert front.log(4).count("/kalender/- ") + front.log(4).count('/kalender/-"') == 4
    for file in front.folder.glob("*.log"):
        assert word not in file.read_text()


@pytest.mark.parametrize(
    ("asked", "secret"),
    [
        ("/%6balender/{}.ics", "nhdz3auty6onss635i4ayivmo5dvalzx"),
        ("/%76/{}", "7K3MQ0ZC41XN9ABC"),
        ("//v/{}", "7K3MQ0ZC41XN9ABC"),
    ],
)
def test_what_is_written_otherwise_to_get_it_into_the_log_is_not_in_it_either(front, asked, secret):
    front.ask(asked.format(secret))
    assert "GET" in front.log(1)
    assert secret not in front.log(1)


def test_while_the_site_is_closed_or_away_visitors_are_told_so(front, site):
    (front.folder / "closed").touch()
    for method in ("GET", "POST", "GET", "POST"):
        answer, body = front.ask("/cek", method)
        assert (answer.status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) in (
            (503, "60", "no-store"),
            (502, "60", "no-store"),
        )
        assert "Data Anda tidak hilang" in body.decode()
        assert answer.headers["Strict-Transport-Security"]
        assert answer.headers["Content-Type"] == "text/html"
        if method == "POST":
            (front.folder / "closed").unlink(missing_ok=True)
            site.shutdown()
            site.server_close()
    assert front.ask("/.away.html")[0].status == 404
