"""The tools that are not Python, in step with those that are."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

import test as tool
from tests.habits.source import ROOT


def test_git_looks_with_the_ruff_that_checks_look_with() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    pinned = re.findall(r"^ruff==(\S+)$", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE)
    assert re.findall(r"rev: v(\S+)", hooks) == pinned


def test_every_command_says_what_it_does() -> None:
    """`make help` tells of each target that has a text behind it."""
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert re.findall(r"^([a-z]+):.* ## \S", makefile, re.MULTILINE) == phony[1].split()


def test_databases_of_tests_lie_in_memory_whoever_made_a_file_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Python remembers the folder that it found first: on a disk, PostgreSQL took longer than the tests."""
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", "/on/the/disk")
    monkeypatch.setattr(tool, "MEMORY", tmp_path)
    monkeypatch.setattr(tool, "ROOM", 0)
    with tool.in_memory():
        assert Path(tempfile.gettempdir()).parent == tmp_path


def test_a_run_that_costs_more_than_its_minutes_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for kernel, told in ((50, False), (70, True)):
        used = SimpleNamespace(ru_utime=900.0, ru_stime=float(kernel))
        monkeypatch.setattr("resource.getrusage", lambda _, used=used: used)
        assert ("TOO MUCH" in tool.cost()) is told
