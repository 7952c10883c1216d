"""The sealed shape of a person: names, numbers and address as they are kept, and how a person is found.

Only here is known where they are sealed and what stands inside; everybody else seals and opens a person by these.
"""

from __future__ import annotations

from dataclasses import dataclass

from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Identity, Kk, Nik
from salur.core.storage.vault import ENCODE, Vault

_NAMES, _NUMBERS, _ADDRESS = "person.sealed_names", "person.sealed_numbers", "person.sealed_address"
_GROUP = "entitlement.sealed_group"


@dataclass(frozen=True, slots=True, repr=False)
class Names:
    """The names of a person as a list writes them."""

    name: str
    head: str | None  # of the family, where the list names one

    def good_for(self, *, kk: bool) -> tuple[str, ...]:
        """The names that go with the NIK; under the KK number the family head's too, whose name opens no other NIK."""
        return (self.name, self.head) if kk and self.head else (self.name,)


@dataclass(frozen=True, slots=True, repr=False)
class Numbers:
    """The numbers of a person, as far as a list has them."""

    nik: Nik | None = None
    kk: Kk | None = None


def seal_names(vault: Vault, names: Names, person: int) -> bytes:
    """Seal the names of a row of `person` (its id)."""
    # As `seal_json` writes it, but put together: that takes three times as long, and lists seal millions.
    head = "null" if names.head is None else ENCODE(names.head)
    return vault.seal(f'{{"name":{ENCODE(names.name)},"head":{head}}}'.encode(), _NAMES, person)


def open_names(vault: Vault, sealed_names: bytes, person: int) -> Names:
    """Open what `seal_names` sealed. Raises NoKey."""
    known = vault.open_json(sealed_names, _NAMES, person)
    return Names(known["name"], known["head"])


def open_name(vault: Vault, sealed_names: bytes, person: int) -> str:
    """Open only the person's own name. Raises NoKey."""
    name: str = vault.open_json(sealed_names, _NAMES, person)["name"]
    return name


def seal_numbers(vault: Vault, nik: str | None, kk: str | None, person: int) -> bytes | None:
    """Seal the digits of both numbers; nothing where there is neither."""
    if not (nik or kk):
        return None
    digits = ",".join("null" if number is None else ENCODE(number) for number in (nik, kk))
    return vault.seal(f"[{digits}]".encode(), _NUMBERS, person)


def open_numbers(vault: Vault, sealed_numbers: bytes | None, person: int) -> Numbers:
    """Open what `seal_numbers` sealed. Raises NoKey."""
    if sealed_numbers is None:
        return Numbers()
    nik, kk = vault.open_json(sealed_numbers, _NUMBERS, person)
    return Numbers(Nik(nik) if nik else None, Kk(kk) if kk else None)


def birth_year(vault: Vault, sealed_numbers: bytes | None, person: int) -> int | None:
    """The year of birth that a NIK tells: it is opened for that, and forgotten."""
    nik = open_numbers(vault, sealed_numbers, person).nik
    return nik.birth_year if nik else None


def seal_address(vault: Vault, address: str | None, person: int) -> bytes | None:
    """Seal an address. It is kept for the office, and stands on the letters that an office prints; on no page."""
    return vault.seal_json(address, _ADDRESS, person) if address else None


def open_address(vault: Vault, sealed_address: bytes | None, person: int) -> str | None:
    """Open what `seal_address` sealed: for a letter, or to seal it anew where a name is corrected. Raises NoKey."""
    if sealed_address is None:
        return None
    address: str = vault.open_json(sealed_address, _ADDRESS, person)
    return address


def seal_group(vault: Vault, name: str | None, entitlement: int) -> bytes | None:
    """Seal the name of the group that gets an entitlement (its id)."""
    return vault.seal(name.encode(), _GROUP, entitlement) if name else None


def open_group(vault: Vault, sealed_group: bytes | None, entitlement: int) -> str | None:
    """Open what `seal_group` sealed. Raises NoKey."""
    return None if sealed_group is None else vault.open(sealed_group, _GROUP, entitlement).decode()


def index_of(vault: Vault, identity: Identity) -> bytes:
    """The index of whatever someone says they are."""
    if isinstance(identity, LetterCode):
        return vault.digest("letter", identity.reveal().encode())
    return vault.index(identity.reveal())


def issued_index(vault: Vault, code: str) -> bytes:
    """The index of the code of a letter that Salur printed (`Unguessable.reveal`), or of what somebody took for one."""
    return vault.digest("salur:letter", code.encode())


def tried_as(vault: Vault, identity: Identity) -> bytes:
    """Under what tries are counted: the index, the same for all ways to write the code of a letter of Salur's."""
    if isinstance(identity, LetterCode) and identity.issued is not None:
        return issued_index(vault, identity.meant)
    return index_of(vault, identity)
