"""Marks: what a head says of the people of his list, and how it goes up the chain."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import event, select

from salur.core.errors import Refused
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.marks.kinds import NOTE_LENGTH, CareReason, MarkKind, MarkState, Outcome, Step
from salur.core.marks.marks import open_marks
from salur.core.officers.roles import Role
from salur.core.officers.scope import Scope
from salur.core.people.nik import Nik
from salur.core.tables.marks import MarkEventRow, MarkRow
from salur.core.tables.people import EntitlementRow, PersonRow
from salur.core.tables.privacy import AccessRow
from tests.fixtures.office import Recipient
from tests.fixtures.services import vault_of

MOVED = MarkKind.MOVED_AWAY


def entry_of(services, recipient, *, list_id=None):
    """The id of the newest entry of a recipient, or of the one on a list."""
    of_hers = PersonRow.nik_index == vault_of(services).index(recipient.nik)
    statement = select(EntitlementRow.id).join(PersonRow, PersonRow.id == EntitlementRow.person_id).where(of_hers)
    if list_id is not None:
        statement = statement.where(EntitlementRow.list_id == list_id)
    with services.database.reading() as connection:
        return connection.execute(statement.order_by(EntitlementRow.id.desc()).limit(1)).scalar_one()


def refusal(act, *args, **more):
    """The code of what was refused."""
    with pytest.raises(Refused) as refused:
        act(*args, **more)
    return refused.value.code


def asks(services, recipient):
    """What she is told."""
    return services.lookup.ask(Nik.parse(recipient.nik), recipient.name, asker=Asker.chat(5))


@pytest.fixture
def mother():
    return Recipient()


@pytest.fixture
def entry(office, services, mother):
    office.publishes(mother)
    return entry_of(services, mother)


@pytest.fixture
def rt(heads):
    return heads.create("rt")


def test_a_mark_goes_up_the_chain_until_it_is_handled(services, heads, clock, rt, entry):
    kelurahan, kecamatan, dinsos = (heads.create(role) for role in ("kelurahan", "kecamatan", "dinsos"))
    id = services.marks.make(rt, entry, MOVED, note="Pindah ke Ciomas bulan lalu.")
    clock.passes(hours=1)
    services.marks.confirm(kelurahan, id, note="Benar.")
    services.marks.confirm(kecamatan, id)
    services.marks.handle(dinsos, id, Outcome.LIST_CORRECTED, note="Daftar tahap 2.")
    (mark,) = services.marks.inbox(rt, door=Door.SITE).marks
    assert (mark.state, mark.kind, mark.name, mark.rt, mark.rw) == (MarkState.HANDLED, MOVED, "SITI MAESAROH", 3, 5)
    assert [(event.step, event.role, event.note) for event in mark.events] == [
        (Step.MADE, Role.RT, "Pindah ke Ciomas bulan lalu."),
        (Step.CONFIRMED, Role.KELURAHAN, "Benar."),
        (Step.CONFIRMED, Role.KECAMATAN, None),
        (Step.HANDLED, Role.DINSOS, "Daftar tahap 2."),
    ]
    assert mark.events[-1].outcome is Outcome.LIST_CORRECTED
    assert mark.may == frozenset()


def test_a_mark_changes_no_list_and_no_answer(services, heads, office, rt, mother, entry):
    before = asks(services, mother)
    id = services.marks.make(rt, entry, MarkKind.DIED)
    assert asks(services, mother) == before
    services.marks.handle(heads.create("dinsos"), id, Outcome.LIST_CORRECTED)
    assert asks(services, mother) == before


def test_the_office_of_the_area_sees_it_and_the_neighbour_does_not(services, heads, rt, entry):
    services.marks.make(rt, entry, MOVED)
    seen = {
        who: len(services.marks.inbox(heads.create(*who), door=Door.SITE).marks)
        for who in (
            ("rt", None, 5, 3),
            ("rt", None, 5, 4),
            ("rw", None, 5),
            ("rw", None, 6),
            ("kelurahan",),
            ("kelurahan", "32.71.05.1001"),
            ("kecamatan",),
            ("kecamatan", "32.71.04"),
            ("dinsos",),
            ("dinsos", "76.04"),
        )
    }
    assert list(seen.values()) == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0]


def test_nobody_marks_beyond_his_territory(services, heads, entry):
    for stranger in (heads.create("rt", rt=4), heads.create("rw", rw=6), heads.create("kelurahan", "32.71.05.1001")):
        assert refusal(services.marks.person, stranger, entry, door=Door.SITE) == "no_such_entry"
        assert refusal(services.marks.make, stranger, entry, MOVED) == "no_such_entry"
    assert refusal(services.marks.make, heads.create("rt"), 999, MOVED) == "no_such_entry"


def test_a_draft_is_nothing_yet(services, office, rt):
    child = Recipient()
    office.drafts(child)
    assert refusal(services.marks.person, rt, entry_of(services, child), door=Door.SITE) == "no_such_entry"


def test_a_forged_number_of_a_mark_is_no_mark(services, heads, rt, entry):
    id = services.marks.make(rt, entry, MarkKind.HOME_DELIVERY, care=CareReason.SICK)
    elsewhere = heads.create("kelurahan", "32.71.05.1001")
    for act in (
        lambda: services.marks.confirm(elsewhere, id),
        lambda: services.marks.take_back(elsewhere, id),
        lambda: services.marks.handle(elsewhere, id, Outcome.NO_CHANGE),
        lambda: services.marks.handle(heads.create("dinsos", "76.04"), id, Outcome.NO_CHANGE),
        lambda: services.marks.take_back(heads.create("rt", rt=4), id),
        lambda: services.marks.take_back(rt, 999),
    ):
        assert refusal(act) == "no_such_mark"


@pytest.mark.parametrize("role", ["kecamatan", "dinsos", "payout"])
def test_only_who_knows_the_people_marks_them(services, heads, entry, role):
    officer = heads.create(role)
    assert refusal(services.marks.make, officer, entry, MOVED) == "not_your_role"
    assert refusal(services.marks.person, officer, entry, door=Door.SITE) == "not_your_role"


def test_a_payout_officer_sees_no_marks(services, heads):
    assert refusal(services.marks.inbox, heads.create("payout"), door=Door.SITE) == "not_your_role"


def test_heads_confirm_and_handle_nothing(services, heads, rt, entry):
    id = services.marks.make(rt, entry, MOVED)
    for head in (rt, heads.create("rw")):
        assert refusal(services.marks.confirm, head, id) == "not_your_role"
        assert refusal(services.marks.handle, head, id, Outcome.NO_CHANGE) == "not_your_role"
    assert refusal(services.marks.handle, heads.create("kecamatan"), id, Outcome.NO_CHANGE) == "not_your_role"


def test_the_kelurahan_handles_home_delivery_and_nothing_else(services, heads, rt, entry):
    kelurahan = heads.create("kelurahan")
    moved = services.marks.make(rt, entry, MOVED)
    home = services.marks.make(rt, entry, MarkKind.HOME_DELIVERY, care=CareReason.ELDERLY)
    assert refusal(services.marks.handle, kelurahan, moved, Outcome.NO_CHANGE) == "not_your_role"
    services.marks.handle(kelurahan, home, Outcome.LIST_CORRECTED)
    assert services.marks.inbox(kelurahan, door=Door.SITE).counts == {MarkState.OPEN: 1, MarkState.HANDLED: 1}


def test_an_office_confirms_what_comes_from_below_once(services, heads, entry):
    kelurahan, kecamatan = heads.create("kelurahan"), heads.create("kecamatan")
    id = services.marks.make(kelurahan, entry, MOVED)
    assert refusal(services.marks.confirm, kelurahan, id) == "already_confirmed"
    services.marks.confirm(kecamatan, id)
    assert refusal(services.marks.confirm, kecamatan, id) == "already_confirmed"


def test_it_is_taken_back_by_the_office_that_made_it(services, heads, rt, entry):
    id = services.marks.make(rt, entry, MOVED)
    assert refusal(services.marks.take_back, heads.create("rw"), id) == "not_your_mark"
    assert refusal(services.marks.take_back, heads.create("kelurahan"), id) == "not_your_mark"
    successor = heads.create("rt")
    services.marks.take_back(successor, id)
    assert services.marks.inbox(rt, door=Door.SITE).marks[0].state is MarkState.TAKEN_BACK
    assert refusal(services.marks.take_back, rt, id) == "already_taken_back"


def test_it_is_taken_back_until_it_is_handled(services, heads, rt, entry):
    id = services.marks.make(rt, entry, MOVED)
    services.marks.confirm(heads.create("kelurahan"), id)
    services.marks.take_back(rt, id)
    again = services.marks.make(rt, entry, MOVED)
    services.marks.handle(heads.create("dinsos"), again, Outcome.NO_CHANGE)
    assert refusal(services.marks.take_back, rt, again) == "already_handled"
    assert refusal(services.marks.handle, heads.create("dinsos"), again, Outcome.NO_CHANGE) == "already_handled"


def test_the_same_is_not_marked_twice(services, heads, rt, entry):
    services.marks.make(rt, entry, MOVED)
    assert refusal(services.marks.make, heads.create("rw"), entry, MOVED) == "already_marked"
    services.marks.make(rt, entry, MarkKind.OTHER_AID)


def test_two_who_mark_at_once_make_one_mark(services, heads, rt, entry):
    start, refused = threading.Barrier(4), []

    def dawdle(_connection, _cursor, statement, *_more):
        """All have looked before the first has written, unless they wait for each other."""
        if statement.startswith("INSERT INTO mark "):
            time.sleep(0.2)

    event.listen(services.database.engine, "before_cursor_execute", dawdle)

    def mark():
        start.wait()
        try:
            services.marks.make(rt, entry, MOVED)
        except Refused as error:
            refused.append(error.code)

    threads = [threading.Thread(target=mark) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["already_marked"] * 3
    assert services.marks.inbox(rt, door=Door.SITE).marks.found == 1


def test_a_mark_outlives_the_list_and_a_new_spelling(services, office, heads, rt, mother, entry):
    services.marks.make(rt, entry, MOVED)
    respelt = Recipient(name="ST. MAESAROH", nik=mother.nik, kk=mother.kk)
    office.publishes(respelt, period="2026-T2")
    new = entry_of(services, mother)
    assert services.marks.person(rt, new, door=Door.SITE).marked == (MOVED,)
    assert refusal(services.marks.make, rt, new, MOVED) == "already_marked"
    assert len(services.marks.inbox(rt, door=Door.SITE).marks) == 1


def test_the_list_is_told_what_is_marked_in_one_statement(services, office, heads, rt):
    mother, neighbour, across = Recipient(), Recipient(), Recipient(rt=4)
    office.publishes(mother, neighbour, across)
    services.marks.make(rt, entry_of(services, mother), MarkKind.HOME_DELIVERY, care=CareReason.SICK)
    services.marks.make(rt, entry_of(services, mother), MOVED)
    services.marks.make(heads.create("rt", rt=4), entry_of(services, across), MOVED)
    with services.database.reading() as connection:
        ids = {row.id: row.rt for row in connection.execute(select(PersonRow.id, PersonRow.rt))}
        run = []
        event.listen(services.database.engine, "before_cursor_execute", lambda *args: run.append(args[2]))
        found = open_marks(connection, Scope.of(rt), ids)
    assert list(found.values()) == [(MOVED, MarkKind.HOME_DELIVERY)]
    assert {ids[id] for id in found} == {3}
    assert len(run) == 1


def test_why_someone_cannot_come_stays_sealed(services, rt, entry):
    note = "Sakit ginjal, cuci darah."
    assert refusal(services.marks.make, rt, entry, MarkKind.HOME_DELIVERY) == "care_missing"
    services.marks.make(rt, entry, MarkKind.HOME_DELIVERY, care=CareReason.SICK, note=note)
    (mark,) = services.marks.inbox(rt, door=Door.SITE).marks
    assert (mark.care, mark.events[0].note) == (CareReason.SICK, note)
    assert "ginjal" not in repr(mark)
    with services.database.reading() as connection:
        rows = [*connection.execute(select(MarkRow.__table__)), *connection.execute(select(MarkEventRow.__table__))]
    assert not any(b"sick" in bytes(str(row), "utf8") or b"ginjal" in bytes(str(row), "utf8") for row in rows)


@pytest.mark.parametrize(
    ("note", "code"),
    [("x" * (NOTE_LENGTH + 1), "note_too_long"), ("NIK 3271 0541 0580 0001 sudah meninggal", "number_in_note")],
)
def test_a_note_holds_a_few_words_and_no_number_of_anyone(services, rt, entry, note, code):
    assert refusal(services.marks.make, rt, entry, MOVED, note=note) == code


def test_waiting_marks_stand_first_the_newest_on_top(services, office, heads, rt):
    people = [Recipient(name=f"SITI {letter}") for letter in ("AMINAH", "BAROKAH", "CAHYATI")]
    office.publishes(*people)
    first, _, _ = (services.marks.make(rt, entry_of(services, person), MOVED) for person in people)
    dinsos = heads.create("dinsos")
    names = [mark.name for mark in services.marks.inbox(dinsos, door=Door.SITE).marks]
    assert names == ["SITI CAHYATI", "SITI BAROKAH", "SITI AMINAH"]
    third = services.marks.inbox(dinsos, door=Door.SITE).marks[0].id
    services.marks.handle(dinsos, third, Outcome.NO_CHANGE)
    assert [mark.name for mark in services.marks.inbox(dinsos, door=Door.SITE).marks] == [
        "SITI BAROKAH",
        "SITI AMINAH",
        "SITI CAHYATI",
    ]
    assert [mark.id for mark in services.marks.inbox(dinsos, state=MarkState.HANDLED, door=Door.SITE).marks] == [third]
    assert services.marks.inbox(dinsos, kind=MarkKind.DIED, door=Door.SITE).marks.found == 0
    assert first in [
        mark.id for mark in services.marks.inbox(dinsos, kind=MOVED, state=MarkState.OPEN, door=Door.SITE).marks
    ]


def test_fifty_marks_fill_a_page(services, office, heads, rt):
    people = [Recipient() for _ in range(51)]
    office.publishes(*people)
    for person in people:
        services.marks.make(rt, entry_of(services, person), MOVED)
    pages = [services.marks.inbox(rt, page=page, door=Door.SITE) for page in (1, 2, 3)]
    assert [(len(page.marks), page.marks.number) for page in pages] == [(50, 1), (1, 2), (1, 2)]
    assert {(page.marks.found, page.marks.pages, page.counts[MarkState.OPEN]) for page in pages} == {(51, 2, 51)}


def test_every_look_is_on_her_record(services, heads, rt, entry):
    services.marks.make(rt, entry, MOVED)
    services.marks.person(rt, entry, door=Door.SITE)
    services.marks.inbox(heads.create("kelurahan"), door=Door.SITE)
    services.marks.inbox(heads.create("kelurahan", "32.71.05.1001"), door=Door.SITE)
    with services.database.reading() as connection:
        looks = connection.execute(select(AccessRow.role, AccessRow.door, AccessRow.what).order_by(AccessRow.id)).all()
    assert [tuple(look) for look in looks] == [("rt", "web", "list"), ("kelurahan", "web", "list")]
