"""What must never be in the repository: data of people, keys, tokens, and traces of somebody's machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.habits.source import ROOT, tracked_files

# Files that hold what runs, not what is written.
FORBIDDEN_FILES = re.compile(
    r"(^|/)(instance|\.venv|__pycache__)/|\.(sqlite3?|db|pem|key|pyc|mo|log|bak|orig|swp)$|(^|/)(\.env|keys\.json|secret)$"
)
LARGEST = 2_000_000  # bytes; the regions of Indonesia, compressed, are the largest file
FORBIDDEN_TEXTS = {
    "somebody's folder": re.compile(r"(?<![\w.{}\-/])/(?:home|root|work|tmp|Users)/[\w.-]+"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a bot's token": re.compile(r"(?<!\d)\d{8,10}:[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
    "a private address": re.compile(r"(?<![\d.])(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+(?![\d.])"),
    "a place packages came from": re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|resolved\"?: \"http"),
    "a mail address": re.compile(
        r"\b[\w.+-]+@(?!example\.(?:com|org|id)\b|contoh\.id\b)[\w-]+\.(?:com|net|org|io|id|go\.id)\b"
    ),
}
# Path → the kinds that may stand there, and why.
ALLOWED = {
    "tests/habits/test_repository.py": set(FORBIDDEN_TEXTS),  # the rules themselves
}


def texts() -> list[tuple[Path, str]]:
    """Every tracked file that is text."""
    found = []
    for path in tracked_files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content[:8000]:
            found.append((path, content.decode("utf-8", "replace")))
    return found


def test_nothing_that_runs_is_kept() -> None:
    assert [str(path) for path in tracked_files() if FORBIDDEN_FILES.search(str(path))] == []


def test_no_file_is_larger_than_it_need_be() -> None:
    sizes = {str(path): (ROOT / path).stat().st_size for path in tracked_files()}
    assert {path: size for path, size in sizes.items() if size > LARGEST} == {}


@pytest.mark.parametrize("kind", FORBIDDEN_TEXTS)
def test_no_text_holds(kind: str) -> None:
    found = [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1} {match[0][:60]}"
        for path, text in texts()
        if kind not in ALLOWED.get(str(path), ())
        for match in FORBIDDEN_TEXTS[kind].finditer(text)
    ]
    assert found == []
