"""Whom a sitting is for, as people say it: `RW 001–005, RW 007 RT 001–002`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from salur.core.payouts.answers import Area


def in_brief(areas: Iterable[Area], *, named: bool = True) -> str:
    """The areas, those beside each other as one; `named`: with their kelurahan. Empty for a whole one that is not."""
    told = []
    by_region: dict[str, list[Area]] = {}
    for area in areas:
        by_region.setdefault(area.region_name, []).append(area)
    for name, inside in by_region.items():
        parts = ", ".join(_parts(inside))
        told.append(" ".join(part for part in (name if named else "", parts) if part))
    return ", ".join(part for part in told if part)


def _parts(areas: Iterable[Area]) -> Iterator[str]:
    """Of one kelurahan: its RW, then the RT of others, unless all of it is meant."""
    rws: dict[int, set[int]] = {}
    for area in areas:
        if area.rw is None:
            return
        rws.setdefault(area.rw, set()).add(area.rt or 0)
    if whole := sorted(rw for rw, rts in rws.items() if 0 in rts):
        yield f"RW {_ranges(whole)}"
    yield from (f"RW {rw:03} RT {_ranges(sorted(rts))}" for rw, rts in sorted(rws.items()) if 0 not in rts)


def _ranges(numbers: list[int]) -> str:
    """`001–005, 007`, of numbers in their order."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]:03}" if len(run) == 1 else f"{run[0]:03}–{run[-1]:03}" for run in runs)
