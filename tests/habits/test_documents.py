"""What is written about the code is true of it: the map, and every path that a text or a docstring names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import map as drawn
from tests.habits.source import ROOT, Module, modules, tracked_files

# A path of the repository, whatever stands around it; a bare name counts only as a file of code or text.
NAMED = re.compile(
    r"(?<![\w/.<*:-])((?:[\w.-]+/)*[\w-]+\.(?:py|md|mmd|toml|sh|html|css|csv\.xz|tsv|po|ini)(?![\w*-])|(?:[\w-]+/){2,}(?![\w<*]))"
)
DOTTED = re.compile(r"(?<![\w./])(?!\S*\.go\.id)(?:salur|tests|bench)(?:\.\w+)+")
# What many folders of the core have, and texts may name without a folder.
IN_MANY = frozenset({"answers.py", "kinds.py", "queries.py"})
# A word that stands for any: `salur/web/SUBJECT/pages.py`.
STANDS_FOR_ANY = re.compile(r"(?:^|/)(?:SUBJECT|PAGE|CODE)\b")


def documents() -> list[Path]:
    """What people read: texts in Markdown and drawings, but the CHANGELOG, which tells of what was."""
    return [path for path in tracked_files() if path.suffix in (".md", ".mmd") and path.name != "CHANGELOG.md"]


def code() -> list[Module]:
    """All Python files but the rules themselves, which name what there is not."""
    every = (*modules(), *modules("tests"), *modules("tools"), *modules("bench"), *modules("migrations"))
    return [module for module in every if module.path.parts[:2] != ("tests", "habits")]


def prose(module: Module) -> str:
    """Docstrings and comments of a module: what is in no quotes that code could use."""
    docstrings = re.findall(r'"""(.*?)"""', module.text, re.DOTALL)
    return "\n".join([*docstrings, *re.findall(r"(?:^|\s)#\s(.*)$", module.text, re.MULTILINE)])


def is_there(name: str, beside: Path) -> bool:
    """Whether a path is one of the repository, of salur, or beside the file that names it."""
    templates = ROOT / "salur" / "web" / "templates"
    folders = (
        ROOT,
        ROOT / "salur",
        ROOT / "tests",
        ROOT / "salur" / "core",
        templates,
        ROOT / beside.parent,
        ROOT / beside.parent.parent,
    )
    return (
        name in IN_MANY
        or STANDS_FOR_ANY.search(name) is not None
        or any((folder / name).exists() for folder in folders)
    )


def missing(text: str, beside: Path) -> list[str]:
    """The paths in a text that lead nowhere."""
    return [f"{beside}: {name}" for name in NAMED.findall(text) if not is_there(name, beside)]


def missing_modules(text: str, beside: Path) -> list[str]:
    """The modules in a text, `salur.core.errors`, that there are not; what follows a module's name must stand in it."""
    return [f"{beside}: {name}" for name in DOTTED.findall(text) if not _is_a_name(name)]


def _is_a_name(name: str) -> bool:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:length])
        found = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
        if found.is_file():
            rest = parts[length : length + 1]
            return all(re.search(rf"\b{word}\b", found.read_text("utf-8")) for word in rest)
    return False


def test_the_map_draws_the_code_as_it_is() -> None:
    text = drawn.MAP.read_text("utf-8")
    assert drawn.renewed(text) == text, "python3 tools/map.py draws it anew"


def test_the_map_has_every_room_and_every_wing() -> None:
    assert set(drawn.WINGS) == set(drawn.subfolders(ROOT / "salur" / "core"))
    assert set(drawn.ROOMS) == set(drawn.subfolders(ROOT / "salur"))


def test_every_folder_says_what_it_is_in_a_sentence() -> None:
    folders = [path.parent for path in (ROOT / "salur").rglob("__init__.py")]
    assert [str(folder) for folder in folders if not drawn.what_it_is(folder).strip()] == []


def test_every_path_that_a_document_names_is_there() -> None:
    assert [name for path in documents() for name in missing((ROOT / path).read_text("utf-8"), path)] == []


def test_every_path_that_a_docstring_or_a_comment_names_is_there() -> None:
    assert [name for module in code() for name in missing(prose(module), module.path)] == []


def test_every_module_that_is_named_in_full_is_there() -> None:
    texts = [(prose(module), module.path) for module in code()]
    texts += [((ROOT / path).read_text("utf-8"), path) for path in documents()]
    assert [name for text, path in texts for name in missing_modules(text, path)] == []


@pytest.mark.parametrize(
    "text", ["see `salur/core/nowhere.py`", "docs/nothing.md tells", "`lookup/nobody.py`", "the folder salur/nowhere/"]
)
def test_a_path_that_leads_nowhere_is_found(text: str) -> None:
    assert missing(text, Path("README.md"))


@pytest.mark.parametrize("text", ["`salur.core.nowhere`", "salur.core.errors.Refusal", "tests.nothing"])
def test_a_module_that_is_not_there_is_found(text: str) -> None:
    assert missing_modules(text, Path("README.md"))
