"""What an operator fills in: the facts of a list, and what its columns are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from salur.core.errors import Refused
from salur.core.lists.kinds import Coverage
from salur.core.uploads.answers import Findings, Upload
from salur.web.circulars.forms import DayField
from salur.words.language import N_, Say
from salur.words.lists.uploads import COVERAGES, parts_of_a_year

LONG = Length(max=200, message=N_("Tulisannya terlalu panjang."))
YEAR = N_("Tahunnya belum benar.")


class FactsForm(FlaskForm):
    """What a list is, asked once and proposed by the file."""

    programme = SelectField(N_("Program"), choices=[], validate_choice=False)
    year = IntegerField(
        N_("Tahun"),
        [InputRequired(YEAR), NumberRange(2000, 2100, YEAR)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    part = SelectField(N_("Tahap atau bulan"), choices=[])
    decree = StringField(
        N_("Nomor surat keputusan"),
        [DataRequired(N_("Nomor surat keputusan kosong.")), LONG],
        render_kw={"autocomplete": "off"},
    )
    issued_on = DayField(
        N_("Tanggal surat keputusan"),
        [InputRequired(N_("Tanggal surat keputusan kosong."))],
        render_kw={"autocomplete": "off"},
    )
    issuer = StringField(
        N_("Penerbit"), [DataRequired(N_("Penerbit surat keputusan kosong.")), LONG], render_kw={"autocomplete": "off"}
    )
    coverage = SelectField(
        N_("Cakupan"),
        choices=[
            SelectChoice("", N_("Menurut isi berkas")),
            *(SelectChoice(str(one), words) for one, words in COVERAGES.items()),
        ],
    )
    states = BooleanField(N_("Sudah saya periksa siapa yang dicoret atau ditangguhkan"))
    holds = RadioField(
        N_("Mana yang benar?"),
        [Optional()],
        choices=[SelectChoice("form", N_("Isian saya")), SelectChoice("file", N_("Berkasnya"))],
        validate_choice=False,  # nothing is chosen where nothing contradicts
    )

    def offer(self, programmes: Sequence[tuple[str, str]], say: Say) -> None:
        """The programmes to choose from, and the parts of a year."""
        self.programme.choices = [("", ""), *programmes]
        self.part.choices = [*parts_of_a_year(say)]

    def propose(self, findings: Findings, sender: str = "") -> None:
        """Fill in what the file says of itself; `sender`: as it was named with the upload."""
        told = findings.proposed
        year, _, part = (told.period or "").partition("-")
        self.programme.data = told.programme or ""
        self.year.data = int(year) if year else None
        self.part.data = part
        self.decree.data, self.issuer.data = told.decree, told.issuer or sender
        self.issued_on.data = date.fromisoformat(told.issued_on) if told.issued_on else None

    @property
    def told(self) -> dict[str, object]:
        """What was filled in, as a job keeps it."""
        part = self.part.data or ""
        coverage = self.coverage.data
        return {
            "programme": self.programme.data or "",
            "period": f"{self.year.data}-{part}" if part else str(self.year.data),
            "decree": self.decree.data or "",
            "issued_on": self.issued_on.data.isoformat() if self.issued_on.data else "",
            "issuer": self.issuer.data or "",
            "coverage": str(Coverage(coverage)) if coverage else None,
            "states_confirmed": bool(self.states.data),
            "holds": self.holds.data == "form",
        }


def columns_chosen(upload: Upload, sent: Mapping[str, str]) -> dict[str, str]:
    """The columns as the operator corrects them: field to letters, with those of no use together.

    Raises: Refused(`columns_alike`) where two are to be the same.
    """
    findings = upload.findings
    chosen = {field: letters for field, letters in upload.columns.items() if field != "unused"}
    unused = set(filter(None, upload.columns.get("unused", "").split(",")))
    sheets = findings.files[0].sheets if findings and findings.files else ()
    changed: dict[str, str] = {}
    for column in sheets[0].columns if sheets else ():
        means = sent.get(f"kolom-{column.letters}", column.means or "")
        if means == (column.means or ""):
            continue
        chosen = {field: letters for field, letters in chosen.items() if letters != column.letters}
        unused.discard(column.letters)
        if not means:
            unused.add(column.letters)
        elif means in changed:
            raise Refused("columns_alike", field=means)
        else:
            changed[means] = column.letters
    chosen |= changed
    return {**chosen, **({"unused": ",".join(sorted(unused))} if unused else {})}
