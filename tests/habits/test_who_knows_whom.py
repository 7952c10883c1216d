"""Who may import whom. The rule is data: `layout.toml`, beside this file."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.habits.layout import CORE, ROOMS, breaks, imports, leaves, names, room, wing
from tests.habits.source import Module, modules

# Only these put the parts together.
BUILDERS = frozenset({"wsgi", "salur.bot.__main__"})


def broken(module: Module) -> list[str]:
    """The imports of a module that the layout does not allow."""
    return [
        f"{module.path}:{found.line} imports {found.target}: {why}"
        for found in imports(module)
        if (why := breaks(module.name, found.target))
    ]


def planting(name: str, source: str) -> Module:
    """A module of this name that holds nothing but a planted import."""
    path = next(module.path for module in modules() if module.name == name)
    return Module(name, path, source, ast.parse(source))


def circle(graph: dict[str, set[str]]) -> list[str]:
    """A way from somewhere back to itself, if there is one."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def files() -> dict[str, set[str]]:
    """Which module of salur imports which."""
    return {m.name: {found.target for found in imports(m)} & names() - {m.name} for m in modules()}


def between(place: dict[str, str]) -> dict[str, set[str]]:
    """Which place imports which, where every module has its place."""
    graph: dict[str, set[str]] = {}
    for name, targets in files().items():
        if name in place:
            graph.setdefault(place[name], set()).update({place[t] for t in targets if t in place} - {place[name]})
    return graph


def test_nobody_imports_what_the_layout_does_not_allow() -> None:
    assert [rule for module in modules() for rule in broken(module)] == []


def test_the_layout_names_every_wing_and_every_room() -> None:
    wings = {wing(name) for name in names() if room(name) == "core"} - {"", "errors", "happenings", "pages", "apart"}
    assert wings == set(CORE["wings"])
    assert {room(name) for name in names()} - {"core"} == set(ROOMS)


def test_the_frame_of_the_site_knows_no_subject() -> None:
    """What serves all pages; a subject handles its own refusals in its own blueprint."""
    frame = ("salur.web.refusals", "salur.web.guard", "salur.web.context", "salur.web.locale")
    folders = ("salur.web.http.", "salur.web.rendering.")
    known = {
        (name, target)
        for name, targets in files().items()
        if name in frame or name.startswith(folders)
        for target in targets
        if target.startswith("salur.web.")
    }
    assert {pair for pair in known if pair[1] not in frame and not pair[1].startswith(folders)} == set()
    assert ("salur.web.refusals", "salur.web.context") in known


def test_no_import_goes_in_a_circle_among_files() -> None:
    assert circle(files()) == []


@pytest.mark.parametrize("place", ["core", "words", "intake", "web", "bot"])
def test_no_import_goes_in_a_circle_among_wings(place: str) -> None:
    wings = {name: name.split(".")[2] for name in names() if room(name) == place and name.count(".") > 2}
    assert circle(between(wings)) == []


def test_no_import_goes_in_a_circle_among_rooms() -> None:
    assert circle(between({name: room(name) for name in names() if room(name) != "main"})) == []


# A wrong import in each direction: from every wing and room into every other that it may not know.
WRONG = [
    ("salur.core.tables.people", "salur.core.storage.vault"),
    ("salur.core.tables.people", "salur.core.errors"),
    ("salur.core.storage.database", "salur.core.people.sealed"),
    ("salur.core.errors", "salur.core.people.nik"),
    ("salur.core.pages", "salur.core.people.nik"),
    ("salur.core.people.sealed", "salur.core.lookup.lookup"),
    ("salur.core.lookup.lookup", "salur.core.neighbourhood.queries"),
    ("salur.core.payouts.timetable", "salur.core.lookup.answers"),
    ("salur.core.proposals.proposals", "salur.core.casework.answers"),
    ("salur.core.people.nik", "salur.core.storage.database"),
    ("salur.core.officers.roles", "sqlalchemy"),
    ("salur.core.names.matching", "sqlalchemy"),
    ("salur.core.payouts.answers", "salur.core.payouts.timetable"),
    ("salur.core.lookup.lookup", "salur.words.language"),
    ("salur.core.lookup.lookup", "salur.wiring"),
    ("salur.core.lookup.lookup", "flask"),
    ("salur.core.notices.outbox", "telegram"),
    ("salur.core.maintenance.retention", "click"),
    ("salur.config", "salur.core.officers.roles"),
    ("salur.config", "salur.wiring"),
    ("salur.wiring", "salur.core.tables.people"),
    ("salur.wiring", "salur.web.app"),
    ("salur.wiring", "sqlalchemy"),
    ("salur.words.lookup.answer", "salur.core.payouts.timetable"),
    ("salur.words.lookup.answer", "salur.core.lists.periods"),
    ("salur.words.lookup.answer", "salur.documents.calendar"),
    ("salur.words.lookup.answer", "flask"),
    ("salur.documents.calendar", "salur.core.payouts.sittings"),
    ("salur.documents.calendar", "salur.web.context"),
    ("salur.intake.people", "salur.core.storage.database"),
    ("salur.intake.people", "salur.words.language"),
    ("salur.intake.people", "sqlite3"),
    ("salur.sample.city", "salur.core.lists.importing.imports"),
    ("salur.sample.city", "salur.intake.people"),
    ("salur.web.lookup.pages", "salur.core.tables.people"),
    ("salur.web.lookup.pages", "salur.core.lookup.lookup"),
    ("salur.web.lookup.pages", "salur.core.regions.directory"),
    ("salur.web.lookup.pages", "salur.bot.chat.replies"),
    ("salur.web.lookup.pages", "salur.intake.people"),
    ("salur.web.lookup.pages", "salur.cli.console"),
    ("salur.web.lookup.pages", "sqlalchemy"),
    ("salur.web.lookup.pages", "telegram"),
    ("salur.bot.lookup.conversation", "salur.core.tables.people"),
    ("salur.bot.lookup.conversation", "salur.core.lookup.lookup"),
    ("salur.bot.lookup.conversation", "salur.web.context"),
    ("salur.bot.lookup.conversation", "salur.sample.city"),
    ("salur.bot.lookup.conversation", "psycopg"),
    ("salur.bot.lookup.conversation", "flask"),
    ("salur.cli.lists", "salur.core.tables.lists"),
    ("salur.cli.lists", "salur.web.app"),
    ("salur.cli.lists", "salur.bot.app"),
    ("salur.cli.lists", "sqlalchemy"),
    ("salur.__main__", "salur.web.app"),
]


@pytest.mark.parametrize(("name", "target"), WRONG)
def test_a_wrong_import_is_found(name: str, target: str) -> None:
    package, _, last = target.rpartition(".")
    assert target in names() or not package, "nothing is there any more: plant another"
    for planted in (
        f"import {target}",
        f"from {package or target} import {last if package else 'x'}",
        f"def late():\n    import {target}",
    ):
        assert broken(planting(name, planted)), planted


def test_a_wrong_import_of_a_neighbour_is_found() -> None:
    assert broken(planting("salur.intake.people", "from ..core.storage.database import Database"))


def test_a_circle_is_found() -> None:
    assert circle(files() | {"salur.core.people.nik": {"salur.core.lookup.lookup"}})


def test_only_the_entrances_build_the_services() -> None:
    callers = {
        module.name
        for module in modules()
        for target, taken, _ in module.imports()
        if (target, taken) == ("salur.wiring", "build")
    }
    outside = {caller for caller in callers if caller not in BUILDERS and not caller.startswith("salur.cli")}
    assert outside == set()


def test_only_wiring_makes_services() -> None:
    wiring = next(module for module in modules() if module.name == "salur.wiring")
    made = {taken for target, taken, _ in wiring.imports() if target.startswith("salur.core.") and not leaves(target)}
    assert made, "wiring imports no service: this test looks in the wrong place"
    elsewhere = [
        f"{module.path}:{node.lineno} makes a {node.func.id}"
        for module in modules()
        if room(module.name) in ("web", "bot", "cli", "intake", "words")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in made
    ]
    assert elsewhere == []
