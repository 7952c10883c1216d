"""What the bot says by itself: one function for each code that the core queues (`salur.core.notices.outbox`).

Whoever queues a notice adds its code here. The facts are those that were queued; they hold no NIK and no name of a
person, and neither may a sentence made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from salur.core.notices.answers import Facts
from salur.core.proposals.kinds import Kind
from salur.words import circulars, proposals
from salur.words.casework import cases, lines
from salur.words.language import Say
from salur.words.lookup import following
from salur.words.officers import agenda

Words = Callable[[Facts, Say], str]


def unlinked(_facts: Facts, say: Say) -> str:
    """The account's owner, or someone at their phone, took the link away on the site or gave it to another chat."""
    return say(
        "*Obrolan ini tidak lagi terhubung dengan akun Salur.* Pemberitahuan untuk akun itu tidak masuk ke sini lagi."
        " Bukan Anda yang memutusnya? Masuk ke situs Salur dan ganti kata sandi Anda."
    )


def proposal_waiting(facts: Facts, say: Say) -> str:
    """Something new lies with the officer whose chat this is. What it says is read on the site, signed in."""
    kind = cases.kind_name(Kind(facts["kind"]), say)
    return say(
        "*Ada pengajuan baru untuk Anda.* Jenisnya: {jenis}. Masuk ke situs Salur, lalu buka Pengajuan.", jenis=kind
    )


# code -> the message, in `salur.words`' notation
NOTICES: Mapping[str, Words] = MappingProxyType(
    {
        "circular": circulars.told_of,
        "circular_reminder": circulars.reminded_of,
        "circular_withdrawn": circulars.withdrawn,
        "follow_ended": following.ended,
        "news": following.news,
        "summary": agenda.summary,
        "unlinked": unlinked,
        "line_step": lines.line_notice,
        "proposal_step": proposals.step_notice,
        "proposal_waiting": proposal_waiting,
    }
)
