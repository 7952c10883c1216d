"""Who gets a letter, in which order, under which number; and that a printing is whole or is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from salur.core.errors import NotThere, Refused
from salur.core.jobs.lease import LeaseLost
from salur.core.letters.issuing.kinds import Verdict, WhyNot, Withdrawal
from salur.core.lists.kinds import State
from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.people.letter_codes import Unguessable
from salur.core.people.nik import Nik
from salur.core.people.walking import walking_order
from salur.core.record.kinds import RecordKind
from salur.core.regions.territory import Territory
from salur.core.tables.letters import LetterRow, PrintedPieceRow
from salur.core.tables.record import OfficeNoteRow
from tests.fixtures.letters import VISITOR, Press
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, Reported

PAID, SUSPENDED = Recipient(name="EUIS KOMARIAH"), Recipient(name="DEDE ROHAYATI", state=State.SUSPENDED)
CILIWUNG = "32.71.01.1001"


@pytest.fixture
def round_(office):
    """A list of which most may collect, and the day for it."""
    office.publishes(
        Recipient(name="SITI MAESAROH", address="Jl. Roda No. 12"),
        Recipient(name="NENENG YATI", address="Jalan Roda no 5"),
        Recipient(name="UJANG SURYANA", address="Jl Roda 12 A"),
        Recipient(name="ASEP SUNANDAR", address="Gg. Mawar", rw=2),
        PAID,
        SUSPENDED,
    )
    office.hears(Reported(nik=PAID.nik, name=PAID.name))
    office.announces(Announced())


def test_everybody_on_the_list_is_counted_and_who_may_collect_gets_a_letter(round_, press):
    counted = press.services.letter_desk.count(press.officer, press.wants())
    assert (counted.listed, counted.letters) == (6, 4)
    assert counted.left_out == {WhyNot.PAID: 1, WhyNot.SUSPENDED: 1}
    printed = press.prints()
    assert len(printed.letters) == 4
    shown = press.shows(printed.id)
    assert shown.counted == counted
    assert (shown.letters, shown.genuine, shown.handed) == (4, 4, 0)


def test_letters_come_in_the_order_in_which_somebody_walks(round_, press):
    names = [letter.name for letter in press.prints().letters]
    assert names == ["ASEP SUNANDAR", "NENENG YATI", "SITI MAESAROH", "UJANG SURYANA"]


def test_house_numbers_are_numbers_and_who_has_no_rt_or_address_comes_last():
    def place(rw: int | None, rt: int | None, address: str | None):
        return walking_order(TEGAL_GUNDIL, rw, rt, address, "X")

    walk = [
        place(1, 2, "Jl. Roda No. 2"),
        place(1, 2, "JALAN RODA NO 10"),
        place(1, 2, "jl roda 10 B"),
        place(1, 2, None),
        place(1, None, "Jl. Roda No. 1"),
        place(10, 1, "Jl. Roda No. 1"),
        place(None, None, None),
    ]
    assert sorted(walk) == walk


def test_a_letter_says_what_the_answer_says(round_, press):
    letter = next(one for one in press.prints().letters if one.name == "SITI MAESAROH")
    assert letter.number == "3271/000003"
    assert (letter.address, letter.rt, letter.rw) == ("Jl. Roda No. 12", 3, 5)
    assert (letter.kelurahan, letter.kecamatan, letter.kabupaten) == ("Tegal Gundil", "Bogor Utara", "Kota Bogor")
    assert letter.sitting is not None
    assert letter.sitting.starts.hour == 8
    assert letter.amount == 600_000
    assert letter.url.endswith(f"/V/{letter.code.replace('-', '')}")
    assert Unguessable.read(letter.code) is not None


def test_a_letter_draws_the_way_from_the_office_of_the_kelurahan(office, press):
    office.publishes(Recipient(name="SITI MAESAROH"), Recipient(name="ASEP SUNANDAR", rw=2))
    office.announces(
        Announced(),
        Announced(rw=2, place="SDN Tegal Gundil 3", kind=PlaceKind.SCHOOL, latitude=-6.5752, longitude=106.8206),
    )
    near = {letter.name: letter.near for letter in press.prints().letters}
    school = near["ASEP SUNANDAR"]
    assert (school.name, school.latitude) == ("Kantor Kelurahan Tegal Gundil", -6.5712)
    assert near["SITI MAESAROH"].name == "SDN Tegal Gundil 3"


def test_a_letter_of_an_rt_is_of_nobody_else(round_, press):
    assert [one.name for one in press.prints(press.wants(Territory(TEGAL_GUNDIL, 2))).letters] == ["ASEP SUNANDAR"]


def test_those_of_a_sitting_and_no_others(office, press):
    office.publishes(Recipient(name="SITI MAESAROH"), Recipient(name="ASEP SUNANDAR", rw=2))
    office.announces(Announced(), Announced(rw=2, place="Balai RW 2"))
    (own,) = [one for one in press.services.planning.board(press.officer) if one.areas[0].rw == 2]
    sitting = own.areas[0].sitting
    assert [one.name for one in press.prints(press.wants(sitting=sitting)).letters] == ["ASEP SUNANDAR"]
    (rest,) = [one for one in press.services.planning.board(press.officer) if one.areas[0].rw is None]
    counted = press.services.letter_desk.count(press.officer, press.wants(sitting=rest.areas[0].sitting))
    assert counted.left_out == {WhyNot.OTHER_SITTING: 1}


def test_without_a_day_there_is_no_letter(office, press):
    office.publishes(Recipient())
    assert press.services.letter_desk.count(press.officer, press.wants()).left_out == {WhyNot.NO_DAY: 1}
    press.asks()
    with pytest.raises(Refused) as refused:
        press.takes()
    assert refused.value.code == "nobody_to_print_for"


def test_who_stands_twice_gets_one_letter(office, press):
    one = Recipient()
    office.publishes(one, replace(one, rt=4, row=3))
    office.announces(Announced())
    printed = press.prints()
    assert len(printed.letters) == 1
    assert press.shows(printed.id).counted.left_out == {WhyNot.OTHER_ROW: 1}


def test_numbers_go_on_within_a_round_and_city(round_, press, office):
    first, second = press.prints(), press.prints(press.wants(Territory(TEGAL_GUNDIL, 5)))
    assert [one.number for one in first.letters] == [f"3271/00000{n}" for n in (1, 2, 3, 4)]
    assert [one.number for one in second.letters] == [f"3271/00000{n}" for n in (5, 6, 7)]
    office.publishes(Recipient(), programme="PKH", period="2026-T2")
    office.announces(Announced(period="2026-T2"))
    assert press.prints(press.wants(period="2026-T2")).letters[0].number == "3271/000001"


def test_a_reprint_replaces_what_was_printed_before(round_, press, clock):
    before = press.prints()
    clock.passes(days=1)
    after = press.prints(press.wants(Territory(TEGAL_GUNDIL, 5)))
    told = press.verifies(before.code("SITI MAESAROH"))
    assert (told.verdict, told.since, told.said) == (Verdict.REPLACED, clock(), None)
    assert press.verifies(after.code("SITI MAESAROH")).verdict is Verdict.GENUINE
    assert press.verifies(before.code("ASEP SUNANDAR")).verdict is Verdict.GENUINE
    assert (press.shows(before.id).replaced, press.shows(before.id).genuine) == (3, 1)


def test_a_printing_that_is_killed_leaves_nothing_and_is_taken_up_with_the_same_numbers(round_, press, services):
    id = press.asks()
    _, letters, _ = press.takes()
    assert press.verifies(letters[0].code).verdict is Verdict.UNKNOWN
    assert press.shows(id).letters == 0
    services.jobs.let_go("press")
    lease, again, batch = press.takes()
    assert [one.number for one in again] == [one.number for one in letters]
    assert {one.code for one in again}.isdisjoint(one.code for one in letters)
    services.letter_work.finish(lease, batch, [b"letters"])
    assert press.verifies(letters[0].code).verdict is Verdict.UNKNOWN
    assert press.verifies(again[0].code).verdict is Verdict.GENUINE


def test_a_runner_that_lost_its_job_puts_nothing_in_force(round_, press, services):
    press.asks()
    lease, letters, batch = press.takes()
    services.jobs.let_go("press")
    with pytest.raises(LeaseLost):
        services.letter_work.finish(lease, batch, [b"letters"])
    assert press.verifies(letters[0].code).verdict is Verdict.UNKNOWN
    with services.database.reading() as connection:
        for table in (LetterRow, PrintedPieceRow):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_a_list_that_changed_meanwhile_stops_it(round_, press, services, office):
    press.asks()
    lease, _, batch = press.takes()
    office.publishes(*(Recipient(name=f"SITI {n}") for n in range(6)))
    with pytest.raises(Refused) as refused:
        services.letter_work.finish(lease, batch, [b"letters"])
    assert refused.value.code == "changed_since"
    with services.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(LetterRow)).scalar_one() == 0


def test_the_same_cannot_be_asked_for_twice_at_once(round_, press):
    press.asks()
    with pytest.raises(Refused) as refused:
        press.asks()
    assert refused.value.code == "job_under_way"


def test_only_who_printed_it_fetches_the_file_and_for_a_day(round_, press, heads, services, clock):
    id = press.prints().id
    desk = services.letter_desk
    assert desk.fetch(press.officer, id, 1) == b"letters"
    with pytest.raises(NotThere):
        desk.fetch(heads.create(Role.DINSOS), id, 1)
    clock.passes(hours=25)
    with pytest.raises(NotThere):
        desk.fetch(press.officer, id, 1)
    services.retention.purge()
    with services.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(PrintedPieceRow)).scalar_one() == 0


def test_the_file_is_sealed(round_, press, services):
    press.prints()
    with services.database.reading() as connection:
        (sealed,) = connection.execute(select(PrintedPieceRow.sealed_content)).scalars()
    assert b"letters" not in sealed


def test_what_is_withdrawn_is_good_for_nothing_and_its_file_is_gone(round_, press, services):
    printed = press.prints()
    assert services.letter_desk.withdraw(press.officer, printed.id, Withdrawal.WRONG_DATA, 3) == 1
    assert press.verifies(printed.code("SITI MAESAROH")).verdict is Verdict.WITHDRAWN
    assert press.verifies(printed.code("NENENG YATI")).verdict is Verdict.GENUINE
    assert services.letter_desk.withdraw(press.officer, printed.id, Withdrawal.WRONG_DAY) == 3
    assert press.verifies(printed.code("NENENG YATI")).verdict is Verdict.WITHDRAWN
    assert press.shows(printed.id).withdrawn_why is Withdrawal.WRONG_DAY
    with pytest.raises(NotThere):
        services.letter_desk.fetch(press.officer, printed.id, 1)


def test_no_office_prints_beyond_its_area_and_no_head_any(round_, press, services, heads):
    other = heads.create(Role.KELURAHAN, CILIWUNG)
    id = press.prints().id
    for officer, what in ((other, "no_such_area"), (heads.create(Role.RW), "no_such_desk")):
        with pytest.raises(NotThere) as refused:
            services.letter_desk.print(officer, press.wants())
        assert refused.value.code == what
    with pytest.raises(NotThere):
        services.letter_desk.show(other, id)
    with pytest.raises(NotThere):
        services.letter_desk.withdraw(other, id, Withdrawal.OTHER)
    assert not services.letter_desk.printings(other, 1).items
    dinsos = Press(services, heads.create(Role.DINSOS))
    assert [one.id for one in services.letter_desk.printings(dinsos.officer, 1)] == [id]
    with pytest.raises(Refused) as wide:
        dinsos.asks(dinsos.wants(Territory("32.71")))
    assert wide.value.code == "choose_kelurahan"


def test_each_print_is_in_the_record_of_offices_and_of_every_payee(round_, press, services):
    services.letter_desk.fetch(press.officer, press.prints().id, 1)
    with services.database.reading() as connection:
        notes = connection.execute(select(OfficeNoteRow.what).where(OfficeNoteRow.kind == RecordKind.LETTERS))
        assert list(notes.scalars()) == ["printed", "fetched"]


def test_each_payee_can_see_that_a_letter_was_printed(office, press, services):
    siti = Recipient()
    office.publishes(siti)
    office.announces(Announced())
    press.prints()
    answer = services.lookup.ask(Nik.parse(siti.nik), siti.name, asker=VISITOR)
    looks = services.my_data.history(answer.key, asker=VISITOR).looks
    assert [(look.what, look.role) for look in looks if look.what == "letter"] == [("letter", Role.KELURAHAN)]


def test_a_printing_that_was_stopped_is_good_for_nothing(round_, press, services):
    id = press.asks()
    services.letter_desk.stop(press.officer, id)
    assert services.jobs.take("press") is None
    assert press.shows(id).letters == 0
    press.asks()  # and may be asked for again


def test_a_closed_account_prints_nothing_more(round_, press, services):
    press.asks()
    services.accounts.close(None, press.officer.username)
    with pytest.raises(NotThere):
        press.takes()
