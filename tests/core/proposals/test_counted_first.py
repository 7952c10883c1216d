"""What is costly about a proposal is done once it is right and counted; only so many photos are kept of one asker."""

from __future__ import annotations

import pytest

from salur.core.errors import FieldsRefused, TooManyAttempts
from salur.core.limits import sendings
from salur.core.proposals.photos.photo import Photo
from salur.core.tables.proposals import PhotoRow, ProposalRow
from tests.core.proposals.test_photos import bomb
from tests.fixtures.proposals import a_draft, a_photo, rows


@pytest.fixture
def decoded(monkeypatch):
    """How many photos were decoded."""
    found: list[int] = []
    read = Photo.read

    def watched(data: bytes) -> Photo:
        found.append(len(data))
        return read(data)

    monkeypatch.setattr(Photo, "read", watched)
    return found


def test_nothing_is_decoded_while_something_is_wrong(sender, decoded):
    with pytest.raises(FieldsRefused):
        sender.sends(a_draft(reason="", photos=(a_photo(),)))
    assert decoded == []


def test_nothing_is_decoded_for_who_has_sent_too_much(sender, decoded, monkeypatch):
    monkeypatch.setattr(sendings, "SENDINGS_AN_HOUR", {"chat": 1, "address": 1})
    sender.sends(a_draft(photos=(a_photo(),)))
    assert len(decoded) == 1
    with pytest.raises(TooManyAttempts):
        sender.sends(a_draft(photos=(a_photo(),)))
    assert len(decoded) == 1


def test_a_photo_that_cannot_be_read_counts_and_sends_nothing(sender, services, monkeypatch):
    monkeypatch.setattr(sendings, "SENDINGS_AN_HOUR", {"chat": 2, "address": 2})
    for _ in range(2):
        with pytest.raises(FieldsRefused, match="photo_too_many_pixels"):
            sender.sends(a_draft(photos=(bomb(30_000, 30_000),)))
    assert rows(services, ProposalRow) == []
    with pytest.raises(TooManyAttempts):
        sender.sends(a_draft())


def test_only_so_many_bytes_of_photos_are_kept_of_one_asker_in_a_day(
    sender, neighbour, services, clock, decoded, monkeypatch
):
    one = len(Photo.read(a_photo()).jpeg)
    monkeypatch.setattr(sendings, "PHOTOS_A_DAY", {"chat": 3 * one, "address": 3 * one})
    sender.sends(a_draft(photos=(a_photo(),) * 2))
    with pytest.raises(FieldsRefused, match="photos_full"):
        sender.sends(a_draft(photos=(a_photo(),) * 2))
    sender.sends(a_draft(photos=(a_photo(),)))  # what still fits is taken
    decoded.clear()
    with pytest.raises(FieldsRefused, match="photos_full"):
        sender.sends(a_draft(photos=(a_photo(),)))
    assert decoded == []
    sender.sends(a_draft())  # without photos
    neighbour.sends(a_draft(photos=(a_photo(),)))
    assert len(rows(services, PhotoRow)) == 4
    clock.passes(days=1, minutes=1)
    sender.sends(a_draft(photos=(a_photo(),)))
    assert len(rows(services, PhotoRow)) == 5
