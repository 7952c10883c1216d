"""Two lists side by side: the sums agree, each sees their own area, and every look is recorded."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from salur.core.comparing import comparing
from salur.core.comparing.kinds import Kind, What
from salur.core.errors import NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import Coverage, State
from salur.core.officers.roles import Officer, Role
from salur.core.tables.comparing import ComparisonLinesRow
from salur.core.tables.privacy import AccessRow
from tests.fixtures.office import Office, Recipient
from tests.fixtures.officers import CITY, Heads
from tests.fixtures.uploads import work_off

ELSEWHERE = "76.04.01.1001"


@pytest.fixture
def dinsos(heads: Heads) -> Officer:
    """Who compares."""
    return heads.create(Role.DINSOS, CITY)


def looks(services) -> dict[str, int]:
    """How often persons were looked at, by kind."""
    with services.database.reading() as connection:
        found = connection.execute(select(AccessRow.what, func.count().label("count")).group_by(AccessRow.what))
        return {row.what: row.count for row in found}


def two_lists(office: Office) -> tuple[int, int]:
    """One list in force and a draft: somebody leaves, comes, moves, gets more, is taken off, cannot be told apart."""
    moves, more, off, stays = (Recipient(name=f"{n} KUSUMA") for n in ("MARYATI", "EUIS", "IDA", "TUTI"))
    twice = Recipient(name="SITI AMINAH")
    before = office.publishes(moves, more, off, stays, twice, Recipient(name="DEDEH HILANG"))
    after = office.drafts(
        Recipient(name=moves.name, nik=moves.nik, kk=moves.kk, rw=7, rt=1),
        Recipient(name=more.name, nik=more.nik, kk=more.kk, amount=900_000),
        Recipient(name=off.name, nik=off.nik, kk=off.kk, state=State.TAKEN_OFF, reason="died"),
        stays,
        twice,
        Recipient(name="SITI AMINAH", nik=twice.nik),
        Recipient(name="NENENG BARU"),
        period="2026-T2",
    )
    return before, after


def test_everybody_of_both_lists_goes_one_way(services, office: Office, dinsos):
    before, after = two_lists(office)
    id = services.comparing.begin(after, before, by=dinsos.account)
    shown = services.comparing.within(id, dinsos)
    total = shown.total
    assert (shown.before.id, shown.after.id) == (before, after)
    assert (total.before, total.after) == (6, 7)
    assert (total.removed, total.added, total.in_both, total.unsure_before, total.unsure_after) == (1, 1, 4, 1, 2)
    assert total.before == total.removed + total.in_both + total.unsure_before
    assert total.after == total.added + total.in_both + total.unsure_after
    assert shown.agrees
    assert shown.is_current
    assert [shown.shown(kind) for kind in Kind] == [1, 1, 3, 3]


def test_what_is_said_of_them_is_shown_with_what_was_said_before(services, office: Office, dinsos):
    id = services.comparing.begin(*two_lists(office), by=dinsos.account)
    page = services.comparing.page(id, Kind.CHANGED, dinsos, door=Door.SITE)
    told = {line.now.name.split()[0]: line for line in page}
    assert {name: line.what for name, line in told.items()} == {
        "MARYATI": What.PLACE,
        "EUIS": What.AMOUNT,
        "IDA": What.STATE,
    }
    assert (told["EUIS"].was.amount, told["EUIS"].now.amount) == (600_000, 900_000)
    assert (told["MARYATI"].was.rw, told["MARYATI"].now.rw) == (5, 7)
    assert len(told["IDA"].now.nik or "") == 4


def test_a_page_is_a_look_at_a_list_and_a_workbook_takes_it_away(services, office: Office, dinsos):
    id = services.comparing.begin(*two_lists(office), by=dinsos.account)
    assert looks(services) == {}
    services.comparing.page(id, Kind.REMOVED, dinsos, door=Door.SITE)
    assert looks(services) == {"list": 1}
    lines = services.comparing.export(id, dinsos, door=Door.SITE)
    assert {kind: len(found) for kind, found in lines.items()} == dict(zip(Kind, (1, 1, 3, 3), strict=True))
    # Of those with another place, NIK or family both rows were opened; the others share one.
    assert looks(services)["export"] == 8


def test_who_lives_outside_the_area_is_counted_and_not_shown(services, office: Office, dinsos, heads):
    here, gone = Recipient(name="MARYATI KUSUMA"), Recipient(name="EUIS KARTINI", region_code=ELSEWHERE)
    before = office.publishes(here, gone)
    after = office.drafts(Recipient(name=here.name, nik=here.nik, kk=here.kk, region_code=ELSEWHERE), period="2026-T2")
    id = services.comparing.begin(before, after, by=dinsos.account)
    shown = services.comparing.within(id, dinsos)
    assert (shown.shown(Kind.REMOVED), shown.hidden[Kind.REMOVED]) == (0, 1)
    assert (shown.shown(Kind.CHANGED), shown.hidden[Kind.CHANGED]) == (0, 1)
    assert (shown.total.left, shown.total.came) == (1, 1)
    assert shown.agrees
    assert looks(services) == {}
    there = heads.create(Role.DINSOS, "76.04")
    page = services.comparing.page(id, Kind.CHANGED, there, door=Door.SITE)
    assert [(line.now.name, line.was, line.elsewhere) for line in page] == [("MARYATI KUSUMA", None, True)]


def test_pages_and_kelurahan_follow_each_other_without_gaps(services, office: Office, dinsos, monkeypatch):
    monkeypatch.setattr(comparing, "ON_A_PAGE", 4)
    other = "32.71.05.1004"
    people = [
        Recipient(name=f"NAMA {n:02}", region_code=other if n % 3 else "32.71.05.1002", rw=n) for n in range(1, 12)
    ]
    before, after = office.publishes(Recipient(rw=1)), office.drafts(*people, period="2026-T2")
    id = services.comparing.begin(before, after, by=dinsos.account)

    def names(kelurahan: str = "") -> list[str]:
        first = services.comparing.page(id, Kind.ADDED, dinsos, kelurahan=kelurahan, door=Door.SITE)
        pages = [
            services.comparing.page(id, Kind.ADDED, dinsos, kelurahan=kelurahan, page=n, door=Door.SITE)
            for n in range(1, first.pages + 1)
        ]
        return [line.now.name for page in pages for line in page]

    assert names() == [p.name for p in sorted(people, key=lambda p: (p.region_code, p.rw))]
    assert names(other) == [p.name for p in people if p.region_code == other]


def test_large_lists_are_compared_beside_the_site(services, office: Office, dinsos, monkeypatch):
    monkeypatch.setattr(comparing, "AT_ONCE", 3)
    id = services.comparing.begin(*two_lists(office), by=dinsos.account)
    waiting = services.comparing.within(id, dinsos)
    assert not waiting.is_done
    assert waiting.job is not None
    work_off(services)
    done = services.comparing.within(id, dinsos)
    assert done.agrees
    assert done.shown(Kind.CHANGED) == 3
    assert services.comparing.begin(done.before.id, done.after.id, by=dinsos.account) == id


def test_it_is_compared_anew_when_a_list_has_lost_people(services, office: Office, dinsos):
    before = office.publishes(Recipient(rw=5), Recipient(rw=6))
    after = office.drafts(Recipient(rw=5), Recipient(rw=6), period="2026-T2")
    id = services.comparing.begin(before, after, by=dinsos.account)
    assert services.comparing.begin(before, after, by=dinsos.account) == id
    office.publishes(Recipient(rw=6), coverage=Coverage.RW)
    assert not services.comparing.within(id, dinsos).is_current
    again = services.comparing.begin(before, after, by=dinsos.account)
    assert again != id
    now = services.comparing.within(again, dinsos)
    assert (now.is_current, now.agrees, now.total.before) == (True, True, 1)


def test_too_many_are_not_taken_away_at_once(services, office: Office, dinsos, monkeypatch):
    id = services.comparing.begin(*two_lists(office), by=dinsos.account)
    monkeypatch.setattr(comparing, "MOST_TAKEN", 7)
    with pytest.raises(Refused, match="too_many_to_take"):
        services.comparing.export(id, dinsos, door=Door.SITE)
    assert looks(services) == {}


def test_it_goes_after_a_while(services, office: Office, dinsos, clock):
    id = services.comparing.begin(*two_lists(office), by=dinsos.account)
    clock.passes(hours=24 * 15)
    services.retention.purge()
    with pytest.raises(NotThere):
        services.comparing.show(id)
    with services.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(ComparisonLinesRow)).scalar() == 0


def test_whom_a_correction_speaks_of_is_compared_as_it_says(services, office: Office, koreksi, clock, dinsos):
    """They stand on the correction alone, and would be new on any other list, or gone from it."""
    corrected, other = Recipient(name="EUIS KUSUMA"), Recipient(name="TUTI KUSUMA")
    before = office.publishes(corrected, other)
    after = office.drafts(
        Recipient(name=corrected.name, nik=corrected.nik, kk=corrected.kk, amount=900_000), other, period="2026-T2"
    )
    first = services.comparing.begin(before, after, by=dinsos.account)
    assert services.comparing.show(first).total.changed == 1
    koreksi.publishes(corrected, amount=900_000)
    assert not services.comparing.show(first).is_current
    id = services.comparing.begin(before, after, by=dinsos.account)
    shown = services.comparing.within(id, dinsos)
    assert (shown.before.people, shown.total.before, shown.total.stays, shown.total.changed) == (2, 2, 2, 0)
    assert shown.agrees
    clock.passes(minutes=1)
    office.agrees(after)  # the correction ends with its list, and stays what that says
    shown = services.comparing.within(id, dinsos)
    assert shown.is_current
    assert shown.agrees
    again = services.comparing.begin(before, after, by=dinsos.account)
    assert again == id


def test_what_the_page_that_began_it_did_not_finish_is_begun_again(services, office: Office, dinsos, monkeypatch):
    lists = two_lists(office)
    with monkeypatch.context() as killed:
        killed.setattr(comparing, "rows_of", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.comparing.begin(*lists, by=dinsos.account)
    assert services.comparing.show(services.comparing.begin(*lists, by=dinsos.account)).is_done
