"""People who ask and report without end, each from an address of their own, and what each of them was told."""

from __future__ import annotations

import http.client
import ipaddress
import re
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from bench.city import Listed
from salur.core.limits.asker import Asker, known_as
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.answers import Status
from salur.wiring import Services

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
CODE = re.compile(r'class="code-large"><span aria-hidden="true">([0-9A-Z-]{14})<')
HOW_NEW = "Data ini dari"
LISTED = "terdaftar"
PATIENCE = 30  # seconds for one answer
PAUSE = 0.05
_addresses = count(int(ipaddress.IPv4Address("127.1.0.1")))
_lock = threading.Lock()


@dataclass(frozen=True)
class Told:
    """What somebody was told. `what`: `written`, `kept` (a standby answered), `reported`, or what went wrong."""

    at: float
    what: str
    address: str
    cookie: str = ""

    @property
    def acknowledged(self) -> bool:
        """Whether it has to be found afterwards."""
        return self.what in ("written", "kept", "reported")


class Phone:
    """A browser without redirects, at an address of its own."""

    def __init__(self, port: int) -> None:
        with _lock:
            self.address = str(ipaddress.IPv4Address(next(_addresses)))
        self._port = port
        self._cookie = self._token = ""

    def opens(self, path: str, cookie: str = "") -> tuple[int, str]:
        """Open a page."""
        return self._asks("GET", path, cookie=cookie or self._cookie)

    def sends(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form."""
        if not self._token:
            status, page = self.opens("/")
            found = TOKEN.search(page)
            if found is None:
                return status, page
            self._token = found[1]
        return self._asks("POST", path, urlencode({"csrf_token": self._token, **fields}), self._cookie)

    @property
    def cookie(self) -> str:
        """What it keeps for the site."""
        return self._cookie

    def _asks(self, method: str, path: str, body: str = "", cookie: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=PATIENCE, source_address=(self.address, 0)
        )
        headers = {"Host": "localhost", "Sec-Fetch-Site": "same-origin", "Cookie": cookie}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            if new := response.getheader("Set-Cookie"):
                self._cookie = new.partition(";")[0]
            return response.status, response.read().decode()
        finally:
            connection.close()


class Load:
    """Three who look up and one who reports, until it is stopped; `told` is what they heard, in order."""

    def __init__(self, port: int, people: Sequence[Listed], kelurahan: str) -> None:
        self._port, self._people, self._kelurahan = port, people, kelurahan
        self.told: list[Told] = []
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._go_on, args=(what,), daemon=True)
            for what in (self._look_up, self._look_up, self._look_up, self._report)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let each come to an end."""
        self._over.set()
        for thread in self._threads:
            thread.join(2 * PATIENCE)

    def _go_on(self, what: object) -> None:
        assert callable(what)
        turns = count()
        while not self._over.is_set():
            phone = Phone(self._port)
            try:
                told, cookie = what(phone, next(turns))
            except (OSError, http.client.HTTPException) as error:
                told, cookie = type(error).__name__, ""
            with _lock:
                self.told.append(Told(time.monotonic(), told, phone.address, cookie))
            self._over.wait(PAUSE)

    def _look_up(self, phone: Phone, turn: int) -> tuple[str, str]:
        """Somebody who is listed asks, and follows to the answer."""
        person = self._people[turn % len(self._people)]
        status, _ = phone.sends("/cek", nomor=person.nik, nama=person.name)
        if status != http.client.SEE_OTHER:
            return f"cek {status}", ""
        status, page = phone.opens("/jawaban")
        if status != http.client.OK or LISTED not in page:
            return f"jawaban {status}", ""
        # Where answer and page were given by different servers, the page tells of the later one alone.
        return "kept" if HOW_NEW in page else "written", ""

    def _report(self, phone: Phone, _turn: int) -> tuple[str, str]:
        """Somebody reports a levy; that it is sent on to the receipt is the promise."""
        fields = {"alasan": "levy", "siapa": "rt", "kelurahan": self._kelurahan, "rw": "5", "rt": "3"}
        status, _ = phone.sends(
            "/pengajuan/laporan", **fields, kapan="Selasa", cerita=f"Diminta Rp50.000, {phone.address}.", kontak=""
        )
        return ("reported", phone.cookie) if status == http.client.SEE_OTHER else (f"laporan {status}", "")


def lost(services: Services, port: int, told: Iterable[Told]) -> Counter[str]:
    """What was acknowledged and is not there, or there twice. Looks are found by their asker, reports by receipts."""
    from sqlalchemy import text

    from salur.core.storage.vault import Vault

    vault = Vault.from_file(services.settings.keys_file)
    with services.database.reading() as connection:
        rows = connection.execute(text("SELECT asker FROM access_record")).scalars().all()
    looks = Counter(map(bytes, rows))
    missing: Counter[str] = Counter()
    for one in told:
        if one.what in ("written", "kept"):
            times = looks[known_as(vault, Asker.address(one.address))]
            missing[f"{one.what}, found {times} times"] += times != 1
        elif one.what == "reported":
            found = CODE.search(Phone(port).opens("/pengajuan/terkirim", one.cookie)[1])
            code = found and TicketCode.parse(found[1])
            asker = Asker.address(Phone(port).address)
            is_there = code and isinstance(services.proposals.status(code, "", asker=asker), Status)
            missing["reports"] += not is_there
    return +missing
