"""Which programmes exclude each other, and which pay one member of a family only: the rules behind doubles.

A double is a question to the office, never a verdict: every rule here has exceptions in some circular. A source is
named with each. The decrees are named as they are commonly cited; their text was not at hand when this was written.
*Sure* is what the selection forms of villages (2020-21) also say: "bukan penerima PKH/BPNT/Pra Kerja/calon penerima
BST Kemensos". The rest is *unsure*, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from salur.core.lists.periods import overlap


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two programmes that one family does not get at the same time, and who says so; `confirmed`: an office here."""

    one: str
    other: str
    source: str
    sure: bool
    confirmed: bool = False


_VILLAGE_FUND = (
    "PMK 222/PMK.07/2020 and PMK 190/PMK.07/2021: the village fund's aid goes to families that get no PKH, Sembako"
    " card, Prakerja card, BST or other government aid"
)
_BST = "Kemensos, guidelines for BST 2020-21: for families that get neither PKH nor Sembako/BPNT"
_CITY = "city aid of 2020-21 was for families on no list of the central government (Kota Bogor, Jawa Barat)"
EXCLUSIONS = (
    Exclusion("BLT-DD", "PKH", _VILLAGE_FUND, sure=True),
    # Of 2020-21; whether Sembako still excludes is left to the musdes here and there.
    Exclusion("BLT-DD", "SEMBAKO", _VILLAGE_FUND, sure=False),
    Exclusion("BLT-DD", "BST", _VILLAGE_FUND, sure=True),
    Exclusion("BST", "PKH", _BST, sure=False),
    Exclusion("BST", "SEMBAKO", _BST, sure=False),
    Exclusion("APBD", "PKH", _CITY, sure=False),
    Exclusion("APBD", "SEMBAKO", _CITY, sure=False),
    Exclusion("APBD", "BST", _CITY, sure=False),
    Exclusion("APBD", "BLT-DD", _CITY, sure=False),
)
# Paid to one payee (pengurus, KPM) for the whole family. PBI-JK and ATENSI-YAPI are counted by head, so that sisters
# and brothers stand there lawfully; KUBE is a group's; UEP is for a person or a household.
ONE_PER_FAMILY = ("PKH", "SEMBAKO", "BST", "BLT-DD", "BLTS-KESRA", "PANGAN", "APBD")

# Programme and period.
Round = tuple[str, str]
Rules = tuple[Exclusion, ...]


def clashes(rounds: Iterable[Round], rules: Rules = EXCLUSIONS) -> tuple[tuple[Round, Round], ...]:
    """Of these programmes and periods, the pairs that exclude each other: two programmes, some day in common."""
    return tuple(
        (one, other)
        for one, other in combinations(sorted(set(rounds)), 2)
        if exclusion(one[0], other[0], rules) and overlap(one[1], other[1])
    )


def exclusion(one: str, other: str, rules: Rules = EXCLUSIONS) -> Exclusion | None:
    """The rule between two programmes, if there is one."""
    return next((rule for rule in rules if {rule.one, rule.other} == {one, other}), None)


def between(programmes: Iterable[str], rules: Rules) -> tuple[Exclusion, ...]:
    """The rules that hold among these programmes."""
    pairs = combinations(sorted(programmes), 2)
    return tuple(rule for one, other in pairs if (rule := exclusion(one, other, rules)))


def disputed(rules: Rules) -> bool:
    """Whether programmes exclude each other by rules that are not sure, and by no sure one."""
    return bool(rules) and not any(rule.sure for rule in rules)
