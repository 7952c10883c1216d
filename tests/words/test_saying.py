"""Words: dates, hours, money and waits as people say them; every error has a sentence."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from salur.core import errors
from salur.core.errors import MalformedNik, RanOut, TooManyAttempts
from salur.core.lists.programmes import KNOWN
from salur.core.lookup.answers import NotOnTheList
from salur.core.payouts.answers import Channel, PlaceKind
from salur.core.people import letter_codes, nik
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Kk, Nik
from salur.words.language import LANGUAGES, Say, known_language, language, parts
from salur.words.lists.programmes import programme_about
from salur.words.lookup.answer import bring, channel, place_kind, proxy, reason, verdict, ways_on
from salur.words.refusals import SLIPS, recognised, refusal

WIB, WITA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar")
TUESDAY = datetime(2026, 2, 24, 8, 0, tzinfo=WIB)
say = language("id")


@pytest.mark.parametrize(
    ("code", "written"),
    [("id", "Selasa, 24 Februari 2026"), ("en", "Tuesday, 24 February 2026"), ("su", "Salasa, 24 Pébruari 2026")],
)
def test_a_date_has_weekday_day_month_and_year_in_every_language(code, written):
    assert language(code).date(TUESDAY) == language(code).date(TUESDAY.date()) == written


def test_hours_are_those_of_the_place():
    assert say.hours(TUESDAY, TUESDAY.replace(hour=11)) == "pukul 08.00–11.00 WIB"
    there = TUESDAY.astimezone(WITA)
    assert say.hours(there, there.replace(hour=12)) == "pukul 09.00–12.00 WITA"


def test_money_is_written_as_on_a_price_tag():
    assert say.rupiah(600_000) == "Rp600.000"
    assert say.rupiah(20_000_000) == "Rp20.000.000"
    assert language("en").rupiah(600_000) == "Rp600,000"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-T1", "Tahap 1 tahun 2026"),
        ("2021-B12", "Desember 2021"),
        ("2026", "tahun 2026"),
        ("2021-B13", "2021-B13"),
    ],
)
def test_a_period_is_said_and_an_unknown_one_shown_as_it_is(period, said):
    assert say.period(period) == said


@pytest.mark.parametrize(
    ("retry_in", "said"),
    [
        (timedelta(minutes=5), "hari ini pukul 14.25"),
        (timedelta(minutes=5, seconds=1), "hari ini pukul 14.26"),
        (timedelta(hours=24), "besok pukul 14.20"),
        (timedelta(hours=10), "besok pukul 00.20"),
        (timedelta(days=2), "Kamis, 26 Februari 2026 pukul 14.20"),
    ],
)
def test_a_wait_is_said_in_the_citys_own_time_and_never_too_early(retry_in, said):
    now = datetime(2026, 2, 24, 7, 20, tzinfo=UTC)
    assert say.wait(retry_in, now, WIB) == said


def test_every_reason_to_wait_names_the_time_and_a_way_on():
    now = datetime(2026, 2, 24, 7, 20, tzinfo=UTC)
    said = {scope: refusal(TooManyAttempts(timedelta(hours=24), scope), say, now=now) for scope in RanOut}
    assert len(set(said.values())) == len(RanOut)
    assert all("besok pukul 14.20" in sentence for sentence in said.values())
    assert "Kode di surat pemberitahuan masih bisa dipakai." in said[RanOut.CLOSED]


CODES = (
    "not_16_digits",
    "serial_zero",
    "impossible_date",
    "unknown_province",
    "looks_like_kk",
    "phone_number",
    "not_a_letter_code",
)


def test_every_code_that_a_number_can_be_refused_with_has_its_own_words():
    source = inspect.getsource(nik) + inspect.getsource(letter_codes)
    assert all(f'"{code}"' in source for code in CODES)
    said = {refusal(errors.Malformed(code), say) for code in CODES}
    assert len(said) == len(CODES)
    assert set(CODES) <= set(SLIPS)


def test_the_count_of_digits_is_told_without_blame():
    assert refusal(MalformedNik("not_16_digits", digits=15), say).endswith("Yang Anda ketik baru 15.")
    assert refusal(MalformedNik("not_16_digits", digits=17), say).endswith("Yang Anda ketik ada 17.")


def test_whatever_else_goes_wrong_is_our_fault():
    assert "Salur sedang terganggu" in refusal(errors.NoKey(), say)
    assert "Salur sedang terganggu" in refusal("no_such_code", say)


def test_a_value_brings_neither_emphasis_nor_placeholders_into_a_sentence():
    told = say("Ambil bantuan: *{hari}*, {jam}, di *{tempat}*.", hari="*x", jam="{hari}", tempat="Aula *B* {0}")
    assert parts(told) == (
        ("Ambil bantuan: ", False), ("x", True), (", {hari}, di ", False), ("Aula B {0}", True), (".", False),
    )  # fmt: skip


def test_a_lone_asterisk_is_only_an_asterisk():
    assert parts("2 * 3") == (("2 * 3", False),)


def test_an_unknown_language_is_indonesian_and_a_region_does_not_matter():
    assert language("xx") is language(None) is language("id")
    assert (known_language("su-ID"), known_language("EN"), known_language("de")) == ("su", "en", "id")


def test_every_place_channel_paper_and_reason_has_words():
    assert all(channel(how, say) for how in Channel)
    assert all(place_kind(kind, say) for kind in PlaceKind)
    assert bring(("letter", "ktp", "kk"), say) == "Bawa surat pemberitahuan, KTP asli, dan KK asli."
    assert bring(("kks", "ktp"), say) == "Bawa kartu KKS dan KTP asli."
    assert bring((), say) == ""
    assert reason("moved", say) == "tercatat sudah pindah alamat"
    assert reason("Kata kantor sendiri", say) == "Kata kantor sendiri"
    assert proxy("same_kk", say) != proxy("same_kk_or_attorney", say)


def test_every_programme_that_salur_loads_is_explained_and_no_amount_is_promised():
    for programme in KNOWN:
        names = {about.name for code in LANGUAGES if (about := programme_about(programme.code, language(code)))}
        assert names == {programme.name}, "one name, on every page and in every language"
        about = programme_about(programme.code, say)
        assert about is not None
        assert "Rp" not in about.what


def test_numbers_are_called_what_people_call_them():
    kinds: list[Nik | Kk | LetterCode] = [
        Nik.parse("3271055505800001"),
        Kk.parse("3271051203110001"),
        LetterCode.parse("16100-000001"),
    ]
    assert [recognised(kind, say) for kind in kinds] == ["NIK", "nomor KK", "kode surat"]


def test_not_being_found_is_told_in_the_same_words_always():
    assert verdict(NotOnTheList(), say) == "Nomor dan nama itu *tidak kami temukan bersama-sama* di daftar."
    assert len(ways_on(say)) == 3


def test_counting_uses_the_form_the_language_has(tmp_path, monkeypatch):
    english = Say("en", {}, {"{n} hari": ("{n} day", "{n} days")})
    assert [english.plural("{n} hari", "{n} hari", n) for n in (1, 2)] == ["1 day", "2 days"]
    assert say.plural("{n} hari", "{n} hari", 2) == "2 hari"


def test_the_day_alone_has_no_year():
    assert say.day_and_month(date(2026, 2, 23)) == "Senin, 23 Februari"


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (212, 300, "212 dari 300 (71 %)"),
        (0, 300, "0 dari 300 (0 %)"),
        (1, 1000, "1 dari 1.000 (<1 %)"),
        (999, 1000, "999 dari 1.000 (>99 %)"),
        (1234, 1234, "1.234 dari 1.234 (100 %)"),
        (0, 0, "0 dari 0"),
    ],
)
def test_a_share_is_said_with_its_whole_and_never_rounded_to_nothing_or_all(part, whole, told):
    assert language("id").share(part, whole) == told


def test_counts_have_separators():
    assert language("id").plural("{n} baris.", "{n} baris.", 12345) == "12.345 baris."
    assert language("en").number(12345) == "12,345"
