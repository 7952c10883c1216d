"""From one list to the next, whatever dirt is on the second: nobody who is on both is told that they were taken off."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import date

import pytest

from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.kinds import Coverage, State
from salur.core.neighbourhood.answers import Filter, LineState
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Kk, Nik
from salur.intake.people import read_list
from tests.fixtures.office import Recipient, a_kk

HEADER = ("NO", "NIK", "NO KK", "KODE SURAT", "NAMA", "ALAMAT", "RT", "RW", "KELURAHAN", "KECAMATAN", "NOMINAL")
NAMES = (
    "SITI MAESAROH", "MUHAMMAD RIZKI FAUZI", "RUKMINI", "ASEP SURYANA", "NENENG KARTINI", "UJANG SUTISNA",
    "EUIS KOMALASARI", "I WAYAN SUDARMA", "NURHASANAH", "DEDE KURNIASIH", "H. ABDUL ROHMAN", "LILIS SURYANI",
)  # fmt: skip
RESPELLED = (("SITI", "ST."), ("MUHAMMAD", "MUH"), ("ABDUL", "ABD."), ("SURYA", "SURIA"), ("Y", "J"), ("DEDE", "DEDEH"))
NIKS = ("same", "number", "wrong digit", "traded digits", "missing", "letters", "a digit short", "the neighbour's")
KKS = ("same", "same", "wrong digit", "missing", "letters")
LETTERS = ("same", "missing")
SPELLINGS = ("same", "cut", "respelled", "lower case")
HOMES = ("same", "sda", "a day of the calendar", "missing", "kelurahan unknown")


def wrong_digit(number: str, chance: random.Random) -> str:
    """One digit of the last four is another; the number stays well-formed."""
    at = chance.randrange(12, 15)
    return number[:at] + str((int(number[at]) + chance.randint(1, 8)) % 10) + number[at + 1 :]


def dirty_nik(kind: str, nik: str, neighbour: str, chance: random.Random) -> str:
    """How an office's second list writes a NIK."""
    return {
        "same": nik,
        "number": f"{float(nik):.5E}".replace(".", ","),
        "wrong digit": wrong_digit(nik, chance),
        "traded digits": nik[:12] + nik[13] + nik[12] + nik[14:],
        "missing": "",
        "letters": nik.replace("0", "O"),
        "a digit short": nik[:15],
        "the neighbour's": neighbour,
    }[kind]


def dirty_name(kind: str, name: str) -> str:
    """How it writes a name."""
    if kind == "respelled":
        return next((name.replace(*pair, 1) for pair in RESPELLED if pair[0] in name), name)
    return {"cut": name[: max(5, len(name) - 3)], "lower case": f" {name.lower()} "}.get(kind, name)


def rows_of(people: list[Recipient], chance: random.Random) -> list[tuple[str, ...]]:
    """The second list: every row with some dirt, in the order of the first, for `sda` repeats what is above."""
    rows: list[tuple[str, ...]] = []
    for n, person in enumerate(people):
        nik, kk, letter, spelling, home = map(chance.choice, (NIKS, KKS, LETTERS, SPELLINGS, HOMES))
        if nik == "the neighbour's" and kk != "same":
            kk = "same"  # else nothing at all is left of them
        if home == "sda" and (n == 0 or people[n - 1].rt != person.rt or rows[-1][6] != f"{person.rt:03}"):
            home = "same"
        slip, own = wrong_digit(person.kk, chance), (f"{person.rt:03}", "005")
        numbers = {"same": person.kk, "wrong digit": slip, "missing": "", "letters": person.kk.replace("0", "O")}
        written = {"sda": ("sda", "sda"), "a day of the calendar": ("2026-03-05", ""), "missing": ("", "005")}
        rt, rw = written.get(home, own)
        kelurahan = "TEGAL GUNDIIIL XYZ" if home == "kelurahan unknown" else "TEGAL GUNDIL"
        neighbour = people[(n + 1) % len(people)].nik
        rows.append((
            str(n + 1), dirty_nik(nik, person.nik, neighbour, chance), numbers[kk],
            person.letter_code if letter == "same" else "", dirty_name(spelling, person.name), "JL. A",
            rt, rw, kelurahan, "BOGOR UTARA", "600000",
        ))  # fmt: skip
    return rows


def a_person(n: int, chance: random.Random) -> Recipient:
    """Someone of the first list. Their dates of birth are far from each other, as those of a kelurahan are."""
    nik = f"327105{chance.randint(1, 28):02}{chance.randint(1, 12):02}{55 + 3 * n:02}{chance.randint(1, 8):04}"
    return Recipient(name=NAMES[n], nik=nik, kk=a_kk(), rt=1 + n // 3, letter_code=f"16100-{700 + n:06}")


@pytest.mark.parametrize("seed", range(12))
def test_whoever_is_on_both_lists_is_never_told_that_they_are_off(office, services, heads, write_sheet, clock, seed):
    chance = random.Random(seed)
    people = [a_person(n, chance) for n in range(len(NAMES))]
    office.publishes(*people, period="2025-T4")
    clock.passes(days=1)
    rows = rows_of(people, chance)
    draft = read_list(write_sheet("second.xlsx", [HEADER, *rows]))
    facts = ListFacts("PKH", "2026-T1", "SK 2", date(2026, 1, 12), "Dinsos", coverage=Coverage.KELURAHAN)
    digest = hashlib.blake2b(f"{seed}".encode(), digest_size=32).digest()
    office.agrees(services.imports.add(draft, facts, digest))
    for person, row in zip(people, rows, strict=True):
        for n, number in enumerate((Nik(person.nik), Kk(person.kk), LetterCode.parse(person.letter_code))):
            answer = services.lookup.ask(number, person.name, asker=Asker.address(f"203.0.{n}.{seed}"))
            clock.passes(hours=25)
            told = {aid.state for aid in answer.present if aid.payee == _initials(person.name)}
            assert State.TAKEN_OFF not in told, (type(number).__name__, row)
            assert told, (type(number).__name__, row)
    page = services.neighbourhood.page(heads.create("kelurahan"), Filter(), size=100, door=Door.SITE)
    assert [line.name for line in page.lines if line.state is LineState.TAKEN_OFF] == []


def _initials(name: str) -> str:
    from salur.core.names.matching import initials

    return initials(name)


def test_who_is_on_the_first_list_only_is_told(office, services):
    gone = Recipient(name="OMAN SOMANTRI", letter_code="16100-000001")
    office.publishes(gone, Recipient(rt=4), period="2025-T4")
    office.publishes(replace(Recipient(rt=4), name="RUKMINI"))
    answer = services.lookup.ask(Nik(gone.nik), gone.name, asker=Asker.address("203.0.113.1"))
    assert [aid.state for aid in answer.present] == [State.TAKEN_OFF]
