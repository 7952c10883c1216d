"""Payment planned family by family on the desk: wanted, looked at, changed by hand, published, moved, taken back."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from salur.core.officers.roles import Role
from tests.fixtures.office import TEGAL_GUNDIL, Recipient, Reported
from tests.fixtures.uploads import work_off
from tests.web.conftest import read_off, text_of
from tests.web.plans.conftest import FORM, HOME, fields_of


def families(rws, count):
    """So many in each RW, five in each RT."""
    return [
        Recipient(rw=rw, rt=number // 5 + 1, address=f"Jl. Roda No. {number + 1}")
        for rw in rws for number in range(count)
    ]  # fmt: skip


@pytest.fixture
def asks(app, visitor):
    """`asks(family)`: the answer that a family reads, each from an address of its own."""

    def read(family):
        address = f"10.{family.rw}.{family.rt}.{int(family.nik[-3:]) % 250 + 1}"
        return visitor.sends(nomor=family.nik, nama=family.name, csrf_token=visitor.token(), address=address)

    return read


def test_300_families_are_planned_published_moved_and_read_their_own_hour(
    services, office, planner, asks, heads, signed_in
):
    people = families(range(1, 13), 25)
    office.publishes(*people)
    halls = planner.hall(), planner.hall("SDN Tegal Gundil 3", opening_hours=None)
    empty = text_of(planner.opens(HOME))
    assert "Belum ada rencana" in empty
    made = planner.presses(planner.opens(FORM), "buat", **planner.pattern(*halls))
    assert "4 pembayaran ditambahkan" in text_of(made)
    assert "Semuanya muat 320 keluarga" in text_of(made)
    draft = planner.presses(made, "susun").location
    page = text_of(planner.opens(draft))
    for told in ("Keluarga di daftar 300", "Mendapat jadwal 300", "Tidak mendapat 0", "08.00–12.00", "dari 80"):
        assert told in page
    # An RW goes where there is room, and is refused where there is none.
    plan = services.spreading.look(planner.officer, int(draft.rpartition("/")[2]))
    here = next(share.sitting for share in plan.shares if share.where.rw == 3)
    full = max((one for one in range(4) if one != here), key=lambda one: plan.by_sitting[one])
    to_full = {"kelurahan": TEGAL_GUNDIL, "rw": "3", "rt": "", "sesi": str(full)}
    refused = planner.posts(f"{draft}/taruh", **to_full)
    assert refused.status_code == 422
    room = 80 - plan.by_sitting[full]
    assert f"25 keluarga akan datang, tempatnya tinggal untuk {room}. Kelebihan {25 - room}" in text_of(refused)
    emptiest = min((one for one in range(4) if one != here), key=lambda one: plan.by_sitting[one])
    rt = planner.posts(f"{draft}/taruh", **{**to_full, "rt": "1", "sesi": str(emptiest)})
    assert rt.status_code == 303
    draft = rt.location.partition("?")[0]
    moved = services.spreading.look(planner.officer, int(draft.rpartition("/")[2]))
    assert {s.sitting for s in moved.shares if (s.where.rw, s.where.rt) == (3, 1)} == {emptiest}
    # Nobody reads it before it is published.
    assert "belum ditetapkan" in text_of(asks(people[0]))
    sent = planner.publishes(draft)
    assert sent.status_code == 303, text_of(sent)
    before = {family.nik: asks(family).text for family in people[::30]}
    hours = {read_off(r'class="hours">pukul ([\d.–]+)', page) for page in before.values()}
    assert hours <= {"08.00–09.00", "09.00–10.00", "10.00–11.00", "11.00–12.00"}
    assert len(hours) > 1
    # One of the four is moved; its families, and no others, read the new day and what it was.
    monday = next(one for one in services.planning.board(planner.officer) if one.sitting.starts.day == 23)
    when = {"place": halls[0], "date": "2026-02-26", "starts": "10:00", "ends": "14:00", "deadline": ""}
    move = planner.posts(f"/kantor/jadwal/{monday.areas[0].sitting}/pindah", **when).location
    published = planner.posts(
        f"{move}/terbitkan",
        dilihat=read_off(r'name="dilihat" value="(\w+)"', planner.opens(move).text),
        **dict.fromkeys(re.findall(r'type="checkbox" id="(setuju-\d+)"', planner.opens(move).text), "1"),
    )
    assert published.status_code == 303, text_of(published)
    theirs = {(area.rw, area.rt) for area in monday.areas}
    for family in people[::30]:
        now = asks(family).text
        if (family.rw, None) in theirs or (family.rw, family.rt) in theirs:
            was = int(read_off(r'class="hours">pukul (\d\d)', before[family.nik]))
            assert int(read_off(r'class="hours">pukul (\d\d)', now)) == was + 2
            assert "Semula Senin, 23 Februari" in now
        else:
            assert "Semula" not in now
    page = text_of(planner.opens(draft))
    assert "Semula Senin, 23 Februari. Sekarang Kamis, 26 Februari" in page
    assert "Kamis, 26 Februari, 10.00–14.00" in page
    # The head of an RW reads the same on the list, with what it was.
    moved_rw = min(rw for rw, _ in theirs)
    head = signed_in(heads.create(Role.RW, rw=moved_rw))
    listed = text_of(head.opens("/wilayah"))
    assert "Kamis, 26 Februari 2026, pukul 1" in listed
    assert "Semula Senin, 23 Februari. Sekarang Kamis, 26 Februari" in listed


def test_the_calendar_file_tells_the_familys_own_hour_and_of_nobody(office, planner, asks, visitor):
    people = families([5], 8)
    office.publishes(*people)
    planner.publishes(planner.drafts(planner.hall(), last="2026-02-23"))
    pages = [asks(family) for family in people]
    last = [one for one in pages if "pukul 11.00–12.00" in one.text]
    assert len(last) == 2
    for one in pages:
        later = "Datang lebih lambat tetap dilayani, sampai pukul 12.00" in text_of(one)
        assert later == (one not in last)
    page = last[0].text
    link = read_off(r'href="(/jadwal/sesi/[^"]+)"', page)
    assert re.fullmatch(r"/jadwal/sesi/\d+\.ics\?bagian=3-4", link)
    event = visitor.opens(link).text.replace("\r\n ", "")
    assert "DTSTART:20260223T040000Z" in event
    assert "DTEND:20260223T050000Z" in event
    assert "pukul 11.00–12.00 WIB" in event
    assert not any(family.name.split()[0].casefold() in event.casefold() for family in people)
    for nonsense in ("9-4", "0-99", "-1-4", "x"):
        whole = visitor.opens(f"{link.partition('?')[0]}?bagian={nonsense}").text
        assert "DTSTART:20260223T010000Z" in whole
        assert "DTEND:20260223T050000Z" in whole


def test_whatever_is_pressed_nothing_typed_is_lost(office, planner):
    office.publishes(Recipient())
    hall = planner.hall()
    page = planner.presses(planner.opens(FORM), "buat", **planner.pattern(hall))
    first = read_off(r'name="rows-(\d+)-date"', page.text)
    wrong = {f"rows-{first}-date": "besok", f"rows-{first}-ends": "07:00", f"rows-{first}-regions": "Atlantis"}
    page = planner.presses(page, "kosong-32.71.05", **wrong, deadline="2026-03-31")
    fields = fields_of(page.text)
    assert {name: fields[name] for name in wrong} == wrong
    assert fields["deadline"] == "2026-03-31"
    assert not any(code.startswith("32.71.05.") for code in fields.getlist("areas"))
    page = planner.presses(page, "semua-32.71.05")
    assert TEGAL_GUNDIL in fields_of(page.text).getlist("areas")
    page = planner.presses(page, "baris")
    assert page.text.count('name="rows-') == 3 * 7
    page = planner.presses(page, f"hapus-{int(first) + 1}")
    assert page.text.count('name="rows-') == 2 * 7
    refused = planner.presses(page, "susun")
    assert refused.status_code == 422
    told = text_of(refused)
    assert "Baris 1: Tanggalnya belum bisa dibaca" in told
    assert "Baris 1: Ada nama yang bukan satu kelurahan" in told
    assert "Baris 2" not in told.partition("Rencana baru")[0]
    assert fields_of(refused.text)[f"rows-{first}-date"] == "besok"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends": "07:00"}, "Baris 2: Jam selesainya harus sesudah jam mulai."),
        ({"date": "2025-12-01"}, "Baris 2: Waktunya sudah lewat."),
        ({"date": "2026-02-23"}, "Baris 2: Tempat, hari, dan jam ini sudah ada di baris lain."),
        ({"place": "4711"}, "Baris 2: Tempat itu tidak ada"),
        ({"per_hour": "0"}, "Baris 2: Tulis jumlah keluarga"),
    ],
)
def test_a_slip_says_which_row_and_why(office, planner, changed, sentence):
    office.publishes(Recipient())
    page = planner.presses(planner.opens(FORM), "buat", **planner.pattern(planner.hall()))
    refused = planner.presses(page, "susun", **{f"rows-1-{name}": value for name, value in changed.items()})
    assert refused.status_code == 422
    assert sentence in text_of(refused)


def test_holidays_and_shut_places_are_left_out_and_said(office, planner):
    office.publishes(Recipient())
    asked = planner.pattern(planner.hall(), first="2026-03-14", last="2026-03-19")
    page = planner.presses(planner.opens(FORM), "buat", **{**asked, "g-weekdays": ["0", "3", "5"]})
    told = text_of(page)
    assert "Kamis, 19 Maret 2026: " in told
    assert "Sabtu, 14 Maret 2026: Aula Tegal Gundil tutup pada jam itu (Senin-Jumat 08.00-15.00)" in told
    assert "1 pembayaran ditambahkan" in told
    nothing = planner.presses(planner.opens(FORM), "buat", **planner.pattern())
    assert nothing.status_code == 422
    assert "Pilih paling sedikit satu tempat" in text_of(nothing)


def test_who_is_left_is_told_with_the_reason_and_asked_about_before_publishing(office, planner):
    paid = Recipient()
    office.publishes(*families([5], 90), paid, Recipient(rw=None, rt=None))
    office.hears(Reported(nik=paid.nik))
    draft = planner.drafts(planner.hall(), last="2026-02-23")
    page = text_of(planner.opens(draft))
    assert "10 keluarga : Tidak muat lagi" in page
    assert "1 keluarga : Sudah dibayar" in page
    assert "1 keluarga : RW-nya tidak tercatat" in page
    assert "11 keluarga yang masih harus dibayar tidak mendapat jadwal" in page
    assert planner.publishes(draft, ticks=False).status_code == 422
    assert planner.publishes(draft).status_code == 303


def test_a_draft_is_changed_by_its_form_and_put_away(services, office, planner):
    office.publishes(*families([5], 10))
    draft = planner.drafts(planner.hall(), "rumah", only="Tegal Gundil")
    filled = planner.opens(f"{FORM}?rencana={draft.rpartition('/')[2]}")
    fields = fields_of(filled.text)
    assert fields["round"] == "PKH|2026-T1"
    assert sorted(value for name, value in fields.items() if name.endswith("-regions")) == ["Tegal Gundil"] * 4
    again = planner.presses(filled, "susun", deadline="2026-03-31").location
    assert [one.id for one in services.spreading.plans(planner.officer)] == [int(again.rpartition("/")[2])]
    assert planner.posts(f"{again}/urungkan").status_code == 303
    assert "1 rencana yang dibatalkan atau dibuang" in text_of(planner.opens(HOME))


def test_a_published_plan_is_revised_and_taken_back(office, planner, asks):
    old = families([5], 10)
    office.publishes(*old)
    first = planner.drafts(planner.hall())
    planner.publishes(first)
    new = Recipient(rw=7, rt=1)
    office.publishes(*old, new)
    assert "belum ditetapkan" in text_of(asks(new))
    second = planner.posts(f"{first}/perbarui").location.partition("?")[0]
    assert "Mendapat jadwal 11" in text_of(planner.opens(second))
    planner.publishes(second)
    assert "Ambil bantuan" in asks(new).text or "23 Februari" in asks(new).text
    assert planner.posts(f"{second}/urungkan").status_code == 303
    assert "belum ditetapkan" in text_of(asks(new))


def test_a_large_plan_is_worked_out_beside_the_site(services, office, planner, monkeypatch):
    monkeypatch.setattr("salur.core.payouts.spreading.later.AT_A_GLANCE", 5)
    office.publishes(*families([5], 10))
    page = planner.presses(planner.opens(FORM), "buat", **planner.pattern(planner.hall()))
    job = planner.presses(page, "susun").location
    assert job.startswith(f"{HOME}/hitungan/")
    assert "Menunggu giliran" in text_of(planner.opens(job))
    assert "Rencana yang dihitung" in text_of(planner.opens(HOME))
    again = planner.presses(page, "susun")
    assert "masih dihitung" in text_of(again)
    work_off(services)
    assert "Mendapat jadwal 10" in text_of(planner.opens(job))


def test_a_large_plan_that_is_stopped_or_refused_leads_back_to_its_form(services, office, planner, monkeypatch):
    monkeypatch.setattr("salur.core.payouts.spreading.later.AT_A_GLANCE", 5)
    people = families([5], 10)
    office.publishes(*people)
    page = planner.presses(planner.opens(FORM), "buat", **planner.pattern(planner.hall()))
    job = planner.presses(page, "susun").location
    planner.posts(f"{job}/berhenti")
    assert "Dihentikan" in text_of(planner.opens(job))
    filled = planner.opens(f"{FORM}?hitungan={job.rpartition('/')[2]}")
    assert fields_of(filled.text)["rows-0-date"] == "2026-02-23"
    assert services.spreading.plans(planner.officer) == ()


def test_another_citys_office_sees_neither_plans_nor_work_on_them(office, planner, heads, signed_in, monkeypatch):
    office.publishes(*families([5], 10))
    draft = planner.drafts(planner.hall())
    monkeypatch.setattr("salur.core.payouts.spreading.later.AT_A_GLANCE", 5)
    job = planner.presses(planner.opens(f"{FORM}?rencana={draft.rpartition('/')[2]}"), "susun").location
    elsewhere = signed_in(heads.create(Role.DINSOS, "32.01"))
    for address in (draft, job, f"{FORM}?rencana={draft.rpartition('/')[2]}"):
        assert elsewhere.opens(address).status_code == 404
    for act in ("taruh", "terbitkan", "perbarui", "urungkan"):
        assert elsewhere.posts(f"{draft}/{act}", kelurahan=TEGAL_GUNDIL, rw="5", sesi="0").status_code == 404


def test_where_rw_lie_is_sent_as_a_table_and_shortens_the_way(services, office, planner):
    office.publishes(*families([1, 2], 10))
    table = (
        "Kelurahan;Kecamatan;RW;RT;Lintang;Bujur\n"
        "Tegal Gundil;Bogor Utara;1;;-6,5712;106,8210\nTegal Gundil;Bogor Utara;002;;-6.5810;106.8206\n"
        "Tegal Gundil;Bogor Utara;2;;-6.5810;106.8206\nAtlantis;;1;;-6.5;106.8\nTegal Gundil;Bogor Utara;3;;di sana;\n"
    )
    sent = planner.posts(f"{HOME}/letak", berkas=(BytesIO(table.encode()), "letak.csv"))
    told = text_of(sent)
    assert "5 baris dibaca. 2 letak disimpan. 3 baris tidak dipakai." in told
    for row in ("Baris 4: RW atau RT ini sudah ada", "Baris 5: Kelurahan atau kecamatan", "Baris 6: Titik petanya"):
        assert row in told
    assert "Letak 2 RW diketahui" in told
    draft = planner.drafts(planner.hall(latitude=-6.5712, longitude=106.8206))
    assert "Rata-rata jarak" in text_of(planner.opens(draft))
    refused = planner.posts(f"{HOME}/letak", berkas=(BytesIO(b"a;b\n1;2\n"), "letak.csv"))
    assert refused.status_code == 422
