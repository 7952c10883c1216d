"""What the sample city writes, the intake reads: every line, with the faults that were put in and no others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from salur.intake.payments import read_payments
from salur.intake.people import read_list
from salur.intake.schedule import read_schedule
from salur.sample.people import Household, Person, population
from tests.sample.conftest import TODAY, City, make_city

PEOPLE, SEED = 3000, 1


@pytest.fixture(scope="module")
def registered() -> dict[str, tuple[Household, Person]]:
    """Household and person of each NIK."""
    return {p.nik: (h, p) for h in population(PEOPLE, SEED, today=TODAY) for p in h.members}


def test_the_intake_finds_the_faults_that_were_put_in_and_no_others(city: City) -> None:
    for entry in city.manifest["lists"]:
        draft = read_list(city.folder / entry["file"])
        found = {
            "people": len(draft.people),
            "refused": len(draft.refused),
            "faults": dict(sorted(Counter(code for _row, _column, code in draft.faults).items())),
        }
        assert (entry["file"], found) == (entry["file"], entry["expected"])


def test_the_intake_reads_everybody_as_he_is(city: City, registered: dict[str, tuple[Household, Person]]) -> None:
    for entry in city.manifest["lists"]:
        for read in read_list(city.folder / entry["file"]).people:
            if read.nik not in registered:  # a faulty number, or none at all
                continue
            household, _ = registered[read.nik]
            assert (read.rt, read.rw) == (household.rt, household.rw)
            assert (read.region_code, read.address) == (household.area.code, household.address)
            assert read.kk in (household.kk, None) or len(read.kk) < 16
            assert read.programme == entry["programme"]


def test_only_faulty_lines_are_not_recognised(city: City, registered: dict[str, tuple[Household, Person]]) -> None:
    for entry in city.manifest["lists"]:
        if entry["programme"] == "PANGAN":  # names and letter codes only
            continue
        read = read_list(city.folder / entry["file"]).people
        unknown = sum(person.nik not in registered for person in read)
        assert unknown <= sum(entry["expected"]["faults"].values()) < 0.04 * len(read) + 3


def test_the_notes_say_who_was_taken_off_or_suspended_and_who_is_visited(city: City) -> None:
    tried = city.manifest["try"]
    people = {person.nik: person for person in read_list(city.folder / "pkh-2026-t4-bogor.xlsx").people}
    assert (people[tried["taken_off"]["nik"]].state, people[tried["taken_off"]["nik"]].reason) == (
        "taken_off",
        "no_longer_in_need",
    )
    assert people[tried["suspended"]["nik"]].state == "suspended"
    assert people[tried["home_visit"]["nik"]].care
    assert not people[tried["listed_coming"]["nik"]].care
    reasons = {person.reason for person in people.values() if person.state == "taken_off"}
    assert reasons == {"died", "moved", "double", "no_longer_in_need"}


def test_aid_to_groups_comes_with_the_name_of_the_group(city: City) -> None:
    people = read_list(city.folder / "kube-2026-polewali.xlsx").people
    assert {person.state for person in people} == {"group"}
    assert all(person.group_name and person.group_name.startswith("KUBE ") for person in people)


def test_a_list_that_goes_over_several_sheets_is_read_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salur.sample.tables.ROWS_IN_A_SHEET", 50)
    city = make_city(tmp_path, 400)
    for entry in city.manifest["lists"]:
        assert len(read_list(city.folder / entry["file"]).people) == entry["expected"]["people"]


def test_every_row_of_the_schedules_is_understood(city: City) -> None:
    for entry in city.manifest["schedules"]:
        draft = read_schedule(city.folder / entry["file"])
        assert (len(draft.sittings), draft.faults, draft.refused) == (entry["rows"], (), ())
        for sitting in draft.sittings:
            assert None not in (sitting.region_code, sitting.period, sitting.starts, sitting.ends, sitting.deadline)
            assert (sitting.kind == "home") == (sitting.latitude is None)


def test_the_results_are_read_as_they_were_counted(city: City) -> None:
    for entry in city.manifest["payments"]:
        draft = read_payments(city.folder / entry["file"])
        statuses = Counter(payment.status for payment in draft.payments)
        assert statuses == Counter(paid=entry["paid"], returned=entry["returned"])
        assert draft.faults == ()
        assert all(payment.date and payment.place and payment.nik for payment in draft.payments)
