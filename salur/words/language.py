"""One reader's language: finds the sentence, fills it in, and writes dates, hours and rupiah as people say them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES: Mapping[str, str] = MappingProxyType({"id": "Bahasa Indonesia", "en": "English", "su": "Basa Sunda"})
SOURCE = "id"
CATALOGUES = Path(__file__).parents[2] / "translations"
Day = date  # inside `Say`, `date` is a method
EMPHASIS = re.compile(r"\*([^*]+)\*")


Told = TypeVar("Told", bound="Say")


def N_(text: str) -> str:
    """Mark a sentence in a table of data for translation; it is looked up later, when it is said."""
    return text


class Say:
    """Says things in one language. Immutable; get one from `language`."""

    __slots__ = ("_plurals", "_texts", "code")

    def __init__(self, code: str, texts: Mapping[str, str], plurals: Mapping[str, tuple[str, ...]]) -> None:
        self.code = code
        self._texts = texts
        self._plurals = plurals

    def __call__(self, text: str, /, **values: object) -> str:
        """Look a sentence up and fill in its values, which are plain text: they cannot bring emphasis with them."""
        found = self._texts.get(text, text)
        if not values:
            return found
        return found.format(**{name: plain(value) for name, value in values.items()})

    def as_told_by(self, way: type[Told]) -> Told:
        """The same language, told in another way."""
        return way(self.code, self._texts, self._plurals)

    def plural(self, singular: str, plural: str, n: int, **values: object) -> str:
        """Like calling, for a sentence that counts: `{n}` is the count. Indonesian and Sundanese have one form."""
        forms = self._plurals.get(singular)
        found = (singular if n == 1 else plural) if forms is None else forms[0 if n == 1 else -1]
        return found.format(n=self.number(n), **{name: plain(value) for name, value in values.items()})

    def number(self, count: int) -> str:
        """`1.234`; `1,234` in English."""
        return f"{count:,}" if self.code == "en" else f"{count:,}".replace(",", ".")

    def share(self, part: int, whole: int) -> str:
        """`212 dari 300 (71 %)`."""
        told = self("{bagian} dari {semua}", bagian=self.number(part), semua=self.number(whole))
        return f"{told} ({self.percent(part, whole)})" if whole else told

    def percent(self, part: int, whole: int) -> str:
        """`71 %`; never nothing or everything when it is not quite, but `<1 %` and `>99 %`."""
        percent = round(100 * part / whole) if whole else 0
        if (percent == 0 and part) or (percent == 100 and part < whole):
            return "<1 %" if percent == 0 else ">99 %"
        return f"{percent} %"

    def date(self, day: Day) -> str:
        """`Selasa, 24 Februari 2026`. A datetime is written in its own zone."""
        return _date(_day(day), "EEEE, d MMMM y", self.code)

    def short_date(self, day: Day) -> str:
        """`24 Februari 2026`."""
        return _date(_day(day), "d MMMM y", self.code)

    def weekday(self, day: Day) -> str:
        """`Selasa`."""
        return _date(_day(day), "EEEE", self.code)

    def day_and_month(self, day: Day) -> str:
        """`Selasa, 24 Februari`, where the year is plain."""
        return _date(_day(day), "EEEE, d MMMM", self.code)

    def clock(self, when: datetime) -> str:
        """`14.20`; `14:20` in English."""
        return f"{when.hour:02}{':' if self.code == 'en' else '.'}{when.minute:02}"

    def hours(self, starts: datetime, ends: datetime) -> str:
        """`pukul 08.00–11.00 WIB`, in the zone the two are in."""
        return self(
            "pukul {awal}–{akhir} {zona}", awal=self.clock(starts), akhir=self.clock(ends), zona=starts.tzname() or ""
        ).rstrip()

    def rupiah(self, amount: int) -> str:
        """`Rp600.000`."""
        return _rupiah(amount, self.code)

    def period(self, period: str) -> str:
        """`Tahap 1 tahun 2026` for `2026-T1`, `Februari 2026` for `2026-B02`, `tahun 2026` for `2026`."""
        year, _, part = period.partition("-")
        if year.isdecimal() and part[:1] == "T" and part[1:].isdecimal():
            return self("Tahap {tahap} tahun {tahun}", tahap=int(part[1:]), tahun=year)
        if year.isdecimal() and part[:1] == "B" and part[1:].isdecimal() and 1 <= int(part[1:]) <= 12:
            return _date(date(int(year), int(part[1:]), 1), "LLLL y", self.code)
        if year.isdecimal() and not part:
            return self("tahun {tahun}", tahun=year)
        return period

    def wait(self, retry_in: timedelta, now: datetime, zone: tzinfo) -> str:
        """When a wait is over, as people say it: `besok pukul 14.20`. Rounded up to a minute, never too early."""
        over = (now + retry_in).astimezone(zone)
        if over.second or over.microsecond:
            over += timedelta(minutes=1)
        days = (over.date() - now.astimezone(zone).date()).days
        clock = self.clock(over)
        if days <= 0:
            return self("hari ini pukul {jam}", jam=clock)
        if days == 1:
            return self("besok pukul {jam}", jam=clock)
        return self("{hari} pukul {jam}", hari=self.date(over), jam=clock)


class Dated(Exception):
    """A sentence asked for a day or an hour where only what holds on every day can be said."""


class Timeless(Say):
    """Says what holds on every day: for sentences that are kept, such as in a compiled template."""

    __slots__ = ()

    def _refuse(self, *_moment: object, **_named: object) -> str:
        """Say nothing. Raises Dated."""
        raise Dated

    date = short_date = weekday = day_and_month = clock = hours = wait = _refuse


def timeless(code: str) -> Say:
    """The words of one language without days and hours; see Timeless."""
    return language(code).as_told_by(Timeless)


def language(code: str | None) -> Say:
    """The words of one language; Indonesian when the code is unknown."""
    return _load(code if code in LANGUAGES else SOURCE)


def known_language(code: str | None) -> str:
    """The code if it is one of `LANGUAGES` (`su-ID` counts as `su`), else Indonesian's."""
    short = (code or "").replace("_", "-").partition("-")[0].lower()
    return short if short in LANGUAGES else SOURCE


def parts(text: str) -> tuple[tuple[str, bool], ...]:
    """Take a sentence apart at its emphasis: `("Nama ini ", False), ("terdaftar", True), …`."""
    pieces = EMPHASIS.split(text)
    return tuple((piece, bool(i % 2)) for i, piece in enumerate(pieces) if piece)


def plain(value: object) -> object:
    """A value to fill in, without the asterisks that would become emphasis. Numbers stay as they are."""
    return value.replace("*", "") if isinstance(value, str) else value


@cache
def _load(code: str) -> Say:
    """Read one catalogue. A missing one, an untranslated or a fuzzy message leaves the Indonesian text."""
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if path.is_file():
        with path.open("rb") as file:
            for message in read_po(file, locale=code):
                if not message.id or message.fuzzy or not message.string:
                    continue
                if isinstance(message.id, str):
                    texts[message.id] = str(message.string)
                elif all(message.string):
                    plurals[message.id[0]] = tuple(message.string)
    return Say(code, MappingProxyType(texts), MappingProxyType(plurals))


def _day(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, code: str) -> str:
    """Written with an explicit pattern, so that every language has the same parts in the same order."""
    return format_date(day, pattern, locale=code)


@lru_cache(maxsize=4096)
def _rupiah(amount: int, code: str) -> str:
    return f"Rp{format_decimal(amount, locale=code)}"
