"""Fields of the desk's forms about places and sittings: a spot on the map, numbers of RW, an hour, a region."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from wtforms import Field, StringField, TimeField
from wtforms.validators import ValidationError

from salur.core.regions.position import LINK, NOWHERE, Position, position_in
from salur.core.regions.region import Region
from salur.web.context import services
from salur.web.guard import officer
from salur.words.language import N_

MOST_RW = 200
RUN = re.compile(r"(\d{1,3})(?:\s*(?:-|–|s/d)\s*(\d{1,3}))?")
Groups = Mapping[str, list[tuple[str, str]]]  # as WTForms takes choices in groups


class NumbersField(StringField):
    """Numbers of RW or RT, as people write them: `1-5, 7`. `numbers` are sorted, none twice."""

    numbers: tuple[int, ...] = ()

    def post_validate(self, form: object, validation_stopped: bool) -> None:  # noqa: FBT001  (wtforms's own)
        """Read them. Raises ValidationError."""
        found: set[int] = set()
        for part in re.split(r"[,;\s]+(?!-|–)", re.sub(r"\s*(-|–|s/d)\s*", "-", self.data or "").strip()):
            if not part:
                continue
            match = RUN.fullmatch(part)
            if match is None:
                raise ValidationError(N_("Tulis nomornya saja, misalnya 1-5, 7."))
            first, last = int(match[1]), int(match[2] or match[1])
            if not 0 < first <= last <= MOST_RW:
                raise ValidationError(N_("Nomor RT dan RW mulai dari 1, yang kecil lebih dulu."))
            found.update(range(first, last + 1))
        self.numbers = tuple(sorted(found))


class PositionField(StringField):
    """A spot, as two numbers or as a link to a map. `position` says where."""

    position: Position = NOWHERE

    def post_validate(self, form: object, validation_stopped: bool) -> None:  # noqa: FBT001  (wtforms's own)
        """Read it. Raises ValidationError."""
        self.position = position_in(self.data or "")
        if not self.position.clear:
            raise ValidationError(_why_unclear(self.data or ""))


class HourField(TimeField):
    """An hour; its own message when it cannot be read. Browsers without a field for it send `08.00` as it was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, or say how it is written."""
        try:
            super().process_formdata([value.strip().replace(".", ":") for value in valuelist])
        except ValueError:
            raise ValueError(N_("Jamnya belum bisa dibaca. Tulis seperti 08.00.")) from None


def hour(value: dt.time | None) -> str:
    """As a field shows it."""
    return value.strftime("%H:%M") if value else ""


def regions_to_choose() -> Groups:
    """The city, its kecamatan and their kelurahan, as groups of a select."""
    mine = officer()
    found: dict[str, list[tuple[str, str]]] = {"": [("", ""), (mine.territory.region_code, mine.region_name)]}
    villages: Mapping[Region, tuple[Region, ...]] = services().regions.villages(mine.territory.region_code)
    for district, inside in villages.items():
        whole = (district.code, f"Kecamatan {district.name}")
        found[district.name] = [whole, *((one.code, one.name) for one in inside)]
    return found


def first_error(field: Field) -> str:
    """The first thing that is wrong with a field; empty when nothing is."""
    return str(field.errors[0]) if field.errors else ""


def _why_unclear(text: str) -> str:
    from salur.words.payouts.places import PLACE_SLIPS

    short = LINK.match(text.strip()) and re.search(r"goo\.gl|/s/|maps\.app", text)
    return PLACE_SLIPS["short_link" if short else "no_position"]
