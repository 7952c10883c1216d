"""The area is added in one place: who answers officers reads people, marks, proposals and accounts through Scope."""

from __future__ import annotations

import ast

import pytest

from tests.habits.source import Module, modules

BOUNDED = frozenset({"PersonRow", "MarkRow", "ProposalRow", "AccountRow"})
# Who may name these tables, and why. What answers officers is not here, but for writing rows that Scope found first.
ALLOWED = {
    "scope": "adds the area",
    "accounts": "opens and closes accounts; reads those of others through Scope",
    "chat_links": "an officer's own chat",
    "sign_in": "an officer's own sign-ins",
    "second_factors": "an officer's own second factor",
    "imports": "writes lists",
    "listed_people": "writes lists",
    "lists": "counts of whole lists, for the console",
    "lookup": "answers residents, who know number and name",
    "my_data": "answers residents, by a pass",
    "passes": "answers residents, by a pass",
    "payments": "writes what PT Pos reports",
    "proposals": "answers residents, by a ticket",
    "proposal_status": "answers residents, by a ticket",
    "proposal_log": "writes steps of a proposal that Scope, or a ticket, found",
    "proposal_waiting": "who is told of a proposal: officers of its own area",
    "proposal_inbox": "locks a row that Scope holds; reads nothing else of it",
    "proposal_hints": "whether a number stands on a list: counts, no person",
    "marks": "writes a mark on a person that Scope found",
    "doubles_query": "looks beyond the area on purpose; a person's columns come through Scope",
    "circular_reminders": "reminds everybody",
    "retention": "deletes what is past its time",
    "rotation": "seals everything anew",
    "standing_query": "answers residents",
}


def named(module: Module) -> set[str]:
    """The bounded tables that a module names."""
    return {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name) and node.id in BOUNDED}


def services() -> list[Module]:
    """The modules of the core but the tables themselves."""
    return [m for m in modules() if m.name.startswith("salur.core.") and not m.name.startswith("salur.core.tables")]


def test_only_those_with_a_reason_name_the_bounded_tables():
    found = {module.name.removeprefix("salur.core."): named(module) for module in services()}
    assert {name for name, tables in found.items() if tables} - set(ALLOWED) == set()


def test_no_reason_is_stale():
    found = {module.name.removeprefix("salur.core."): named(module) for module in services()}
    assert {name for name in ALLOWED if not found.get(name)} == set()


@pytest.mark.parametrize("name", ["neighbourhood", "neighbourhood_query", "mark_query", "doubles", "circulars"])
def test_what_answers_officers_reads_through_scope(name):
    (module,) = (m for m in services() if m.name == f"salur.core.{name}")
    assert named(module) == set()
