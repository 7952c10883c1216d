"""The list of a neighbourhood, on both databases: who stands on it, how, and for whom."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from sqlalchemy import delete, select

from salur.core.errors import Refused
from salur.core.limits.kinds import Door
from salur.core.marks.kinds import CareReason, MarkKind
from salur.core.neighbourhood.answers import Filter, LineState, Sort
from salur.core.payouts.answers import Sitting
from salur.core.tables.people import EntitlementRow
from salur.core.tables.privacy import AccessRow
from tests.core.neighbourhood.conftest import names, told
from tests.fixtures.office import Announced, Recipient, Reported, a_kk, a_nik, born_in

TEGAL_GUNDIL, BANTARJATI = "32.71.05.1002", "32.71.05.1001"


def test_a_head_sees_who_gets_what_when_and_where(office, head, lists):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced())
    page = lists(head)
    (line,) = page.lines
    assert (line.name, line.rw, line.rt) == ("SITI MAESAROH", 5, 3)
    assert (line.programme, line.programme_name, line.period) == ("PKH", "Program Keluarga Harapan", "2026-T1")
    assert (line.amount, line.state, line.birth_year) == (600_000, LineState.DUE, born_in(mother.nik))
    assert isinstance(line.next_sitting, Sitting)
    assert line.next_sitting.place.name == "Kantor Kelurahan Tegal Gundil"
    assert (line.next_sitting.starts.date(), line.next_sitting.starts.time()) == (date(2026, 2, 24), time(8))
    assert (page.place, page.total, page.waiting, page.counts[LineState.DUE]) == ("Tegal Gundil", 1, 0, 1)


def test_the_neighbours_data_never_show(office, heads, lists, services):
    office.publishes(
        Recipient(name="DALAM"),
        Recipient(name="RT LAIN", rt=4),
        Recipient(name="RW LAIN", rw=6),
        Recipient(name="KELURAHAN LAIN", region_code=BANTARJATI),
        Recipient(name="TANPA RT", rt=None),
        Recipient(name="TANPA ALAMAT", region_code=None, rw=None, rt=None),
    )
    rw = ["TANPA RT", "DALAM", "RT LAIN"]
    expected = {
        heads.create("rt"): ["DALAM"],
        heads.create("rw"): sorted(rw),
        heads.create("kelurahan"): sorted([*rw, "RW LAIN"]),
    }
    for officer, seen in expected.items():
        assert sorted(names(lists(officer))) == seen
        assert sorted(names(services.neighbourhood.export(officer, Filter(), door=Door.SITE))) == seen
        assert names(lists(officer, name="lain")) == [name for name in names(lists(officer)) if "LAIN" in name]
    for role in ("kecamatan", "dinsos", "payout"):
        assert sorted(names(lists(heads.create(role), kelurahan=BANTARJATI))) == ["KELURAHAN LAIN"]


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("rt", {"rt": 4}),
        ("rt", {"rw": 6}),
        ("rw", {"rw": 6}),
        ("rw", {"kelurahan": BANTARJATI}),
        ("kelurahan", {"kelurahan": BANTARJATI}),
        ("kecamatan", {"kelurahan": "32.71.04.1001"}),
        ("kecamatan", {"kelurahan": "32.71.05.9999"}),
        ("dinsos", {"kelurahan": "76.04.01.1001"}),
        ("dinsos", {"kelurahan": "32.71.05"}),
        ("dinsos", {"kelurahan": "' OR 1=1 --\0"}),
    ],
)
def test_an_area_of_somebody_else_is_one_that_does_not_exist(office, heads, lists, services, role, asked):
    office.publishes(Recipient(), Recipient(region_code=BANTARJATI), Recipient(rt=4), Recipient(rw=6))
    officer = heads.create(role)
    for ask in (lists, lambda who, **wanted: services.neighbourhood.export(who, Filter(**wanted), door=Door.SITE)):
        with pytest.raises(Refused, match="no_such_area"):
            ask(officer, **asked)


def test_who_has_a_whole_city_chooses_a_kelurahan_first(office, heads, lists, services):
    office.publishes(
        *(Recipient(name=f"IBU {n}") for n in range(3)),
        Recipient(region_code=BANTARJATI),
        Recipient(state="taken_off", reason="moved"),
    )
    city = heads.create("dinsos")
    with pytest.raises(Refused, match="kelurahan_missing"):
        lists(city)
    (district, kelurahan) = services.neighbourhood.overview(city).districts[0]
    assert district == "Bogor Utara"
    assert [(k.name, k.listed, k.paid, k.waiting) for k in kelurahan] == [
        ("Bantarjati", 1, 0, 1),
        ("Tegal Gundil", 3, 0, 3),
    ]
    assert services.neighbourhood.overview(heads.create("kecamatan", area="32.71.01")).districts == ()


def test_a_kecamatan_is_the_sum_of_its_kelurahan_and_the_city_of_its_kecamatan(office, heads, services):
    paid, returned = Recipient(region_code=BANTARJATI), Recipient()
    office.publishes(paid, returned, Recipient(), Recipient(region_code="32.71.01.1001"))
    office.hears(Reported(nik=paid.nik), Reported(row=3, nik=returned.nik, status="returned"))
    overview = services.neighbourhood.overview(heads.create("dinsos"))
    told = ("listed", "paid", "returned", "waiting")
    assert [(k.name, *(getattr(k, what) for what in told)) for k in overview.by_district] == [
        ("Bogor Selatan", 1, 0, 0, 1),
        ("Bogor Utara", 3, 1, 1, 1),
    ]
    for whole, (_, parts) in zip(overview.by_district, overview.districts, strict=True):
        assert [getattr(whole, what) for what in told] == [sum(getattr(k, what) for k in parts) for what in told]
    every = [sum(getattr(k, what) for k in overview.by_district) for what in told]
    assert [getattr(overview.total, what) for what in told] == every == [4, 1, 1, 2]


def test_the_overview_knows_what_was_paid_before_a_list_was_corrected(office, heads, services):
    mother, neighbour = Recipient(), Recipient()
    office.publishes(mother, neighbour)
    office.hears(Reported(nik=mother.nik), Reported(row=3, nik=neighbour.nik, status="returned"))
    office.publishes(mother, neighbour)
    total = services.neighbourhood.overview(heads.create("dinsos")).total
    assert (total.listed, total.paid, total.returned, total.waiting) == (2, 1, 1, 0)


def test_a_draft_is_seen_by_nobody(office, head, lists, services):
    draft = office.drafts(Recipient())
    assert not lists(head).any_list
    office.agrees(draft)
    assert names(lists(head)) == ["SITI MAESAROH"]
    services.lists.withdraw(draft, "wrong file")
    assert not lists(head).any_list


def test_who_was_paid_at_the_second_try_counts_as_paid_however_often_the_list_is_corrected(office, heads, services):
    mother = Recipient()
    for status in ("failed", "paid"):
        office.publishes(mother)
        office.hears(Reported(nik=mother.nik, status=status))
    office.publishes(mother)
    total = services.neighbourhood.overview(heads.create("kecamatan")).total
    assert (total.listed, total.paid, total.returned, total.waiting) == (1, 1, 0, 0)


def test_paid_returned_and_suspended_are_told_apart(office, head, lists):
    paid, returned, stopped, off, due, failed = (
        Recipient(name="A"),
        Recipient(name="B"),
        Recipient(name="C", state="suspended", reason="account_problem"),
        Recipient(name="D", state="taken_off", reason="moved"),
        Recipient(name="E"),
        Recipient(name="F"),
    )
    office.publishes(paid, returned, stopped, off, due, failed)
    office.hears(
        Reported(nik=paid.nik),
        Reported(nik=returned.nik, status="returned"),
        Reported(nik=failed.nik, status="failed"),
    )
    office.announces(Announced())
    page = lists(head)
    assert [line.state for line in page.lines] == [
        LineState.PAID,
        LineState.RETURNED,
        LineState.SUSPENDED,
        LineState.TAKEN_OFF,
        LineState.DUE,
        LineState.FAILED,
    ]
    assert [bool(line.next_sitting) for line in page.lines] == [False, False, False, False, True, False]
    assert page.waiting == 2  # whose money went back, and whose payment failed
    assert (page.lines[0].paid_on, page.lines[3].amount) == (date(2026, 2, 12), None)
    assert page.counts == {state: int(state is not LineState.UNCLEAR) for state in LineState}
    assert names(lists(head, state=LineState.RETURNED)) == ["B"]
    assert lists(head, state=LineState.RETURNED).counts == page.counts


def test_a_line_says_what_the_persons_own_answer_says(office, head, lists, services, clock):
    from salur.core.limits.asker import Asker
    from salur.core.people.nik import Nik

    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk, rw=5, care=True), period="2025-T4")
    office.publishes(Recipient(nik=nik, kk=kk, rw=5, care=True))
    office.announces(Announced(), Announced(row=3, rw=5), Announced(row=4, kind="home", place="Rumah"))
    for hours in (0, 96, 48):
        clock.passes(hours=hours)
        own = services.lookup.ask(Nik.parse(nik), "Siti Maesaroh", asker=Asker.chat(1)).present[0]
        (line,) = lists(head).lines
        assert (line.next_sitting, line.missed_sitting) == (own.next_sitting, own.missed_sitting)
        assert (line.period, line.amount) == (own.period, own.amount)


def test_a_sitting_at_home_is_for_those_who_need_it(office, head, lists):
    office.publishes(Recipient(name="A", care=True), Recipient(name="B"))
    office.announces(Announced(kind="home", place="Rumah"), Announced(row=3, date=date(2026, 2, 25)))
    at_home, at_the_hall = lists(head).lines
    assert (at_home.next_sitting.place.kind, at_the_hall.next_sitting.place.kind) == ("home", "village_hall")
    assert names(lists(head, home_delivery=True)) == ["A"]


def test_who_has_not_collected_is_due_with_a_sitting_over_or_running_or_returned(office, head, lists, clock):
    paid, returned, due = Recipient(name="PAID"), Recipient(name="RETURNED"), Recipient(name="DUE")
    office.publishes(paid, returned, due, Recipient(name="LATER", rt=4), Recipient(name="STOP", state="suspended"))
    office.hears(Reported(nik=paid.nik), Reported(row=3, nik=returned.nik, status="returned"))
    office.announces(Announced(rw=5, rt=3), Announced(row=3, rw=5, rt=4, date=date(2026, 3, 3)))
    assert names(lists(head, not_collected=True)) == ["RETURNED"]
    clock.now = datetime.fromisoformat("2026-02-24T08:30:00+07:00")
    page = lists(head, not_collected=True)
    assert (names(page), page.waiting) == (["DUE", "RETURNED"], 2)
    clock.passes(hours=24)
    assert names(lists(head, not_collected=True)) == ["DUE", "RETURNED"]
    assert lists(head, not_collected=True).lines[0].missed_sitting is not None


def test_what_is_marked_shows_on_the_row_and_a_mark_asks_for_home_delivery(office, heads, lists, services):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk), Recipient(name="ASEP"))
    office.publishes(Recipient(nik=nik, kk=kk, name="SITTI MAESAROH"), programme="SEMBAKO")
    head, rw, city = heads.create("rt"), heads.create("rw"), heads.create("payout")
    mother = next(line for line in lists(head).lines if line.name == "SITI MAESAROH")
    services.marks.make(head, mother.entitlement, MarkKind.HOME_DELIVERY, care=CareReason.ELDERLY)
    services.marks.make(head, mother.entitlement, MarkKind.OTHER_AID)
    expected = {"SITI MAESAROH": 2, "SITTI MAESAROH": 2}
    assert {line.name: len(line.marks) for line in lists(rw, home_delivery=True).lines} == expected
    # Juru bayar are told who needs a visit, and nothing else of what neighbours say.
    visits = lists(city, kelurahan=TEGAL_GUNDIL, home_delivery=True).lines
    assert {(line.care, line.marks) for line in visits} == {(True, ())}
    assert "elderly" not in told(lists(rw))


def test_who_stands_twice_is_pointed_out(office, heads, lists):
    nik = a_nik()
    office.publishes(Recipient(nik=nik, name="SITI MAESAROH"), Recipient(nik=nik, name="RUKMINI"), Recipient(name="A"))
    assert {line.name for line in lists(heads.create("rt")).lines if line.double} == {"SITI MAESAROH", "RUKMINI"}
    assert not any(line.double for line in lists(heads.create("payout"), kelurahan=TEGAL_GUNDIL).lines)


def test_filters_narrow_and_say_what_there_is_to_choose(office, heads, lists):
    office.publishes(Recipient(name="A", rt=1), Recipient(name="B", rt=2), Recipient(name="C", rw=6, rt=9))
    office.publishes(Recipient(name="D", rt=2), programme="SEMBAKO")
    kelurahan = heads.create("kelurahan")
    page = lists(kelurahan)
    assert (page.rws, page.rts) == ((5, 6), (1, 2, 9))
    assert [programme.code for programme in page.programmes] == ["PKH", "SEMBAKO"]
    assert names(lists(kelurahan, rw=5, rt=2)) == ["B", "D"]
    assert lists(kelurahan, rw=5, rt=2).rts == (1, 2)
    assert names(lists(kelurahan, programme="SEMBAKO")) == ["D"]
    assert names(lists(kelurahan, rt=9)) == ["C"]
    nobody = lists(kelurahan, rw=77)
    assert (nobody.lines.items, nobody.any_list, nobody.lines.pages) == ((), False, 1)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nurhayati", ["NUR HAYATI"]),
        ("Nur Hayati", ["NUR HAYATI"]),
        ("haya", ["NUR HAYATI"]),
        ("MUHAMAD", ["MUHAMMAD FAUZI"]),
        ("  ", ["ASEP", "MUHAMMAD FAUZI", "NUR HAYATI"]),
        ("123", []),
        ("%", []),
        ("asep' OR 1=1", []),
    ],
)
def test_a_part_of_the_name_is_enough(office, head, lists, typed, found):
    office.publishes(Recipient(name="NUR HAYATI"), Recipient(name="ASEP"), Recipient(name="MUHAMMAD FAUZI"))
    assert names(lists(head, name=typed)) == found


def test_a_list_is_sorted_as_asked(office, head, lists):
    a, b, c = Recipient(name="A", rt=2), Recipient(name="B", rt=1), Recipient(name="C", rt=3)
    office.publishes(a, b, c)
    office.hears(Reported(nik=a.nik, status="paid"))
    office.announces(Announced(rw=5, rt=3), Announced(row=3, rw=5, rt=2, date=date(2026, 2, 26)))
    assert names(lists(head)) == ["B", "A", "C"]
    assert names(lists(head, sort=Sort.NAME)) == ["A", "B", "C"]
    assert names(lists(head, sort=Sort.DATE)) == ["C", "B", "A"]
    assert names(lists(head, sort=Sort.STATE)) == ["B", "C", "A"]


def test_fifty_stand_on_a_page(office, head, lists):
    office.publishes(*(Recipient(name=f"IBU {chr(65 + n // 26)}{chr(65 + n % 26)}") for n in range(120)))
    first, last, beyond = lists(head), lists(head, 3), lists(head, 99)
    assert (len(first.lines), first.lines.pages, first.lines.found, first.total) == (50, 3, 120, 120)
    assert len(last.lines) == 20
    assert (beyond.lines.number, names(beyond)) == (3, names(last))
    assert not set(names(first)) & set(names(last))


def test_no_number_and_no_address_is_in_an_answer(office, head, lists, services):
    address = "Jl. Roda Raya No. 77"
    mother = Recipient(address=address, letter_code="PBP0040")
    office.publishes(mother)
    office.announces(Announced())
    for answer in (
        lists(head),
        lists(head, name="siti"),
        services.neighbourhood.export(head, Filter(), door=Door.SITE),
    ):
        everything = " ".join(told(answer)).replace(str(answer.lines[0].entitlement), "")
        assert not re.search(r"\d{10}", everything)
        assert str(born_in(mother.nik)) in told(answer)
        for secret in (mother.nik[:12], mother.nik[-4:], mother.kk[-4:], address, mother.letter_code):
            assert secret not in everything
    assert str(born_in(mother.nik)) not in told(lists(head, door=Door.CHAT))


def test_everyone_shown_and_nobody_else_gets_a_line_in_the_access_record(office, head, lists, services):
    office.publishes(*(Recipient(name=f"IBU {n:03}") for n in range(60)), Recipient(name="TETANGGA", rw=6))
    office.publishes(Recipient(name="DEDE"), programme="SEMBAKO")

    def looked():
        """What was written since the last time."""
        with services.database.writing() as connection:
            rows = connection.execute(
                select(AccessRow.__table__, EntitlementRow.id.label("entitlement")).join(
                    EntitlementRow, EntitlementRow.person_id == AccessRow.person_id
                )
            ).all()
            connection.execute(delete(AccessRow))
        return {(row.entitlement, row.door, row.role, row.what) for row in rows}

    looks = (
        (lambda: lists(head), "list", "web"),
        (lambda: lists(head, 2), "list", "web"),
        (lambda: lists(head, name="dede"), "search", "web"),
        (lambda: services.neighbourhood.export(head, Filter(name="dede"), door=Door.SITE), "export", "web"),
        (lambda: services.neighbourhood.export(head, Filter(), door=Door.SITE), "export", "web"),
        (lambda: lists(head, programme="SEMBAKO", door=Door.CHAT), "list", "bot"),
        (lambda: lists(head, name="tetangga"), "search", "web"),
    )
    for look, what, door in looks:
        shown = {(line.entitlement, door, "rw", what) for line in look().lines}
        assert looked() == shown
