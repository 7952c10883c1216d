"""Which language a chat reads: the one chosen with /bahasa, else that of the person's Telegram, else Indonesian.

The choice is kept in memory only (see `memory`), so it has to be made again after a restart.
"""

from __future__ import annotations

from telegram import Update

from salur.bot.chat.memory import Memory
from salur.words.language import Say, known_language, language


def language_of(update: Update, memory: Memory) -> Say:
    """The words for whoever sent this update."""
    chosen = memory.language(update.effective_chat.id) if update.effective_chat else None
    spoken = update.effective_user.language_code if update.effective_user else None
    return language(chosen or known_language(spoken))
