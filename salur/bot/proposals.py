"""/ajukan: proposing someone, objecting, correcting, reporting. One question after the other, in a private chat only.

As little as possible is asked, because messages pass through servers abroad: no photo, no phone number, no KK number
for a proposal. A message with a number is deleted at once; nothing typed is said back. docs/bot.mmd draws it.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from salur import words
from salur.bot import buttons as general
from salur.bot import proposal_buttons as buttons
from salur.bot import proposal_replies as replies
from salur.bot.dialogues import Ask, Proposing, Ticket, Want
from salur.bot.memory import Memory
from salur.bot.reading import holds_number, is_name, read
from salur.bot.refusals import words_for
from salur.bot.replies import deleted_or_not
from salur.bot.schedule import CHOICES, matching, squeezed
from salur.bot.turn import Turn
from salur.core.attempts import Asker
from salur.core.errors import DatabaseAway, Malformed, Refused, TooManyAttempts
from salur.core.nik import Kk, Nik, recognise
from salur.core.payouts import KelurahanSchedule
from salur.core.proposal_answers import Receipt
from salur.core.proposal_steps import Kind
from salur.wiring import Services

ANSWER = re.compile(rf"{buttons.PROPOSE}:([a-z_]+)=([a-z_]{{1,30}}|\d\d\.\d\d\.\d\d\.\d{{4}})")
KIND = re.compile(rf"{buttons.PROPOSE}:([a-z]+)")
RT = re.compile(r"(?<![A-Z])R\.?T[^\dA-Z]{0,3}0*(\d{1,3})(?!\d)", re.IGNORECASE)
RW = re.compile(r"(?<![A-Z])R\.?W[^\dA-Z]{0,3}0*(\d{1,3})(?!\d)", re.IGNORECASE)
BARE = re.compile(r"\s*0*(\d{1,3})\s*[/-]\s*0*(\d{1,3})\s*")  # `2/5` is RT 2 RW 5, as on a KTP
LONGEST_WORDS = 1000


class ProposalTalk:
    """Asks, and sends. Each method takes one turn."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self._services = services
        self._memory = memory
        self._site = services.settings.public_url.rstrip("/")

    async def start(self, turn: Turn) -> None:
        """/ajukan or its button: what may be sent, and what becomes of messages here."""
        self._memory.take(turn.chat_id)
        await turn.says(replies.begin(turn.say, self._site), *buttons.kinds(turn.say))

    async def correct(self, turn: Turn, key: str) -> None:
        """Something is wrong in the data of someone who has just checked; `key` is his pass."""
        await self._ask(turn, Proposing.correcting(key))

    async def in_group(self, turn: Turn) -> None:
        """Not in a group: everybody there would read it."""
        gone = await turn.deletes() if turn.arguments else None
        row = buttons.in_private(turn.bot.username, buttons.PROPOSE, turn.say("Buka obrolan pribadi"))
        await turn.says(replies.not_in_group(turn.say, gone), row)

    async def press(self, turn: Turn) -> None:
        """A button of ours: a kind, which begins, or an answer, which counts only while its question is open."""
        if (chosen := KIND.fullmatch(turn.text)) and chosen[1] in list(Kind):
            return await self._ask(turn, Proposing.begin(Kind(chosen[1])))
        dialogue = self._memory.take(turn.chat_id).dialogue
        answer = ANSWER.fullmatch(turn.text)
        if answer is None or not isinstance(dialogue, Proposing):
            return await turn.says(replies.lost(turn.say), buttons.propose(turn.say))
        ask, code = answer.groups()
        if ask == dialogue.asked:
            if ask == Ask.NUMBER and code == buttons.SKIP and dialogue.kind is Kind.USULAN:
                return await self._ask(turn, replace(dialogue, asked=Ask.NO_NIK))
            if ask == Ask.VILLAGE:
                return await self._village(turn, dialogue, code)
            if ask == Ask.WORDS and code == buttons.SKIP and (dialogue.words or not dialogue.words_needed):
                return await self._send(turn, dialogue)
            if ask == Ask.HOME and code == buttons.SKIP and dialogue.kind is Kind.SANGGAH:
                return await self._ask(turn, dialogue.learns())
            if code in replies.codes(dialogue):
                return await self._ask(turn, dialogue.learns(**{ask: code}))
        # A button further up in the chat: the question that is open now is asked once more.
        return await self._ask(turn, dialogue)

    async def hear(self, turn: Turn, dialogue: Proposing) -> None:
        """What was typed while a question was open."""
        if dialogue.asked is Ask.NUMBER:
            return await self._number(turn, dialogue)
        if holds_number(turn.text):
            gone = await turn.deletes()
            return await self._again(turn, dialogue, replies.no_numbers(turn.say, gone))
        match dialogue.asked:
            case Ask.NAME if is_name(turn.text):
                return await self._ask(turn, dialogue.learns(name=" ".join(turn.text.split())))
            case Ask.NAME:
                return await self._again(turn, dialogue, words.refusal("name_missing", turn.say))
            case Ask.VILLAGE:
                return await self._look_up(turn, dialogue)
            case Ask.HOME:
                return await self._home(turn, dialogue)
            case Ask.WORDS if len(turn.text) > LONGEST_WORDS:
                return await self._again(turn, dialogue, words.refusal("words_too_long", turn.say))
            case Ask.WORDS:
                return await self._send(turn, replace(dialogue, words=turn.text.strip()))
            case _:
                return await self._again(turn, dialogue, replies.press_a_button(turn.say))

    async def _ask(self, turn: Turn, dialogue: Proposing, note: str = "") -> None:
        """Ask the question that is open now, under a note on the answer before."""
        self._memory.go_on(turn.chat_id, dialogue)
        question = replies.question(dialogue, turn.say)
        rows = buttons.answers(dialogue.asked, replies.choices(dialogue, turn.say))
        await turn.says(f"{note}\n\n{question}" if note else question, *rows, general.cancel(turn.say))

    async def _again(self, turn: Turn, dialogue: Proposing, why: str) -> None:
        await self._ask(turn, dialogue, why)

    async def _number(self, turn: Turn, dialogue: Proposing) -> None:
        gone = await turn.deletes()
        typed = read(turn.text).number or turn.text
        note = deleted_or_not(turn.say, gone)
        try:
            number = Nik.parse(typed) if dialogue.kind is Kind.USULAN else recognise(typed)
        except Malformed as error:
            return await self._again(turn, dialogue, f"{words.refusal(error, turn.say)} {note}")
        if not isinstance(number, Nik | Kk):
            return await self._again(turn, dialogue, f"{words.refusal('not_16_digits', turn.say)} {note}")
        return await self._ask(turn, dialogue.learns(number=number), note)

    async def _look_up(self, turn: Turn, dialogue: Proposing) -> None:
        """The kelurahan of that name, or a choice among those like it."""
        found = matching(turn.text, await asyncio.to_thread(self._villages))
        # A name that is only alike may be another place: its button has to be pressed.
        if len(found) == 1 and squeezed(turn.text) == squeezed(found[0].name):
            note = replies.in_kelurahan(found[0].name, found[0].district, turn.say)
            return await self._ask(turn, dialogue.learns(village=found[0].code), note)
        if not found:
            return await self._again(turn, dialogue, replies.no_such_kelurahan(turn.say))
        self._memory.go_on(turn.chat_id, dialogue)
        choices = [(k.code, f"{k.name}, {k.district}") for k in found[:CHOICES]]
        rows = buttons.answers(Ask.VILLAGE, choices)
        return await turn.says(replies.which_kelurahan(turn.say), *rows, general.cancel(turn.say))

    async def _village(self, turn: Turn, dialogue: Proposing, code: str) -> None:
        """A kelurahan chosen by its button, or none, in a report."""
        if code == buttons.SKIP and dialogue.kind is Kind.LAPORAN:
            return await self._ask(turn, dialogue.learns(village=self._services.settings.city))
        if code not in {k.code for k in await asyncio.to_thread(self._villages)}:
            return await self._ask(turn, dialogue)
        return await self._ask(turn, dialogue.learns(village=code))

    async def _home(self, turn: Turn, dialogue: Proposing) -> None:
        numbers = rt_and_rw(turn.text)
        if numbers is None:
            return await self._again(turn, dialogue, replies.need_rt_and_rw(turn.say))
        return await self._ask(turn, dialogue.learns(rt=numbers[0], rw=numbers[1]))

    async def _send(self, turn: Turn, dialogue: Proposing) -> None:
        """Send it, out of memory already; what the database could not take is kept for one more press."""
        if not dialogue.words and dialogue.words_needed:
            return await self._again(turn, dialogue, words.refusal("words_missing", turn.say))
        try:
            receipt = await asyncio.to_thread(self._sent, dialogue, Asker.chat(turn.chat_id))
        except TooManyAttempts as error:
            told = words_for(error, turn.say, self._services.settings.city)
            return await turn.says(told, general.begin(turn.say))
        except Refused as error:
            return await turn.says(words.refusal(error, turn.say), buttons.propose(turn.say))
        except DatabaseAway:
            return await self._again(turn, dialogue, replies.not_sent(turn.say))
        told = replies.receipt(receipt, turn.say, replies.zone_of(self._services.settings.city))
        if dialogue.key and receipt.needs_digits:
            # His number is not known here, and without its last digits the ticket does not open.
            return await turn.says(told, buttons.ticket(turn.say))
        self._memory.go_on(turn.chat_id, Ticket(Want.NOTHING, receipt.code, dialogue.draft().last_four or ""))
        return await turn.says(told, buttons.follow(turn.say))

    def _sent(self, dialogue: Proposing, asker: Asker) -> Receipt:
        proposals = self._services.proposals
        if dialogue.key:
            city = self._services.settings.city
            return proposals.correct(dialogue.key, dialogue.reason, dialogue.words, city, asker=asker)
        return proposals.send(dialogue.draft(), asker=asker)

    def _villages(self) -> tuple[KelurahanSchedule, ...]:
        """All kelurahan of the city, whether or not anything is paid there."""
        known = self._services.regions.villages(self._services.settings.city)
        return tuple(
            KelurahanSchedule(village.code, village.name, district.name, "", 0)
            for district, villages in known.items()
            for village in villages
        )


def rt_and_rw(text: str) -> tuple[int, int] | None:
    """RT and RW as people write them: `RT 2 RW 5`, `rw 05 rt 02`, `002/005`; None when one is missing."""
    rt, rw = RT.search(text), RW.search(text)
    if rt is None and rw is None and (bare := BARE.fullmatch(text)):
        rt_number, rw_number = int(bare[1]), int(bare[2])
    elif rt and rw:
        rt_number, rw_number = int(rt[1]), int(rw[1])
    else:
        return None
    return (rt_number, rw_number) if rt_number and rw_number else None
