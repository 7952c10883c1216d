"""/daftar: the head's list in a linked private chat. Counts first, then a few lines at a time.

Messages pass servers abroad (UU 27/2022 article 56), so a line holds only what a head needs to knock at the right door:
first name with initials, RT, programme, state and the next payout. No digit of a NIK, no amount, nobody's health, no
mark. The rest is on the site.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

from telegram import InlineKeyboardButton

from salur import words
from salur.bot import buttons, replies
from salur.bot.turn import Row, Turn
from salur.core.answers import PlaceKind
from salur.core.errors import Refused
from salur.core.neighbourhood_answers import Filter, Line, LineState, Page
from salur.core.roles import Officer
from salur.wiring import Services
from salur.words import Say
from salur.words.language import plain

ON_A_MESSAGE = 8
IN_A_ROW, MOST_AREAS = 4, 20
# What a button asks for: page, whether only those who have not collected, RW, RT. 0 stands for all.
PRESSED = re.compile("daftar:([0-9]{1,5}):([01]):([0-9]{1,3}):([0-9]{1,3})")
SHOWN_COUNTS = (LineState.PAID, LineState.DUE, LineState.RETURNED)


class NeighbourhoodTalk:
    """Shows the list to whom the chat is linked to."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._site = services.settings.public_url.rstrip("/")

    async def listed(self, turn: Turn) -> None:
        """/daftar."""
        await self._show(turn, Filter(), 1)

    async def pressed(self, turn: Turn) -> None:
        """Another page, or another part of the list."""
        found = PRESSED.fullmatch(turn.text)
        assert found
        page, waiting, rw, rt = map(int, found.groups())
        await self._show(turn, Filter(rw=rw or None, rt=rt or None, not_collected=bool(waiting)), page)

    async def in_group(self, turn: Turn) -> None:
        """Everybody there would read it."""
        await turn.says(
            turn.say("Daftar warga tidak ditampilkan di grup. Buka obrolan pribadi."),
            buttons.private_chat(turn.bot.username, turn.say),
        )

    async def _show(self, turn: Turn, filter: Filter, page: int) -> None:
        officer = await asyncio.to_thread(self._services.chat_links.officer_of, turn.chat_id)
        if officer is None:
            return await turn.says(how_to_come_in(turn.say, self._site), buttons.begin(turn.say))
        try:
            shown = await asyncio.to_thread(
                self._services.neighbourhood.page, officer, filter, page, door="bot", size=ON_A_MESSAGE
            )
        except Refused as error:
            if error.code == "kelurahan_missing":
                return await turn.says(on_the_site(turn.say, self._site))
            return await turn.says(replies.lost_button(turn.say))
        return await turn.says(
            "\n\n".join(list_text(shown, filter, turn.say, self._site)), *list_buttons(shown, filter, officer, turn.say)
        )


def list_text(page: Page, filter: Filter, say: Say, site: str) -> Iterator[str]:
    """The paragraphs of one message."""
    heading = say("Daftar {tempat}", tempat=words.area(page.area, page.place))
    if not page.any_list:
        yield f"*{heading}*\n" + say("Belum ada daftar untuk wilayah ini.")
        return
    yield f"*{heading}*\n" + "\n".join(_counts(page, say))
    if filter.not_collected:
        yield "*" + words.neighbourhood.waiting(say) + ":*" if page.lines else say("Semua sudah mengambil.")
    for number, line in enumerate(page.lines, (page.page - 1) * ON_A_MESSAGE + 1):
        yield line_text(number, line, say)
    if page.pages > 1:
        yield say("Halaman {ini} dari {semua}", ini=page.page, semua=page.pages)
    abroad = say("Nama disingkat, tanpa NIK: pesan Telegram lewat server di luar negeri. Jangan diteruskan.")
    yield abroad + (" " + say("Selengkapnya: {alamat}", alamat=f"{site}/wilayah") if site else "")


def line_text(number: int, line: Line, say: Say) -> str:
    """Who, where, which programme; then how it stands."""
    who = plain(words.neighbourhood.short_name(line.name))
    rt = say("RT {nomor}", nomor=words.neighbourhood.number(line.rt, say))
    told = words.neighbourhood.state(line.state, say)
    payout = line.next_payout or line.missed_payout
    # That someone is visited at home says that he is old, sick or disabled.
    place = words.neighbourhood.where(line, say) if payout and payout.place.kind is not PlaceKind.HOME else ""
    more = ", ".join(part for part in (words.neighbourhood.when(line, say), place) if part)
    stands = f"{words.neighbourhood.sign(line.state)} {told}" + (f": {plain(more)}" if more else "")
    return f"{number}. *{who}*, {rt}, {plain(line.programme)}\n{stands}"


def list_buttons(page: Page, filter: Filter, officer: Officer, say: Say) -> Iterator[Row]:
    """From page to page, to those who have not collected and back, and to one RW or RT."""
    rw, rt, waiting = filter.rw or 0, filter.rt or 0, int(filter.not_collected)

    def button(label: str, number: int = 1, waiting: int = waiting, rw: int = rw, rt: int = rt) -> InlineKeyboardButton:
        return InlineKeyboardButton(label, callback_data=f"daftar:{number}:{waiting}:{rw}:{rt}")

    turning = []
    if page.page > 1:
        turning.append(button("◀ " + say("Sebelumnya"), page.page - 1))
    if page.page < page.pages:
        turning.append(button(say("Berikutnya") + " ▶", page.page + 1))
    if turning:
        yield tuple(turning)
    if filter.not_collected:
        yield (button(say("Semua keadaan"), waiting=0),)
    elif page.any_list:
        yield (button(f"{words.neighbourhood.waiting(say)} ({page.waiting})", waiting=1),)
    areas = []
    if officer.territory.rw is None and not filter.rw:
        areas = [button(say("RW {nomor}", nomor=f"{n:03}"), rw=n) for n in page.rws]
    elif officer.territory.rt is None and not filter.rt:
        areas = [button(say("RT {nomor}", nomor=f"{n:03}"), rt=n) for n in page.rts]
    for start in range(0, len(areas[:MOST_AREAS]), IN_A_ROW):
        yield tuple(areas[start : start + IN_A_ROW])
    if filter.rw or filter.rt:
        yield (button(say("Seluruh wilayah"), rw=0, rt=0),)


def how_to_come_in(say: Say, site: str) -> str:
    """To whom the chat is linked to nobody: mostly a resident, who is shown his own way."""
    where = say("Hubungkan dulu: masuk ke situs Salur, buka *Akun saya*, lalu *Telegram*. Kodenya ada di sana.")
    return "\n\n".join(
        (
            say("*Daftar wilayah* hanya untuk ketua RT, ketua RW, dan petugas."),
            where + (f" {site}/akun/telegram" if site else ""),
            say("Mau tahu apakah nama Anda terdaftar? Ketik *NIK*: 16 angka di KTP."),
        )
    )


def on_the_site(say: Say, site: str) -> str:
    """To offices with several kelurahan."""
    told = say("Wilayah Anda terdiri dari beberapa kelurahan. Daftarnya dibuka di situs Salur.")
    return told + (f" {site}/wilayah" if site else "")


def _counts(page: Page, say: Say) -> Iterator[str]:
    for state in SHOWN_COUNTS:
        yield f"{words.neighbourhood.sign(state)} {words.neighbourhood.state(state, say)}: {page.counts[state]}"
    yield f"{words.neighbourhood.waiting(say)}: *{page.waiting}*"
