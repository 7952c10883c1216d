"""The files of the sample city: what an office would have, the same every time, with the faults that were put in."""

from __future__ import annotations

import hashlib
import json
import re
import tracemalloc
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from salur.cli.sample import sample
from salur.core.errors import MalformedNik
from salur.core.people.nik import Nik
from salur.core.regions.zones import time_zone_label
from salur.sample import city as city_module
from salur.sample import tables
from salur.sample.areas import areas
from salur.sample.city import write_city
from salur.sample.quarters import before, present
from salur.sample.scenes import HOME, RT, RW, SCENES
from salur.sample.schedule import HEADER
from salur.sample.sittings import DAYS_TO_COLLECT, SUNDAY, sittings
from tests.sample.conftest import TODAY, City, make_city

NUMBERED = ("PKH", "SEMBAKO", "APBD", "KUBE")


def digests(folder: Path) -> dict[str, str]:
    """What each file of a folder is, in short."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def column(row: dict[str, Any], *names: str) -> str:
    """The cell under whichever of these headers the sender uses."""
    return str(next(row[name] for name in names if name in row))


def nik_of(row: dict[str, Any]) -> str:
    """The NIK of a line as the list writes it."""
    return column(row, "NIK", "NIK KPM", "NIK KTP")


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = (tmp_path / name for name in ("first", "second", "other"))
    for folder, seed in ((first, 3), (second, 3), (other, 4)):
        write_city(400, seed, folder, today=TODAY)
    assert digests(first) == digests(second)
    assert set(digests(first).values()).isdisjoint(
        digest for name, digest in digests(other).items() if not name.startswith("jadwal")
    )


def test_no_workbook_holds_the_hour_at_which_it_was_made(city: City) -> None:
    for path in city.folder.glob("*.xlsx"):
        with ZipFile(path) as book:
            assert {entry.date_time[0] for entry in book.infolist()} == {1980}
            assert b"2026-01-01T00:00:00Z</dcterms:created>" in book.read("docProps/core.xml")


def test_the_office_has_lists_of_five_programmes_schedules_and_results(city: City) -> None:
    assert {entry["programme"] for entry in city.manifest["lists"]} == {"PKH", "SEMBAKO", "APBD", "PANGAN", "KUBE"}
    assert {Path(entry["file"]).suffix for entry in city.manifest["lists"]} == {".xlsx", ".xls", ".csv"}
    assert len(city.manifest["schedules"]) == 2
    assert {(p["programme"], p["period"]) for p in city.manifest["payments"]} == {
        ("PKH", "2026-T3"),
        ("PKH", "2026-T4"),
        ("SEMBAKO", "2026-T4"),
        ("APBD", "2026-T4"),
    }
    named = [entry["file"] for kind in ("lists", "schedules", "payments") for entry in city.manifest[kind]]
    assert sorted([*named, "manifest.json"]) == sorted(path.name for path in city.folder.iterdir())


def test_the_previous_list_of_pkh_is_imported_before_the_present_one(city: City) -> None:
    periods = [entry["period"] for entry in city.manifest["lists"] if entry["programme"] == "PKH"]
    assert periods == ["2026-T3", "2026-T3", "2026-T4", "2026-T4"]


@pytest.mark.parametrize("programme", NUMBERED)
def test_lists_hold_the_faults_that_the_manifest_tells_and_no_others(city: City, programme: str) -> None:
    for entry in (entry for entry in city.manifest["lists"] if entry["programme"] == programme):
        rows = city.people(entry["file"])
        expected = entry["expected"]
        assert len(rows) == expected["people"] + expected["refused"]
        found = Counter(filter(None, (fault_of(nik_of(row)) for row in rows)))
        told = Counter({code: n for code, n in expected["faults"].items() if code in FAULTS_OF_A_NIK})
        assert found == told
        numbers = Counter(number for row in rows if fault_of(number := bare(nik_of(row))) is None)
        assert sum(count - 1 for count in numbers.values()) == expected["faults"].get("nik_duplicate", 0)


FAULTS_OF_A_NIK = {"nik_from_number", "nik_missing", "nik_not_16_digits", "nik_serial_zero", "nik_impossible_date"}


def bare(number: str) -> str:
    """A number without what clerks put around and between its digits."""
    return re.sub(r"[' .]", "", number)


def fault_of(written: str) -> str | None:
    """What is wrong with a NIK as a list writes it."""
    if re.search(r"E\+15$|\.0$", written):
        return "nik_from_number"
    if not written:
        return "nik_missing"
    try:
        Nik.parse(written.removeprefix("'"))
    except MalformedNik as error:
        return {"not_16_digits": "nik_not_16_digits", "serial_zero": "nik_serial_zero"}.get(
            error.code, f"nik_{error.code}"
        )
    return None


def test_one_or_two_lines_in_a_hundred_are_faulty(city: City) -> None:
    lists = [entry["expected"] for entry in city.manifest["lists"]]
    faults = sum(sum(entry["faults"].values()) for entry in lists)
    lines = sum(entry["people"] + entry["refused"] for entry in lists)
    assert 0.01 < faults / lines < 0.025


def test_every_kelurahan_is_on_the_present_lists(city: City) -> None:
    present_lists = [entry["file"] for entry in city.manifest["lists"] if entry["period"] == "2026-T4"]
    written = {
        column(row, "KELURAHAN", "KEL/DESA", "DESA/KELURAHAN", "NM KEL").upper().replace(" ", "")
        for name in present_lists
        for row in city.people(name)
    }
    assert {area.name.upper().replace(" ", "") for area in areas()} <= written


def test_a_family_shares_its_kk_between_mother_and_father(city: City) -> None:
    def by_kk(programme: str) -> dict[str, str]:
        rows = [row for entry in city.files(programme, "2026-T4") for row in city.people(entry["file"])]
        return {column(row, "NO. KK", "NO KK", "NOMOR KK"): bare(nik_of(row)) for row in rows}

    pkh, sembako = by_kk("PKH"), by_kk("SEMBAKO")
    shared = pkh.keys() & sembako.keys()
    assert any(pkh[kk] != sembako[kk] for kk in shared)
    assert any(pkh[kk] == sembako[kk] for kk in shared)


def test_some_are_no_longer_listed_with_and_without_a_reason(city: City) -> None:
    def listed(period: str) -> dict[str, str]:
        rows = [row for entry in city.files("PKH", period) for row in city.people(entry["file"])]
        return {bare(nik_of(row)): column(row, "KET", "KETERANGAN") for row in rows}

    then, now = listed("2026-T3"), listed("2026-T4")
    tried = city.manifest["try"]
    assert tried["taken_off_without_reason"]["nik"] in then.keys() - now.keys()
    assert now[tried["taken_off"]["nik"]] == "SUDAH MAMPU"
    assert now[tried["suspended"]["nik"]].startswith("DITANGGUHKAN")
    assert "DIANTAR KE RUMAH" in now[tried["home_visit"]["nik"]]
    notes = Counter(now.values())
    assert {"MENINGGAL", "PINDAH ALAMAT", "SUDAH MAMPU"} <= notes.keys()
    assert len(then.keys() - now.keys()) > 10


def test_the_people_to_try_stand_as_the_manifest_says(city: City) -> None:
    def outcome(who: str, programme: str) -> list[str]:
        rows = city.rows(f"hasil-bayar-{programme}-2026-t4.xlsx")
        return [str(row[6]) for row in rows if len(row) > 6 and row[1] == tried[who]["nik"]]

    tried = city.manifest["try"]
    assert outcome("paid", "sembako") == outcome("two_programmes", "sembako") == ["TERBAYAR"]
    assert outcome("returned", "apbd") == ["RETUR"]
    assert outcome("missed", "sembako") == outcome("listed_coming", "pkh") == outcome("two_programmes", "pkh") == []
    first = tried["listed_coming"]
    row = next(row for row in city.people("pkh-2026-t4-bogor.xlsx") if row["NIK"] == first["nik"])
    assert (row["NAMA LENGKAP"], row["NO. KK"], row["NO DANOM"]) == (first["name"], first["kk"], first["letter_code"])


def test_the_people_to_try_are_neighbours_whose_numbers_come_from_many_places(city: City) -> None:
    people = [city.manifest["try"][key] for key, scene in SCENES.items() if scene.area == HOME]
    assert {(who["area"], who["rw"], who["rt"]) for who in people} == {(HOME, RW, RT)}
    assert len({who["nik"][:6] for who in people}) > 5
    assert len({who["nik"][6:12] for who in people}) == len(people)


def test_nothing_is_wrong_with_the_lines_of_people_to_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salur.sample.dirt.FAULTY", 1.0)
    monkeypatch.setattr("salur.sample.dirt.UNTIDY_NIK", 1.0)
    city = make_city(tmp_path, 60)
    then, now = (
        {row["NIK"]: row for entry in city.files("PKH", period) for row in city.people(entry["file"])}
        for period in ("2026-T3", "2026-T4")
    )
    tried = city.manifest["try"]
    assert tried.keys() == {*SCENES, "nobody"}
    for scene in (key for key, scene in SCENES.items() if scene.mother[0] == "PKH"):
        who = tried[scene]
        assert then[who["nik"]]["NAMA PENERIMA"] == who["name"]
        if scene != "taken_off_without_reason":
            assert (now[who["nik"]]["NAMA LENGKAP"], now[who["nik"]]["NO. KK"]) == (who["name"], who["kk"])


def test_nobody_to_try_is_on_no_list(city: City) -> None:
    nobody = city.manifest["try"]["nobody"]
    Nik.parse(nobody["nik"])
    for entry in city.manifest["lists"] + city.manifest["payments"]:
        assert not any(nobody["nik"] in map(str, row) or nobody["name"] in row for row in city.rows(entry["file"]))


DAYS = [TODAY, date(2027, 1, 1), date(2028, 2, 29), date(2026, 10, 2), date(2026, 12, 31), date(2026, 11, 22)]


@pytest.mark.parametrize("today", DAYS)
def test_sittings_lie_partly_behind_and_partly_within_the_coming_month(today: date) -> None:
    quarter = present(today)
    for district in {area.district_code for area in areas()}:
        days = [
            sitting.day
            for area in areas()
            if area.district_code == district
            for programme in DAYS_TO_COLLECT
            for sitting in sittings(programme, area, today)
        ]
        assert min(days) < today
        assert max(days) >= today + timedelta(days=3)
        for day in days:
            assert quarter.issued < day <= today + timedelta(days=30)
            assert not today <= day < today + timedelta(days=3)
            assert day.weekday() != SUNDAY


@pytest.mark.parametrize("today", DAYS)
def test_the_present_list_is_that_of_this_quarter_and_issued_before_today(today: date) -> None:
    quarter = present(today)
    assert quarter.period == f"{today.year}-T{(today.month - 1) // 3 + 1}"
    assert before(quarter).issued < quarter.issued < today


def test_the_second_schedule_puts_off_a_sitting_of_the_first(city: City) -> None:
    first, second = (scheduled(city, entry["file"]) for entry in city.manifest["schedules"])
    assert second
    for row in second:
        same = [r for r in first if all(r[name] == row[name] for name in HEADER if name not in CHANGES)]
        assert len(same) == 1
        assert same[0]["TANGGAL"] != row["TANGGAL"]


CHANGES = ("NO", "TANGGAL", "BATAS AKHIR")


def scheduled(city: City, name: str) -> list[dict[str, Any]]:
    """The rows of a schedule by header."""
    return [dict(zip(HEADER, row, strict=True)) for row in list(city.rows(name))[4:]]


def test_the_schedule_has_places_of_every_kind_near_their_city(city: City) -> None:
    rows = scheduled(city, city.manifest["schedules"][0]["file"])
    kinds = {row["JENIS TEMPAT"] for row in rows}
    assert kinds == {
        "Kantor Pos", "Kantor Kelurahan", "Kantor Desa", "Kantor Kecamatan", "Sekolah", "Kunjungan rumah",
    }  # fmt: skip
    for row in rows:
        bogor = row["JAM MULAI"].endswith("WIB")
        middle = (-6.595, 106.79) if bogor else (-3.45, 119.12)
        if row["LINTANG"]:
            assert abs(float(row["LINTANG"]) - middle[0]) < 0.12
            assert abs(float(row["BUJUR"]) - middle[1]) < 0.15
        else:
            assert row["JENIS TEMPAT"] == "Kunjungan rumah"
    assert {area.zone for area in areas()} == {time_zone_label("32"), time_zone_label("76")}


def test_a_city_of_a_million_is_one_file_per_kecamatan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(city_module, "ONE_FILE_UP_TO", 300)
    city = make_city(tmp_path, 400)
    assert {entry["area"] for entry in city.files("PKH", "2026-T4")} == {
        "32.71.01", "32.71.02", "32.71.03", "32.71.04", "32.71.05", "32.71.06", "76.04.01", "76.04.03",
    }  # fmt: skip


def test_a_sheet_that_is_full_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_IN_A_SHEET", 50)
    city = make_city(tmp_path, 400)
    for entry in city.manifest["lists"]:
        assert len(city.people(entry["file"])) == entry["expected"]["people"] + entry["expected"]["refused"]
    paid = city.manifest["payments"][0]
    numbers = [str(row[1]) for row in city.rows(paid["file"]) if len(row) > 1]
    assert sum(map(str.isdecimal, numbers)) == paid["paid"] + paid["returned"]


def test_a_bigger_city_takes_no_more_memory(tmp_path: Path) -> None:
    write_city(50, 1, tmp_path / "first", today=TODAY)  # what is read once and kept
    few, many = (_peak(tmp_path / str(count), count) for count in (500, 2000))
    assert many < 1.2 * few


def _peak(folder: Path, count: int) -> int:
    tracemalloc.start()
    try:
        write_city(count, 1, folder, today=TODAY)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_command_writes_the_city_and_tells_machines_about_it(tmp_path: Path) -> None:
    arguments = ["--people", "60", "--seed", "2", "--out", str(tmp_path / "city"), "--today", "2026-11-21"]
    result = CliRunner().invoke(sample, [*arguments, "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads((tmp_path / "city" / "manifest.json").read_text())
    words = CliRunner().invoke(sample, arguments)
    assert "manifest.json" in words.stdout


def test_the_command_refuses_a_city_of_nobody(tmp_path: Path) -> None:
    assert CliRunner().invoke(sample, ["--people", "0", "--out", str(tmp_path)]).exit_code == 2
