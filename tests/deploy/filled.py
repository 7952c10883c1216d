"""The files of `deploy/` as `deploy/install` fills them in, for a machine that is a folder."""

from __future__ import annotations

import re
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = DEPLOY / "systemd"


def filled(path: Path, **facts: str) -> str:
    """A file with what stands for the facts of a machine; those that are not given are told to be tried with."""
    usual = {
        "DOMAIN": "salur.example.go.id",
        "CITY": "32.71",
        "BACKUPS": "/srv/backup",
        "WORKERS": "2",
        "RELEASE": "/opt/salur/releases/0",
        "SECRET": "0" * 64,
        "WEBHOOK": "0" * 48,
        "SHARED": "800",
        "CACHE": "2000",
    }
    text = path.read_text("utf-8")
    for name, value in (usual | facts).items():
        text = text.replace(f"@{name}@", value)
    left = re.findall(r"@[A-Z]+@", text)
    assert left == [], f"{path} has facts that nobody fills in: {left}"
    return text
