"""Which language a chat reads: the one chosen with /bahasa, else that of the person's Telegram, else Indonesian.

The choice is kept in memory only (see `memory`), so it has to be made again after a restart.
"""

from __future__ import annotations

from telegram import Update

from salur import words
from salur.bot.memory import Memory


def language_of(update: Update, memory: Memory) -> words.Say:
    """The words for whoever sent this update."""
    chosen = memory.language(update.effective_chat.id) if update.effective_chat else None
    spoken = update.effective_user.language_code if update.effective_user else None
    return words.language(chosen or words.known_language(spoken))
