"""Where RW and RT lie comes from a file: rows that are understood are taken, each other is named."""

from __future__ import annotations

import json

HEADER = "Kode;Kelurahan;RW;RT;Lintang;Bujur\n"
GOOD = "32.71.05.1002;;5;;-6,5712;106,8206\n;Tegal Gundil;005;003;-6.5713;106.8207\n"


def test_spots_are_counted_in_and_out_and_a_second_file_writes_over(run, services, tmp_path):
    file = tmp_path / "letak.csv"
    file.write_text(
        HEADER + GOOD + ";Tegal Gundil;;3;-6.57;106.82\n;Tegal Gundil;x;;-6.57;106.82\n;Laut;1;;-6.5;106.8\n"
    )
    assert json.loads(run("regions", "spots", file, "--json")) == {"rows": 5, "spots": 2, "faults": 3, "rw_known": 1}
    told = run("regions", "spots", file)
    for row in ("Row 4:", "Row 5:", "Row 6:"):
        assert row in told
    file.write_text(HEADER + "32.71.05.1002;;5;;-6.6;106.8\n")
    run("regions", "spots", file)
    known = services.spots.within("32.71")
    assert len(known) == 2
    assert {spot.latitude for where, spot in known.items() if where.rt is None} == {-6.6}
