"""The counter of an office: a way out for who finds his number closed, and no way to search for anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from salur.core.counter.answers import NotSeen, Seen
from salur.core.errors import FieldRefused, NotThere, RanOut, Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import MISSES_OF_ANYONE
from salur.core.limits.budgets import A_DESK
from salur.core.limits.kinds import Door
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.officers.roles import Officer, Role
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Kk, Nik
from salur.core.tables.privacy import AccessRow
from salur.wiring import Services
from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.office import Office, Recipient, a_kk, a_nik
from tests.fixtures.officers import Heads
from tests.fixtures.services import Clock

Look = Callable[..., Seen | NotSeen]


@pytest.fixture
def clerk(heads: Heads) -> Officer:
    """Who sits at the counter of Tegal Gundil."""
    return heads.create(Role.KELURAHAN)


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Siti Maesaroh of Tegal Gundil; Budi of Bantar Jati stands on the same list."""
    mother = Recipient(name="SITI MAESAROH", letter_code="16100-000001")
    office.publishes(mother, Recipient(name="BUDI SANTOSO", region_code=BANTAR_JATI))
    return mother


@pytest.fixture
def look(services: Services) -> Look:
    """`look(officer, number, name)`."""
    return lambda officer, number, name: services.counter.look_up(officer, Nik.parse(number), name, door=Door.SITE)


def close(services: Services, number: str) -> None:
    """Strangers try names until the number is closed to everyone."""
    for i in range(MISSES_OF_ANYONE):
        services.lookup.ask(Nik.parse(number), "Tono Salah", asker=Asker.address(f"198.51.100.{i + 1}"))


def looks(services: Services) -> list[tuple[str | None, str]]:
    """Role and deed of each look there was."""
    with services.database.reading() as connection:
        return [(row.role, row.what) for row in connection.execute(select(AccessRow.role, AccessRow.what))]


def test_who_finds_his_number_closed_is_answered_at_the_counter_and_it_is_opened_again(
    services: Services, clerk: Officer, mother: Recipient, look: Look
) -> None:
    close(services, mother.nik)
    phone = Asker.address("203.0.113.9")
    with pytest.raises(TooManyAttempts) as refused:
        services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=phone)
    assert refused.value.scope is RanOut.CLOSED
    seen = look(clerk, mother.nik, "Siti Maesaroh")
    assert isinstance(seen, Seen)
    assert seen.closed
    assert [entitlement.payee for entitlement in seen.answer.present] == ["S. M."]
    assert not any(entitlement.key for entitlement in seen.answer.entitlements), "the payee speaks for herself"
    assert services.counter.reopen(clerk, seen.key, door=Door.SITE) == 1
    assert looks(services) == [("kelurahan", "desk"), ("kelurahan", "reopened")]
    answer = services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=phone)
    assert isinstance(answer, OnTheList)
    looked = services.my_data.history(answer.key, asker=phone).looks
    assert {(look.role, look.what) for look in looked if look.role} == {
        (Role.KELURAHAN, "desk"), (Role.KELURAHAN, "reopened")
    }  # fmt: skip
    assert services.counter.reopen(clerk, seen.key, door=Door.SITE) == 0  # nothing is closed: nothing is written
    assert looks(services).count(("kelurahan", "reopened")) == 1


def test_a_key_opens_for_its_office_alone_and_for_a_quarter_of_an_hour(
    services: Services, heads: Heads, clerk: Officer, mother: Recipient, look: Look, clock: Clock
) -> None:
    close(services, mother.nik)
    seen = look(clerk, mother.nik, mother.name)
    assert isinstance(seen, Seen)
    pass_of_a_resident = services.lookup.ask(LetterCode.parse("16100-000001"), mother.name, asker=Asker.chat(5))
    assert isinstance(pass_of_a_resident, OnTheList)
    for officer, key in (
        (heads.create(Role.KELURAHAN), seen.key),
        (clerk, pass_of_a_resident.key),
        (clerk, "x"),
        (clerk, ""),
    ):
        with pytest.raises(Refused) as refused:
            services.counter.reopen(officer, key, door=Door.SITE)
        assert refused.value.code == "key_expired"
    moved = replace(clerk, territory=replace(clerk.territory, region_code=BANTAR_JATI))
    assert services.counter.reopen(moved, seen.key, door=Door.SITE) == 0
    clock.passes(minutes=15)
    with pytest.raises(Refused):
        services.counter.reopen(clerk, seen.key, door=Door.SITE)


def test_unknown_wrong_and_elsewhere_are_one_answer_and_leave_no_trace(
    services: Services, heads: Heads, clerk: Officer, mother: Recipient, office: Office, look: Look
) -> None:
    stranger = Recipient(name="TONO SUTRISNO", region_code=BANTAR_JATI)
    office.publishes(stranger, mother)
    typed = [(a_nik(), "Siti Maesaroh"), (mother.nik, "Tono"), (stranger.nik, stranger.name)]
    answers = [look(clerk, *each) for each in typed]
    assert answers == [NotSeen(2)] * 3
    assert looks(services) == []
    above = heads.create(Role.KECAMATAN)
    assert isinstance(look(above, stranger.nik, stranger.name), Seen)
    assert looks(services) == [("kecamatan", "desk")]


def test_a_name_of_the_family_that_lives_elsewhere_opens_nothing_here(
    services: Services, clerk: Officer, office: Office
) -> None:
    kk = a_kk()
    office.publishes(Recipient(kk=kk, name="SITI MAESAROH"), Recipient(kk=kk, name="DEWI", region_code=BANTAR_JATI))
    for name, expected in (("Dewi", NotSeen), ("Siti Maesaroh", Seen)):
        assert isinstance(services.counter.look_up(clerk, Kk.parse(kk), name, door=Door.SITE), expected)


def test_who_moved_away_is_seen_where_he_is_listed_now(
    services: Services, heads: Heads, clerk: Officer, office: Office, look: Look
) -> None:
    nik, kk = a_nik(), a_kk()
    here = Recipient(nik=nik, kk=kk, name="SITI MAESAROH")
    office.publishes(here)
    office.publishes(replace(here, region_code=BANTAR_JATI), Recipient(), period="2026-T2")
    there = look(clerk, nik, "Siti Maesaroh")
    assert not isinstance(there, Seen) or BANTAR_JATI not in repr(there)
    seen = look(heads.create(Role.KELURAHAN, BANTAR_JATI), nik, "Siti Maesaroh")
    assert isinstance(seen, Seen)
    assert {entitlement.kelurahan_code for entitlement in seen.answer.entitlements} == {BANTAR_JATI}


def test_kk_number_and_letter_code_are_asked_too_and_dinas_sosial_needs_no_name(
    services: Services, heads: Heads, clerk: Officer, mother: Recipient
) -> None:
    dinsos = heads.create(Role.DINSOS)
    for identity in (Kk.parse(mother.kk), LetterCode.parse("16100-000001"), Nik.parse(mother.nik)):
        assert isinstance(services.counter.look_up(clerk, identity, mother.name, door=Door.SITE), Seen)
        with pytest.raises(FieldRefused):
            services.counter.look_up(clerk, identity, " ", door=Door.SITE)
        assert isinstance(services.counter.look_up(dinsos, identity, "", door=Door.SITE), Seen)
        assert isinstance(services.counter.look_up(dinsos, identity, "Tono Lain", door=Door.SITE), NotSeen)
    assert set(looks(services)) == {("kelurahan", "desk"), ("dinsos", "desk")}


@pytest.mark.parametrize("role", [Role.RT, Role.RW, Role.PAYOUT])
def test_who_has_no_counter_is_not_there(
    services: Services, heads: Heads, mother: Recipient, look: Look, role: Role
) -> None:
    officer = heads.create(role)
    with pytest.raises(NotThere):
        look(officer, mother.nik, mother.name)
    with pytest.raises(NotThere):
        services.counter.reopen(officer, "x", door=Door.SITE)


def test_an_account_is_no_way_to_search(
    services: Services, clerk: Officer, office: Office, look: Look, clock: Clock
) -> None:
    known = [Recipient(name="SITI MAESAROH") for _ in range(8)]
    office.publishes(*known)

    def misses(most: int = 1_000) -> int:
        for missed in range(most):
            try:
                look(clerk, a_nik(), "Siti Maesaroh")
            except TooManyAttempts as error:
                assert error.scope is RanOut.ASKER  # noqa: PT017
                return missed
        return most

    for hour in range(3):
        missed = misses(5)
        for person in known[hour * 2 : hour * 2 + 2]:
            look(clerk, person.nik, person.name)  # what he gets right wins him no guess
        assert missed + misses() == A_DESK["miss"].limit
        with pytest.raises(TooManyAttempts):
            look(clerk, known[7].nik, known[7].name)
        clock.passes(hours=1)
    clock.passes(hours=3)
    assert A_DESK["miss-day"].limit == 3 * A_DESK["miss"].limit
    assert misses() == 0


def test_names_are_guessed_for_a_number_thrice_by_an_account_and_ten_times_by_all_offices(
    services: Services, heads: Heads, mother: Recipient, look: Look
) -> None:
    tried = 0
    for officer in [heads.create(Role.KELURAHAN) for _ in range(5)]:
        for name in ("Tono", "Dewi", "Rina", "Yati"):
            try:
                assert isinstance(look(officer, mother.nik, name), NotSeen)
            except TooManyAttempts as error:
                assert error.scope in (RanOut.IDENTITY, RanOut.CLOSED)  # noqa: PT017
                break
            tried += 1
    assert tried == MISSES_OF_ANYONE
    # And none of it closed anything to the residents themselves.
    assert isinstance(services.lookup.ask(Nik.parse(mother.nik), mother.name, asker=Asker.chat(9)), OnTheList)


def test_so_many_people_an_hour_and_no_more(services: Services, clerk: Officer, office: Office, look: Look) -> None:
    people = [Recipient(name="SITI MAESAROH") for _ in range(A_DESK["right"].limit + 1)]
    office.publishes(*people)
    for person in people[:-1]:
        assert isinstance(look(clerk, person.nik, person.name), Seen)
    with pytest.raises(TooManyAttempts):
        look(clerk, people[-1].nik, people[-1].name)


def test_a_strained_site_leaves_the_counter_open(services: Services, clerk: Officer, look: Look) -> None:
    for i in range(120):
        services.lookup.ask(Nik.parse(a_nik()), "Tono", asker=Asker.address(f"198.51.{i}.1"))
    for _ in range(A_DESK["miss"].limit):
        assert isinstance(look(clerk, a_nik(), "Siti Maesaroh"), NotSeen)
    assert isinstance(services.lookup.ask(Nik.parse(a_nik()), "Siti", asker=Asker.chat(3)), NotOnTheList)
    assert looks(services) == []


def test_who_missed_thrice_herself_asks_again_on_her_own_phone_once_the_counter_saw_her_ktp(
    services: Services, clerk: Officer, mother: Recipient, look: Look, clock: Clock
) -> None:
    phone, nik = Asker.address("203.0.113.9"), Nik.parse(mother.nik)
    for name in ("Titi", "Tati", "Tuti"):
        services.lookup.ask(nik, name, asker=phone)
    with pytest.raises(TooManyAttempts):
        services.lookup.ask(nik, mother.name, asker=phone)
    clock.passes(minutes=30)
    seen = look(clerk, mother.nik, mother.name)
    assert isinstance(seen, Seen)
    assert seen.closed
    assert services.counter.reopen(clerk, seen.key, door=Door.SITE) == 1
    clock.passes(seconds=1)
    assert isinstance(services.lookup.ask(nik, mother.name, asker=phone), OnTheList)


def test_what_is_missed_after_it_was_opened_again_counts_as_ever(
    services: Services, clerk: Officer, mother: Recipient, look: Look, clock: Clock
) -> None:
    nik = Nik.parse(mother.nik)
    close(services, mother.nik)
    clock.passes(hours=23)
    seen = look(clerk, mother.nik, mother.name)
    assert isinstance(seen, Seen)
    services.counter.reopen(clerk, seen.key, door=Door.SITE)
    stranger = Asker.address("198.51.100.200")
    misses = []
    for _ in range(60):
        clock.passes(minutes=30)
        misses.append(miss(services, nik, stranger))
    assert misses.count(None) == 2 * 3, "three, and three when a day is over"
    assert set(misses) == {None, RanOut.IDENTITY}
    others = [miss(services, nik, Asker.address(f"198.51.100.{i + 1}")) for i in range(30)]
    assert others.count(None) == 10 - 3, "ten by anyone in a day, and the stranger's three are among them"


def test_a_number_that_was_opened_once_forgives_nobody_later(
    services: Services, clerk: Officer, mother: Recipient, look: Look, clock: Clock
) -> None:
    nik, hers = Nik.parse(mother.nik), Asker.address("203.0.113.9")
    services.lookup.ask(nik, mother.name, asker=hers)
    close(services, mother.nik)
    clock.passes(hours=1)
    seen = look(clerk, mother.nik, mother.name)
    assert isinstance(seen, Seen)
    services.counter.reopen(clerk, seen.key, door=Door.SITE)
    clock.passes(minutes=30)
    assert [miss(services, nik, hers) for _ in range(4)] == [None] * 3 + [RanOut.IDENTITY]
    clock.passes(minutes=30)
    close_the_rest = [miss(services, nik, Asker.address(f"198.51.100.{i + 20}")) for i in range(8)]
    assert close_the_rest == [None] * 7 + [RanOut.CLOSED]
    assert miss(services, nik, hers) is RanOut.IDENTITY, "ten misses end what was forgiven"


def test_when_the_day_of_a_number_that_was_opened_is_over_a_guessers_is_not(
    services: Services, clerk: Officer, mother: Recipient, look: Look, clock: Clock
) -> None:
    nik, stranger = Nik.parse(mother.nik), Asker.address("198.51.100.200")
    close(services, mother.nik)
    seen = look(clerk, mother.nik, mother.name)
    assert isinstance(seen, Seen)
    services.counter.reopen(clerk, seen.key, door=Door.SITE)
    clock.passes(hours=1)
    miss(services, nik, Asker.address("198.51.100.100"))
    clock.passes(hours=23)
    assert [miss(services, nik, stranger) for _ in range(3)] == [None] * 3
    clock.passes(hours=2)
    assert miss(services, nik, stranger) is RanOut.IDENTITY


def miss(services: Services, nik: Nik, asker: Asker) -> RanOut | None:
    """Guess once; why it was refused, if it was."""
    try:
        services.lookup.ask(nik, "Tono Salah", asker=asker)
    except TooManyAttempts as refused:
        return refused.scope
    return None
