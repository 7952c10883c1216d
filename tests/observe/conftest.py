"""Salur as an office runs it: site, bot, `work` and figures, each a process, and what Prometheus is told of them."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from salur.config import Settings
from tests.fixtures.processes import PATIENCE, free_port, listens, wait_until

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "deploy" / "observe"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Figures:
    """What Prometheus is told now."""

    port: int

    def text(self) -> str:
        """All of it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=150)
        connection.request("GET", "/metrics")
        response = connection.getresponse()
        assert response.status == 200
        return response.read().decode()

    def samples(self) -> list[Sample]:
        """All of it, taken apart."""
        return [sample for family in text_string_to_metric_families(self.text()) for sample in family.samples]

    def names(self) -> set[str]:
        """The names of all figures."""
        return {sample.name for sample in self.samples()}

    def value(self, name: str, **labels: str) -> float:
        """The sum of those with this name and these labels."""
        found = [one for one in self.samples() if one.name == name and labels.items() <= one.labels.items()]
        return sum(one.value for one in found)


@dataclass
class Running:
    """The processes of one Salur, and where they are."""

    environment: Mapping[str, str]
    port: int
    figures: Figures
    errors: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def lines(self) -> str:
        """What they have written to their logs."""
        return self.errors.read_text()

    def asks(self, number: str, name: str, address: str, *, path: str = "/cek") -> http.client.HTTPResponse:
        """Ask as a phone at that address does, that keeps no connection open: any worker may answer."""
        cookie, token = self._form(address)
        body = urlencode({"csrf_token": token, "nomor": number, "nama": name})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "X-Forwarded-For": address}
        return self.sends("POST", path, body, headers)

    def sends(
        self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None
    ) -> http.client.HTTPResponse:
        """Send one request; what came is read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=150)
        connection.request(method, path, body or None, dict(headers or {}))
        response = connection.getresponse()
        self.page = response.read().decode()
        connection.close()
        return response

    def opens(self, path: str) -> bool:
        """Whether a page comes."""
        try:
            return self.sends("GET", path).status == 200
        except (OSError, http.client.HTTPException):
            return False

    def _form(self, address: str) -> tuple[str, str]:
        response = self.sends("GET", "/", headers={"X-Forwarded-For": address})
        found = TOKEN.search(self.page)
        assert found
        return (response.getheader("Set-Cookie") or "").partition(";")[0], found[1]


Start = Callable[..., Running]


@pytest.fixture
def salur(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """`salur("-m salur serve", …)`: starts these commands, with figures and JSON lines, and waits for them."""
    with ExitStack() as stack:

        def start(*commands: str, **more: str) -> Running:
            return stack.enter_context(_running(settings, tmp_path, commands, more))

        yield start


@contextmanager
def _running(settings: Settings, folder: Path, commands: tuple[str, ...], more: Mapping[str, str]) -> Iterator[Running]:
    site, figures = free_port(), free_port()
    environment = os.environ | {
        "SALUR_INSTANCE": str(folder),
        "SALUR_DATABASE_URL": settings.database_url,
        "SALUR_KEYS_FILE": settings.keys_file,
        "SALUR_SECRET_KEY": settings.secret_key,
        "SALUR_TRUSTED_PROXIES": "1",
        "SALUR_METRICS_PORT": str(figures),
        "SALUR_LOGS": "json",
        "PYTHONDONTWRITEBYTECODE": "",
        **more,
    }
    errors = folder / "stderr"
    running = Running(environment, site, Figures(figures), errors)
    with errors.open("ab") as stderr:
        for command in commands:
            words = [sys.executable, *command.format(port=site).split()]
            running.started.append(subprocess.Popen(words, cwd=ROOT, env=environment, stderr=stderr))
        try:
            wait_until(lambda: listens(figures) and running.opens("/"))
            yield running
        finally:
            for process in running.started:
                process.terminate()
            for process in running.started:
                process.wait(PATIENCE)


def named() -> set[str]:
    """The figures that alerts and dashboard speak of."""
    texts = [(FILES / name).read_text() for name in ("alerts.yml", "grafana.json")]
    return {name for text in texts for name in re.findall(r"salur_[a-z_]+", text)}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: counts are kept beside it. What is asked of it is told in `tests/core/maintenance/`."""
    return sqlite_url
