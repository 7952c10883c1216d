"""What holds for the tests themselves: none is too long to read, and none reaches into what others keep private."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.habits.source import Module, modules

MOST_LINES = 350
PRIVATE = re.compile(r"(?:.*\.)?_(?!_)\w+")
# Where nothing public tells the same, and why.
KNOWN = {
    ("tests.habits.test_guard", "_converters"),  # of an address: werkzeug tells them nowhere else
    # What Salur itself replaces, so that an upgrade that renames it is noticed (docs/leaning.md).
    ("tests.sample.test_tables", "_write_cell"),
    ("tests.web.http.test_limits", "_check_request_limit"),
}


def reaches(module: Module) -> Iterator[tuple[str, str]]:
    """Private names that a module takes from elsewhere: attributes, imports, and what `setattr` is told."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and PRIVATE.fullmatch(node.attr) and not is_own(node.value):
            yield module.name, node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from ((module.name, alias.name) for alias in node.names if PRIVATE.fullmatch(alias.name))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("setattr", "getattr"):
            told = (each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str))
            yield from ((module.name, text) for text in told if PRIVATE.fullmatch(text))


def is_own(holder: ast.expr) -> bool:
    """Whether what holds an attribute is the class that the code stands in."""
    return ast.unparse(holder) in ("self", "cls", "super()")


def test_no_file_of_tests_is_too_long_to_read() -> None:
    lengths = {module.name: len(module.text.splitlines()) for module in modules("tests")}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_test_reaches_into_private_parts() -> None:
    found = {reached for module in modules("tests") for reached in reaches(module)}
    assert found == KNOWN


def test_a_reach_is_seen_however_it_is_made() -> None:
    text = """
from salur.words import _lines
services.log._events
monkeypatch.setattr("salur.words._lines", None)
setattr(services, "_vault", None)
self._own, super()._own, services.__class__
"""
    found = [name for _, name in reaches(Module("x", modules("tests")[0].path, text, ast.parse(text)))]
    assert sorted(found) == ["_events", "_lines", "_vault", "salur.words._lines"]
