"""Why a chat could not be linked to an account."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.words.language import N_

# Code of what is refused -> words.
CHAT_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "bad_link_code": N_(
            "Kode itu tidak berlaku. Kode hanya untuk sekali pakai, selama 10 menit. Buat kode baru di situs Salur:"
            " masuk, buka *Akun saya*, lalu *Telegram*."
        ),
        "chat_taken": N_(
            "Obrolan ini masih terhubung dengan akun lain. Lepaskan dulu dengan /lepas, lalu kirim kodenya sekali lagi."
        ),
    }
)
