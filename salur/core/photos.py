"""Photos of houses: read as pixels, written anew. Nothing else of the file survives.

A photo from a phone says where and when it was taken (EXIF, GPS), sometimes shows a thumbnail from before it was
cropped, and can carry anything behind its end. So nothing is copied: the pixels are decoded, turned upright, made
smaller, and put into a fresh JPEG. What is not JPEG, PNG or WebP by its content is not even opened.
"""

from __future__ import annotations

import io
import threading
import warnings
from typing import NoReturn, Self

from PIL import Image, ImageOps, UnidentifiedImageError

from salur.core.errors import Malformed

LARGEST_FILE = 5 * 1024 * 1024  # bytes
# The best phones take 50 megapixels, as JPEG, which is decoded smaller; of the others every pixel is in memory.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 12_000_000, "WEBP": 12_000_000}
MOST_SCANS = 30  # of a progressive JPEG; cameras write ten, and each costs the work of a whole picture
LONGEST_SIDE = 1600
QUALITY = 80
KINDS = ("JPEG", "PNG", "WEBP")  # the only decoders that are let near what strangers send
START = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
SMALLEST_SIDE = 16  # below that nothing can be seen
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
        if len(data) > LARGEST_FILE:
            raise MalformedPhoto("photo_too_large")
        if not data.startswith(tuple(START.values())):
            raise MalformedPhoto("photo_not_a_photo")
        if data.startswith(START["JPEG"]) and data.count(b"\xff\xda") > MOST_SCANS:
            raise MalformedPhoto("photo_damaged")
        with warnings.catch_warnings():
            # Pillow warns of what could be a bomb; our own limit is below its.
            warnings.simplefilter("ignore")
            with _one_at_a_time:
                return cls(_written(_pixels(data)))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Photo is not pickled: it shows somebody's home")

    def __repr__(self) -> str:
        return f"<Photo {len(self.jpeg)} bytes>"


def _pixels(data: bytes) -> Image.Image:
    """Decode, upright and small enough. The header is read first: a bomb is refused before anything is decoded."""
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS[opened.format or ""]:
                raise MalformedPhoto("photo_too_many_pixels")
            if min(width, height) < SMALLEST_SIDE:
                raise MalformedPhoto("photo_not_a_photo")
            # A JPEG is decoded at a half, a quarter or an eighth where that is still large enough; others ignore it.
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _on_white(upright)
    except UnidentifiedImageError:
        raise MalformedPhoto("photo_not_a_photo") from None
    except Image.DecompressionBombError:
        raise MalformedPhoto("photo_too_many_pixels") from None
    except MalformedPhoto:
        raise
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, TypeError):
        # What decoders raise for a file that is cut off, or lies about itself.
        raise MalformedPhoto("photo_damaged") from None


def _on_white(image: Image.Image) -> Image.Image:
    """A new picture with these pixels and nothing else; what is transparent becomes white."""
    layered = image.convert("RGBA")
    plain = Image.new("RGB", layered.size, "white")
    plain.paste(layered, mask=layered.getchannel("A"))
    return plain


def _written(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
