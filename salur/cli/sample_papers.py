"""Letters that wait to be handed over in the sample city, and a plan that nobody has published yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from salur.cli.work_letters import Printing
from salur.core.letters.issuing.answers import Choice
from salur.core.officers.roles import Officer, Role
from salur.core.payouts.spreading.answers import WantedSitting, Wish
from salur.wiring import Services

RUNNER = "sample"
AHEAD = timedelta(days=14)
FROM, UNTIL = time(8), time(12)
AN_HOUR, IN_A_ROUND = 10, 12  # families that an officer pays; whom one visits at home


def print_and_plan(services: Services, officers: Mapping[Role, Officer]) -> None:
    """Print the letters of the kelurahan for a round whose day is set, and spread its families anew, as a draft."""
    kelurahan, dinsos = officers[Role.KELURAHAN], officers[Role.DINSOS]
    rounds = [Choice(one.programme, one.period, kelurahan.territory) for one in services.letter_desk.rounds(kelurahan)]
    choice = next((one for one in rounds if services.letter_desk.count(kelurahan, one).letters), None)
    if choice is None:
        return
    services.letter_desk.print(kelurahan, choice)
    while (taken := services.jobs.take(RUNNER)) is not None:
        Printing(services, *taken).run()
    code = kelurahan.territory.region_code
    day = (services.clock() + AHEAD).date()
    halls = [one.id for one in services.places.all(dinsos) if one.region_code == code][:2]
    sittings = [WantedSitting(hall, day, FROM, UNTIL, AN_HOUR) for hall in halls]
    at_home = WantedSitting(None, day + timedelta(days=1), FROM, UNTIL, IN_A_ROUND)
    services.spreading.propose(dinsos, Wish(choice.programme, choice.period, (code,), (*sittings, at_home)))
