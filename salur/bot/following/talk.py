"""*Kabari saya* under an answer: consent, then news; what can be said against news; /berhenti; /hapus."""

from __future__ import annotations

import asyncio

from salur.bot.chat import buttons as general
from salur.bot.chat.memory import BACK, Memory
from salur.bot.chat.replies import check_again
from salur.bot.chat.turn import Turn
from salur.bot.following import buttons, replies
from salur.bot.proposals import buttons as proposal_buttons
from salur.bot.proposals.proposing import ProposalTalk
from salur.bot.refusals import words_for
from salur.core.errors import Refused, TooManyAttempts
from salur.core.notices.channels import Channel
from salur.wiring import Services
from salur.words.lookup.following import changed_since
from salur.words.refusals import refusal


class FollowTalk:
    """Begins and ends it. Each method takes one turn of a private chat."""

    def __init__(self, services: Services, memory: Memory, proposals: ProposalTalk) -> None:
        self._services = services
        self._memory = memory
        self._proposals = proposals

    async def ask(self, turn: Turn) -> None:
        """The button under an answer: what they would agree to."""
        token = turn.text.removeprefix(buttons.FOLLOW)
        if self._memory.pass_of(turn.chat_id, token, BACK) is None:
            return await turn.says(check_again(turn.say), general.again(turn.say))
        return await turn.says(replies.consent(turn.say), buttons.agree(token, turn.say))

    async def agree(self, turn: Turn) -> None:
        """Yes: from now on."""
        token = turn.text.removeprefix(buttons.FOLLOW).removesuffix(buttons.AGREE)
        back = self._memory.pass_of(turn.chat_id, token, BACK)
        if back is None:
            return await turn.says(check_again(turn.say), general.again(turn.say))
        follow, address = self._services.following.follow, str(turn.chat_id)
        try:
            begun = await asyncio.to_thread(follow, Channel.TELEGRAM, address, turn.say.code, back)
        except TooManyAttempts as error:
            return await turn.says(words_for(error, turn.say, self._services.settings.zone), general.begin(turn.say))
        except Refused as error:
            on = buttons.stop if "most" in error.facts else general.again  # who follows enough has to stop first
            return await turn.says(refusal(error, turn.say), on(turn.say))
        return await turn.says(replies.begun(turn.say) if begun else replies.already(turn.say), buttons.stop(turn.say))

    async def not_now(self, turn: Turn) -> None:
        """No."""
        await turn.says(replies.not_now(turn.say), general.begin(turn.say))

    async def stop(self, turn: Turn) -> None:
        """/berhenti, or its button."""
        count = await asyncio.to_thread(self._services.following.stop, Channel.TELEGRAM, str(turn.chat_id))
        again = () if count else (general.check(turn.say),)
        await turn.says(replies.stopped(count, turn.say), *again, proposal_buttons.unfollow_too(turn.say))

    async def contest(self, turn: Turn) -> None:
        """A button under news: the money never came, or they are still entitled. Summed up before it is sent."""
        follow, _, ref = turn.text.removeprefix(buttons.ABOUT).partition(":")
        behind, address = self._services.following.behind, str(turn.chat_id)
        said = await asyncio.to_thread(behind, Channel.TELEGRAM, address, int(follow), ref)
        if said is None or not said.key:
            return await turn.says(changed_since(turn.say), general.check(turn.say))
        return await self._proposals.contests(turn, said.key)

    async def ask_forget(self, turn: Turn) -> None:
        """/hapus, in words or by its button."""
        await turn.says(replies.ask_forget(turn.say), buttons.really(turn.say))

    async def forget(self, turn: Turn) -> None:
        """They mean it."""
        gone = await asyncio.to_thread(self._services.notices.forget, turn.chat_id)
        self._memory.forget(turn.chat_id)
        await turn.says(replies.forgotten(gone, turn.say))

    async def keep(self, turn: Turn) -> None:
        """They do not."""
        await turn.says(replies.kept(turn.say), general.begin(turn.say))
