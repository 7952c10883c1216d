"""The file of a backup: a tar of `manifest.json` and `database`, and behind its end a line of two digests of all of it.

The first, SHA-256, finds every damaged byte. The second is keyed: without the keys nobody can make a backup, or change
one, that is taken for the site's own. `tar` reads the file as any other and passes over that line. No key, name or
number stands in the manifest.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import re
import tarfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from salur.core.errors import Refused
from salur.core.storage.database import MIGRATIONS
from salur.core.storage.vault import Vault

NAME = "salur-%Y%m%dT%H%M%SZ.tar"  # by the hour of its making, in UTC
A_BACKUP = re.compile(r"salur-\d{8}T\d{6}Z\.tar")
FORMAT = 1
MANIFEST, DATABASE = "manifest.json", "database"
BLOCK = 1 << 20  # bytes read at once
SHA256, KEYED = 64, 64  # hexadecimal digits
SEAL = SHA256 + 1 + KEYED + 1  # a space between, a line's end behind
LARGEST_MANIFEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    kind: str  # of the database: `sqlite` or `postgresql`
    version: str  # of Salur
    revision: str  # of the tables: the newest migration that they have
    made_at: str  # ISO 8601, UTC
    rows: dict[str, int]  # table -> how many
    keys: tuple[int, ...]  # numbers of the keys that something is sealed with
    sha256: str  # of `database`
    format: int = FORMAT


def own_version() -> str:
    """The version of this program, as pyproject.toml has it."""
    told = tomllib.loads((MIGRATIONS.parent / "pyproject.toml").read_text("utf-8"))
    return str(told["project"]["version"])


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_archive(path: Path, manifest: Manifest, database: Path, vault: Vault) -> None:
    """Write a new file with mode 0600; it is on the disk when this returns."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        with tarfile.open(fileobj=file, mode="w") as tar:
            content = json.dumps(asdict(manifest), indent=1).encode()
            tar.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))
            with database.open("rb") as dumped:
                tar.addfile(_member(DATABASE, os.fstat(dumped.fileno()).st_size), dumped)
        end = file.seek(0, os.SEEK_END)
        file.seek(0)
        whole = _digest(file, end)
        file.seek(end)
        file.write(_seal(whole, vault))
        file.flush()
        os.fsync(file.fileno())


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def read_archive(path: Path, vault: Vault | None) -> Manifest:
    """Read all of a file, and give its manifest; without a vault nobody asks who made it.

    Raises: Refused with `backup_damaged` for whatever is no whole backup, with `backup_other_keys` when it was made
    with other keys, or changed by somebody who has none.
    """
    with path.open("rb") as file:
        end = os.fstat(file.fileno()).st_size - SEAL
        found = _digest(file, max(end, 0))
        seal = file.read()
        if end <= 0 or not hmac.compare_digest(found + b" ", seal[: SHA256 + 1]) or seal[-1:] != b"\n":
            raise Refused("backup_damaged", file=path.name)
        if vault is not None and not hmac.compare_digest(_seal(found, vault), seal):
            raise Refused("backup_other_keys", file=path.name)
        file.seek(0)
        with _members(file, path) as (manifest, _database):
            return manifest


def extract_database(path: Path, into: Path) -> None:
    """Write what a checked backup holds into a new file. Raises Refused(`backup_damaged`)."""
    digest = hashlib.sha256()
    with path.open("rb") as file, _members(file, path) as (manifest, database), into.open("xb") as out:
        while block := database.read(BLOCK):
            digest.update(block)
            out.write(block)
    if digest.hexdigest() != manifest.sha256:
        raise Refused("backup_damaged", file=path.name)


@contextmanager
def _members(file: IO[bytes], path: Path) -> Iterator[tuple[Manifest, IO[bytes]]]:
    """The manifest, and the database to read."""
    try:
        with tarfile.open(fileobj=file, mode="r:") as tar:
            told, database = tar.extractfile(MANIFEST), tar.extractfile(DATABASE)
            assert told is not None
            assert database is not None
            values = json.loads(told.read(LARGEST_MANIFEST))
            if values["format"] > FORMAT:
                raise Refused("backup_newer", version=str(values["version"]))
            yield Manifest(**values | {"keys": tuple(values["keys"])}), database
    except (tarfile.TarError, ValueError, KeyError, TypeError, AssertionError):
        raise Refused("backup_damaged", file=path.name) from None


def _digest(file: IO[bytes], size: int) -> bytes:
    """The SHA-256 of the next so many bytes, in hexadecimal digits."""
    digest = hashlib.sha256()
    while size and (block := file.read(min(BLOCK, size))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest().encode()


def _seal(digest: bytes, vault: Vault) -> bytes:
    return digest + b" " + vault.digest("backup", digest).hex().encode() + b"\n"
