"""Doubles that an office has looked into: it stands as long as the same people stand there, and no longer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from salur.core.doubles.kinds import CheckReason, DoubleKind
from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role
from salur.core.tables.marks import DoubleCheckRow
from tests.fixtures.office import Recipient, a_kk, a_nik

NEXT_DOOR = "32.71.05.1001"
NOTE = "Dua-duanya memang tinggal di sini."


@pytest.fixture
def seen(services):
    """What an officer sees of the doubles of a kind: the check of each, or None."""

    def sees(officer, kind=DoubleKind.HOUSEHOLD):
        return [double.check for double in services.doubles.page(officer, kind, door=Door.SITE).doubles]

    return sees


@pytest.fixture
def check(services):
    """Say of the only double that it was looked into."""

    def checks(officer, kind=DoubleKind.HOUSEHOLD, reason=CheckReason.TWO_PEOPLE, note=None):
        (double,) = services.doubles.page(officer, kind, door=Door.SITE).doubles
        return services.doubles.check(officer, kind, double.key, reason, note)

    return checks


@pytest.fixture
def couple():
    """Two of one KK."""
    kk = a_kk()
    return Recipient(kk=kk), Recipient(kk=kk, name="ROHAYATI BINTI SUKARDI")


def test_it_says_who_when_and_why_and_outlives_the_next_list(services, office, heads, clock, seen, check, couple):
    rt, dinsos = heads.create("rt"), heads.create("dinsos")
    office.publishes(*couple)
    check(rt, note=NOTE)
    when = clock()
    clock.passes(days=60)
    office.publishes(*couple, Recipient(name="ASEP"), period="2026-T2")
    for officer in (rt, dinsos):
        (found,) = seen(officer)
        assert (found.role, found.territory, found.at) == (Role.RT, rt.territory, when)
        assert (found.reason, found.note, found.may_take_back) == (CheckReason.TWO_PEOPLE, NOTE, True)


@pytest.mark.parametrize("changed", ["another", "one more", "another programme"])
def test_a_changed_pair_is_a_new_question(office, heads, seen, check, couple, changed):
    rt = heads.create("rt")
    office.publishes(*couple)
    check(rt)
    one, other = couple
    if changed == "another":
        office.publishes(one, Recipient(kk=one.kk, name="ASEP SUHENDAR"), period="2026-T2")
    elif changed == "one more":
        office.publishes(one, other, Recipient(kk=one.kk, name="ASEP SUHENDAR"), period="2026-T2")
    else:
        office.publishes(Recipient(name="KOKOM"), period="2026-T2")
        office.publishes(one, other, programme="SEMBAKO", period="2026-T2")
    assert seen(rt) == [None]


def test_the_same_nik_under_another_name_is_a_new_question(office, heads, seen, check):
    rt, nik, kk = heads.create("rt"), a_nik(), a_kk()
    office.publishes(Recipient(nik=nik, kk=kk), Recipient(nik=nik, kk=kk, name="ROMLAH"))
    check(rt, DoubleKind.SAME_NIK)
    office.publishes(Recipient(nik=nik, kk=kk), Recipient(nik=nik, kk=kk, name="KOKOM"), period="2026-T2")
    assert seen(rt, DoubleKind.SAME_NIK) == [None]


def test_names_alike_are_looked_into_too(office, heads, seen, check):
    rt = heads.create("rt")
    office.publishes(Recipient(name="NUR HAYATI"), Recipient(name="NURHAYATI"))
    check(rt, DoubleKind.SIMILAR_NAME)
    (found,) = seen(rt, DoubleKind.SIMILAR_NAME)
    assert found.reason is CheckReason.TWO_PEOPLE


def test_who_sees_the_other_half_alone_learns_nothing_of_it(office, heads, seen, check):
    """One half each: what one head found is none of the other's business, but that of the office above both."""
    nik = a_nik()
    office.publishes(Recipient(nik=nik))
    office.publishes(Recipient(nik=nik, name="ROMLAH", region_code=NEXT_DOOR))
    here, there, camat = heads.create("rt"), heads.create("rt", NEXT_DOOR), heads.create("kecamatan")
    check(here, DoubleKind.SAME_NIK, note=NOTE)
    assert [found is None for found in seen(there, DoubleKind.SAME_NIK)] == [True]
    (found,) = seen(camat, DoubleKind.SAME_NIK)
    assert found.note == NOTE


def test_what_the_office_above_found_is_told_below_without_its_note(services, office, heads, seen, check, couple):
    rt, camat = heads.create("rt"), heads.create("kecamatan")
    office.publishes(*couple)
    id = check(camat, reason=CheckReason.OTHER, note=NOTE)
    (found,) = seen(rt)
    assert (found.role, found.note, found.may_take_back) == (Role.KECAMATAN, None, False)
    with pytest.raises(NotThere):
        services.doubles.take_back(rt, id)


def test_taken_back_it_is_asked_again(services, office, heads, seen, check, couple):
    rt, rw, elsewhere = heads.create("rt"), heads.create("rw"), heads.create("rw", NEXT_DOOR)
    office.publishes(*couple)
    id = check(rt)
    for other in (elsewhere, heads.create("payout")):  # whose area holds that of the head, but who is not above him
        with pytest.raises(NotThere):
            services.doubles.take_back(other, id)
    services.doubles.take_back(rw, id)
    assert seen(rt) == [None]
    with pytest.raises(NotThere):
        services.doubles.take_back(rt, id)
    check(rt)
    assert seen(rw) != [None]


def test_what_cannot_be_taken_is_refused_with_its_reason(services, office, heads, check, couple):
    rt = heads.create("rt")
    office.publishes(*couple)
    for reason, note, code in (
        (None, "", "why_missing"),
        (CheckReason.OTHER, " ", "note_missing"),
        (CheckReason.ALLOWED, f"NIK {couple[0].nik}", "number_in_note"),
        (CheckReason.ALLOWED, "x" * 301, "note_too_long"),
    ):
        with pytest.raises(FieldRefused) as refused:
            check(rt, reason=reason, note=note)
        assert refused.value.code == code
    with pytest.raises(Refused, match="no_such_double"):
        services.doubles.check(rt, DoubleKind.HOUSEHOLD, "00" * 32, CheckReason.ALLOWED)
    with pytest.raises(Refused, match="not_your_role"):
        services.doubles.check(heads.create("payout"), DoubleKind.HOUSEHOLD, "00" * 32, CheckReason.ALLOWED)
    check(rt)
    with pytest.raises(Refused, match="already_checked"):
        check(rt)


def test_kept_is_a_digest_that_names_nobody(services, office, heads, check, couple):
    office.publishes(*couple)
    check(heads.create("rt"), note=NOTE)
    with services.database.reading() as connection:
        (row,) = connection.execute(select(DoubleCheckRow.double, DoubleCheckRow.sealed_note)).all()
    assert len(row.double) == 32
    assert NOTE.encode() not in row.sealed_note
