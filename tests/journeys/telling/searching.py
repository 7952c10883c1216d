"""A search through every column of every table, sealed or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from salur.core.limits.asker import Asker, known_as
from salur.core.notices.channels import Channel
from salur.core.notices.outbox import digest_of
from salur.core.storage.vault import Vault
from salur.core.tables.metadata import METADATA
from salur.wiring import Services
from tests.fixtures.services import vault_of


def named_in(services: Services, chat: int) -> set[str]:
    """The columns in which the number of a chat stands, or what it is known by as one that is written to."""
    digest = digest_of(vault_of(services), Channel.TELEGRAM, str(chat))
    return _where(services, str(chat).encode(), digest, digest.hex().encode())


def asked_in(services: Services, chat: int) -> set[str]:
    """The columns in which stands what it is known by as one that asks."""
    digest = known_as(vault_of(services), Asker.chat(chat))
    return _where(services, digest, digest.hex().encode())


def _where(services: Services, *wanted: bytes) -> set[str]:
    vault = vault_of(services)
    with services.database.reading() as connection:
        return {
            f"{table.name}.{column}"
            for table in METADATA.sorted_tables
            for row in connection.execute(select(table)).mappings()
            for column, value in _opened(vault, table.name, row)
            if any(one in value for one in wanted)
        }


def _opened(vault: Vault, table: str, row: Mapping[Any, Any]) -> Iterator[tuple[str, bytes]]:
    """Each value as bytes; what is sealed has to open, or it would not have been looked into (NoKey)."""
    for column, value in row.items():
        if value is None:
            continue
        plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        yield column, vault.open(plain, f"{table}.{column}", row["id"]) if column.startswith("sealed_") else plain
