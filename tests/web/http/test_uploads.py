"""Files as phones and scanners make them: megabytes of bytes that look like noise, cut anywhere."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping

import pytest
from PIL import Image
from werkzeug.test import encode_multipart

from tests.fixtures.circulars import a_pdf
from tests.fixtures.office import TEGAL_GUNDIL, a_kk, a_nik
from tests.fixtures.officers import TOKEN
from tests.web.conftest import text_of

MEGABYTE = 1024 * 1024


def noise(size: int, seed: int) -> bytes:
    """A JPEG of about so many bytes that cannot be packed."""
    side = int((size * 0.9) ** 0.5)
    out = io.BytesIO()
    Image.frombytes("L", (side, side), random.Random(seed).randbytes(side * side)).save(out, "JPEG", quality=85)
    return out.getvalue()


def as_sent(fields: Mapping[str, object]) -> dict[str, object]:
    """The body as a browser sends it, in memory: the test client would leave a file on disk open."""
    boundary, body = encode_multipart(fields)
    return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}


@pytest.mark.parametrize("seed", range(3))
def test_three_photos_of_several_megabytes_are_taken(visitor, seed):
    photos = [noise(size * MEGABYTE, seed) for size in (4, 3, 1)]
    assert all(0.5 * MEGABYTE < len(photo) <= 5 * MEGABYTE for photo in photos)
    token = TOKEN.search(visitor.opens("/pengajuan/usulan").text)
    assert token
    fields = {
        "csrf_token": token[1], "untuk": "self", "nama": "Nur Hayati", "nik": a_nik(), "kk": a_kk(),
        "kelurahan": TEGAL_GUNDIL, "rw": "5", "rt": "3", "alasan": "income_lost",
        "foto": [(io.BytesIO(photo), f"{n}.jpg") for n, photo in enumerate(photos)],
    }  # fmt: skip
    page = visitor.client.post("/pengajuan/usulan", **as_sent(fields), follow_redirects=True)
    assert page.status_code == 200, text_of(page)[:300]
    assert "Sudah kami terima" in text_of(page)


def test_a_scanned_circular_of_eight_megabytes_is_taken(heads, signed_in):
    pdf = a_pdf() + b"\n%" + random.Random(1).randbytes(8 * MEGABYTE).replace(b"\n", b"x").replace(b"\r", b"y")
    fields = {"number": "SE 1", "issued_on": "2026-02-18", "issuer": "kota", "title": "Jadwal", "text": ""}
    browser = signed_in(heads.create("dinsos"))
    files = {"pdf": (io.BytesIO(pdf), "se.pdf"), "levels": "rt", "areas": TEGAL_GUNDIL}
    sent = as_sent({"csrf_token": browser.form_token(), **fields, **files})
    page = browser.client.post("/edaran/tulis", **sent)
    assert page.status_code != 413
