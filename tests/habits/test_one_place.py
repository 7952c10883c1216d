"""Rules that stood in several places once, and stand in one."""

from __future__ import annotations

import ast

from tests.habits.source import Module, modules

# The place, and where letters are asked for within a name: whether those of several scripts stand in it.
ASKING = {"salur.core.names.typed", "salur.core.names.parts"}


def asks_for_letters(module: Module) -> bool:
    """Whether a module looks by itself for any letter in a text."""
    return any(
        isinstance(node, ast.Call) and getattr(node.func, "id", "") == "any" and names_it(node, "isalpha")
        for node in ast.walk(module.tree)
    )


def names_it(node: ast.AST, name: str) -> bool:
    """Whether an attribute of this name is asked for anywhere in it."""
    return any(isinstance(inner, ast.Attribute) and inner.attr == name for inner in ast.walk(node))


def test_only_one_place_says_what_a_name_needs() -> None:
    assert {module.name for module in modules() if asks_for_letters(module)} == ASKING
