"""The shape of modules: short, named after their subject, and saying what they are for."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.habits.layout import LAYOUT
from tests.habits.source import ROOT, Module, modules

SIZES = LAYOUT["sizes"]
ANY = re.compile(r"\bAny\b")
# A module without a subject collects whatever has no place.
NO_SUBJECT = frozenset("utils util helpers helper common misc manager managers base_classes".split())


def undocumented(module: Module) -> list[str]:
    """Public functions, classes and methods without a docstring."""
    missing = []

    def look(node: ast.AST, inside: str) -> None:
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if not child.name.startswith("_"):
                if ast.get_docstring(child) is None and not is_overload(child):
                    missing.append(f"{module.path}:{child.lineno} {inside}{child.name}")
                if isinstance(child, ast.ClassDef) and not is_protocol(child):
                    look(child, f"{child.name}.")

    look(module.tree, "")
    return missing


def is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether it only states a type, or overrides what is described elsewhere."""
    names = {getattr(decorator, "id", getattr(decorator, "attr", "")) for decorator in node.decorator_list}
    return bool(names & {"overload", "override", "setter"})


def is_protocol(node: ast.ClassDef) -> bool:
    """Whether a class only names what others must have; its own docstring is enough."""
    return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)


def test_every_module_says_what_it_is_for() -> None:
    every = modules() + modules("tests") + modules("tools") + modules("bench") + modules("migrations")
    silent = [str(m.path) for m in every if ast.get_docstring(m.tree) is None and m.text.strip()]
    assert silent == []


def test_every_public_name_says_what_it_does() -> None:
    assert [name for module in modules() for name in undocumented(module)] == []


def test_no_module_is_longer_than_anyone_reads() -> None:
    lengths = {str(module.path): module.text.count("\n") for module in modules()}
    assert {path: length for path, length in lengths.items() if length > SIZES["lines_of_a_file"]} == {}


def folders() -> dict[str, list[str]]:
    """The folders of salur with the files in each, `__init__.py` not counted."""
    found: dict[str, list[str]] = {}
    for path in (ROOT / "salur").rglob("*"):
        if path.is_file() and path.name != "__init__.py" and "__pycache__" not in path.parts:
            found.setdefault(str(path.parent.relative_to(ROOT)), []).append(path.name)
    return found


def test_no_folder_is_fuller_than_anyone_overlooks() -> None:
    full = {folder: len(names) for folder, names in folders().items() if len(names) > SIZES["files_of_a_folder"]}
    assert {folder: count for folder, count in full.items() if folder not in SIZES["larger"]} == {}
    assert set(SIZES["larger"]) - set(full) == set(), "no longer as full as the layout says"


def test_no_file_repeats_the_name_of_its_folder() -> None:
    repeating = [
        f"{folder}/{name}"
        for folder, names in folders().items()
        for name in names
        if name.startswith((f"{(own := Path(folder).name)}_", f"{own.removesuffix('s')}_"))
    ]
    assert repeating == []


def test_an_init_says_what_the_folder_is_and_nothing_else() -> None:
    inits = [module for module in modules() if module.path.name == "__init__.py"]
    assert [str(m.path) for m in inits if len(m.tree.body) != 1 or ast.get_docstring(m.tree) is None] == []


def test_hardly_anything_is_left_without_a_type() -> None:
    """Each for a reason beside it: mostly a library whose own types are open, named once in `statements.py`."""
    lines = [f"{m.path}: {line.strip()}" for m in modules() for line in m.text.splitlines() if ANY.search(line)]
    assert len(lines) < SIZES["lines_with_any"], "\n".join(lines)


def test_every_module_has_a_subject() -> None:
    assert [str(m.path) for m in modules() + modules("tests") if m.path.stem in NO_SUBJECT] == []


@pytest.mark.parametrize("folder", ["salur", "tools"])
def test_no_class_is_a_manager(folder: str) -> None:
    classes = [node.name for m in modules(folder) for node in ast.walk(m.tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if name.endswith(("Manager", "Helper", "Util", "Utils"))] == []
