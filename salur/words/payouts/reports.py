"""What operators read of reports of payments on the site: how they stand, what they change, and why one was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from salur.core.errors import Refused
from salur.core.payouts.answers import Candidate, Choice, FileState, NotUsed, PaymentState, PayoutFile, RoundTotals
from salur.words.language import N_, Say
from salur.words.lists import refusals
from salur.words.lists.counts import number
from salur.words.lists.drafts import LEFT_OUT
from salur.words.payouts.files import FILE_STATES
from salur.words.payouts.reasons import USED, why

_LEFT_OUT: Mapping[str, str] = {str(reason): words for reason, words in LEFT_OUT.items()}
SIGNS: Mapping[FileState, str] = {FileState.DRAFT: "◌", FileState.PUBLISHED: "●", FileState.UNDONE: "▲"}
STATES: Mapping[PaymentState, str] = {
    PaymentState.PAID: N_("dibayar"),
    PaymentState.RETURNED: N_("dikembalikan"),
    PaymentState.FAILED: N_("gagal dibayar"),
}
DONE: Mapping[str, str] = {
    "pilih": N_("Tercatat."),
    "terbit": N_("Terbit. Warga sudah dapat melihatnya."),
    "batal": N_("Dibatalkan. Keadaan sebelumnya berlaku lagi."),
}
REFUSALS: Mapping[str, str] = {
    "changed_since": N_(
        "Sesudah laporan ini dibaca, ada daftar, jadwal, atau laporan lain yang terbit. Buang konsep ini, lalu unggah"
        " lagi berkasnya supaya dicocokkan dengan yang berlaku sekarang."
    ),
    "chosen_already": N_("Baris itu sudah ditentukan."),
    "no_such_choice": N_("Baris itu tidak ada lagi, atau orangnya bukan salah satu pilihannya."),
    "nobody_chosen": N_("Pilih dulu siapa yang dimaksud, atau bukan salah satunya."),
    "reported_twice": N_("Uang orang itu sudah disebut baris lain di laporan ini."),
    "file_gone": N_("Berkasnya tidak disimpan lagi. Unggah lagi berkasnya."),
    "file_imported_before": N_(
        "Berkas ini sudah pernah masuk sebagai laporan {file} ({state}). Tidak ada yang berubah."
    ),
    "file_not_a_draft": N_("Laporan {file} bukan konsep lagi ({state}). Hanya konsep yang dapat diterbitkan."),
    "no_list": N_("Tidak ada daftar {programme} yang berlaku untuk {period}."),
    "not_payments": N_("Berkas ini tidak mengatakan siapa yang sudah dibayar. Itu bukan laporan pembayaran."),
    "nothing_fits": N_(
        "Tidak ada baris yang dapat dipakai. Tidak ada yang ditulis. Unduh baris-barisnya untuk tahu sebabnya."
    ),
    "round_missing": N_("Pilih dulu program dan periodenya."),
    "no_header": N_(
        "Tidak ada baris dengan nama kolom yang dikenal. Laporan perlu kolom kode surat, NIK, atau KK, dan kolom yang"
        " mengatakan uangnya sudah dibayar atau belum."
    ),
    "undo_first": N_("Laporan {file} terbit kemudian dan memakai yang ini. Batalkan dulu laporan itu."),
    "undone_already": N_("Laporan {file} sudah dibatalkan."),
}


def state(which: FileState, say: Say) -> str:
    """`konsep`, `berlaku`, `dibatalkan`, with a sign before it that says it without colour."""
    return f"{SIGNS[which]} {say(FILE_STATES[which])}"


def why_not(refused: Refused | str, facts: Mapping[str, object], say: Say) -> str:
    """The sentence for a refusal or its code."""
    code = refused if isinstance(refused, str) else refused.code
    if code not in REFUSALS:
        return refusals.why_not(code, facts, say)
    told = dict(facts)
    if "state" in told:
        told["state"] = say(FILE_STATES[FileState(str(told["state"]))])
    if "period" in told:
        told["period"] = say.period(str(told["period"]))
    return say(REFUSALS[code], **told)


def reason(code: str, say: Say) -> str:
    """Why a row is of no use."""
    return say(_LEFT_OUT[code]) if code in _LEFT_OUT else why(code, say)


def asked(choice: Choice, say: Say) -> str:
    """What a row says that may mean one of several: `Baris 12: dibayar, 15 Januari 2026, Rp600.000`."""
    told = [say(STATES[choice.state])]
    told += [say.short_date(choice.on)] if choice.on else []
    told += [say.rupiah(choice.amount)] if choice.amount is not None else []
    return say("Baris {nomor}: {isi}", nomor=choice.row, isi=", ".join(told))


def person(one: Candidate, say: Say) -> str:
    """`SITI AMINAH, RT 003/RW 005, Tegal Gundil, lahir 1985`."""
    told = [one.name, f"RT {one.rt:03}/RW {one.rw:03}" if one.rt and one.rw else "", one.kelurahan or ""]
    told.append(say("lahir {tahun}", tahun=one.birth_year) if one.birth_year else say("tahun lahir tidak tercatat"))
    return ", ".join(filter(None, told))


def by_hand(choices: Sequence[Choice], say: Say) -> str | None:
    """How many of the rows that are used were matched by somebody; None where none was."""
    count = sum(choice.chosen is not None for choice in choices)
    return say("{jumlah} baris di antaranya dicocokkan dengan tangan.", jumlah=number(say, count)) if count else None


def reasons(not_used: Sequence[NotUsed], say: Say) -> list[tuple[str, int, bool]]:
    """Each reason with the number of its rows, and whether something is wrong with them; the most frequent first."""
    counted = Counter((line.code, line.refused) for line in not_used)
    return [(reason(code, say), count, refused) for (code, refused), count in counted.most_common()]


def used(file: PayoutFile, say: Say) -> str:
    """`12 dibayar, 3 dikembalikan`."""
    return ", ".join(say(USED[what], jumlah=number(say, count)) for what, count in file.counts.items() if count)


def rows_add_up(file: PayoutFile, say: Say) -> str:
    """The rows of the file against those that are used and those that are not."""
    return say(
        "Baris di berkas: {isi} = {dipakai} dipakai + {sisa} tidak dipakai.",
        isi=number(say, file.rows),
        dipakai=number(say, sum(file.counts.values())),
        sisa=number(say, len(file.not_used)),
    )


def rupiah_adds_up(file: PayoutFile, say: Say) -> str | None:
    """The same of rupiah; None where the file names no amounts."""
    if not file.rupiah.get("in"):
        return None
    return say(
        "Nilai di berkas: {isi} = {dipakai} dipakai + {sisa} tidak dipakai.",
        isi=say.rupiah(file.rupiah["in"]),
        dipakai=say.rupiah(file.rupiah["used"]),
        sisa=say.rupiah(file.rupiah["not_used"]),
    )


def totals_add_up(totals: RoundTotals, say: Say) -> str:
    """The lists in force against the sums of kelurahan."""
    facts = {
        "orang": number(say, totals.listed),
        "nilai": say.rupiah(totals.listed_rupiah),
        "jumlah": number(say, totals.total.all_people),
        "rupiah": say.rupiah(totals.total.all_rupiah),
    }
    if totals.agrees:
        return say("Daftar: {orang} orang, {nilai}. Jumlah semua kelurahan sama.", **facts)
    return say("Daftar: {orang} orang, {nilai}. Jumlah semua kelurahan lain: {jumlah} orang, {rupiah}.", **facts)
