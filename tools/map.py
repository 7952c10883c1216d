"""Write the drawn part of docs/map.md from the code: the rooms, the wings of the core, and who imports whom.

    python3 tools/map.py            rewrites what stands between the markers
    python3 tools/map.py --check    exit code 1 when it would change

Runs with the standard library alone. A test of habits holds the map to the code.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "docs" / "map.md"
BEGIN, END = "<!-- written by tools/map.py -->", "<!-- end of what tools/map.py writes -->"

# What is read after what: first the question, last what all stand on.
WINGS = """
    agenda figures counter dossier rollout asking following
    lookup limits names people lists publishing comparing uploads jobs payouts letters regions privacy officers notices
    neighbourhood marks doubles proposals casework waiting circulars settings record chronicle
    maintenance storage tables
""".split()
ROOMS = "web bot cli channels observe words documents intake sample core".split()
GROUND = frozenset({"tables", "storage"})  # nearly all know them: no arrows
# Files of salur itself, beside the folders.
FILES = {"config": "every setting, read once", "wiring": "the only place that puts the parts together"}

Graph = dict[str, set[str]]


def imports(folder: Path) -> list[tuple[str, str]]:
    """Every import between modules below a folder of salur: who, whom."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        who = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("salur"):
                found += [(who, f"{node.module}.{alias.name}") for alias in node.names]
            elif isinstance(node, ast.Import):
                found += [(who, alias.name) for alias in node.names if alias.name.startswith("salur.")]
    return found


def graph(folder: Path, depth: int, places: list[str]) -> Graph:
    """Which of some places imports which; a place is the part of a module's name at a depth."""
    arrows: Graph = {place: set() for place in places}
    for who, whom in imports(folder):
        own, other = (name.split(".")[depth] if name.count(".") >= depth else "" for name in (who, whom))
        if own in arrows and other in arrows and own != other:
            arrows[own].add(other)
    return arrows


def shortest(arrows: Graph) -> Graph:
    """The arrows that do not follow from others: a drawing with all of them is a thicket."""

    def reached(place: str) -> set[str]:
        return set().union(*({other} | reached(other) for other in arrows[place]))

    return {
        place: {other for other in others if not any(other in reached(third) for third in others - {other})}
        for place, others in arrows.items()
    }


def drawing(arrows: Graph) -> list[str]:
    """A graph as Mermaid."""
    lines = [f"    {place} --> {other}" for place in arrows for other in sorted(arrows[place])]
    return ["```mermaid", "graph TD", *lines, "```"]


def what_it_is(folder: Path) -> str:
    """The first sentences of a folder's docstring, and where it says to start, with whole paths."""
    told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    first = " ".join(told.split("\n\n")[0].split()).partition(" Start reading ")[0]
    start = re.search(r"Start reading in (`[\w/]+\.py`)", told)
    whole = f"{first} Start: {start[1]}" if start else first
    return re.sub(r"`([\w/]+\.py)`", rf"`{folder.relative_to(ROOT)}/\1`", whole)


def subfolders(folder: Path) -> list[str]:
    """The folders with code in a folder."""
    return sorted(path.parent.name for path in folder.glob("*/__init__.py"))


def written() -> str:
    """All that stands between the markers."""
    core = ROOT / "salur" / "core"
    rooms = graph(ROOT / "salur", 1, [*ROOMS, *FILES])
    wings = graph(core, 2, WINGS)
    lines = [BEGIN, "", "## Rooms", "", *drawing(shortest(rooms)), ""]
    lines += ["| room | what | knows | folders |", "|---|---|---|---|"]
    for room in ROOMS:
        inside = ROOT / "salur" / room
        folders = "the wings, below" if room == "core" else ", ".join(subfolders(inside))
        lines.append(f"| `salur/{room}` | {what_it_is(inside)} | {', '.join(sorted(rooms[room]))} | {folders} |")
    lines += [f"| `salur/{file}.py` | {what} | {', '.join(sorted(rooms[file]))} | |" for file, what in FILES.items()]
    above = {wing: others - GROUND for wing, others in wings.items() if wing not in GROUND}
    lines += ["", "## Wings of the core", "", *drawing(shortest(above)), ""]
    lines += ["| wing | what | knows |", "|---|---|---|"]
    for wing in WINGS:
        others = ", ".join(other for other in WINGS if other in wings[wing] - GROUND)
        lines.append(f"| `salur/core/{wing}` | {what_it_is(core / wing)} | {others} |")
    return "\n".join([*lines, "", END])


def renewed(text: str) -> str:
    """The map with its drawn part as the code is now."""
    before, _, rest = text.partition(BEGIN)
    return before + written() + rest.partition(END)[2]


def main(arguments: list[str]) -> int:
    """Rewrite the map, or only say whether it is true."""
    text = MAP.read_text("utf-8")
    new = renewed(text)
    if "--check" in arguments:
        return int(new != text)
    MAP.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
