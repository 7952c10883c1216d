"""Who looked at my data, and what is kept of me: told to whoever has just checked, and to nobody else."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from salur.core.errors import Refused
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lookup.answers import OnTheList
from salur.core.officers.roles import Role
from salur.core.people.nik import Kk, Nik
from salur.core.privacy.answers import History, Listing, Look, Record
from salur.core.storage.keys import KeyFile
from salur.core.storage.vault import Vault
from salur.core.tables.people import PersonRow
from salur.core.tables.privacy import AccessRow
from salur.wiring import Services
from tests.fixtures.office import TEGAL_GUNDIL, Office, Recipient, a_kk
from tests.fixtures.officers import Heads
from tests.fixtures.privacy import Looks
from tests.fixtures.services import Clock

HOME, CHAT = Asker.address("203.0.113.7"), Asker.chat(700_100_200)
TODAY = date(2026, 2, 20)

Ask = Callable[..., str]


@pytest.fixture
def ask(services: Services) -> Ask:
    """Check as a resident at home, and give the pass that comes with the answer."""

    def asked(person: Recipient, *, name: str | None = None, asker: Asker = HOME) -> str:
        identity = Nik.parse(person.nik) if person.nik else Kk.parse(str(person.kk))
        answer = services.lookup.ask(identity, name or person.name, asker=asker)
        assert isinstance(answer, OnTheList)
        return answer.key

    return asked


def history(services: Services, key: str, asker: Asker = HOME) -> History:
    """Hand the pass back."""
    return services.my_data.history(key, asker=asker)


def test_a_mother_sees_who_looked_when_and_by_which_door(
    services: Services, office: Office, ask: Ask, looks: Looks, heads: Heads, clock: Clock
) -> None:
    mother = Recipient()
    office.publishes(mother)
    looks(heads.create(Role.RT))
    clock.passes(days=1)
    looks(heads.create(Role.DINSOS), what="export")
    looks(heads.create(Role.RT), door=Door.CHAT, what="search")
    key = ask(mother)
    assert history(services, key).looks == (
        Look(TODAY + timedelta(days=1), Door.SITE, None, "ask", 1),
        Look(TODAY + timedelta(days=1), Door.SITE, Role.DINSOS, "export", 1),
        Look(TODAY + timedelta(days=1), Door.CHAT, Role.RT, "search", 1),
        Look(TODAY, Door.SITE, Role.RT, "list", 1),
    )


def test_neither_name_nor_account_of_who_looked_is_told(
    services: Services, office: Office, ask: Ask, looks: Looks, heads: Heads
) -> None:
    mother = Recipient()
    office.publishes(mother)
    head = heads.create(Role.RT)
    looks(head)
    told = repr(history(services, ask(mother)))
    assert "Role.RT" in told
    assert head.username not in told
    assert str(head.account) not in told


def test_many_looks_on_one_day_are_counted(
    services: Services, office: Office, ask: Ask, looks: Looks, heads: Heads, clock: Clock
) -> None:
    mother = Recipient()
    office.publishes(mother)
    head = heads.create(Role.RW)
    for officer in (head, head, heads.create(Role.RW)):
        looks(officer)
        clock.passes(minutes=1)
    assert Look(TODAY, Door.SITE, Role.RW, "list", 3) in history(services, ask(mother)).looks


def test_two_officers_who_look_at_the_same_moment_are_two(
    services: Services, office: Office, ask: Ask, looks: Looks, heads: Heads
) -> None:
    mother = Recipient()
    office.publishes(mother)
    looks(heads.create(Role.RW))
    looks(heads.create(Role.RW))
    assert Look(TODAY, Door.SITE, Role.RW, "list", 2) in history(services, ask(mother)).looks


def test_one_look_at_a_whole_family_counts_once(
    services: Services, office: Office, ask: Ask, looks: Looks, heads: Heads
) -> None:
    kk = a_kk()
    office.publishes(Recipient(kk=kk), Recipient(name="OOM ROMLAH", kk=kk))
    looks(heads.create(Role.RT))
    key = ask(Recipient(nik=None, kk=kk), name="Oom Romlah")
    told = history(services, key)
    assert Look(TODAY, Door.SITE, Role.RT, "list", 1) in told.looks
    assert [record.initials for record in told.records] == ["O. R.", "S. M."]


def test_looking_is_itself_recorded(services: Services, office: Office, ask: Ask) -> None:
    mother = Recipient()
    office.publishes(mother)
    key = ask(mother)
    history(services, key, CHAT)
    assert Look(TODAY, Door.CHAT, None, "history", 1) in history(services, key).looks


def test_the_day_is_that_of_the_place(
    services: Services, office: Office, ask: Ask, looks: Looks, heads: Heads, clock: Clock
) -> None:
    mother = Recipient()
    office.publishes(mother)
    clock.now = datetime.fromisoformat("2026-02-20T23:30:00+07:00")
    looks(heads.create(Role.RT))
    clock.passes(hours=1)
    assert [look.on.day for look in history(services, ask(mother)).looks] == [21, 20]


def test_what_is_older_than_a_year_is_not_told(
    services: Services, office: Office, ask: Ask, looks: Looks, heads: Heads, clock: Clock
) -> None:
    mother = Recipient()
    office.publishes(mother)
    looks(heads.create(Role.RT))
    clock.passes(days=365, seconds=-1)
    key = ask(mother)
    assert Role.RT in {look.role for look in history(services, key).looks}
    clock.passes(seconds=2)
    told = history(services, key)
    assert Role.RT not in {look.role for look in told.looks}
    assert told.since == date(2026, 2, 20)


def test_nobody_elses_looks_are_told(services: Services, office: Office, ask: Ask, looks: Looks, heads: Heads) -> None:
    mother, stranger = Recipient(), Recipient(name="RUKMINI")
    office.publishes(mother, stranger)
    for _ in range(3):
        ask(stranger, asker=CHAT)
    assert history(services, ask(mother)).looks == (Look(TODAY, Door.SITE, None, "ask", 1),)


def test_what_is_kept_of_her_is_told_without_showing_it(services: Services, office: Office, ask: Ask) -> None:
    mother = Recipient(care=True, head_name="ASEP SAEPUDIN")
    office.publishes(mother, period="2025-T4")
    office.publishes(mother)
    office.publishes(mother, programme="SEMBAKO")
    office.drafts(mother, programme="PANGAN")
    (record,) = history(services, ask(mother)).records
    assert (record.initials, record.place, record.rw, record.rt) == ("S. M.", "Tegal Gundil", 5, 3)
    assert record.care
    assert record.fields == ("nik", "kk", "name", "head", "address")
    told = [(listing.programme, listing.period, listing.in_force) for listing in record.listings]
    assert told == [
        ("Program Keluarga Harapan", "2026-T1", True),
        ("Program Sembako (BPNT)", "2026-T1", True),
        ("Program Keluarga Harapan", "2025-T4", False),
    ]
    for secret in (mother.nik, mother.kk, "MAESAROH", "ASEP", "Roda"):
        assert str(secret) not in repr(record)


def test_a_record_says_what_it_does_not_hold(services: Services, office: Office, ask: Ask) -> None:
    someone = Recipient(nik=None, address=None, rt=None, rw=None)
    office.publishes(someone)
    (record,) = history(services, ask(someone)).records
    assert record == Record("S. M.", "Tegal Gundil", None, None, False, ("kk", "name"), record.listings)
    assert record.listings == (
        Listing("Program Keluarga Harapan", "2026-T1", "SK Dinsos 460/12/2026", "Dinas Sosial Kota Bogor",
                date(2026, 1, 12), True),
    )  # fmt: skip


def test_a_pass_is_good_for_a_quarter_of_an_hour(services: Services, office: Office, ask: Ask, clock: Clock) -> None:
    mother = Recipient()
    office.publishes(mother)
    key = ask(mother)
    clock.passes(minutes=15, seconds=-1)
    assert history(services, key)
    clock.passes(seconds=1)
    assert_refused(services, key)


def test_a_pass_that_was_tampered_with_opens_nothing(services: Services, office: Office, ask: Ask) -> None:
    mother = Recipient()
    office.publishes(mother)
    key = ask(mother)
    sealed = base64.urlsafe_b64decode(key)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert_refused(services, base64.urlsafe_b64encode(changed).decode())


@pytest.mark.parametrize("key", ["", "x", "A" * 5_000, "é", "AAE=", "bukan kunci", "\0", "AAEA" * 20])
def test_what_is_no_pass_opens_nothing(key: str, services: Services) -> None:
    assert_refused(services, key)


def test_a_pass_of_other_keys_or_for_another_purpose_opens_nothing(
    services: Services, office: Office, ask: Ask, clock: Clock
) -> None:
    mother = Recipient()
    office.publishes(mother)
    until = int(clock().timestamp()) + 600
    with services.database.reading() as connection:
        id = connection.execute(select(PersonRow.id)).scalar_one()
    for vault, purpose in (
        (Vault(KeyFile.new()), "pass.people"),
        (Vault.from_file(services.settings.keys_file), "person.sealed_numbers"),
    ):
        sealed = vault.seal_json([until, id], purpose, 0)
        assert_refused(services, base64.urlsafe_b64encode(sealed).decode())


def test_a_pass_shows_nothing_of_whom_it_is_for(services: Services, office: Office, ask: Ask) -> None:
    mother = Recipient()
    office.publishes(mother)
    key = ask(mother)
    assert key != ask(mother)
    for id in services.my_data.people(key):
        assert str(id).encode() not in base64.urlsafe_b64decode(key)


def test_a_correction_is_about_her_whose_name_was_typed(services: Services, office: Office, ask: Ask) -> None:
    kk = a_kk()
    mother, grandmother = Recipient(kk=kk), Recipient(name="OOM ROMLAH", kk=kk)
    office.publishes(mother, grandmother)
    for person in (mother, grandmother):
        subject = services.my_data.subject(ask(Recipient(nik=None, kk=kk), name=person.name))
        assert (subject.name, subject.nik, subject.kk) == (person.name, person.nik and Nik(person.nik), Kk(kk))
        assert (subject.region_code, subject.rw, subject.rt) == (TEGAL_GUNDIL, 5, 3)
    assert len(services.my_data.people(ask(Recipient(nik=None, kk=kk), name="Oom Romlah"))) == 2
    assert kk not in repr(subject)


def test_the_looks_are_written_down_for_all_who_were_shown(services: Services, office: Office, ask: Ask) -> None:
    kk = a_kk()
    office.publishes(Recipient(kk=kk), Recipient(name="OOM ROMLAH", kk=kk))
    history(services, ask(Recipient(nik=None, kk=kk), name="Oom Romlah"), CHAT)
    with services.database.reading() as connection:
        rows = connection.execute(select(AccessRow.door, AccessRow.role, AccessRow.what)).all()
    assert sorted(map(tuple, rows)) == [("bot", None, "history")] * 2 + [("web", None, "ask")] * 2


def assert_refused(services: Services, key: str) -> None:
    """Every kind of wrong pass is refused in one way."""
    with pytest.raises(Refused) as refused:
        history(services, key)
    assert (refused.value.code, refused.value.facts) == ("key_expired", {})
    with pytest.raises(Refused):
        services.my_data.subject(key)
