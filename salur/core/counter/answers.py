"""What is told at the counter: plain values for the doors."""

from __future__ import annotations

from dataclasses import dataclass, field

from salur.core.lookup.answers import OnTheList
from salur.core.officers.roles import Role

# Who sits where residents come to; and who may do without the name, for they feed the lists.
AT_THE_COUNTER = (Role.KELURAHAN, Role.KECAMATAN, Role.DINSOS)
BY_NUMBER_ALONE = frozenset({Role.DINSOS})


@dataclass(frozen=True, slots=True)
class Seen:
    """What lists say of whoever stands there, as far as they live in the officer's area.

    `closed`: the number may be shut for today, to strangers or to who missed it thrice.
    `key` opens it again, for a quarter of an hour.
    """

    answer: OnTheList
    closed: bool
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotSeen:
    """Not found together in this area. One value for an unknown number, a wrong name and somebody of elsewhere.

    `tries_left` goes by what this office tried before on that number.
    """

    tries_left: int
