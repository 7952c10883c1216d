"""Circulars in words: who issued one, whom it is for, how far each has come, and what Telegram says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from salur.core.circulars.answers import Circular, Count, Issuer, ReceivedCircular, Standing
from salur.core.errors import UnfitPdf
from salur.core.notices.answers import Facts
from salur.core.officers.roles import Role
from salur.core.regions.region import DISTRICT, VILLAGE
from salur.words.language import N_, Say, plain
from salur.words.officers.offices import ROLES

# Code of what is refused -> words.
CIRCULAR_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "not_for_this_role": N_("Hanya Dinas Sosial yang menulis edaran."),
        "no_level": N_("Pilih paling sedikit satu tingkat yang menerima edaran ini."),
        "no_area": N_("Pilih paling sedikit satu wilayah, atau seluruh kota."),
        "no_such_area": N_("Ada wilayah yang tidak termasuk kota Anda. Pilih lagi."),
        "circular_too_long": N_("Isinya terlalu panjang. Paling banyak 12.000 huruf. Sisanya boleh di PDF."),
        "nothing_to_read": N_("Tulis isi edaran, atau pilih PDF-nya. Salah satu cukup."),
    }
)
PDF_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "too_large": N_("PDF ini lebih dari 10 MB. Simpan dengan ukuran lebih kecil, lalu pilih lagi."),
        "not_a_pdf": N_("Berkas ini bukan PDF. Simpan suratnya sebagai PDF, lalu pilih lagi."),
        "damaged": N_("PDF ini rusak atau tidak bisa dibaca. Buat lagi dari berkas aslinya."),
        "password": N_("PDF ini dikunci. Simpan tanpa kata sandi dan tanpa batasan, lalu pilih lagi."),
        "no_pages": N_("PDF ini tidak punya halaman. Periksa berkasnya."),
        "too_long": N_("PDF ini terlalu panjang. Paling banyak 500 halaman."),
        "active": N_(
            "PDF ini berisi program atau formulir yang bisa mengirim data. Cetak ke PDF biasa, lalu pilih lagi."
        ),
        "attachments": N_("Ada berkas lain di dalam PDF ini. Cetak ke PDF biasa, lalu pilih lagi."),
    }
)
ISSUERS: Mapping[Issuer, str] = MappingProxyType(
    {
        Issuer.CENTRAL: N_("Pemerintah pusat"),
        Issuer.PROVINCE: N_("Pemerintah provinsi"),
        Issuer.CITY: N_("Pemerintah kota atau kabupaten"),
    }
)
STANDINGS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.WAITING: N_("belum dibaca"),
        Standing.READ: N_("sudah dibaca"),
        Standing.PASSED_ON: N_("sudah disampaikan"),
        Standing.NOT_ASKED: N_("untuk diketahui"),
        Standing.NO_ACCOUNT: N_("belum punya akun Salur"),
    }
)
# To whom each level passes a circular on.
BELOW: Mapping[Role, str] = MappingProxyType(
    {
        Role.KECAMATAN: N_("Tekan *Sudah disampaikan* kalau kelurahan sudah Anda beri tahu."),
        Role.KELURAHAN: N_("Tekan *Sudah disampaikan* kalau para ketua RW sudah Anda beri tahu."),
        Role.RW: N_("Tekan *Sudah disampaikan* kalau para ketua RT sudah Anda beri tahu."),
        Role.RT: N_("Tekan *Sudah disampaikan* kalau warga RT Anda sudah diberi tahu."),
    }
)


def unfit_pdf(error: UnfitPdf, say: Say) -> str:
    """Why a file is not taken, and what to do."""
    return say(PDF_SLIPS.get(error.code, PDF_SLIPS["damaged"]))


def issuer(who: Issuer, say: Say) -> str:
    """`Pemerintah kota atau kabupaten`."""
    return say(ISSUERS[who])


def standing(which: Standing, say: Say) -> str:
    """`belum dibaca`."""
    return say(STANDINGS[which])


def pass_on(role: Role, say: Say) -> str:
    """When to press the second button."""
    return say(BELOW.get(role, BELOW[Role.RT]))


def levels(roles: Iterable[Role], say: Say) -> str:
    """`Kecamatan, Kelurahan, Ketua RW, Ketua RT`, from the top."""
    chosen = set(roles)
    return ", ".join(say(ROLES[role]) for role in BELOW if role in chosen)


def areas(regions: Iterable[tuple[str, str]], say: Say) -> str:
    """`Kecamatan Bogor Utara, Kelurahan Paledang`; the name alone for a whole city."""
    return ", ".join(region(code, name, say) for code, name in regions)


def region(code: str, name: str, say: Say) -> str:
    """`Kecamatan Bogor Utara`."""
    if len(code) == DISTRICT:
        return say("Kecamatan {nama}", nama=name)
    return say("Kelurahan {nama}", nama=name) if len(code) == VILLAGE else name


def from_whom(circular: Circular, say: Say) -> str:
    """`Nomor SE 460/88/2026, 18 Februari 2026. Dari: Pemerintah kota atau kabupaten.`"""
    return _heading(circular.number, circular.issued_on, circular.issuer, say)


def acknowledged(received: ReceivedCircular, say: Say) -> str:
    """What the officer has said of it, and when."""
    if received.passed_on_at is not None:
        day, clock = say.short_date(received.passed_on_at), say.clock(received.passed_on_at)
        return say("Anda menandai *sudah disampaikan* pada {tanggal} pukul {jam}.", tanggal=day, jam=clock)
    if received.read_at is not None:
        day, clock = say.short_date(received.read_at), say.clock(received.read_at)
        return say("Anda menandai *sudah dibaca* pada {tanggal} pukul {jam}.", tanggal=day, jam=clock)
    return say("Anda belum menandai edaran ini.")


def count(of: Count, say: Say) -> str:
    """`3 dari 5 sudah membaca, 1 sudah menyampaikan`; and who has no account."""
    told = say(
        "{baca} dari {semua} sudah membaca, {sampai} sudah menyampaikan",
        baca=say.number(of.read),
        semua=say.number(of.offices),
        sampai=say.number(of.passed_on),
    )
    if of.no_account:
        told += ", " + say("{n} belum punya akun", n=say.number(of.no_account))
    return told


def size(bytes_: int, say: Say) -> str:
    """`0,3 MB`, as people say it; never 0."""
    told = f"{max(bytes_ / 1_000_000, 0.1):.1f}"
    return f"{told if say.code == 'en' else told.replace('.', ',')} MB"


def told_of(facts: Facts, say: Say) -> str:
    """Telegram's news of a circular: what, from whom, the beginning of the text, and what to do."""
    text = str(plain(facts["text"])).strip()
    parts = [
        say("📄 *Edaran baru: {judul}*", judul=facts["title"]) + "\n" + _named(facts, say),
        f"{text}…" if facts["more"] else text,
        say("Tekan *Sudah dibaca* sesudah membaca, dan *Sudah disampaikan* sesudah memberi tahu yang di bawah Anda."),
    ]
    return "\n\n".join(part for part in parts if part)


def reminded_of(facts: Facts, say: Say) -> str:
    """Two days on, and nothing was pressed."""
    return "\n\n".join(
        (
            say("⏰ *Edaran ini menunggu Anda: {judul}*", judul=facts["title"]) + "\n" + _named(facts, say),
            say("Ketik /edaran untuk membacanya. Sudah dibaca? Tekan tombolnya."),
        )
    )


def withdrawn(facts: Facts, say: Say) -> str:
    """It no longer holds."""
    return "\n\n".join(
        (
            say("⚠️ *Edaran ini ditarik kembali: {judul}*", judul=facts["title"]) + "\n" + _named(facts, say),
            say("Jangan dipakai dan jangan disampaikan lagi. Sudah terlanjur? Beri tahu yang menerimanya dari Anda."),
        )
    )


def _named(facts: Facts, say: Say) -> str:
    return _heading(str(facts["number"]), date.fromisoformat(str(facts["issued_on"])), Issuer(facts["issuer"]), say)


def _heading(number: str, day: date, who: Issuer, say: Say) -> str:
    return say(
        "Nomor {nomor}, {tanggal}. Dari: {penerbit}.",
        nomor=number,
        tanggal=say.short_date(day),
        penerbit=issuer(who, say),
    )
