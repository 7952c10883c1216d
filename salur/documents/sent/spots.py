"""A table of where RW and RT lie, as an office sends it on the site."""

from __future__ import annotations

import tempfile
from pathlib import Path

from salur.intake.city.spots import SpotsRead, read_spots

SentSpots = SpotsRead


def read_sent(content: bytes, city: str) -> SentSpots:
    """What it says, of a regency or city (its code). Raises: UnreadableFile."""
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        Path(file.name).write_bytes(content)
        return read_spots(file.name, city)
