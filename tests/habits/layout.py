"""`layout.toml`, read: where a module stands, and what it may import."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from tests.habits.source import Module, modules

LAYOUT: dict[str, Any] = tomllib.loads(Path(__file__).with_name("layout.toml").read_text("utf-8"))
CORE, ROOMS, LIBRARIES = LAYOUT["core"], LAYOUT["rooms"], LAYOUT["libraries"]
LIBRARY_OF = {package: library for library, packages in LIBRARIES.items() for package in packages}


@dataclass(frozen=True, slots=True)
class Import:
    """One import: of the module that is meant, in the line where it stands."""

    target: str
    line: int


@cache
def names() -> frozenset[str]:
    """What every module of salur is called."""
    return frozenset(module.name for module in modules())


def imports(module: Module) -> list[Import]:
    """What a module imports; `from salur.words import language` means the module, not the package."""
    return [
        Import(whole if (whole := f"{target}.{taken}") in names() else target, line)
        for target, taken, line in module.imports()
    ]


def room(name: str) -> str:
    """The room below salur in which a module stands; `main` for salur's own two files."""
    parts = name.split(".")
    return "main" if name in ("salur", "salur.__main__") else parts[1]


def wing(name: str) -> str:
    """The wing of the core in which a module stands, or the file, where it stands in none."""
    return name.split(".")[2] if name.count(".") > 1 else ""


def inside(name: str) -> str:
    """A module's name as seen from inside the core: `salur.core.people.nik` is `people.nik`."""
    return name.removeprefix("salur.core.")


def leaves(name: str) -> bool:
    """Whether doors may name a module of the core."""
    leaving, short = CORE["leaving"], inside(name)
    return short not in leaving["but_not"] and any(fnmatchcase(short, pattern) for pattern in leaving["files"])


def breaks(name: str, target: str) -> str:
    """Which rule of the layout an import breaks, in words; nothing where it may be."""
    if target.split(".")[0] != "salur":
        return _breaks_library(name, LIBRARY_OF.get(target.split(".")[0]))
    if room(name) == room(target) == "core":
        return _breaks_wing(name, target)
    if room(target) == room(name):
        return ""
    if room(name) == "core":
        return f"the core knows no {room(target)}"
    rule = ROOMS[room(name)]
    if room(target) != "core":
        return "" if room(target) in rule["rooms"] else f"{room(name)} does not know {room(target)}"
    served = "services" in rule["core"] and wing(target) != "tables"
    left = "leaving" in rule["core"] and leaves(target)
    return "" if served or left or inside(target) in rule["core"] else f"{room(name)} may not name {inside(target)}"


def _breaks_library(name: str, library: str | None) -> str:
    if library is None:
        return ""
    may = library == "sql" and not leaves(name) if room(name) == "core" else library in ROOMS[room(name)]["libraries"]
    return "" if may else f"{inside(name)} may not use {library}"


def _breaks_wing(name: str, target: str) -> str:
    own, other = wing(name), wing(target)
    if leaves(name) and not leaves(target):
        besides = CORE["leaving"]["besides"].get(inside(name), [])
        return "" if inside(target) in besides else f"{inside(name)} leaves the core, {inside(target)} does not"
    may = CORE["ground"][own] if own in CORE["ground"] else CORE["everybody"] + CORE["wings"][own]
    return "" if other == own or other in may else f"{own} does not know {other}"
