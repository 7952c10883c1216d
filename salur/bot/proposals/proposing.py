"""/ajukan: proposing someone, objecting, correcting, reporting. One question after the other, in a private chat only.

As little as possible is asked, because messages pass through servers abroad: no photo, no phone number, no KK number
for a proposal. A message with a number is deleted at once. What was typed is said back once, in the summary that has
to be confirmed: of a number only its end. docs/bot.mmd draws it.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from salur.bot.chat import buttons as general
from salur.bot.chat.dialogues import Answer, Ask, Dialogue, Proposing, Ticket, Want
from salur.bot.chat.memory import Memory
from salur.bot.chat.reading import holds_number, read
from salur.bot.chat.replies import check_again, deleted_or_not, one_at_a_time, this_kelurahan
from salur.bot.chat.turn import Turn
from salur.bot.proposals import buttons, replies, summary
from salur.bot.refusals import words_for
from salur.core.errors import DatabaseAway, FieldsRefused, Malformed, Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.names.typed import name_meant, slip_of
from salur.core.people.nik import Kk, Nik, recognise
from salur.core.proposals.answers import Receipt
from salur.core.proposals.kinds import Kind
from salur.core.regions.search import Kelurahan, find
from salur.wiring import Services
from salur.words.refusals import refusal

ANSWER = re.compile(rf"{buttons.PROPOSE}:([a-z_]+)=([a-z_]{{1,30}}|\d\d\.\d\d\.\d\d\.\d{{4}})")
KIND = re.compile(rf"{buttons.PROPOSE}:([a-z]+)")
RT = re.compile(r"(?<![A-Z])R\.?T[^\dA-Z]{0,3}0*(\d{1,3})(?!\d)", re.IGNORECASE)
RW = re.compile(r"(?<![A-Z])R\.?W[^\dA-Z]{0,3}0*(\d{1,3})(?!\d)", re.IGNORECASE)
BARE = re.compile(r"\s*0*(\d{1,3})\s*[/-]\s*0*(\d{1,3})\s*")  # `2/5` is RT 2 RW 5, as on a KTP

# What people type instead of pressing.
SENDS = re.compile(
    r"\W*(?:(?:iya|ya|ok|oke|sudah)\W+)?(?:kirim|kintun|iya|ya|ok|oke|betul|benar|leres)\W*", re.IGNORECASE
)
CHANGES = re.compile(r"\W*(?:ubah|ganti|salah|robih)\W*", re.IGNORECASE)


class ProposalTalk:
    """Asks, and sends. Each method takes one turn."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self._services = services
        self._memory = memory
        self._site = services.settings.site

    async def start(self, turn: Turn) -> None:
        """/ajukan or its button: what may be sent, and what becomes of messages here."""
        self._memory.take(turn.chat_id)
        await turn.says(replies.begin(turn.say, self._site), *buttons.kinds(turn.say))

    async def correct(self, turn: Turn, key: str) -> None:
        """Something is wrong in the data of someone who has just checked; `key` is their pass."""
        await self._ask(turn, Proposing.correcting(key))

    async def contest(self, turn: Turn) -> None:
        """A button under an answer: the money never came, or they are still entitled. Summed up before it is sent."""
        token, _, number = turn.text.removeprefix(general.CONTEST).partition(":")
        return await self.contests(turn, self._memory.pass_of(turn.chat_id, token, int(number)) or "")

    async def contests(self, turn: Turn, key: str) -> None:
        """The same, with the pass of what is contested."""
        try:
            told = self._services.proposals.told(key)
        except Refused:
            return await turn.says(check_again(turn.say), general.again(turn.say))
        return await self._ask(turn, Proposing.contesting(key, told))

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
            return await self._too_late(turn, dialogue, was_summary=answer is not None and answer[1] == Ask.SUMMARY)
        ask, code = answer.groups()
        if ask == dialogue.asked:
            if code == summary.BACK and (dialogue.changing or ask == Ask.CHANGE):
                return await self._ask(turn, dialogue.at_summary())
            if ask == Ask.SUMMARY and code in dict(summary.choices(dialogue, turn.say)):
                is_right = code.startswith(summary.SEND)
                return await (self._send(turn, dialogue) if is_right else self._which(turn, dialogue))
            if ask == Ask.CHANGE and code in list(dialogue.changeable):
                return await self._ask(turn, dialogue.changes(Ask(code)))
            if ask == Ask.NUMBER and code == buttons.SKIP and dialogue.kind is Kind.USULAN:
                return await self._ask(turn, replace(dialogue, asked=Ask.NO_NIK, number=None))
            if ask == Ask.VILLAGE:
                return await self._village(turn, dialogue, code)
            if ask == Ask.WORDS and code == buttons.SKIP and not dialogue.words_needed:
                return await self._ask(turn, dialogue.learns(words=""))
            if ask == Ask.HOME and code == buttons.SKIP and dialogue.kind is Kind.SANGGAH:
                return await self._ask(turn, dialogue.learns(rt=None, rw=None))
            if code in dict(replies.choices(dialogue, turn.say)):
                return await self._ask(turn, dialogue.learns(**{ask: code}))
        # A button further up in the chat: the question that is open now is asked once more.
        return await self._ask(turn, dialogue)

    async def _too_late(self, turn: Turn, dialogue: Dialogue | None, *, was_summary: bool) -> None:
        """A button of what is no longer being written: it was sent, or forgotten."""
        if isinstance(dialogue, Ticket):
            self._memory.go_on(turn.chat_id, dialogue)
            if was_summary and dialogue.code is not None:
                row = buttons.ticket if dialogue.wants is Want.SENT else buttons.follow
                return await turn.says(summary.not_twice(dialogue.code, turn.say), row(turn.say))
        told = summary.perhaps_sent(turn.say) if was_summary else replies.lost(turn.say)
        return await turn.says(told, buttons.propose(turn.say))

    async def _which(self, turn: Turn, dialogue: Proposing) -> None:
        await self._ask(turn, replace(dialogue, asked=Ask.CHANGE))

    async def hear(self, turn: Turn, dialogue: Proposing) -> None:
        """What was typed while a question was open."""
        if dialogue.asked is Ask.NUMBER:
            return await self._number(turn, dialogue)
        if holds_number(turn.text):
            gone = await turn.deletes()
            return await self._again(turn, dialogue, replies.no_numbers(turn.say, gone))
        match dialogue.asked:
            case Ask.NAME:
                return await self._name(turn, dialogue)
            case Ask.VILLAGE:
                return await self._look_up(turn, dialogue)
            case Ask.HOME:
                return await self._home(turn, dialogue)
            case Ask.WORDS:
                return await self._learn(turn, dialogue, words=turn.text.strip())
            case Ask.SUMMARY:
                return await self._confirms(turn, dialogue)
            case _:
                return await self._again(turn, dialogue, replies.press_a_button(turn.say))

    async def _ask(self, turn: Turn, dialogue: Proposing, note: str = "") -> None:
        """Ask the question that is open now, under a note on the answer before."""
        dialogue = dialogue.marked() if dialogue.asked is Ask.SUMMARY else dialogue
        self._memory.go_on(turn.chat_id, dialogue)
        question = replies.question(dialogue, turn.say)
        rows = buttons.answers(dialogue.asked, replies.choices(dialogue, turn.say))
        await turn.says(f"{note}\n\n{question}" if note else question, *rows, general.cancel(turn.say))

    async def _learn(self, turn: Turn, dialogue: Proposing, **answers: Answer) -> None:
        """Go on to the next question; with an answer that the core would refuse, ask the same once more."""
        if code := dialogue.slip(**answers):
            return await self._again(turn, dialogue, refusal(code, turn.say))
        return await self._ask(turn, dialogue.learns(**answers))

    async def _confirms(self, turn: Turn, dialogue: Proposing) -> None:
        """The word on a button, typed."""
        if SENDS.fullmatch(turn.text):
            return await self._send(turn, dialogue)
        if CHANGES.fullmatch(turn.text):
            return await self._which(turn, dialogue)
        if dialogue.told is not None:
            return await self._learn(turn, dialogue.changes(Ask.WORDS), words=turn.text.strip())
        self._memory.go_on(turn.chat_id, dialogue)
        rows = buttons.answers(Ask.SUMMARY, summary.choices(dialogue, turn.say))
        return await turn.says(summary.press_one(turn.say), *rows, general.cancel(turn.say))

    async def _again(self, turn: Turn, dialogue: Proposing, why: str) -> None:
        await self._ask(turn, dialogue, why)

    async def _number(self, turn: Turn, dialogue: Proposing) -> None:
        gone = await turn.deletes()
        found = read(turn.text)
        typed, note = found.number or turn.text, deleted_or_not(turn.say, gone)
        if found.others:
            note = f"{note}\n\n{one_at_a_time(turn.say)}"
        try:
            read_as = Nik.parse if dialogue.kind is Kind.USULAN else recognise
            number = read_as(typed, warned=dialogue.warned)
        except Malformed as error:
            return await self._again(turn, replace(dialogue, warned=typed), f"{refusal(error, turn.say)} {note}")
        if not isinstance(number, Nik | Kk):
            return await self._again(turn, dialogue, f"{refusal('not_16_digits', turn.say)} {note}")
        return await self._ask(turn, dialogue.learns(number=number), note)

    async def _name(self, turn: Turn, dialogue: Proposing) -> None:
        name = " ".join(name_meant(turn.text).split())
        if slip := slip_of(name, warned=dialogue.warned):
            # The refusal asks for the name itself.
            self._memory.go_on(turn.chat_id, replace(dialogue, warned=name))
            return await turn.says(refusal(slip, turn.say), general.cancel(turn.say))
        return await self._ask(turn, dialogue.learns(name=name))

    async def _look_up(self, turn: Turn, dialogue: Proposing) -> None:
        """The kelurahan of that name, or a choice among those like it."""
        found = find(turn.text, await asyncio.to_thread(self._kelurahan))
        if (sure := found.sure) is not None:
            return await self._lives(turn, dialogue, sure)
        if not found.choices:
            return await self._again(turn, dialogue, refusal("village_unknown", turn.say))
        self._memory.go_on(turn.chat_id, dialogue)
        rows = buttons.answers(Ask.VILLAGE, [(k.code, f"{k.name}, {k.district}") for k in found.choices])
        return await turn.says(this_kelurahan(turn.say), *rows, general.cancel(turn.say))

    async def _village(self, turn: Turn, dialogue: Proposing, code: str) -> None:
        """A kelurahan chosen by its button, or none, in a report."""
        if code == buttons.SKIP and dialogue.kind is Kind.LAPORAN:
            return await self._ask(turn, dialogue.learns(village=self._services.settings.city, place=""))
        chosen = next((k for k in await asyncio.to_thread(self._kelurahan) if k.code == code), None)
        if chosen is None:
            return await self._again(turn, dialogue, refusal("village_unknown", turn.say))
        return await self._lives(turn, dialogue, chosen)

    async def _lives(self, turn: Turn, dialogue: Proposing, chosen: Kelurahan) -> None:
        place = replies.in_kelurahan(chosen.name, chosen.district, turn.say)
        known = dialogue.learns(village=chosen.code, place=place.rstrip("."))
        return await self._ask(turn, known, "" if known.asked is Ask.SUMMARY else place)

    async def _home(self, turn: Turn, dialogue: Proposing) -> None:
        numbers = read_rt_and_rw(turn.text)
        if numbers is None:
            return await self._again(turn, dialogue, replies.need_rt_and_rw(turn.say))
        return await self._learn(turn, dialogue, rt=numbers[0], rw=numbers[1])

    async def _send(self, turn: Turn, dialogue: Proposing) -> None:
        """Send it, out of memory already; what the database could not take is kept for one more press."""
        try:
            asker = Asker.chat(turn.chat_id, mark=self._memory.mark(turn.chat_id))
            receipt = await asyncio.to_thread(self._sent, dialogue, asker)
        except TooManyAttempts as error:
            told = words_for(error, turn.say, self._services.settings.zone)
            return await turn.says(told, general.begin(turn.say))
        except FieldsRefused as error:
            return await self._again(turn, dialogue.returns(error.slips), refusal(error, turn.say))
        except Refused as error:
            return await turn.says(refusal(error, turn.say), buttons.propose(turn.say))
        except DatabaseAway:
            return await self._again(turn, dialogue, replies.not_sent(turn.say))
        told = replies.receipt(receipt, turn.say, self._services.settings.zone)
        if dialogue.key and receipt.needs_name:
            # The name is not known here, and without it the ticket does not open.
            self._memory.go_on(turn.chat_id, Ticket(Want.SENT, receipt.code))
            return await turn.says(told, buttons.ticket(turn.say))
        self._memory.go_on(turn.chat_id, Ticket(Want.NOTHING, receipt.code, dialogue.draft().ticket_name or ""))
        return await turn.says(told, buttons.follow(turn.say))

    def _sent(self, dialogue: Proposing, asker: Asker) -> Receipt:
        proposals = self._services.proposals
        if dialogue.told is not None:
            return proposals.contest(dialogue.key, dialogue.words, asker=asker)
        if dialogue.key:
            return proposals.correct(dialogue.key, dialogue.reason, dialogue.words, asker=asker)
        return proposals.send(dialogue.draft(), asker=asker)

    def _kelurahan(self) -> tuple[Kelurahan, ...]:
        """All of the city, whether or not anything is paid there."""
        return self._services.regions.kelurahan(self._services.settings.city)


def read_rt_and_rw(text: str) -> tuple[int, int] | None:
    """RT and RW as people write them: `RT 2 RW 5`, `rw 05 rt 02`, `002/005`; None when one is missing."""
    rt, rw = RT.search(text), RW.search(text)
    if rt is None and rw is None and (bare := BARE.fullmatch(text)):
        rt_number, rw_number = int(bare[1]), int(bare[2])
    elif rt and rw:
        rt_number, rw_number = int(rt[1]), int(rw[1])
    else:
        return None
    return (rt_number, rw_number) if rt_number and rw_number else None
