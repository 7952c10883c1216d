"""Sealing personal data, and the keyed index by which they are found.

A sealed value is `key id (2 bytes) | nonce (12) | AES-256-GCM ciphertext and tag`, bound to table, column and row, so
that a value moved to another row does not open. An index is a keyed BLAKE2b: a plain hash of a NIK can be reversed by
trying them all. The key file is the whole protection; it never enters the database.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from salur.core.errors import ConfigError, NoKey, Refused
from salur.core.nik import Identity, LetterCode

ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: lists seal thousands
ID_BYTES, NONCE_BYTES, KEY_BYTES = 2, 12, 32


@contextmanager
def sole_writer(path: str | Path) -> Iterator[None]:
    """Let one process at a time read, change and write the key file: a key that another overwrites is lost for good.

    The folder is what is locked, because the file itself is replaced.
    """
    folder = os.open(Path(path).absolute().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@dataclass(frozen=True, slots=True, repr=False)
class KeyFile:
    """What the key file holds: the index key, and the sealing keys by number; `current` seals, all of them open."""

    index: bytes
    sealing: dict[int, bytes]
    current: int

    @classmethod
    def new(cls) -> Self:
        """Fresh keys from the system's random source."""
        return cls(os.urandom(KEY_BYTES), {1: os.urandom(KEY_BYTES)}, 1)

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read the file. Raises ConfigError when it is missing or damaged; the error shows nothing of it."""
        try:
            data = json.loads(Path(path).read_text())
            sealing = {int(number): base64.b64decode(key) for number, key in data["sealing"].items()}
            keys = cls(base64.b64decode(data["index"]), sealing, int(data["current"]))
        except FileNotFoundError:
            raise ConfigError("SALUR_KEYS_FILE", "is missing: run `python -m salur keys new` first") from None
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            raise ConfigError("SALUR_KEYS_FILE", "cannot be read as a key file") from None
        if {len(keys.index), *map(len, sealing.values())} != {KEY_BYTES} or keys.current not in sealing:
            raise ConfigError("SALUR_KEYS_FILE", "cannot be read as a key file")
        return keys

    def write(self, path: str | Path, *, over: bool = False) -> None:
        """Write with mode 0600, whole or not at all. Raises Refused(`keys_exist`) unless `over` allows replacing."""
        path = Path(path)
        if not over:
            with sole_writer(path):
                if path.exists():
                    raise Refused("keys_exist")
                return self.write(path, over=True)
        data = {
            "index": base64.b64encode(self.index).decode(),
            "sealing": {str(number): base64.b64encode(key).decode() for number, key in self.sealing.items()},
            "current": self.current,
        }
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(data, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        return None

    def with_new_key(self) -> KeyFile:
        """The same file with one more sealing key, which is now the current one."""
        number = max(self.sealing) + 1
        return KeyFile(self.index, {**self.sealing, number: os.urandom(KEY_BYTES)}, number)

    def without(self, numbers: set[int]) -> KeyFile:
        """The same file without some old sealing keys."""
        return KeyFile(self.index, {n: k for n, k in self.sealing.items() if n not in numbers}, self.current)

    def __repr__(self) -> str:
        return f"<KeyFile {sorted(self.sealing)} current {self.current}>"


class Vault:
    """Seals, opens and indexes. When it meets a key it does not know it reads the file again: keys may have rotated."""

    def __init__(self, keys: KeyFile, path: str | Path | None = None) -> None:
        self._path = path
        self._learn(keys)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Raises ConfigError when the key file is missing or damaged."""
        return cls(KeyFile.read(path), path)

    def _learn(self, keys: KeyFile) -> None:
        self._index_key = keys.index
        self._ciphers = {number: AESGCM(key) for number, key in keys.sealing.items()}
        self.current = keys.current

    @property
    def current_prefix(self) -> bytes:
        """What everything starts with that is sealed with the current key."""
        return self.current.to_bytes(ID_BYTES, "big")

    def reload(self) -> None:
        """Read the key file again."""
        if self._path is not None:
            self._learn(KeyFile.read(self._path))

    def seal(self, plain: bytes, place: str, row: int) -> bytes:
        """Seal for one place (`table.column`) and row."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self.current].encrypt(nonce, plain, _bound_to(place, row))
        return self.current.to_bytes(ID_BYTES, "big") + nonce + sealed

    def open(self, sealed: bytes, place: str, row: int) -> bytes:
        """Open what was sealed for this place and row. Raises NoKey when the key is gone or the row is another."""
        number = int.from_bytes(sealed[:ID_BYTES], "big")
        cipher = self._ciphers.get(number)
        if cipher is None:
            self.reload()
            cipher = self._ciphers.get(number)
        if cipher is None:
            raise NoKey("unknown key")
        nonce, rest = sealed[ID_BYTES : ID_BYTES + NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, rest, _bound_to(place, row))
        except InvalidTag:
            raise NoKey("sealed for another row, or damaged") from None

    def seal_json(self, value: Any, place: str, row: int) -> bytes:
        """Seal anything JSON can hold."""
        return self.seal(ENCODE(value).encode(), place, row)

    def open_json(self, sealed: bytes, place: str, row: int) -> Any:
        """Open what `seal_json` sealed. Raises NoKey."""
        return json.loads(self.open(sealed, place, row))

    def index(self, number: str) -> bytes:
        """The 32-byte index of a NIK or KK number: the same for both, because people type one for the other."""
        return hashlib.blake2b(number.encode(), key=self._index_key, digest_size=32, person=b"salur:number").digest()

    def index_of(self, identity: Identity) -> bytes:
        """The index of whatever someone says he is."""
        if isinstance(identity, LetterCode):
            return self.digest("letter", identity.reveal().encode())
        return self.index(identity.reveal())

    def digest(self, purpose: str, value: bytes) -> bytes:
        """A keyed 32-byte digest; the same value gives unrelated digests for different purposes (16 bytes at most)."""
        return hashlib.blake2b(value, key=self._index_key, digest_size=32, person=purpose.encode()).digest()


def _bound_to(place: str, row: int) -> bytes:
    return f"{place}:{row}".encode()
