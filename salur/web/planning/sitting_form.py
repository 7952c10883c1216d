"""The form of a sitting: for whom, when, where; and of one that is moved or split."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from salur.core.payouts.answers import AnnouncedSitting, PlaceKind
from salur.core.payouts.planning.answers import Plan, PlanKind, WhenWhere, Whom
from salur.web.circulars.forms import CheckboxesField, DayField
from salur.web.context import services
from salur.web.guard import officer
from salur.web.planning.fields import HourField, NumbersField, regions_to_choose
from salur.web.planning.place_form import number_of
from salur.words.language import N_, Say
from salur.words.lists.uploads import parts_of_a_year
from salur.words.payouts.areas import in_brief

AT_HOME = "rumah"
PLAIN = {"autocomplete": "off"}
YEAR = N_("Tahunnya belum benar.")


class WhenForm(FlaskForm):
    """When and where; `draft` is an earlier draft of the same."""

    place = SelectField(N_("Tempat"), [DataRequired(N_("Pilih tempatnya."))], choices=[], validate_choice=False)
    date = DayField(N_("Hari"), [InputRequired(N_("Harinya belum diisi."))], render_kw=PLAIN)
    starts = HourField(N_("Dari jam"), [InputRequired(N_("Jam mulainya belum diisi."))], render_kw=PLAIN)
    ends = HourField(N_("Sampai jam"), [InputRequired(N_("Jam selesainya belum diisi."))], render_kw=PLAIN)
    deadline = DayField(N_("Hari terakhir pengambilan"), [Optional()], render_kw=PLAIN)
    draft = HiddenField()

    def validate_ends(self, field: HourField) -> None:
        """Raises ValidationError where it ends before it starts."""
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(N_("Jam selesainya harus sesudah jam mulai."))

    def offer(self, say: Say) -> None:
        """The places to choose from, under their regions."""
        groups: dict[str, list[tuple[str, str]]] = {"": [("", ""), (AT_HOME, say("Di rumah penerima"))]}
        for one in services().places.all(officer()):
            groups.setdefault(one.region_name, []).append((str(one.id), one.place.name))
        self.place.choices = groups

    def when(self) -> WhenWhere:
        """What was filled in; only after it was found right."""
        assert self.date.data
        assert self.starts.data
        assert self.ends.data
        place = None if self.place.data == AT_HOME else number_of(self.place.data)
        return WhenWhere(self.date.data, self.starts.data, self.ends.data, self.deadline.data, place)

    def propose(self, announced: AnnouncedSitting) -> None:
        """Show how a sitting stands."""
        sitting = announced.sitting
        at_home = sitting.place.kind is PlaceKind.HOME
        self.place.data = AT_HOME if at_home else str(sitting.place.id)
        self.date.data, self.deadline.data = sitting.starts.date(), sitting.deadline
        self.starts.data, self.ends.data = sitting.starts.time(), sitting.ends.time()

    def fill(self, plan: Plan, draft: int) -> None:
        """Show a draft again."""
        if plan.when is not None:
            when = plan.when
            self.place.data = AT_HOME if when.place is None else str(when.place)
            self.date.data, self.deadline.data = when.date, when.deadline
            self.starts.data, self.ends.data = when.starts, when.ends
        self.draft.data = str(draft)

    @property
    def earlier(self) -> int | None:
        """The earlier draft."""
        found = number_of(self.draft.data)
        return found if found > 0 else None


class NewForm(WhenForm):
    """A sitting that is announced."""

    programme = SelectField(N_("Program"), [DataRequired(N_("Pilih programnya."))], choices=[], validate_choice=False)
    year = IntegerField(
        N_("Tahun"), [InputRequired(YEAR), NumberRange(2000, 2099, YEAR)], render_kw={"inputmode": "numeric", **PLAIN}
    )
    part = SelectField(N_("Tahap atau bulan"), choices=[])
    region = SelectField(N_("Wilayah"), [DataRequired(N_("Pilih wilayahnya."))], choices=[], validate_choice=False)
    rw = NumbersField(N_("RW"), render_kw={"inputmode": "text", **PLAIN})
    rt = NumbersField(N_("RT"), render_kw={"inputmode": "text", **PLAIN})

    def validate_rt(self, field: NumbersField) -> None:
        """Raises ValidationError where nobody knows of which RW these RT are."""
        if (field.data or "").strip() and len(self.rw.numbers) != 1:
            raise ValidationError(N_("RT hanya untuk satu RW. Isi satu nomor RW dulu."))

    def offer(self, say: Say) -> None:
        """Also programmes, parts of a year and regions."""
        super().offer(say)
        self.programme.choices = [("", ""), *((one.code, one.name) for one in services().programmes.all())]
        self.part.choices = parts_of_a_year(say)
        self.region.choices = regions_to_choose()
        if self.year.data is None and not self.year.errors:
            self.year.data = services().clock().astimezone(services().settings.zone).year

    @property
    def period(self) -> str:
        """As `2026-T1`."""
        return f"{self.year.data}-{self.part.data}" if self.part.data else str(self.year.data)

    @property
    def whom(self) -> Whom:
        """For whom."""
        return Whom(self.region.data or "", self.rw.numbers, self.rt.numbers)

    def fill(self, plan: Plan, draft: int) -> None:
        """Also for whom, and of what."""
        super().fill(plan, draft)
        year, _, part = plan.period.partition("-")
        self.programme.data, self.year.data, self.part.data = plan.programme, int(year), part
        if plan.whom is not None:
            self.region.data = plan.whom.region_code
            self.rw.data, self.rt.data = (", ".join(map(str, numbers)) for numbers in (plan.whom.rws, plan.whom.rts))


class SplitForm(WhenForm):
    """Who comes at another time: of several areas those that are ticked, of one area by the numbers of RW or RT."""

    going = CheckboxesField(N_("Siapa yang dipindah?"), choices=[], validate_choice=False)
    staying_numbers = NumbersField(N_("Yang tetap"), render_kw=PLAIN)
    going_numbers = NumbersField(N_("Yang dipindah"), render_kw=PLAIN)

    def offer_areas(self, announced: AnnouncedSitting) -> None:
        """The areas to choose from, by their sittings' numbers."""
        self.going.choices = [(str(area.sitting), in_brief([area])) for area in announced.areas]

    @property
    def chosen(self) -> list[int]:
        """The sittings that are ticked."""
        return [number_of(one) for one in self.going.data or ()]

    @property
    def parts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Those that stay, and those that go."""
        return self.staying_numbers.numbers, self.going_numbers.numbers

    def fill(self, plan: Plan, draft: int) -> None:
        """Also who goes."""
        super().fill(plan, draft)
        self.going.data = [str(one) for one in plan.going]
        self.staying_numbers.data, self.going_numbers.data = (", ".join(map(str, part)) for part in plan.parts)


FORMS = {PlanKind.NEW: NewForm, PlanKind.MOVE: WhenForm, PlanKind.SPLIT: SplitForm}


def form_for(kind: PlanKind, say: Say, announced: AnnouncedSitting | None, *, anew: bool = False) -> WhenForm:
    """The form of a plan, with all that there is to choose; `anew`: whatever was sent."""
    form = FORMS[kind](formdata=None) if anew else FORMS[kind]()
    form.offer(say)
    if isinstance(form, SplitForm) and announced is not None:
        form.offer_areas(announced)
    return form
