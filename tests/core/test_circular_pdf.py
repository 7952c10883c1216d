"""What is taken as the PDF of a circular, and what is not: fakes, traps and bombs."""

from __future__ import annotations

import time
import zlib

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from salur.core.circular_pdf import check_pdf
from salur.core.errors import UnfitPdf
from tests.fixtures.circulars import a_pdf


def a_dictionary(**entries):
    """A PDF dictionary: `a_dictionary(S="/Launch")`."""
    kinds = {key: NameObject if value.startswith("/") else TextStringObject for key, value in entries.items()}
    return DictionaryObject({NameObject(f"/{key}"): kinds[key](value) for key, value in entries.items()})


def launching_by_reference(writer):
    """An action whose kind stands elsewhere in the file."""
    action = a_dictionary(F="cmd.exe")
    action[NameObject("/S")] = writer._add_object(NameObject("/Launch"))
    writer._add_object(action)


def test_an_ordinary_pdf_is_taken():
    check_pdf(a_pdf(pages=3))


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
        (a_pdf(lambda w: w._add_object(a_dictionary(JavaScript="/x"))), "active"),
        (a_pdf(lambda w: w.add_attachment("x.exe", b"MZ")), "attachments"),
        (a_pdf(lambda w: w._add_object(a_dictionary(S="/Launch", F="/x"))), "active"),
        (a_pdf(launching_by_reference), "active"),
        (a_pdf(lambda w: w._add_object(a_dictionary(S="/URI", URI="java\nscript:alert(1)"))), "active"),
        (a_pdf(lambda w: w._add_object(a_dictionary(S="/URI", URI="\\\\host\\share\\x"))), "active"),
        (a_pdf(lambda w: w._add_object(a_dictionary(S="/SubmitForm"))), "active"),
        (a_pdf(lambda w: w._add_object(a_dictionary(Type="/Action", S="/Unheard"))), "active"),
        (a_pdf(lambda w: w._add_object(a_dictionary(Type="/Annot", Subtype="/RichMedia"))), "active"),
        (a_pdf(lambda w: w._add_object(a_dictionary(S="/URI", URI="javascript:alert(1)"))), "active"),
        (a_pdf(lambda w: w._add_object(a_dictionary(Subtype="/FileAttachment"))), "attachments"),
        (a_pdf(lambda w: w._root_object.update({NameObject("/OpenAction"): a_dictionary(S="/JavaScript")})), "active"),
    ],
)
def test_what_is_no_plain_pdf_is_refused(content, code):
    with pytest.raises(UnfitPdf, match=code):
        check_pdf(content)


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


BOMB = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
HOSTILE = {
    "pages that are their own children": objects(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"
    ),
    "a dictionary in a dictionary, ten thousand deep": objects(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /A " * 10_000 + b"1" + b" >>" * 10_000
    ),
    "an array of a million arrays": objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"[" * 1_000_000),
    "objects in a stream that unpacks to hundreds of megabytes": objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /ObjStm /N 1 /First 5 /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(BOMB)
        + BOMB
        + b"\nendstream",
    ),
    "a claim of four billion pages": objects(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 4294967295 /Kids [] >>"
    ),
    "a table that says it has a billion objects": b"%PDF-1.7\nxref\n0 1000000000\n0000000000 65535 f \ntrailer\n"
    b"<< /Size 1000000000 /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    "numbers without an end": b"%PDF-1.7\n" + b"1 " * 5_000_000,
}


@pytest.mark.parametrize("trap", HOSTILE)
def test_no_trap_takes_longer_than_people_wait(trap):
    began = time.monotonic()
    with pytest.raises(UnfitPdf):
        check_pdf(HOSTILE[trap])
    assert time.monotonic() - began < 25


def test_a_script_that_no_page_leads_to_is_found_all_the_same():
    hidden = objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        b"<< /S /Java#53cript /J#53 (x) >>",
    )
    with pytest.raises(UnfitPdf, match="active"):
        check_pdf(hidden)
