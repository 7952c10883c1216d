"""Who may import whom. The table is the rule: change it only together with docs/decisions.md."""

from __future__ import annotations

import ast

import pytest

from tests.habits.source import Module, modules

# Who (row) may import what (column). `values` are the types that services take and give (VALUES below),
# `services` the services themselves, `sql` what opens databases and seals.
TABLE = """
          facts  values  services  tables  sql  words  calendar  intake  sample  config  wiring  flask  telegram  click
facts     x      .       .         .       .    .      .         .       .       .       .       .      .         .
tables    x      .       .         x       x    .      .         .       .       .       .       .      .         .
services  x      x       x         x       x    .      .         .       .       .       .       .      .         .
intake    x      .       .         .       .    .      .         x       .       .       .       .      .         .
sample    x      .       .         .       .    .      .         .       x       .       .       .      .         .
words     x      .       .         .       .    x      .         .       .       .       .       .      .         .
calendar  x      .       .         .       .    x      x         .       .       .       .       .      .         .
config    x      .       .         .       .    .      .         .       .       x       .       .      .         .
wiring    x      x       x         .       .    .      .         .       .       x       x       .      .         .
web       x      x       .         .       .    x      x         .       .       x       x       x      .         .
bot       x      x       .         .       .    x      x         .       .       x       x       .      x         .
cli       x      x       x         .       .    x      .         x       x       x       x       .      .         x
main      .      .       .         .       .    .      .         .       .       .       .       .      .         .
"""
# The rooms below `salur`; every other module of `salur.core` is a service. A room not named here breaks the test.
# Facts are pure knowledge: no database, no words.
FACTS = frozenset(
    """
    errors nik names name_parts name_tables name_spelling answers periods regions gazetteer placenames
    neighbourhood_answers roles disclosures circular_views mark_kinds exclusions proposal_steps
    proposal_answers proposal_cases ticket_codes photos
    """.split()
)
ROOMS = frozenset("intake sample words calendar config wiring web bot cli".split())
# Plain values in the modules of services, which doors may name.
VALUES = frozenset("Asker Area KelurahanSchedule Schedule Sitting Notice Next Enrolment".split())
LIBRARIES = {
    "sqlalchemy": "sql",
    "psycopg": "sql",
    "alembic": "sql",
    "sqlite3": "sql",
    "cryptography": "sql",
    "flask": "flask",
    "flask_wtf": "flask",
    "flask_limiter": "flask",
    "wtforms": "flask",
    "werkzeug": "flask",
    "telegram": "telegram",
    "click": "click",
    "rich": "click",
}
# Only these put the parts together.
BUILDERS = frozenset({"wsgi", "salur.bot.__main__"})


def room(name: str) -> str:
    """The room in which a module stands."""
    parts = name.split(".")
    if parts[:2] == ["salur", "core"]:
        if len(parts) == 2 or parts[2] in FACTS:
            return "facts"
        return "tables" if parts[2] == "tables" else "services"
    if name in ("salur", "salur.__main__"):
        return "main"
    assert parts[1] in ROOMS, f"{name} stands in no room of the table: which one is it?"
    return parts[1]


def wanted(target: str, taken: str) -> str | None:
    """The column that an import falls under, None where everybody may."""
    if target.split(".")[0] != "salur":
        return LIBRARIES.get(target.split(".")[0])
    names = {module.name for module in modules()}
    found = room(f"{target}.{taken}" if f"{target}.{taken}" in names else target)
    return "values" if found == "services" and taken in VALUES else found


def allowed() -> dict[str, set[str]]:
    """The table, read: room → columns it may import from (itself always)."""
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return {row[0]: {column for column, mark in zip(head, row[1:], strict=True) if mark == "x"} for row in rows}


def broken_rules(module: Module, may: dict[str, set[str]]) -> list[str]:
    """The imports of a module that the table does not allow."""
    own = room(module.name)
    return [
        f"{module.path}:{line} ({own}) imports {target} {taken} ({column})"
        for target, taken, line in module.imports()
        if (column := wanted(target, taken)) not in (None, own) and column not in may[own]
    ]


def test_nobody_imports_what_the_table_does_not_allow() -> None:
    may = allowed()
    may["main"] |= {"cli"}
    assert [rule for module in modules() for rule in broken_rules(module, may)] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("salur.web.public", "from salur.core.tables import PersonRow"),
        ("salur.web.public", "from salur.bot import replies"),
        ("salur.bot.conversation", "from salur.core.lookup import Lookup"),
        ("salur.bot.conversation", "def late():\n    import sqlalchemy.orm"),
        ("salur.core.lookup", "from salur import words"),
        ("salur.core.nik", "from salur.core import lookup"),
        ("salur.core.lookup", "from flask import g"),
        ("salur.intake.judge", "from ..core.database import Database"),
        ("salur.words.payouts", "from salur.core.payouts import Payouts"),
    ],
)
def test_the_rules_catch_what_they_are_for(name: str, source: str) -> None:
    path = modules()[0].path.with_name("made_up.py")
    assert broken_rules(Module(name, path, source, ast.parse(source)), allowed())


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
    made = {taken for target, taken, _ in wiring.imports() if wanted(target, taken) == "services"}
    assert made, "wiring imports no service: this test looks in the wrong place"
    elsewhere = [
        f"{module.path}:{node.lineno} makes a {node.func.id}"
        for module in modules()
        if room(module.name) in ("web", "bot", "cli", "intake", "words")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in made
    ]
    assert elsewhere == []
