"""Invitations as slips on A4, eight to a page, to print and cut. The codes stand in this file alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

import segno

from salur.core.officers.answers import Invited
from salur.core.rollout.answers import RolledOut, Slip
from salur.documents.paper.typesetting import shown, typeset
from salur.words.language import Say
from salur.words.officers.offices import office
from salur.words.officers.rollout import why_not


def slips_as_pdf(done: RolledOut, say: Say, *, site: str, zone: tzinfo, header: str = "") -> bytes:
    """All that became of a list of heads: what was not used on a page of its own, then the slips.

    `header` stands on top of each slip. Addresses of Salur are no secret, so the QR code holds that of the page where
    the code is typed, and never the code.
    """
    told = {
        "title": say("Undangan"),
        "lang": say.code,
        "qr": segno.make(f"{site}/gabung", error="m").svg_inline(border=0),
        "qr_alt": say("Kode QR: {alamat}", alamat=f"{site}/gabung"),
        "head": [shown(line) for line in header.splitlines()],
        "notes": [shown(line) for line in _notes(done, say)],
        "slips": [_slip(slip, say, site, zone) for slip in done.slips],
    }
    return typeset("slips.typ", told)


def one_slip(invited: Invited, name: str = "") -> RolledOut:
    """A single invitation, as a list of one."""
    return RolledOut((Slip(0, name, invited),), (), ())


def _slip(slip: Slip, say: Say, site: str, zone: tzinfo) -> dict[str, str]:
    one = slip.invited
    until = one.expires_at.astimezone(zone)
    lines = [
        say("Buka {alamat} di HP Anda, lalu ketik kode di atas.", alamat=f"{site}/gabung"),
        say("Berlaku sampai {tanggal} pukul {jam}, satu kali pakai.", tanggal=say.date(until), jam=say.clock(until)),
    ]
    if one.ends_on is not None:
        lines.append(say("Masa tugas sampai {tanggal}.", tanggal=say.date(one.ends_on)))
    return {
        "office": shown(office(one.role, one.territory, one.region_name, say)),
        "name": shown(slip.name or one.username or ""),
        "code": one.code,
        "how": " ".join(lines),
        "free": say("Gratis. Salur tidak pernah meminta uang, PIN, atau kode OTP."),
    }


def _notes(done: RolledOut, say: Say) -> Sequence[str]:
    """Counts of all rows, and each that was not used; nothing where all became slips."""
    if not done.refused and not done.known:
        return ()
    counted = say(
        "Dari {semua} baris: {dibuat} diundang, {sudah} sudah punya akun atau undangan, {salah} perlu diperbaiki.",
        semua=done.rows,
        dibuat=len(done.slips),
        sudah=len(done.known),
        salah=len(done.refused),
    )
    wrong = [f"{say('Baris {n}', n=one.row)}: {why_not(one, say)}" for one in done.refused]
    known = ", ".join(str(row) for row in done.known)
    told = [say("Sudah punya akun atau undangan: baris {baris}.", baris=known)] if known else []
    return (counted, *wrong, *told)
