"""What an older Salur kept of its followers: it told two aids apart by initials alone, and so do its buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from salur.core.following.told import Aid, Told
from salur.core.lookup.answers import Entitlement
from salur.core.notices.answers import Facts


def as_called_now(kept: Facts, today: Told) -> tuple[Told, dict[str, str]]:
    """What was told, and of what was reminded, by what its aids are called `today`."""
    told, reminded = dict(kept["told"]), dict(kept["reminded"])
    older = [key for key, aid in told.items() if "over" not in aid]
    for key, aid in today.items():
        same = next((one for one in older if key not in told and _names(told[one]) == _names(aid)), None)
        if same is not None:
            older.remove(same)
            told[key] = told.pop(same)
            if same in reminded:
                reminded[key] = reminded.pop(same)
    return told, reminded


def by_initials(aids: Mapping[str, Entitlement]) -> dict[str, Entitlement]:
    """The same by what they were called, where that means one of them and no other."""
    called = {key: f"{said.programme} {said.period} {said.payee}" for key, said in aids.items()}
    of_one = {name for name, n in Counter(called.values()).items() if n == 1}
    return {name: aids[key] for key, name in called.items() if name in of_one}


def _names(aid: Aid) -> tuple[str, str, str]:
    return aid["programme"], aid["period"], aid["payee"]
