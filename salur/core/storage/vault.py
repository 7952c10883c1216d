"""Sealing personal data, and the keyed index by which they are found.

A sealed value is `key id (2 bytes) | nonce (12) | AES-256-GCM ciphertext and tag`, bound to table, column and row, so
that a value moved to another row does not open. What is sealed is filled up to a step (`padded_size`), because AES-GCM
hides no length; the first bit of the key id says so, and values of before, without it, still open. An index is a keyed
BLAKE2b: a plain hash of a NIK can be reversed by trying them all. The key file is the whole protection; it never enters
the database.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from salur.core.errors import NoKey
from salur.core.storage.keys import KeyFile

ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: lists seal thousands
# What is kept as JSON, opened again: only who sealed it knows the kinds of its values.
JsonObject = Mapping[str, Any]
ID_BYTES, NONCE_BYTES, TAG_BYTES = 2, 12, 16
PADDED = 1 << 15  # in the key id
STEP = 64  # bytes: the least that is sealed
FINENESS = 3  # large values have 2 ** 3 steps from each power of two to the next, an eighth too much at most
END, FILL = b"\x80", b"\0"  # ISO/IEC 7816-4


class Vault:
    """Seals, opens and indexes. When it meets a key it does not know it reads the file again: keys may have rotated."""

    def __init__(self, keys: KeyFile, path: str | Path | None = None) -> None:
        self.path = path
        self._learn(keys)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """Raises ConfigError when the key file is missing or damaged."""
        return cls(KeyFile.read(path), path)

    def _learn(self, keys: KeyFile) -> None:
        self._index_key = keys.index
        self._ciphers = {number: AESGCM(key) for number, key in keys.sealing.items()}
        self.current = keys.current
        # What everything starts with that is sealed with the current key, as it is done today; and as it was before.
        self.current_prefix = (PADDED | keys.current).to_bytes(ID_BYTES, "big")
        self.former_prefix = keys.current.to_bytes(ID_BYTES, "big")
        self._sealing = self.current_prefix, self._ciphers[keys.current]  # together: another thread may learn

    def reload(self) -> None:
        """Read the key file again."""
        if self.path is not None:
            self._learn(KeyFile.read(self.path))

    def seal(self, plain: bytes, place: str, row: int) -> bytes:
        """Seal for one place (`table.column`) and row."""
        nonce = os.urandom(NONCE_BYTES)
        size = len(plain)
        filled = (plain + END).ljust(STEP if size < STEP else padded_size(size), FILL)
        prefix, cipher = self._sealing
        return prefix + nonce + cipher.encrypt(nonce, filled, _bound_to(place, row))

    def open(self, sealed: bytes, place: str, row: int) -> bytes:
        """Open what was sealed for this place and row. Raises NoKey when the key is gone or the row is another."""
        prefix = int.from_bytes(sealed[:ID_BYTES], "big")
        number = prefix & ~PADDED
        cipher = self._ciphers.get(number)
        if cipher is None:
            self.reload()
            cipher = self._ciphers.get(number)
        if cipher is None:
            raise NoKey("unknown key")
        nonce, rest = sealed[ID_BYTES : ID_BYTES + NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
        try:
            plain = cipher.decrypt(nonce, rest, _bound_to(place, row))
        except InvalidTag:
            raise NoKey("sealed for another row, or damaged") from None
        return plain.rstrip(FILL)[: -len(END)] if prefix & PADDED else plain

    def seal_json(self, value: object, place: str, row: int) -> bytes:
        """Seal anything JSON can hold."""
        return self.seal(ENCODE(value).encode(), place, row)

    def open_json(self, sealed: bytes, place: str, row: int) -> Any:
        """Open what `seal_json` sealed. Raises NoKey."""
        return json.loads(self.open(sealed, place, row).decode())  # told what it is, it need not guess

    def index(self, number: str) -> bytes:
        """The 32-byte index of a NIK or KK number: the same for both, because people type one for the other."""
        return hashlib.blake2b(number.encode(), key=self._index_key, digest_size=32, person=b"salur:number").digest()

    def digest(self, purpose: str, value: bytes) -> bytes:
        """A keyed 32-byte digest; the same value gives unrelated digests for different purposes (16 bytes at most)."""
        return hashlib.blake2b(value, key=self._index_key, digest_size=32, person=purpose.encode()).digest()


class Decoy:
    """Something that is nobody's, to open where there is nothing to open, so that both take as long.

    Keys rotate while Salur runs, and the one it was sealed with may be gone: then it is sealed anew.
    """

    def __init__(self, vault: Vault, seal: Callable[[], bytes]) -> None:
        self._vault, self._seal, self._sealed = vault, seal, b""

    @property
    def sealed(self) -> bytes:
        """As `seal` seals it with the current key."""
        if not self._sealed.startswith(self._vault.current_prefix):
            self._sealed = self._seal()
        return self._sealed


def padded_size(size: int) -> int:
    """How many bytes are sealed for so many: the next step, of which there are few."""
    step = max(STEP, 1 << max(size.bit_length() - 1 - FINENESS, 0))
    return (size + len(END) + step - 1) // step * step


def _bound_to(place: str, row: int) -> bytes:
    return f"{place}:{row}".encode()
