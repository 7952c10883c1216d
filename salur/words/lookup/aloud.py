"""The answer as it is read aloud, in Indonesian: a line a sentence or two, in the order in which it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from salur.core.lookup.answers import Answer, Entitlement, OnTheList
from salur.core.payouts.answers import PlaceKind
from salur.words.lookup.answer import OUT, against_levies, amount, bring, proxy, still_to_collect, verdict, ways_on
from salur.words.lookup.entitlement import moved, past_status, status
from salur.words.spoken import for_the_ear, in_words, spoken


def aloud(answer: Answer) -> str:
    """Everything that matters, one thing a line. What holds for several aids is said once."""
    lines = [verdict(answer, spoken()), *_listed(answer)] if isinstance(answer, OnTheList) else [*_missed(answer)]
    return "\n".join(dict.fromkeys(for_the_ear(line) for line in lines if line))


def _listed(answer: OnTheList) -> Iterator[str]:
    family = len({entitlement.payee for entitlement in answer.present}) > 1
    for number, entitlement in enumerate(answer.present, 1):
        if len(answer.present) > 1:
            yield "Bantuan pertama." if number == 1 else f"Bantuan ke{in_words(number)}."
        yield _aid(entitlement, family=family)
        yield from _when_and_where(entitlement)
        if entitlement.state not in OUT and (told := amount(entitlement, spoken())):
            yield f"Jumlahnya {told}."
    for entitlement in answer.present:
        if still_to_collect(entitlement):
            yield bring(entitlement.bring, spoken())
            yield proxy(entitlement.proxy, spoken())
    for entitlement in answer.present:
        yield against_levies(entitlement, spoken())
    if not answer.present:
        yield _aid(answer.past[0], family=False)
        yield from past_status(answer.past[0], spoken()).split("\n")


def _aid(entitlement: Entitlement, *, family: bool) -> str:
    whose = f", atas nama {entitlement.payee}" if family else ""
    return f"{entitlement.programme_name}, {spoken().period(entitlement.period)}{whose}."


def _when_and_where(entitlement: Entitlement) -> Iterator[str]:
    sitting = entitlement.next_sitting
    if sitting and (changed := moved(sitting, spoken())):
        yield changed
    yield from status(entitlement, spoken()).split("\n")
    if sitting and sitting.place.kind is not PlaceKind.HOME:
        if sitting.place.address:
            yield f"Alamatnya {sitting.place.address}."
        if entitlement.deadline:
            yield f"Paling lambat diambil {spoken().date(entitlement.deadline)}."


def _missed(answer: Answer) -> Iterator[str]:
    yield verdict(answer, spoken())
    yield "Ini yang bisa Anda lakukan."
    for heading, how in ways_on(spoken()):
        yield f"{heading}. {how}"
