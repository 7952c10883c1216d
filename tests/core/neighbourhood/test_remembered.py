"""A list is worked out once and remembered: it reads as if it were worked out anew, whatever became of it meanwhile."""

from __future__ import annotations

import gc

import pytest

from salur.core.limits.kinds import Door
from salur.core.marks.kinds import MarkKind
from salur.core.neighbourhood import queries
from salur.core.neighbourhood.answers import Filter, LineState, Sort
from salur.core.neighbourhood.neighbourhoods import Neighbourhoods
from salur.core.neighbourhood.remembered import Remembered
from salur.core.officers.scope import Scope
from salur.core.privacy.access_log import AccessLog
from salur.core.storage.vault import Vault
from tests.core.neighbourhood.conftest import names, told
from tests.fixtures.office import Announced, Recipient, Reported
from tests.fixtures.services import vault_of

MOTHER, NEIGHBOUR, AUNT = Recipient(), Recipient(name="RUKMINI", rt=4), Recipient(name="WATI", rw=6)


def story(office, services, clock, koreksi, head):
    """What becomes of a list, a step at a time."""
    first = office.publishes(MOTHER, NEIGHBOUR, AUNT)
    yield "a list"
    file = office.hears(Reported(nik=MOTHER.nik), Reported(row=3, nik=AUNT.nik, status="returned"))
    yield "payments"
    services.payments.undo(file)
    yield "payments undone"
    office.announces(Announced())
    yield "a sitting"
    clock.passes(days=5)
    yield "the sitting is over"
    line = services.neighbourhood.page(head, Filter(), door=Door.SITE).lines[0]
    services.marks.make(head, line.entitlement, MarkKind.OTHER_AID)
    yield "a mark"
    correction = koreksi.drafts(NEIGHBOUR, amount=400_000, name="RUKMINI SARI")
    office.agrees(correction)
    yield "a corrected name"
    office.publishes(MOTHER, NEIGHBOUR, AUNT, programme="SEMBAKO")
    yield "another programme"
    second = office.publishes(MOTHER, AUNT, period="2026-T2")
    yield "a list without the neighbour"
    services.lists.undo(second, "wrong")
    yield "that list undone"
    services.lists.undo(correction, "wrong")
    yield "the correction undone"
    services.lists.withdraw(first, "wrong")
    yield "the first withdrawn"
    clock.passes(days=400)
    services.retention.purge()
    yield "a year later"


def test_it_reads_as_if_worked_out_anew(office, heads, services, clock, koreksi):
    """In a process that has seen every step, and in one that was just started."""
    officers = [heads.create("kelurahan"), heads.create("rw", rw=5)]
    seen = set()
    for step in story(office, services, clock, koreksi, officers[1]):
        fresh = Neighbourhoods(services.database, vault_of(services), AccessLog(vault_of(services), clock), clock)
        for officer in officers:
            for sort in Sort:
                known, anew = (
                    one.export(officer, Filter(sort=sort), door=Door.SITE) for one in (services.neighbourhood, fresh)
                )
                assert told(known) == told(anew), (step, sort)
            assert services.neighbourhood.count_not_collected(officer) == fresh.count_not_collected(officer), step
        seen.add(tuple(told(anew)))
    assert len(seen) > 8  # the steps are of a kind that shows


def test_the_rows_of_all_pages_are_all_rows_each_once(office, heads, services):
    office.publishes(*(Recipient(name=f"IBU {'ABCDE'[n % 5]}", rt=n % 4 + 1, rw=n % 3 + 1) for n in range(45)))
    officer = heads.create("kelurahan")
    for sort in Sort:
        whole = services.neighbourhood.export(officer, Filter(sort=sort), door=Door.SITE)
        pages = [
            services.neighbourhood.page(officer, Filter(sort=sort), number, size=10, door=Door.SITE)
            for number in range(1, 6)
        ]
        found = [line.entitlement for page in pages for line in page.lines]
        assert found == [line.entitlement for line in whole.lines]
        assert len(set(found)) == whole.total == sum(whole.counts.values()) == whole.counts[LineState.DUE] == 45
    order = [(line.rw, line.rt, line.name) for line in services.neighbourhood.export(
        officer, Filter(), door=Door.SITE).lines]  # fmt: skip
    assert order == sorted(order)


def test_a_second_look_opens_no_name_and_is_recorded_as_the_first(office, head, lists, monkeypatch, services):
    office.publishes(*(Recipient(name=f"IBU {n}") for n in range(4)))
    first = lists(head)
    opened: list[str] = []
    monkeypatch.setattr(Vault, "open", spying(Vault.open, opened))
    assert names(lists(head)) == names(first)
    assert set(opened) == {"person.sealed_numbers"}
    assert names(lists(head, name="ibu")) == names(first)
    assert "person.sealed_names" not in opened


def spying(really, opened):
    def open(self, sealed, place, row):
        opened.append(place)
        return really(self, sealed, place, row)

    return open


def test_nothing_sealed_and_no_index_of_a_number_is_kept(office, head, services, clock):
    office.publishes(MOTHER, AUNT)
    remembered = Remembered(vault_of(services))
    with services.database.reading() as connection:
        for kept in (False, True):
            (entry,) = remembered.entries(connection, Scope.of(head), clock())
            person = entry.row.person
            bare = (person.nik_index, person.kk_index, person.sealed_names) == (None, None, b"")
            assert bare == kept


@pytest.mark.parametrize(("most", "forgotten"), [(6, []), (5, [1]), (3, [2, 1]), (1, [3, 2, 1])])
def test_what_was_not_read_for_longest_is_forgotten(office, heads, services, clock, monkeypatch, most, forgotten):
    office.publishes(*(Recipient(rw=rw) for rw in (1, 2, 3) for _ in range(2)))
    remembered = Remembered(vault_of(services), most_lines=most)
    opened: list[str] = []
    scopes = {rw: Scope.of(heads.create("rw", rw=rw)) for rw in (1, 2, 3)}
    with services.database.reading() as connection:
        for scope in scopes.values():
            assert len(remembered.entries(connection, scope, clock())) == 2
        monkeypatch.setattr(Vault, "open", spying(Vault.open, opened))
        anew = []
        for rw in (3, 2, 1):
            opened.clear()
            remembered.entries(connection, scopes[rw], clock())
            anew += [rw] if opened else []
    assert anew == forgotten


def lists_in_memory():
    gc.collect()
    kinds = [type(one) for one in gc.get_objects()]
    return sum((kind.__module__, kind.__name__) == (Remembered.__module__, "_List") for kind in kinds)


def test_what_lists_there_are_is_kept_once_however_many_areas_are_read(office, heads, services, clock):
    """There may be thousands of lists, and of areas as many."""
    office.publishes(MOTHER, AUNT)
    office.publishes(MOTHER, AUNT, programme="SEMBAKO")
    remembered = Remembered(vault_of(services))
    before = lists_in_memory()
    with services.database.reading() as connection:
        for rw in range(1, 9):
            remembered.entries(connection, Scope.of(heads.create("rw", rw=rw)), clock())
        assert lists_in_memory() == before + 2
        office.publishes(MOTHER, programme="PKH")
    with services.database.reading() as connection:
        remembered.entries(connection, Scope.of(heads.create("rw", rw=9)), clock())
    assert lists_in_memory() == before + 3  # and nothing of what was before


def test_an_area_where_nobody_lives_takes_its_place_too(office, heads, services, clock, monkeypatch):
    office.publishes(MOTHER)
    remembered = Remembered(vault_of(services), most_lines=2)
    looked: list[Scope] = []
    really = queries.listed_rows

    def looking(connection, scope):
        looked.append(scope)
        return really(connection, scope)

    monkeypatch.setattr(queries, "listed_rows", looking)
    scopes = [Scope.of(heads.create("rw", rw=rw)) for rw in (21, 22, 23)]
    with services.database.reading() as connection:
        for scope in [*scopes, scopes[2], scopes[0]]:
            remembered.entries(connection, scope, clock())
    assert looked == [*scopes, scopes[0]]
