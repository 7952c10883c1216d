"""What an office sees before it publishes, and that nobody publishes alone where the city wants two."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused
from salur.core.lists.answers import Reason
from salur.core.officers.roles import Role
from salur.core.settings.kinds import YES, Setting
from tests.fixtures.office import Recipient


@pytest.fixture
def two_needed(services, heads):
    """A city that wants two people; gives the officer who set it."""
    officer = heads.create(Role.DINSOS)
    services.city.put(officer, {Setting.FOUR_EYES: YES}, seen=services.city.newest())
    return officer


def test_rows_with_one_nik_are_counted_as_doubles_where_they_stand(office, services):
    twice, once = Recipient(), Recipient()
    again = Recipient(nik=twice.nik, kk=twice.kk, name="SITI LAINNYA")
    change = services.lists.change(office.drafts(twice, again, once))
    assert (change.total.doubled, [counts.doubled for counts in change.by_kelurahan().values()]) == (2, [2])


def test_whoever_stays_on_another_list_in_force_is_a_double(office, services):
    elsewhere = Recipient(region_code="32.71.05.1001")
    office.publishes(elsewhere)
    here = Recipient(nik=elsewhere.nik, kk=elsewhere.kk, name=elsewhere.name)
    assert services.lists.change(office.drafts(here)).total.doubled == 1


def test_nobody_without_a_nik_is_a_double(office, services):
    no_number = [Recipient(nik=None, kk=None, letter_code=f"PBP000{n}") for n in range(3)]
    assert services.lists.change(office.drafts(*no_number)).total.doubled == 0


def test_a_family_that_reads_another_answer_is_counted_once(office, services):
    mother = Recipient()
    child, same, leaves = Recipient(kk=mother.kk), Recipient(), Recipient()
    office.publishes(same, leaves)
    change = services.lists.change(office.drafts(mother, child, same))
    assert (change.total.new, change.total.dropped, change.total.families) == (2, 1, 2)


def test_a_period_that_is_over_has_to_be_agreed_to(office, services, clock):
    draft = office.drafts(Recipient(), period="2026-T1")
    seen = services.lists.change(draft)
    assert Reason.PERIOD_OVER not in seen.reasons
    clock.passes(days=150)
    assert Reason.PERIOD_OVER in services.lists.change(draft).reasons
    with pytest.raises(Refused, match="change_is_another"):
        services.lists.publish(seen.seen())
    with pytest.raises(Refused, match="not_agreed"):
        services.lists.publish(services.lists.change(draft).seen())


def test_who_imported_does_not_publish_where_two_are_needed(office, services, two_needed):
    draft = office.drafts(Recipient())
    agreed = services.lists.change(draft).agreed()
    assert not services.lists.may_publish(draft, None)
    with pytest.raises(Refused, match="second_person_needed"):
        services.lists.publish(agreed)  # imported at the console: it is one person, whoever sits there
    assert services.lists.show(draft).state == "draft"
    assert services.lists.publish(agreed, by=two_needed.account).people == 1


def test_one_person_publishes_where_the_city_wants_one(office, services):
    draft = office.drafts(Recipient())
    assert services.lists.may_publish(draft, None)
    assert services.lists.publish(services.lists.change(draft).agreed()).people == 1
