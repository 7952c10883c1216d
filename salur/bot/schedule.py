"""/jadwal: the sittings of a kelurahan, chosen by name. Nothing personal, so groups may ask too."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process
from telegram import InputFile

from salur import words
from salur.bot import buttons, replies
from salur.bot.memory import Memory, Step
from salur.bot.turn import Turn
from salur.calendar import ics_name, sitting_ics
from salur.core.answers import PlaceKind
from salur.core.payouts import Area, KelurahanSchedule, Schedule, Sitting
from salur.wiring import Services
from salur.words import Say
from salur.words.language import plain

CHOICES = 6
SITTINGS = 6
ALIKE = 80  # rapidfuzz's ratio, 0-100, from which a misspelt name is offered
KIND = re.compile(r"^(?:kelurahan|kel|desa|ds|kampung|kp)\b\.?\s*", re.IGNORECASE)


class ScheduleTalk:
    """Asks which kelurahan, shows its sittings, hands out calendar files."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self._services = services
        self._memory = memory
        self._site = services.settings.public_url.rstrip("/")

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
        found = matching(name, await asyncio.to_thread(self._services.payouts.kelurahan))
        if len(found) == 1:
            return await self._show(turn, found[0].code)
        if not found:
            if turn.is_private:
                self._memory.expect(turn.chat_id, Step.KELURAHAN)
                return await turn.says(replies.no_such_kelurahan(turn.say), buttons.cancel(turn.say))
            return await turn.says(replies.no_such_kelurahan(turn.say))
        rows = [buttons.kelurahan(k.code, f"{k.name}, {k.district}") for k in found[:CHOICES]]
        return await turn.says(replies.which_kelurahan(turn.say), *rows)

    async def chosen(self, turn: Turn) -> None:
        """A kelurahan was chosen by its button."""
        self._memory.take(turn.chat_id)
        await self._show(turn, turn.text.removeprefix(buttons.KELURAHAN))

    async def calendar(self, turn: Turn) -> None:
        """The calendar file of a sitting; if it was replaced, of the one in its place."""
        sitting = await asyncio.to_thread(self._services.payouts.session, int(turn.text.removeprefix(buttons.CALENDAR)))
        if sitting is None:
            return await turn.says(replies.sitting_gone(turn.say), buttons.begin(turn.say))
        url = f"{self._site}/lokasi/{sitting.payout.place.id}" if self._site else None
        content = sitting_ics(sitting, turn.say, url)
        await turn.bot.send_document(
            turn.chat_id,
            InputFile(content, filename=ics_name(sitting)),
            caption=replies.calendar_caption(turn.say),
        )
        return None

    async def _show(self, turn: Turn, code: str) -> None:
        schedule = await asyncio.to_thread(self._services.payouts.schedule, code)
        if schedule is None:
            return await turn.says(replies.no_such_kelurahan(turn.say))
        rows = (buttons.begin(turn.say),) if turn.is_private else ()
        return await turn.says("\n\n".join(schedule_text(schedule, turn.say, self._site)), *rows)


def matching(name: str, known: Sequence[KelurahanSchedule]) -> tuple[KelurahanSchedule, ...]:
    """Those meant by a name as people write it: the same but for spaces and case, else beginning so, else alike."""
    wanted = squeezed(name)
    if not wanted:
        return ()
    same = tuple(k for k in known if wanted in (squeezed(k.name), squeezed(k.name + k.district)))
    if same:
        return same
    if len(wanted) >= 3 and (begins := tuple(k for k in known if squeezed(k.name).startswith(wanted))):
        return begins
    near = process.extract(wanted, [squeezed(k.name) for k in known], scorer=fuzz.ratio, score_cutoff=ALIKE)
    return tuple(known[index] for _, _, index in near[:CHOICES])


def squeezed(name: str) -> str:
    """`Kel. Kebon Pedes` and `KEBONPEDES` are one."""
    return re.sub(r"[\W_]+", "", KIND.sub("", name.strip())).casefold()


def schedule_text(schedule: Schedule, say: Say, site: str) -> Iterator[str]:
    """The paragraphs of a schedule: where, then a sitting each."""
    own = schedule.kelurahan
    heading = say("Jadwal {nama}", nama=own.name)
    yield f"*{heading}*, " + say("Kecamatan {nama}", nama=own.district)
    if not schedule.upcoming:
        yield say("Belum ada jadwal baru untuk kelurahan ini. Periksa lagi minggu depan.")
    for sitting in schedule.upcoming[:SITTINGS]:
        yield sitting_text(sitting, say)
    if site and len(schedule.upcoming) > SITTINGS:
        yield say("Selengkapnya: {alamat}", alamat=f"{site}/jadwal/{own.code}")
    yield words.no_cuts(say)


def sitting_text(sitting: Sitting, say: Say) -> str:
    """When, where, for whom."""
    payout = sitting.payout
    lines = [f"📅 *{say.date(payout.starts)}*, {say.hours(payout.starts, payout.ends)}"]
    if changed := words.moved(payout, say):
        lines.append(f"⚠️ {changed}")
    if payout.place.kind is PlaceKind.HOME:
        lines.append(f"🏠 {words.home_visit(say)}")
    else:
        place = ", ".join(part for part in (payout.place.name, payout.place.address) if part)
        lines.append(f"📍 {plain(place)}")
    lines.append(f"{plain(sitting.programme_name)}, {say.period(sitting.period)}")
    if areas := areas_text(sitting.areas, say):
        lines.append(say("Untuk warga:") + f" {areas}")
    return "\n".join(lines)


def areas_text(areas: Sequence[Area], say: Say) -> str:
    """`RW 003, RW 004 RT 001`; empty when it is for the whole kelurahan."""
    if not areas or any(area.rw is None for area in areas):
        return ""
    told = (f"RW {area.rw:03}" + (f" RT {area.rt:03}" if area.rt is not None else "") for area in areas)
    return ", ".join(dict.fromkeys(told))
