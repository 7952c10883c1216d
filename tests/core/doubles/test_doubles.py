"""Doubles: who stands twice where he should stand once, and what each office may see of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event, select

from salur.core.doubles.answers import WouldBeDouble
from salur.core.doubles.doubles import doubled
from salur.core.doubles.exclusions import EXCLUSIONS, clashes
from salur.core.doubles.kinds import DoubleKind
from salur.core.errors import Refused
from salur.core.limits.kinds import Door
from salur.core.lists.kinds import State
from salur.core.lists.programmes import KNOWN
from salur.core.officers.scope import Scope
from salur.core.tables.people import PersonRow
from salur.core.tables.privacy import AccessRow
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, a_kk, a_nik, born_in
from tests.fixtures.services import vault_of

NEXT_DOOR = "32.71.05.1001"
WIFE = "ROHAYATI BINTI SUKARDI"


@pytest.fixture
def dinsos(heads):
    return heads.create("dinsos")


def found(services, officer, **more):
    """How many doubles of each kind an officer finds."""
    kelurahan = None if officer.territory.region_code == TEGAL_GUNDIL else TEGAL_GUNDIL
    counts = {
        kind: services.doubles.page(
            officer, kind, kelurahan=kelurahan if kind is DoubleKind.SIMILAR_NAME else None, **more, door=Door.SITE
        )
        for kind in DoubleKind
    }
    assert all(page.doubles.found == len(page.doubles) for page in counts.values())
    return {kind: page.doubles.found for kind, page in counts.items() if page.doubles.found}


def pointed_out(services, officer):
    """The RT of those of whom the list says that they stand twice."""
    scope = Scope.of(officer)
    with services.database.reading() as connection:
        rows = {row.id: row.rt for row in connection.execute(select(scope.people))}
        return sorted({rows[id] for id in doubled(connection, scope, rows)})


def test_one_nik_on_two_lists_of_a_programme_is_shown_side_by_side(services, office, dinsos):
    nik = a_nik()
    office.publishes(Recipient(nik=nik))
    office.publishes(Recipient(nik=nik, name="MAESAROH", region_code=NEXT_DOOR, rt=1, rw=2))
    (double,) = services.doubles.page(dinsos, DoubleKind.SAME_NIK, door=Door.SITE).doubles
    assert [(e.name, e.rt, e.rw, e.programme, e.period, e.birth_year) for e in double.entries] == [
        ("SITI MAESAROH", 3, 5, "PKH", "2026-T1", born_in(nik)),
        ("MAESAROH", 1, 2, "PKH", "2026-T1", born_in(nik)),
    ]
    assert {e.decree for e in double.entries} == {"SK Dinsos 460/12/2026"}
    assert (double.same_nik, double.same_kk, double.elsewhere, double.more) == (True, False, (), 0)
    assert found(services, dinsos) == {DoubleKind.SAME_NIK: 1}


def test_one_nik_twice_on_one_list(services, office, dinsos):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk), Recipient(nik=nik, kk=kk, name="SITI MAESAROH H."))
    assert found(services, dinsos) == {DoubleKind.SAME_NIK: 1}
    assert services.doubles.page(dinsos, DoubleKind.SAME_NIK, door=Door.SITE).doubles[0].same_kk is True


def test_what_is_lawful_is_no_double(services, office, dinsos):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk, stage="1"), Recipient(nik=nik, kk=kk, stage="2"))  # two payments
    office.publishes(Recipient(nik=nik, kk=kk), programme="SEMBAKO")  # the poorest get both
    office.publishes(Recipient(nik=nik, kk=kk), Recipient(kk=kk, name=WIFE), programme="PBI-JK")  # counted by head
    old = Recipient(nik=nik, kk=kk)
    office.publishes(old, programme="BLT-DD", period="2025-B11")  # over before PKH's quarter began
    assert found(services, dinsos) == {}
    assert pointed_out(services, dinsos) == []


def test_who_was_taken_off_or_stood_on_an_old_list_is_no_double(services, office, dinsos):
    nik = a_nik()
    office.publishes(Recipient(nik=nik), Recipient(nik=nik, state="taken_off"))
    office.publishes(Recipient(nik=nik, region_code=NEXT_DOOR), Recipient(nik=nik, region_code=NEXT_DOOR))
    office.publishes(Recipient(region_code=NEXT_DOOR))  # a correction: the one before no longer counts
    office.drafts(Recipient(nik=nik))
    assert found(services, dinsos) == {}


def test_two_of_one_family_in_one_programme(services, office, dinsos):
    kk = a_kk()
    office.publishes(Recipient(kk=kk), Recipient(kk=kk, name="UJANG SUPARMAN"))
    (double,) = services.doubles.page(dinsos, DoubleKind.HOUSEHOLD, door=Door.SITE).doubles
    assert [e.name for e in double.entries] == ["SITI MAESAROH", "UJANG SUPARMAN"]
    assert (double.same_nik, double.same_kk) == (False, True)
    assert found(services, dinsos) == {DoubleKind.HOUSEHOLD: 1}


def test_a_family_in_programmes_that_exclude_each_other(services, office, dinsos):
    kk = a_kk()
    office.publishes(Recipient(kk=kk))
    office.publishes(Recipient(kk=kk, name="UJANG SUPARMAN"), programme="BLT-DD", period="2026-B02")
    office.publishes(Recipient(kk=kk, name=WIFE), programme="SEMBAKO", period="2025-T4")  # a quarter before
    (double,) = services.doubles.page(dinsos, DoubleKind.KK_EXCLUSIVE, door=Door.SITE).doubles
    assert [(e.name, e.programme) for e in double.entries] == [("SITI MAESAROH", "PKH"), ("UJANG SUPARMAN", "BLT-DD")]
    assert found(services, dinsos) == {DoubleKind.KK_EXCLUSIVE: 1}


def test_one_person_in_programmes_that_exclude_each_other(services, office, dinsos):
    mother = Recipient()
    office.publishes(mother)
    office.publishes(Recipient(nik=mother.nik, kk=None), programme="BLT-DD", period="2026-B02")
    assert found(services, dinsos) == {DoubleKind.NIK_EXCLUSIVE: 1}
    assert pointed_out(services, dinsos) == [3]


def test_a_number_copied_down_a_whole_column_is_nobodys_family(services, office, dinsos):
    kk = a_kk()
    office.publishes(*(Recipient(kk=kk, name=f"{name} {more}") for name in NAMES for more in NAMES[:4]))
    assert found(services, dinsos) == {}


def test_nor_is_it_where_hardly_anybody_has_a_nik(services, office, dinsos):
    kk = a_kk()
    crowd = [Recipient(kk=kk, nik=None, name=f"{name} {more}") for name in NAMES for more in NAMES[:4]]
    office.publishes(Recipient(kk=kk), *crowd)
    assert DoubleKind.HOUSEHOLD not in found(services, dinsos)


NAMES = ("ASEP", "BUDIMAN", "CECEP", "DADANG", "EUIS", "FATIMAH", "GUNAWAN", "HENDRA", "IMAS", "JAJANG", "KOKOM")


def test_nearly_one_name_in_one_rt(services, office, dinsos):
    office.publishes(
        Recipient(name="NUR HAYATI"),
        Recipient(name="NURHAYATI"),
        Recipient(name="NURHAYATI", rt=4),
        Recipient(name="NURHASANAH"),
        Recipient(name="SUPARMAN"),
        Recipient(name="SUPARMIN"),
        Recipient(name="NURHAYATI", nik=None),
    )
    (double,) = services.doubles.page(dinsos, DoubleKind.SIMILAR_NAME, kelurahan=TEGAL_GUNDIL, door=Door.SITE).doubles
    assert sorted(e.name for e in double.entries) == ["NUR HAYATI", "NURHAYATI"]
    assert {e.rt for e in double.entries} == {3}
    assert (double.same_nik, double.same_kk) == (False, False)


def test_one_person_in_two_spellings_is_not_two_with_one_name(services, office, dinsos):
    mother = Recipient()
    office.publishes(mother)
    office.publishes(Recipient(nik=mother.nik, kk=mother.kk, name="ST. MAESAROH"), programme="SEMBAKO")
    assert found(services, dinsos) == {}


def test_names_alike_are_looked_for_in_one_kelurahan_at_a_time(services, office, heads, dinsos):
    office.publishes(Recipient(name="NUR HAYATI"), Recipient(name="NURHAYATI"))
    page = services.doubles.page(dinsos, DoubleKind.SIMILAR_NAME, door=Door.SITE)
    assert (page.doubles.items, page.kelurahan_wanted) == ((), True)
    for role in ("rt", "rw", "kelurahan"):
        page = services.doubles.page(heads.create(role), DoubleKind.SIMILAR_NAME, door=Door.SITE)
        assert (page.doubles.found, page.kelurahan_wanted) == (1, False)


@pytest.mark.parametrize("role", ["rt", "rw", "kelurahan"])
def test_of_a_neighbours_half_only_the_programme_is_told(services, office, heads, role):
    nik, kk = a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk))
    office.publishes(Recipient(nik=nik, kk=kk, name="ROMLAH", region_code=NEXT_DOOR))
    (double,) = services.doubles.page(heads.create(role), DoubleKind.SAME_NIK, door=Door.SITE).doubles
    assert [e.name for e in double.entries] == ["SITI MAESAROH"]
    assert double.elsewhere == (("PKH", "Program Keluarga Harapan"),)
    assert (double.same_nik, double.same_kk) == (None, None)
    (beside,) = services.doubles.page(heads.create(role, NEXT_DOOR), DoubleKind.SAME_NIK, door=Door.SITE).doubles
    assert [e.name for e in beside.entries] == ["ROMLAH"]


def test_a_head_is_not_told_of_doubles_among_others(services, office, heads):
    nik, kk = a_nik(), a_kk()
    mine = Recipient(kk=kk)  # his own, who stands once
    office.publishes(mine, programme="PBI-JK")
    office.publishes(Recipient(nik=nik, kk=kk, rt=4), Recipient(name=WIFE, kk=kk, rt=4), Recipient(nik=nik, rt=4))
    rt = heads.create("rt")
    assert found(services, rt) == {}
    assert pointed_out(services, rt) == []
    assert found(services, heads.create("rt", rt=4)) == {DoubleKind.SAME_NIK: 1, DoubleKind.HOUSEHOLD: 1}


def test_a_head_is_not_told_of_programmes_of_others_either(services, office, heads):
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="SEMBAKO", period="2025-T4")
    # Which would be excluded by this, if it were of the same person:
    office.publishes(Recipient(region_code=NEXT_DOOR), programme="BLT-DD", period="2025-B11")
    office.publishes(Recipient(nik=nik, rt=4), programme="BLT-DD", period="2026-B02")
    office.publishes(Recipient(nik=nik, rt=4))
    assert found(services, heads.create("rt")) == {}
    assert pointed_out(services, heads.create("rt")) == []
    assert found(services, heads.create("rt", rt=4)) == {DoubleKind.NIK_EXCLUSIVE: 1}


def test_the_list_points_out_who_stands_twice(services, office, heads):
    kk = a_kk()
    office.publishes(Recipient(kk=kk), Recipient(kk=kk, name=WIFE, rt=4), Recipient(rt=6), Recipient(rt=7))
    assert pointed_out(services, heads.create("rw")) == [3, 4]
    assert pointed_out(services, heads.create("rt", rt=4)) == [4]
    assert pointed_out(services, heads.create("rt", rt=6)) == []


def test_without_a_kind_the_first_that_has_any_is_shown(services, office, heads, dinsos):
    assert services.doubles.page(dinsos, door=Door.SITE).kind is DoubleKind.SAME_NIK
    kk = a_kk()
    office.publishes(Recipient(kk=kk), Recipient(kk=kk, name=WIFE))
    assert services.doubles.page(dinsos, door=Door.SITE).kind is DoubleKind.HOUSEHOLD
    assert services.doubles.page(heads.create("rt"), door=Door.SITE).doubles.found == 1


def test_dinas_sosial_narrows_down_to_a_kelurahan_and_still_sees_both_halves(services, office, dinsos):
    nik = a_nik()
    office.publishes(Recipient(nik=nik))
    office.publishes(Recipient(nik=nik, region_code="32.71.04.1001"))
    office.publishes(Recipient(nik=(other := a_nik()), region_code=NEXT_DOOR))
    office.publishes(Recipient(nik=other, region_code="32.71.04.1002"))
    assert services.doubles.page(dinsos, DoubleKind.SAME_NIK, door=Door.SITE).doubles.found == 2
    (double,) = services.doubles.page(dinsos, DoubleKind.SAME_NIK, kelurahan=TEGAL_GUNDIL, door=Door.SITE).doubles
    assert len(double.entries) == 2


def test_a_forged_kelurahan_gives_ones_own(services, office, heads):
    office.publishes(*(Recipient(nik=nik, region_code=NEXT_DOOR) for nik in [a_nik()] * 2))
    kelurahan = heads.create("kelurahan")
    for kind in DoubleKind:
        assert services.doubles.page(kelurahan, kind, kelurahan=NEXT_DOOR, door=Door.SITE).doubles.found == 0


def test_a_payout_officer_sees_none(services, heads):
    with pytest.raises(Refused) as refused:
        services.doubles.page(heads.create("payout"), DoubleKind.SAME_NIK, door=Door.SITE)
    assert refused.value.code == "not_your_role"


def test_only_those_shown_are_recorded(services, office, heads):
    nik = a_nik()
    office.publishes(Recipient(nik=nik), Recipient(name="UJANG SUPARMAN"))
    office.publishes(Recipient(nik=nik, region_code=NEXT_DOOR))
    rt = heads.create("rt")
    for kind in DoubleKind:
        services.doubles.page(rt, kind, door=Door.SITE)
    with services.database.reading() as connection:
        looks = connection.execute(
            select(AccessRow.what, AccessRow.role, PersonRow.region_code, PersonRow.nik_index).join(
                PersonRow, PersonRow.id == AccessRow.person_id
            )
        ).all()
    assert [tuple(look)[:3] for look in looks] == [("list", "rt", TEGAL_GUNDIL)]
    assert looks[0].nik_index == vault_of(services).index(nik)


def test_many_under_one_nik_are_counted_not_poured_out(services, office, dinsos):
    nik = a_nik()
    office.publishes(*(Recipient(nik=nik, name=f"{name} A") for name in (*NAMES, "LILIS")))
    (double,) = services.doubles.page(dinsos, DoubleKind.SAME_NIK, door=Door.SITE).doubles
    assert (len(double.entries), double.more) == (10, 2)


def test_fifty_doubles_fill_a_page(services, office, dinsos):
    office.publishes(
        *(Recipient(nik=nik, name=f"IBU {n % 51:03}") for n, nik in enumerate([a_nik() for _ in range(51)] * 2))
    )
    pages = [services.doubles.page(dinsos, DoubleKind.SAME_NIK, page=page, door=Door.SITE) for page in (1, 2, 9)]
    assert [(len(page.doubles), page.doubles.number) for page in pages] == [(50, 1), (1, 2), (1, 2)]
    assert {(page.doubles.found, page.doubles.pages) for page in pages} == {(51, 2)}
    everyone = {double.entries[0].name for page in pages for double in page.doubles}
    assert len(everyone) == 51


def test_a_page_takes_few_statements(services, office, dinsos):
    office.publishes(*(Recipient(nik=nik) for nik in [a_nik() for _ in range(9)] * 2))
    run = []
    event.listen(services.database.engine, "before_cursor_execute", lambda *args: run.append(args[2]))
    services.doubles.page(dinsos, DoubleKind.SAME_NIK, door=Door.SITE)
    assert len(run) <= 4


def test_the_rules_name_programmes_there_are():
    codes = {programme.code for programme in KNOWN}
    assert {rule.one for rule in EXCLUSIONS} | {rule.other for rule in EXCLUSIONS} <= codes
    assert all(rule.source for rule in EXCLUSIONS)


def test_programmes_exclude_each_other_only_at_the_same_time():
    rounds = [
        ("PKH", "2026-T1"),
        ("BLT-DD", "2026-B03"),
        ("BLT-DD", "2026-B04"),
        ("SEMBAKO", "2026-T1"),
        ("BST", "2021"),
    ]
    assert clashes(rounds) == (
        (("BLT-DD", "2026-B03"), ("PKH", "2026-T1")),
        (("BLT-DD", "2026-B03"), ("SEMBAKO", "2026-T1")),
    )


def test_before_publishing_it_is_counted_who_would_get_what_excludes_each_other(services, office):
    both, moved, alone = Recipient(), Recipient(), Recipient()
    office.publishes(both, replace(moved, state=State.TAKEN_OFF), programme="PKH")
    office.publishes(both, programme="BST", period="2025-T4")
    office.publishes(both, programme="PANGAN")
    id = office.drafts(both, moved, alone, programme="BLT-DD")
    assert services.doubles.of_draft(id) == (WouldBeDouble("PKH", "2026-T1", 1, sure=True),)
    assert services.doubles.of_draft(office.drafts(alone, programme="BST")) == ()
