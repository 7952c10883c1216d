"""The pixels of a photo, decoded and written anew, in a process of its own (`core.apart`).

A decoder of pictures can be made to use a hundred times the size of its file, or to trip over it.
"""

from __future__ import annotations

import io
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError, WebPImagePlugin  # noqa: F401 - else it reads all forty decoders

from salur.core.apart import Unfit, serve
from salur.core.proposals.photos.photo import BOUNDS

# The best phones take 50 megapixels, as JPEG, which is decoded smaller; of the others every pixel is in memory.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 12_000_000, "WEBP": 12_000_000}
MOST_PIXELS_IN_STEPS = 12_000_000  # of a progressive JPEG, which is held whole too; cameras write no such
LONGEST_SIDE = 1600
QUALITY = 80
KINDS = ("JPEG", "PNG", "WEBP")  # the only decoders that are let near what strangers send
SMALLEST_SIDE = 16  # below that nothing can be seen


def redraw(data: bytes) -> bytes:
    """Take the pixels out of a file and make a fresh JPEG of them. Raises Unfit."""
    with warnings.catch_warnings():
        # Pillow warns of what could be a bomb; our own limit is below its.
        warnings.simplefilter("ignore")
        return _written(_pixels(data))


def _pixels(data: bytes) -> Image.Image:
    """Decode, upright and small enough. The header is read first: a bomb is refused before anything is decoded."""
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as opened:
            width, height = opened.size
            steps = "progressive" in opened.info
            if width * height > (MOST_PIXELS_IN_STEPS if steps else MOST_PIXELS[opened.format or ""]):
                raise Unfit("photo_too_many_pixels")
            if min(width, height) < SMALLEST_SIDE:
                raise Unfit("photo_not_a_photo")
            # A JPEG is decoded at a half, a quarter or an eighth where that is still large enough; others ignore it.
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            opened.load()
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _on_white(upright)
    except UnidentifiedImageError:
        raise Unfit("photo_not_a_photo") from None
    except Image.DecompressionBombError:
        raise Unfit("photo_too_many_pixels") from None
    except Unfit:
        raise
    except Exception:
        # What decoders raise for a file that is cut off, or lies about itself: OSError, SyntaxError, struct.error …
        raise Unfit("photo_damaged") from None


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


if __name__ == "__main__":
    sys.exit(serve(redraw, BOUNDS))
