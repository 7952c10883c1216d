"""An instance that was updated: what its older version kept in clear is sealed or keyed, and it goes on as before."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, text

from salur.cli.setup import leave_nothing_behind
from salur.core.errors import TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.lists.kinds import State
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Kk, Nik
from salur.core.storage.database import MIGRATIONS, migrate
from salur.core.storage.keys import KeyFile
from salur.core.storage.vault import Vault
from salur.wiring import Services
from tests.fixtures.databases import raw_bytes
from tests.fixtures.office import Office, Recipient, Reported, a_kk, a_nik
from tests.fixtures.proposals import a_draft
from tests.fixtures.services import Clock, vault_of

LETTER, GROUP = "16100-000777", "KUBE MELATI RAHASIA"


def seal_as_before(keys: KeyFile, plain: bytes, place: str, row: int) -> bytes:
    """As older versions did: as long as what is sealed."""
    nonce = bytes(range(12))
    return b"\0\1" + nonce + AESGCM(keys.sealing[1]).encrypt(nonce, plain, f"{place}:{row}".encode())


class Older:
    """A filled database, taken back to what the version before had of it."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.keys = KeyFile.read(services.settings.keys_file)

    def is_taken_back(self) -> None:
        """Codes and groups in clear, lengths as they are, tallies under the numbers' own indexes."""
        vault = vault_of(self.services)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.services.database.engine.begin() as connection:
            config.attributes |= {"connection": connection, "vault": vault}
            command.downgrade(config, "0006")
            self._write_as_before(connection, vault)

    def _write_as_before(self, connection: Connection, vault: Vault) -> None:
        connection.execute(text("UPDATE entitlement SET letter_code = '16100000777' WHERE group_name IS NOT NULL"))
        assert connection.execute(text("SELECT group_name FROM entitlement WHERE letter_code IS NOT NULL")).scalar()
        for id, sealed in connection.execute(text("SELECT id, sealed_names FROM person")).all():
            before = seal_as_before(self.keys, vault.open(sealed, "person.sealed_names", id), "person.sealed_names", id)
            connection.execute(text("UPDATE person SET sealed_names = :it WHERE id = :id"), {"it": before, "id": id})

    def counts(self, key: bytes, *, tries: int, now: int) -> None:
        """A tally of a number as it was kept."""
        row = {"key": key, "tries": tries, "since": now, "span": 86_400, "opened": False}
        columns = "INSERT INTO attempt (key, tries, since, span, opened) VALUES (:key, :tries, :since, :span, :opened)"
        with self.services.database.writing() as connection:
            connection.execute(text(columns), row)

    def is_updated(self) -> None:
        """As `setup` does it."""
        older = migrate(self.services.settings.database_url, vault_of(self.services))
        assert older
        leave_nothing_behind(self.services, older=older)


@pytest.fixture
def older(services: Services) -> Older:
    """An older instance, on each database."""
    return Older(services)


def test_an_older_instance_goes_on_and_keeps_nothing_in_clear(
    older: Older, office: Office, services: Services, clock: Clock
) -> None:
    mother = Recipient(state=State.GROUP, group_name=GROUP, letter_code=LETTER)
    known, unknown, copied = Recipient(name="NENENG KARTINI"), Nik(a_nik()), a_kk()
    office.publishes(mother, known, *(Recipient(name=f"DEWI {n}", kk=copied) for n in range(45)))
    ticket = services.proposals.send(a_draft(), asker=Asker.chat(1)).code
    older.is_taken_back()
    vault = vault_of(services)
    now = int(clock().timestamp())
    keys = [vault.index(known.nik), vault.index(unknown.reveal()), vault.digest("ticket", ticket.reveal().encode())]
    for key in keys:
        older.counts(key, tries=10, now=now)
    assert GROUP.encode() in raw_bytes(services)

    older.is_updated()

    raw = raw_bytes(services)
    for gone in (GROUP, "16100000777", "MAESAROH"):
        assert gone.encode() not in raw
    assert services.rotation.pending() == 0
    for number in (LetterCode.parse(LETTER), Nik(mother.nik), Kk(mother.kk)):
        answer = services.lookup.ask(number, mother.name, asker=Asker.chat(2))
        assert isinstance(answer, OnTheList)
        assert answer.present[0].group_name == GROUP
    assert services.lookup.ask(Kk(copied), "DEWI", asker=Asker.chat(2)) == NotOnTheList(2)
    for closed in (Nik(known.nik), unknown):
        with pytest.raises(TooManyAttempts):
            services.lookup.ask(closed, known.name, asker=Asker.chat(3))
    with pytest.raises(TooManyAttempts):
        services.proposals.status(ticket, "Siti Maesaroh", asker=Asker.chat(3))
    with services.database.reading() as connection:
        left = {bytes(key) for key in connection.execute(text("SELECT key FROM attempt")).scalars()}
    assert left.isdisjoint({keys[0], keys[2]})
    office.hears(Reported(letter_code=LETTER))
    assert services.rotation.rotate().key == 2


def test_setup_says_that_it_needs_the_keys_rather_than_lose_what_is_there(
    older: Older, office: Office, services: Services
) -> None:
    office.publishes(Recipient(state=State.GROUP, group_name=GROUP, letter_code=LETTER))
    older.is_taken_back()
    with pytest.raises(RuntimeError, match="key file"):
        migrate(services.settings.database_url)
    with services.database.reading() as connection:
        assert connection.execute(text("SELECT letter_code FROM entitlement")).scalar() == "16100000777"
