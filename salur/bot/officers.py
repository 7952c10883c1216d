"""Linking a chat to an account: the site shows a code, and the officer sends it here. Never the other way round."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from salur.bot.chat import replies
from salur.bot.chat.groups import private_chat
from salur.bot.chat.turn import Turn
from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.officers.roles import Officer
from salur.wiring import Services
from salur.words.language import Say
from salur.words.officers.offices import office as office_words
from salur.words.refusals import refusal

START = "ikat-"  # before the code in a deep link, `/start ikat-7QK2-M3XD`


class Linking:
    """Links the chat, and lets it go."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._site = services.settings.site

    async def link(self, turn: Turn) -> None:
        """/hubungkan and the code, or the site's link, which Telegram turns into /start."""
        code = turn.arguments.removeprefix(START).strip()
        if not code:
            return await turn.says(how_to_link(turn.say, self._site))
        gone = await turn.deletes()
        try:
            officer = await asyncio.to_thread(
                self._services.chat_links.link, code, turn.chat_id, asker=Asker.chat(turn.chat_id)
            )
        except TooManyAttempts as error:
            until = turn.say.wait(error.retry_in, datetime.now(UTC), self._services.settings.zone)
            told = turn.say("Sudah terlalu sering salah. Demi keamanan, coba lagi *{kapan}*.", kapan=until)
        except Refused as error:
            told = refusal(error, turn.say)
        else:
            told = linked(officer, turn.say)
        return await turn.says(f"{told}\n\n{replies.deleted_or_not(turn.say, gone)}")

    async def unlink(self, turn: Turn) -> None:
        """/lepas."""
        was_linked = await asyncio.to_thread(self._services.chat_links.unlink_chat, turn.chat_id)
        await turn.says(let_go(turn.say) if was_linked else not_linked(turn.say))

    async def in_group(self, turn: Turn) -> None:
        """In a group: everybody there has read the code, so it is good for nothing any more."""
        if not turn.arguments:
            return await turn.says(replies.not_in_group(turn.say), private_chat(turn))
        gone = await turn.deletes()
        await asyncio.to_thread(self._services.chat_links.burn, turn.arguments.removeprefix(START))
        return await turn.says(code_in_group(turn.say, gone), private_chat(turn))


def how_to_link(say: Say, site: str) -> str:
    """/hubungkan with nothing behind it."""
    where = say("Kodenya ada di situs Salur: masuk, buka *Akun saya*, lalu *Telegram*.")
    return "\n\n".join(
        (
            say("Perintah ini untuk ketua RT, ketua RW, dan petugas yang punya akun Salur."),
            where + (f" {site}/akun/telegram" if site else ""),
            say("Ketik /hubungkan, spasi, lalu kodenya. Salur tidak pernah mengirim kode kepada Anda."),
        )
    )


def link_first(say: Say, site: str) -> str:
    """Under what only a linked chat is shown."""
    where = say("Hubungkan dulu: masuk ke situs Salur, buka *Akun saya*, lalu *Telegram*. Kodenya ada di sana.")
    return where + (f" {site}/akun/telegram" if site else "")


def linked(officer: Officer, say: Say) -> str:
    """Which account it is now, what will come, and what Telegram is."""
    office = office_words(officer.role, officer.territory, officer.region_name, say)
    return "\n\n".join(
        (
            say("✅ Obrolan ini sekarang terhubung dengan akun *{jabatan}*.", jabatan=office),
            say(
                "Yang masuk ke sini: edaran baru, pengingat, kabar pengajuan, dan untuk ketua RT/RW tiap pagi ringkasan"
                " wilayah. Tanpa NIK dan tanpa nama warga."
            ),
            say("Pesan Telegram lewat server di luar negeri. Kunci HP Anda, dan jangan teruskan pesan tentang warga."),
            say("Lepaskan kapan saja dengan /lepas, atau di situs Salur."),
        )
    )


def let_go(say: Say) -> str:
    """/lepas, done."""
    return say("Baik. Obrolan ini *tidak lagi terhubung* dengan akun Salur.")


def not_linked(say: Say) -> str:
    """/lepas where nothing was linked."""
    return say("Obrolan ini tidak terhubung dengan akun Salur.")


def code_in_group(say: Say, gone: bool) -> str:
    """A code was written in a group."""
    return "\n\n".join(
        (
            say("*Jangan tulis kode di grup.* Semua anggota bisa membacanya. Kode itu sudah kami batalkan."),
            replies.deleted_or_not(say, gone),
            say("Buat kode baru di situs Salur, lalu kirim di obrolan pribadi."),
        )
    )
