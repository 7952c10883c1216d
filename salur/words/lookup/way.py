"""How far an aid has come, in words: *terdaftar → dijadwalkan → dibayar*, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from salur.core.lookup.answers import Step, Way
from salur.words.language import N_, Say

STEPS: Mapping[Step, str] = MappingProxyType(
    {
        Step.LISTED: N_("terdaftar"),
        Step.SCHEDULED: N_("dijadwalkan"),
        Step.PAID: N_("dibayar"),
        Step.RETURNED: N_("dikembalikan"),
        Step.FAILED: N_("tidak berhasil dibayar"),
        Step.HALTED: N_("dihentikan sementara"),
        Step.TAKEN_OFF: N_("tidak terdaftar lagi"),
        Step.UNCLEAR: N_("belum pasti"),
    }
)


class Stage(NamedTuple):
    """A step as it is shown: `place` is `done`, `here` or `ahead`, and `told` says that in a word."""

    words: str
    place: str
    told: str


def stages(way: Way, say: Say) -> tuple[Stage, ...]:
    """The steps in their order, each with where it lies from here."""
    here = way.steps.index(way.present)
    return tuple(_stage(step, position - here, say) for position, step in enumerate(way.steps))


def in_a_line(way: Way, say: Say) -> str:
    """`terdaftar ✓ → *dijadwalkan* (di sini) → dibayar`"""
    told = []
    for stage in stages(way, say):
        if stage.place == "here":
            told.append(f"*{stage.words}* ({stage.told})")
        else:
            told.append(f"{stage.words} ✓" if stage.place == "done" else stage.words)
    return " → ".join(told)


def _stage(step: Step, distance: int, say: Say) -> Stage:
    words = say(STEPS[step])
    if distance == 0:
        return Stage(words, "here", say("selesai") if step is Step.PAID else say("di sini"))
    return Stage(words, "done", say("sudah")) if distance < 0 else Stage(words, "ahead", say("belum"))
