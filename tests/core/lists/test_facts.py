"""What an operator says of a list has to be possible, and not against what the file says itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from salur.core.errors import Refused
from salur.core.lists.answers import Contradicted
from salur.core.lists.importing.facts import ListFacts, as_the_file_says, contradictions
from salur.core.lists.importing.kinds import FileSays
from salur.core.lists.kinds import Draft
from salur.intake.tables.years import years_of_stage, years_of_title
from tests.fixtures.office import Recipient

FACTS = ListFacts("PKH", "2026-T1", "SK 460/1", date(2026, 1, 12), "Dinsos")  # the clock stands at 20 February 2026
DIGEST = hashlib.blake2b(b"file", digest_size=32).digest()


def draft(*people: Recipient, years: frozenset[int] = frozenset()) -> Draft:
    """What was read of a file."""
    return Draft(people=people or (Recipient(),), years=years)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(FACTS, period="2026-T9"), "bad_period"),
        (replace(FACTS, period="2026-T4"), "period_far_ahead"),
        (replace(FACTS, period="2026-B07"), "period_far_ahead"),
        (replace(FACTS, period="2027"), "period_far_ahead"),
        (replace(FACTS, period="2024"), "period_long_over"),
        (replace(FACTS, period="2025-B01"), "period_long_over"),
        (replace(FACTS, issued_on=date(2026, 2, 21)), "issued_in_future"),
        (replace(FACTS, decree=" - "), "decree_missing"),
        (replace(FACTS, issuer=""), "issuer_missing"),
    ],
)
def test_what_cannot_be_is_refused(services, facts, code):
    with pytest.raises(Refused) as refused:
        services.imports.add(draft(Recipient(stage=None)), facts, DIGEST)
    assert refused.value.code == code
    assert services.lists.all() == ()


@pytest.mark.parametrize("period", ["2026-T2", "2026-B05", "2025-T1", "2026", "2025", "2025-B02"])
def test_a_quarter_ahead_and_a_year_back_are_taken(services, period):
    assert services.imports.add(draft(Recipient(stage=None)), replace(FACTS, period=period), DIGEST)


def test_the_day_it_is_in_the_city_counts(services, clock):
    clock.now = clock.now.replace(day=20, hour=17, minute=30)  # half past midnight in Bogor
    assert services.imports.add(draft(), replace(FACTS, issued_on=date(2026, 2, 21)), DIGEST)


PEOPLE = (Recipient(programme="SEMBAKO", stage="2"), Recipient(programme="PKH", stage="1"), Recipient(stage="Reguler"))


def test_what_the_file_says_otherwise_is_refused_until_it_is_said_which_holds(services):
    file = draft(*PEOPLE, years=frozenset({2025}))
    with pytest.raises(Contradicted) as refused:
        services.imports.add(file, FACTS, DIGEST)
    assert [tuple(found) for found in refused.value.found] == [
        ("programme", "PKH", "SEMBAKO", 1),
        ("stage", "1", "2", 1),
        ("year", "2026", "2025", 0),
    ]
    with pytest.raises(Contradicted):
        services.imports.add(file, replace(FACTS, holds=[FileSays.PROGRAMME, FileSays.YEAR]), DIGEST)
    assert services.imports.add(file, replace(FACTS, holds=list(FileSays)), DIGEST)


def test_the_file_may_hold_where_it_says_one_thing():
    file = draft(Recipient(programme="SEMBAKO", stage="2"), years=frozenset({2025}))
    facts = as_the_file_says(file.said, FACTS)
    assert (facts.programme, facts.period) == ("SEMBAKO", "2025-T2")
    assert contradictions(file.said, facts) == []
    with pytest.raises(Contradicted):
        as_the_file_says(draft(*PEOPLE).said, FACTS)


@pytest.mark.parametrize(
    ("period", "stage", "agrees"),
    [
        ("2026-T1", "1", True),
        ("2026-T1", "2", False),
        ("2026-B02", "2", True),
        ("2026-B02", "1", True),  # the quarter it lies in
        ("2026-B05", "1", False),
        ("2026", "3", True),
        ("2026-T1", None, True),
        ("2026-T1", "Reguler", True),
    ],
)
def test_a_stage_agrees_with_its_period(period, stage, agrees):
    assert (contradictions(draft(Recipient(stage=stage)).said, replace(FACTS, period=period)) == []) is agrees


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("DAFTAR PENERIMA BST TAHAP 1 TAHUN 2026", {2026}),
        ("Daftar KPM BLT Dana Desa T.A. 2025", {2025}),
        ("Periode Januari - Maret 2026", {2026}),
        ("Tahun Anggaran 2025", {2025}),
        ("Lampiran Keputusan Wali Kota Nomor 460 Tahun 2025", set()),
        ("Bogor, 12 Januari 2025", set()),
        ("Data DTKS Januari 2025", set()),
        ("NOMOR: 460/12/2025", set()),
        ("RW 2025", set()),
        ("Kelurahan Tegal Gundil", set()),
    ],
)
def test_the_years_of_titles_are_the_lists_own(line, years):
    assert years_of_title(line) == years


@pytest.mark.parametrize(
    ("text", "years"), [("Tahap 1 2025", {2025}), ("2026-T1", {2026}), ("1", set()), (None, set())]
)
def test_the_years_of_stages(text, years):
    assert years_of_stage(text) == years
