"""The form in which Dinsos writes a circular. What is wrong with a field is a sentence that the templates say."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from salur.core.circulars.answers import LONGEST_TEXT, CircularDraft, Issuer
from salur.core.officers.roles import Role
from salur.words.circulars import ISSUERS
from salur.words.language import N_
from salur.words.officers.offices import ROLES

LONG = Length(max=200, message=N_("Tulisannya terlalu panjang."))
TO = (Role.KECAMATAN, Role.KELURAHAN, Role.RW, Role.RT)


class CheckboxesField(SelectMultipleField):
    """Several of a few, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DayField(DateField):
    """A date; its own message when it cannot be read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, or say how it is written."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(N_("Tanggalnya belum bisa dibaca. Pilih dari kalender.")) from None


class CircularForm(FlaskForm):
    """A circular as it is written; `draft` is the id of an earlier draft of it."""

    number = StringField(
        N_("Nomor edaran"),
        [DataRequired(N_("Nomor edaran belum diisi.")), LONG],
        render_kw={"maxlength": "200", "autocomplete": "off"},
    )
    issued_on = DayField(
        N_("Tanggal edaran"), [InputRequired(N_("Tanggal edaran belum diisi."))], render_kw={"autocomplete": "off"}
    )
    issuer = RadioField(
        N_("Yang menerbitkan"),
        [InputRequired(N_("Pilih siapa yang menerbitkan."))],
        choices=[SelectChoice(str(i), words) for i, words in ISSUERS.items()],
    )
    title = StringField(
        N_("Judul"),
        [DataRequired(N_("Judul belum diisi.")), LONG],
        render_kw={"maxlength": "200", "autocomplete": "off"},
    )
    text = TextAreaField(N_("Isi"), render_kw={"rows": "10", "maxlength": str(LONGEST_TEXT)})
    pdf = FileField(N_("PDF"), render_kw={"accept": "application/pdf,.pdf"})
    levels = CheckboxesField(N_("Siapa yang menerima"), choices=[SelectChoice(str(role), ROLES[role]) for role in TO])
    # Drawn by the template, under their kecamatan; the core knows which ones are of the city.
    areas = CheckboxesField(N_("Wilayah"), choices=[], validate_choice=False)
    public = BooleanField(N_("Tampilkan juga untuk umum"))
    draft = HiddenField()

    def fill(self, draft: CircularDraft, id: int) -> None:
        """Show an earlier draft again."""
        for name in ("number", "issued_on", "title", "text", "public"):
            self[name].data = getattr(draft, name)
        self.issuer.data = str(draft.issuer)
        self.levels.data = [str(role) for role in draft.levels]
        self.areas.data = list(draft.areas)
        self.draft.data = str(id)

    def as_draft(self) -> CircularDraft:
        """What was written; only after it was found right."""
        return CircularDraft(
            number=self.number.data or "",
            issued_on=self.issued_on.data,
            issuer=Issuer(self.issuer.data),
            title=self.title.data or "",
            text=(self.text.data or "").replace("\r\n", "\n"),
            public=bool(self.public.data),
            levels=tuple(Role(role) for role in self.levels.data or ()),
            areas=tuple(self.areas.data or ()),
        )

    @property
    def earlier(self) -> int | None:
        """The earlier draft."""
        found = self.draft.data or ""
        return int(found) if found.isascii() and found.isdecimal() and len(found) < 10 else None
