"""The only place that puts the parts together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from salur.config import Settings
from salur.core.agenda.agenda import Agenda
from salur.core.agenda.summaries import Summaries
from salur.core.asking.asking import Asking
from salur.core.asking.launches import Launches
from salur.core.casework.inbox import ProposalInbox
from salur.core.chronicle.chronicle import Chronicle
from salur.core.circulars.circulars import Circulars
from salur.core.comparing.comparing import Comparing, Parts
from salur.core.counter.counter import VisitorsCounter
from salur.core.dossier.dossier import Dossiers
from salur.core.doubles.confirmations import Confirmations
from salur.core.doubles.doubles import Doubles
from salur.core.errors import ConfigError
from salur.core.figures.dashboards import Dashboards
from salur.core.figures.figures import PublicFigures
from salur.core.following.calendars import Calendars
from salur.core.following.followers import Followed
from salur.core.following.following import Following
from salur.core.jobs.jobs import Jobs
from salur.core.jobs.kinds import JobKind
from salur.core.letters.handing.handing import Handing
from salur.core.letters.handing.walks import Walks
from salur.core.letters.handing.withheld import WithheldLetters
from salur.core.letters.issuing.composing import Sender
from salur.core.letters.issuing.desk import LetterDesk
from salur.core.letters.issuing.single import Letters
from salur.core.letters.issuing.verifying import Verifying
from salur.core.letters.issuing.work import LetterWork
from salur.core.letters.posters import Posters
from salur.core.limits.attempts import Attempts
from salur.core.lists.corrections.corrections import Corrections
from salur.core.lists.importing.imports import Imports
from salur.core.lists.lists import Lists
from salur.core.lists.programmes import Programmes
from salur.core.lookup.answering import Answering, answering_of
from salur.core.lookup.lookup import Lookup
from salur.core.maintenance.readiness import Readiness
from salur.core.maintenance.retention import Retention
from salur.core.maintenance.rotation import Rotation
from salur.core.maintenance.vitals import Vital
from salur.core.marks.marks import Marks
from salur.core.neighbourhood.neighbourhoods import Neighbourhoods
from salur.core.notices.outbox import Notices
from salur.core.notices.push import Push
from salur.core.officers.accounts import Accounts
from salur.core.officers.chat_links import ChatLinks
from salur.core.officers.credentials import Credentials
from salur.core.officers.invitations import Invitations
from salur.core.officers.sign_ins import SignIns
from salur.core.payouts.payments import Payments
from salur.core.payouts.places.desk import PlacesDesk
from salur.core.payouts.planning.planning import Planning
from salur.core.payouts.schedules import Schedules
from salur.core.payouts.spreading.later import LargePlans
from salur.core.payouts.spreading.spots import Spots
from salur.core.payouts.spreading.spreading import Spreading
from salur.core.payouts.timetable import Payouts
from salur.core.privacy.access_log import AccessLog
from salur.core.privacy.my_data import MyData
from salur.core.proposals.proposals import Proposals
from salur.core.publishing.ahead import Ahead
from salur.core.publishing.publishing import Publishing
from salur.core.regions.directory import Regions
from salur.core.regions.offices import Offices
from salur.core.rollout.register import AccountRegister
from salur.core.rollout.rollout import Rollout
from salur.core.settings.answers import CityFacts
from salur.core.settings.settings import CitySettings
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault
from salur.core.uploads.judged import JudgedStore
from salur.core.uploads.uploads import Uploads
from salur.core.uploads.work import UploadWork
from salur.core.waiting.choosing import Choosing
from salur.core.waiting.standing import Standings
from salur.core.waiting.telling import LineLog
from salur.core.waiting.waiting import WaitingLines
from salur.logs import quieten

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a door may ask. Built once per process; safe to share between threads."""

    settings: Settings
    clock: Clock
    database: Database
    agenda: Agenda
    asking: Asking
    launches: Launches
    answering: Answering
    lookup: Lookup
    counter: VisitorsCounter
    timetable: Payouts
    figures: PublicFigures
    dashboards: Dashboards
    programmes: Programmes
    regions: Regions
    offices: Offices
    city: CitySettings
    chronicle: Chronicle
    lists: Lists
    corrections: Corrections
    dossiers: Dossiers
    ahead: Ahead
    publishing: Publishing
    comparing: Comparing
    imports: Imports
    jobs: Jobs
    uploads: Uploads
    upload_work: UploadWork
    schedules: Schedules
    places: PlacesDesk
    planning: Planning
    spreading: Spreading
    large_plans: LargePlans
    spots: Spots
    payments: Payments
    rotation: Rotation
    retention: Retention
    readiness: Readiness
    vital: Vital
    accounts: Accounts
    invitations: Invitations
    rollout: Rollout
    register: AccountRegister
    sign_ins: SignIns
    credentials: Credentials
    chat_links: ChatLinks
    neighbourhood: Neighbourhoods
    marks: Marks
    doubles: Doubles
    confirmations: Confirmations
    proposals: Proposals
    casework: ProposalInbox
    waiting: WaitingLines
    choosing: Choosing
    circulars: Circulars
    my_data: MyData
    notices: Notices
    push: Push
    following: Following
    followed: Followed
    calendars: Calendars
    summaries: Summaries
    letter_desk: LetterDesk
    letter_work: LetterWork
    letters: Letters
    handing: Handing
    withheld: WithheldLetters
    walks: Walks
    posters: Posters
    verifying: Verifying


def build(settings: Settings, *, clock: Clock | None = None, patient: bool = False) -> Services:
    """Put the services together. Opens no connection. Raises ConfigError when the keys are missing.

    `patient`: a statement may take as long as it needs. For commands and `work`, where nobody waits for a page.

    Whatever the levels of logs are set to, libraries tell nothing personal from here on: every door comes by.
    """
    quieten()
    if not settings.secret_key:
        raise ConfigError("SALUR_SECRET_KEY", "is missing: run `make run` or `python -m salur setup` first")
    clock = clock or now
    database = Database(
        settings.database_url,
        sample=not settings.production,
        today=lambda: clock().astimezone(settings.zone).date(),
        seconds=None if patient else settings.database_seconds,
    )
    vault = Vault.from_file(settings.keys_file)
    attempts, access = Attempts(vault, clock), AccessLog(vault, clock)
    notices, imports = Notices(database, vault, clock), Imports(database, vault, clock, settings.zone)
    lookup, jobs = Lookup(database, vault, attempts, clock), Jobs(database, clock)
    line_log = LineLog(vault, notices, clock)
    standings = Standings(line_log, clock, imports.today)
    proposals = Proposals(database, vault, attempts, notices, clock, settings.city, standings.lines_of)
    named = settings.database_url, settings.redis_url, settings.database_seconds
    stand_in, answering = answering_of(*named, database, lookup, vault, attempts, clock)
    invitations, sign_ins = Invitations(database, vault, clock), SignIns(database, vault, clock)
    accounts, marks = Accounts(database, invitations, clock), Marks(database, vault, access, clock)
    neighbourhood, doubles = Neighbourhoods(database, vault, access, clock), Doubles(database, vault, access, clock)
    casework = ProposalInbox(database, vault, notices, access, clock, standings.lines_of)
    corrections = Corrections(database, vault, clock, imports.today)
    waiting = WaitingLines(database, vault, standings, access, clock)
    circulars, schedules, regions = Circulars(database, notices, clock), Schedules(database, clock), Regions(database)
    programmes, spreading = Programmes(database, clock), Spreading(database, vault, clock, schedules)
    city = CitySettings(database, clock, settings.city, _city_facts(settings))
    lists = Lists(
        database,
        vault,
        clock,
        (proposals.granted_by, standings.when_in_force, spreading.when_in_force),
        today=imports.today,
        four_eyes=city.four_eyes,
        call_off=lambda connection, id: jobs.stop_all_within(connection, id, JobKind.PUBLISH),
    )
    ahead = Ahead(database, jobs, lists, doubles.of_draft)
    sender = Sender(settings.site, settings.telegram_name.lstrip("@"), lambda: city.now().office(settings.city))
    handing, withheld = Handing(database, vault, access, clock), WithheldLetters(database, vault, clock)
    timetable, following = Payouts(database, clock), Following(database, vault, notices, access, clock)
    agenda = Agenda(casework, circulars, neighbourhood, marks, doubles, accounts, waiting, handing, withheld)
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        agenda=agenda,
        asking=Asking(answering, lookup, proposals, vault, clock),
        launches=Launches(database, vault, clock, settings.telegram_token),
        answering=answering,
        lookup=lookup,
        counter=VisitorsCounter(database, vault, lookup, attempts, access, clock),
        timetable=timetable,
        figures=PublicFigures(database, vault, programmes, clock),
        dashboards=Dashboards(database, vault, programmes, clock),
        programmes=programmes,
        offices=Offices(database, lambda: city.now().office(settings.city)),
        city=city,
        chronicle=Chronicle(database, vault, clock, settings.city, settings.zone),
        regions=regions,
        lists=lists,
        corrections=corrections,
        dossiers=Dossiers(database, vault, access, corrections, clock),
        ahead=ahead,
        publishing=Publishing(database, jobs, lists, ahead, clock),
        comparing=Comparing(Parts(database, vault, access, jobs, lists), clock),
        imports=imports,
        jobs=jobs,
        uploads=Uploads(database, vault, clock, jobs, imports),
        upload_work=UploadWork(database, vault, jobs, JudgedStore(database, vault, clock), ahead.begin_within),
        schedules=schedules,
        places=PlacesDesk(database, clock),
        planning=Planning(database, clock, schedules),
        spreading=spreading,
        large_plans=LargePlans(database, jobs, spreading),
        spots=Spots(database),
        payments=Payments(database, vault, access, clock),
        rotation=Rotation(database, settings.keys_file),
        retention=Retention(database, clock, accounts.close_ended, city.kept, city.uploads_kept),
        readiness=Readiness(database, clock, settings.keys_file, stand_in.answers if stand_in else None),
        vital=Vital(database, clock, settings.backups),
        accounts=accounts,
        invitations=invitations,
        rollout=Rollout(database, invitations, regions),
        register=AccountRegister(database, clock),
        sign_ins=sign_ins,
        credentials=Credentials(database, vault, sign_ins, clock),
        chat_links=ChatLinks(database, vault, attempts, notices, clock),
        neighbourhood=neighbourhood,
        marks=marks,
        doubles=doubles,
        confirmations=Confirmations(database, clock),
        proposals=proposals,
        casework=casework,
        waiting=waiting,
        choosing=Choosing(database, vault, line_log, standings, corrections),
        circulars=circulars,
        my_data=MyData(database, vault, access, clock),
        notices=notices,
        push=Push(database, vault, settings.push_hosts, clock),
        summaries=Summaries(database, agenda, neighbourhood, notices, clock),
        following=following,
        followed=Followed(database, vault, notices, access, clock),
        calendars=Calendars(following, answering, database, vault, clock),
        letter_desk=LetterDesk(database, vault, access, jobs, clock),
        letter_work=LetterWork(database, vault, access, sender, clock),
        handing=handing,
        withheld=withheld,
        walks=Walks(database, vault, neighbourhood),
        posters=Posters(timetable, sender, clock),
        letters=Letters(database, vault, access, sender, clock),
        verifying=Verifying(database, vault, access, clock),
    )


def _city_facts(settings: Settings) -> CityFacts:
    """What the environment says of the city, until somebody sets it on the site."""
    told = {name: getattr(settings, name) for name in ("office_name", "office_address", "office_phone", "office_hours")}
    return CityFacts(**told)


def now() -> datetime:
    """The clock that Salur goes by."""
    return datetime.now(UTC)
