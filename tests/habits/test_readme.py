"""The README tells the truth: every setting is in its table, every file it names is there."""

from __future__ import annotations

import re
from dataclasses import fields

from salur.config import Settings
from tests.habits.source import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_every_setting_stands_in_the_table_as_the_code_has_it():
    rows = [line for line in README.splitlines() if line.startswith("| `SALUR_")]
    expected = []
    for setting in fields(Settings):
        default = f"`{setting.default}`" if setting.default != "" else ""
        expected.append(f"| `{setting.metadata['variable']}` | {default} | {setting.metadata['meaning']} |")
    assert rows == expected


def test_no_other_setting_is_read_anywhere():
    named = {setting.metadata["variable"] for setting in fields(Settings)}
    read = {
        variable
        for path in (ROOT / "salur").rglob("*.py")
        for variable in re.findall(r"SALUR_[A-Z_]+", path.read_text("utf-8"))
    }
    assert read - named == set()


def test_every_file_it_names_is_there():
    names = re.findall(r"`((?:salur|docs)/[\w/.]+)`|\]\(([\w/.]+)\)", README)
    missing = [name for pair in names for name in pair if name and not (ROOT / name).exists()]
    assert missing == []
