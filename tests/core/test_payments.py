"""What PT Pos reports is written to the payee it means, and to nobody else."""

from __future__ import annotations

import pytest

from tests.fixtures.office import Recipient, Reported

CODE = "16100-000001"
STRANGER = "3271054107850009"


@pytest.fixture
def report(services):
    """Record one row, and say how many were paid and what did not fit."""

    def of(**facts):
        heard = services.payments.record([Reported(**facts)], programme="PKH", period="2026-T1")
        return heard.paid, [code for _row, code in heard.unmatched]

    return of


def test_a_letter_numbered_anew_in_another_round_marks_nobody_paid(office, report):
    mother = Recipient(letter_code=CODE)
    office.publishes(mother)
    assert report(letter_code=CODE, nik=STRANGER) == (0, ["not_on_the_list"])
    assert report(letter_code=CODE, nik=mother.nik) == (1, [])


def test_two_letters_mixed_up_are_told_apart_by_the_nik(office, report, services):
    mother, neighbour = Recipient(letter_code=CODE), Recipient(letter_code="16100-000002")
    office.publishes(mother, neighbour)
    assert report(letter_code=CODE, nik=neighbour.nik) == (1, [])
    assert report(letter_code="16100-000002") == (1, [])


@pytest.mark.parametrize("says", [{"programme": "SEMBAKO"}, {"stage": "4"}])
def test_a_report_of_another_programme_or_tahap_marks_nobody_paid(office, report, says):
    mother = Recipient(letter_code=CODE)
    office.publishes(mother)
    assert report(letter_code=CODE, **says) == (0, ["other_programme_or_stage"])
    assert report(letter_code=CODE, programme="PKH", stage="1") == (1, [])


def test_a_carriers_list_without_nik_goes_by_the_letter(office, report):
    office.publishes(Recipient(nik=None, kk=None, letter_code=CODE))
    assert report(letter_code=CODE, nik=STRANGER) == (1, [])
