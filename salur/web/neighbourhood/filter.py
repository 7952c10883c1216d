"""The filter of a list, read from an address or a form, and written back into addresses.

A part of a name is read from forms only, and never written into an address: addresses stand in logs and histories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from salur.core.names.typed import part_of_name
from salur.core.neighbourhood.answers import Filter, LineState, Sort
from salur.web.context import LAST_PAGE

PATH = "/wilayah"
NAME_LENGTH = 60
NOT_COLLECTED = "belum"  # what `keadaan` says for those who have not collected; else it is a LineState
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """What was asked for. `slip`: what was typed as a name is none. No `repr`: it may hold a name."""

    filter: Filter
    page: int
    slip: bool = False

    @classmethod
    def in_address(cls, fields: MultiDict[str, str]) -> Self:
        """From an address. Whatever is no value of a field is left out."""
        return cls(_filter(fields, ""), _number(_last(fields, "hal"), LAST_PAGE) or 1)

    @classmethod
    def in_form(cls, fields: MultiDict[str, str]) -> Self:
        """From a form, where a button's own value comes after that of a hidden field of the same name."""
        typed = " ".join(_last(fields, "nama").split())[:NAME_LENGTH]
        # Digits are no part of a name: they may be a NIK, so they are not even shown again.
        name = part_of_name(typed) if typed else ""
        return cls(_filter(fields, name), _number(_last(fields, "hal"), LAST_PAGE) or 1, name is None)

    @property
    def fields(self) -> dict[str, str]:
        """The filter as fields, without the name; those that narrow nothing are left out."""
        f = self.filter
        told = {
            "kelurahan": f.kelurahan,
            "rw": f.rw,
            "rt": f.rt,
            "program": f.programme,
            "keadaan": NOT_COLLECTED if f.not_collected else f.state,
            "antar": 1 if f.home_delivery else None,
            "urut": None if f.sort is Sort.RT else f.sort,
        }
        return {name: str(value) for name, value in told.items() if value is not None}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the kelurahan and the order is asked for."""
        return self.filter.is_search or bool(self.fields.keys() - {"kelurahan", "urut"})

    def address(self, **changes: object) -> str:
        """The address of the same list with other values of some fields; an empty value takes a field away."""
        return address({**self.fields, **{name: str(value) for name, value in changes.items()}})

    @property
    def here(self) -> str:
        """The address of this very page of the list."""
        return self.address(**self._page)

    def of_person(self, entitlement: int) -> str:
        """Where someone of this page is marked; from there it leads back to this page."""
        return address({**self.fields, **self._page}, f"{PATH}/tandai/{entitlement}")

    @property
    def _page(self) -> dict[str, str]:
        return {"hal": str(self.page)} if self.page > 1 else {}

    @property
    def cleared(self) -> str:
        """The address of the whole list."""
        return address({name: value for name, value in self.fields.items() if name in ("kelurahan", "urut")})


def address(fields: Mapping[str, str], path: str = PATH) -> str:
    """The address of a list, or of what belongs to it."""
    told = {name: value for name, value in fields.items() if value}
    return f"{path}?{urlencode(told)}" if told else path


def _filter(fields: MultiDict[str, str], name: str | None) -> Filter:
    state = _last(fields, "keadaan")
    return Filter(
        kelurahan=_last(fields, "kelurahan")[:20] or None,
        rw=_number(_last(fields, "rw"), 999),
        rt=_number(_last(fields, "rt"), 999),
        programme=_last(fields, "program")[:40] or None,
        state=_choice(LineState, state),
        not_collected=state == NOT_COLLECTED,
        home_delivery=_last(fields, "antar") == "1",
        name=name,
        sort=_choice(Sort, _last(fields, "urut")) or Sort.RT,
    )


def _last(fields: MultiDict[str, str], name: str) -> str:
    found = fields.getlist(name)
    return found[-1].strip() if found else ""


def _number(text: str, most: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most else None


def _choice(options: type[Choice], text: str) -> Choice | None:
    return next((option for option in options if option == text), None)
