"""The forms of proposals. They ask what the next level needs, and nothing more; what is missing, the core says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, MultipleFileField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from salur.core.names.typed import slip_of
from salur.core.people.nik import Kk, Nik, recognise
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.draft import MOST_PHOTOS, NO_NIK_REASONS, Draft
from salur.core.proposals.kinds import Kind
from salur.core.regions.search import find
from salur.core.regions.territory import Territory
from salur.web import locale
from salur.web.context import services
from salur.web.proposals.fields import (
    NUMBER_KEYS,
    choice,
    kelurahan,
    read,
    read_number,
    reasons,
    strip,
    text,
    warned,
    what_is_right,
    what_is_wrong,
    which_kelurahan,
    words,
)
from salur.words.language import N_
from salur.words.proposals import REPORTED, WITHOUT_NIK
from salur.words.refusals import refusal

# Field of a draft -> what the forms call it.
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "whom": ("untuk",),
        "number": ("nik", "nomor"),
        "name": ("nama",),
        "kelurahan": ("kelurahan",),
        "rt": ("rt",),
        "rw": ("rw",),
        "reason": ("alasan",),
        "who": ("siapa",),
        "when": ("kapan",),
        "words": ("cerita", "kata"),
        "phone": ("telepon", "kontak"),
        "own_name": ("nama_anda",),
        "photos": ("foto",),
    }
)


def tell(form: FlaskForm, slips: Mapping[str, str]) -> None:
    """Say what the core refuses at the fields where it stands. What could not even be read was said there already."""
    for name, code in slips.items():
        field = next(form[own] for own in FIELDS[name] if own in form)
        if not field.errors:
            field.errors = (refusal(code, locale.say()),)


class TerritoryFields(FlaskForm):
    """Where someone lives. The fields stand in each form where they are asked, so that its slips are told in order."""

    kelurahan: StringField
    pilihan: RadioField
    rt: StringField
    rw: StringField

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.known = services().regions.kelurahan(services().settings.city)
        self._code = services().settings.city

    def validate_kelurahan(self, field: Field) -> None:
        """Find it by its name. What is only alike comes back as a choice, which counts while it fits what is typed."""
        if not field.data:
            return
        found = find(field.data, self.known)
        choices = {} if found.sure else {one.code: f"{one.name}, {one.district}" for one in found.choices}
        self.pilihan.choices = choices
        if found.sure:
            self._code = found.sure.code
        elif self.pilihan.data in choices:
            self._code = self.pilihan.data
        else:
            raise ValidationError(refusal("village_unsure" if choices else "village_unknown", locale.say()))

    @property
    def territory(self) -> Territory:
        """What was named; the city, where no kelurahan was."""
        return Territory(self._code, read_number(self.rw.data), read_number(self.rt.data))


class UsulanForm(TerritoryFields):
    """Propose oneself or a neighbour."""

    untuk = choice(N_("Untuk siapa?"), {"self": N_("Keluarga saya sendiri"), "neighbour": N_("Tetangga")})
    nama = text(N_("Nama"), autocapitalize="words")
    nik = text(N_("NIK"), **NUMBER_KEYS)
    tanpa_nik = SelectField(N_("Kalau belum punya NIK, mengapa?"), validate_choice=False)
    kk = text(N_("Nomor KK"), **NUMBER_KEYS)
    kelurahan, pilihan = kelurahan(), which_kelurahan()
    rt = text(N_("RT"), **NUMBER_KEYS)
    rw = text(N_("RW"), **NUMBER_KEYS)
    alasan = choice(N_("Mengapa perlu dibantu?"), reasons(Kind.USULAN))
    cerita = words(N_("Ceritakan keadaannya"))
    telepon = text(N_("Nomor HP"), inputmode="tel")
    foto = MultipleFileField(N_("Foto rumah"), render_kw={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        say = locale.say()
        why = {code: say(WITHOUT_NIK[code]) for code in NO_NIK_REASONS}
        self.tanpa_nik.choices = {"": say("NIK sudah saya ketik"), **why}
        self.photos: tuple[bytes, ...] = ()
        self.number: Nik | None = None
        self.family: Kk | None = None

    def validate_nik(self, field: Field) -> None:
        """Empty where there is none yet."""
        if field.data:
            self.number = read(Nik.parse, field.data, warned=warned())

    def validate_kk(self, field: Field) -> None:
        """Empty where the card is lost, or a neighbour's."""
        if field.data:
            self.family = read(Kk.parse, field.data)

    def validate_foto(self, field: Field) -> None:
        """Files as they came: the core decodes them once all else is right and they are counted."""
        files = [file for file in field.data or () if getattr(file, "filename", "")]
        # One more than may be is enough to see that they are too many.
        self.photos = tuple(file.read() for file in files[: MOST_PHOTOS + 1])

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            Kind.USULAN,
            self.territory,
            self.alasan.data,
            self.cerita.data,
            number=self.number,
            no_nik=None if self.number else self.tanpa_nik.data,
            kk=self.family,
            name=self.nama.data,
            whom=self.untuk.data,
            phone=self.telepon.data,
            photos=self.photos,
        )


class SanggahForm(TerritoryFields):
    """Object to someone who is listed. The name of whoever objects opens the ticket; no office sees it."""

    nama = text(N_("Nama orang yang disanggah"), autocapitalize="words")
    kelurahan, pilihan = kelurahan(), which_kelurahan()
    rt = text(N_("RT"), **NUMBER_KEYS)
    rw = text(N_("RW"), **NUMBER_KEYS)
    nik = text(N_("NIK orang itu"), **NUMBER_KEYS)
    alasan = choice(N_("Mengapa menurut Anda tidak tepat?"), reasons(Kind.SANGGAH))
    cerita = words(N_("Apa yang Anda ketahui?"))
    nama_anda = text(N_("Nama Anda"), autocapitalize="words")

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.number: Nik | None = None

    def validate_nik(self, field: Field) -> None:
        """Only if it is known."""
        if field.data:
            self.number = read(Nik.parse, field.data, warned=warned())

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            Kind.SANGGAH,
            self.territory,
            self.alasan.data,
            self.cerita.data,
            number=self.number,
            name=self.nama.data,
            own_name=self.nama_anda.data,
        )


class WrongForm(FlaskForm):
    """What is wrong with one's data: all that is asked of someone who was just shown them (`kunci`, their pass)."""

    kunci = HiddenField(filters=[strip])
    alasan, cerita = what_is_wrong(), what_is_right()


class ContestForm(FlaskForm):
    """Nothing but a sentence, if one likes: the pass (`kunci`) of an entitlement says who and what."""

    kunci = HiddenField(filters=[strip])
    cerita = words(N_("Ada yang mau ditambahkan?"))


class KoreksiForm(WrongForm, TerritoryFields):
    """The same for someone who has not checked first: number and name as in the check."""

    nomor = text(N_("NIK atau nomor KK"), **NUMBER_KEYS)
    nama = text(N_("Nama"), autocapitalize="words")
    kelurahan, pilihan = kelurahan(), which_kelurahan()
    rt = text(N_("RT"), **NUMBER_KEYS)
    rw = text(N_("RW"), **NUMBER_KEYS)
    alasan, cerita = what_is_wrong(), what_is_right()

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.number: Nik | Kk | None = None

    def validate_nomor(self, field: Field) -> None:
        """A NIK or a KK number; which of the two may be left open."""
        number = read(recognise, field.data, warned=warned()) if field.data else None
        if not isinstance(number, Nik | Kk | None):
            raise ValidationError(refusal("not_16_digits", locale.say()))
        self.number = number

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            Kind.KOREKSI, self.territory, self.alasan.data, self.cerita.data, number=self.number, name=self.nama.data
        )


class LaporanForm(TerritoryFields):
    """Report a levy or a withheld letter. Nobody has to say who they are."""

    alasan = choice(N_("Apa yang terjadi?"), reasons(Kind.LAPORAN))
    siapa = choice(N_("Siapa yang melakukannya?"), REPORTED)
    kelurahan, pilihan = kelurahan(), which_kelurahan()
    rt = text(N_("RT"), **NUMBER_KEYS)
    rw = text(N_("RW"), **NUMBER_KEYS)
    kapan = text(N_("Kapan?"))
    cerita = words(N_("Ceritakan"))
    kontak = text(N_("Nomor HP Anda"), inputmode="tel")

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            Kind.LAPORAN,
            self.territory,
            self.alasan.data,
            self.cerita.data,
            who=self.siapa.data,
            when=self.kapan.data,
            phone=self.kontak.data,
        )


class TicketForm(FlaskForm):
    """Code and name."""

    kode = text(N_("Kode tiket"), autocapitalize="characters", maxlength="40")
    nama = text(N_("Nama"), autocapitalize="words")

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.code: TicketCode | None = None

    def validate_kode(self, field: Field) -> None:
        """A slip of the finger is found here, before anything is counted."""
        self.code = read(TicketCode.parse, field.data)

    def validate_nama(self, field: Field) -> None:
        """Empty for a report without a name."""
        if slip := slip_of(field.data, needed=TicketCode.needs_name, warned=field.data):
            raise ValidationError(refusal(slip, locale.say()))

    @property
    def ticket(self) -> tuple[TicketCode, str]:
        """What opens a ticket, once it was validated."""
        assert self.code is not None
        return self.code, self.nama.data


class ReplyForm(TicketForm):
    """The same, with something to say: an answer or an objection."""

    kata = words(N_("Tulis di sini"))
