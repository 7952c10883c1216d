"""Residents who send something through the site."""

from __future__ import annotations

import io
import re

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from salur.core.proposals.answers import Said
from salur.core.proposals.log import BODY
from salur.core.tables.proposals import ProposalRow
from tests.fixtures.office import TEGAL_GUNDIL, a_kk, a_nik
from tests.fixtures.services import vault_of
from tests.web.conftest import text_of

CODE = re.compile(r'class="code-large"><span aria-hidden="true">([0-9A-Z-]{14})<')


def filled(form, **changed):
    """A form as a mother of RT 3 RW 5 fills it in."""
    place = {"kelurahan": TEGAL_GUNDIL, "rw": "5", "rt": "003"}
    fields = {
        "usulan": {
            "untuk": "self", "nama": "Nur Hayati", "nik": a_nik(), "tanpa_nik": "", "kk": a_kk(), **place,
            "alasan": "income_lost", "cerita": "Suami berhenti kerja.", "telepon": "0812 0000 1111",
        },
        "sanggah": {
            "nama": "Dede Kurnia", **place, "nik": "",
            "alasan": "well_off", "cerita": "Punya dua ruko.", "nama_anda": "Wawan Setiawan",
        },
        "koreksi": {
            "nomor": a_nik(), "nama": "Siti Maesaroh", **place, "alasan": "name", "cerita": "Kurang satu huruf.",
        },
        "laporan": {
            "alasan": "levy", "siapa": "rt", "kelurahan": TEGAL_GUNDIL, "rw": "5", "rt": "3",
            "kapan": "Selasa pagi", "cerita": "Diminta Rp50.000.", "kontak": "",
        },
    }  # fmt: skip
    return {**fields[form], **changed}


class Sender:
    """A phone with the forms open."""

    def __init__(self, visitor):
        self.client = visitor.client
        self.token = visitor.token()

    def sends(self, form, files=(), **changed):
        """Fill in a form and send it."""
        fields = {"csrf_token": self.token, **filled(form, **changed)}
        if not files:
            return self.client.post(f"/pengajuan/{form}", data=fields, follow_redirects=True)
        # Bytes, because the test client leaves the temporary file open that it would make of more.
        photos = [FileStorage(io.BytesIO(data), name) for name, data in files]
        boundary, body = encode_multipart({**fields, "foto": photos})
        kind = f"multipart/form-data; boundary={boundary}"
        return self.client.post(f"/pengajuan/{form}", data=body, content_type=kind, follow_redirects=True)

    def looks(self, code, name, what="status", **more):
        """Open a ticket."""
        fields = {"csrf_token": self.token, "kode": code, "nama": name, **more}
        return self.client.post("/pengajuan/" + what, data=fields, follow_redirects=True)


@pytest.fixture
def mother(visitor):
    """Someone with a phone."""
    return Sender(visitor)


def code_of(response):
    """The code on a receipt."""
    found = CODE.search(response.text)
    assert found, text_of(response)
    return found[1]


def kept(services):
    """What was sealed with the newest proposal."""
    with services.database.reading() as connection:
        row = connection.execute(ProposalRow.__table__.select().order_by(ProposalRow.id.desc())).first()
    return Said.of(vault_of(services).open_json(row.sealed_body, BODY, row.id))


def count(services, table):
    """How many rows there are."""
    with services.database.reading() as connection:
        return len(connection.execute(table.__table__.select()).all())
