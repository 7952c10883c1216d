"""The day of an office in README, copied line by line, works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from salur.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
COMMAND = re.compile(r"^ {4}python -m salur (.*)$", re.MULTILINE)


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_every_command_can_be_copied(run, monkeypatch, tmp_path):
    day = (ROOT / "README.md").read_text("utf-8").partition("## An office's day")[2].partition("\n## ")[0]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALUR_INSTANCE", "build/office")
    commands = [shlex.split(line, comments=True) for line in COMMAND.findall(day.replace("\\\n", " "))]
    assert len(commands) > 12
    commands.remove(["setup"])  # which the database of a test is already
    for words in commands:
        told = CliRunner().invoke(main, words, input="y\n")
        assert told.exit_code == 0, (words, told.output)
    assert (tmp_path / "build/back-to-sender.xlsx").exists()
