"""What an operator says of a list, and whether that can be: the file may say otherwise, or the day it is today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from salur.core.errors import Refused
from salur.core.lists.answers import Contradicted
from salur.core.lists.importing.kinds import Contradiction, FileSays, Said
from salur.core.lists.kinds import Coverage
from salur.core.lists.periods import MONTHS_IN, first_day, is_period, last_day

A_QUARTER = timedelta(days=92)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What the operator says of a list. `period` is `2026-T1`, `2021-B12` or `2026`; `issued_on` is the decree's.

    `coverage`: what the list speaks for; None takes what its rows seem to be. `states_confirmed`: somebody has looked
    at who is taken off or suspended by it. `holds`: what of this holds although the file says otherwise.
    """

    programme: str
    period: str
    decree: str
    issued_on: date
    issuer: str
    coverage: Coverage | None = None
    states_confirmed: bool = False
    holds: Collection[FileSays] = ()

    @classmethod
    def of(cls, told: Mapping[str, object]) -> ListFacts:
        """Out of what a job keeps, as `told` gives it."""
        coverage = told.get("coverage")
        return cls(
            programme=str(told["programme"]),
            period=str(told["period"]),
            decree=str(told["decree"]),
            issued_on=date.fromisoformat(str(told["issued_on"])),
            issuer=str(told["issuer"]),
            coverage=Coverage(str(coverage)) if coverage else None,
            states_confirmed=bool(told.get("states_confirmed")),
            holds=tuple(FileSays) if told.get("holds") else (),
        )

    @property
    def told(self) -> dict[str, object]:
        """What a job keeps: nothing but what JSON can hold, and nothing personal."""
        values = {name: getattr(self, name) for name in ("programme", "period", "decree", "issuer", "states_confirmed")}
        coverage = str(self.coverage) if self.coverage else None
        return {**values, "issued_on": self.issued_on.isoformat(), "coverage": coverage, "holds": bool(self.holds)}


def refuse_what_cannot_be(facts: ListFacts, today: date) -> None:
    """Raises Refused: `bad_period`, `period_far_ahead`, `period_long_over`, `issued_in_future` or what is missing."""
    if not is_period(facts.period):
        raise Refused("bad_period")
    if first_day(facts.period) > today + A_QUARTER:
        raise Refused("period_far_ahead", period=facts.period)
    if last_day(facts.period) < today - A_YEAR:
        raise Refused("period_long_over", period=facts.period)
    if facts.issued_on > today:
        raise Refused("issued_in_future", day=facts.issued_on)
    for name in ("decree", "issuer"):
        if not any(char.isalnum() for char in getattr(facts, name)):
            raise Refused(f"{name}_missing")


def contradictions(said: Said, facts: ListFacts) -> list[Contradiction]:
    """What the rows and titles of a file say otherwise: programme, stage, year; those that are decided left out."""
    year, stages = int(facts.period[:4]), _stages(facts.period)
    programmes = Counter({code: rows for code, rows in said.programmes.items() if code != facts.programme})
    other_stages = Counter({stage: rows for stage, rows in said.stages.items() if _is_other(stage, stages)})
    years = Counter({str(one): 0 for one in said.years if year not in said.years})
    told: dict[FileSays, tuple[str, Counter[str]]] = {
        FileSays.PROGRAMME: (facts.programme, programmes),
        FileSays.STAGE: ("/".join(sorted(stages, key=int)), other_stages),
        FileSays.YEAR: (str(year), years),
    }
    return [
        Contradiction(what, operator, value, rows)
        for what, (operator, found) in told.items()
        if what not in facts.holds
        for value, rows in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]


def as_the_file_says(said: Said, facts: ListFacts) -> ListFacts:
    """The facts with programme, stage and year of the file, where it says one thing of each.

    Raises: Contradicted where it says several, for then nobody knows which holds.
    """
    programmes = set(said.programmes)
    stages = {stage for stage in said.stages if stage.isdecimal()}
    if any(len(told) > 1 for told in (programmes, stages, said.years)):
        raise Contradicted(contradictions(said, facts))
    year, _, part = facts.period.partition("-")
    year = str(*said.years) or year
    if part and stages:
        part = f"{part[0]}{int(*stages):0{len(part) - 1}}"
    period = f"{year}-{part}" if part else year
    return replace(facts, programme=str(*programmes) or facts.programme, period=period)


def _is_other(stage: str, stages: Collection[str]) -> bool:
    return bool(stages) and stage.isdecimal() and stage not in stages


def _stages(period: str) -> set[str]:
    """How a row of this period may call its stage: the tahap; of a month it and its quarter; of a year anything."""
    _, _, part = period.partition("-")
    if not part:
        return set()
    number = int(part[1:])
    return {str(number)} if MONTHS_IN[part[0]] == 3 else {str(number), str((number + 2) // 3)}
