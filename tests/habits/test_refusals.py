"""A door decides by the kind of an error or by its facts. The text of its code is for the words."""

from __future__ import annotations

import ast

from tests.habits.source import Module, modules


def decisions(module: Module) -> list[str]:
    """Where the code of an error is compared with a text, or searched for one."""
    found = []
    for node in ast.walk(module.tree):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            asked = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "startswith":
            asked = [node.func.value]
        found += [f"{module.path}:{part.lineno}" for part in asked if is_code_of_an_error(part)]
    return found


def is_code_of_an_error(node: ast.expr) -> bool:
    """`error.code`, or that of anything else that is called after a refusal."""
    if not (isinstance(node, ast.Attribute) and node.attr == "code" and isinstance(node.value, ast.Name)):
        return False
    return node.value.id in ("error", "refused", "refusal", "over", "unfit")


def test_no_door_decides_by_the_text_of_a_code() -> None:
    doors = [module for module in modules() if module.path.parts[1] in ("web", "bot", "cli")]
    assert [where for module in doors for where in decisions(module)] == []
