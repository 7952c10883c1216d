"""The form of a place."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import KeptPlace, PlaceFacts
from salur.web.planning.fields import PositionField, regions_to_choose
from salur.words.language import N_, Say
from salur.words.lookup.answer import PLACE_KINDS

LONG = Length(max=200, message=N_("Tulisannya terlalu panjang."))
PLAIN = {"autocomplete": "off", "spellcheck": "false"}
MANY = N_("Tulis jumlah keluarga, dari 1 sampai 5000.")


class PlaceForm(FlaskForm):
    """What an office says of a place; `seen` is how many steps were done with it when the form was made."""

    name = StringField(N_("Nama tempat"), [DataRequired(N_("Nama tempat belum diisi.")), LONG], render_kw=PLAIN)
    kind = SelectField(
        N_("Jenis tempat"),
        choices=[SelectChoice(str(kind), words) for kind, words in PLACE_KINDS.items() if kind is not PlaceKind.HOME],
    )
    region = SelectField(
        N_("Wilayah"), [DataRequired(N_("Pilih wilayah tempat ini."))], choices=[], validate_choice=False
    )
    street = StringField(N_("Alamat"), [LONG], render_kw=PLAIN)
    opening_hours = StringField(N_("Jam buka"), [LONG], render_kw=PLAIN)
    position = PositionField(N_("Letak di peta"), [Length(max=2000)], render_kw=PLAIN)
    per_hour = IntegerField(
        N_("Sanggup melayani berapa keluarga dalam satu jam?"),
        [Optional(), NumberRange(1, 5000, MANY)],
        render_kw={"inputmode": "numeric", **PLAIN},
    )
    agreed = BooleanField(N_("Sudah saya periksa"))
    seen = HiddenField()

    def offer(self) -> None:
        """The regions to choose from."""
        self.region.choices = regions_to_choose()

    def fill(self, kept: KeptPlace, say: Say) -> None:
        """Show what is known of a place."""
        facts = kept.facts
        self.name.data, self.kind.data, self.region.data = facts.name, str(facts.kind), facts.region_code
        self.street.data, self.opening_hours.data, self.per_hour.data = (
            facts.address,
            facts.opening_hours,
            facts.per_hour,
        )
        if facts.latitude is not None and facts.longitude is not None:
            self.position.data = f"{facts.latitude:.6f}, {facts.longitude:.6f}"
        self.seen.data = str(kept.seen)

    def facts(self, kept: KeptPlace | None = None) -> PlaceFacts:
        """What was filled in; a spot that was not changed stays as exact as it is."""
        latitude, longitude = self.position.position.latitude, self.position.position.longitude
        if kept is not None and latitude is not None and longitude is not None:
            known = kept.place
            if known.latitude is not None and f"{known.latitude:.6f}" == f"{latitude:.6f}":
                latitude = known.latitude
            if known.longitude is not None and f"{known.longitude:.6f}" == f"{longitude:.6f}":
                longitude = known.longitude
        return PlaceFacts(
            name=_squeezed(self.name.data) or "",
            kind=PlaceKind(self.kind.data),
            region_code=self.region.data or "",
            address=_squeezed(self.street.data),
            latitude=latitude,
            longitude=longitude,
            opening_hours=_squeezed(self.opening_hours.data),
            per_hour=self.per_hour.data,
        )

    @property
    def steps_seen(self) -> int:
        """How many steps were known; -1, which is never right, for anything that is no number."""
        return number_of(self.seen.data)


def number_of(text: str | None) -> int:
    """A number that a form carries; -1 for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _squeezed(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
