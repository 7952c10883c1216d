"""/daftar: the head's list in a linked private chat. Counts first, then a few lines at a time.

Messages pass servers abroad (UU 27/2022 article 56), so a line holds only what a head needs to knock at the right door:
first name with initials, RT, programme, state and the next sitting. No digit of a NIK, no amount, nobody's health, no
mark. The rest is on the site.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

from telegram import InlineKeyboardButton

from salur.bot.chat import buttons, replies
from salur.bot.chat.turn import Row, Turn
from salur.bot.officers import link_first
from salur.core.errors import NotThere
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import Filter, Line, LineState, ListOfArea, must_choose
from salur.core.officers.roles import Officer
from salur.core.payouts.answers import PlaceKind
from salur.wiring import Services
from salur.words import neighbourhood
from salur.words.language import Say, plain
from salur.words.officers.offices import area

ON_A_MESSAGE = 8
IN_A_ROW, MOST_AREAS = 4, 20
# What a button asks for: page, whether only those who have not collected, RW, RT. 0 stands for all.
PRESSED = re.compile("daftar:([0-9]{1,5}):([01]):([0-9]{1,3}):([0-9]{1,3})")
SHOWN_COUNTS = (LineState.PAID, LineState.DUE, LineState.RETURNED)
SHOWN_WHERE_ANY = (LineState.FAILED,)


class NeighbourhoodTalk:
    """Shows the list to whom the chat is linked to."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._site = services.settings.site

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
        if must_choose(officer):
            return await turn.says(on_the_site(turn.say, self._site))
        try:
            shown = await asyncio.to_thread(
                self._services.neighbourhood.page, officer, filter, page, door=Door.CHAT, size=ON_A_MESSAGE
            )
        except NotThere:
            return await turn.says(replies.lost_button(turn.say))
        return await turn.says(
            "\n\n".join(list_text(shown, filter, turn.say, self._site)), *list_buttons(shown, filter, officer, turn.say)
        )


def list_text(page: ListOfArea, filter: Filter, say: Say, site: str) -> Iterator[str]:
    """The paragraphs of one message."""
    heading = say("Daftar {tempat}", tempat=area(page.area, page.place))
    if not page.any_list:
        yield f"*{heading}*\n" + say("Belum ada daftar untuk wilayah ini.")
        return
    yield f"*{heading}*\n" + "\n".join(_counts(page, say))
    if filter.not_collected:
        yield "*" + neighbourhood.waiting(say) + ":*" if page.lines else say("Semua sudah mengambil.")
    for number, line in enumerate(page.lines, page.lines.first):
        yield line_text(number, line, say)
    if page.lines.pages > 1:
        yield say("Halaman {ini} dari {semua}", ini=page.lines.number, semua=page.lines.pages)
    abroad = say("Nama disingkat, tanpa NIK: pesan Telegram lewat server di luar negeri. Jangan diteruskan.")
    yield abroad + (" " + say("Selengkapnya: {alamat}", alamat=f"{site}/wilayah") if site else "")


def line_text(number: int, line: Line, say: Say) -> str:
    """Who, where, which programme; then how it stands."""
    who = plain(neighbourhood.short_name(line.name))
    rt = say("RT {nomor}", nomor=neighbourhood.number(line.rt, say))
    told = neighbourhood.state(line.state, say)
    sitting = line.next_sitting or line.missed_sitting
    # That someone is visited at home says that they are old, sick or disabled.
    at_home = sitting is not None and sitting.place.kind is PlaceKind.HOME
    place = "" if at_home else neighbourhood.where(line, say)
    more = ", ".join(part for part in (neighbourhood.when(line, say), place) if part)
    stands = f"{neighbourhood.sign(line.state)} {told}" + (f": {plain(more)}" if more else "")
    moved = "" if at_home else neighbourhood.moved(line, say)
    lines = (f"{number}. *{who}*, {rt}, {plain(line.programme)}", stands, f"⚠️ {plain(moved)}" if moved else "")
    return "\n".join(line for line in lines if line)


def list_buttons(page: ListOfArea, filter: Filter, officer: Officer, say: Say) -> Iterator[Row]:
    """From page to page, to those who have not collected and back, and to one RW or RT."""
    rw, rt, waiting = filter.rw or 0, filter.rt or 0, int(filter.not_collected)

    def button(label: str, number: int = 1, waiting: int = waiting, rw: int = rw, rt: int = rt) -> InlineKeyboardButton:
        return InlineKeyboardButton(label, callback_data=f"daftar:{number}:{waiting}:{rw}:{rt}")

    turning = []
    if page.lines.number > 1:
        turning.append(button("◀ " + say("Sebelumnya"), page.lines.number - 1))
    if page.lines.number < page.lines.pages:
        turning.append(button(say("Berikutnya") + " ▶", page.lines.number + 1))
    if turning:
        yield tuple(turning)
    if filter.not_collected:
        yield (button(say("Semua keadaan"), waiting=0),)
    elif page.any_list:
        yield (button(f"{neighbourhood.waiting(say)} ({say.number(page.waiting)})", waiting=1),)
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
    """To whom the chat is linked to nobody: mostly a resident, who is shown the way for residents."""
    return "\n\n".join(
        (
            say("*Daftar wilayah* hanya untuk ketua RT, ketua RW, dan petugas."),
            link_first(say, site),
            say("Mau tahu apakah nama Anda terdaftar? Ketik *NIK*: 16 angka di KTP."),
            say("Mau mendaftar sebagai penerima? /ajukan"),
        )
    )


def on_the_site(say: Say, site: str) -> str:
    """To offices with several kelurahan."""
    told = say("Wilayah Anda terdiri dari beberapa kelurahan. Daftarnya dibuka di situs Salur.")
    return told + (f" {site}/wilayah" if site else "")


def _counts(page: ListOfArea, say: Say) -> Iterator[str]:
    for state in (*SHOWN_COUNTS, *(state for state in SHOWN_WHERE_ANY if page.counts[state])):
        yield f"{neighbourhood.sign(state)} {neighbourhood.state(state, say)}: {say.number(page.counts[state])}"
    yield f"{neighbourhood.waiting(say)}: *{say.number(page.waiting)}*"
