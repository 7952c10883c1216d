"""The sealed shape of a person: what is put in comes out, for that person alone, and only one place knows the shape."""

from __future__ import annotations

import re

import pytest

from salur.core.errors import NoKey
from salur.core.people.nik import Kk, Nik
from salur.core.people.sealed import (
    Names,
    Numbers,
    birth_year,
    open_name,
    open_names,
    open_numbers,
    seal_address,
    seal_names,
    seal_numbers,
)
from salur.core.storage.keys import KeyFile
from salur.core.storage.vault import Vault
from tests.habits.source import modules

NIK, KK = "3271014505800001", "3271012003150002"
# Where persons are sealed, and what seals all again, whatever it is.
SHAPELESS = {"salur.core.people.sealed", "salur.core.maintenance.rotation"}
OPENED = re.compile(r"""(?:open|seal)(?:_json)?\(\s*[\w.]*\bsealed_(?:names|numbers|address)\b|["']person\.sealed_""")


@pytest.fixture
def vault() -> Vault:
    return Vault(KeyFile.new())


@pytest.mark.parametrize("head", ["UJANG SUPRIATNA", None])
def test_names_come_out_as_they_were_sealed(vault: Vault, head: str | None) -> None:
    names = Names("SITI AMINAH", head)
    sealed = seal_names(vault, names, 7)
    assert (open_names(vault, sealed, 7), open_name(vault, sealed, 7)) == (names, "SITI AMINAH")


@pytest.mark.parametrize(("nik", "kk"), [(NIK, KK), (NIK, None), (None, KK), (None, None)])
def test_numbers_come_out_as_they_were_sealed(vault: Vault, nik: str | None, kk: str | None) -> None:
    sealed = seal_numbers(vault, nik, kk, 7)
    assert open_numbers(vault, sealed, 7) == Numbers(Nik(nik) if nik else None, Kk(kk) if kk else None)
    assert birth_year(vault, sealed, 7) == (1980 if nik else None)


def test_nothing_is_sealed_of_what_a_list_does_not_have(vault: Vault) -> None:
    assert (seal_numbers(vault, None, None, 7), seal_numbers(vault, "", "", 7)) == (None, None)
    assert (seal_address(vault, None, 7), seal_address(vault, "", 7)) == (None, None)


def test_what_is_sealed_for_one_person_opens_for_no_other(vault: Vault) -> None:
    names, numbers = seal_names(vault, Names("SITI AMINAH", None), 7), seal_numbers(vault, NIK, KK, 7)
    for opened in (
        lambda: open_names(vault, names, 8),
        lambda: open_numbers(vault, numbers, 8),
        lambda: open_numbers(vault, names, 7),
    ):
        with pytest.raises(NoKey):
            opened()


def test_the_head_of_a_family_is_named_for_its_number_only() -> None:
    names = Names("SITI AMINAH", "UJANG SUPRIATNA")
    assert (names.good_for(kk=False), names.good_for(kk=True)) == (("SITI AMINAH",), ("SITI AMINAH", "UJANG SUPRIATNA"))
    assert Names("SITI AMINAH", None).good_for(kk=True) == ("SITI AMINAH",)


def test_none_of_it_shows_itself(vault: Vault) -> None:
    shown = repr(Names("SITI AMINAH", "UJANG")) + repr(Numbers(Nik(NIK), Kk(KK)))
    assert not any(secret in shown for secret in ("SITI", "UJANG", NIK, KK))


def test_what_was_sealed_before_still_opens(vault: Vault) -> None:
    names = vault.seal_json({"name": "SITI AMINAH", "head": None}, "person.sealed_names", 7)
    numbers = vault.seal_json([NIK, KK], "person.sealed_numbers", 7)
    assert open_names(vault, names, 7) == Names("SITI AMINAH", None)
    assert open_numbers(vault, numbers, 7) == Numbers(Nik(NIK), Kk(KK))


def test_nobody_else_opens_or_seals_a_person() -> None:
    others = [module for module in modules() if module.name not in SHAPELESS]
    assert [module.name for module in others if OPENED.search(module.text)] == []
