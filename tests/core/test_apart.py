"""Files of strangers are read in a process of their own: what it may, and what comes back of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from salur.core.apart import Bounds, Unfit, read_apart

READER = """
import os, sys
from salur.core.apart import Bounds, Unfit, serve

def read(data):
    {does}

if __name__ == "__main__":
    sys.exit(serve(read, Bounds(seconds={seconds}, memory=300_000_000)))
"""


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Makes a reader that does what a line says, and lets it read."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def read(does: str, content: bytes = b"isi", *, seconds: int = 5, waits: int = 20) -> bytes:
        Path(tmp_path, "a_reader.py").write_text(READER.format(does=does, seconds=seconds))
        return read_apart("a_reader", content, Bounds(seconds=waits, memory=0))

    return read


def test_what_the_reader_gives_comes_back(reader):
    assert reader("return data[::-1]") == b"isi"[::-1]


def test_the_code_of_a_refusal_comes_back(reader):
    with pytest.raises(Unfit, match="too_odd"):
        reader("raise Unfit('too_odd')")


@pytest.mark.parametrize(
    "does",
    [
        "return bytes(400_000_000)",  # more memory than it has
        "os.kill(os.getpid(), 11)",  # a decoder that tramples on itself
        "raise KeyError('x')",
        "open('left-behind', 'w').write('x' * 100_000)",  # it writes no files
        "sys.exit(0) or data",
    ],
)
def test_a_reader_that_breaks_is_one_refusal(reader, does, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unfit, match="damaged"):
        reader(does)


def test_a_reader_that_works_without_end_is_ended(reader):
    began = time.monotonic()
    with pytest.raises(Unfit, match="damaged"):
        reader("while True: pass", seconds=1, waits=200)
    with pytest.raises(Unfit, match="damaged"):
        reader("import time; time.sleep(60)", waits=1)
    assert time.monotonic() - began < 60


def test_the_reader_knows_no_secrets_and_steps_behind_the_pages(reader, monkeypatch):
    monkeypatch.setenv("SALUR_SECRET_KEY", "rahasia")
    assert b"SALUR" not in reader("return repr(dict(os.environ)).encode()")
    assert int(reader("return str(os.nice(0)).encode()")) >= 10
