"""From the answer to the act: the same story at the site and in Telegram, up to the office that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.fixtures.office import Office, Recipient, Reported, a_nik
from tests.fixtures.officers import SignedIn
from tests.fixtures.proposals import Chain
from tests.journeys.doors import Resident, readable

CODE = re.compile(r"([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")
NAME = "Siti Maesaroh"


def test_paid_by_the_file_and_never_received(
    resident: Resident, office: Office, chain: Chain, signed_in: Callable[..., SignedIn]
) -> None:
    nik = a_nik()
    office.publishes(Recipient(nik=nik))
    file = office.hears(Reported(nik=nik, name="SITI MAESAROH"))
    assert "Belum Anda terima? Laporkan." in resident.asks(nik, NAME)
    shown, receipt = resident.contests("Belum saya terima")
    for fact in ("Program Keluarga Harapan", "Tahap 1 tahun 2026", "12 Februari 2026, di Kantor Pos Bogor", "S. M."):
        assert fact in shown
    assert "langsung ke Dinas Sosial" in receipt
    resident.asks(nik, NAME)
    _, again = resident.contests("Belum saya terima")
    assert CODE.findall(again) == CODE.findall(receipt)
    stranger = resident.another()
    stranger.asks(nik, NAME)
    assert CODE.findall(stranger.contests("Belum saya terima")[1]) != CODE.findall(receipt)

    chain.services.payments.undo(file)
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.kecamatan):
        assert chain.waiting(officer) == []
    first, _ = chain.waiting(chain.dinsos)
    case = readable(signed_in(chain.dinsos).opens(f"/kotak/{first}").text)
    assert "Tercatat dibayar 12 Februari 2026, di Kantor Pos Bogor" in case
    chain.decides(chain.dinsos, first, words="Kantor pos sudah membayar ulang.")
    (code,) = CODE.findall(receipt)
    assert "Kantor pos sudah membayar ulang." in resident.asks(code, NAME)


def test_no_longer_listed_and_still_entitled(resident: Resident, office: Office, chain: Chain) -> None:
    nik = a_nik()
    office.publishes(Recipient(nik=nik), period="2025-T4")
    office.publishes(Recipient(name="EUIS"))
    assert "tidak ada lagi" in resident.asks(nik, NAME)
    shown, receipt = resident.contests("Saya masih berhak")
    for fact in ("Tahap 4 tahun 2025", "Tahap 1 tahun 2026", "SK Dinsos 460/12/2026"):
        assert fact in shown
    assert "Sekarang ada di RT/RW." in receipt
    (id,) = chain.waiting(chain.rt)
    assert chain.case(chain.rt, id).said.reason == "still_entitled"
