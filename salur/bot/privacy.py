"""Who looked at my data: after an answer, for as long as the bot remembers that there was one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from salur.bot.chat import buttons
from salur.bot.chat.memory import Memory
from salur.bot.chat.replies import check_again
from salur.bot.chat.turn import Turn
from salur.bot.proposals.proposing import ProposalTalk
from salur.core.errors import Refused
from salur.core.following.answers import Followers
from salur.core.limits.asker import Asker
from salur.core.privacy.answers import History, Look, Record
from salur.wiring import Services
from salur.words.language import Say, plain
from salur.words.privacy import (
    by_door,
    how_often,
    kept_fields,
    listing,
    recorded_area,
    told_no_more,
    told_of_changes,
    what_was_done,
    who_looked,
    who_they_are,
)

DAYS = 7  # that fit on a screen; the site shows them all
LISTINGS = 4


class MyDataTalk:
    """Shows the record to whoever has just checked in this chat."""

    def __init__(self, services: Services, memory: Memory, proposals: ProposalTalk) -> None:
        self._proposals = proposals
        self._services = services
        self._memory = memory
        self._site = services.settings.site

    async def history(self, turn: Turn) -> None:
        """The button under an answer."""
        _, _, token = turn.text.partition(":")
        key = self._memory.pass_of(turn.chat_id, token)
        if key is None:
            return await turn.says(check_again(turn.say), buttons.again(turn.say))
        try:
            followers = await asyncio.to_thread(self._services.followed.followers, key)
            history = await asyncio.to_thread(self._services.my_data.history, key, asker=Asker.chat(turn.chat_id))
        except Refused:
            return await turn.says(check_again(turn.say), buttons.again(turn.say))
        text = "\n\n".join(history_text(history, followers, turn.say, self._site))
        end = (buttons.end_word(token, turn.say),) if followers else ()
        return await turn.says(text, *end, buttons.correction(token, turn.say), buttons.again(turn.say))

    async def end_word(self, turn: Turn) -> None:
        """Nobody is told of them any more, whoever that was."""
        _, _, token = turn.text.partition(":")
        key = self._memory.pass_of(turn.chat_id, token)
        if key is None:
            return await turn.says(check_again(turn.say), buttons.again(turn.say))
        try:
            count = await asyncio.to_thread(self._services.followed.end, key, asker=Asker.chat(turn.chat_id))
        except Refused:
            return await turn.says(check_again(turn.say), buttons.again(turn.say))
        told = turn.say("✅ *Sudah dihentikan.*") + " " + told_no_more(count, turn.say)
        return await turn.says(told, buttons.again(turn.say))

    async def correction(self, turn: Turn) -> None:
        """To have something put right; the check has said who they are."""
        _, _, token = turn.text.partition(":")
        key = self._memory.pass_of(turn.chat_id, token)
        if key is None:
            return await turn.says(check_again(turn.say), buttons.again(turn.say))
        return await self._proposals.correct(turn, key)


def history_text(history: History, followers: Followers, say: Say, site: str) -> Iterator[str]:
    """The paragraphs: who looked, who is told, then what is kept."""
    yield say("*Siapa yang melihat data Anda*")
    yield say("Sejak {tanggal}. Yang disebut jabatannya, bukan nama orang.", tanggal=say.short_date(history.since))
    days = list(dict.fromkeys(look.on for look in history.looks))
    for on in days[:DAYS]:
        yield "\n".join([f"*{say.date(on)}*", *(_line(look, say) for look in history.looks if look.on == on)])
    if len(days) > DAYS:
        more = say.plural("Dan {n} hari lain.", "Dan {n} hari lain.", len(days) - DAYS)
        yield more + (" " + say("Lihat di {alamat}.", alamat=site) if site else "")
    yield say("Orang yang tahu nomor dan nama mungkin Anda sendiri atau keluarga.")
    yield say("*Siapa yang dikabari*") + "\n" + told_of_changes(followers, say)
    if followers:
        yield who_they_are(say)
    yield say("*Yang disimpan*")
    for record in history.records:
        yield "\n".join(_kept(record, say))
    yield say("Ada yang tidak wajar? Sebutkan harinya kepada Dinas Sosial.")


def _line(look: Look, say: Say) -> str:
    told = f"• {who_looked(look, say)}: {what_was_done(look, say)}"
    return told + (f", {how_often(look, say)}" if look.times > 1 else "") + f" ({by_door(look, say)})"


def _kept(record: Record, say: Say) -> Iterator[str]:
    """Not whether home delivery is noted: that tells of health, and messages pass through servers abroad."""
    yield f"• {say('Atas nama')}: {record.initials}"
    yield f"• {say('Wilayah')}: {recorded_area(record, say)}"
    yield f"• {say('Disimpan terkunci')}: {kept_fields(record, say)}"
    for one in record.listings[:LISTINGS]:
        over = "" if one.in_force else f" ({say('sudah tidak berlaku')})"
        yield f"• {plain(listing(one, say))}{over}"
