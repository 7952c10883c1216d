"""How a day is told to whoever follows: when, where, and what to bring."""

from __future__ import annotations

from salur.core.following.answers import Day
from salur.words.language import Say, plain
from salur.words.lookup.answer import bring, bring_items

PAPERS, PAPERS_AT_HOME = ("letter", "ktp", "kk"), ("ktp", "kk")


def on_and_where(day: Day, say: Say) -> str:
    """Without emphasis and address, for what is over or one of several."""
    told = f"{say.date(day.starts)}, {_hours(day, say)}"
    return f"{told}, " + (say("di rumah") if day.at_home else say("di {tempat}", tempat=day.place))


def come(day: Day, say: Say) -> str:
    """Who comes to whom."""
    if day.at_home:
        return say("Petugas datang ke rumah: *{hari}*, {jam}.", hari=say.date(day.starts), jam=_hours(day, say))
    on, hours = say.date(day.starts), _hours(day, say)
    told = say("Ambil bantuan: *{hari}*, {jam}, di *{tempat}*.", hari=on, jam=hours, tempat=day.place)
    return told + (f" {plain(day.address)}." if day.address else "")


def papers(day: Day, say: Say) -> str:
    """What to bring, or to have at hand at home."""
    if day.at_home:
        return say("Siapkan") + ": " + ", ".join(bring_items(PAPERS_AT_HOME, say)) + "."
    return bring(PAPERS, say)


def before(was: Day, say: Say, day: Day | None = None) -> str:
    """What it was; with its address where that alone is another."""
    told = on_and_where(was, say)
    if day is not None and was.address and was._replace(address=day.address) == day:
        told += f", {was.address}"
    return say("Dulu: {jadwal}.", jadwal=told)


def called_off(was: Day, say: Say) -> str:
    """Which one is not held."""
    return say("Yang batal: {jadwal}.", jadwal=on_and_where(was, say))


def _hours(day: Day, say: Say) -> str:
    return say.hours(day.starts, day.ends)
