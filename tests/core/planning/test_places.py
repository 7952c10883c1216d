"""Places as an office keeps them, without pages: what is merged, undone and undone in another order."""

from __future__ import annotations

from typing import Any

import pytest

from salur.core.errors import Meanwhile, NotThere, Refused
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from tests.fixtures.office import TEGAL_GUNDIL, Announced

OLD_NAME: dict[str, Any] = {"place": "Kantor Kelurahan Tegalgundil", "opening_hours": None, "rw": 9}


@pytest.fixture
def operator(heads):
    """Somebody at Dinas Sosial Kota Bogor."""
    return heads.create(Role.DINSOS)


def merged(services, operator):
    """Merge the younger of two into the older."""
    (twins,) = services.places.twins(operator)
    services.places.merge(operator, twins.other.id, twins.one.id, (twins.other.seen, twins.one.seen))
    return twins


def test_a_schedule_that_was_undone_after_a_merge_and_the_merge_after_it_leave_what_was(services, office, operator):
    office.announces(Announced(rw=5), Announced(**OLD_NAME))
    twins = merged(services, operator)
    file = office.announces(Announced(**OLD_NAME | {"rw": 10}))
    assert services.places.show(operator, twins.one.id).upcoming == 3
    services.schedules.undo(file)
    assert services.places.show(operator, twins.one.id).upcoming == 2
    step = services.places.history(operator, twins.one.id)[0]
    services.places.undo(operator, twins.one.id, step.id)
    assert {one.upcoming for one in services.places.all(operator)} == {1}


def test_what_the_other_lacks_is_filled_in_and_emptied_again(services, office, operator):
    office.announces(
        Announced(rw=5, opening_hours=None), Announced(**OLD_NAME | {"opening_hours": "Senin 08.00-12.00"})
    )
    twins = merged(services, operator)
    assert services.places.show(operator, twins.one.id).place.opening_hours == "Senin 08.00-12.00"
    step = services.places.history(operator, twins.other.id)[0]
    assert step.sittings == 1
    services.places.undo(operator, twins.other.id, step.id)
    assert services.places.show(operator, twins.one.id).place.opening_hours is None


def test_a_step_is_taken_back_only_as_the_last(services, office, operator):
    office.announces(Announced(rw=5), Announced(**OLD_NAME))
    twins = merged(services, operator)
    kept = services.places.show(operator, twins.one.id)
    facts = PlaceFacts(**{**vars_of(kept.facts), "name": "Kantor Lurah"})
    services.places.change(operator, kept.id, facts, kept.seen)
    change, merge, *_ = services.places.history(operator, kept.id)
    with pytest.raises(Refused, match="undo_later_first"):
        services.places.undo(operator, kept.id, merge.id)
    services.places.undo(operator, kept.id, change.id)
    with pytest.raises(Refused, match="undo_later_first"):
        services.places.undo(operator, kept.id, change.id)
    services.places.undo(operator, kept.id, merge.id)
    assert len(services.places.all(operator)) == 2


def test_what_an_office_said_of_a_place_outlives_the_undoing_of_a_schedule(services, office, operator):
    office.announces(Announced(rw=5))
    file = office.announces(Announced(rw=6, address="Jl. Kedua No. 2"))
    (kept,) = services.places.all(operator)
    assert kept.place.address == "Jl. Kedua No. 2"
    facts = PlaceFacts(**{**vars_of(kept.facts), "address": "Jl. Ketiga No. 3"})
    services.places.change(operator, kept.id, facts, kept.seen, moves=True)
    services.schedules.undo(file)
    assert services.places.show(operator, kept.id).place.address == "Jl. Ketiga No. 3"


def test_who_saw_less_than_there_is_merges_and_changes_nothing(services, office, operator):
    office.announces(Announced(rw=5), Announced(**OLD_NAME))
    (twins,) = services.places.twins(operator)
    with pytest.raises(Meanwhile):
        services.places.merge(operator, twins.other.id, twins.one.id, (twins.other.seen - 1, twins.one.seen))
    with pytest.raises(Meanwhile):
        services.places.change(operator, twins.one.id, twins.one.facts, twins.one.seen + 1)
    assert len(services.places.all(operator)) == 2


def test_another_citys_place_is_not_there(services, office, heads, operator):
    office.announces(Announced(rw=5), Announced(**OLD_NAME))
    stranger = heads.create(Role.DINSOS, "76.04")
    (twins,) = services.places.twins(operator)
    assert services.places.all(stranger) == ()
    for step in (
        lambda: services.places.change(stranger, twins.one.id, twins.one.facts, twins.one.seen),
        lambda: services.places.merge(stranger, twins.other.id, twins.one.id, (twins.other.seen, twins.one.seen)),
        lambda: services.places.tell_apart(stranger, twins.one.id, twins.other.id),
        lambda: services.places.undo(stranger, twins.one.id, 1),
        lambda: services.places.history(stranger, twins.one.id),
    ):
        with pytest.raises(NotThere):
            step()


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ({"name": "SD Negeri 2"}, False),  # another number is another school
        ({"name": "S D Negeri 1"}, True),
        ({"name": "SD Negeri 1", "latitude": -6.60, "longitude": 106.85}, False),  # kilometres away
        ({"name": "Masjid Al-Ikhlas", "kind": PlaceKind.OTHER}, False),
    ],
)
def test_only_what_is_likely_one_is_proposed(services, operator, other, alike):
    known: dict[str, Any] = {"name": "SD Negeri 1", "kind": PlaceKind.SCHOOL, "region_code": TEGAL_GUNDIL}
    known |= {"latitude": -6.57, "longitude": 106.82}
    services.places.add(operator, PlaceFacts(**known), is_another=True)
    told = {**known, "latitude": None, "longitude": None, **other}
    if other.get("latitude"):
        told["region_code"] = "32.71.05.1003"
    services.places.add(operator, PlaceFacts(**told), is_another=True)
    assert bool(services.places.twins(operator)) is alike


def vars_of(facts: PlaceFacts) -> dict[str, Any]:
    """Facts by name."""
    return {name: getattr(facts, name) for name in PlaceFacts.__dataclass_fields__}
