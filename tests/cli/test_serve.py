"""However serving ends, nothing is left that holds the port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_the_port_is_free_again(settings, services, end):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "SALUR_DATABASE_URL": settings.database_url,
        "SALUR_KEYS_FILE": settings.keys_file,
        "SALUR_SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-m", "salur", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as serving:
        _wait_until(lambda: _answers(port))
        serving.send_signal(end)
    _wait_until(lambda: not _answers(port))


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_until(true) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)
