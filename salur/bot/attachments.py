"""What is not text: photos of a KTP, voice messages, phone numbers, stickers; and messages changed afterwards.

Each is answered in its own words, with how to go on. What may show a person's data is deleted, as a message with a
number is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from salur.bot.chat import replies
from salur.bot.chat.memory import Memory, Step
from salur.bot.chat.reading import holds_number
from salur.bot.chat.turn import Turn
from salur.bot.chat.words import words_of
from salur.words.language import N_, Say


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to it, and whether it is deleted because it may show somebody."""

    words: str
    deletes: bool = True


# telegram.Message has an attribute of each name. A GIF comes as animation and, for old programs, as document too; a
# venue as location too.
ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "photo": Answer(N_("Kami tidak melihat foto. *Jangan kirim foto KTP atau KK*, kepada siapa pun.")),
        "animation": Answer(N_("Kami tidak bisa melihat GIF, hanya membaca tulisan."), deletes=False),
        "document": Answer(N_("Kami tidak membuka berkas. *Jangan kirim KTP atau KK*, kepada siapa pun.")),
        "video": Answer(N_("Maaf, kami tidak bisa menonton video.")),
        "video_note": Answer(N_("Maaf, kami tidak bisa menonton pesan video.")),
        "voice": Answer(N_("Maaf, kami tidak bisa mendengarkan pesan suara. Tolong diketik.")),
        "audio": Answer(N_("Maaf, kami tidak bisa mendengarkan rekaman. Tolong diketik.")),
        "contact": Answer(N_("Salur tidak memerlukan nomor telepon siapa pun.")),
        "location": Answer(N_("Salur tidak memerlukan lokasi Anda. Tempat mengambil bantuan tertulis di jawaban cek.")),
        "sticker": Answer(N_("Stikernya sampai, tetapi kami hanya membaca tulisan."), deletes=False),
        "dice": Answer(N_("Kami tidak ikut bermain."), deletes=False),
        "game": Answer(N_("Kami tidak ikut bermain."), deletes=False),
        "poll": Answer(N_("Kami tidak ikut memilih, hanya membaca tulisan."), deletes=False),
    }
)
OTHERS = Answer(N_("Kami hanya membaca tulisan."), deletes=False)


class Attachments:
    """Answers in a private chat what cannot be read."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def attachment(self, turn: Turn) -> None:
        """Anything but text. Of an album, each picture is deleted and one answered."""
        assert turn.message is not None
        answer = next((answer for name, answer in ANSWERS.items() if getattr(turn.message, name)), OTHERS)
        told = [turn.say(answer.words)]
        # A number may stand in a poll, in a checklist, in the name of a GIF.
        if answer.deletes or any(map(holds_number, words_of(turn.message))):
            told.append(replies.deleted_or_not(turn.say, await turn.deletes()))
        if self._memory.is_new_album(turn.message.media_group_id):
            await turn.says(f"{' '.join(told)}\n\n{go_on(self._memory.step(turn.chat_id), turn.say)}")

    async def edited(self, turn: Turn) -> None:
        """A message changed afterwards: it is not read again, and a number in it is deleted."""
        if holds_number(turn.text):
            gone = await turn.deletes()
            return await turn.says(f"{replies.edited(turn.say)} {replies.deleted_or_not(turn.say, gone)}")
        return await turn.says(replies.edited(turn.say))


def go_on(step: Step, say: Say) -> str:
    """What was waited for before, and still is."""
    match step:
        case Step.NAME:
            return say("Lanjut: ketik *nama* seperti di KTP.")
        case Step.KELURAHAN:
            return say("Lanjut: ketik *nama kelurahan*.")
        case Step.DIALOGUE:
            return say("Lanjutkan saja: jawab pertanyaan yang terakhir dengan tulisan atau tombol.")
        case _:
            return say("Mau cek bantuan? Ketik *NIK*: 16 angka di KTP.")
