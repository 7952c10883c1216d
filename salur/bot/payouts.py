"""/jadwal: the sittings of a kelurahan, chosen by name. Nothing personal, so groups may ask too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from telegram import InputFile

from salur.bot.chat import buttons, replies
from salur.bot.chat.memory import Memory, Step
from salur.bot.chat.replies import how_to_report, human
from salur.bot.chat.turn import Turn
from salur.core.payouts.answers import AnnouncedSitting, Area, PlaceKind, Schedule, Sitting
from salur.core.regions.search import find
from salur.documents.calendar import ics_name, sitting_ics
from salur.wiring import Services
from salur.words.language import Say, parts, plain
from salur.words.lookup.answer import home_visit, no_cuts
from salur.words.lookup.entitlement import called_off, moved, next_sitting
from salur.words.payouts.areas import in_brief

SITTINGS = 6


class ScheduleTalk:
    """Asks which kelurahan, shows its sittings, hands out calendar files."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self._services = services
        self._memory = memory
        self._site = services.settings.site

    async def schedule(self, turn: Turn) -> None:
        """/jadwal or its button: with a name find it, else ask."""
        if turn.message and turn.arguments.strip("?!. "):
            return await self.find(turn, turn.arguments)
        if turn.is_private:
            self._memory.expect(turn.chat_id, Step.KELURAHAN)
            return await turn.says(replies.ask_kelurahan(turn.say), buttons.cancel(turn.say))
        return await turn.says(replies.ask_kelurahan_in_group(turn.say))

    async def find(self, turn: Turn, name: str) -> None:
        """Show the kelurahan of that name, or let choose among those like it."""
        found = find(name, await asyncio.to_thread(self._services.timetable.kelurahan))
        if found.likely is not None:
            return await self._show(turn, found.likely.code)
        rows = [buttons.kelurahan(k.code, f"{k.name}, {k.district}") for k in found.choices]
        if not turn.is_private or found.same or found.beginning:
            return await turn.says(
                replies.which_kelurahan(turn.say) if rows else replies.no_such_kelurahan(turn.say), *rows
            )
        self._memory.expect(turn.chat_id, Step.KELURAHAN)  # another name may be typed instead
        told = replies.this_kelurahan(turn.say) if rows else replies.no_such_kelurahan(turn.say)
        return await turn.says(told, *rows, buttons.cancel(turn.say))

    async def chosen(self, turn: Turn) -> None:
        """A kelurahan was chosen by its button."""
        self._memory.take(turn.chat_id)
        await self._show(turn, turn.text.removeprefix(buttons.KELURAHAN))

    async def calendar(self, turn: Turn) -> None:
        """The calendar file of a sitting, or of one part of it; if it was replaced, of the one in its place."""
        id, _, part = turn.text.removeprefix(buttons.CALENDAR).partition(":")
        number, _, of = part.partition("-")
        asked = (int(number), int(of)) if part else None
        announced = await asyncio.to_thread(self._services.timetable.sitting, int(id), asked)
        if announced is None:
            return await turn.says(replies.sitting_gone(turn.say), buttons.begin(turn.say))
        url = f"{self._site}/lokasi/{announced.sitting.place.id}" if self._site else None
        content = sitting_ics(announced, turn.say, url)
        await turn.shows_file(
            InputFile(content, filename=ics_name(announced)), calendar_caption(announced.sitting, turn.say)
        )
        return None

    async def _show(self, turn: Turn, code: str) -> None:
        schedule = await asyncio.to_thread(self._services.timetable.schedule, code)
        if schedule is None:
            return await turn.says(replies.no_such_kelurahan(turn.say))
        rows = (buttons.begin(turn.say),) if turn.is_private else ()
        return await turn.says("\n\n".join(schedule_text(schedule, turn.say, self._site)), *rows)


def calendar_caption(sitting: Sitting, say: Say) -> str:
    """What the file is, then what to do with it. Captions are sent as plain text."""
    told = called_off(sitting, say) if sitting.cancelled else next_sitting(sitting, say)
    what = "".join(piece for piece, _ in parts(told))
    return f"📅 {what}\n\n" + say("Buka berkas ini, lalu simpan di kalender. Ponsel mengingatkan sehari sebelumnya.")


def schedule_text(schedule: Schedule, say: Say, site: str) -> Iterator[str]:
    """The paragraphs of a schedule: where, then a sitting each."""
    own = schedule.kelurahan
    heading = say("Jadwal {nama}", nama=own.name)
    yield f"*{heading}*, " + say("Kecamatan {nama}", nama=own.district)
    if not schedule.upcoming:
        yield say("Belum ada jadwal baru untuk kelurahan ini. Periksa lagi minggu depan.")
    for announced in schedule.upcoming[:SITTINGS]:
        yield sitting_text(announced, say)
    if site and len(schedule.upcoming) > SITTINGS:
        yield say("Selengkapnya: {alamat}", alamat=f"{site}/jadwal/{own.code}")
    yield f"{no_cuts(say)} {how_to_report(say)}"
    if told := human(schedule.office, say):
        yield told


def sitting_text(announced: AnnouncedSitting, say: Say) -> str:
    """When, where, for whom."""
    sitting = announced.sitting
    if sitting.cancelled:
        lines = [f"⚠️ {called_off(sitting, say)}", f"{plain(announced.programme_name)}, {say.period(announced.period)}"]
        if areas := areas_text(announced.areas):
            lines.append(say("Untuk warga:") + f" {areas}")
        return "\n".join(lines)
    lines = [f"📅 *{say.date(sitting.starts)}*, {say.hours(sitting.starts, sitting.ends)}"]
    if changed := moved(sitting, say):
        lines.append(f"⚠️ {changed}")
    if sitting.place.kind is PlaceKind.HOME:
        lines.append(f"🏠 {home_visit(say)}")
    else:
        place = ", ".join(part for part in (sitting.place.name, sitting.place.address) if part)
        lines.append(f"📍 {plain(place)}")
    lines.append(f"{plain(announced.programme_name)}, {say.period(announced.period)}")
    if areas := areas_text(announced.areas):
        lines.append(say("Untuk warga:") + f" {areas}")
    return "\n".join(lines)


def areas_text(areas: Sequence[Area]) -> str:
    """`RW 003–005`; empty when it is for the whole kelurahan."""
    return "" if any(area.rw is None for area in areas) else in_brief(areas, named=False)
