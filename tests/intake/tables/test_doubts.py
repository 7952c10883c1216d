"""No number stands beside another's name: where a column may be something else, the operator is asked."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused, UnreadableFile
from salur.intake.people import read_list
from tests.intake.office import Rows, kk, nik, write_csv

NAMES = ("ANI", "IDA", "UUN", "EEM", "ICIH", "OTIH", "WATI", "YANI")


def man(number):
    """A well-formed NIK of a man."""
    return f"327104{number % 28 + 1:02}0180{number:04}"


def people(*columns, count=8):
    """Rows of people: each column a function of the number."""
    return [[column(number) for column in columns] for number in range(1, count + 1)]


def name(number):
    return NAMES[number % len(NAMES)]


def asked(path, rows, **columns):
    """What the operator is asked."""
    with pytest.raises(Refused) as refused:
        read_list(write_csv(path / "a.csv", rows), columns=columns or None)
    return refused.value.code, refused.value.facts


@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        # Women's numbers stand in the other column.
        (["NIK", "NO KK", "NAMA"], (kk, nik, name), "column_contradicts"),
        (["NO KK", "NAMA"], (nik, name), "column_contradicts"),
        # Days of issue since 2005, and not one woman in eight.
        (["NIK", "NAMA"], (lambda n: f"32710401{n % 12 + 1:02}12{n:04}", name), "column_contradicts"),
        # Men's numbers, which are older than any card, stand in the other column.
        (["NIK", "NO KK", "NAMA"], (kk, man, name), "column_contradicts"),
        (["NAMA KK", "NIK KK", "RT"], (name, kk, lambda n: "003"), "column_contradicts"),
        (["NO KK", "NAMA"], (man, name), "column_contradicts"),
        # A number for two or three names each.
        (["NIK", "NAMA"], (lambda n: man(n // 3), name), "column_contradicts"),
        # Columns moved by one.
        (["NIK", "NAMA", "ALAMAT"], (name, lambda n: "KP. BARU", nik), "column_contradicts"),
        (["NIK", "NAMA", "ALAMAT"], (nik, lambda n: f"{n:03}", name), "column_contradicts"),
        (["NIK", "NAMA", "ALAMAT"], (nik, lambda n: f"JL. MELATI NO {n}", name), "column_contradicts"),
        (["NAMA", "NIK", "NOMINAL"], (name, nik, nik), "column_contradicts"),
        (["NAMA", "KODE PBP", "ALAMAT"], (name, nik, lambda n: "KP. BARU"), "column_contradicts"),
        # Nobody can say which is meant.
        (["NIK/KK", "NAMA"], (nik, name), "column_of_both"),
        (["NO. KK / NIK", "NAMA", "RT"], (kk, name, lambda n: "003"), "column_of_both"),
        (["NIK atau No KK", "NAMA", "RT"], (kk, name, lambda n: "003"), "column_of_both"),
        (["NIK", "NAMA", "NIK", "NAMA"], (nik, name, man, name), "column_twice"),
        (["NO KK", "NIK", "NAMA", "NO KK"], (kk, nik, name, lambda n: kk(n + 50)), "column_twice"),
        (["NIK", "NAMA", "JUMLAH", "JUMLAH"], (nik, name, lambda n: 4, lambda n: 600000), "column_twice"),
        (["NO", "NIK", "NAMA", "NO", "NIK KPM", "NAMA KPM"], (str, nik, name, str, man, name), "column_twice"),
        # One person's number, another's name.
        (["NIK KEPALA KELUARGA", "NAMA PENERIMA"], (man, name), "columns_of_two"),
        (["NIK PENERIMA", "NAMA KEPALA KELUARGA"], (nik, name), "columns_of_two"),
        (["NIK KRT", "NAMA KRT", "NIK ART", "NAMA ART"], (man, name, nik, name), "columns_of_two"),
    ],
)
def test_a_column_in_doubt_is_asked_about(tmp_path, header, row, code):
    assert asked(tmp_path, [header, *people(*row)])[0] == code


def test_the_question_names_the_column(tmp_path):
    rows: Rows = [["NO", "NIK", "NO KK", "NAMA"], *people(lambda n: n, kk, nik, name)]
    assert asked(tmp_path, rows) == ("column_contradicts", {"column": "C", "field": "kk", "looks": "nik"})


def test_a_second_table_is_asked_about_as_well(tmp_path):
    rows: Rows = [["NIK", "NO KK", "NAMA"], *people(nik, kk, name), ["NO KK", "NIK", "NAMA"], *people(nik, kk, name)]
    assert asked(tmp_path, rows)[0] == "column_contradicts"


def test_what_the_operator_names_is_no_longer_in_doubt(tmp_path):
    rows = [["NIK", "NAMA", "NIK", "NAMA"], *people(nik, name, man, name)]
    draft = read_list(write_csv(tmp_path / "a.csv", rows), columns={"nik": "C", "name": "D"})
    assert {p.nik for p in draft.people} == {man(n) for n in range(1, 9)}


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["NAMA KK", "NIK KK", "RT", "RW"], (name, man, lambda n: "003", lambda n: "005")),
        (["NAMA", "NIK KK", "RT"], (name, man, lambda n: "003")),
        (["NIK KEPALA KELUARGA", "NAMA KEPALA KELUARGA"], (man, name)),
        (["NAMA KEPALA KELUARGA", "NIK"], (name, man)),
    ],
)
def test_nik_kk_is_the_number_of_the_head_of_the_family(tmp_path, header, row):
    people_read = read_list(write_csv(tmp_path / "a.csv", [header, *people(*row)])).people
    assert [(p.nik, p.kk, p.name) for p in people_read] == [(man(n), None, name(n)) for n in range(1, 9)]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        # Men only, as heads of families are.
        (["NIK", "NO KK", "NAMA"], (man, kk, name)),
        # Children, all of them boys by chance, in a column of children.
        (["NIK ANAK", "NAMA ANAK"], (lambda n: f"32710401{n % 12 + 1:02}12{n:04}", name)),
        # The same column printed twice.
        (["NIK", "NAMA", "NIK"], (nik, name, nik)),
        (["NIK", "NAMA", "JUMLAH", "JUMLAH"], (nik, name, lambda n: 600000, lambda n: 4)),
        (["NIK KEPALA KELUARGA", "NAMA KEPALA KELUARGA", "NIK PENERIMA", "NAMA PENERIMA"], (man, name, nik, name)),
        (["NIK", "NIK KK", "NAMA", "NAMA KK"], (nik, man, name, name)),
    ],
)
def test_a_column_without_doubt_is_not_asked_about(tmp_path, header, row):
    assert len(read_list(write_csv(tmp_path / "a.csv", [header, *people(*row)])).people) == 8


@pytest.mark.parametrize(
    ("columns", "read"),
    [
        ((man, name), ("nik",)),
        ((kk, man, name), ("kk", "nik")),
        ((man, kk, name), ("nik", "kk")),
        ((kk, nik, name), ("kk", "nik")),
    ],
)
def test_without_a_header_the_years_tell_a_mans_nik_from_a_kk_number(tmp_path, columns, read):
    draft = read_list(write_csv(tmp_path / "a.csv", people(*columns, lambda n: f"JL. MELATI NO {n}")))
    assert [draft.understood.sheets[0].columns[c] for c in range(len(read))] == list(read)


def test_two_columns_of_peoples_numbers_without_a_header_are_not_guessed_at(tmp_path):
    with pytest.raises(UnreadableFile):
        read_list(write_csv(tmp_path / "a.csv", [["a", "b", "c"], *people(nik, lambda n: nik(n + 50), name)]))


@pytest.mark.parametrize(("other", "header"), [("600000", "JUMLAH TERIMA"), ("600.000", "JUMLAH"), ("600000", "NILAI")])
def test_two_amounts_that_differ_are_asked_about(tmp_path, other, header):
    rows: Rows = [["NIK", "NAMA", "NOMINAL", header], *people(nik, name, lambda _: "200000", lambda _: other)]
    assert asked(tmp_path, rows) == ("column_twice", {"field": "amount", "columns": "C, D"})
    draft = read_list(write_csv(tmp_path / "a.csv", rows), columns={"amount": "D"})
    assert {person.amount for person in draft.people} == {600000}


def test_a_count_beside_an_amount_is_no_second_one(tmp_path):
    rows: Rows = [["NIK", "NAMA", "NOMINAL", "JUMLAH"], *people(nik, name, lambda _: "200000", lambda n: str(n % 4))]
    assert {person.amount for person in read_list(write_csv(tmp_path / "a.csv", rows)).people} == {200000}
