"""What is typed into the form of a plan, as text: filled from a wish, rows added and taken out, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from werkzeug.datastructures import MultiDict

from salur.core.payouts.spreading.answers import WantedSitting, Wish
from salur.web.planning.fields import hour
from salur.web.planning.sitting_form import AT_HOME

Typed = MultiDict[str, str]
ROW = re.compile(r"rows-(\d{1,4})-\w+", re.ASCII)
# A morning and an afternoon, Monday to Friday.
AT_FIRST = {
    "g-morning_starts": "08:00", "g-morning_ends": "12:00", "g-per_hour": "30", "g-visits": "8", "g-officers": "1",
}  # fmt: skip
WORKING_DAYS = ("0", "1", "2", "3", "4")


def new(areas: Iterable[str], round: str = "") -> Typed:
    """A form that nobody has filled in yet: all areas, and hours as offices have them."""
    typed = Typed(AT_FIRST)
    typed["round"] = round
    typed.setlist("areas", list(areas))
    typed.setlist("g-weekdays", list(WORKING_DAYS))
    return typed


def of_wish(wish: Wish, areas: Iterable[str], names: Mapping[str, str], instead: int | None) -> Typed:
    """A form filled in with what was wanted. `areas`: all that there are, of which it wants those of its regions."""
    within = [code for code in areas if any(f"{code}.".startswith(f"{one}.") for one in wish.regions)]
    typed = new(within, f"{wish.programme}|{wish.period}")
    typed["deadline"] = wish.deadline.isoformat() if wish.deadline else ""
    typed["instead"] = str(instead or "")
    add(typed, wish.sittings, names)
    return typed


def add(typed: Typed, sittings: Iterable[WantedSitting], names: Mapping[str, str]) -> None:
    """Rows below those that there are. `names`: of kelurahan, by code."""
    for number, one in enumerate(sittings, max(numbers(typed), default=-1) + 1):
        row = {
            "place": AT_HOME if one.place is None else str(one.place),
            "date": one.date.isoformat(),
            "starts": hour(one.starts),
            "ends": hour(one.ends),
            "per_hour": str(one.per_hour),
            "officers": str(one.officers),
            "regions": ", ".join(names.get(code, code) for code in one.regions),
        }
        typed.update({f"rows-{number}-{name}": value for name, value in row.items()})


def add_alike(typed: Typed) -> None:
    """One row more, for another day or place: the rest as in the last one."""
    last, fresh = max(numbers(typed), default=-1), max(numbers(typed), default=-1) + 1
    for name in ("place", "date", "starts", "ends", "per_hour", "officers", "regions"):
        typed[f"rows-{fresh}-{name}"] = typed.get(f"rows-{last}-{name}", "")


def take_out(typed: Typed, number: int) -> None:
    """One row less; the others keep their numbers."""
    for name in [name for name in typed if name.startswith(f"rows-{number}-")]:
        del typed[name]


def tick(typed: Typed, within: str, areas: Iterable[str], *, all_of_them: bool) -> None:
    """All areas of a kecamatan, or none of them."""
    ticked = [code for code in typed.getlist("areas") if not code.startswith(f"{within}.")]
    typed.setlist("areas", ticked + [code for code in areas if all_of_them and code.startswith(f"{within}.")])


def numbers(typed: Typed) -> list[int]:
    """The numbers of the rows."""
    return sorted({int(match[1]) for name in typed if (match := ROW.fullmatch(name))})
