"""What is said of asking past the servers of Telegram: in the chat, on the page, and where that was not opened."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.words.language import N_, Say

# Code of what is refused -> words.
LAUNCH_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "launch_forged": N_(
            "Tanda dari Telegram tidak cocok. Tutup halaman ini, lalu tekan lagi tombolnya di obrolan. Formulir di"
            " halaman pertama juga bisa dipakai."
        ),
        "launch_old": N_(
            "Tanda dari Telegram sudah terlalu lama. Tutup halaman ini, lalu tekan lagi tombolnya di obrolan. Formulir"
            " di halaman pertama juga bisa dipakai."
        ),
        "launch_used": N_(
            "Tanda dari Telegram sudah dipakai, dan hanya berlaku sekali. Tutup halaman ini, lalu tekan lagi tombolnya"
            " di obrolan. Formulir di halaman pertama juga bisa dipakai."
        ),
    }
)


def label(say: Say) -> str:
    """Of the button in the chat."""
    return say("Cek dengan aman")


def difference(site: str, say: Say) -> str:
    """What is typed where, in one sentence, with the address for whoever has no such button."""
    return say(
        "🔒 Yang ditulis di sini lewat server Telegram di luar negeri; lewat *Cek dengan aman*, atau di {alamat},"
        " langsung ke server kota.",
        alamat=site,
    )


def here(say: Say) -> str:
    """On the page that was opened from the chat."""
    return say("Yang Anda ketik di halaman ini langsung ke server kota, tidak lewat server Telegram.")


def elsewhere(say: Say) -> str:
    """On the same page where nothing says that it was."""
    return say("Halaman ini tidak dibuka dari obrolan Telegram, tetapi bisa dipakai seperti biasa.")
