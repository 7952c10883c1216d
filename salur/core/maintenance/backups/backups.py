"""Backups: made while the site answers, tried as if they were needed, and brought back whole or not at all.

A backup holds what the database holds, sealed as it is there. The keys never go with it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import make_url

from salur.core.errors import Refused
from salur.core.maintenance.backups.archive import (
    A_BACKUP,
    NAME,
    Manifest,
    extract_database,
    own_version,
    read_archive,
    sha256_of,
    write_archive,
)
from salur.core.maintenance.backups.contents import Contents, Tell, look_into, nothing_lost, open_some, unhurried
from salur.core.maintenance.backups.postgres_server import PostgresServer
from salur.core.maintenance.backups.sqlite_file import SqliteFile
from salur.core.maintenance.backups.workroom import settle, workroom
from salur.core.maintenance.rotation import Rotation
from salur.core.storage.database import MIGRATIONS, Database, migrate
from salur.core.storage.keys import KeyFile
from salur.core.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Made:
    """A new backup."""

    file: Path
    tables: int
    rows: int
    size: int  # bytes
    keys: tuple[int, ...]  # numbers of the keys that it needs
    thinned: int  # older ones that were deleted


@dataclass(frozen=True, slots=True)
class Tried:
    """A backup that was brought back for a try, or for good."""

    made_at: datetime
    version: str
    tables: int
    rows: int
    opened: int | None  # sealed values that were opened, one of each kind; None: no keys were at hand


def _silent(_percent: int) -> None:
    pass


class Backups:
    """Makes, tries and restores backups of the database at an address. `tell` hears of each percent that is done."""

    def __init__(self, url: str, keys_file: str, clock: Callable[[], datetime]) -> None:
        self._url = url
        self._keys_file = keys_file
        self._clock = clock
        sqlite = make_url(url).get_backend_name() == "sqlite"
        self._store: SqliteFile | PostgresServer = SqliteFile(url) if sqlite else PostgresServer(url)

    def make(self, folder: Path, *, keep: int, tell: Tell = _silent) -> Made:
        """Write a new backup into a folder, and delete older ones but for the newest `keep` that are whole.

        Raises: Refused (`not_set_up`, `backup_exists`, and what a server's tools are refused for), DatabaseAway.
        """
        vault = Vault.from_file(self._keys_file)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = self._clock().astimezone(UTC)
        file = folder / now.strftime(NAME)
        with workroom(folder) as room:
            dumped, fresh = room / "database", room / file.name
            contents = self._store.dump(dumped, tell)
            manifest = Manifest(
                kind=self._store.kind,
                version=own_version(),
                revision=contents.revision,
                made_at=now.isoformat(timespec="seconds"),
                rows=contents.rows,
                keys=contents.keys,
                sha256=sha256_of(dumped),
            )
            write_archive(fresh, manifest, dumped, vault)
            read_archive(fresh, vault)  # as it stands on the disk
            if file.exists():
                raise Refused("backup_exists", file=str(file))
            fresh.replace(file)
            settle(folder)
        rows, size = sum(contents.rows.values()), file.stat().st_size
        return Made(file, len(contents.rows), rows, size, contents.keys, self._thin(file, keep, vault))

    @staticmethod
    def _thin(made: Path, keep: int, vault: Vault) -> int:
        """Delete what is older than the newest `keep` whole ones. A damaged one is no backup and counts for none; what
        was just made stays, even where the clock went back."""
        whole, deleted = 0, 0
        for file in sorted((one for one in made.parent.iterdir() if A_BACKUP.fullmatch(one.name)), reverse=True):
            if whole >= max(keep, 1) and file != made:
                file.unlink()
                deleted += 1
                continue
            try:
                read_archive(file, vault)
                whole += 1
            except (Refused, OSError):
                continue
        return deleted

    def save_keys(self, path: Path, folder: Path) -> None:
        """Copy the key file, never to where the backups are: who finds both reads everything.

        Raises: Refused with `keys_beside_backups`, or `keys_would_be_lost` where another file has keys that would go.
        """
        if path.resolve().is_relative_to(folder.resolve()):
            raise Refused("keys_beside_backups")
        keys = KeyFile.read(self._keys_file)
        if path.exists():
            there = KeyFile.read(path)
            if there.index != keys.index or not there.sealing.items() <= keys.sealing.items():
                raise Refused("keys_would_be_lost", file=str(path))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys.write(path, over=True)
        settle(path.parent)

    def verify(self, file: Path, *, tell: Tell = _silent) -> Tried:
        """Bring a backup back into a scratch database, count it, and open one value of each sort if the keys are there.

        Raises: Refused for whatever is not as it should be, NoKey, DatabaseAway.
        """
        keys = KeyFile.read(self._keys_file) if Path(self._keys_file).exists() else None
        manifest = _read(file, keys)
        store = SqliteFile("sqlite://") if manifest.kind == SqliteFile.kind else self._store
        with _scratch(file, manifest, store, Path(tempfile.gettempdir()), tell) as (_room, url):
            return _tried(manifest, _compare(url, manifest, Vault(keys) if keys else None))

    def look(self, file: Path) -> Manifest:
        """Read a backup that is to be restored. Raises Refused for one that cannot be."""
        if not Path(self._keys_file).exists():
            raise Refused("backup_keys_missing")  # rather than to be told to make new ones
        manifest = _read(file, KeyFile.read(self._keys_file))
        if manifest.kind != self._store.kind:
            raise Refused("backup_of_other_kind", kind=manifest.kind)
        return manifest

    def is_empty(self) -> bool:
        """Whether the database has nothing that a restored one would take the place of."""
        return self._store.is_empty()

    def restore(self, file: Path, *, replace: bool = False, tell: Tell = _silent) -> Tried:
        """Bring a backup back, and up to this program's tables; what is there stays until that is whole, and tried.

        Raises: Refused (`database_not_empty` without `replace`, `database_in_use` while anybody uses it, and whatever
        `verify` finds), NoKey, ConfigError, DatabaseAway.
        """
        manifest = self.look(file)
        vault = Vault.from_file(self._keys_file)
        if not replace and not self.is_empty():
            raise Refused("database_not_empty")
        self._store.refuse_if_used()
        self._store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _scratch(file, manifest, self._store, self._store.folder, tell) as (room, url):
            opened = _compare(url, manifest, vault)
            self._store.put(url, room, self._brought_up_to_date(url, vault))
        return _tried(manifest, opened)

    def _brought_up_to_date(self, url: str, vault: Vault) -> Contents:
        """As `setup` does it after an update."""
        older = migrate(url, vault)
        database = Database(url)
        try:
            rotation = Rotation(database, self._keys_file)
            if rotation.pending():
                rotation.pad()
                older = True
            if older:
                database.rewrite()
            with database.reading() as connection:
                unhurried(connection)
                return look_into(connection)
        finally:
            database.dispose()


def _read(file: Path, keys: KeyFile | None) -> Manifest:
    """Read a backup that this program, with these keys, can do something with. Raises Refused."""
    manifest = read_archive(file, Vault(keys) if keys else None)
    if manifest.revision not in _known_revisions() or _number(manifest.version) > _number(own_version()):
        raise Refused("backup_newer", version=manifest.version)
    if keys and (missing := set(manifest.keys) - set(keys.sealing)):
        raise Refused("backup_needs_keys", keys=", ".join(map(str, sorted(missing))))
    return manifest


@contextmanager
def _scratch(
    file: Path, manifest: Manifest, store: SqliteFile | PostgresServer, folder: Path, tell: Tell
) -> Iterator[tuple[Path, str]]:
    """A room to work in, and the address of a database that holds the backup."""
    if store.kind != manifest.kind:
        raise Refused("backup_of_other_kind", kind=manifest.kind)
    with workroom(folder) as room:
        extract_database(file, room / "database")
        with store.scratch(room / "database", manifest.rows, tell) as url:
            yield room, url


def _compare(url: str, manifest: Manifest, vault: Vault | None) -> int | None:
    """Raises Refused unless all that was counted when it was made is there, NoKey unless the keys open it."""
    database = Database(url)
    try:
        with database.reading() as connection:
            unhurried(connection)
            found = look_into(connection)
            if found.revision != manifest.revision:
                raise Refused(
                    "backup_rows_differ", table="alembic_version", there=manifest.revision, found=found.revision
                )
            nothing_lost(found, manifest.rows)
            return None if vault is None else open_some(connection, vault)
    finally:
        database.dispose()


def _tried(manifest: Manifest, opened: int | None) -> Tried:
    made_at = datetime.fromisoformat(manifest.made_at)
    return Tried(made_at, manifest.version, len(manifest.rows), sum(manifest.rows.values()), opened)


def _known_revisions() -> set[str]:
    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
