"""A city sets its name, its office and its ways of working on the site, and every process goes by it within seconds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from salur.core.errors import DatabaseAway, FieldRefused, NotThere, Refused
from salur.core.officers.roles import Officer, Role
from salur.core.settings.kinds import Setting
from salur.core.settings.settings import FRESH
from salur.wiring import build
from tests.fixtures.officers import CITY


@pytest.fixture
def dinsos(heads) -> Officer:
    """Dinas Sosial of the city that is served."""
    return heads.create(Role.DINSOS, CITY)


def sets(services, officer, **values: str) -> int:
    """Set some things, as a form that was just opened."""
    told = {Setting(name): value for name, value in values.items()}
    return services.city.put(officer, told, seen=services.city.newest())


def test_until_somebody_sets_it_the_environment_says_it(services, dinsos):
    assert services.city.now().office_name == services.settings.office_name
    assert services.offices.dinsos is None
    sets(services, dinsos, office_address="Jl. Merdeka 142", office_phone="0251 123456")
    office = services.offices.dinsos
    assert office is not None
    assert office.address == "Jl. Merdeka 142"
    assert services.city.now().office_name == services.settings.office_name


def test_another_process_agrees_within_seconds(services, settings, clock, dinsos):
    other = build(settings, clock=clock)
    assert other.city.now().city_name == ""
    sets(services, dinsos, city_name="Kota Bogor")
    assert services.city.now().city_name == "Kota Bogor"
    clock.passes(seconds=FRESH.total_seconds())
    assert other.city.now().city_name == "Kota Bogor"
    other.database.dispose()


def test_two_people_are_needed_from_the_moment_on_that_it_is_set(services, settings, clock, dinsos):
    other = build(settings, clock=clock)
    assert not other.city.four_eyes()
    sets(services, dinsos, four_eyes="1")
    assert other.city.four_eyes()
    other.database.dispose()


def test_it_is_read_once_for_many_pages(services, dinsos):
    said = []
    event.listen(services.database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    for _ in range(20):
        services.city.now()
    assert len([one for one in said if "setting_change" in one]) == 1


def test_while_the_database_is_away_what_was_known_holds_but_not_for_four_eyes(services, clock, dinsos, monkeypatch):
    sets(services, dinsos, city_name="Kota Bogor", four_eyes="1")
    services.city.now()

    def away(*_args):
        raise DatabaseAway("OperationalError")

    monkeypatch.setattr(type(services.database), "reading", away)
    clock.passes(minutes=5)
    assert services.city.now().city_name == "Kota Bogor"
    with pytest.raises(DatabaseAway):
        services.city.four_eyes()


def test_the_history_says_who_changed_what_and_takes_it_back(services, dinsos, clock):
    sets(services, dinsos, office_hours="Senin-Jumat 08.00-15.00")
    clock.passes(minutes=1)
    assert sets(services, dinsos, office_hours="Senin-Jumat 08.00-14.00", city_name="") == 1
    second, first = services.city.history(dinsos)
    assert (first.before, first.after) == (None, "Senin-Jumat 08.00-15.00")
    assert (second.before, second.after) == (first.after, "Senin-Jumat 08.00-14.00")
    assert (second.by, second.newest, first.newest) == (dinsos.username, True, False)
    with pytest.raises(Refused, match="setting_changed_since"):
        services.city.undo(dinsos, first.id)
    services.city.undo(dinsos, second.id)
    assert services.city.now().office_hours == "Senin-Jumat 08.00-15.00"
    assert len(services.city.history(dinsos)) == 3


def test_undoing_the_first_change_lets_the_environment_speak_again(services, dinsos):
    sets(services, dinsos, office_name="Dinsos")
    services.city.undo(dinsos, services.city.newest())
    assert services.city.now().office_name == services.settings.office_name


def test_who_was_slower_is_told_and_changes_nothing(services, dinsos):
    seen = services.city.newest()
    sets(services, dinsos, city_name="Kota Bogor")
    with pytest.raises(Refused, match="settings_changed"):
        services.city.put(dinsos, {Setting.CITY_NAME: "Bogor"}, seen=seen)
    assert services.city.now().city_name == "Kota Bogor"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kept_days", "364"),
        ("kept_days", "396"),
        ("kept_days", "setahun"),
        ("uploads_days", "0"),
        ("header", "a\nb\nc\nd"),
        ("city_name", "x" * 61),
        ("office_name", " "),
    ],
)
def test_what_is_out_of_bounds_is_refused_at_its_field(services, dinsos, name, value):
    with pytest.raises(FieldRefused) as refused:
        sets(services, dinsos, **{name: value})
    assert refused.value.field == name
    assert services.city.history(dinsos) == ()


def test_only_dinas_sosial_of_this_city_sets_and_sees(services, heads):
    for officer in (heads.create(Role.KECAMATAN, "32.71.05"), heads.create(Role.DINSOS, "76.04")):
        for ask in (
            lambda who=officer: services.city.history(who),
            lambda who=officer: sets(services, who, city_name="x"),
            lambda who=officer: services.city.undo(who, 1),
        ):
            with pytest.raises(NotThere):
                ask()


def test_what_is_old_is_deleted_when_the_city_says(services, dinsos):
    assert services.city.kept() == timedelta(days=395)
    sets(services, dinsos, kept_days="365", uploads_days="3")
    assert (services.city.kept(), services.city.uploads_kept()) == (timedelta(days=365), timedelta(days=3))
