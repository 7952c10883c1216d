"""Keeping the photos of what was sent: so many of one proposal, so many bytes of one asker in a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from salur.core.errors import FieldsRefused
from salur.core.limits.asker import Asker
from salur.core.limits.sendings import has_room_for_photos
from salur.core.proposals.log import PHOTO
from salur.core.proposals.photos.photo import MalformedPhoto, Photo
from salur.core.storage.database import fresh_ids
from salur.core.storage.vault import Vault
from salur.core.tables.proposals import PhotoRow

PHOTOS_KEPT = 9  # of one proposal, however many send the same


def read_photos(files: Sequence[bytes]) -> tuple[Photo, ...]:
    """Decode what was counted. Raises FieldsRefused (`photos`)."""
    try:
        return tuple(map(Photo.read, files))
    except MalformedPhoto as error:
        raise FieldsRefused({"photos": error.code}) from None


def count_photos(connection: Connection, vault: Vault, photos: Sequence[Photo], asker: Asker, now: datetime) -> None:
    """Count the bytes of photos that will be kept. Raises FieldsRefused (`photos`)."""
    size = sum(len(photo.jpeg) for photo in photos)
    if photos and not has_room_for_photos(connection, vault, asker, size, now):
        raise FieldsRefused({"photos": "photos_full"})


def keep_photos(connection: Connection, vault: Vault, proposal: int, photos: Sequence[Photo]) -> None:
    """Seal as many as the proposal has room for."""
    count = select(func.count()).select_from(PhotoRow).where(PhotoRow.proposal_id == proposal)
    room = max(0, PHOTOS_KEPT - int(connection.execute(count).scalar_one())) if photos else 0
    rows = [
        {"id": id, "proposal_id": proposal, "sealed_jpeg": vault.seal(photo.jpeg, PHOTO, id)}
        for id, photo in zip(fresh_ids(room), photos, strict=False)
    ]
    if rows:
        connection.execute(insert(PhotoRow), rows)
