"""How far an aid has come, as people know it from parcels: the same story at the site and in Telegram."""

from __future__ import annotations

import re

import pytest

from salur.words.lookup.way import STEPS
from tests.fixtures.office import Announced, Office, Recipient, Reported, a_nik
from tests.fixtures.services import Clock
from tests.journeys.doors import Resident

NIK = a_nik()
NAME = "Siti Maesaroh"
HERE = re.compile(rf"({'|'.join(STEPS.values())})(?:, | \()(?:di sini|selesai)\b")


def stands_at(answer: str) -> str:
    """The one step that is marked as the present one."""
    (step,) = HERE.findall(answer)
    return str(step)


@pytest.mark.parametrize(
    ("became", "step"),
    [(None, "dijadwalkan"), ("paid", "dibayar"), ("returned", "dikembalikan"), ("failed", "tidak berhasil dibayar")],
)
def test_an_aid_goes_from_listed_to_scheduled_to_paid(
    became: str | None, step: str, resident: Resident, office: Office, clock: Clock
) -> None:
    office.publishes(Recipient(nik=NIK))
    assert stands_at(resident.another().asks(NIK, NAME)) == "terdaftar"
    office.announces(Announced())
    assert stands_at(resident.another().asks(NIK, NAME)) == "dijadwalkan"
    if became:
        clock.passes(days=10)
        office.hears(Reported(nik=NIK, status=became, date=Announced().date))
    answer = resident.another().asks(NIK, NAME)
    assert stands_at(answer) == step
    assert "terdaftar, sudah" in answer or "terdaftar ✓ → " in answer


@pytest.mark.parametrize(
    ("state", "step"), [("suspended", "dihentikan sementara"), ("taken_off", "tidak terdaftar lagi")]
)
def test_what_is_off_the_way_promises_no_step_to_come(
    state: str, step: str, resident: Resident, office: Office
) -> None:
    office.publishes(Recipient(nik=NIK, state=state))
    answer = resident.asks(NIK, NAME)
    assert stands_at(answer) == step
    assert "dijadwalkan" not in answer
    assert "dibayar" not in answer.split("Periode sebelumnya")[0]


def test_a_card_is_given_no_day_and_promised_none(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK, channel="bank_card"))
    answer = resident.asks(NIK, NAME)
    assert stands_at(answer) == "terdaftar"
    assert "dijadwalkan" not in answer


def test_a_list_that_is_no_longer_true_says_no_step(resident: Resident, office: Office, clock: Clock) -> None:
    office.publishes(Recipient(nik=NIK))
    clock.passes(days=60)
    assert HERE.findall(resident.asks(NIK, NAME)) == []
