"""What a proposal must hold, whichever door brings it: the core takes nothing that has a slip, and says all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from salur.core.errors import FieldsRefused
from salur.core.people.nik import Kk
from salur.core.proposals.draft import CHECKS, REPORTED, Draft
from salur.core.proposals.kinds import Kind
from salur.core.regions.territory import Territory
from salur.core.tables.proposals import ProposalRow
from salur.wiring import Services
from salur.words.language import language
from salur.words.proposals import PROPOSAL_SLIPS
from salur.words.proposals import REPORTED as REPORTED_WORDS
from salur.words.refusals import SLIPS, refusal
from tests.fixtures.office import TEGAL_GUNDIL, a_kk
from tests.fixtures.proposals import HOME, Sender, a_draft, a_photo

U, S, K, L = Kind.USULAN, Kind.SANGGAH, Kind.KOREKSI, Kind.LAPORAN
CITY = Territory("32.71")


def sent(services: Services) -> int:
    """How many proposals there are."""
    with services.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(ProposalRow)).scalar_one())


@pytest.mark.parametrize("kind", list(Kind))
def test_a_whole_one_has_no_slip(kind: Kind) -> None:
    assert a_draft(kind).slips() == {}


@pytest.mark.parametrize(
    ("kind", "changed", "slips"),
    [
        (U, {"whom": None}, {"whom": "whom_missing"}),
        (U, {"whom": "presiden"}, {"whom": "whom_missing"}),
        (U, {"number": None}, {"number": "nik_or_reason"}),
        (U, {"number": None, "no_nik": "malas"}, {"number": "nik_or_reason"}),
        (U, {"number": None, "no_nik": "newborn"}, {}),
        (U, {"number": Kk.parse(a_kk())}, {"number": "nik_or_reason"}),
        (U, {"name": ""}, {"name": "name_missing"}),
        (S, {"name": "123"}, {"name": "number_for_name"}),
        (K, {"name": "a" * 101}, {"name": "name_too_long"}),
        (U, {"territory": CITY}, {"kelurahan": "village_missing", "rt": "rt_number", "rw": "rw_number"}),
        (S, {"territory": CITY}, {"kelurahan": "village_missing"}),
        (L, {"territory": CITY}, {}),
        (S, {"territory": Territory("")}, {"kelurahan": "village_missing"}),
        (L, {"territory": Territory("32.71.05")}, {"kelurahan": "village_missing"}),
        (U, {"territory": Territory(TEGAL_GUNDIL, 5, None)}, {"rt": "rt_number"}),
        (U, {"territory": Territory(TEGAL_GUNDIL, None, 3)}, {"rw": "rw_number"}),
        (S, {"territory": Territory(TEGAL_GUNDIL)}, {}),
        (S, {"territory": Territory(TEGAL_GUNDIL, 5)}, {}),
        (S, {"territory": Territory(TEGAL_GUNDIL, None, 3)}, {"rw": "rw_missing"}),
        (L, {"territory": Territory(TEGAL_GUNDIL, 0, 1000)}, {"rt": "rt_number", "rw": "rw_number"}),
        (U, {"reason": ""}, {"reason": "reason_missing"}),
        (S, {"reason": "income_lost"}, {"reason": "reason_missing"}),
        (K, {"reason": "levy"}, {"reason": "mistake_missing"}),
        (L, {"reason": "name"}, {"reason": "event_missing"}),
        (K, {"number": None}, {"number": "number_missing"}),
        (K, {"number": Kk.parse(a_kk())}, {}),
        (S, {"number": None}, {}),
        (L, {"who": ""}, {"who": "who_missing"}),
        (L, {"who": "Pak Budi"}, {"who": "who_missing"}),
        (U, {"words": ""}, {}),
        (U, {"words": "", "reason": "other"}, {"words": "words_missing"}),
        (S, {"words": " \n"}, {"words": "words_missing"}),
        (K, {"words": "a" * 1001}, {"words": "words_too_long"}),
        (U, {"words": "a" * 1000}, {}),
        (L, {"when": "a" * 1001}, {"when": "words_too_long"}),
        (U, {"phone": "+62 812-0000-1111"}, {}),
        (L, {"phone": "telepon saja"}, {"phone": "phone_wrong"}),
        (L, {"phone": "0812"}, {"phone": "phone_wrong"}),
        (S, {"own_name": None}, {}),
        (S, {"own_name": ""}, {"own_name": "name_missing"}),
        (S, {"own_name": "4321"}, {"own_name": "number_for_name"}),
        (S, {"own_name": "A" * 101}, {"own_name": "name_too_long"}),
        (U, {"photos": (a_photo(),) * 4}, {"photos": "too_many_photos"}),
    ],
)
def test_each_slip_is_named_at_its_field(kind: Kind, changed: dict[str, Any], slips: dict[str, str]) -> None:
    assert replace(a_draft(kind), **changed).slips() == slips


def test_nothing_unchecked_is_taken_and_all_slips_are_said_at_once(sender: Sender, services: Services) -> None:
    with pytest.raises(FieldsRefused) as refused:
        sender.sends(a_draft(name="", reason="", territory=Territory("32.71", 5)))
    assert dict(refused.value.slips) == {
        "name": "name_missing",
        "kelurahan": "village_missing",
        "rt": "rt_number",
        "reason": "reason_missing",
    }
    assert sent(services) == 0


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("code", ["32.71.05.9999", "32.01.01.1001", "99.99.99.9999", "32.71.05.100'", "32.7"])
def test_only_a_kelurahan_of_this_city_is_taken(sender: Sender, services: Services, kind: Kind, code: str) -> None:
    with pytest.raises(FieldsRefused) as refused:
        sender.sends(a_draft(kind, territory=Territory(code, 5, 3)))
    assert refused.value.slips == {"kelurahan": "village_missing"}
    assert sent(services) == 0


def test_another_city_is_not_this_one(sender: Sender) -> None:
    with pytest.raises(FieldsRefused):
        sender.sends(a_draft(L, territory=Territory("32.01")))


def test_an_answer_and_an_objection_need_words_too(sender: Sender, levels: Any) -> None:
    sender.sends()
    levels.takes("asked", "dinsos", words="Berapa anak?")
    for act in (sender.answers, sender.objects):
        for words, code in (("", "words_missing"), (" ", "words_missing"), ("a" * 1001, "words_too_long")):
            with pytest.raises(FieldsRefused) as refused:
                act(words)
            assert refused.value.slips == {"words": code}
    assert sender.looks().question == "Berapa anak?"


def test_what_is_refused_costs_no_sending(sender: Sender) -> None:
    for _ in range(30):
        with pytest.raises(FieldsRefused):
            sender.sends(a_draft(name=""))
    sender.sends()


@given(
    kind=st.sampled_from(Kind),
    reason=st.text(max_size=5),
    words=st.text(max_size=1200),
    name=st.text(max_size=120),
    who=st.text(max_size=5),
    phone=st.text(max_size=20),
    own_name=st.none() | st.text(max_size=5),
    rw=st.none() | st.integers(-5, 2000),
    rt=st.none() | st.integers(-5, 2000),
)
def test_whatever_is_in_it_every_slip_has_words(kind: Kind, rw: int | None, rt: int | None, **rest: Any) -> None:
    slips = Draft(kind, Territory(HOME.region_code, rw, rt), **rest).slips()
    assert set(slips) <= set(CHECKS)
    assert set(slips.values()) <= set(SLIPS)
    for code in slips.values():
        assert refusal(FieldsRefused({"any": code}), language("id")) == language("id")(SLIPS[code])


def test_the_codes_of_whom_a_report_is_about_have_words() -> None:
    assert tuple(REPORTED_WORDS) == REPORTED
    assert "event_missing" in PROPOSAL_SLIPS
