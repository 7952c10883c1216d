"""A list covers what it holds: kelurahan, RW or RT, and takes nobody off who lives elsewhere."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.core.errors import Refused
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lists.answers import Counts, Reason
from salur.core.lists.coverage import Speaker, Speakers, coverage_of, units_of
from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.importing.rounds import together
from salur.core.lists.kinds import Coverage, Draft, Fault, RowSum, State, Unit
from salur.core.lists.superseding import is_covered
from salur.core.neighbourhood.answers import Filter, LineState
from salur.core.people.nik import Nik
from tests.fixtures.office import TEGAL_GUNDIL, Recipient

BABAKAN = "32.71.05.1001"
HOME = Asker.address("203.0.113.7")
KELURAHAN, RW, RT = Coverage


# As unlike each other as can be: one with a number nearly the same is said to be unclear, not off.
NAMES = ("SITI MAESAROH", "ENDANG", "UUN JUBAEDAH", "KOKOM", "WIWIN SUHARTI", "YOYOH", "FATIMAH", "LILIS SURYANI")


def family(rw: int | None, count: int = 3, **other: object) -> list[Recipient]:
    """Some people of one RW, in different RT."""
    names = [NAMES[(3 * (rw or 0) + n) % len(NAMES)] for n in range(count)]
    return [Recipient(name=name, rw=rw, rt=n + 1, **other) for n, name in enumerate(names)]  # type: ignore[arg-type]


@pytest.fixture
def stands(services):
    """What someone is told of the lists in force: period and state."""

    def asked(person):
        answer = services.lookup.ask(Nik.parse(person.nik), person.name, asker=HOME)
        return [(aid.period, aid.state) for aid in getattr(answer, "present", ())]

    return asked


def publishes(office, clock, people, period="2026-T1", coverage=None):
    """Publish what is computed to be covered; a minute later than anything before."""
    clock.passes(minutes=1)
    return office.publishes(*people, period=period, coverage=coverage)


def test_the_lists_of_three_rw_stand_beside_each_other(office, clock, services, stands):
    rws = [family(1), family(2), family(3)]
    for people in rws:
        publishes(office, clock, people)
    assert [stands(person) for people in rws for person in people] == [[("2026-T1", State.ENTITLED)]] * 9
    assert [summary.coverage for summary in services.lists.all()] == [RW] * 3


def test_the_list_of_one_rw_takes_its_part_out_of_the_kelurahans(office, clock, services, stands):
    one, two = family(1), family(2)
    whole = publishes(office, clock, [*one, *two], "2025-T4")
    new = publishes(office, clock, one[:2])
    assert [stands(person) for person in one] == [[("2026-T1", State.ENTITLED)]] * 2 + [[("2026-T1", State.TAKEN_OFF)]]
    assert [stands(person) for person in two] == [[("2025-T4", State.ENTITLED)]] * 3
    part = services.lists.all()[0]
    assert (part.part_of, part.state, part.superseded_by, part.people) == (whole, "superseded", new, 3)
    assert (services.lists.show(whole).state, services.lists.show(whole).people) == ("published", 3)


def test_when_every_rw_has_its_list_nothing_is_left_of_the_kelurahans(office, clock, services, stands):
    one, two = family(1), family(2)
    whole = publishes(office, clock, [*one, *two], "2025-T4")
    publishes(office, clock, one)
    publishes(office, clock, two)
    assert services.lists.show(whole).state == "superseded"
    assert [stands(person) for person in (*one, *two)] == [[("2026-T1", State.ENTITLED)]] * 6


def test_the_kelurahans_list_supersedes_those_of_its_rw(office, clock, services, stands):
    one, two = family(1), family(2)
    before = [publishes(office, clock, one, "2025-T4"), publishes(office, clock, two, "2025-T4")]
    publishes(office, clock, [*one, *two[:2]], coverage=KELURAHAN)
    assert [services.lists.show(id).state for id in before] == ["superseded"] * 2
    assert stands(two[2]) == [("2026-T1", State.TAKEN_OFF)]


def test_undo_brings_back_what_was_taken_out_and_nothing_else(office, clock, services, stands):
    one, two = family(1), family(2)
    publishes(office, clock, [*one, *two], "2025-T4")
    new = publishes(office, clock, one[:1])
    undone = services.lists.undo(new, "wrong file")
    assert len(undone.restored) == 1
    assert [stands(person) for person in (*one, *two)] == [[("2025-T4", State.ENTITLED)]] * 6


def test_undo_leaves_alone_what_came_later_in_a_part(office, clock, services, stands):
    one, two = family(1), family(2)
    publishes(office, clock, [*one, *two], "2025-T3")
    second = publishes(office, clock, [*one, *two], "2025-T4")
    publishes(office, clock, one)
    services.lists.undo(second, "wrong file")
    assert [stands(person) for person in one] == [[("2026-T1", State.ENTITLED)]] * 3
    assert [stands(person) for person in two] == [[("2025-T3", State.ENTITLED)]] * 3


def test_what_a_later_list_covers_whole_does_not_come_back(office, clock, services, stands):
    one, two = family(1), family(2)
    first = publishes(office, clock, one, "2025-T3")
    second = publishes(office, clock, [*one, *two], "2025-T4", KELURAHAN)
    publishes(office, clock, one)
    assert services.lists.undo(second, "wrong file").restored == ()
    assert services.lists.show(first).state == "superseded"
    assert [stands(person) for person in one] == [[("2026-T1", State.ENTITLED)]] * 3


def test_a_list_that_is_restored_has_its_parts_again(office, clock, services, stands):
    one, two = family(1), family(2)
    whole = publishes(office, clock, [*one, *two], "2025-T4")
    first, second = publishes(office, clock, one), publishes(office, clock, two)
    assert services.lists.restore(whole) == (first, second)
    assert services.lists.show(whole).people == 6
    assert [stands(person) for person in (*one, *two)] == [[("2025-T4", State.ENTITLED)]] * 6


def test_where_the_list_of_a_part_is_withdrawn_nobody_is_told_that_they_are_off(office, clock, services, stands):
    one, two = family(1), family(2)
    publishes(office, clock, [*one, *two], "2025-T4")
    services.lists.withdraw(publishes(office, clock, one), "wrong file")
    assert [stands(person) for person in one] == [[]] * 3
    assert [stands(person) for person in two] == [[("2025-T4", State.ENTITLED)]] * 3


def test_an_older_list_of_a_part_is_refused(office, clock, services):
    publishes(office, clock, [*family(1), *family(2)])
    draft = office.drafts(*family(1), period="2025-T4", coverage=None)
    with pytest.raises(Refused) as refused:
        services.lists.change(draft)
    assert refused.value.code == "newer_in_force"


def test_a_few_mistyped_rows_speak_for_no_other_kelurahan(office, clock, services, stands):
    there, here = family(1, region_code=BABAKAN), [person for rw in range(1, 9) for person in family(rw)]
    publishes(office, clock, there, "2025-T4")
    publishes(office, clock, [*here, replace(here[0], nik=Recipient().nik, region_code=BABAKAN)])
    assert [stands(person) for person in there] == [[("2025-T4", State.ENTITLED)]] * 3


def test_what_was_paid_by_a_part_before_a_correction_stays_paid(office, clock, services, heads):
    from tests.fixtures.office import Reported

    one, two = family(1), family(2)
    publishes(office, clock, [*one, *two])
    office.hears(Reported(nik=one[0].nik))
    publishes(office, clock, one)
    page = services.neighbourhood.page(heads.create("kelurahan"), Filter(), size=100, door=Door.SITE)
    assert sorted(line.state for line in page.lines) == sorted([LineState.PAID, *[LineState.DUE] * 5])
    overview = services.neighbourhood.overview(heads.create("dinsos"))
    counts = [(k.listed, k.paid) for _, inside in overview.districts for k in inside]
    assert counts == [(6, 1)]


@pytest.mark.parametrize(
    ("files", "coverage", "units"),
    [
        ([family(1)], RW, [Unit(TEGAL_GUNDIL, 1)]),
        ([family(1), family(2)], RW, [Unit(TEGAL_GUNDIL, 1), Unit(TEGAL_GUNDIL, 2)]),
        ([[*family(1), *family(2)]], KELURAHAN, [Unit(TEGAL_GUNDIL)]),
        ([family(1), [*family(2), *family(3)]], KELURAHAN, [Unit(TEGAL_GUNDIL)]),
        ([[Recipient(), Recipient()]], RT, [Unit(TEGAL_GUNDIL, 5, 3)]),
        ([family(None)], KELURAHAN, [Unit(TEGAL_GUNDIL)]),
        ([[*family(1, 5), *family(11, 1)]], RW, [Unit(TEGAL_GUNDIL, 1), Unit(TEGAL_GUNDIL, 11)]),
        ([[*family(1), *family(2, region_code=BABAKAN)]], KELURAHAN, [Unit(BABAKAN), Unit(TEGAL_GUNDIL)]),
        ([family(None, region_code=None)], KELURAHAN, [Unit("")]),
    ],
)
def test_what_is_covered_is_computed_from_the_rows(files, coverage, units):
    draft = Draft(people=tuple(p for file in files for p in file), files=tuple(map(len, files)))
    assert coverage_of(draft) is coverage
    assert list(units_of(draft.people, coverage)) == units


def test_a_coverage_that_no_row_names_is_refused():
    with pytest.raises(Refused) as refused:
        units_of(family(None), RW)
    assert refused.value.code == "coverage_unknown"


PLACES = st.builds(Unit, st.just("a"), st.integers(0, 2)) | st.builds(
    Unit, st.just("a"), st.integers(1, 2), st.integers(1, 2)
)


@given(PLACES, st.lists(PLACES))
def test_a_place_is_covered_by_one_that_holds_it(place, others):
    assert is_covered([place], others) == any(other.holds(place) for other in others)


@pytest.mark.parametrize("seed", range(16))
def test_whatever_is_published_the_newest_that_covers_a_place_speaks_there(office, clock, services, heads, seed):
    chance = random.Random(seed)
    people = [Recipient(name=name, rw=1 + n // 4, rt=1 + n // 2 % 2) for n, name in enumerate(NAMES)]
    expected: dict[int, State] = {}
    for _ in range(6):
        coverage, members = chance.choice(list(Coverage)), chance.sample(range(8), chance.randint(1, 8))
        publishes(office, clock, [people[n] for n in sorted(members)], coverage=coverage)
        units = units_of([people[n] for n in members], coverage)
        covered = [n for n, p in enumerate(people) if is_covered([Unit(TEGAL_GUNDIL, p.rw or 0, p.rt or 0)], units)]
        expected |= {n: State.TAKEN_OFF for n in covered if n in expected}
        expected |= dict.fromkeys(members, State.ENTITLED)
    page = services.neighbourhood.page(heads.create("kelurahan"), Filter(), size=100, door=Door.SITE)
    seen = {line.name: line.state for line in page.lines}
    line = {State.ENTITLED: LineState.DUE, State.TAKEN_OFF: LineState.TAKEN_OFF}
    for n, person in enumerate(people):
        answer = services.lookup.ask(Nik.parse(person.nik), person.name, asker=Asker.address(f"203.0.113.{n}"))
        told = [aid.state for aid in getattr(answer, "present", ())]
        assert told == ([expected[n]] if n in expected else [])
        assert seen.get(person.name) == (line[expected[n]] if n in expected else None)


def test_speakers_are_found_from_the_narrowest_place_on():
    rows = [Speaker(1, "PKH", "2025-T4", 0, 0), Speaker(2, "PKH", "2026-T1", 1, 0), Speaker(3, "PKH", "2026-T1", 1, 2)]
    speakers = Speakers(rows)
    found = [speakers.of("PKH", *place) for place in ((1, 2), (1, 1), (2, 2), (None, None))]
    assert [one.list_id if one else None for one in found] == [3, 2, 1, 1]
    assert speakers.of("BST", 1, 2) is None


def test_a_part_of_a_kelurahan_has_to_be_agreed_to(office, services):
    draft = office.drafts(*family(1), coverage=RW)
    change = services.lists.change(draft)
    assert change.reasons == (Reason.PART,)
    with pytest.raises(Refused) as refused:
        services.lists.publish(change.seen())
    assert refused.value.code == "not_agreed"
    assert services.lists.publish(change.agreed()).superseded == ()


def test_who_is_taken_off_has_to_be_looked_at_before_a_list_is_published(office, services):
    off = Recipient(state="taken_off", reason="died", rt=4)
    people = (Recipient(), off, Recipient(rt=4, state="suspended", reason="account_problem"))
    draft = office.drafts(*people, confirmed=False)
    change = services.lists.change(draft)
    assert dict(change.states) == {("taken_off", "died"): 1, ("suspended", "account_problem"): 1}
    with pytest.raises(Refused) as refused:
        services.lists.publish(change.agreed())
    assert refused.value.code == "states_not_confirmed"
    services.lists.confirm_states(draft)
    assert services.lists.publish(services.lists.change(draft).agreed()).people == 3


def test_an_agreement_holds_for_the_change_that_was_shown(office, services):
    draft = office.drafts(Recipient())
    change = services.lists.change(draft)
    office.publishes(Recipient(), period="2025-T4")
    with pytest.raises(Refused) as refused:
        services.lists.publish(change.agreed())
    assert refused.value.code == "change_is_another"
    assert services.lists.show(draft).state == "draft"


def test_a_change_is_counted_by_kelurahan_and_rw(office, services):
    stays, moves, leaves, gets_more = (Recipient(rt=rt) for rt in (1, 2, 3, 4))
    office.publishes(stays, moves, leaves, gets_more, period="2025-T4")
    comes, lost = Recipient(region_code=None), replace(stays, nik=None)
    change = services.lists.change(office.drafts(lost, replace(moves, rw=7), replace(gets_more, amount=900_000), comes))
    found = {(p.kelurahan, p.rw): p.counts for p in change.places}
    assert found == {
        ("Tegal Gundil", 5): Counts(before=4, after=2, dropped=1, amount_changed=1, families=2),
        ("Tegal Gundil", 7): Counts(after=1, moved=1, families=1),
        (None, 5): Counts(after=1, new=1, families=1),
    }
    assert change.reasons == (Reason.MANY_DROP_OUT,)
    assert change.elsewhere == 1


def test_an_rw_of_which_nobody_is_left_has_to_be_agreed_to(office, services):
    office.publishes(*family(1, 8), *family(2, 8), *family(3, 8), *family(4, 1), period="2025-T4")
    people = services.lists.show(1).people
    change = services.lists.change(office.drafts(*family(1, 8)))
    assert people == 25
    assert Reason.RW_MISSING in change.reasons


def test_a_list_that_changes_little_is_published_as_it_is(office, services):
    people = [Recipient(rt=1 + n % 8) for n in range(20)]
    office.publishes(*people, period="2025-T4")
    change = services.lists.change(office.drafts(*people[:18]))
    assert change.reasons == ()
    assert services.lists.publish(change.seen()).change.total.dropped == 2


def test_whoever_stays_on_another_list_in_force_does_not_drop_out(office, services):
    mover = Recipient(region_code=BABAKAN)
    office.publishes(mover, period="2026-T1")
    office.publishes(replace(mover, region_code=TEGAL_GUNDIL), Recipient(rt=8), period="2025-T4")
    assert services.lists.change(office.drafts(Recipient(rt=7))).total.dropped == 1


def test_what_is_not_understood_is_kept_for_operators_and_told_no_resident(office, services, stands):
    kept = Recipient(note="disabilitas ganda")
    known = Recipient(rt=4, note="meninggal", state="taken_off", reason="died")
    draft = office.drafts(kept, known)
    assert services.lists.notes(draft) == [("disabilitas ganda", 1)]
    assert services.lists.change(draft).notes == 1
    office.agrees(draft)
    (aid,) = services.lookup.ask(Nik.parse(kept.nik), kept.name, asker=HOME).present
    assert (aid.state, aid.reason) == (State.ENTITLED, None)


def test_the_files_of_a_round_are_one_list_and_each_is_taken_once(office, services):
    first, second, third = (hashlib.blake2b(bytes([n]), digest_size=32).digest() for n in range(3))
    facts = ListFacts("PKH", "2026-T1", "SK 1", date(2026, 1, 12), "Dinsos", states_confirmed=True)
    again = family(2)[0]
    one = Draft(people=tuple(family(1)), rows=RowSum(filled=4, taken=3, refused=1), refused=(9,))
    two = Draft(people=(again, again, *family(2)[1:]), faults=(Fault(3, "nik", "nik_duplicate"),))
    draft = together([("rw1.csv", one), ("rw2.csv", two), ("rw1b.csv", Draft(people=(one.people[0],)))])
    assert draft.faults == (Fault("rw2.csv:3", "nik", "nik_duplicate"), Fault("rw1b.csv:2", "nik", "nik_duplicate"))
    assert (draft.refused, draft.files, draft.rows.filled) == (("rw1.csv:9",), (3, 4, 1), 4)
    listed = services.imports.add(draft, facts, [first, second])
    assert services.lists.show(listed).coverage is RW
    for files in ([second, first], [second], [third, first]):
        with pytest.raises(Refused) as refused:
            services.imports.add(Draft(people=one.people), facts, files)
        assert refused.value.facts == {"list": listed}
    with pytest.raises(Refused) as refused:
        services.imports.add(draft, facts, [third, third])
    assert refused.value.code == "same_file_twice"
