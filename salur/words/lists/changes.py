"""What operators read before a list is published, and after: who comes and goes, by kelurahan and RW."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from salur.core.lists.answers import Change, Counts, Published, Reason
from salur.core.lists.kinds import Coverage, State, Unit
from salur.words.language import N_, Say
from salur.words.lists.counts import number, rw_name
from salur.words.lists.reasons import REASONS

NOTES_SHOWN = 10
WITHOUT_REASON = N_("tanpa alasan, atau dengan kata-kata kantor sendiri")
OF_STATE: Mapping[str, str] = {
    State.TAKEN_OFF: N_("dicoret"),
    State.SUSPENDED: N_("ditangguhkan"),
}
WHY_AGREE: Mapping[Reason, str] = {
    Reason.MANY_DROP_OUT: N_("Lebih dari sepersepuluh orang keluar dari daftar, seluruhnya atau di satu kelurahan."),
    Reason.PART: N_("Daftar ini hanya mencakup sebagian kelurahan: di RW atau RT lain tidak ada yang berubah."),
    Reason.PERIOD_OVER: N_("Periode daftar ini sudah lewat: warga tidak menunggu apa-apa lagi darinya."),
    Reason.OTHER_LAYOUT: N_(
        "Berkas ini tampak seperti berkas program lain ({program}), bukan program yang dipilih untuk daftar ini."
    ),
    Reason.RW_MISSING: N_(
        "Daftar ini mencakup seluruh kelurahan, tetapi ada RW yang tidak punya seorang pun lagi. Kalau berkasnya hanya"
        " untuk sebagian RW, impor lagi dengan --cakupan rw."
    ),
}


def whom_it_takes_off(states: Mapping[tuple[str, str | None], int], say: Say) -> list[str]:
    """How many are taken off or suspended, by reason."""
    return [
        "  "
        + say(
            "{jumlah} orang {keadaan}: {alasan}",
            jumlah=number(say, count),
            keadaan=say(OF_STATE[state]),
            alasan=say(REASONS.get(reason or "", WITHOUT_REASON)),
        )
        for (state, reason), count in sorted(states.items(), key=lambda item: (-item[1], str(item[0])))
    ]


def what_was_not_understood(notes: Sequence[tuple[str, int]], say: Say) -> list[str]:
    """Remarks that change nothing, with how often they stand there; long numbers in them are hidden."""
    if not notes:
        return []
    total = sum(count for _, count in notes)
    lines = [
        say("{jumlah} keterangan tidak mengubah apa pun; disimpan sebagai catatan kantor:", jumlah=number(say, total)),
        *(f"  {number(say, count)} × {_without_digits(note)}" for note, count in notes[:NOTES_SHOWN]),
    ]
    if len(notes) > NOTES_SHOWN:
        lines.append("  " + say("dan {jumlah} macam lain", jumlah=number(say, len(notes) - NOTES_SHOWN)))
    return lines


def what_it_covers(coverage: Coverage, units: Sequence[Unit], names: Mapping[str, str], say: Say) -> str:
    """The places a list speaks for."""
    by_region: dict[str, list[str]] = defaultdict(list)
    for code, rw, rt in units:
        by_region[code].append(f"RT {rt}/RW {rw}" if rt else f"RW {rw}" if rw else "")
    unknown = say("wilayah tidak diketahui")
    places = [
        f"{names.get(code, code) or unknown} {', '.join(filter(None, parts))}".strip()
        for code, parts in by_region.items()
    ]
    if coverage is Coverage.KELURAHAN:
        return say("Cakupan: seluruh kelurahan {tempat}.", tempat="; ".join(places))
    return say("Cakupan: hanya {tempat}.", tempat="; ".join(places))


def what_would_change(change: Change, notes: Sequence[tuple[str, int]], say: Say) -> list[str]:
    """All that an operator has to have seen before a list is published."""
    lines = [what_it_covers(change.coverage, change.units, change.names, say)]
    if change.replaces:
        lines.append(say("Menggantikan daftar {nomor}.", nomor=", ".join(map(str, change.replaces))))
    if change.in_part:
        nomor = ", ".join(map(str, change.in_part))
        lines.append(say("Menggantikan sebagian daftar {nomor}; sisanya tetap berlaku.", nomor=nomor))
    lines += _by_place(change, say)
    lines.append(_counts(say("Semua"), change.total, say))
    if change.without_number:
        jumlah = number(say, change.without_number)
        lines.append(say("{jumlah} orang tanpa NIK, KK, dan kode surat: tidak dapat dibandingkan.", jumlah=jumlah))
    if change.elsewhere:
        lines.append(say("{jumlah} orang tinggal di luar cakupan ini.", jumlah=number(say, change.elsewhere)))
    if change.total.doubled:
        lines.append(say("{jumlah} baris tercatat ganda di program ini.", jumlah=number(say, change.total.doubled)))
    lines.append(
        say("{jumlah} keluarga akan membaca jawaban lain daripada sekarang.", jumlah=number(say, change.total.families))
    )
    if change.states:
        lines += [say("Daftar ini mengubah keadaan orang:"), *whom_it_takes_off(change.states, say)]
    return (
        lines
        + what_was_not_understood(notes, say)
        + [say(WHY_AGREE[reason], program=change.looks_like or "") for reason in change.reasons]
    )


def _by_place(change: Change, say: Say) -> list[str]:
    lines = []
    for (code, name), counts in change.by_kelurahan().items():
        lines.append("  " + _counts(name or code or say("kelurahan tidak diketahui"), counts, say))
        rws = [place for place in change.places if place.region_code == code]
        if len(rws) > 1:
            lines += ["    " + _counts(rw_name(place.rw, say), place.counts, say) for place in rws]
    return lines


def _counts(place: str, counts: Counts, say: Say) -> str:
    return say(
        "{tempat}: {sebelum} → {sesudah} orang; {baru} baru, {keluar} keluar, {pindah} pindah,"
        " {nilai} berubah nilainya.",
        tempat=place,
        sebelum=number(say, counts.before),
        sesudah=number(say, counts.after),
        baru=number(say, counts.new),
        keluar=number(say, counts.dropped),
        pindah=number(say, counts.moved),
        nilai=number(say, counts.amount_changed),
    )


def what_was_published(done: Published, say: Say) -> list[str]:
    """That it is in force, and who came and went."""
    total = done.change.total
    lines = [
        say(
            "Daftar {nomor} berlaku: {orang} orang; {baru} baru, {keluar} keluar.",
            nomor=done.list,
            orang=number(say, done.people),
            baru=number(say, total.new),
            keluar=number(say, total.dropped),
        )
    ]
    if done.superseded:
        lines.append(say("Tidak berlaku lagi: daftar {nomor}.", nomor=", ".join(map(str, done.superseded))))
    lines.append(say("Untuk membatalkan: {perintah}", perintah=f"lists undo {done.list} --why …"))
    return lines


def _without_digits(note: str) -> str:
    return "".join("•" if char.isdigit() else char for char in note) if sum(map(str.isdigit, note)) > 8 else note
