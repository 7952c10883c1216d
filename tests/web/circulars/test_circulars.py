"""Circulars on the site: written by Dinsos, read and passed on by heads, read by everybody if public."""

from __future__ import annotations

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from salur.core.officers.roles import Role
from tests.fixtures.circulars import BANTAR_JATI, NUMBER, TITLE, a_circular, a_pdf
from tests.fixtures.office import TEGAL_GUNDIL
from tests.web.conftest import read_off, text_of


@pytest.fixture
def dinsos(heads):
    """Who writes."""
    return heads.create("dinsos")


@pytest.fixture
def desk(signed_in, dinsos):
    """His browser."""
    return signed_in(dinsos)


def written(**changes):
    """What he types into the form."""
    fields = {
        "number": NUMBER,
        "issued_on": "2026-02-18",
        "issuer": "kota",
        "title": TITLE,
        "text": "Surat dibagikan paling lambat Senin.\r\n\r\nTidak ada potongan.",
        "levels": ["kelurahan", "rw", "rt"],
        "areas": [TEGAL_GUNDIL],
    }
    return {**fields, **changes}


def upload(content: bytes, name: str = "surat.pdf"):
    """A file as a browser sends it."""
    return io.BytesIO(content), name


def sent(desk, **changes) -> int:
    """Write, look, send; gives the id."""
    looked = desk.posts("/edaran/tulis", **written(**changes))
    assert looked.status_code == 303, text_of(looked)
    gone = desk.posts(f"{looked.location}/kirim")
    return int(read_off(r"^/edaran/kotak/(\d+)\?selesai=kirim$", gone.location))


def test_dinsos_writes_looks_at_it_and_sends_it(desk, heads, signed_in):
    heads.create("rt", rt=2)
    looked = desk.posts("/edaran/tulis", **written(pdf=upload(a_pdf())))
    page = text_of(desk.opens(looked.location))
    for said in ("Belum dikirim.", TITLE, NUMBER, "Rabu, 18 Februari 2026", "Kelurahan Tegal Gundil", "1 kantor"):
        assert said in page
    assert "Ketua RT" in page
    assert desk.opens(f"{looked.location}.pdf").data.startswith(b"%PDF-")
    gone = desk.posts(f"{looked.location}/kirim")
    assert "Edaran sudah dikirim." in text_of(desk.opens(gone.location))
    assert desk.opens(looked.location).status_code == 404
    assert TITLE in text_of(desk.opens("/edaran/kotak"))


def test_what_was_typed_is_there_again_to_be_changed(desk):
    looked = desk.posts("/edaran/tulis", **written(pdf=upload(a_pdf()), public="y"))
    again = desk.opens(f"/edaran/tulis?dari={looked.location.rsplit('/', 1)[1]}").text
    for there in (NUMBER, TITLE, 'value="2026-02-18"', "Tidak ada potongan.", f'value="{TEGAL_GUNDIL}" checked'):
        assert there in again
    draft = read_off(r'name="draft"[^>]*value="(\d+)"', again)
    changed = desk.posts("/edaran/tulis", **written(title="Judul baru", draft=draft))
    page = text_of(desk.opens(changed.location))
    assert "Judul baru" in page
    assert "Unduh PDF" in page
    assert desk.opens(looked.location).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": ""}, "Nomor edaran belum diisi."),
        ({"title": "  "}, "Judul belum diisi."),
        ({"issuer": ""}, "Pilih siapa yang menerbitkan."),
        ({"issued_on": "kemarin"}, "Tanggalnya belum bisa dibaca."),
        ({"text": ""}, "Tulis isi edaran, atau pilih PDF-nya."),
        ({"levels": []}, "Pilih paling sedikit satu tingkat"),
        ({"areas": []}, "Pilih paling sedikit satu wilayah"),
        ({"areas": ["76.04.01.2001"]}, "Ada wilayah yang tidak termasuk kota Anda."),
        ({"pdf": upload(b"MZ\x90 a program", "surat.pdf")}, "Berkas ini bukan PDF."),
        ({"pdf": upload(b"%PDF-1.7 <script>", "surat.pdf")}, "PDF ini rusak"),
        (
            {"pdf": upload(a_pdf(lambda w: w.add_attachment("x.exe", b"MZ")), "surat.pdf")},
            "Ada berkas lain di dalam PDF ini.",
        ),
    ],
)
def test_a_slip_is_said_at_its_field_and_nothing_typed_is_lost(desk, changes, said):
    answer = desk.posts("/edaran/tulis", **written(**changes))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert (TITLE if "title" not in changes else NUMBER) in answer.text


def test_a_pdf_over_ten_megabytes_is_told_so(desk):
    large = FileStorage(io.BytesIO(b"%PDF-" + b"a" * (10 * 1024 * 1024)), "surat.pdf", content_type="application/pdf")
    boundary, body = encode_multipart(written(csrf_token=desk.form_token(), pdf=large))
    answer = desk.client.post("/edaran/tulis", data=body, content_type=f'multipart/form-data; boundary="{boundary}"')
    assert answer.status_code == 422
    assert "PDF ini lebih dari 10 MB." in text_of(answer)


def test_more_than_a_form_may_send_is_refused_before_it_is_read(desk):
    body, kind = b"%PDF-" + b"a" * (12 * 1024 * 1024), "multipart/form-data; boundary=x"
    assert desk.client.post("/edaran/tulis", data=body, content_type=kind).status_code == 413


@pytest.mark.parametrize("levels", [["dinsos"], ["payout"], ["god"]])
def test_a_forged_level_is_no_level(desk, levels):
    assert desk.posts("/edaran/tulis", **written(levels=levels)).status_code == 422


def test_a_head_reads_it_says_so_and_passes_it_on(desk, heads, signed_in):
    id = sent(desk)
    phone = signed_in(heads.create("rt", rt=2))
    assert "1 edaran belum Anda tandai dibaca" in text_of(phone.opens("/edaran/kotak"))
    address = f"/edaran/kotak/{id}"
    page = text_of(phone.opens(address))
    assert "Tidak ada potongan." in page
    assert "Anda belum menandai edaran ini." in page
    assert "Siapa yang sudah" not in page
    assert phone.posts(f"{address}/baca").location == f"{address}?selesai=tanda"
    assert "Anda menandai sudah dibaca pada 20 Februari 2026 pukul 12.00." in text_of(phone.opens(address))
    phone.posts(f"{address}/sampai")
    page = phone.opens(address)
    assert "Anda menandai sudah disampaikan" in text_of(page)
    assert "/sampai" not in page.text
    assert "Semua edaran sudah Anda tandai dibaca." in text_of(phone.opens("/edaran/kotak"))


def test_an_unread_circular_is_marked_late_after_two_days(desk, heads, signed_in, clock):
    id = sent(desk)
    rt = heads.create("rt")
    clock.passes(days=2, hours=1)
    phone = signed_in(rt)
    assert "lewat 2 hari" in text_of(phone.opens("/edaran/kotak"))
    assert "lebih dari 2 hari menunggu Anda" in text_of(phone.opens(f"/edaran/kotak/{id}"))


def test_the_lurah_sees_the_two_who_have_not_acknowledged(desk, heads, signed_in, services):
    rts = [heads.create("rt", rw=5, rt=rt) for rt in (1, 2, 3)]
    id = sent(desk)
    services.circulars.acknowledge(rts[0], id, "read")
    page = signed_in(heads.create("kelurahan")).opens(f"/edaran/kotak/{id}")
    text = text_of(page)
    not_yet = text.partition("Yang belum")[2].partition("Menurut wilayah")[0]
    assert "Ketua RT 002 RW 005 Tegal Gundil" in not_yet
    assert "Ketua RT 003 RW 005 Tegal Gundil" in not_yet
    assert "Ketua RT 001" not in not_yet
    assert "1 dari 3 sudah membaca" in text
    assert read_off(r'role="img".*?<title[^>]*>([^<]*)<', page.text) == "Tanda terima dari 3 kantor"
    drawn = read_off(r"<desc[^>]*>([^<]*)<", page.text)
    assert drawn == "Sudah disampaikan 0 dari 3 (0 %); Sudah dibaca saja 1 dari 3 (33 %); Belum 2 dari 3 (67 %)"
    for rt in rts:
        assert rt.username not in page.text


def test_who_is_not_meant_finds_nothing_at_any_of_its_addresses(desk, heads, signed_in):
    id = sent(desk, pdf=upload(a_pdf()))
    strangers = [
        heads.create("kelurahan", area=BANTAR_JATI),
        heads.create("rw", area=BANTAR_JATI),
        heads.create("kecamatan", area="32.71.01"),
        heads.create("dinsos", area="76.04"),
    ]
    for stranger in strangers:
        phone = signed_in(stranger)
        assert TITLE not in phone.opens("/edaran/kotak").text
        for address in (f"/edaran/kotak/{id}", f"/edaran/kotak/{id}.pdf", f"/edaran/kotak/{id}?wilayah={TEGAL_GUNDIL}"):
            assert phone.opens(address).status_code == 404
        for address in ("baca", "sampai", "tarik"):
            assert phone.posts(f"/edaran/kotak/{id}/{address}").status_code in (403, 404)


def test_a_lurah_cannot_look_into_the_next_kelurahan(desk, heads, signed_in):
    heads.create("rt", area=BANTAR_JATI)
    id = sent(desk, areas=["32.71.05"])
    phone = signed_in(heads.create("kelurahan"))
    assert "Bantar" not in text_of(phone.opens(f"/edaran/kotak/{id}"))
    assert phone.opens(f"/edaran/kotak/{id}?wilayah={BANTAR_JATI}").status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DINSOS])
def test_only_dinsos_comes_to_the_desk(heads, signed_in, role):
    phone = signed_in(heads.create(role))
    for address in ("/edaran/tulis", "/edaran/tulis/1", "/edaran/tulis/1.pdf"):
        assert phone.opens(address).status_code == 403
    for address in ("/edaran/tulis", "/edaran/tulis/1/kirim", "/edaran/kotak/1/tarik"):
        assert phone.posts(address).status_code == 403


def test_a_draft_is_found_by_nobody_else(desk, heads, signed_in):
    looked = desk.posts("/edaran/tulis", **written(public="y"))
    id = looked.location.rsplit("/", 1)[1]
    colleague = signed_in(heads.create("dinsos"))
    for address in (looked.location, f"/edaran/kotak/{id}", f"/edaran/{id}"):
        assert colleague.opens(address).status_code == 404
    assert colleague.posts(f"{looked.location}/kirim").status_code == 404
    assert 'value="SE ' not in colleague.opens(f"/edaran/tulis?dari={id}").text


def test_a_withdrawn_circular_says_so_to_those_who_read_it(desk, heads, signed_in, services):
    rt, other = heads.create("rt", rt=1), heads.create("rt", rt=2)
    id = sent(desk, public="y")
    services.circulars.acknowledge(rt, id, "read")
    page = desk.opens(desk.posts(f"/edaran/kotak/{id}/tarik").location)
    assert "Edaran sudah ditarik." in text_of(page)
    assert "Edaran ini ditarik kembali pada 20 Februari 2026." in text_of(signed_in(rt).opens(f"/edaran/kotak/{id}"))
    assert signed_in(other).opens(f"/edaran/kotak/{id}").status_code == 404
    assert desk.opens(f"/edaran/{id}").status_code == 404


def test_everybody_reads_the_public_ones_and_only_those(visitor, services, dinsos):
    inner = services.circulars.write(dinsos, a_circular(title="Hanya untuk dalam"), a_pdf())
    public = services.circulars.write(dinsos, a_circular(public=True), a_pdf())
    page = visitor.opens("/edaran")
    assert TITLE in page.text
    assert "Hanya untuk dalam" not in page.text
    assert "/edaran/kotak" not in page.text
    assert "Tidak ada potongan." in text_of(visitor.opens(f"/edaran/{public}"))
    for address in (f"/edaran/{inner}", f"/edaran/{inner}.pdf", "/edaran/999", f"/edaran/kotak/{public}.pdf"):
        assert visitor.opens(address).status_code in (303, 404)
    assert 'href="/edaran"' in visitor.opens("/").text


def test_the_pdf_is_a_download_under_a_safe_name(visitor, services, dinsos):
    pdf = a_pdf()
    id = services.circulars.write(dinsos, a_circular(number='../SE "46\r\n0/12', public=True), pdf)
    answer = visitor.opens(f"/edaran/{id}.pdf")
    assert answer.data == pdf
    assert answer.headers["Content-Disposition"] == 'attachment; filename="edaran-SE-46-0-12.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    again = visitor.opens(f"/edaran/{id}.pdf", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_an_officer_finds_the_way_from_the_public_page_to_his_own(desk):
    assert 'href="/edaran/kotak"' in desk.opens("/edaran").text


def test_what_a_circular_says_is_text_and_nothing_else(visitor, services, dinsos):
    id = services.circulars.write(
        dinsos, a_circular(title="<b>x</b>", text="<script>x</script> {{ 7*7 }}", public=True)
    )
    page = visitor.opens(f"/edaran/{id}").text
    assert "<script>" not in page
    assert "<b>x" not in page
    assert "{{ 7*7 }}" in page


def test_one_kelurahan_of_a_city_can_be_looked_at_alone(desk, heads):
    for rt in range(1, 4):
        heads.create("rt", rt=rt)
    id = sent(desk, areas=["32.71"], levels=["kecamatan", "kelurahan", "rt"])
    page = text_of(desk.opens(f"/edaran/kotak/{id}?wilayah={TEGAL_GUNDIL}"))
    assert "Siapa yang sudah dan belum di Tegal Gundil" in page
    assert "Ketua RT 003 RW 005 Tegal Gundil" in page
    whole = text_of(desk.opens(f"/edaran/kotak/{id}"))
    assert "Kelurahan Bantarjati: belum punya akun Salur" in whole.replace(" :", ":")
    assert desk.opens(f"/edaran/kotak/{id}?wilayah=76.04").status_code == 404
