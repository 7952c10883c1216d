"""The first page after signing in: what waits for this officer, each number with the list behind it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, Response

from salur.core.agenda.answers import Work
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office

blueprint = guarded(Blueprint("home", __name__))
LISTS: Mapping[Work, str] = MappingProxyType(
    {
        Work.LATE: "/kotak?waktu=terlambat",
        Work.CASES: "/kotak",
        Work.TO_CHOOSE: "/kantor/tunggu",
        Work.CIRCULARS: "/edaran/kotak?bagian=menunggu",
        Work.NOT_COLLECTED: "/wilayah?keadaan=belum",
        Work.LETTERS: "/surat/serah",
        Work.WITHHELD: "/kantor/surat/tertahan",
        Work.MARKS: "/tanda?keadaan=open",
        Work.MARKS_CONFIRMED: "/tanda?keadaan=confirmed",
        Work.SAME_NIK: "/ganda?jenis=same_nik",
        Work.NIK_EXCLUSIVE: "/ganda?jenis=nik_exclusive",
        Work.HOUSEHOLD: "/ganda?jenis=household",
        Work.KK_EXCLUSIVE: "/ganda?jenis=kk_exclusive",
        Work.ENDING: "/kantor/akun?keadaan=ending",
        Work.INVITATIONS: "/undangan#belum-dipakai",
    }
)


@blueprint.get("/petugas")
def home() -> Response:
    """What waits."""
    return show_office("agenda/home.html", waiting=services().agenda.of(officer()), lists=LISTS)
