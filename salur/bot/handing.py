"""/surat: the letters that wait in the area of whoever this private chat is linked to, and a button each to say that
one was handed over.

Messages pass servers abroad, so a line holds what it takes to find the letter in one's hand: the number on it, and the
name as /daftar shows it. No address, no NIK, and nothing of who is visited at home.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator

from telegram import InlineKeyboardButton

from salur.bot.chat import buttons, replies
from salur.bot.chat.turn import Row, Turn
from salur.bot.officers import link_first
from salur.core.errors import NotThere, Refused
from salur.core.letters.handing.answers import LettersOfArea, OnItsWay
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import must_choose
from salur.core.officers.roles import Officer
from salur.core.regions.territory import Territory
from salur.wiring import Services
from salur.words import neighbourhood
from salur.words.language import Say, plain
from salur.words.officers.offices import area
from salur.words.printing import handing
from salur.words.refusals import refusal

ON_A_MESSAGE = 6
IN_A_ROW, MOST_PARTS = 3, 21
# A page of an RT (RW and RT; 0 stands for all); then what was handed over, or taken back, and where one was.
PAGE = re.compile("surat:([0-9]{1,5}):([0-9]{1,3}):([0-9]{1,3})")
HAND = re.compile("serah:([0-9]{1,19}):([0-9]{1,5}):([0-9]{1,3}):([0-9]{1,3})")
BACK = re.compile("bataserah:([0-9]{1,19}):([0-9]{1,5}):([0-9]{1,3}):([0-9]{1,3})")
LARGEST = 9_223_372_036_854_775_807  # of an id
Doing = Callable[[Officer], Awaitable[str]]
Where = tuple[int, int, int]  # page, RW, RT


class HandingTalk:
    """Shows letters, and takes it down."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._site = services.settings.site

    async def letters(self, turn: Turn) -> None:
        """/surat."""
        await self._show(turn, (1, 0, 0))

    async def page(self, turn: Turn) -> None:
        """Another page, or another RT."""
        found = PAGE.fullmatch(turn.text)
        assert found
        page, rw, rt = map(int, found.groups())
        await self._show(turn, (page, rw, rt))

    async def hand_over(self, turn: Turn) -> None:
        """*Sudah diserahkan* was pressed under a letter."""
        found = HAND.fullmatch(turn.text)
        assert found
        letter, page, rw, rt = map(int, found.groups())

        async def do(officer: Officer) -> str:
            core = self._services.handing
            count = await asyncio.to_thread(core.hand_over, officer, [letter], door=Door.CHAT)
            last = await asyncio.to_thread(core.last_handed, officer, door=Door.CHAT) if count else None
            return handing.handed(count, turn.say, _named(last) if last is not None else "")

        await self._show(turn, (page, rw, rt), do if letter <= LARGEST else None, undo=letter)

    async def take_back(self, turn: Turn) -> None:
        """*Batalkan* was pressed after that."""
        found = BACK.fullmatch(turn.text)
        assert found
        letter, page, rw, rt = map(int, found.groups())

        async def do(officer: Officer) -> str:
            count = await asyncio.to_thread(self._services.handing.take_back, officer, letter, door=Door.CHAT)
            return handing.taken_back(count, turn.say)

        await self._show(turn, (page, rw, rt), do if letter <= LARGEST else None)

    async def in_group(self, turn: Turn) -> None:
        """Everybody there would read it."""
        await turn.says(
            turn.say("Surat warga tidak ditampilkan di grup. Buka obrolan pribadi."),
            buttons.private_chat(turn.bot.username, turn.say),
        )

    async def _show(self, turn: Turn, where: Where, do: Doing | None = None, undo: int | None = None) -> None:
        officer = await asyncio.to_thread(self._services.chat_links.officer_of, turn.chat_id)
        if officer is None:
            return await turn.says(not_linked(turn.say, self._site), buttons.begin(turn.say))
        if must_choose(officer):
            return await turn.says(on_the_site(turn.say, self._site))
        done, worked = "", False
        try:
            if do is not None:
                done, worked = await self._done(do, officer, turn.say)
            page, rw, rt = where
            own = officer.territory
            part = Territory(own.region_code, rw or own.rw, rt or own.rt)
            found = await asyncio.to_thread(
                self._services.handing.letters, officer, part, page=page, door=Door.CHAT, size=ON_A_MESSAGE
            )
        except NotThere:
            return await turn.says(replies.lost_button(turn.say))
        rows = list(letter_buttons(found, where, turn.say))
        if worked and undo is not None:
            rows.insert(0, (InlineKeyboardButton(turn.say("Batalkan"), callback_data=_data("bataserah", undo, where)),))
        told = list(letters_text(found, turn.say, self._site))
        return await turn.says("\n\n".join([done, *told] if done else told), *rows)

    @staticmethod
    async def _done(do: Doing, officer: Officer, say: Say) -> tuple[str, bool]:
        """What is said of it, and whether it was done."""
        try:
            return f"✅ {await do(officer)}", True
        except NotThere:
            raise
        except Refused as refused:
            return f"⚠️ {refusal(refused, say)}", False


def letters_text(found: LettersOfArea, say: Say, site: str) -> Iterator[str]:
    """The paragraphs of one message."""
    heading = "*" + say("Surat {tempat}", tempat=area(found.area, found.place)) + "*"
    counts = found.counts
    if not counts.printed:
        yield heading + "\n" + say("Belum ada surat untuk wilayah ini.")
        return
    if not counts.waiting:
        yield heading + "\n" + say("Semua surat sudah diserahkan. Terima kasih.")
        return
    sums = say("Belum diserahkan: *{belum}*. Sudah: {sudah}.", belum=say.number(counts.waiting), sudah=counts.handed)
    yield f"{heading}\n{sums}"
    for place, letter in enumerate(found.letters, found.letters.first):
        yield letter_text(place, letter, say)
    if found.letters.pages > 1:
        yield say("Halaman {ini} dari {semua}", ini=found.letters.number, semua=found.letters.pages)
    if found.may:
        yield say("Tekan tombolnya *sesudah surat sampai di tangan keluarganya*. Surat ini gratis.")
    else:
        yield say("Anda hanya melihat. Ketua RT, ketua RW, atau kelurahan yang mencatat.")
    abroad = say("Nama disingkat, tanpa NIK: pesan Telegram lewat server di luar negeri. Jangan diteruskan.")
    yield abroad + (" " + say("Selengkapnya: {alamat}", alamat=f"{site}/surat/serah") if site else "")


def letter_text(place: int, letter: OnItsWay, say: Say) -> str:
    """Whose, which number, and which day stands on it."""
    who = plain(neighbourhood.short_name(letter.name))
    rt, day = say("RT {nomor}", nomor=neighbourhood.number(letter.rt, say)), handing.day(letter, say)
    lines = (f"{place}. *{who}*, {rt}, {plain(letter.programme)}", f"✉️ {letter.number}", f"📅 {day}" if day else "")
    return "\n".join(filter(None, lines))


def letter_buttons(found: LettersOfArea, where: Where, say: Say) -> Iterator[Row]:
    """One for each letter; from page to page; to one RT and back."""
    page, (_, rw, rt) = found.letters, where
    if found.may:
        for place, letter in enumerate(page, page.first):
            label = say("{nomor}. Sudah diserahkan", nomor=place)
            yield (InlineKeyboardButton(label, callback_data=_data("serah", letter.id, (page.number, rw, rt))),)
    turning = []
    if page.number > 1:
        turning.append(_to("◀ " + say("Sebelumnya"), page.number - 1, rw, rt))
    if page.number < page.pages:
        turning.append(_to(say("Berikutnya") + " ▶", page.number + 1, rw, rt))
    if turning:
        yield tuple(turning)
    waiting = [one for one in found.parts if one.waiting]
    if rw or rt:
        yield (_to(say("Seluruh wilayah"), 1, 0, 0),)
    elif len(waiting) > 1:
        parts = [
            _to(f"RT {one.area.rt:03}/{one.area.rw:03} ({one.waiting})", 1, one.area.rw or 0, one.area.rt or 0)
            for one in waiting[:MOST_PARTS]
        ]
        for start in range(0, len(parts), IN_A_ROW):
            yield tuple(parts[start : start + IN_A_ROW])


def not_linked(say: Say, site: str) -> str:
    """To whom the chat is linked to nobody: mostly a resident, who has a letter in hand or waits for one."""
    return "\n\n".join(
        (
            say("*Surat yang menunggu diserahkan* hanya ditampilkan kepada ketua RT, ketua RW, dan petugas."),
            link_first(say, site),
            say("Punya surat? Ketik *kode di surat itu*, lalu namanya. Belum punya? Ketik *NIK*: 16 angka di KTP."),
            say("Surat ditahan, atau diminta uang? Laporkan: /lapor"),
        )
    )


def on_the_site(say: Say, site: str) -> str:
    """To offices with several kelurahan."""
    told = say("Wilayah Anda terdiri dari beberapa kelurahan. Suratnya dilihat di situs Salur.")
    return told + (f" {site}/surat/serah" if site else "")


def _to(label: str, page: int, rw: int, rt: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"surat:{page}:{rw}:{rt}")


def _data(what: str, letter: int, where: Where) -> str:
    return ":".join(map(str, (what, letter, *where)))


def _named(letter: OnItsWay) -> str:
    return f"{neighbourhood.short_name(letter.name)}, {letter.number}"
