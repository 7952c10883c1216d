"""What officers are told comes by day, as residents' news do."""

from __future__ import annotations

import datetime as dt

from salur.core.regions.zones import time_zone
from tests.fixtures.circulars import a_circular


def sent(services):
    """Codes and chats of what goes out now."""
    notices = services.notices.take(100)
    for notice in notices:
        services.notices.sent(notice.id)
    return sorted((notice.code, int(notice.address)) for notice in notices)


def test_what_officers_are_told_waits_for_the_morning_where_the_officer_works_and_an_unlinked_chat_is_told_at_once(
    services, heads, link, clock
):
    dinsos, rt, far = heads.create("dinsos"), heads.create("rt"), heads.create("rt", area="91.71.01.1001")
    link(rt, 71), link(far, 72)
    clock.now = dt.datetime(2026, 2, 20, 19, tzinfo=time_zone("32"))  # in Jayapura it is nine
    services.circulars.write(dinsos, a_circular())
    with services.database.writing() as connection:
        services.notices.to_account(connection, far.account, "circular_withdrawn")
    assert sent(services) == [("circular", 71)]
    services.chat_links.unlink(far)
    assert sent(services) == [("unlinked", 72)]
    clock.passes(hours=2)
    services.circulars.write(dinsos, a_circular(number="2"))
    assert sent(services) == []
    clock.passes(hours=9)
    assert sent(services) == [("circular", 71)]
