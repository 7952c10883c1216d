"""Planning without pages: what holds whatever the database, and whoever is faster."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from salur.core.errors import Asked, Meanwhile, NotThere, Refused
from salur.core.officers.roles import Role
from salur.core.payouts.kinds import Announcement
from salur.core.payouts.planning.answers import WhenWhere, Whom
from salur.core.storage.database import MIGRATIONS
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient

WEDNESDAY = dt.date(2026, 2, 25)


@pytest.fixture
def planner(heads):
    """Somebody at Dinas Sosial Kota Bogor."""
    return heads.create(Role.DINSOS)


@pytest.fixture
def published(services, planner):
    """`published(draft)`: look, agree, publish."""

    def publishes(draft):
        return services.planning.publish(planner, draft, services.planning.look(planner, draft).digest, agreed=True)

    return publishes


def on(day, announced):
    """The same place and hours, on another day."""
    return WhenWhere(day, dt.time(8), dt.time(11), None, announced.sitting.place.id)


def days(services):
    """The days on which somebody of Tegal Gundil is paid, as residents read them."""
    return [one.sitting.starts.day for one in services.timetable.schedule(TEGAL_GUNDIL).upcoming]


def test_everything_that_is_planned_is_undone_exactly(services, office, planner, published):
    office.publishes(*(Recipient(rw=rw) for rw in (5, 6, 7)))
    office.announces(Announced())
    (whole,) = services.planning.board(planner)
    id = whole.areas[0].sitting
    before = services.timetable.schedule(TEGAL_GUNDIL)
    split = services.planning.split(planner, id, (), ((5, 6), (7,)), on(WEDNESDAY, whole))
    change = services.planning.look(planner, split)
    assert sorted(one.families for one in change.changes) == [1, 2]
    published(split)
    assert days(services) == [24, 25]
    beside = services.planning.announce(
        planner, "SEMBAKO", "2026-T1", Whom(TEGAL_GUNDIL, (5,), (1, 2)), on(WEDNESDAY, whole)
    )
    published(beside)
    assert days(services) == [24, 25, 25]
    moved = next(one for one in services.planning.board(planner) if one.areas[0].rw == 7)
    cancel = services.planning.cancel(planner, moved.areas[0].sitting)
    published(cancel)
    with pytest.raises(Refused, match="undo_first"):
        services.planning.take_back(planner, split)
    for file in (cancel, beside, split):
        services.planning.take_back(planner, file)
    assert services.timetable.schedule(TEGAL_GUNDIL) == before


def test_what_is_published_is_what_was_shown(services, office, planner):
    office.announces(Announced(rw=5))
    (announced,) = services.planning.board(planner)
    draft = services.planning.move(planner, announced.areas[0].sitting, on(WEDNESDAY, announced))
    shown = services.planning.look(planner, draft)
    # Meanwhile another payment is announced there, so that something is asked that nobody was shown.
    office.announces(Announced(rw=5, programme="SEMBAKO", date=WEDNESDAY))
    with pytest.raises(Meanwhile):
        services.planning.publish(planner, draft, shown.digest, agreed=True)
    assert 25 not in {one.sitting.starts.day for one in services.planning.board(planner) if one.programme == "PKH"}
    now = services.planning.look(planner, draft)
    with pytest.raises(Asked):
        services.planning.publish(planner, draft, now.digest, agreed=False)
    services.planning.publish(planner, draft, now.digest, agreed=True)


def test_of_two_who_move_the_same_at_once_one_is_told(services, office, planner):
    office.announces(Announced(rw=5))
    (announced,) = services.planning.board(planner)
    id = announced.areas[0].sitting
    drafts = [services.planning.move(planner, id, on(WEDNESDAY + dt.timedelta(days=n), announced)) for n in (0, 1)]
    seen = [services.planning.look(planner, draft).digest for draft in drafts]

    def publishes(n):
        try:
            services.planning.publish(planner, drafts[n], seen[n], agreed=True)
        except Meanwhile:
            return "told"
        return "published"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(publishes, (0, 1))) == ["published", "told"]
    assert len(days(services)) == 1


def test_a_file_that_speaks_of_two_cities_is_neither_ones_to_undo(services, office, planner):
    file = office.announces(Announced(), Announced(region_code="76.04.01.1001", place="Kantor Lain"))
    for step in (services.planning.look, services.planning.take_back):
        with pytest.raises(NotThere):
            step(planner, file)
    assert [one.areas[0].region_code for one in services.planning.board(planner)] == [TEGAL_GUNDIL]


def test_rows_of_another_city_are_refused_and_counted(services, planner):
    rows = (Announced(row=2), Announced(row=3, region_code="76.04.01.1001"))
    make = services.planning.taking_in(Announcement(sittings=rows), bytes(32), {}, planner.account)
    with services.database.writing() as connection:
        draft = make(connection, planner.territory.region_code)
    file = services.planning.look(planner, draft).file
    assert [(row, code) for row, code, _ in file.not_used] == [(3, "not_your_area")]
    assert file.rows == 2
    assert file.made_by == planner.account


def test_an_instance_goes_back_and_forth_with_all_of_it(services, office, planner, published):
    office.announces(Announced(rw=5), Announced(rw=9, place="Kantor Kelurahan Tegalgundil"))
    one, other = sorted(services.places.all(planner), key=lambda place: place.id)
    services.places.merge(planner, other.id, one.id, (other.seen, one.seen))
    fifth = next(one for one in services.planning.board(planner))
    published(services.planning.cancel(planner, fifth.areas[0].sitting))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    for direction, revision in ((command.downgrade, "0011"), (command.upgrade, "head")):
        with services.database.engine.begin() as connection:
            config.attributes["connection"] = connection
            direction(config, revision)
    with services.database.reading() as connection:
        states = connection.execute(text("SELECT DISTINCT state FROM payout_session")).scalars().all()
    assert "cancelled" not in states
    assert len(services.places.all(planner)) == 2
