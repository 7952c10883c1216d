"""Three photos of a house, and what is not one."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from salur.core.proposals.log import PHOTO
from salur.core.proposals.photos.photo import Photo
from salur.core.tables.proposals import PhotoRow, ProposalRow
from tests.core.proposals.test_photos import NOT_PHOTOS, SECRET, with_everything
from tests.fixtures.services import vault_of
from tests.web.conftest import text_of
from tests.web.proposals.conftest import count, filled


def test_photos_are_kept_as_pixels_only(mother, services):
    mother.sends("usulan", files=[("rumah.jpg", with_everything())] * 3)
    with services.database.reading() as connection:
        rows = connection.execute(PhotoRow.__table__.select()).all()
    assert len(rows) == 3
    for row in rows:
        jpeg = vault_of(services).open(row.sealed_jpeg, PHOTO, row.id)
        assert SECRET not in jpeg
        with Image.open(io.BytesIO(jpeg)) as image:
            assert not image.getexif()


@pytest.mark.parametrize("what", [name for name in NOT_PHOTOS if name != "empty"])
def test_what_is_no_photo_is_refused_and_the_rest_is_kept(mother, services, what):
    response = mother.sends("usulan", files=[("rumah.jpg", NOT_PHOTOS[what])])
    assert response.status_code == 422
    page = text_of(response)
    assert "Itu bukan foto yang bisa kami buka." in page
    assert "foto perlu dipilih lagi" in page
    assert "Nur Hayati" in response.text
    assert count(services, ProposalRow) == count(services, PhotoRow) == 0


def test_no_photo_is_decoded_while_the_form_is_not_right(mother, services, monkeypatch):
    decoded: list[bytes] = []
    monkeypatch.setattr(Photo, "read", decoded.append)
    response = mother.sends("usulan", files=[("rumah.jpg", with_everything())], nik="123")
    assert response.status_code == 422
    assert "foto perlu dipilih lagi" in text_of(response)
    assert decoded == []


def test_four_are_too_many_and_five_megabytes_too_large(mother):
    photo = with_everything()
    assert "Paling banyak 3 foto." in text_of(mother.sends("usulan", files=[("a.jpg", photo)] * 4))
    assert "paling besar 5 MB" in text_of(mother.sends("usulan", files=[("a.jpg", photo + bytes(5 * 2**20))]))


def test_more_than_all_together_may_be_is_said_kindly(mother, services):
    body = b"--x\r\n" + bytes(17 * 2**20)
    response = mother.client.post("/pengajuan/usulan", data=body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 413
    assert "pilih foto yang lebih kecil" in text_of(response)
    assert count(services, ProposalRow) == 0


def test_other_forms_take_no_files(mother, services):
    data = {"csrf_token": mother.token, **filled("laporan"), "foto": (io.BytesIO(bytes(100_000)), "a.jpg")}
    assert mother.client.post("/pengajuan/laporan", data=data).status_code == 413
