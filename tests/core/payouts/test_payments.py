"""What PT Pos reports is written to the payee it means, and to nobody else; what speaks against itself to nobody."""

from __future__ import annotations

from datetime import date

import pytest

from salur.core.errors import NothingFits
from salur.core.lists.kinds import Coverage
from salur.core.payouts.answers import FileReport
from salur.core.payouts.kinds import Results, Round
from tests.fixtures.office import Announced, Recipient, Reported, in_rows

CODE, OTHER_CODE = "16100-000001", "16100-000002"
STRANGER = "3271054107850009"
PKH = Round("PKH", "2026-T1")


@pytest.fixture
def report(services):
    """Check rows, and say how many of them are believed and why the others are not."""

    def of(*rows, **facts):
        checked = services.payments.check(Results(payments=in_rows(rows or [Reported(**facts)])), PKH)
        assert checked.agrees
        assert checked.rows == checked.used + len(checked.not_used)
        return checked.used, [code for _row, code, _refused in checked.not_used]

    return of


def test_a_letter_numbered_anew_in_another_round_marks_nobody_paid(office, report):
    mother = Recipient(letter_code=CODE)
    office.publishes(mother)
    assert report(letter_code=CODE, nik=STRANGER) == (0, ["code_contradicts_nik"])
    assert report(letter_code=CODE, nik=mother.nik) == (1, [])


def test_a_letter_code_beside_the_nik_of_a_neighbour_marks_neither_paid(office, report):
    mother, neighbour = Recipient(letter_code=CODE), Recipient(letter_code=OTHER_CODE)
    office.publishes(mother, neighbour)
    assert report(letter_code=CODE, nik=neighbour.nik) == (0, ["code_contradicts_nik"])
    assert report(letter_code=OTHER_CODE) == (1, [])


def test_a_number_beside_the_name_of_another_marks_nobody_paid(office, report):
    mother = Recipient(name="SITI MAESAROH", letter_code=CODE)
    office.publishes(mother, Recipient(name="UJANG SURYANA"))
    assert report(letter_code=CODE, name="UJANG SURYANA") == (0, ["code_contradicts_name"])
    assert report(nik=mother.nik, name="UJANG SURYANA") == (0, ["number_contradicts_name"])
    assert report(kk=mother.kk, name="UJANG SURYANA") == (0, ["number_contradicts_name"])


@pytest.mark.parametrize("name", ["Siti Maesaroh", "SITI MAESAROH (ALM)", "ST. MAESAROH", "-", "12"])
def test_a_name_that_may_be_hers_or_is_none_speaks_against_nothing(office, report, name):
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother)
    assert report(nik=mother.nik, name=name) == (1, [])


def test_two_numbers_that_agree_outvote_a_name(office, report):
    mother = Recipient(name="SITI MAESAROH", letter_code=CODE)
    office.publishes(mother)
    assert report(letter_code=CODE, nik=mother.nik, name="DIWAKILI ANAK") == (1, [])
    assert report(nik=mother.nik, kk=mother.kk, name="UJANG") == (1, [])


def test_a_letter_code_beside_another_familys_kk_number_marks_nobody_paid(office, report):
    mother, neighbour = Recipient(letter_code=CODE), Recipient()
    office.publishes(mother, neighbour)
    assert report(letter_code=CODE, kk=neighbour.kk) == (0, ["code_contradicts_kk"])
    assert report(letter_code=CODE, kk=neighbour.kk, name=mother.name) == (1, [])  # families get new KK numbers


def test_of_one_family_the_name_says_who_was_paid(office, report):
    mother, son = Recipient(name="SITI MAESAROH"), Recipient(name="UJANG SURYANA")
    office.publishes(mother, Recipient(name=son.name, nik=son.nik, kk=mother.kk))
    assert report(kk=mother.kk) == (0, ["several_on_the_list"])
    assert report(kk=mother.kk, name="UJANG SURYANA") == (1, [])


def test_letters_numbered_from_one_in_each_rw_mark_nobody_of_another_rw_paid(office, report):
    here, there = (
        Recipient(name="SITI MAESAROH", letter_code=CODE, rw=1),
        Recipient(name="UJANG", letter_code=CODE, rw=2),
    )
    for person in (here, there):
        office.publishes(person, coverage=Coverage.RW)
    assert report(letter_code=CODE) == (0, ["several_on_the_list"])
    assert report(letter_code=CODE, name="SITI MAESAROH") == (1, [])
    assert report(letter_code=CODE, nik=there.nik) == (1, [])


def test_who_was_left_out_of_a_corrected_list_gives_way_to_who_is_on_it(office, report):
    gone, mother = Recipient(letter_code=CODE), Recipient(letter_code=CODE)
    office.publishes(gone)
    office.publishes(mother)
    assert report(letter_code=CODE) == (1, [])
    assert report(nik=gone.nik) == (1, [])  # paid before the list was corrected


@pytest.mark.parametrize("says", [{"programme": "SEMBAKO"}, {"stage": "4"}])
def test_a_report_of_another_programme_or_tahap_marks_nobody_paid(office, report, says):
    mother = Recipient(letter_code=CODE)
    office.publishes(mother)
    assert report(letter_code=CODE, **says) == (0, ["other_programme_or_stage"])
    assert report(letter_code=CODE, programme="PKH", stage="1") == (1, [])


def test_a_carriers_list_without_nik_goes_by_the_letter(office, report):
    neighbour = Recipient(name="UJANG")
    office.publishes(Recipient(nik=None, kk=None, letter_code=CODE), neighbour)
    assert report(letter_code=CODE, nik=STRANGER) == (1, [])
    assert report(letter_code=CODE, nik=neighbour.nik) == (0, ["code_contradicts_nik"])


@pytest.mark.parametrize("status", ["paid", "returned", "failed"])
def test_what_is_yet_to_come_was_not_paid(office, report, status):
    mother = Recipient()
    office.publishes(mother)
    assert report(nik=mother.nik, status=status, date=date(2026, 2, 21)) == (0, ["in_the_future"])
    assert report(nik=mother.nik, status=status, date=date(2026, 2, 20)) == (1, [])  # today


def test_a_payment_of_last_year_is_of_another_round_or_a_slip(office, report):
    mother = Recipient()
    office.publishes(mother)
    assert report(nik=mother.nik, date=date(2025, 2, 12)) == (0, ["before_the_period"])
    assert report(nik=mother.nik, date=date(2025, 12, 22)) == (1, [])  # January's aid, before the holidays


@pytest.mark.parametrize("day", [date(2026, 2, 12), None])
def test_nobody_is_paid_before_their_sitting_was_open(office, report, day):
    mother = Recipient()
    office.publishes(mother, Recipient(rw=9))
    office.announces(Announced(rw=5, date=date(2026, 2, 24)), Announced(rw=9, date=date(2026, 2, 3)))
    assert report(nik=mother.nik, date=day) == (0, ["before_the_sitting"])
    assert report(nik=mother.nik, status="returned", date=day) == (0, ["before_the_sitting"])
    assert report(nik=mother.nik, status="failed", date=day) == (1, [])  # a transfer fails on any day


def test_where_a_sitting_was_moved_its_first_day_counts(office, report):
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced(date=date(2026, 2, 12)))
    office.announces(Announced(date=date(2026, 2, 24)))
    assert report(nik=mother.nik, date=date(2026, 2, 12)) == (1, [])
    assert report(nik=mother.nik, date=date(2026, 2, 11)) == (0, ["before_the_sitting"])


def test_another_amount_than_listed_is_not_believed(office, report):
    mother = Recipient(amount=600_000)
    office.publishes(mother, Recipient(nik=mother.nik, kk=mother.kk, amount=400_000, stage="2"))
    for amount in (None, 600_000, 400_000, 1_000_000):
        assert report(nik=mother.nik, amount=amount) == (1, [])
    for amount in (500_000, 60_000, 6_000_000, 0):
        assert report(nik=mother.nik, amount=amount) == (0, ["other_amount"])


def test_a_list_that_says_no_amount_contradicts_none(office, report):
    mother = Recipient(amount=None)
    office.publishes(mother)
    assert report(nik=mother.nik, amount=600_000) == (1, [])


@pytest.mark.parametrize(
    "other",
    [
        {"place": "Kantor Kelurahan"},
        {"date": date(2026, 2, 13)},
        {"status": "returned"},
        {"status": "failed", "date": date(2026, 2, 13)},
    ],
)
def test_who_is_told_of_twice_differently_is_told_nothing(office, report, other):
    mother = Recipient(letter_code=CODE)
    office.publishes(mother)
    rows = Reported(nik=mother.nik), Reported(letter_code=CODE, **other)
    assert report(*rows) == (0, ["reported_twice"] * 2)


def test_the_same_row_again_changes_nothing(office, report):
    mother = Recipient()
    office.publishes(mother)
    rows = Reported(nik=mother.nik), Reported(nik=mother.nik, place="KANTOR POS BOGOR 16000")
    assert report(*rows) == (1, ["repeated"])


def test_what_failed_first_and_was_paid_then_is_paid(office, report):
    mother = Recipient()
    office.publishes(mother)
    rows = Reported(nik=mother.nik, status="failed", date=date(2026, 2, 10)), Reported(nik=mother.nik)
    assert report(*rows) == (1, ["earlier_try"])


def test_who_was_paid_before_is_not_paid_again_elsewhere(office, report):
    mother = Recipient()
    office.publishes(mother)
    office.hears(Reported(nik=mother.nik))
    assert report(nik=mother.nik, place="Kantor Kelurahan Tegal Gundil") == (0, ["paid_elsewhere"])
    assert report(nik=mother.nik, status="failed", date=date(2026, 2, 11)) == (0, ["older_than_known"])
    assert report(nik=mother.nik) == (1, [])  # reports grow: last week's rows are in this week's
    assert report(nik=mother.nik, status="failed", date=date(2026, 2, 13)) == (1, [])  # a later report corrects
    office.publishes(mother)  # a corrected list of the same round
    assert report(nik=mother.nik, status="failed", date=date(2026, 2, 13)) == (0, ["paid_already"])
    assert report(nik=mother.nik, place="Kantor Kelurahan Tegal Gundil") == (0, ["paid_elsewhere"])


def test_who_is_not_paid_yet_or_unclearly_is_counted(office, report, services):
    mother, other = Recipient(), Recipient()
    office.publishes(mother, other)
    rows = Reported(nik=mother.nik, status="due"), Reported(nik=other.nik, status=None), Reported(nik=STRANGER)
    assert report(*rows) == (0, ["not_yet_paid", "status_unclear", "not_on_the_list"])
    with pytest.raises(NothingFits) as refused:
        services.payments.add(Results(payments=in_rows(rows)), PKH, bytes(32))
    assert isinstance(refused.value.report, FileReport)
    assert services.payments.all() == ()
