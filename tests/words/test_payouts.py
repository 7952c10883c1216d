"""What is said of a payment and of a moved sitting: no more than is known, and the year where it changes."""

from __future__ import annotations

import datetime as dt

import pytest

from salur.core.limits.asker import Asker
from salur.core.people.nik import Nik
from salur.words.language import language
from salur.words.lookup.answer import against_levies, still_to_collect
from salur.words.lookup.entitlement import moved, status
from tests.fixtures.office import Announced, Recipient, Reported

TUESDAY = dt.date(2026, 2, 24)


@pytest.fixture
def ask(services):
    """The first entitlement of someone, as they ask for it."""

    def asked(person):
        return services.lookup.ask(Nik.parse(person.nik), person.name, asker=Asker.chat(1)).present[0]

    return asked


@pytest.mark.parametrize(
    ("code", "on", "told"),
    [
        ("id", dt.date(2026, 2, 12), "Pembayaran pada 12 Februari 2026 *tidak berhasil*."),
        ("id", None, "Pembayaran bantuan ini *tidak berhasil*."),
        ("en", dt.date(2026, 2, 12), "The payment on 12 February 2026 *did not go through*."),
        ("su", None, "Pamayaran bantuan ieu *teu hasil*."),
    ],
)
def test_who_was_not_paid_reads_neither_that_it_went_back_nor_that_it_waits(office, ask, code, on, told):
    mother = Recipient()
    office.publishes(mother)
    office.hears(Reported(nik=mother.nik, status="failed", date=on, place=None))
    aid, say = ask(mother), language(code)
    first, way_on = status(aid, say).split("\n")
    assert first == told
    assert "kelurahan" in way_on
    for word in ("dikembalikan", "sent back", "diwangsulkeun", "batas"):
        assert word not in first
    assert not still_to_collect(aid)
    assert "gratis" in against_levies(aid, language("id"))


def test_a_sitting_moved_to_another_year_says_so(office, ask):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced(date=dt.date(2025, 2, 25), deadline=None))
    office.announces(Announced(date=dt.date(2026, 2, 24)))
    told = moved(ask(mother).next_sitting, language("id"))
    assert told == "Jadwal berubah. Semula Selasa, 25 Februari 2025. Sekarang *Selasa, 24 Februari 2026*."


def test_a_sitting_moved_within_its_year_does_not(office, ask):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced(date=dt.date(2026, 2, 23)))
    office.announces(Announced(date=TUESDAY))
    told = moved(ask(mother).next_sitting, language("id"))
    assert told == "Jadwal berubah. Semula Senin, 23 Februari. Sekarang *Selasa, 24 Februari*."
