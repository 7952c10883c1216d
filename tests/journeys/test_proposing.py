"""Proposals from sending to the list, at the site and in the bot; the offices work on the site."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Protocol

import pytest
from flask import Flask

from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.server import BotApiServer
from tests.fixtures.office import TEGAL_GUNDIL, Office, Recipient, a_kk, a_nik
from tests.fixtures.officers import SignedIn
from tests.fixtures.proposals import Chain
from tests.fixtures.services import site_of
from tests.journeys.doors import BLOCK, MAIN, TAG, TOKEN, plain

CODE = re.compile(r"([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")
NAME = "Nur Hayati"


class Sender(Protocol):
    """Someone who proposes, at a door."""

    def proposes(self, nik: str) -> str:
        """Propose oneself; gives what can be read then."""

    def misspells(self, nik: str, kelurahan: str) -> str:
        """Propose oneself with a misspelt kelurahan; gives what can be read then."""

    def picks(self, kelurahan: str) -> str:
        """Choose one of those that are alike, and go on to the end; gives what can be read then."""

    def reports(self) -> str:
        """Report a levy, without a name; gives what can be read then."""

    def looks(self, code: str, name: str) -> str:
        """Open the ticket."""

    def objects(self, code: str, name: str, words: str) -> str:
        """Object to a no."""


class AtTheSite:
    """A phone with the site open."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def proposes(self, nik: str, **changed: str) -> str:
        """Fill in the long form."""
        first = {"untuk": "self", "nama": NAME, "nik": nik, "kk": a_kk(), "kelurahan": "Tegal Gundil", "rw": "5"}
        more = {"rt": "3", "alasan": "income_lost", "cerita": "Suami tidak bekerja.", "telepon": "", "tanpa_nik": ""}
        return self._sends("/pengajuan/usulan", **{**first, **more, **changed})

    def misspells(self, nik: str, kelurahan: str) -> str:
        """Fill in the long form; it comes back."""
        self._typed = {"nik": nik, "kelurahan": kelurahan}
        return self.proposes(**self._typed)

    def picks(self, kelurahan: str) -> str:
        """Take the radio button of that name, leave the rest as it was typed, and send it again."""
        button = re.search(rf'name="pilihan"[^>]* value="([^"]+)"[^>]*><span>{kelurahan}<', self._page)
        assert button, self._page
        return self.proposes(**self._typed, pilihan=button[1])

    def reports(self) -> str:
        """Fill in the form that asks for no name."""
        return self._sends(
            "/pengajuan/laporan",
            **{"alasan": "levy", "siapa": "rt", "kelurahan": TEGAL_GUNDIL, "rw": "5", "rt": "3", "kapan": "kemarin"},
            **{"cerita": "Diminta lima puluh ribu.", "kontak": ""},
        )

    def looks(self, code: str, name: str) -> str:
        """Type code and name."""
        return self._sends("/pengajuan/status", kode=code, nama=name)

    def objects(self, code: str, name: str, words: str) -> str:
        """Use the form under the rejection."""
        return self._sends("/pengajuan/status/keberatan", kode=code, nama=name, kata=words)

    def _sends(self, address: str, **fields: str) -> str:
        page = self._client.get(address.removesuffix("/keberatan")).text
        token = TOKEN.search(page)
        assert token
        answer = self._client.post(address, data={"csrf_token": token[1], **fields}, follow_redirects=True)
        assert answer.status_code in (200, 422, 429), text_of(answer.text)
        self._page = answer.text
        return text_of(answer.text)


class InTheChat:
    """A person in a private chat with the bot."""

    def __init__(self, telegram: BotApiServer) -> None:
        self._chat = telegram.private_chat()

    def proposes(self, nik: str) -> str:
        """Answer one question after the other."""
        return self._goes(
            *("/ajukan", "<Usulkan penerima>", "<Keluarga saya sendiri>", nik, NAME, "Tegal Gundil", "RT 3 RW 5"),
            *("<Kehilangan penghasilan>", "Suami tidak bekerja.", "<Kirim>"),
        )

    def misspells(self, nik: str, kelurahan: str) -> str:
        """Answer one question after the other, up to the kelurahan."""
        told = self._goes("/ajukan", "<Usulkan penerima>", "<Keluarga saya sendiri>", nik, NAME, kelurahan)
        return f"{told} {' '.join(self._reply.buttons)}"

    def picks(self, kelurahan: str) -> str:
        """Press the button of that name, and answer the other questions."""
        return self._goes(f"<{kelurahan}>", "RT 3 RW 5", "<Kehilangan penghasilan>", "Suami tidak bekerja.", "<Kirim>")

    def reports(self) -> str:
        """Answer the few questions of a report."""
        return self._goes(
            *("/ajukan", "<Laporkan potongan>", "<Bantuan dipotong atau dimintai uang>", "Tegal Gundil", "<RT>"),
            *("Diminta lima puluh ribu.", "<Kirim>"),
        )

    def looks(self, code: str, name: str) -> str:
        """Open the ticket with /tiket."""
        return self._goes(f"/tiket {code}", name or "<Dikirim tanpa nama>")

    def objects(self, code: str, name: str, words: str) -> str:
        """Press the button under the rejection."""
        return self._goes(f"/tiket {code}", name, "<Tulis keberatan>", words)

    def _goes(self, *steps: str) -> str:
        for step in steps:
            if step.startswith("<"):
                self._chat.presses(step.strip("<>"))
            else:
                self._chat.says(step)
            self._reply = self._chat.expects_reply()
        return plain(self._reply.text)


def text_of(page: str) -> str:
    """What a reader sees of a page's main part, as one line."""
    main = MAIN.search(page)
    assert main
    return plain(html.unescape(BLOCK.sub(" ", TAG.sub("", main[0]))))


@pytest.fixture(params=["site", "bot"])
def sender(request: pytest.FixtureRequest, services: Services) -> object:
    """A person at one of the doors: the story runs once at each."""
    if request.param == "site":
        yield AtTheSite(site_of(services))
        return
    telegram = request.getfixturevalue("telegram")
    with RunningBot(telegram_of(services, telegram)):
        yield InTheChat(telegram)


def decides(browser: SignedIn, **fields: str) -> str:
    """Open the first proposal that waits, decide, and read what happened."""
    address = re.search(r'href="(/kotak/\d+)"', browser.opens("/kotak").text)
    assert address, "nothing waits"
    version = re.search(r'name="versi" value="(\d+)"', browser.opens(address[1]).text)
    assert version
    answer = browser.posts(address[1], versi=version[1], **fields)
    assert answer.status_code == 303
    return text_of(browser.opens(answer.location).text)


def test_a_mother_proposes_herself_is_rejected_objects_and_is_granted(
    sender: Sender, chain: Chain, signed_in: Callable[..., SignedIn], office: Office
) -> None:
    nik = a_nik()
    receipt = sender.proposes(nik)
    found = CODE.search(receipt)
    assert found, receipt
    code = found[1]
    assert "Sekarang ada di RT/RW." in receipt
    assert "Usulan ini sekarang ada di RT/RW." in sender.looks(code, NAME)

    rt, kelurahan, kecamatan = (signed_in(officer) for officer in (chain.rt, chain.kelurahan, chain.kecamatan))
    assert "Sekarang di kelurahan." in decides(rt, keputusan="accepted")
    seen = sender.looks(code, NAME)
    assert "Sudah diperiksa RT/RW. Diteruskan ke kelurahan Tegal Gundil." in seen
    assert "Usulan ini sekarang ada di kelurahan Tegal Gundil." in seen

    told = decides(kelurahan, keputusan="rejected", alasan="well_off", kata="Ada warung di depan rumah.")
    assert "tidak diterima" in told
    seen = sender.looks(code, NAME)
    for fact in ("tidak disetujui kelurahan Tegal Gundil", "udah mampu", "Ada warung di depan rumah.", "6 Maret 2026"):
        assert fact in seen

    assert "eberatan" in sender.objects(code, NAME, "Warung itu milik kakak saya.")
    assert "sekarang ada di kecamatan Bogor Utara" in sender.looks(code, NAME)
    page = text_of(kecamatan.opens(re.search(r'href="(/kotak/\d+)"', kecamatan.opens("/kotak").text)[1]).text)  # type: ignore[index]
    assert "Warung itu milik kakak saya." in page

    office.publishes(Recipient(name="NUR HAYATI", nik=nik))
    assert "Nama ini sekarang ada di daftar penerima bantuan." in sender.looks(code, NAME)
    assert "Tidak ada yang menunggu Anda." in text_of(kecamatan.opens("/kotak").text)


def test_a_misspelt_kelurahan_is_asked_for_and_nothing_is_sent_before_it_is_chosen(
    sender: Sender, chain: Chain
) -> None:
    for typed in ("Tegal Gundul", "tegal"):
        asked = sender.misspells(a_nik(), typed)
        assert "Tegal Gundil, Bogor Utara" in asked
        assert "Sudah kami terima" not in asked
    assert "Tegallega, Bogor Tengah" in asked
    assert chain.waiting(chain.rt) == []
    assert "Sudah kami terima" in sender.picks("Tegal Gundil, Bogor Utara")
    assert len(chain.waiting(chain.rt)) == 1


def test_a_kelurahan_that_is_not_of_this_city_is_not_found(sender: Sender, chain: Chain) -> None:
    for typed in ("Atlantis", "99.99.99", "Polewali"):
        assert "Kelurahan itu tidak kami temukan. Periksa tulisannya." in sender.misspells(a_nik(), typed)
    assert chain.waiting(chain.rt) == []


def test_after_three_wrong_names_the_ticket_is_closed_and_no_number(sender: Sender, chain: Chain) -> None:
    nik = a_nik()
    found = CODE.search(sender.proposes(nik))
    assert found
    for wrong in ("Siti Aminah", "Asep", nik[-4:]):
        assert "tidak cocok" in sender.looks(found[1], wrong)
    told = sender.looks(found[1], NAME)
    assert "tiket ini ditutup sampai" in told
    assert "omor ini ditutup" not in told
    assert "Usulan ini" not in told


def test_a_levy_reported_without_a_name_reaches_dinas_sosial_alone(
    sender: Sender, chain: Chain, signed_in: Callable[..., SignedIn]
) -> None:
    found = CODE.search(sender.reports())
    assert found
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.kecamatan):
        for part in ("", "?bagian=berjalan", "?bagian=selesai"):
            assert "/kotak/" not in text_of(signed_in(officer).opens(f"/kotak{part}").text)
            assert not re.search(r"/kotak/\d", signed_in(officer).opens(f"/kotak{part}").text)
    dinsos = signed_in(chain.dinsos)
    assert "Bantuan dipotong atau dimintai uang" in text_of(dinsos.opens("/kotak").text)
    assert "Sudah dicatat: selesai." in decides(dinsos, keputusan="accepted", kata="Uang sudah dikembalikan.")
    seen = sender.looks(found[1], "")
    assert "Laporan ini sudah ditindaklanjuti Dinas Sosial." in seen
    assert "Uang sudah dikembalikan." in seen
