"""A number opens the data of its person or family only; what an office copied down a whole column is nobody's."""

from __future__ import annotations

from salur.core.limits.asker import Asker
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Kk, Nik
from tests.fixtures.office import Recipient, a_kk

HOME = Asker.address("203.0.113.7")


def test_the_number_of_a_circular_in_the_column_of_letter_codes_opens_nobody(office, services):
    office.publishes(*(Recipient(name="SITI AMINAH", letter_code="S-470/123/2026") for _ in range(3)))
    answer = services.lookup.ask(LetterCode.parse("S4701232026"), "Siti Aminah", asker=HOME)
    assert isinstance(answer, NotOnTheList)


def test_a_letter_to_someone_listed_twice_is_still_hers(office, services):
    once = Recipient(letter_code="16100-000001")
    again = Recipient(name=once.name, nik=once.nik, kk=once.kk, amount=300_000, letter_code="16100-000001")
    office.publishes(once, again)
    answer = services.lookup.ask(LetterCode.parse("16100-000001"), once.name, asker=HOME)
    assert isinstance(answer, OnTheList)


def test_a_code_may_come_again_on_another_list(office, services):
    first, second = Recipient(letter_code="16100-000001"), Recipient(name="NENENG", letter_code="16100-000001")
    office.publishes(first)
    office.publishes(second, programme="SEMBAKO")
    for someone in (first, second):
        answer = services.lookup.ask(LetterCode.parse("16100-000001"), someone.name, asker=HOME)
        assert isinstance(answer, OnTheList)


def test_a_kk_number_copied_down_the_column_opens_no_stranger(office, services):
    kk = a_kk()
    people = [Recipient(name="SITI AMINAH", kk=kk) for _ in range(50)]
    office.publishes(*people)
    assert isinstance(services.lookup.ask(Kk.parse(kk), "Siti Aminah", asker=HOME), NotOnTheList)
    (aid,) = services.lookup.ask(Nik.parse(people[7].nik), "Siti Aminah", asker=HOME).present
    assert aid.payee == "S. A."
