"""What may be marked about a person of a list, and the life of such a mark."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from salur.core.officers.roles import Role

NOTE_LENGTH = 300  # characters


class MarkKind(StrEnum):
    """What a head knows of a person that the list does not."""

    DIED = "died"
    MOVED_AWAY = "moved_away"  # out of the kelurahan
    MOVED_INSIDE = "moved_inside"  # to another RT or RW of it
    UNKNOWN = "unknown"  # nobody there knows them
    NOT_IN_NEED = "not_in_need"
    OTHER_AID = "other_aid"
    HOME_DELIVERY = "home_delivery"  # cannot come to collect; with a CareReason


class CareReason(StrEnum):
    """Why someone cannot come. Data about health: kept in the sealed note only."""

    ELDERLY = "elderly"
    SICK = "sick"
    DISABLED = "disabled"


class MarkState(StrEnum):
    """Where a mark stands; the newest event says it."""

    OPEN = "open"
    CONFIRMED = "confirmed"  # by a level above; it goes on up
    HANDLED = "handled"
    TAKEN_BACK = "taken_back"


class Outcome(StrEnum):
    """What came of a mark."""

    LIST_CORRECTED = "list_corrected"  # the next list will have it right
    NO_CHANGE = "no_change"


class Step(StrEnum):
    """What happens to a mark."""

    MADE = "made"
    TAKEN_BACK = "taken_back"
    CONFIRMED = "confirmed"
    HANDLED = "handled"


# Not handled and not taken back.
STANDING = (MarkState.OPEN, MarkState.CONFIRMED)
STATE_AFTER: Mapping[Step, MarkState] = MappingProxyType(
    {
        Step.MADE: MarkState.OPEN,
        Step.CONFIRMED: MarkState.CONFIRMED,
        Step.TAKEN_BACK: MarkState.TAKEN_BACK,
        Step.HANDLED: MarkState.HANDLED,
    }
)
MAKERS = (Role.RT, Role.RW, Role.KELURAHAN)
CONFIRMERS = (Role.KELURAHAN, Role.KECAMATAN)
READERS = (*MAKERS, Role.KECAMATAN, Role.DINSOS)


def may_handle(role: Role, kind: MarkKind) -> bool:
    """Dinas Sosial closes every mark; the kelurahan those that need no new list: it sends someone to the house."""
    return role is Role.DINSOS or (role is Role.KELURAHAN and kind is MarkKind.HOME_DELIVERY)
