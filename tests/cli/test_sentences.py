"""Whatever a command refuses has its sentence, in the language of the terminal."""

from __future__ import annotations

import ast
from datetime import date

import pytest
from click.testing import CliRunner

from salur.cli.main import main
from salur.cli.refusals import REFUSALS, WHY_UNREADABLE, why_refused
from salur.core.errors import Refused
from salur.words.language import language
from salur.words.settings import WRONG
from tests.habits.source import modules

# What commands go to: the console has no officer, so what only officers are refused is not among it.
REACHED = ("salur.intake", "salur.core.lists", "salur.core.payouts", "salur.core.regions", "salur.core.maintenance",
           "salur.core.storage")  # fmt: skip
ON_THE_DESK_ALONE = (
    "salur.core.payouts.places.",
    "salur.core.payouts.planning.",
    "salur.core.payouts.spreading.",
    "salur.core.payouts.choices",
    "salur.core.lists.corrections.",
)


def raised(error: str, position: int, rooms: tuple[str, ...]) -> set[str]:
    """Codes of an error, where they are written."""
    calls = [
        node
        for module in modules()
        if module.name.startswith(rooms) and not module.name.startswith(ON_THE_DESK_ALONE)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == error and len(node.args) > position
    ]
    codes = [call.args[position] for call in calls]
    return {str(code.value) for code in codes if isinstance(code, ast.Constant)}


def test_whatever_is_refused_has_words() -> None:
    found = raised("Refused", 0, REACHED) | raised("NotThere", 0, REACHED)
    assert len(found) > 20
    assert found - set(REFUSALS) == set()
    unreadable = raised("UnreadableFile", 0, ("salur",))
    assert len(unreadable) > 5
    assert unreadable - set(WHY_UNREADABLE) == set()


def test_what_is_wrong_with_a_setting_has_words() -> None:
    """Apart from two addresses, whose schemes are put together, every code is written where it is raised."""
    found = raised("ConfigError", 1, ("salur",))
    assert len(found) > 5
    assert found - set(WRONG) == set()


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (Refused("file_not_a_draft", file=3, state="undone"), "Nomor 3 bukan konsep lagi (dibatalkan)"),
        (Refused("not_a_draft", list=3, state="superseded"), "Daftar 3 bukan konsep lagi (digantikan)"),
        (Refused("issued_in_future", day=date(2026, 8, 17)), "Tanggal 17 Agustus 2026 belum tiba"),
        (Refused("column_contradicts", column="B", field="nik", looks="name"), "isinya tampak seperti nama"),
    ],
)
def test_what_is_refused_is_said_in_words_alone(refused: Refused, told: str) -> None:
    assert told in why_refused(refused, language("id"))


def test_no_refusal_is_the_same_in_both_languages() -> None:
    indonesian, english = language("id"), language("en")
    assert [code for code, sentence in REFUSALS.items() if indonesian(sentence) == english(sentence)] == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("payments check a.xlsx", "'FILE': Tidak ada berkas a.xlsx."),
        ("payments check {here} --period 2026-T1", "'--programme' belum diisi."),
        ("payments check {here} --programme PKH --period 2026-9", "'--period': Periode ditulis seperti 2026-T1"),
        ("schedule check {here} --column NIK", "'--column': Tulis seperti NIK=B."),
        ("lists show --tahap 1", "Tidak ada pilihan --tahap."),
    ],
)
def test_wrong_usage_is_told_in_words(typed: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    result = CliRunner().invoke(main, typed.format(here=__file__).split())
    assert (result.exit_code, told in result.output) == (2, True), result.output


def test_wrong_usage_is_told_in_the_language_that_is_asked_for() -> None:
    result = CliRunner().invoke(main, ["payments", "publish", "--bahasa", "id"])
    assert "'NUMBER' belum diisi." in result.output
