"""Whoever is stuck is told where somebody can be spoken to, through both doors; what is not known is not said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from salur.config import Settings
from salur.core.payouts.answers import PlaceKind
from salur.core.regions.office import Office as PublicOffice
from salur.wiring import Services
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient, a_nik
from tests.journeys.doors import Resident

NIK = a_nik()
NAME = "Siti Maesaroh"
DINSOS = ("Jl. Merdeka No. 142", "0251 8310001", "Senin-Jumat 08.00-15.30")
KELURAHAN = PublicOffice(TEGAL_GUNDIL, "Kantor Kelurahan Tegal Gundil", "Jl. Ahmad Yani II No. 3", "0251 8310002")
POST = Announced(
    kind=PlaceKind.POST_OFFICE,
    place="Kantor Pos Warung Jambu",
    address="Jl. Ahmad Yani No. 75",
    opening_hours="Senin-Sabtu 08.00-16.00",
    rw=9,
)


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """With the office of Dinas Sosial, but where a story is about its being unknown."""
    if "unknown" in request.node.name:
        return settings
    address, phone, hours = DINSOS
    return replace(settings, office_address=address, office_phone=phone, office_hours=hours)


def test_who_is_not_found_or_closed_out_is_told_where_dinas_sosial_is(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    for _ in range(3):
        missed = resident.asks(NIK, "Budi")
        assert all(fact in missed for fact in DINSOS)
    assert all(fact in resident.asks(NIK, NAME) for fact in DINSOS)


def test_of_an_unknown_office_nothing_is_said(resident: Resident, office: Office) -> None:
    office.publishes(Recipient(nik=NIK))
    assert "Bicara dengan orang" not in resident.asks(a_nik(), "Budi")
    assert "🏢" not in resident.asks(NIK, "Budi")


def test_who_was_taken_off_is_told_where_the_kelurahan_is(
    resident: Resident, office: Office, services: Services
) -> None:
    services.offices.put([KELURAHAN])
    services.regions.load()  # regions of a new version leave offices alone
    office.publishes(Recipient(nik=NIK, state="taken_off"))
    answer = resident.asks(NIK, NAME)
    assert KELURAHAN.address in answer
    assert KELURAHAN.phone in answer


@pytest.mark.parametrize(
    ("offices", "told"),
    [
        ([POST], "Bisa di Kantor Pos Warung Jambu, paling lambat Selasa, 31 Maret 2026. Jl. Ahmad Yani No. 75, buka"
         " Senin-Sabtu 08.00-16.00."),
        ([], "Bisa di kantor pos, paling lambat"),
        ([POST, replace(POST, place="Kantor Pos Bantarjati")], "Bisa di kantor pos, paling lambat"),
    ],
    ids=["one", "none", "two, and nothing says which"],
)  # fmt: skip
def test_a_missed_day_names_the_post_office_where_it_is_known_which(
    offices: list[Announced], told: str, resident: Resident, office: Office
) -> None:
    office.publishes(Recipient(nik=NIK))
    office.announces(Announced(date=dt.date(2026, 2, 17)), *offices)
    assert told in resident.asks(NIK, NAME)
