"""Dependencies: pinned, imported only when pinned, each with its reason in docs/decisions.md."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions

from tests.habits.source import ROOT, modules

PIN = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)(\[[^\]]+\])?==(?P<version>\S+)$")
INDIRECT = "# What these bring."


def canonical(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lines(name: str) -> list[str]:
    """Requirement lines of a file, comments left out."""
    return [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]


def direct() -> list[str]:
    """Distributions that production installs because Salur uses them itself."""
    section = (ROOT / "requirements.txt").read_text().partition(INDIRECT)[0]
    return [match["name"] for line in section.splitlines() if (match := PIN.match(line))]


def test_everything_is_pinned_and_comes_from_wherever_pip_is_set_to_look() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        loose = [line for line in lines(name) if not PIN.match(line) and not line.startswith("-r requirements")]
        assert loose == [], name


def test_nothing_is_pinned_twice() -> None:
    names = [canonical(match["name"]) for line in lines("requirements.txt") if (match := PIN.match(line))]
    assert sorted(names) == sorted(set(names))


def test_what_salur_imports_is_pinned() -> None:
    known = packages_distributions()
    pinned = {canonical(match["name"]) for line in lines("requirements.txt") if (match := PIN.match(line))}
    imported = {target.split(".")[0] for m in modules() for target, _, _ in m.imports()}
    foreign = imported - set(sys.stdlib_module_names) - {"salur", "_typeshed", ""}
    unpinned = {name for name in foreign if not {canonical(d) for d in known.get(name, [])} & pinned}
    assert unpinned == set()


def test_every_direct_dependency_has_its_reason_in_the_decisions() -> None:
    decisions = canonical((ROOT / "docs" / "decisions.md").read_text())
    unexplained = [name for name in direct() if not re.search(rf"(?<![\w-]){canonical(name)}(?![\w-])", decisions)]
    assert unexplained == []
