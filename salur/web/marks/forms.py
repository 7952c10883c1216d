"""The form for marking a person of a list."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from salur.core.marks.kinds import NOTE_LENGTH, CareReason, MarkKind
from salur.words import marks
from salur.words.language import N_


class MarkForm(FlaskForm):
    """What is marked, why someone cannot come, and a note."""

    kind = RadioField(
        N_("Apa yang Anda ketahui?"),
        [InputRequired(N_("Pilih salah satu."))],
        choices={str(kind): label for kind, label in marks.KINDS.items()},
    )
    care = RadioField(
        N_("Mengapa perlu diantar?"),
        choices={str(reason): label for reason, label in marks.CARE.items()},
        validate_choice=False,
    )
    note = TextAreaField(
        N_("Catatan, kalau perlu"),
        [Length(max=NOTE_LENGTH, message=marks.MARK_SLIPS["note_too_long"])],
        render_kw={"rows": "3", "maxlength": str(NOTE_LENGTH)},
    )

    @property
    def chosen(self) -> MarkKind:
        """The kind, once the form is valid."""
        return MarkKind(self.kind.data)

    @property
    def reason(self) -> CareReason | None:
        """Why someone cannot come, as far as that was asked for and answered."""
        known = {str(reason): reason for reason in CareReason}
        return known.get(self.care.data) if self.kind.data == MarkKind.HOME_DELIVERY else None
