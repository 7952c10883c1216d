"""The tools that are not Python, in step with those that are."""

from __future__ import annotations

import re

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
