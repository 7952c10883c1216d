"""The key file: the whole protection of what is sealed. It never enters the database."""

from __future__ import annotations

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from salur.core.errors import ConfigError, Refused

KEY_BYTES = 32


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
