"""The area is added in one place: who answers officers reads people, marks, proposals and accounts through Scope."""

from __future__ import annotations

import ast

import pytest

from tests.habits.source import Module, modules

BOUNDED = frozenset({"PersonRow", "MarkRow", "ProposalRow", "AccountRow"})
# Who may name these tables, and why. What answers officers is not here, but for writing rows that Scope found first.
ALLOWED = {
    "officers.scope": "adds the area",
    "proposals.visible": "adds the kinds to the area",
    "storage.open_accounts": "says which accounts are open; selects none",
    "officers.accounts": "opens and closes accounts; reads those of others through Scope",
    "officers.queries": "the columns of one officer; who selects them adds which",
    "officers.chat_links": "an officer's own chat",
    "officers.sign_ins": "an officer's own sign-ins",
    "limits.devices": "an officer's own sign-in, by the mark that it left in a browser",
    "officers.second_factor": "an officer's own second factor",
    "officers.passwords": "gives an account that somebody else selected its password",
    "officers.credentials": "an officer's own password and second factor",
    "officers.invitations": "opens the account that an invitation is for",
    "lists.importing.imports": "writes lists",
    "lists.importing.writer": "writes lists",
    "lists.corrections.entries": "somebody on a correcting list; `dossier` shows those of the region, and records it",
    "lists.corrections.corrections": "writes correcting lists",
    "lists.corrections.placing": "counts of a correction; moves rows, reads nobody",
    "dossier.queries": "a region's people, and those on its lists of no known place, whom Scope leaves out",
    "dossier.dossier": "selects through `dossier.queries`, which adds the region",
    "lists.changes": "counts of whole lists, for the console",
    "comparing.working": "finds who is who on whole lists; shows nobody: whom `comparing` shows, Scope finds",
    "lists.history": "the regions in which people of a list stood before; shows nobody",
    "lists.coverage": "which list speaks for a person whom somebody else selected",
    "lists.superseding": "moves whole parts of lists; reads nobody",
    "lookup.finding": "answers residents, who know number and name; others found beside them are shown to nobody",
    "figures.queries": "totals for everybody; shows nobody",
    "figures.counting": "counts those of a city of whom no list says where they live; the others through Scope",
    "figures.entered": "whose number several rows bear: looks beyond the area for them, and shows nobody",
    "people.families": "counts who stands under a number; shows nobody",
    "privacy.my_data": "answers residents, by a pass",
    "privacy.passes": "answers residents, by a pass",
    "payouts.planning.families": "counts the families of an area; shows nobody",
    "payouts.spreading.families": "whose families an office spreads, of regions that `wishes` checks; shows counts",
    "payouts.spreading.later": "whether the account that asked for a plan is still open",
    "payouts.totals": "counts of whole lists within an office's region; reads nobody",
    "payouts.queries": "finds whom a report of payments means; shows nobody anything",
    "proposals.names": "finds what somebody else sent for the same person; shows it to nobody",
    "proposals.sending": "answers residents; joins theirs to one that is open, and shows nobody that",
    "proposals.granting": "what a new list grants, wherever it lies; shows nobody anything",
    "proposals.status": "answers residents, by a ticket",
    "proposals.log": "writes steps of a proposal that Scope, or a ticket, found",
    "proposals.waiting": "who is told of a proposal: officers of its own area",
    "casework.queries": "locks a row that Scope holds; reads nothing else of it",
    "casework.hints": "whether a number stands on a list: counts, no person",
    "waiting.queries": "where a proposal of Scope or of a ticket stands; compares numbers with lists, shows nobody",
    "notices.outbox": "the chats of accounts that somebody else selected",
    "letters.issuing.queries": "which other rows are of payees that Scope, or a pass, found; shows nobody",
    "marks.marks": "writes a mark on a person that Scope found",
    "doubles.before": "counts of a draft, for the office that publishes it; shows nobody",
    "doubles.queries": "looks beyond the area on purpose; a person's columns come through Scope",
    "chronicle.chronicle": "names the office that did what lies within the area; finds nothing by it",
    "agenda.summaries": "which heads have a chat, to count for each what its own account sees",
    "circulars.reminders": "reminds everybody",
    "maintenance.retention": "deletes what is past its time",
    "maintenance.rotation": "seals everything anew",
    "lookup.making_good": "which of those who were shown are still there, to write it down; shows nobody",
    "lookup.queries": "answers residents",
    "lookup.traces": "looks beyond the area for rows of people who seem gone; shows officers none of them",
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


@pytest.mark.parametrize(
    "name",
    [
        "neighbourhood.neighbourhoods",
        "neighbourhood.queries",
        "marks.queries",
        "doubles.doubles",
        "circulars.circulars",
    ],
)
def test_what_answers_officers_reads_through_scope(name):
    (module,) = (m for m in services() if m.name == f"salur.core.{name}")
    assert named(module) == set()
