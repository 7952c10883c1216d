"""The offices of kelurahan come from a file, all of them or none."""

from __future__ import annotations

import json

from tests.fixtures.office import TEGAL_GUNDIL

HEADER = "Kelurahan;Kecamatan;Alamat;No. Telp;Jam Buka\n"
GUNDIL = "TEGALGUNDIL;BOGOR UTARA;Jl. Ahmad Yani II No. 3;0251-8310002;Senin-Jumat 08.00-15.00\n"


def test_an_offices_table_is_shown_on_help_and_schedule_and_replaces_the_one_before(run, services, app, tmp_path):
    file = tmp_path / "kantor.csv"
    file.write_text(HEADER + "Ciluar;Bogor Utara;Jl. Raya Ciluar;;\n")
    run("regions", "offices", file)
    file.write_text("Kantor kelurahan se-Kota Bogor\n" + HEADER + GUNDIL)
    assert json.loads(run("regions", "offices", file, "--json")) == {"offices": 1}
    for address in ("/bantuan", f"/jadwal/{TEGAL_GUNDIL}"):
        page = app.test_client().get(address).text
        assert "Jl. Ahmad Yani II No. 3" in page
        assert 'href="tel:02518310002"' in page
        assert "Senin-Jumat 08.00-15.00" in page
        assert "Ciluar" not in page


def test_a_row_that_is_not_understood_keeps_all_of_them_out(run, services, tmp_path):
    file = tmp_path / "kantor.csv"
    file.write_text(HEADER + GUNDIL + GUNDIL + "Atlantis;Bogor Utara;Jl. Laut;;\n" + "Ciluar;Bogor Utara;;;\n")
    told = run("regions", "offices", file, exits=1)
    for row in ("Row 3:", "Row 4:", "Row 5:"):
        assert row in told
    assert not services.offices.any_inside("32.71")
