"""Tickets of an instance that was updated: their papers say code and four digits, and these open them still."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, Table, insert, select

from salur.core.limits.asker import Asker
from salur.core.people.nik import Nik
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.answers import NoTicket, Status
from salur.core.proposals.kinds import Kind
from salur.core.proposals.log import BODY
from salur.core.regions.directory import Regions
from salur.core.storage.database import MIGRATIONS, Database, create_sqlite_file, make_engine, migrate
from salur.core.storage.vault import Vault
from salur.wiring import build
from tests.fixtures.databases import nearby
from tests.fixtures.office import a_nik
from tests.fixtures.proposals import a_draft
from tests.fixtures.services import Clock, settings_in

THEN = datetime(2026, 2, 1, 5, 0, tzinfo=UTC)
BEFORE = "0002"  # what knew tickets by four digits alone


class Older:
    """An instance as it was before tickets had names, with what was sent to it."""

    def __init__(self, url, folder):
        self.settings = settings_in(folder, url)
        self.vault = Vault.from_file(self.settings.keys_file)
        create_sqlite_file(url)
        self.engine = make_engine(url)
        with self.engine.begin() as connection:
            command.upgrade(self.config(connection), BEFORE)
        self.tickets = 0
        self.updated = []

    def config(self, connection):
        """For Alembic, on this connection."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        return config

    def table(self, connection, name):
        """A table as it is there, whatever the code says of it now."""
        return Table(name, MetaData(), autoload_with=connection)

    def sends(self, kind, nik, digits):
        """A proposal and its ticket, written as they were written then."""
        self.tickets += 1
        id, code, draft = self.tickets, TicketCode.new(), a_draft(kind, nik)
        with self.engine.begin() as connection:
            proposal = {
                "id": id, "kind": kind, "region_code": draft.territory.region_code, "rw": 5, "rt": 3, "door": "web",
                "sent_at": THEN, "sealed_body": self.vault.seal_json(draft.body(), BODY, id), "holder": "dinsos",
                "desk": "dinsos", "held_since": THEN,
            }  # fmt: skip
            step = {"id": id, "proposal_id": id, "number": 1, "at": THEN, "what": "sent", "goes_to": "dinsos"}
            proof = self.vault.digest("ticket+digits", f"{code.reveal()}:{digits}".encode()) if digits else None
            ticket = {
                "digest": self.vault.digest("ticket", code.reveal().encode()), "proposal_id": id, "proof": proof,
                "first_event": 1, "made_at": THEN,
            }  # fmt: skip
            for name, values in (("proposal", proposal), ("proposal_event", step), ("proposal_ticket", ticket)):
                connection.execute(insert(self.table(connection, name)).values(values))
        return code

    def is_updated(self):
        """The new version, on the same database."""
        migrate(self.settings.database_url)
        database = Database(self.settings.database_url)
        Regions(database).load(nearby())
        database.dispose()
        self.updated.append(build(self.settings, clock=Clock()))
        return self.updated[-1]

    def is_closed(self):
        """Leave no connection open."""
        self.engine.dispose()
        for services in self.updated:
            services.database.dispose()


@pytest.fixture
def older(empty_database_url, tmp_path):
    """An older instance, on each database."""
    made = Older(empty_database_url, tmp_path)
    yield made
    made.is_closed()


@pytest.mark.parametrize("typed", ["0017", "0 0 1 7", "٠٠١٧"])
def test_four_digits_typed_in_place_of_the_name_open_it(older, typed):
    code = older.sends(Kind.USULAN, a_nik()[:12] + "0017", "0017")
    services = older.is_updated()
    assert isinstance(services.asking.ask(code, typed, asker=Asker.chat(1)), Status)


@pytest.mark.parametrize("typed", ["Siti Maesaroh", "0001", "", "Siti 0017", "3271 0017"])
def test_nothing_else_does(older, typed):
    code = older.sends(Kind.USULAN, a_nik()[:12] + "0017", "0017")
    assert older.is_updated().proposals.status(code, typed, asker=Asker.chat(1)) == NoTicket()


def test_a_report_without_a_name_opens_by_its_code(older):
    code = older.sends(Kind.LAPORAN, None, None)
    services = older.is_updated()
    for name in ("", "0001", "Dede Kurnia"):
        assert isinstance(services.proposals.status(code, name, asker=Asker.chat(1)), Status)


def test_digits_open_no_ticket_that_is_made_from_now_on(older):
    older.sends(Kind.USULAN, a_nik()[:12] + "0017", "0017")
    services = older.is_updated()
    draft = a_draft(nik=a_nik()[:12] + "0017")
    assert isinstance(draft.number, Nik)
    receipt = services.proposals.send(draft, asker=Asker.chat(1))
    assert services.proposals.status(receipt.code, "0017", asker=Asker.chat(2)) == NoTicket()
    assert isinstance(services.proposals.status(receipt.code, "Siti Maesaroh", asker=Asker.chat(2)), Status)


def test_the_way_back_keeps_the_tickets(older):
    code = older.sends(Kind.USULAN, a_nik()[:12] + "0017", "0017")
    older.is_updated().proposals.send(a_draft(), asker=Asker.chat(1))
    with older.engine.begin() as connection:
        command.downgrade(older.config(connection), BEFORE)
    with older.engine.connect() as connection:
        ticket = older.table(connection, "proposal_ticket")
        assert "sealed_name" not in ticket.c
        assert len(connection.execute(select(ticket)).all()) == 2
    assert isinstance(older.is_updated().proposals.status(code, "0017", asker=Asker.chat(3)), Status)
