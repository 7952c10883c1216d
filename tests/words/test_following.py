"""What followers are told: each kind in a sentence or two, in all languages, with initials and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from salur.bot.following.buttons import news as buttons
from salur.core.following.answers import Day, News
from salur.core.following.kinds import NewsKind
from salur.words.language import LANGUAGES, language, parts
from salur.words.lookup.following import news

WIB = ZoneInfo("Asia/Jakarta")
STARTS, ENDS = datetime(2026, 2, 24, 8, tzinfo=WIB), datetime(2026, 2, 24, 9, tzinfo=WIB)
DAY = Day(STARTS, ENDS, "Kantor Pos Bogor", "Jl. Juanda 5", at_home=False)
LATER = Day(STARTS.replace(day=26), ENDS.replace(day=26), "Kantor Pos Bogor", "Jl. Juanda 5", at_home=False)
HOME = Day(STARTS, ENDS, "Rumah", None, at_home=True)
ONE = News(
    *(NewsKind.DATE_SET, "Program Keluarga Harapan", "2026-T1", "S. M.", "PKH 2026-T1 S. M.", LATER, DAY),
    amount=600_000, paid_on="2026-02-12", paid_at="Kantor Pos Bogor",
)  # fmt: skip
WITH_DAY = {NewsKind.DATE_SET, NewsKind.DATE_MOVED, NewsKind.LISTED, NewsKind.LISTED_AGAIN, NewsKind.NOT_PAID,
            NewsKind.IN_TWO_DAYS, NewsKind.TODAY}  # fmt: skip


def said(*told: News, code: str = "id") -> str:
    """The message as it is read."""
    text = news({"follow": 1, "news": [one.facts() for one in told], "refs": ["0" * 16] * len(told)}, language(code))
    return "".join(piece for piece, _ in parts(text))


def labels(*told: News) -> Sequence[str]:
    """The buttons under it."""
    facts = {"follow": 1, "news": [one.facts() for one in told], "refs": ["0" * 16] * len(told)}
    return [button.text for row in buttons(facts, language("id")) for button in row]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", NewsKind)
def test_each_kind_is_short_and_whole(kind: NewsKind, code: str) -> None:
    told = said(replace(ONE, kind=kind), code=code)
    assert len(told) < 480
    assert "S. M." in told
    assert "{" not in told
    assert "*" not in told
    if kind in WITH_DAY:
        assert "Kantor Pos Bogor" in told
        assert "WIB" in told
        assert "26" in told


@pytest.mark.parametrize(("elsewhere", "words"), [("card", "kartu KKS"), ("insurance", "BPJS"), ("group", "kelompok")])
def test_nobody_is_kept_waiting_for_a_day_that_never_comes(elsewhere: str, words: str) -> None:
    told = said(replace(ONE, kind=NewsKind.LISTED, day=None, elsewhere=elsewhere))
    assert words in told
    assert "Tanggal pengambilan" not in told


def test_what_holds_for_all_is_said_once_and_each_aid_is_named_once() -> None:
    sembako = replace(ONE, programme_name="Program Sembako", aid="SEMBAKO 2026-T1 S. M.")
    told = said(ONE, replace(ONE, kind=NewsKind.AMOUNT), sembako)
    assert told.count("Tidak ada potongan.") == 1
    assert told.count("Program Keluarga Harapan") == 1
    assert told.count("Program Sembako") == 1
    assert len(told) < 1000


def test_at_home_nobody_is_sent_anywhere() -> None:
    told = said(replace(ONE, kind=NewsKind.TODAY, day=HOME))
    assert "Petugas datang ke rumah: Selasa, 24 Februari 2026, pukul 08.00–09.00 WIB." in told
    assert "Siapkan: KTP asli, KK asli." in told
    assert "Ambil bantuan" not in told


@pytest.mark.parametrize("kind", [NewsKind.DATE_CANCELLED, NewsKind.DATE_GONE])
def test_what_is_off_says_which_day_and_sends_nobody_away_from_home(kind: NewsKind) -> None:
    off = replace(ONE, kind=kind, day=None)
    assert "Jangan datang" in said(off)
    assert "Yang batal: Selasa, 24 Februari 2026, pukul 08.00–09.00 WIB, di Kantor Pos Bogor." in said(off)
    at_home = said(replace(off, was=HOME))
    assert at_home.startswith("⚠️ Petugas tidak jadi datang ke rumah. Jangan menunggu.")
    assert "Yang batal: Selasa, 24 Februari 2026, pukul 08.00–09.00 WIB, di rumah." in at_home
    assert "Jangan datang" not in at_home


def test_where_no_money_is_to_come_it_does_not_sound_so() -> None:
    told = said(replace(ONE, kind=NewsKind.TAKEN_OFF))
    assert "Bantuan diterima utuh" not in told
    assert "gratis" in told


def test_buttons_stand_under_what_can_be_contested_alone_and_of_several_say_of_which() -> None:
    paid = replace(ONE, kind=NewsKind.PAID)
    assert labels(ONE) == ["Berhenti dikabari"]
    assert labels(replace(ONE, kind=NewsKind.SUSPENDED)) == ["Berhenti dikabari"]
    assert labels(paid, ONE) == ["Belum saya terima", "Berhenti dikabari"]
    other = replace(paid, payee="B. S.", aid="PKH 2026-T1 B. S.")
    assert labels(paid, other)[:2] == [
        "Belum saya terima: S. M., Program Keluarga Harapan",
        "Belum saya terima: B. S., Program Keluarga Harapan",
    ]
