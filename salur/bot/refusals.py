"""What is said when something goes wrong, and what is written to the log about it: never the same thing."""

from __future__ import annotations

import logging
from datetime import tzinfo

from telegram import Update
from telegram.error import Forbidden, TelegramError

from salur.bot.chat.memory import Memory
from salur.bot.chat.turn import Context, turn_of
from salur.core.errors import SalurError
from salur.logs import where
from salur.words.language import Say
from salur.words.refusals import refusal

logger = logging.getLogger(__name__)


def words_for(error: SalurError, say: Say, zone: tzinfo) -> str:
    """The words for an error of the core; waits are told in the clock of the city served."""
    return refusal(error, say, zone=zone)


class Trouble:
    """The error handler: says that the fault is ours, logs the type of the error and its place in the code."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def __call__(self, update: object, context: Context) -> None:
        """Handle what a handler raised. Messages of errors may hold data or the token, so they are not logged."""
        error = context.error
        assert error is not None
        known = update if isinstance(update, Update) else None
        update_id = known.update_id if known else 0
        if isinstance(error, Forbidden):
            logger.info("Update %d: the chat takes no messages from the bot", update_id)
            if known and known.effective_chat:
                self._memory.forget(known.effective_chat.id)
            return
        logger.error("Update %d failed: %s at %s", update_id, type(error).__name__, where(error))
        if known:
            await self._apologise(known)

    async def _apologise(self, update: Update) -> None:
        turn = turn_of(update, self._memory)
        if turn is None or not turn.is_private:
            return
        try:
            await turn.says(refusal("our_fault", turn.say))
        except TelegramError as error:
            logger.warning("Update %d: no apology got through (%s)", update.update_id, type(error).__name__)
