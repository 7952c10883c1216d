"""What is taken as the PDF of a circular, and what is not: fakes, traps and bombs."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from salur.core.circulars.pdf import check_pdf
from salur.core.errors import UnfitPdf
from tests.fixtures.circulars import a_pdf


def a_dictionary(**entries):
    """A PDF dictionary: `a_dictionary(S="/Launch")`."""
    kinds = {key: NameObject if value.startswith("/") else TextStringObject for key, value in entries.items()}
    return DictionaryObject({NameObject(f"/{key}"): kinds[key](value) for key, value in entries.items()})


def objects(*bodies: bytes) -> bytes:
    """A file of these objects with a right table, the first being its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(out))
    return out + head + table + tail


CATALOGUE, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"


def a_pdf_with(*bodies: bytes, catalogue: bytes = CATALOGUE) -> bytes:
    """An ordinary file, and objects that no page leads to: the fourth of the file and those after it."""
    return objects(catalogue, PAGES, PAGE, *bodies)


def test_an_ordinary_pdf_is_taken():
    check_pdf(a_pdf(pages=3))
    check_pdf(a_pdf_with(b"<< /S /URI /URI (https://salur.example/) >>"))


def test_a_link_to_a_page_on_the_internet_is_nothing_bad():
    def with_link(writer):
        link = a_dictionary(Type="/Annot", Subtype="/Link")
        link[NameObject("/A")] = a_dictionary(S="/URI", URI="https://salur.example/")
        writer.pages[0][NameObject("/Annots")] = ArrayObject([link])

    check_pdf(a_pdf(with_link))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_pdf"),
        (b"PK\x03\x04 a workbook", "not_a_pdf"),
        (b"<html>%PDF-1.7</html>", "not_a_pdf"),
        (b"%PDF-1.7\n<script>alert(1)</script>", "damaged"),
        (b"%PDF-1.7\n" + b"\0" * 100_000, "damaged"),
        (a_pdf()[:300], "damaged"),
        (b"%PDF-1.7\n" + b"a" * (10 * 1024 * 1024), "too_large"),
        (a_pdf(pages=0), "no_pages"),
        (a_pdf(lambda w: w.encrypt("rahasia")), "password"),
        (a_pdf(lambda w: w.encrypt("", owner_password="x")), "password"),
        (a_pdf_with(b"<< /JavaScript /x >>"), "active"),
        (a_pdf(lambda w: w.add_attachment("x.exe", b"MZ")), "attachments"),
        (a_pdf_with(b"<< /S /Launch /F /x >>"), "active"),
        (a_pdf_with(b"<< /F (cmd.exe) /S 5 0 R >>", b"/Launch"), "active"),
        (a_pdf_with(b"<< /S /URI /URI (java\\nscript:alert\\(1\\)) >>"), "active"),
        (a_pdf_with(rb"<< /S /URI /URI (\\\\host\\share\\x) >>"), "active"),
        (a_pdf_with(b"<< /S /SubmitForm >>"), "active"),
        (a_pdf_with(b"<< /Type /Action /S /Unheard >>"), "active"),
        (a_pdf_with(b"<< /Type /Annot /Subtype /RichMedia >>"), "active"),
        (a_pdf_with(b"<< /S /URI /URI (javascript:alert) >>"), "active"),
        (a_pdf_with(b"<< /Subtype /FileAttachment >>"), "attachments"),
        (a_pdf_with(catalogue=b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript >> >>"), "active"),
    ],
)
def test_what_is_no_plain_pdf_is_refused(content, code):
    with pytest.raises(UnfitPdf, match=code):
        check_pdf(content)


def opens(action: bytes, *more: bytes) -> bytes:
    """A file that does something when it is opened."""
    return a_pdf_with(*more, catalogue=b"<< /Type /Catalog /Pages 2 0 R /OpenAction " + action + b" >>")


@pytest.mark.parametrize("action", [b"[3 0 R /Fit]", b"<< /S /GoTo /D [3 0 R /Fit] >>", b"4 0 R"])
def test_a_pdf_may_open_at_one_of_its_pages(action):
    check_pdf(opens(action, b"<< /Type /Action /S /GoTo /D [3 0 R /FitH 0] >>"))


ADDRESS = b"<< /S /URI /URI (https://salur.example/) >>"


@pytest.mark.parametrize(
    "content",
    [
        opens(ADDRESS),
        opens(b"4 0 R", ADDRESS),
        opens(b"<< /S 5 0 R /URI (https://salur.example/) >>", b"null", b"/URI"),
        opens(b"<< /S /GoTo /D [3 0 R /Fit] /Next " + ADDRESS + b" >>"),
        opens(b"<< /S /GoTo /D [3 0 R /Fit] /Next [4 0 R] >>", ADDRESS),
        opens(b"<< /S /Named /N /Print >>"),
        opens(b"9 0 R"),
        a_pdf_with(catalogue=b"<< /Type /Catalog /Pages 2 0 R /Open#41ction " + ADDRESS + b" >>"),
        a_pdf_with(b"<< /Type /Page /AA << /O " + ADDRESS + b" >> >>"),
        a_pdf_with(catalogue=b"<< /Type /Catalog /Pages 2 0 R /URI << /Base (javascript:alert) >> >>"),
    ],
)
def test_a_pdf_that_opens_an_address_by_itself_is_refused(content):
    with pytest.raises(UnfitPdf, match="active"):
        check_pdf(content)


EVIL = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (x) >> >>\nendobj\n"


def end_of(content: bytes) -> bytes:
    """Where its table stands, said once more."""
    return content[content.rindex(b"startxref") :]


@pytest.mark.parametrize(
    "tail",
    [
        EVIL,
        EVIL.replace(b"1 0 obj", b"1%\n0%x\r obj"),
        b"9 0 obj\n<< >>\nendobj\n",
        b"PK\x03\x04 an archive",
        b"<script>alert(1)</script>",
    ],
)
def test_a_pdf_with_something_behind_its_end_is_refused(tail):
    plain = a_pdf_with()
    check_pdf(plain + b"\r\n\0\0\n")
    with pytest.raises(UnfitPdf):
        check_pdf(plain + tail)
    if b"obj" in tail:
        with pytest.raises(UnfitPdf):
            check_pdf(plain + tail + end_of(plain))  # the end said again, behind it


def test_an_object_that_no_table_names_is_looked_at_all_the_same():
    whole = a_pdf_with(b"<< /Of /before >>")
    for hidden, fits in ((b"<< /S /JavaScript  >>", False), (b"<< /Of /before    >>", True)):
        stands = b"9 0 obj\n" + hidden + b"\nendobj\n"
        content = with_unnamed(stands)
        assert stands in content
        if fits:
            check_pdf(content)
        else:
            with pytest.raises(UnfitPdf, match="active"):
                check_pdf(content)
    check_pdf(whole)


def with_unnamed(stands: bytes) -> bytes:
    """A file in the middle of which an object stands that its table leaves out."""
    head = b"%PDF-1.7\n" + stands
    out, places = head, []
    for number, body in enumerate((CATALOGUE, PAGES, PAGE), 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + tail


def test_a_pdf_that_was_added_to_as_signatures_do_is_taken():
    first = PdfWriter(io.BytesIO(a_pdf(pages=2)), incremental=True)
    first.add_metadata({"/Title": "Undangan"})
    out = io.BytesIO()
    first.write(out)
    assert out.getvalue().count(b"%%EOF") == 2
    check_pdf(out.getvalue())


def a_bomb() -> bytes:
    """A stream that unpacks to hundreds of megabytes."""
    bomb = zlib.compress(zlib.compress(b"\0" * 300_000_000, 1), 9)
    head = b"<< /Type /ObjStm /N 1 /First 5 /Filter [/FlateDecode /FlateDecode] /Length %d >>" % len(bomb)
    return objects(b"<< /Type /Catalog /Pages 2 0 R >>", head + b"\nstream\n" + bomb + b"\nendstream")


# Made when their turn comes: some are large.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "pages that are their own children": lambda: objects(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"
    ),
    "a dictionary in a dictionary, ten thousand deep": lambda: objects(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /A " * 10_000 + b"1" + b" >>" * 10_000
    ),
    "an array of a million arrays": lambda: objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"[" * 1_000_000),
    "objects in a stream that unpacks to hundreds of megabytes": a_bomb,
    "a claim of four billion pages": lambda: objects(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 4294967295 /Kids [] >>"
    ),
    "a table that says it has a billion objects": lambda: (
        b"%PDF-1.7\nxref\n0 1000000000\n0000000000 65535 f \ntrailer\n"
        b"<< /Size 1000000000 /Root 1 0 R >>\nstartxref\n9\n%%EOF"
    ),
    "numbers without an end": lambda: b"%PDF-1.7\n" + b"1 " * 5_000_000,
}


@pytest.mark.parametrize("trap", HOSTILE)
def test_no_trap_takes_longer_than_people_wait(trap):
    content = HOSTILE[trap]()
    began = time.monotonic()
    with pytest.raises(UnfitPdf):
        check_pdf(content)
    assert time.monotonic() - began < 25


def test_a_script_that_no_page_leads_to_is_found_all_the_same():
    with pytest.raises(UnfitPdf, match="active"):
        check_pdf(a_pdf_with(b"<< /S /Java#53cript /J#53 (x) >>"))
