"""Photos of houses: only pixels get through."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from dataclasses import replace

import pytest
from PIL import Image, ImageCms, ImageOps

from salur.core.apart import Unfit
from salur.core.proposals.photos.photo import BOUNDS, LARGEST_FILE, MalformedPhoto, Photo
from salur.core.proposals.photos.pixels import LONGEST_SIDE, redraw

SECRET = b"HIDDEN-IN-THE-FILE"
PATIENCE = 150  # seconds; how much work a photo may make is bounded all the same
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


@pytest.fixture(autouse=True)
def _however_busy_the_machine(monkeypatch):
    monkeypatch.setattr("salur.core.proposals.photos.photo.BOUNDS", replace(BOUNDS, seconds=PATIENCE))


def picture(size=(120, 80), mode="RGB"):
    """Left half red, right half blue, so that one sees how it was turned."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return image


def a_file(kind="JPEG", image=None, **options):
    """An image file."""
    out = io.BytesIO()
    (image or picture()).save(out, kind, **options)
    return out.getvalue()


def with_everything():
    """A JPEG as phones write it, and as someone with something to hide would: EXIF, GPS, comment, ICC, a tail."""
    exif = Image.Exif()
    exif[MAKER] = SECRET.decode()
    exif.get_ifd(GPS)[1] = "S"
    exif.get_ifd(GPS)[2] = (6.0, 34.0, 16.3)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = a_file(exif=exif, comment=SECRET, icc_profile=profile, xmp=SECRET)
    return data + SECRET + b"PK\x03\x04" + SECRET


def parts_of(jpeg):
    """The markers of a JPEG before its pixels."""
    markers, at = [], 2
    while jpeg[at + 1] != 0xDA:
        markers.append(jpeg[at + 1])
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return markers


def test_nothing_but_pixels_survives():
    data = with_everything()
    assert data.count(SECRET) == 5
    clean = Photo.read(data).jpeg
    assert SECRET not in clean
    for trace in (b"Exif", b"GPS", b"ICC_PROFILE", b"http://ns.adobe.com", b"PK\x03\x04"):
        assert trace not in clean
    # JFIF, two quantisation tables, the frame, Huffman tables: no APP1 (EXIF, XMP), APP2 (ICC), APP13 or comment.
    assert set(parts_of(clean)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert clean.endswith(b"\xff\xd9")
    with Image.open(io.BytesIO(clean)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_of_phones_become_fresh_jpegs(kind):
    clean = Photo.read(a_file(kind)).jpeg
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (120, 80))


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turn a quarter to the right
    clean = Photo.read(a_file(exif=exif)).jpeg
    with Image.open(io.BytesIO(clean)) as image:
        assert image.size == (80, 120)
        red, blue = (image.convert("RGB").crop((40, y, 41, y + 1)).tobytes() for y in (10, 110))
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


def test_a_large_photo_is_made_smaller():
    with Image.open(io.BytesIO(Photo.read(a_file(image=picture((4000, 3000)))).jpeg)) as image:
        assert image.size == (LONGEST_SIDE, 1200)


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "RGBA", "LA"])
def test_whatever_its_colours_are_made_of_it_is_read(mode):
    kind = {"CMYK": "JPEG", "L": "JPEG"}.get(mode, "PNG")
    with Image.open(io.BytesIO(Photo.read(a_file(kind, picture().convert(mode))).jpeg)) as image:
        assert image.mode == "RGB"


def test_what_is_transparent_hides_nothing():
    image = picture().convert("RGBA")
    image.putalpha(0)
    with Image.open(io.BytesIO(Photo.read(a_file("PNG", image)).jpeg)) as clean:
        assert clean.getcolors() == [(120 * 80, (255, 255, 255))]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NOT_PHOTOS = {
    "gif": a_file("GIF"),
    "bmp": a_file("BMP"),
    "tiff": a_file("TIFF"),
    "svg": SVG,
    "pdf": b"%PDF-1.7\n1 0 obj<<>>endobj\n",
    "html": b"<!doctype html><script>alert(1)</script>",
    "zip": b"PK\x03\x04" + bytes(100),
    "empty": b"",
    "text renamed": b"bukan foto",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "one pixel": a_file(image=picture((2, 2))),
    "wav": b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(40),
}


@pytest.mark.parametrize("what", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_whatever_it_is_called(what):
    with pytest.raises(MalformedPhoto) as error:
        Photo.read(NOT_PHOTOS[what])
    assert error.value.code == "photo_not_a_photo"


@pytest.mark.parametrize("data", [a_file()[:400], a_file("PNG")[:60], a_file("WEBP")[:40], b"\xff\xd8\xff" + SVG])
def test_a_damaged_photo_is_refused(data):
    with pytest.raises(MalformedPhoto) as error:
        Photo.read(data)
    assert error.value.code in ("photo_damaged", "photo_not_a_photo")


def exif_that_lies(kind: str) -> bytes:
    """A photo whose EXIF says that an entry is much larger than all of it."""
    out = io.BytesIO()
    wrong = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\x7f\x06\0"
    picture().save(out, kind, exif=wrong)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_with_broken_exif_is_read_or_refused(kind):
    with contextlib.suppress(MalformedPhoto):
        Photo.read(exif_that_lies(kind))


@pytest.mark.parametrize(
    "error", [struct.error, OverflowError, KeyError, ZeroDivisionError, AssertionError, IndexError]
)
def test_whatever_a_decoder_raises_is_one_refusal(monkeypatch, error):
    def fail(image):
        raise error

    monkeypatch.setattr(ImageOps, "exif_transpose", fail)
    with pytest.raises(Unfit) as refused:
        redraw(a_file())
    assert refused.value.code == "photo_damaged"


def test_a_polyglot_gets_through_as_pixels_only():
    for tail in (b"GIF89a", b"<script>alert(1)</script>", b"%PDF-1.7", SVG):
        assert tail not in Photo.read(a_file("JPEG", comment=tail) + tail).jpeg
        assert tail not in Photo.read(a_file("PNG") + tail).jpeg


def bomb(width, height):
    """A small PNG that says it is huge, and is: zeros pack well."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 2_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (65_000, 65_000), (2_000_000, 40)])
def test_a_bomb_is_refused_before_it_is_unpacked(size):
    import tracemalloc

    data = bomb(*size)
    tracemalloc.start()
    with pytest.raises(Unfit) as error:
        redraw(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.value.code == "photo_too_many_pixels"
    assert peak < 5_000_000


def test_a_photo_made_of_a_thousand_scans_is_refused():
    data = a_file(progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    assert Photo.read(data)
    with pytest.raises(MalformedPhoto) as error:
        Photo.read(data[:-2] + scan * 1000 + data[-2:])
    assert error.value.code == "photo_damaged"


def test_a_text_chunk_that_unpacks_to_much_is_refused():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = a_file("PNG")
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))
    with pytest.raises(MalformedPhoto) as error:
        Photo.read(png[:33] + text + png[33:])
    assert error.value.code == "photo_damaged"


def test_more_than_five_megabytes_are_refused():
    with pytest.raises(MalformedPhoto) as error:
        Photo.read(a_file() + bytes(LARGEST_FILE))
    assert error.value.code == "photo_too_large"


def test_only_the_first_frame_of_many_is_kept():
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    for kind in ("PNG", "WEBP"):
        data = a_file(kind, frames[0], save_all=True, append_images=frames[1:])
        with Image.open(io.BytesIO(Photo.read(data).jpeg)) as image:
            assert getattr(image, "n_frames", 1) == 1


def test_a_small_file_that_unpacks_to_more_than_twelve_megapixels_is_refused():
    out = io.BytesIO()
    Image.new("RGBA", (4000, 3100)).save(out, "WEBP", lossless=True)
    assert len(out.getvalue()) < 10_000
    with pytest.raises(MalformedPhoto, match="photo_too_many_pixels"):
        Photo.read(out.getvalue())


def a_progressive_photo_of(width: int, height: int) -> bytes:
    return a_file(image=Image.new("RGB", (width, height), "red"), progressive=True)


def test_the_largest_photos_that_phones_take_are_read():
    Photo.read(a_file(image=Image.new("RGB", (8160, 6120), "red"), subsampling=0))
    Photo.read(a_file("PNG", Image.new("RGBA", (4000, 3000), "red")))
    Photo.read(a_file("WEBP", Image.new("RGBA", (4000, 3000), "red"), lossless=True))
    Photo.read(a_progressive_photo_of(4000, 3000))


def test_a_progressive_photo_that_would_be_held_whole_in_memory_is_refused():
    with pytest.raises(MalformedPhoto, match="photo_too_many_pixels"):
        Photo.read(a_progressive_photo_of(8160, 6120))


def test_photos_are_decoded_in_another_process(monkeypatch):
    def here(*_anything):
        raise AssertionError("decoded in the process that answers residents")

    monkeypatch.setattr(Image, "open", here)
    assert Photo.read(WHOLE).jpeg.startswith(b"\xff\xd8")


WHOLE = a_file()
