"""Every address is either for everybody, by name, or shut as part of a guarded blueprint."""

from __future__ import annotations

from flask import Flask

from salur.core.officers.roles import Role
from salur.web import guard

# What everybody may open. A new page that is not named here has to be guarded.
PUBLIC = frozenset(
    """
    stylesheet office_stylesheet reader locator launcher pusher mark badge mark_large mark_whole home_screen.manifest
    health.healthz health.readyz health.robots locale.choose
    public.home public.check public.check_again public.answer_again public.close_answer launch.page launch.launched
    push.worker push.page push.begin push.result push.count push.end push.move push.opened push.contest
    payouts.schedules payouts.schedule payouts.calendar payouts.place information.programmes
    information.help_page information.privacy my_data.my_data my_data.my_data_again proposals.koreksi_saya
    my_data.end_word
    guides.all_of_them guides.one guides.picture
    proposals.kinds proposals.usulan proposals.sanggah proposals.koreksi proposals.laporan proposals.status
    proposals.reply proposals.usulan_diri proposals.tentang proposals.terkirim proposals.tiket
    figures.page figures.table figures.data public_circulars.all_of_them public_circulars.one public_circulars.pdf
    posters.of_kelurahan posters.of_place posters.scanned_kelurahan posters.scanned_place
    following.page following.tell_the_chat following.told_in_the_chat
    calendar.make calendar.file calendar.page calendar.end calendar.ended
    letters.verify letters.own letters.own_again
    signing.sign_in signing.second_factor signing.enrol signing.sign_out signing.join signing.take_up
    """.split()
)


def endpoints(app: Flask) -> set[str]:
    """All of them but Flask's own route for static files, which the site does not use."""
    return {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}


def test_every_page_is_public_by_name_or_guarded(app):
    unguarded = {name for name in endpoints(app) - PUBLIC if name.partition(".")[0] not in guard.ROLES_OF}
    assert unguarded == set()


def test_no_name_in_the_list_is_stale_or_guarded_after_all(app):
    assert PUBLIC - endpoints(app) == set()
    assert {name for name in PUBLIC if name.partition(".")[0] in guard.ROLES_OF} == set()


def test_a_guarded_page_sends_strangers_to_sign_in(app):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC or rule.endpoint == "static" or "GET" not in (rule.methods or ()):
            continue
        address = rule.build({name: converter.to_python("1") for name, converter in rule._converters.items()})
        assert address is not None, rule
        response = client.get(address[1])
        assert (response.status_code, response.headers.get("Location", "")[:7]) == (303, "/masuk?"), rule.rule


def test_no_view_is_narrowed_to_a_role_that_its_blueprint_refuses():
    assert set(guard.ROLES_OF.values()) != set()
    assert all(roles <= set(Role) for roles in guard.ROLES_OF_VIEW.values())
