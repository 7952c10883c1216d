"""What Dinas Sosial reads of one person of a list: how they stand, what became of the money, what is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.dossier.answers import ListEntry
from salur.core.lists.answers import Corrected
from salur.core.lists.corrections.kinds import Wanted
from salur.core.lists.kinds import REASONS, State
from salur.core.payouts.answers import PaymentState
from salur.words.language import N_, Say
from salur.words.lists import reasons

STATES: Mapping[State, str] = MappingProxyType(
    {
        State.ENTITLED: N_("terdaftar"),
        State.GROUP: N_("terdaftar (kelompok)"),
        State.SUSPENDED: N_("ditangguhkan"),
        State.TAKEN_OFF: N_("dicoret"),
    }
)
TO_CHOOSE = (State.ENTITLED, State.SUSPENDED, State.TAKEN_OFF)
PAID: Mapping[PaymentState, str] = MappingProxyType(
    {
        PaymentState.DUE: N_("belum dibayar"),
        PaymentState.PAID: N_("sudah dibayar"),
        PaymentState.RETURNED: N_("dikembalikan"),
        PaymentState.FAILED: N_("gagal dibayar"),
    }
)


def state(which: State, say: Say) -> str:
    """`terdaftar`."""
    return say(STATES[which])


def stands(entry: ListEntry | Wanted, say: Say) -> str:
    """`dicoret: tercatat sudah pindah alamat`."""
    return _with_reason(entry.state, entry.reason, say)


def amount(rupiah: int | None, say: Say) -> str:
    """`Rp600.000`, or that the list does not say."""
    return say("tidak ditulis") if rupiah is None else say.rupiah(rupiah)


def paid(entry: ListEntry, say: Say) -> str:
    """`sudah dibayar, 12 Feb 2026, Kantor Pos Bogor`."""
    parts = [say(PAID[entry.paid or PaymentState.DUE])]
    if entry.paid_on is not None:
        parts.append(say.short_date(entry.paid_on))
    if entry.paid_at:
        parts.append(entry.paid_at)
    return ", ".join(parts)


def reason_choices(say: Say) -> list[tuple[str, str]]:
    """The reasons an office chooses among, with what the resident reads."""
    return [(code, say(reasons.REASONS[code])) for code in REASONS]


def changes(row: Corrected, say: Say) -> list[tuple[str, str, str]]:
    """What a correction changes of one person: of each thing its name, before, after."""
    after, before = row.after, row.before
    if before is None:
        return [
            (say("Keadaan"), say("belum ada di daftar"), stands(after, say)),
            (say("Jumlah"), "", amount(after.amount, say)),
        ]
    told = [
        (say("Nama"), before.name, after.name),
        (say("Keadaan"), stands(before, say), stands(after, say)),
        (say("Jumlah"), amount(before.amount, say), amount(after.amount, say)),
    ]
    return [one for one in told if one[1] != one[2]]


def _with_reason(state: State, reason: str | None, say: Say) -> str:
    if state not in (State.SUSPENDED, State.TAKEN_OFF) or not reason:
        return say(STATES[state])
    return f"{say(STATES[state])}: {say(reasons.REASONS[reason]) if reason in reasons.REASONS else reason}"
