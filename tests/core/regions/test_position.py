"""Where something lies, as it is copied from maps."""

from __future__ import annotations

import pytest

from salur.core.regions.position import position_in

HERE = (-6.5712, 106.8206)


@pytest.mark.parametrize(
    "text",
    [
        "-6.5712, 106.8206",
        "106.8206 -6.5712",
        "6.5712 S 106.8206 E",
        "6,5712 LS; 106,8206 BT",
        "https://www.google.com/maps/place/SD/@-6.60,106.70,17z/data=!3m1!4b1!4m6!8m2!3d-6.5712!4d106.8206?entry=ttu",
        "https://www.google.com/maps/@-6.5712,106.8206,15z",
        "https://www.google.com/maps/search/?api=1&query=-6.5712%2C106.8206",
        "https://maps.google.com/?q=-6.5712,106.8206",
        "https://maps.google.com/maps?q=loc:-6.5712,+106.8206",
        "https://www.google.com/maps/dir/?api=1&destination=-6.5712,106.8206",
        "https://www.openstreetmap.org/?mlat=-6.5712&mlon=106.8206#map=18/-6.60/106.70",
        "https://www.openstreetmap.org/#map=18/-6.5712/106.8206",
        "geo:-6.5712,106.8206?z=17",
        "geo:0,0?q=-6.5712,106.8206(Kantor%20Pos)",
        "https://maps.apple.com/?ll=-6.5712,106.8206&q=SD",
        "https://waze.com/ul?ll=-6.5712,106.8206&navigate=yes",
        "6°34'16.32\"S 106°49'14.16\"E",
        "6° 34′ 16,32″ LS, 106° 49′ 14,16″ BT",
    ],
)
def test_a_spot_is_read_in_all_the_usual_forms(text):
    latitude, longitude, clear = position_in(text)
    assert clear
    assert (latitude, longitude) == pytest.approx(HERE, abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "https://maps.app.goo.gl/Xy12",
        "https://goo.gl/maps/abc",
        "di samping pasar",
        "52.52, 13.40",
        "geo:0,0",
        "6P3R+GX Bogor",
    ],
)
def test_what_tells_no_spot_in_indonesia_is_unclear(text):
    assert position_in(text) == (None, None, False)


def test_nothing_is_nowhere():
    assert position_in("  ") == (None, None, True)
