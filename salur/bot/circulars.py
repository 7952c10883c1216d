"""/edaran: for linked officers what waits for them, with the two buttons; for all others what is public."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from telegram import InputFile

from salur.bot.chat.turn import Row, Turn
from salur.bot.notices import buttons as notice_buttons
from salur.core.circulars.answers import Circular, CircularInbox, ReceivedCircular, Standing, pdf_name
from salur.core.officers.roles import Officer
from salur.core.pages import Page
from salur.wiring import Services
from salur.words import circulars as circulars_words
from salur.words.language import Say, plain

AT_ONCE = 5  # circulars in a list
LONGEST_LABEL = 40
WHAT = {notice_buttons.READ: Standing.READ, notice_buttons.PASSED_ON: Standing.PASSED_ON}


class CircularTalk:
    """Lists circulars, shows them, and takes acknowledgements. In a group only what is public."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._circulars = services.circulars
        self._site = services.settings.site

    async def circulars(self, turn: Turn) -> None:
        """/edaran."""
        officer = await self._officer(turn)
        if officer is None:
            found = await asyncio.to_thread(self._circulars.public)
            return await turn.says(public_text(found, turn.say, self._site), *_to_open(found.items))
        inbox = await asyncio.to_thread(self._circulars.inbox, officer)
        shown = [received.circular for received in inbox.circulars]
        return await turn.says(inbox_text(inbox, turn.say), *_to_open(shown))

    async def open(self, turn: Turn) -> None:
        """One circular in full, as far as a message can hold."""
        id, officer = _id(turn, notice_buttons.OPEN), await self._officer(turn)
        received = await asyncio.to_thread(self._circulars.show, officer, id) if officer else None
        if received is not None:
            return await turn.says(circular_text(received.circular, turn.say, self._site), *_under(received, turn.say))
        circular = await asyncio.to_thread(self._circulars.public_one, id)
        if circular is None:
            return await turn.says(not_yours(turn.say, linked=officer is not None))
        return await turn.says(circular_text(circular, turn.say, self._site), *_file(circular, turn.say))

    async def acknowledge(self, turn: Turn) -> None:
        """*Sudah dibaca* or *Sudah disampaikan* was pressed."""
        prefix, id = turn.text.rpartition(":")[0] + ":", int(turn.text.rpartition(":")[2])
        officer = await self._officer(turn)
        if officer is None:
            return await turn.says(not_yours(turn.say, linked=False))
        received = await asyncio.to_thread(self._circulars.acknowledge, officer, id, WHAT[prefix])
        if received is None:
            return await turn.says(not_yours(turn.say, linked=True))
        waiting = (await asyncio.to_thread(self._circulars.inbox, officer)).waiting
        rest = ((notice_buttons.passed_on(id, turn.say),),) if received.standing is Standing.READ else ()
        return await turn.says(acknowledged(received, waiting, turn.say), *rest)

    async def pdf(self, turn: Turn) -> None:
        """The document itself."""
        id, officer = _id(turn, notice_buttons.PDF), await self._officer(turn)
        found = await asyncio.to_thread(self._circulars.pdf, officer, id) if officer else None
        found = found or await asyncio.to_thread(self._circulars.public_pdf, id)
        if found is None:
            return await turn.says(not_yours(turn.say, linked=officer is not None))
        number, content = found
        await turn.shows_file(InputFile(content, filename=pdf_name(number)))
        return None

    async def _officer(self, turn: Turn) -> Officer | None:
        """Who writes; nobody in a group, where all would read it."""
        if not turn.is_private:
            return None
        return await asyncio.to_thread(self._services.chat_links.officer_of, turn.chat_id)


def inbox_text(inbox: CircularInbox, say: Say) -> str:
    """What waits, or that nothing does."""
    if not inbox.circulars:
        return say("Belum ada edaran untuk Anda.")
    if inbox.waiting:
        verdict = say.plural("*{n} edaran menunggu Anda.*", "*{n} edaran menunggu Anda.*", inbox.waiting)
        told = say("Tekan judulnya untuk membaca.")
    else:
        verdict, told = say("*Tidak ada edaran yang menunggu Anda.*"), say("Ini yang terbaru.")
    return "\n\n".join((f"{verdict} {told}", *_lines([received.circular for received in inbox.circulars], say)))


def public_text(found: Page[Circular], say: Say, site: str) -> str:
    """The newest for everybody."""
    if not found.items:
        return say("Belum ada edaran untuk umum.")
    heading = say("*Edaran untuk umum.* Tekan judulnya untuk membaca.")
    more = say("Selengkapnya: {alamat}", alamat=f"{site}/edaran") if site else ""
    return "\n\n".join(part for part in (heading, *_lines(found.items, say), more) if part)


def circular_text(circular: Circular, say: Say, site: str) -> str:
    """Heading and text; where it can be read whole, when everybody may."""
    parts = [f"📄 *{plain(circular.title)}*\n{circulars_words.from_whom(circular, say)}"]
    if circular.withdrawn_at is not None:
        parts.append(say("⚠️ *Edaran ini sudah ditarik kembali.* Jangan disampaikan lagi."))
    if circular.public and site and circular.withdrawn_at is None:
        parts.append(say("Di situs: {alamat}", alamat=f"{site}/edaran/{circular.id}"))
    parts += ["\n".join(map(str, map(plain, lines))) for lines in circular.paragraphs]
    return "\n\n".join(parts)


def acknowledged(received: ReceivedCircular, waiting: int, say: Say) -> str:
    """What is now on record, and what else waits."""
    title = plain(received.circular.title)
    if received.circular.withdrawn_at is not None:
        return say("⚠️ Edaran *{judul}* sudah ditarik kembali. Jangan disampaikan lagi.", judul=title)
    if received.standing is Standing.NOT_ASKED:
        return say("Edaran *{judul}* hanya untuk Anda ketahui. Tidak perlu ditandai.", judul=title)
    if received.standing is Standing.PASSED_ON:
        told = say("✅ Dicatat: *sudah disampaikan*. {judul}", judul=title)
    else:
        told = say("✅ Dicatat: *sudah dibaca*. {judul}", judul=title)
    if not waiting:
        return told
    left = say.plural(
        "Masih ada {n} edaran yang menunggu: /edaran", "Masih ada {n} edaran yang menunggu: /edaran", waiting
    )
    return f"{told}\n\n{left}"


def not_yours(say: Say, *, linked: bool) -> str:
    """It was withdrawn, was never meant for this office, or the chat is no longer an officer's."""
    if linked:
        return say("Edaran itu sudah ditarik, atau bukan untuk wilayah Anda. Ketik /edaran untuk melihat yang berlaku.")
    return say("Obrolan ini belum terhubung dengan akun petugas. Punya akun Salur? Ketik /hubungkan.")


def _lines(circulars: Sequence[Circular], say: Say) -> Iterator[str]:
    for circular in circulars[:AT_ONCE]:
        yield f"• *{plain(circular.title)}*\n{circulars_words.from_whom(circular, say)}"


def _to_open(circulars: Sequence[Circular]) -> tuple[Row, ...]:
    """A button for each of the list."""
    return tuple((notice_buttons.opened(c.id, _short(c.title)),) for c in circulars[:AT_ONCE])


def _under(received: ReceivedCircular, say: Say) -> tuple[Row, ...]:
    """The file, and what is still to be said."""
    id, rows = received.circular.id, list(_file(received.circular, say))
    if received.circular.withdrawn_at is None:
        if received.standing is Standing.WAITING:
            rows.append((notice_buttons.read(id, say), notice_buttons.passed_on(id, say)))
        elif received.standing is Standing.READ:
            rows.append((notice_buttons.passed_on(id, say),))
    return tuple(rows)


def _file(circular: Circular, say: Say) -> tuple[Row, ...]:
    return (notice_buttons.document(circular.id, say),) if circular.pdf_size else ()


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_LABEL else f"{title[: LONGEST_LABEL - 1]}…"


def _id(turn: Turn, prefix: str) -> int:
    return int(turn.text.removeprefix(prefix))
