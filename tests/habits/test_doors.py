"""By which door somebody asks is said at every call: a forgotten one would be recorded, and shown, as the wrong one."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from salur.core.limits.kinds import Door
from salur.words.privacy import DOORS
from tests.habits.source import modules


def everything() -> Iterator[tuple[str, Any]]:
    """Every class and function of salur's own, methods included, with its name."""
    for module in modules():
        if module.name == "salur.__main__" or module.name.endswith(".__main__"):
            continue
        for name, found in vars(importlib.import_module(module.name)).items():
            if getattr(found, "__module__", None) != module.name:
                continue
            yield f"{module.name}.{name}", found
            if type(found) is type:
                yield from ((f"{module.name}.{name}.{method}", f) for method, f in inspect.getmembers(found, callable))


def doors(found: Any) -> Iterator[inspect.Parameter]:
    """The parameters of something that can be called that say a door."""
    if not (inspect.isfunction(found) or inspect.ismethod(found) or (type(found) is type and is_dataclass(found))):
        return
    for parameter in inspect.signature(found).parameters.values():
        if parameter.name == "door" or parameter.annotation in ("Door", Door):
            yield parameter


def asking() -> list[tuple[str, inspect.Parameter]]:
    """All of them."""
    return [(name, parameter) for name, found in everything() for parameter in doors(found)]


def test_whoever_may_be_asked_through_several_doors_is_told_which() -> None:
    told = {name for name, _ in asking()}
    assert {
        "salur.core.marks.marks.Marks.inbox",
        "salur.core.marks.marks.Marks.person",
        "salur.core.casework.inbox.ProposalInbox.show",
        "salur.core.doubles.doubles.Doubles.page",
        "salur.core.neighbourhood.neighbourhoods.Neighbourhoods.page",
        "salur.core.neighbourhood.neighbourhoods.Neighbourhoods.export",
        "salur.core.privacy.access_log.AccessLog.record",
    } <= told


def test_no_door_is_taken_for_granted() -> None:
    assert [name for name, parameter in asking() if parameter.default is not inspect.Parameter.empty] == []


def test_a_door_is_never_just_any_text() -> None:
    assert [name for name, parameter in asking() if parameter.annotation not in ("Door", Door)] == []


def test_answers_say_doors_as_doors() -> None:
    typed = [
        (name, field.type)
        for name, found in everything()
        if type(found) is type and is_dataclass(found)
        for field in fields(found)
        if field.name == "door"
    ]
    assert typed
    assert [name for name, type_ in typed if type_ not in ("Door", Door)] == []


@pytest.mark.parametrize("door", Door)
def test_residents_can_be_told_of_every_door(door: Door) -> None:
    assert DOORS[door]


def test_what_the_database_keeps_of_doors_stays_as_it_is() -> None:
    assert {door.name: str(door) for door in Door} == {"SITE": "web", "CHAT": "bot", "CONSOLE": "console"}
