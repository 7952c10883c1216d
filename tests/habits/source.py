"""The project's own source, read once, for the tests of habits."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file. `name` is what one imports, `path` is relative to the repository."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    def imports(self) -> list[tuple[str, str, int]]:
        """Every import anywhere in it: module, name taken from it ("" for the whole), line."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, "", node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [(self._absolute(node), alias.name, node.lineno) for alias in node.names]
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".")
        if self.path.name != "__init__.py":
            package = package[:-1]
        package = package[: len(package) - node.level + 1]
        return ".".join([*package, *filter(None, [node.module])])


@cache
def modules(folder: str = "salur") -> tuple[Module, ...]:
    """All modules in a folder of the repository."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    return tuple(_module(path.relative_to(ROOT)) for path in paths if "__pycache__" not in path.parts)


def _module(path: Path) -> Module:
    text = (ROOT / path).read_text()
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    return Module(name, path, text, ast.parse(text))


@cache
def tracked_files() -> tuple[Path, ...]:
    """What git keeps, relative to the repository; what stands there where git is not at hand."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(path for name in listed.stdout.split("\0") if name and (ROOT / (path := Path(name))).is_file())
