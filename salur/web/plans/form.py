"""The form of a plan: the round, whose families, and the sittings; and what makes many sittings at once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wtforms import FieldList, Form, FormField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from salur.core.payouts.places.answers import KeptPlace
from salur.core.payouts.spreading.answers import Pattern, RoundToPlan, WantedSitting, Wish
from salur.core.regions.search import squeeze
from salur.web.circulars.forms import CheckboxesField, DayField
from salur.web.planning.fields import HourField
from salur.web.planning.place_form import number_of
from salur.web.planning.sitting_form import AT_HOME
from salur.words.language import N_, Say
from salur.words.payouts.spreading import WEEKDAYS, round_label

PLAIN = {"autocomplete": "off"}
COUNT = {"inputmode": "numeric", **PLAIN}
NO_DAY, NO_HOUR = N_("Harinya belum diisi."), N_("Jamnya belum diisi.")
FAMILIES = N_("Tulis jumlah keluarga, dari 1 sampai 5000.")
OFFICERS = N_("Tulis jumlah petugas, dari 1 sampai 200.")
ENDS_LATER = N_("Jam selesainya harus sesudah jam mulai.")
MOST_OPTIONS = 6000  # places to choose from, in all rows together


class KelurahanField(StringField):
    """Names or codes of kelurahan, separated by commas; nothing means all. `codes` are what they mean."""

    codes: tuple[str, ...] = ()
    known: Mapping[str, str] = {}  # names by code

    def post_validate(self, form: object, validation_stopped: bool) -> None:  # noqa: FBT001  (wtforms's own)
        """Read them. Raises ValidationError."""
        found = []
        for part in filter(None, (piece.strip() for piece in re.split(r"[,;\n]", self.data or ""))):
            meant = [code for code, name in self.known.items() if part == code or squeeze(part) == squeeze(name)]
            if len(meant) != 1:
                raise ValidationError(
                    N_("Ada nama yang bukan satu kelurahan di sini. Pisahkan dengan koma, atau tulis kodenya.")
                )
            found += meant
        self.codes = tuple(dict.fromkeys(found))


class RowForm(Form):
    """One sitting."""

    place = SelectField(N_("Tempat"), [DataRequired(N_("Pilih tempatnya."))], choices=[], validate_choice=False)
    date = DayField(N_("Hari"), [InputRequired(NO_DAY)], render_kw=PLAIN)
    starts = HourField(N_("Dari jam"), [InputRequired(NO_HOUR)], render_kw=PLAIN)
    ends = HourField(N_("Sampai jam"), [InputRequired(NO_HOUR)], render_kw=PLAIN)
    per_hour = IntegerField(
        N_("Keluarga per jam"), [InputRequired(FAMILIES), NumberRange(1, 5000, FAMILIES)], render_kw=COUNT
    )
    officers = IntegerField(N_("Petugas"), [InputRequired(OFFICERS), NumberRange(1, 200, OFFICERS)], render_kw=COUNT)
    regions = KelurahanField(N_("Hanya untuk kelurahan"), render_kw=PLAIN)

    def wanted(self) -> WantedSitting | None:
        """What it says; None where it cannot be read."""
        day, starts, ends = self.date.data, self.starts.data, self.ends.data
        if not (day and starts and ends and self.per_hour.data and self.officers.data and self.place.data):
            return None
        place = None if self.place.data == AT_HOME else number_of(self.place.data)
        return WantedSitting(place, day, starts, ends, self.per_hour.data, self.officers.data, self.regions.codes)


class PlanForm(Form):
    """All of it. `instead`: the draft whose place the plan takes."""

    round = SelectField(
        N_("Program dan tahap"), [DataRequired(N_("Pilih program dan tahapnya."))], choices=[], validate_choice=False
    )
    areas = CheckboxesField(
        N_("Wilayah"), [DataRequired(N_("Pilih paling sedikit satu kelurahan."))], choices=[], validate_choice=False
    )
    deadline = DayField(N_("Hari terakhir pengambilan"), [Optional()], render_kw=PLAIN)
    rows = FieldList(FormField(RowForm))
    instead = HiddenField()

    def offer(
        self, rounds: tuple[RoundToPlan, ...], places: tuple[KeptPlace, ...], names: Mapping[str, str], say: Say
    ) -> None:
        """What there is to choose. Where rows and places are too many, a row offers those that are in use."""
        labels = [(f"{one.programme}|{one.period}", round_label(one, say)) for one in rounds]
        self.round.choices = [("", ""), *labels]
        used = {row.form.place.data for row in self.rows}
        few = len(self.rows) * len(places) <= MOST_OPTIONS
        offered = [one for one in places if few or str(one.id) in used]
        groups: dict[str, list[tuple[str, str]]] = {"": [("", ""), (AT_HOME, say("Di rumah penerima"))]}
        for one in offered:
            groups.setdefault(one.region_name, []).append((str(one.id), one.place.name))
        for row in self.rows:
            row.form.place.choices = groups
            row.form.regions.known = names

    def wish(self) -> Wish:
        """What was filled in; only after it was found right."""
        programme, _, period = (self.round.data or "").partition("|")
        sittings = tuple(wanted for row in self.rows if (wanted := row.form.wanted()) is not None)
        return Wish(programme, period, tuple(self.areas.data or ()), sittings, self.deadline.data)

    @property
    def room(self) -> int:
        """How many families the rows have room for, as far as they can be read."""
        return sum(self.room_of(row) or 0 for row in self.rows)

    @staticmethod
    def room_of(row: FormField[RowForm]) -> int | None:
        """How many one row has room for; None where it cannot be read."""
        wanted = row.form.wanted()
        return wanted.capacity if wanted is not None and wanted.starts < wanted.ends else None

    @property
    def earlier(self) -> int | None:
        """The draft that it takes the place of."""
        found = number_of(self.instead.data)
        return found if found > 0 else None


class PatternForm(Form):
    """What makes many rows at once."""

    places = CheckboxesField(
        N_("Di mana?"), [DataRequired(N_("Pilih paling sedikit satu tempat."))], choices=[], validate_choice=False
    )
    first = DayField(N_("Hari pertama"), [InputRequired(NO_DAY)], render_kw=PLAIN)
    last = DayField(N_("Hari terakhir"), [InputRequired(NO_DAY)], render_kw=PLAIN)
    weekdays = CheckboxesField(
        N_("Pada hari apa?"),
        [DataRequired(N_("Pilih paling sedikit satu hari."))],
        choices=[SelectChoice(str(number), name) for number, name in enumerate(WEEKDAYS)],
    )
    morning_starts = HourField(N_("Pagi dari jam"), [Optional()], render_kw=PLAIN)
    morning_ends = HourField(N_("Pagi sampai jam"), [Optional()], render_kw=PLAIN)
    afternoon_starts = HourField(N_("Siang dari jam"), [Optional()], render_kw=PLAIN)
    afternoon_ends = HourField(N_("Siang sampai jam"), [Optional()], render_kw=PLAIN)
    per_hour = IntegerField(
        N_("Keluarga per jam, untuk satu petugas"),
        [InputRequired(FAMILIES), NumberRange(1, 5000, FAMILIES)],
        render_kw=COUNT,
    )
    visits = IntegerField(
        N_("Rumah per kunjungan, untuk satu petugas"),
        [InputRequired(FAMILIES), NumberRange(1, 5000, FAMILIES)],
        render_kw=COUNT,
    )
    officers = IntegerField(
        N_("Petugas di setiap tempat"), [InputRequired(OFFICERS), NumberRange(1, 200, OFFICERS)], render_kw=COUNT
    )
    only = KelurahanField(N_("Hanya untuk kelurahan"), render_kw=PLAIN)

    def offer(self, places: tuple[KeptPlace, ...], names: Mapping[str, str], say: Say) -> None:
        """The places, and that there are visits at home."""
        known = [(str(one.id), f"{one.place.name}, {one.region_name}") for one in places]
        self.places.choices = [(AT_HOME, say("Di rumah penerima, untuk yang perlu diantar")), *known]
        self.only.known = names

    def validate(self, extra_validators: object = None) -> bool:
        """Also whether hours are told at all, both of a pair, and in their order."""
        good = bool(super().validate())
        pairs = ((self.morning_starts, self.morning_ends), (self.afternoon_starts, self.afternoon_ends))
        for starts, ends in pairs:
            if starts.errors or ends.errors:
                continue
            nothing = not any(field.data for pair in pairs for field in pair)
            if nothing or (starts.data is None) != (ends.data is None):
                ends.errors, good = [NO_HOUR], False
            elif starts.data and ends.data <= starts.data:
                ends.errors, good = [ENDS_LATER], False
            if nothing:
                break
        return good

    def pattern(self) -> Pattern:
        """What was filled in; only after it was found right."""
        assert self.first.data
        assert self.last.data
        pairs = (
            (self.morning_starts.data, self.morning_ends.data),
            (self.afternoon_starts.data, self.afternoon_ends.data),
        )
        return Pattern(
            places=tuple(None if one == AT_HOME else number_of(one) for one in self.places.data or ()),
            first=self.first.data,
            last=self.last.data,
            weekdays=frozenset(int(one) for one in self.weekdays.data or ()),
            hours=tuple((starts, ends) for starts, ends in pairs if starts and ends),
            per_hour=self.per_hour.data or 1,
            visits=self.visits.data or 1,
            officers=self.officers.data or 1,
            regions=self.only.codes,
        )
