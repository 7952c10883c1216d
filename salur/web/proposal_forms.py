"""The forms of proposals. They ask what the next level needs, and nothing more."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from salur import words
from salur.core.nik import Kk, Nik, plain_digits, recognise
from salur.core.photos import Photo
from salur.core.proposal_answers import MOST_PHOTOS, NO_NIK_REASONS, Draft
from salur.core.proposal_steps import Kind
from salur.core.roles import Territory
from salur.core.ticket_codes import TicketCode
from salur.web import locale
from salur.web.context import services
from salur.web.proposal_fields import (
    ANY_PLACE,
    NUMBER_KEYS,
    ROWS,
    WHY,
    WORDS,
    are_four_digits,
    are_words,
    choice,
    is_name,
    is_phone,
    is_small_number,
    is_small_number_there,
    parsed,
    reasons,
    slip,
    stripped,
    text,
    village,
    what_is_right,
    what_is_wrong,
)
from salur.words import mark
from salur.words.proposals import REPORTED, WITHOUT_NIK


class PlaceFields(FlaskForm):
    """Where someone lives. The fields stand in each form where they are asked, so that its slips are told in order."""

    kelurahan: SelectField
    rt: StringField
    rw: StringField

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        villages = services().regions.villages(services().settings.city)
        say = locale.say()
        self.kelurahan.choices = {ANY_PLACE: say("Pilih kelurahan")} | {
            say("Kecamatan {nama}", nama=district.name): {village.code: village.name for village in inside}
            for district, inside in villages.items()
        }
        self._codes = {village.code for inside in villages.values() for village in inside}

    def validate_kelurahan(self, field: Field) -> None:
        """One of the city's own, or, where that is allowed, none."""
        if field.data not in self._codes:
            raise slip("village_missing")

    def validate_rw(self, field: Field) -> None:
        """An RT is counted within its RW; alone it says nothing."""
        if self.rt.data and not field.data:
            raise slip("rw_missing")

    @property
    def place(self) -> Territory:
        """What was chosen; the city, where nobody knows."""
        code = self.kelurahan.data if self.kelurahan.data in self._codes else services().settings.city
        rw, rt = (int(plain_digits(field.data) or 0) or None for field in (self.rw, self.rt))
        return Territory(code, rw, rt if rw else None)


class UsulanForm(PlaceFields):
    """Propose oneself or a neighbour."""

    untuk = choice(
        mark("Untuk siapa?"),
        {"self": mark("Keluarga saya sendiri"), "neighbour": mark("Tetangga")},
        mark("Pilih dulu untuk siapa."),
    )
    nama = text(mark("Nama"), is_name, autocapitalize="words")
    nik = text(mark("NIK"), **NUMBER_KEYS)
    tanpa_nik = SelectField(mark("Kalau belum punya NIK, mengapa?"), validate_choice=False)
    kk = text(mark("Nomor KK"), **NUMBER_KEYS)
    kelurahan = village()
    rt = text(mark("RT"), is_small_number_there, **NUMBER_KEYS)
    rw = text(mark("RW"), is_small_number_there, **NUMBER_KEYS)
    alasan = choice(mark("Mengapa perlu dibantu?"), reasons(Kind.USULAN), WHY)
    cerita = TextAreaField(mark("Ceritakan keadaannya"), [WORDS], filters=[stripped], render_kw=ROWS)
    telepon = text(mark("Nomor HP"), is_phone, inputmode="tel")
    foto = MultipleFileField(mark("Foto rumah"), render_kw={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        say = locale.say()
        why = {code: say(WITHOUT_NIK[code]) for code in NO_NIK_REASONS}
        self.tanpa_nik.choices = {"": say("NIK sudah saya ketik"), **why}
        self.photos: tuple[Photo, ...] = ()
        self.number: Nik | None = None
        self.family: Kk | None = None

    def validate_nik(self, field: Field) -> None:
        """A NIK, or a reason why there is none."""
        if field.data:
            self.number = parsed(Nik.parse, field.data)
        elif self.tanpa_nik.data not in NO_NIK_REASONS:
            raise slip("nik_or_reason")

    def validate_kk(self, field: Field) -> None:
        """Empty where the card is lost, or a neighbour's."""
        if field.data:
            self.family = parsed(Kk.parse, field.data)

    def validate_cerita(self, field: Field) -> None:
        """`Alasan lain` says nothing by itself."""
        if self.alasan.data == "other":
            are_words(self, field)

    def validate_foto(self, field: Field) -> None:
        """Photos, cleaned at the door: nothing else of a file gets any further."""
        files = [file for file in field.data or () if getattr(file, "filename", "")]
        if len(files) > MOST_PHOTOS:
            raise slip("too_many_photos")
        self.photos = tuple(parsed(Photo.read, file.read()) for file in files)

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            Kind.USULAN,
            self.place,
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


class SanggahForm(PlaceFields):
    """Object to someone who is listed. Who objects says no name: four digits of his own open the ticket."""

    nama = text(mark("Nama orang yang disanggah"), is_name, autocapitalize="words")
    kelurahan = village()
    rt = text(mark("RT"), is_small_number, **NUMBER_KEYS)
    rw = text(mark("RW"), is_small_number, **NUMBER_KEYS)
    nik = text(mark("NIK orang itu"), **NUMBER_KEYS)
    alasan = choice(mark("Mengapa menurut Anda tidak tepat?"), reasons(Kind.SANGGAH), WHY)
    cerita = TextAreaField(mark("Apa yang Anda ketahui?"), [are_words, WORDS], filters=[stripped], render_kw=ROWS)
    angka = text(mark("Empat angka terakhir NIK Anda sendiri"), are_four_digits, **NUMBER_KEYS)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.number: Nik | None = None

    def validate_nik(self, field: Field) -> None:
        """Only if it is known."""
        if field.data:
            self.number = parsed(Nik.parse, field.data)

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            Kind.SANGGAH,
            self.place,
            self.alasan.data,
            self.cerita.data,
            number=self.number,
            name=self.nama.data,
            proof=plain_digits(self.angka.data),
        )


class WrongForm(FlaskForm):
    """What is wrong with one's data: all that is asked of someone who has just been shown them (`kunci`, his pass)."""

    kunci = HiddenField(filters=[stripped])
    alasan, cerita = what_is_wrong(), what_is_right()


class KoreksiForm(WrongForm, PlaceFields):
    """The same for someone who has not checked first: number and name as in the check."""

    nomor = text(mark("NIK atau nomor KK"), **NUMBER_KEYS)
    nama = text(mark("Nama"), is_name, autocapitalize="words")
    kelurahan = village()
    rt = text(mark("RT"), is_small_number, **NUMBER_KEYS)
    rw = text(mark("RW"), is_small_number, **NUMBER_KEYS)
    alasan, cerita = what_is_wrong(), what_is_right()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.number: Nik | Kk | None = None

    def validate_nomor(self, field: Field) -> None:
        """A NIK or a KK number; which of the two may be left open."""
        if not field.data:
            raise ValidationError(words.refusal("number_missing", locale.say()))
        number = parsed(recognise, field.data)
        if not isinstance(number, Nik | Kk):
            raise ValidationError(words.refusal("not_16_digits", locale.say()))
        self.number = number

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            Kind.KOREKSI, self.place, self.alasan.data, self.cerita.data, number=self.number, name=self.nama.data
        )


class LaporanForm(PlaceFields):
    """Report a levy or a withheld letter. Nobody has to say who he is."""

    alasan = choice(mark("Apa yang terjadi?"), reasons(Kind.LAPORAN), mark("Pilih dulu apa yang terjadi."))
    siapa = choice(mark("Siapa yang melakukannya?"), REPORTED, mark("Pilih dulu siapa. Boleh *Tidak tahu*."))
    kelurahan = village()
    rt = text(mark("RT"), is_small_number, **NUMBER_KEYS)
    rw = text(mark("RW"), is_small_number, **NUMBER_KEYS)
    kapan = text(mark("Kapan?"))
    cerita = TextAreaField(mark("Ceritakan"), [are_words, WORDS], filters=[stripped], render_kw=ROWS)
    kontak = text(mark("Nomor HP Anda"), is_phone, inputmode="tel")

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        say = locale.say()
        self.kelurahan.choices = {**self.kelurahan.choices, ANY_PLACE: say("Tidak saya sebutkan")}

    def validate_kelurahan(self, field: Field) -> None:
        """May be left open: a place can tell who reports."""

    def draft(self) -> Draft:
        """What is sent."""
        return Draft(
            Kind.LAPORAN,
            self.place,
            self.alasan.data,
            self.cerita.data,
            who=self.siapa.data,
            when=self.kapan.data,
            phone=self.kontak.data,
        )


class TicketForm(FlaskForm):
    """Code and four digits."""

    kode = text(mark("Kode tiket"), autocapitalize="characters", maxlength="40")
    angka = text(mark("Empat angka terakhir NIK"), **NUMBER_KEYS)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.code: TicketCode | None = None

    def validate_kode(self, field: Field) -> None:
        """A slip of the finger is found here, before anything is counted."""
        self.code = parsed(TicketCode.parse, field.data)

    def validate_angka(self, field: Field) -> None:
        """Empty for a report without a name."""
        if field.data:
            are_four_digits(self, field)

    @property
    def ticket(self) -> tuple[TicketCode, str]:
        """What opens a ticket, once it was validated."""
        assert self.code is not None
        return self.code, plain_digits(self.angka.data) or ""


class ReplyForm(TicketForm):
    """The same, with something to say: an answer or an objection."""

    kata = TextAreaField(mark("Tulis di sini"), [are_words, WORDS], filters=[stripped], render_kw=ROWS)
