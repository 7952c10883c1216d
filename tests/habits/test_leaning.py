"""Private parts of libraries are used only where docs/leaning.md says why, and what breaks when they move."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from tests.habits.source import ROOT, Module, modules

# What named tuples and rows of SQLAlchemy have for everybody, underscore and all.
PUBLIC = frozenset({"_make", "_replace", "_asdict", "_fields", "_mapping"})
LEANING = (ROOT / "docs" / "leaning.md").read_text("utf-8")


def is_private(name: str) -> bool:
    """Whether a name has one underscore in front, and means it."""
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC


def defined(module: Module) -> set[str]:
    """The private names that a module defines itself: functions, classes, attributes, fields, slots."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.attr if isinstance(node, ast.Attribute) else node.id)
    return {name for name in found if is_private(name)}


@cache
def ours() -> frozenset[str]:
    """The private names that any module of the project defines: `self` may have them from a class elsewhere."""
    return frozenset().union(*(defined(module) for folder in ("salur", "tools", "bench") for module in modules(folder)))


def leant_on(module: Module) -> list[tuple[str, int]]:
    """What a module uses of others' private parts, with lines.

    Attributes that it does not define, those of `super()`, names imported, and private keys of a session.
    """
    own = defined(module)
    theirs = [found for found in module.imports() if found[0].split(".")[0] not in ("salur", "bench")]
    found = [(name, line) for _, name, line in theirs if is_private(name)]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and is_private(node.attr):
            above = isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "super"
            inherited = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if above or node.attr not in (ours() if inherited else own):
                found.append((node.attr, node.lineno))
        elif isinstance(node, ast.Call | ast.Compare | ast.Subscript) and "session" in _names(node):
            found += [(key, node.lineno) for key in _constants(node) if is_private(key)]
    return found


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _constants(node: ast.AST) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def named_in(text: str, name: str) -> bool:
    """Whether the document has this very part."""
    return any(f"{before}{name}{after}" in text for before, after in (("`", "`"), (".", "`"), ('"', '"`')))


def test_every_private_part_that_is_leaned_on_has_its_reason() -> None:
    every = (*modules(), *modules("tools"), *modules("bench"), *modules("migrations"))
    unexplained = [
        f"{m.path}:{line} {name}"
        for m in every
        for name, line in leant_on(m)
        if not (named_in(LEANING, name) and str(m.path) in LEANING)
    ]
    assert unexplained == []


def test_no_reason_is_stale() -> None:
    used = {name for module in modules() for name, _ in leant_on(module)}
    rows = [line.split("|")[2] for line in LEANING.splitlines() if line.startswith("| ")][1:]
    named = {part.strip('`",').rpartition(".")[2] for row in rows for part in row.split() if "_" in part}
    assert named - used == set()


@pytest.mark.parametrize(
    "source",
    [
        "def f(error):\n    return error._retry_in",
        "class Mine(Theirs):\n    def _parse(self):\n        return super()._parse()",
        "from jinja2 import _private",
        "held = '_fresh' in session",
    ],
)
def test_a_private_part_of_others_is_found(source: str) -> None:
    path = modules()[0].path.with_name("made_up.py")
    assert leant_on(Module("salur.made_up", path, source, ast.parse(source)))
