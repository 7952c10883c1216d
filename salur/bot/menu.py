"""What Telegram shows of the bot before anyone writes to it: its commands and descriptions, in three languages."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from salur.words.language import LANGUAGES, Say, language
from salur.words.trust import opening, trust

logger = logging.getLogger(__name__)


def menu(say: Say) -> tuple[BotCommand, ...]:
    """The commands in the order of use."""
    return (
        BotCommand("cek", say("Cek bantuan dengan NIK dan nama")),
        BotCommand("jadwal", say("Jadwal bantuan di kelurahan")),
        BotCommand("edaran", say("Edaran tentang bantuan")),
        BotCommand("ajukan", say("Ajukan penerima, lapor potongan")),
        BotCommand("tiket", say("Lihat pengajuan Anda")),
        BotCommand("bantuan", say("Petunjuk, dan tempat melapor")),
        BotCommand("bahasa", say("Ganti bahasa")),
        BotCommand("privasi", say("Data Anda di sini")),
        BotCommand("berhenti", say("Tidak dikabari lagi")),
        BotCommand("hapus", say("Hapus data obrolan ini")),
        BotCommand("batal", say("Batalkan, lupakan nomor")),
    )


def description(say: Say) -> str:
    """Shown in an empty chat, above the start button; at most 512 characters."""
    return opening(say) + "\n\n" + trust(say) + " " + say("Nomor telepon juga tidak.")


def short_description(say: Say) -> str:
    """Shown on the profile and when the bot is shared; at most 120 characters."""
    return say("Cek bantuan sosial: terdaftar atau tidak, berapa, kapan, di mana. Gratis.")


async def introduce(bot: Bot, stop: asyncio.Event) -> None:
    """Set them all, unless stopped. Telegram may refuse for hours what is set too often; then the old ones stay."""
    try:
        # Without a language first: what people see whose language is none of ours.
        for code in (None, *LANGUAGES):
            say = language(code)
            for setting in (
                partial(bot.set_my_commands, menu(say)),
                partial(bot.set_my_description, description(say)),
                partial(bot.set_my_short_description, short_description(say)),
            ):
                if stop.is_set():
                    return
                await setting(language_code=code)
    except TelegramError as error:
        logger.warning("Commands and descriptions stay as they were (%s)", type(error).__name__)
