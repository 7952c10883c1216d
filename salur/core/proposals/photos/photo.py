"""Photos of houses: read as pixels, written anew. Nothing else of the file survives.

A photo from a phone says where and when it was taken (EXIF, GPS), sometimes shows a thumbnail from before it was
cropped, and can carry anything behind its end. So nothing is copied: the pixels are decoded, turned upright, made
smaller, and put into a fresh JPEG (`pixels`). What is not JPEG, PNG or WebP by its content is not even opened. What
shows without decoding is said at once (`glance`); decoded is only what was counted and would be sent.
"""

from __future__ import annotations

import threading
from typing import NoReturn, Self

from salur.core.apart import Bounds, Unfit, read_apart
from salur.core.errors import Malformed

LARGEST_FILE = 5 * 1024 * 1024  # bytes
BOUNDS = Bounds(seconds=15, memory=400_000_000)
MOST_SCANS = 30  # of a progressive JPEG; cameras write ten, and each costs the work of a whole picture
START = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
CODES = frozenset({"photo_not_a_photo", "photo_damaged", "photo_too_many_pixels"})
_one_at_a_time = threading.Semaphore()  # a picture unpacks to a hundred times its size


class MalformedPhoto(Malformed, ValueError):
    """Not a photo we can take.

    The codes: `photo_too_large`, `photo_not_a_photo`, `photo_damaged`, `photo_too_many_pixels`.
    """


class Photo:
    """A clean JPEG. `read` is the only way to make one from a file."""

    __slots__ = ("jpeg",)

    def __init__(self, jpeg: bytes) -> None:
        self.jpeg = jpeg

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Take the pixels out of a file and make a fresh JPEG of them. Raises MalformedPhoto."""
        if code := glance(data):
            raise MalformedPhoto(code)
        try:
            with _one_at_a_time:
                jpeg = read_apart("salur.core.proposals.photos.pixels", data, BOUNDS)
        except Unfit as unfit:
            raise MalformedPhoto(unfit.code if unfit.code in CODES else "photo_damaged") from None
        return cls(jpeg)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Photo is not pickled: it shows somebody's home")

    def __repr__(self) -> str:
        return f"<Photo {len(self.jpeg)} bytes>"


def glance(data: bytes) -> str | None:
    """The code of what is wrong with a file as far as it shows without decoding anything; None when nothing does."""
    if len(data) > LARGEST_FILE:
        return "photo_too_large"
    if not data.startswith(tuple(START.values())):
        return "photo_not_a_photo"
    if data.startswith(START["JPEG"]) and data.count(b"\xff\xda") > MOST_SCANS:
        return "photo_damaged"
    return None
