"""/berhenti and *hapus data saya*, after a chat has done all that a chat can do: nothing names it any more."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from salur.core.tables.following import FollowRow
from salur.core.tables.limits import TallyRow
from salur.core.tables.proposals import FollowerRow, ProposalRow
from salur.wiring import Services
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.server import BotApiServer
from tests.fixtures.databases import raw_bytes
from tests.fixtures.launches import launch, person
from tests.fixtures.office import Office, Recipient, Reported, a_nik
from tests.fixtures.officers import Heads
from tests.fixtures.proposals import Chain, rows
from tests.fixtures.services import Clock, site_of
from tests.journeys.doors import TOKEN, readable
from tests.journeys.telling.searching import asked_in, named_in

WRITTEN_TO = {"follow.address_digest", "follow.sealed_link", "notice.chat_digest", "notice.sealed_content"}
LINKED = {"chat_link.chat_digest", "chat_link.sealed_chat"}
OF_A_PROPOSAL = {"proposal_follower.chat_digest", "proposal_follower.sealed_chat"}
CODE = re.compile(r"\b(\w{4}-\w{4}-\w{4})\b")
# What stays, as `ask_forget` says: the record of who looked; and what was counted, under keys that name nobody.
KEPT = {"access_record.asker"}


@pytest.fixture
def mother(office: Office) -> Recipient:
    """Siti Maesaroh, listed with somebody else."""
    person = Recipient(name="SITI MAESAROH", letter_code="PBP0040")
    office.publishes(person, Recipient(name="EUIS KOMARIAH"))
    return person


def presses(chat: Chat, *labels: str) -> str:
    """Press one after the other; gives the text of the last reply."""
    for label in labels:
        chat.reads_all()
        chat.presses(label)
        reply = next(reply for reply in iter(chat.expects_reply, None) if reply.venue is None)
    return reply.text


def says(chat: Chat, *texts: str) -> str:
    """Write, and wait for an answer each time."""
    for text in texts:
        chat.reads_all()
        chat.says(text)
        reply = chat.expects_reply()
    return reply.text


def follows_ticket(chat: Chat, receipt: str, name: str) -> None:
    """Open the ticket that was given, and ask to be told of its steps."""
    code = CODE.search(receipt)
    assert code
    says(chat, f"/tiket {code[1]}", name)
    presses(chat, "Kabari saya di sini")


@pytest.fixture
def lived(
    services: Services,
    bot_services: Services,
    bot: RunningBot,
    telegram: BotApiServer,
    office: Office,
    mother: Recipient,
    heads: Heads,
    chain: Chain,
    clock: Clock,
    all_is_told: Callable[[], None],
) -> Callable[[], Chat]:
    """`lived()`: a chat that followed, was told, reported, proposed, missed, opened the page, and is an officer's."""

    def lives() -> Chat:
        chat = telegram.private_chat()
        says(chat, f"{mother.nik} {mother.name}")
        presses(chat, "Kabari saya", "Ya")
        for wrong in ("Dewi Lestari", "Rukmini"):
            says(chat, f"{a_nik()} {wrong}")
        client = site_of(bot_services).test_client()
        data = launch(clock().timestamp(), person(chat.id), token=telegram.token)

        def posts(address: str, **fields: str) -> str:
            token = TOKEN.search(client.get("/aman").text)
            assert token
            return client.post(address, data={"csrf_token": token[1], **fields}, follow_redirects=True).text

        posts("/aman", data=data)
        assert "terdaftar" in readable(posts("/cek", nomor=mother.nik, nama=mother.name))
        office.hears(Reported(nik=mother.nik, name=mother.name))
        clock.passes(minutes=11)
        all_is_told()
        follows_ticket(chat, presses(chat, "Belum saya terima", "Kirim"), mother.name)
        says(chat, "/ajukan")
        presses(chat, "Usulkan penerima", "Keluarga saya sendiri")
        says(chat, a_nik(), "Nur Hayati", "kel. tegalgundil", "rt 03/ rw 05")
        follows_ticket(chat, presses(chat, "Kehilangan penghasilan", "Tidak ada", "Kirim"), "Nur Hayati")
        head = heads.create("rw")
        assert "terhubung" in says(chat, f"/hubungkan {services.chat_links.new_code(head)}")
        return chat

    return lives


def test_berhenti_leaves_no_following(lived: Callable[[], Chat], services: Services) -> None:
    chat = lived()
    assert named_in(services, chat.id) >= WRITTEN_TO
    assert "Tidak dikabari lagi" in says(chat, "/berhenti")
    assert rows(services, FollowRow) == []
    assert named_in(services, chat.id) == LINKED | OF_A_PROPOSAL


def test_hapus_leaves_no_row_about_the_chat_and_keeps_what_it_says(
    lived: Callable[[], Chat], services: Services, telegram: BotApiServer
) -> None:
    chat = lived()
    neighbour = telegram.private_chat()
    says(neighbour, "/berhenti")
    assert named_in(services, chat.id) == WRITTEN_TO | LINKED | OF_A_PROPOSAL
    assert asked_in(services, chat.id) == KEPT
    assert str(chat.id).encode() not in raw_bytes(services)
    sent, counted = len(rows(services, ProposalRow)), len(rows(services, TallyRow))
    assert counted

    asked = says(chat, "hapus data saya")
    for kept in ("pengajuan yang sudah dikirim", "catatan siapa melihat data", "tetap dihitung", "tanpa nomor obrolan"):
        assert kept in asked
    told = presses(chat, "Ya, hapus")
    assert "Tidak dikabari lagi tentang 1 jawaban" in told
    assert "Tidak dikabari lagi tentang 2 pengajuan" in told
    assert "dilepas dari akun petugas" in told

    assert named_in(services, chat.id) == set()
    assert asked_in(services, chat.id) == KEPT
    assert str(chat.id).encode() not in raw_bytes(services)
    assert rows(services, FollowerRow) == []
    assert len(rows(services, ProposalRow)) == sent
    assert len(rows(services, TallyRow)) == counted


def test_what_is_deleted_of_one_chat_stays_of_another(
    lived: Callable[[], Chat], services: Services, telegram: BotApiServer, mother: Recipient
) -> None:
    chat, other = lived(), telegram.private_chat()
    says(other, f"{mother.nik} {mother.name}")
    presses(other, "Kabari saya", "Ya")
    says(chat, "/hapus")
    presses(chat, "Ya, hapus")
    assert named_in(services, chat.id) == set()
    assert named_in(services, other.id) == {"follow.address_digest", "follow.sealed_link"}
