"""Who asks is who the proxy says, whatever the asker writes: behind real proxies, on granian as `serve` starts it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from salur.cli.serve import granian
from salur.web.http.forwarded import address_in, read_hop
from tests.fixtures.processes import free_port
from tests.fixtures.proxies import running

HONEST = "127.0.0.1"
# In each the address is written that is not the asker's; the proxy's own word comes between and after them.
CLAIMS = [
    ("X-Forwarded-For", "198.51.100.1"),
    ("Forwarded", "for=198.51.100.2"),
    ("X_Forwarded_For", "198.51.100.3"),
    ("X-Forwarded_For", "198.51.100.4"),
    ("X-Real-IP", "198.51.100.5"),
]
FORWARDED_BY_NGINX = 'proxy_set_header Forwarded "for=\\"$remote_addr:$remote_port\\";proto=https;host=\\"$host\\"";'
X_FORWARDED_BY_NGINX = "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"
FORWARDED_BY_HAPROXY = "http-request set-header Forwarded for=%[src];proto=https"

BELIEVING = """
from salur.config import Settings
from salur.web.http.forwarded import behind_proxies

def says(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    told = environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ["HTTP_HOST"]
    return [" ".join(told).encode()]

app = behind_proxies(says, Settings.from_env())
"""
Site = Callable[[int, str], int]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """`site(proxies, header)`: granian with an application that says whom it believes to be asking; gives its port."""
    (tmp_path / "believing.py").write_text(BELIEVING)
    with ExitStack() as stack:

        def serve(proxies: int, header: str) -> int:
            port = free_port()
            settings = {"SALUR_TRUSTED_PROXIES": str(proxies), "SALUR_PROXY_HEADER": header}
            command = [part.replace("wsgi:app", "believing:app") for part in granian(HONEST, port, 1, 1)]
            command.append(f"--working-dir={tmp_path}")
            stack.enter_context(running(command, port, settings | {"SALUR_INSTANCE": str(tmp_path)}))
            return port

        yield serve


def seen(port: int, *claims: tuple[str, str]) -> list[str]:
    """Address, scheme and host that the site believes of somebody who claims this."""
    headers = "".join(f"{name}: {value}\r\n" for name, value in claims)
    with socket.create_connection((HONEST, port), timeout=150) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: salur.example\r\nConnection: close\r\n{headers}\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(4096), b"")).decode()
    return answer.rpartition("\r\n\r\n")[2].split()


def test_behind_nginx_nobody_says_who_he_is_himself(site, nginx):
    for header, told in (("Forwarded", FORWARDED_BY_NGINX), ("X-Forwarded-For", X_FORWARDED_BY_NGINX)):
        assert seen(nginx(site(1, header), told), *CLAIMS)[0] == HONEST


def test_behind_haproxy_nobody_says_who_he_is_himself(site, haproxy):
    believed = seen(haproxy(site(1, "Forwarded"), FORWARDED_BY_HAPROXY), *CLAIMS)
    assert believed == [HONEST, "https", "salur.example"]
    # Where it adds its word to what the asker has said, the last word is its own.
    adding = haproxy(site(1, "Forwarded"), "http-request add-header Forwarded for=%[src]")
    assert seen(adding, *CLAIMS)[0] == HONEST


def test_why_haproxy_has_to_set_the_header_that_nobody_can_imitate(site, haproxy):
    """Should this ever fail, granian tells the two apart, and one header is enough."""
    front = haproxy(site(1, "X-Forwarded-For"), "option forwardfor")
    assert seen(front, ("X-Forwarded-For", "198.51.100.1"), ("X_Forwarded_For", "198.51.100.3"))[0] == "198.51.100.3"


def test_of_two_proxies_the_first_is_believed_about_the_asker_and_nobody_before_it(site, nginx, haproxy):
    inner = nginx(site(2, "Forwarded"), 'proxy_set_header Forwarded "$http_forwarded, for=203.0.113.9";')
    outer = haproxy(inner, "http-request set-header Forwarded for=%[src]")
    assert seen(outer, *CLAIMS)[0] == HONEST
    # Who comes to the inner one without the outer is believed nothing: it has one word, and two are needed.
    assert seen(inner, ("X_Forwarded_For", "198.51.100.3"))[0] == HONEST


def test_without_a_proxy_nobody_is_believed(site):
    assert seen(site(0, "Forwarded"), *CLAIMS)[0] == HONEST


@pytest.mark.parametrize(
    ("node", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("unknown", ""),
        ("_hidden", ""),
        ("[", ""),
        ("", ""),
    ],
)
def test_an_address_is_understood_in_all_the_ways_it_is_written(node, address):
    assert address_in(node) == address


def test_a_word_of_a_proxy_is_read_in_any_case_and_order():
    assert read_hop(' Proto=https ; FOR="[2001:db8::1]:4711";host=a.example;;x') == {
        "proto": "https",
        "for": "[2001:db8::1]:4711",
        "host": "a.example",
    }
