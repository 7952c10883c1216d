"""SQLite: copied whole while others read and write, tried as a file of its own, put in place by its name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url, text

from salur.core.errors import DatabaseAway, Refused
from salur.core.maintenance.backups.contents import Contents, Share, Tell, is_empty, look_into
from salur.core.maintenance.backups.workroom import settle
from salur.core.storage.database import Database

PAGES = 2_000  # copied at once: 8 MB
LONGEST_WAIT = 2  # seconds, for whoever still has the file open


class SqliteFile:
    """The database of an office on one machine."""

    kind = "sqlite"

    def __init__(self, url: str) -> None:
        self._url = url
        self._path = Path(make_url(url).database or "")

    @property
    def folder(self) -> Path:
        """Where a file must be that is to take its place by a new name."""
        return self._path.absolute().parent

    def dump(self, into: Path, tell: Tell) -> Contents:
        """Copy one state of it into a new file, nobody waiting. Raises Refused(`not_set_up`), DatabaseAway."""
        if not self._path.is_file():
            raise Refused("not_set_up")
        share = Share(tell)
        database = Database(self._url)
        try:
            # The transaction holds its state of the file fast: else every write meanwhile would begin it anew.
            with database.reading() as connection, closing(sqlite3.connect(into)) as copy:
                connection.execute(text("SELECT count(*) FROM sqlite_master"))
                source = connection.connection.driver_connection
                assert isinstance(source, sqlite3.Connection)
                source.backup(copy, pages=PAGES, progress=lambda _state, left, all: share.reached(all - left, all))
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing of it beside
        finally:
            database.dispose()
        return _contents(into)

    @contextmanager
    def scratch(self, dumped: Path, _rows: dict[str, int], _tell: Tell) -> Iterator[str]:
        """The address of a database that holds what was dumped: the file itself. Raises Refused(`backup_damaged`)."""
        try:
            with closing(sqlite3.connect(dumped)) as connection:
                sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            raise Refused("backup_damaged", file=dumped.name)
        yield f"sqlite:///{dumped}"

    def is_empty(self) -> bool:
        """Whether nothing would be lost."""
        if not self._path.is_file() or not self._path.stat().st_size:
            return True
        database = Database(self._url)
        try:
            return is_empty(database)
        except DatabaseAway:  # whatever it is, it is something
            return False
        finally:
            database.dispose()

    def refuse_if_used(self) -> None:
        """Raises Refused(`database_in_use`) while any program has it open."""
        if self._path.is_file():
            with self._alone():
                pass

    def put(self, url: str, _room: Path, _contents: Contents) -> None:
        """Let the file at this address, which nobody has open, take its place. Raises Refused(`database_in_use`)."""
        fresh = Path(make_url(url).database or "")
        with closing(sqlite3.connect(fresh)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        self._belongs_to_the_site(fresh)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        if not self._path.is_file():
            self._replace_by(fresh)
            return
        with self._alone():
            self._replace_by(fresh)

    def _replace_by(self, fresh: Path) -> None:
        # The old file's log would be played into the new one. It is empty, unless the old one cannot be read any more.
        for end in ("-wal", "-shm", "-journal"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)
        fresh.replace(self._path)
        settle(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep all others out of the file, and put what its log holds into it: none can leave WAL while others have it
        open, so that this tells even of those who do nothing just now."""
        with closing(sqlite3.connect(self._path, timeout=LONGEST_WAIT, isolation_level=None)) as connection:
            try:
                connection.execute("PRAGMA journal_mode=DELETE")
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                raise Refused("database_in_use") from None
            except sqlite3.DatabaseError:  # damaged: the reason to be here
                pass
            yield

    def _belongs_to_the_site(self, fresh: Path) -> None:
        """Root restores what the site's own user has to open."""
        fresh.chmod(0o600)
        if os.geteuid() == 0:
            owner = (self._path if self._path.exists() else self.folder).stat()
            os.chown(fresh, owner.st_uid, owner.st_gid)


def _contents(path: Path) -> Contents:
    database = Database(f"sqlite:///{path}")
    try:
        with database.reading() as connection:
            contents = look_into(connection)
    finally:
        database.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # whoever looks into it sets it to WAL
    return contents
