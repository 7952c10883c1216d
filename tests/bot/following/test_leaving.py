"""/berhenti and /hapus: what they end, what they delete, and that nothing of the chat is found afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from salur.core.limits.asker import Asker
from salur.core.notices.channels import Channel
from salur.core.officers.roles import Officer
from salur.core.tables.following import FollowRow
from salur.core.tables.metadata import METADATA
from salur.core.tables.notices import NoticeRow
from salur.wiring import Services
from tests.bot.conftest import NAME, NIK
from tests.bot.following.test_telling import presses
from tests.botapi.chats import Chat
from tests.fixtures.office import Announced, Office, Recipient
from tests.fixtures.officers import Heads
from tests.fixtures.proposals import rows
from tests.fixtures.services import Clock, vault_of


@pytest.fixture
def following(chat: Chat, listed: Recipient) -> Chat:
    """Somebody who is told of an answer."""
    chat.says(f"{NIK} {NAME}")
    chat.expects_venue()
    presses(chat, "Kabari saya")
    presses(chat, "Ya")
    return chat


def found(services: Services, chat: Chat) -> set[str]:
    """The tables in which the chat's number or digest stands, sealed or not."""
    vault, number = vault_of(services), str(chat.id)
    digest, hits = services.notices.digest_of(chat.id), set()
    with services.database.reading() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for name, value in row.items():
                    plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    if name.startswith("sealed_") and value is not None:
                        column = {"follow": "follow", "notice": "notice", "chat_link": "chat_link"}.get(table.name)
                        plain = vault.open(value, f"{column}.{name}", row["id"]) if column else plain
                    if digest in plain or number.encode() in plain:
                        hits.add(table.name)
    return hits


@pytest.mark.parametrize("word", ["/berhenti", "berhenti", "Berhenti."])
def test_a_word_ends_it_and_says_how_much(word: str, following: Chat, services: Services) -> None:
    following.says(word)
    told = following.expects_reply()
    assert "Tidak dikabari lagi tentang 1 jawaban." in told.text
    assert told.buttons == ("Berhenti: kabar pengajuan",)  # not the same words once more
    assert rows(services, FollowRow) == []
    following.says(word)
    told = following.expects_reply()
    assert "tidak dikabari tentang jawaban apa pun" in told.text
    assert told.buttons == ("Cek bantuan", "Berhenti: kabar pengajuan")  # where one can begin again


def test_the_button_under_news_ends_it_and_what_waits(
    following: Chat, services: Services, office: Office, clock: Clock
) -> None:
    presses(following, "Berhenti dikabari")
    assert rows(services, FollowRow) == []
    office.announces(Announced(starts=dt.time(9)))
    clock.passes(hours=2)
    assert services.following.sweep().looked == 0


def test_who_follows_as_much_as_one_may_is_given_the_button_that_ends_it(
    following: Chat, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salur.core.following.following.MOST", 1)
    other = Recipient(name="EUIS KOMARIAH", rw=7)
    office.publishes(other, programme="SEMBAKO")
    following.says(f"{other.nik} {other.name}")
    following.expects_reply()
    presses(following, "Kabari saya")
    told = presses(following, "Ya")
    assert "Di sini sudah dikabari tentang 1 jawaban." in told.text
    assert told.buttons == ("Berhenti dikabari",)


@pytest.mark.parametrize("word", ["/hapus", "hapus data saya", "Hapus data saya!"])
def test_everything_of_the_chat_is_deleted(
    word: str, following: Chat, services: Services, office: Office, clock: Clock, heads: Heads
) -> None:
    head: Officer = heads.create("rw")
    following.says(f"/hubungkan {services.chat_links.new_code(head)}")
    following.expects_reply()
    office.announces(Announced(date=dt.date(2026, 2, 25)))
    clock.passes(minutes=11)
    assert "Jadwal berubah." in following.expects_reply().text
    assert found(services, following) == {"follow", "notice", "chat_link"}
    following.says(word)
    assert following.expects_reply().buttons == ("Ya, hapus", "Batal")
    assert rows(services, FollowRow) != []
    told = presses(following, "Ya, hapus").text
    assert "Sudah dihapus." in told
    assert "Tidak dikabari lagi tentang 1 jawaban" in told
    assert "dilepas dari akun petugas" in told
    assert found(services, following) == set()
    assert services.chat_links.officer_of(following.id) is None


def test_batal_deletes_nothing(following: Chat, services: Services) -> None:
    following.says("/hapus")
    following.expects_reply()
    assert "tidak ada yang dihapus" in presses(following, "Batal").text
    assert len(rows(services, FollowRow)) == 1


def test_the_tries_of_the_chat_stay_counted(following: Chat, services: Services, listed: Recipient) -> None:
    for _ in range(3):
        following.says(f"{NIK} Budi Setiawan")
        following.expects_reply()
    following.says("/hapus")
    following.expects_reply()
    presses(following, "Ya, hapus")
    following.says(f"{NIK} {NAME}")
    assert "terlalu sering" in following.expects_reply().text


def test_unlinking_an_account_takes_no_news_from_whoever_follows(
    following: Chat, services: Services, office: Office, clock: Clock, heads: Heads
) -> None:
    head = heads.create("rw")
    services.chat_links.link(services.chat_links.new_code(head), following.id, asker=Asker.chat(following.id))
    with services.database.writing() as connection:
        services.notices.to_follower(
            connection,
            Channel.TELEGRAM,
            str(following.id),
            None,
            zone="Asia/Jakarta",
            good_until=None,
            follow=1,
            news=[],
            refs=[],
        )
        held = select(NoticeRow.id).where(NoticeRow.code == "news")
        assert len(connection.execute(held).all()) == 1
    services.chat_links.unlink(head)
    with services.database.reading() as connection:
        assert len(connection.execute(held).all()) == 1
