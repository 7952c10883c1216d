"""deploy/cluster/haproxy.cfg does what it says: real HAProxy, real TLS, machines that come and go."""

from __future__ import annotations

import datetime as dt
import http.client
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from salur.cli.serve import granian
from tests.fixtures.missing import needs
from tests.fixtures.processes import PATIENCE, free_port, wait_until
from tests.fixtures.proxies import running

CONFIGURATION = Path(__file__).parents[3] / "deploy/cluster/haproxy.cfg"
HONEST = "127.0.0.1"
FALSE = {"X-Request-ID": "f" * 32, "X_Forwarded_For": "198.51.100.3", "X_Request_ID": "f" * 32}
SITE = """
from salur.config import Settings
from salur.web.http.forwarded import behind_proxies
from salur.web.http.watched import SANE, TOLD_BY_A_PROXY

def says(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    name = environ.get(TOLD_BY_A_PROXY, "")
    named = "named" if SANE.fullmatch(name) and name != "f" * 32 else "says its own name"
    return [" ".join((environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], named)).encode()]

app = behind_proxies(says, Settings.from_env())
"""


def certificate(path: Path) -> Path:
    """A key and what it has signed itself, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "salur.example")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem) + private)
    return path


@pytest.fixture
def configuration(tmp_path: Path) -> str:
    """As it stands in the file, with a certificate."""
    return CONFIGURATION.read_text().replace("/etc/haproxy/salur.pem", str(certificate(tmp_path / "salur.pem")))


def test_haproxy_finds_nothing_wrong_with_it(configuration, tmp_path):
    (tmp_path / "haproxy.cfg").write_text(configuration)
    command = [needs("HAProxy", "SALUR_TEST_HAPROXY"), "-c", "-f", str(tmp_path / "haproxy.cfg")]
    told = subprocess.run(command, capture_output=True, text=True)
    assert (told.returncode, told.stderr.count("WARNING"), told.stderr.count("ALERT")) == (0, 0, 0), told.stderr


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[int, ExitStack]]:
    """A machine of two that the site is to run on; gives its port, and what stops it."""
    (tmp_path / "saying.py").write_text(SITE)
    port = free_port()
    settings = {"SALUR_TRUSTED_PROXIES": "1", "SALUR_PROXY_HEADER": "Forwarded", "SALUR_INSTANCE": str(tmp_path)}
    command = [part.replace("wsgi:app", "saying:app") for part in granian(HONEST, port, 1, 1)]
    with ExitStack() as stack:
        stack.enter_context(running([*command, f"--working-dir={tmp_path}"], port, settings))
        yield port, stack


def test_who_asks_is_whom_haproxy_sees_and_a_machine_that_is_away_is_not_asked(configuration, machines, tmp_path):
    machine, stack = machines
    plain, secure = free_port(), free_port()
    at = {
        "bind :80\n": f"bind {HONEST}:{plain}\n",
        "bind :443 ": f"bind {HONEST}:{secure} ",
        "192.0.2.11:8000": f"{HONEST}:{machine}",
        "192.0.2.12:8000": f"{HONEST}:9",
        "inter 2s": "inter 100ms",
    }
    for there, here in at.items():
        assert there in configuration
        configuration = configuration.replace(there, here)
    (tmp_path / "haproxy.cfg").write_text(configuration)
    trusting = ssl.create_default_context(cafile=str(tmp_path / "salur.pem"))
    trusting.check_hostname = False

    def asks(path: str = "/", **claims: str) -> tuple[int, str]:
        connection = http.client.HTTPSConnection(HONEST, secure, timeout=PATIENCE, context=trusting)
        headers = {name.replace("_for", "-For"): value for name, value in claims.items()}
        connection.request("GET", path, headers={**FALSE, **headers})
        answer = connection.getresponse()
        told = answer.status, answer.read().decode()
        connection.close()
        return told

    with running([needs("HAProxy", "SALUR_TEST_HAPROXY"), "-db", "-f", str(tmp_path / "haproxy.cfg")], secure):
        time.sleep(0.5)  # until the other was found to be away
        for _ in range(4):
            assert asks(Forwarded="for=198.51.100.2") == (200, f"{HONEST} https named")
        assert asks("/metrics")[0] == 404
        first = http.client.HTTPConnection(HONEST, plain, timeout=PATIENCE)
        first.request("GET", "/jadwal", headers={"Host": "salur.example"})
        answer = first.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, "https://salur.example/jadwal")
        first.close()
        stack.close()
        wait_until(lambda: asks()[0] == 503)
