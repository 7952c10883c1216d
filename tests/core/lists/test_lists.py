"""A list's life, told by what the office and residents see of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

import pytest

from salur.core.errors import Refused
from salur.core.lists.coverage import area_of
from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.kinds import Draft
from tests.fixtures.office import Recipient


def test_publishing_says_who_came_and_who_dropped_out(office, services):
    stays, leaves, comes = Recipient(), Recipient(), Recipient()
    office.publishes(stays, leaves, period="2025-T4")
    done = office.agrees(office.drafts(stays, comes, period="2026-T1"))
    assert (done.people, done.change.total.new, done.change.total.dropped) == (2, 1, 1)
    states = {summary.id: (summary.state, summary.superseded_by) for summary in services.lists.all()}
    assert states == {done.superseded[0]: ("superseded", done.list), done.list: ("published", None)}


def test_everyone_on_a_first_list_is_new_with_a_number_or_without(office, services):
    by_letter = Recipient(nik=None, kk=None, letter_code="PBP0001")
    done = office.agrees(office.drafts(Recipient(), by_letter, Recipient(state="taken_off")))
    assert (done.people, done.change.total.new, done.change.total.dropped) == (3, 2, 0)


def test_lists_of_other_areas_and_programmes_stay_in_force(office, services):
    office.publishes(Recipient())
    office.publishes(Recipient(region_code="32.71.05.1001"))
    office.publishes(Recipient(), programme="SEMBAKO")
    assert [summary.state for summary in services.lists.all()] == ["published"] * 3


def test_an_older_list_cannot_supersede_a_newer(office, services):
    office.publishes(Recipient(), period="2026-T1")
    draft = office.drafts(Recipient(), period="2025-T4")
    with pytest.raises(Refused) as refused:
        office.agrees(draft)
    assert refused.value.code == "newer_in_force"
    assert services.lists.show(draft).state == "draft"


def test_a_correction_of_the_same_period_supersedes(office, services):
    first = office.publishes(Recipient())
    second = office.publishes(Recipient())
    assert (services.lists.show(first).state, services.lists.show(second).state) == ("superseded", "published")


def test_a_published_list_is_not_published_twice(office, services):
    listed = office.publishes(Recipient())
    with pytest.raises(Refused) as refused:
        office.agrees(listed)
    assert refused.value.facts["state"] == "published"


def test_a_bad_list_is_taken_back_and_the_old_one_restored(office, services):
    old = office.publishes(Recipient(), period="2025-T4")
    bad = office.publishes(Recipient(), period="2026-T1")
    assert services.lists.withdraw(bad, "wrong amounts") == (old,)
    assert services.lists.restore(old) == ()
    assert services.lists.show(old).state == "published"
    assert services.lists.show(bad).ended_why == "wrong amounts"


def test_restoring_takes_out_what_is_in_force(office, services):
    old = office.publishes(Recipient(), period="2025-T4")
    new = office.publishes(Recipient(), period="2026-T1")
    assert services.lists.restore(old) == (new,)
    assert (services.lists.show(old).state, services.lists.show(new).state) == ("published", "withdrawn")


def test_a_withdrawn_draft_is_a_draft_again(office, services):
    draft = office.drafts(Recipient())
    services.lists.withdraw(draft, "not yet")
    services.lists.restore(draft)
    assert services.lists.show(draft).state == "draft"


@pytest.mark.parametrize("act", ["change", "restore", "show"])
def test_a_list_that_is_not_there_is_refused(services, act):
    with pytest.raises(Refused) as refused:
        getattr(services.lists, act)(404)
    assert refused.value.code == "no_such_list"


FACTS = ListFacts("PKH", "2026-T1", "SK 1", date(2026, 1, 12), "Kemensos")


def test_the_same_file_twice_is_refused_until_it_is_withdrawn(services):
    draft, digest = Draft(people=(Recipient(),)), hashlib.blake2b(b"file", digest_size=32).digest()
    first = services.imports.add(draft, FACTS, digest)
    with pytest.raises(Refused) as refused:
        services.imports.add(draft, FACTS, digest)
    assert refused.value.facts == {"list": first}
    services.lists.withdraw(first, "again")
    assert services.imports.add(draft, FACTS, digest) > first


@pytest.mark.parametrize(
    ("facts", "people", "code"),
    [
        (ListFacts("PKH", "2026-T9", "SK", date(2026, 1, 12), "K"), [Recipient()], "bad_period"),
        (ListFacts("NONE", "2026-T1", "SK", date(2026, 1, 12), "K"), [Recipient()], "unknown_programme"),
        (FACTS, [], "nobody"),
    ],
)
def test_an_import_that_makes_no_sense_writes_nothing(services, facts, people, code):
    with pytest.raises(Refused) as refused:
        services.imports.add(Draft(people=tuple(people)), facts, b"0" * 32)
    assert refused.value.code == code
    assert services.lists.all() == ()


def test_who_is_written_alike_is_kept_once(office, services):
    from sqlalchemy import text

    mother = Recipient()
    for programme in ("PKH", "SEMBAKO", "APBD"):
        office.publishes(mother, programme=programme)
    with services.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM person")).scalar() == 1


def test_the_area_is_the_smallest_that_holds_nearly_all():
    assert area_of(Counter(["32.71.05.1002"] * 3)) == "32.71.05.1002"
    assert area_of(Counter(["32.71.05.1002", "32.71.05.1001"])) == "32.71.05"
    assert area_of(Counter(["32.71.05.1002", "32.71.01.1001", None])) == "32.71"
    assert area_of(Counter(["32.71.05.1002"] * 99 + ["76.04.03.1001"])) == "32.71.05.1002"
    assert area_of(Counter([None])) == ""


def test_what_is_past_its_time_is_deleted(office, services, clock):
    from salur.core.limits.asker import Asker
    from salur.core.lookup.answers import NotOnTheList
    from salur.core.people.nik import Nik

    mother, neighbour = Recipient(), Recipient()
    office.publishes(mother, period="2025-T1")
    office.publishes(neighbour, period="2025-T2")
    services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(1))
    services.lookup.ask(Nik.parse(mother.nik), "Budi", asker=Asker.chat(2))
    assert services.retention.purge().people == 0
    clock.passes(days=396)
    purged = services.retention.purge()
    assert (purged.lists, purged.people, purged.access_records) == (1, 1, 1)
    assert purged.tallies >= 3
    assert services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(1)) == NotOnTheList()
