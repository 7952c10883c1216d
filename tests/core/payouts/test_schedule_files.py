"""A schedule is a draft, is published, is taken back; and what is mostly a slip is asked before it is taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from salur.core.errors import Asked, NothingFits, Refused
from salur.core.lists.kinds import Fault
from salur.core.payouts.answers import FileReport, FileState, PlaceKind
from salur.core.payouts.kinds import Announcement, SittingState
from salur.core.tables.payouts import PlaceRow, SittingRow
from salur.documents.calendar import sitting_ics
from salur.words.language import language
from salur.words.lookup.entitlement import moved
from tests.fixtures.office import TEGAL_GUNDIL, Announced, in_rows

TUESDAY, WEDNESDAY = dt.date(2026, 2, 24), dt.date(2026, 2, 25)


@pytest.fixture
def drafts(services):
    """Import rows as a draft."""

    def of(*rows, digest=b"1", **options):
        return services.schedules.add(Announcement(sittings=in_rows(rows)), digest.ljust(32), **options)[0]

    return of


@pytest.fixture
def asked(services):
    """What is asked of rows."""

    def of(*rows):
        report = services.schedules.check(Announcement(sittings=in_rows(rows)))
        assert report.agrees
        return [question.code for question in report.questions]

    return of


@pytest.fixture
def stands(services):
    """Everything that residents see: sittings that hold, with what they replaced, and places."""

    def now():
        with services.database.reading() as connection:
            standing = select(SittingRow.__table__).where(SittingRow.state != SittingState.UNDONE)
            rows = list(connection.execute(standing.order_by(SittingRow.id)))
            at = {row.place_id for row in rows}
            places = connection.execute(select(PlaceRow.__table__).where(PlaceRow.id.in_(at)).order_by(PlaceRow.id))
            return [tuple(row) for row in rows], [tuple(row) for row in places]

    return now


def test_nobody_sees_a_draft_and_everybody_what_is_published(drafts, services, stands):
    before = stands()
    id = drafts(Announced())
    assert (services.timetable.schedule(TEGAL_GUNDIL).upcoming, stands()) == ((), before)
    assert services.schedules.publish(id).counts["added"] == 1
    assert len(services.timetable.schedule(TEGAL_GUNDIL).upcoming) == 1
    assert services.schedules.undo(id).state is FileState.UNDONE
    assert services.timetable.schedule(TEGAL_GUNDIL).upcoming == ()


def test_undone_a_change_leaves_no_word_of_it(office, drafts, services, stands):
    office.announces(Announced(), Announced(rw=2, deadline=dt.date(2026, 3, 31)))
    before = stands()
    id = drafts(Announced(date=WEDNESDAY), Announced(rw=2, deadline=dt.date(2026, 3, 1)), Announced(rw=3))
    services.schedules.publish(id)
    (changed, *_) = services.timetable.schedule(TEGAL_GUNDIL).upcoming[-1:]
    say = language("id")
    assert moved(changed.sitting, say) == "Jadwal berubah. Semula Selasa, 24 Februari. Sekarang *Rabu, 25 Februari*."
    services.schedules.undo(id)
    assert stands() == before
    assert [moved(one.sitting, say) for one in services.timetable.schedule(TEGAL_GUNDIL).upcoming] == [None]


def test_a_link_to_what_was_undone_leads_to_what_holds_again_and_calendars_follow(office, drafts, services):
    office.announces(Announced())
    (first,) = services.timetable.schedule(TEGAL_GUNDIL).upcoming
    id = drafts(Announced(date=WEDNESDAY))
    services.schedules.publish(id)
    (second,) = services.timetable.schedule(TEGAL_GUNDIL).upcoming
    sequences = [sequence_of(services.timetable.sitting(first.sitting.id))]
    services.schedules.undo(id)
    found = services.timetable.sitting(second.sitting.id)
    assert (found.sitting.starts.date(), found.first_id) == (TUESDAY, first.sitting.id)
    sequences.append(sequence_of(found))
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    for link in (first, second):
        found = services.timetable.sitting(link.sitting.id)
        assert found.sitting.starts.date() == dt.date(2026, 2, 26)
    sequences.append(sequence_of(found))
    assert sequences == sorted(set(sequences))


def sequence_of(sitting) -> int:
    """By which a calendar knows what is newer."""
    (line,) = [line for line in sitting_ics(sitting, language("id")).splitlines() if line.startswith(b"SEQUENCE")]
    return int(line.partition(b":")[2])


def test_a_link_to_a_sitting_that_was_only_announced_and_undone_leads_nowhere(drafts, services):
    id = drafts(Announced())
    services.schedules.publish(id)
    (sitting,) = services.timetable.schedule(TEGAL_GUNDIL).upcoming
    services.schedules.undo(id)
    assert services.timetable.sitting(sitting.sitting.id) is None


def test_a_place_that_moved_moves_back(office, drafts, services, stands):
    office.announces(Announced())
    before = stands()
    id = drafts(Announced(address="Jl. Baru No. 9", latitude=-6.6, opening_hours="24 jam"))
    services.schedules.publish(id)
    (sitting,) = services.timetable.schedule(TEGAL_GUNDIL).upcoming
    assert (sitting.sitting.place.address, sitting.sitting.place.latitude) == ("Jl. Baru No. 9", -6.6)
    services.schedules.undo(id)
    assert stands() == before


def test_what_a_later_schedule_built_on_is_undone_after_it(office, drafts, services):
    first = drafts(Announced(), digest=b"1")
    services.schedules.publish(first)
    second = drafts(Announced(date=WEDNESDAY), digest=b"2")
    services.schedules.publish(second)
    beside = drafts(Announced(rw=9), digest=b"3")
    services.schedules.publish(beside)
    with pytest.raises(Refused) as refused:
        services.schedules.undo(first)
    assert (refused.value.code, refused.value.facts) == ("undo_first", {"file": second})
    services.schedules.undo(second)
    services.schedules.undo(first)
    (left,) = services.timetable.schedule(TEGAL_GUNDIL).upcoming
    assert left.areas[0].rw == 9
    assert left.sitting.place.address  # the first one told it, and another relies on it


def test_the_same_file_is_taken_once_and_again_when_it_was_undone(drafts, services):
    id = drafts(Announced())
    with pytest.raises(Refused, match="file_imported_before"):
        drafts(Announced())
    services.schedules.undo(id)
    services.schedules.publish(drafts(Announced()))
    assert [file.state for file in services.schedules.all()] == ["published", "undone"]


def test_an_unknown_programme_of_the_operator_is_refused(drafts):
    with pytest.raises(Refused, match="unknown_programme"):
        drafts(Announced(), programme="PHK")


@pytest.mark.parametrize(
    ("says", "question"),
    [
        ({"date": dt.date(2025, 2, 24), "deadline": None}, "sitting_long_past"),
        ({"date": dt.date(2026, 1, 19)}, "sitting_long_past"),
        ({"date": dt.date(2027, 2, 24), "deadline": None}, "sitting_far_ahead"),
        ({"deadline": dt.date(2026, 2, 23)}, "deadline_before"),
        ({"deadline": dt.date(2027, 3, 31)}, "deadline_far"),
        ({"starts": dt.time(20), "ends": dt.time(23), "opening_hours": None}, "hours_at_night"),
        ({"starts": dt.time(1), "ends": dt.time(11), "opening_hours": None}, "hours_at_night"),
        ({"starts": dt.time(18), "ends": dt.time(19), "opening_hours": None}, "hours_at_night"),
        ({"starts": dt.time(7), "ends": dt.time(19, 30), "opening_hours": None}, "hours_at_night"),
    ],
)
def test_what_nobody_means_is_asked_and_taken_only_with_a_yes(asked, drafts, services, says, question):
    assert asked(Announced(**says)) == [question]
    with pytest.raises(Asked) as refused:
        drafts(Announced(**says))
    assert isinstance(refused.value.report, FileReport)
    assert services.schedules.all() == ()
    services.schedules.publish(drafts(Announced(**says), agreed=True))


@pytest.mark.parametrize(
    "says",
    [
        {},
        {"date": dt.date(2026, 1, 20), "deadline": None},  # a month ago
        {"date": dt.date(2026, 8, 22), "deadline": dt.date(2026, 8, 22), "opening_hours": None},
        {"starts": dt.time(6), "ends": dt.time(17, 59), "opening_hours": None},
    ],
)
def test_what_is_usual_is_not_asked(asked, says):
    assert asked(Announced(**says)) == []


def test_a_place_is_not_moved_for_sittings_that_the_file_does_not_speak_of(office, asked):
    office.announces(Announced(), Announced(rw=2, date=WEDNESDAY))
    elsewhere: dict[str, Any] = {"address": "Jl. Baru No. 9"}
    assert asked(Announced(**elsewhere)) == ["place_would_move"]
    assert asked(Announced(rw=7, **elsewhere)) == ["place_would_move"]
    assert asked(Announced(**elsewhere), Announced(rw=2, date=WEDNESDAY, **elsewhere)) == []
    assert asked(Announced(latitude=-6.6)) == ["place_would_move"]
    spelt: list[dict[str, Any]] = [{"address": "JALAN ACHMAD ADNAWIJAYA NOMOR 1"}, {"latitude": -6.5713}]
    for same in (*spelt, {"address": None}):
        assert asked(Announced(**same)) == []


def test_a_place_where_nobody_is_expected_any_more_may_move(office, asked, clock):
    office.announces(Announced())
    clock.passes(days=7)
    assert asked(Announced(rw=7, date=dt.date(2026, 3, 3), address="Jl. Baru No. 9")) == []


def test_one_place_with_two_addresses_is_asked(asked):
    assert asked(Announced(), Announced(rw=2, address="Jl. Baru No. 9")) == ["place_twice"]


def test_the_same_people_in_two_places_at_once_are_asked_of(asked):
    school: dict[str, Any] = {"place": "SDN 1", "kind": PlaceKind.SCHOOL}
    assert asked(Announced(), Announced(**school)) == ["two_places_at_once"]
    assert asked(Announced(), Announced(**school, starts=dt.time(11), ends=dt.time(12))) == []
    assert asked(Announced(), Announced(place="Rumah penerima", kind=PlaceKind.HOME)) == []


def test_a_last_day_that_cannot_be_read_is_asked(services):
    read = Announcement(sittings=(Announced(deadline=None),), faults=(Fault(2, "deadline", "date_unclear"),))
    assert [question.code for question in services.schedules.check(read).questions] == ["deadline_unclear"]


def test_what_became_questionable_since_the_import_is_asked_at_publishing(drafts, services, clock):
    id = drafts(Announced())
    clock.passes(days=60)
    with pytest.raises(Asked):
        services.schedules.publish(id)
    assert services.schedules.show(id).state is FileState.DRAFT
    services.schedules.publish(id, agreed=True)


def test_rows_of_no_use_are_counted_with_their_reasons(services):
    rows = in_rows(
        [
            Announced(),
            Announced(),
            Announced(programme="PHK"),
            Announced(region_code=None),
            Announced(starts=None),
            Announced(period="2026-T7"),
        ]
    )
    report = services.schedules.check(Announcement(sittings=rows, refused=(99,), faults=(Fault(99, "date", "x"),)))
    assert report.agrees
    assert (report.rows, report.used, report.counts["added"]) == (7, 1, 1)
    assert report.not_used == (
        (99, "x", True),
        (3, "repeated", False),
        (4, "programme_unknown", True),
        (5, "region_unknown", True),
        (6, "hours_unclear", True),
        (7, "period_unclear", True),
    )
    with pytest.raises(NothingFits):
        services.schedules.add(Announcement(sittings=rows[2:]), bytes(32))


def test_whose_home_it_is_stays_out_of_drafts_too(drafts, services):
    id = drafts(Announced(place="Rumah Bu Rukmini", kind=PlaceKind.HOME, address="Jl. Rahasia"))
    with services.database.reading() as connection:
        kept = connection.exec_driver_sql(f"SELECT content FROM payout_file WHERE id = {id}").scalar()
    assert "Rukmini" not in kept
    assert "Rahasia" not in kept


SAID = st.builds(
    Announced,
    rw=st.sampled_from([None, 1, 2]),
    date=st.sampled_from([TUESDAY, WEDNESDAY, dt.date(2025, 2, 24)]),
    starts=st.sampled_from([dt.time(8), dt.time(9), None]),
    deadline=st.sampled_from([None, dt.date(2026, 3, 31)]),
    place=st.sampled_from(["Kantor Kelurahan Tegal Gundil", "SDN 1"]),
    address=st.sampled_from([None, "Jl. A", "Jl. B"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.lists(SAID, min_size=1, max_size=5), min_size=1, max_size=4))
def test_every_row_has_one_fate_and_each_undo_restores_what_was(files, services, stands):
    steps = []
    for number, rows in enumerate(files):
        read = Announcement(sittings=in_rows(rows))
        report = services.schedules.check(read)
        assert report.agrees
        assert sum(report.counts.values()) + len(report.not_used) == len(rows)
        if report.used:
            before = stands()
            id, _ = services.schedules.add(read, bytes([number]) * 32, agreed=True)
            assert stands() == before
            assert services.schedules.publish(id, agreed=True).counts == report.counts
            steps.append((id, before))
    for id, before in reversed(steps):
        services.schedules.undo(id)
        assert stands() == before


def test_a_row_of_another_stage_or_programme_than_the_operators_is_not_used(services, office):
    rows = in_rows([Announced(period=None, stage="1"), Announced(period=None, stage="4", rw=6)])
    report = services.schedules.check(Announcement(sittings=rows), period="2026-T4")
    assert [(out.row, out.code) for out in report.not_used] == [(rows[0].row, "other_programme_or_stage")]
    report = services.schedules.check(Announcement(sittings=rows), programme="BST", period="2026-T4")
    assert {out.code for out in report.not_used} == {"other_programme_or_stage"}
    assert report.agrees
