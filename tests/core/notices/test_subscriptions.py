"""A subscription leads to a push service that is known, and nowhere else, whatever somebody has thought up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.errors import Refused
from salur.core.notices.subscriptions import LONGEST, Subscription
from tests.fixtures.push import Browser, text_of

FCM = "https://fcm.googleapis.com/fcm/send/dQw4:APA91bH-x_1"
SENT = json.loads(Browser(FCM).to_json())


def parse(*also, **changes):
    return Subscription.parse(json.dumps({**SENT, **changes}), also)


def refused(*also, **changes):
    with pytest.raises(Refused) as error:
        parse(*also, **changes)
    return error.value.code == "push_unknown"


@pytest.mark.parametrize(
    "endpoint",
    [
        FCM,
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA_-=",
        "https://autopush.push.services.mozilla.com/wpush/v1/x",
        "https://wns2-sg2p.notify.windows.com/w/?token=BQYAAAC%2f",
        "https://web.push.apple.com/QGyyh-8",
        "https://fcm.googleapis.com:443/fcm/send/x",
    ],
)
def test_what_a_browser_gives_is_taken(endpoint):
    assert parse(endpoint=endpoint).endpoint == endpoint
    assert parse(endpoint=endpoint).service == "https://" + endpoint.split("/")[2].removesuffix(":443")


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest",
        "https://[::1]/x",
        "https://localhost/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:0443/x",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil-fcm.googleapis.com/x",
        "https://evilpush.apple.com/x",
        "https://push.services.mozilla.com.evil.example/x",
        "https://notify.windows.com/x",
        "https://.notify.windows.com/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x\r\nHost: evil.example",
        "https://FCM.googleapis.com/x",
        "https://fcm.googleapis.com./x",
        "https://fcm.googleapis.com",
        "//fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://fcm․googleapis.com/x",
        "",
        7,
        None,
    ],
)
def test_what_leads_elsewhere_is_refused(endpoint):
    assert refused(endpoint=endpoint)


def test_a_city_may_name_a_service_of_its_own_by_host_and_port():
    here, there = "https://127.0.0.1:40321/x", "https://push.example.go.id/x"
    assert parse("127.0.0.1:40321", endpoint=here).service == "https://127.0.0.1:40321"
    assert refused("127.0.0.1:40322", endpoint=here)
    assert refused("127.0.0.1", endpoint=here)
    assert parse("push.example.go.id", endpoint=there)
    assert parse("*.example.go.id", endpoint=there)
    assert refused("*.example.go.id", endpoint="https://example.go.id/x")
    assert refused("*.example.go.id", endpoint="https://push.example.go.id:444/x")


@pytest.mark.parametrize(
    "keys",
    [
        {},
        None,
        [],
        {"auth": SENT["keys"]["auth"]},
        {**SENT["keys"], "auth": text_of(bytes(15))},
        {**SENT["keys"], "auth": text_of(bytes(17))},
        {**SENT["keys"], "auth": SENT["keys"]["auth"] + "=="},
        {**SENT["keys"], "auth": text_of(bytes(16))[:-1] + "B"},  # another way to write the same bytes
        {**SENT["keys"], "p256dh": text_of(b"\x04" + bytes(64))},  # not on the curve
        {**SENT["keys"], "p256dh": text_of(b"\x02" + bytes(32))},
        {**SENT["keys"], "p256dh": 7},
    ],
)
def test_keys_that_no_browser_has_are_refused(keys):
    assert refused(keys=keys)


@pytest.mark.parametrize("text", ["", "[]", "null", "7", "{", '"x"', "[" * 999, "{" * 999, "NaN"])
def test_what_is_no_subscription_at_all_is_refused(text):
    with pytest.raises(Refused):
        Subscription.parse(text)


def test_one_that_is_too_long_is_refused():
    room = LONGEST - len(json.dumps({**SENT, "endpoint": FCM}))
    assert parse(endpoint=FCM + "x" * room)
    assert refused(endpoint=FCM + "x" * (room + 1))


def test_one_browser_has_one_address_however_it_is_written():
    written = parse(), parse(expirationTime=None), Subscription.parse(json.dumps(SENT, indent=2, sort_keys=True))
    assert len({one.address() for one in written}) == 1
    assert list(json.loads(parse().address())) == ["auth", "endpoint", "p256dh"]
    assert Subscription.parse(parse().address()) == parse()


def test_it_does_not_show_where_it_leads():
    assert "googleapis" not in repr(parse())


@given(st.text(max_size=60))
def test_no_host_that_anybody_thinks_up_is_taken(text):
    with pytest.raises(Refused):
        parse(endpoint=f"https://{text}/x")
