"""Write the sample city: lists, schedules, payment results, and a manifest that says how to import them.

`manifest.json` holds `lists` (in the order of import and publishing), `schedules`, `payments`, and `try`: people to
ask for, all of them from 28 people on.
Memory does not grow with the number of people: households stream past, and every file is written row by row.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from salur.sample.aid import Grant, aid
from salur.sample.areas import areas
from salur.sample.lists import KIND_OF, KINDS, ONE_FILE_UP_TO, ListFile
from salur.sample.numbers import Numbers
from salur.sample.payments import Results
from salur.sample.people import Household, population
from salur.sample.quarters import before, present
from salur.sample.scenes import SCENE_AT, SCENES
from salur.sample.schedule import write_schedules

MANIFEST = "manifest.json"
NOBODY = "ASEP WIRADIKARTA"
Progress = Callable[[int], None]
Manifest = dict[str, object]
ToTry = dict[str, str | int | None]  # one person to ask for


def write_city(people: int, seed: int, folder: Path, *, today: date, progress: Progress | None = None) -> Manifest:
    """Write everything into `folder`, which is made; gives the manifest.

    The same arguments give the same bytes. `progress` hears of each household how many people it has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    desk = _Desk(folder, seed, today, split=people > ONE_FILE_UP_TO)
    numbers = Numbers()
    for household in population(people, seed, today=today, numbers=numbers):
        desk.serve(household)
        if progress:
            progress(len(household.members))
    manifest = desk.close()
    manifest["try"] = {**desk.to_try, "nobody": _nobody(numbers, today)}
    text = json.dumps({"people": people, "seed": seed, "today": today.isoformat(), **manifest}, indent=1)
    (folder / MANIFEST).write_text(text + "\n", "utf-8")
    loaded: Manifest = json.loads(text)
    return loaded


class _Desk:
    """Hands each household's grants to the lists and results they belong to."""

    def __init__(self, folder: Path, seed: int, today: date, *, split: bool) -> None:
        self._folder, self._seed, self._today, self._split = folder, seed, today, split
        self._quarter = present(today)
        self._previous = before(self._quarter)
        self._lists: dict[tuple[str, str, bool], ListFile] = {}
        self._results = Results(folder, today, seed)
        self._letters = 0
        self._rng = Random(f"{seed} aid")  # noqa: S311
        self.to_try: dict[str, ToTry] = {}

    def serve(self, household: Household) -> None:
        """Write all lines of one household."""
        scene = SCENE_AT.get((household.area.code, household.number))
        for grant in aid(household, self._rng):
            code = self._letter_code(grant)
            file = self._list(grant)
            file.add(grant, code)
            self._results.add(grant, file.quarter, code if file.kind.layout.letters else None)
            if scene and grant.person is household.members[0] and grant.programme == SCENES[scene].mother[0]:
                self.to_try[scene] = _asked_for(grant, None if grant.previous else code)

    def close(self) -> Manifest:
        """Finish all files; gives the manifest without the people to try."""
        lists = sorted(self._lists.values(), key=lambda file: (KINDS.index(file.kind), file.area_code))
        for file in lists:
            file.close()
        return {
            "lists": [file.describe() for file in lists],
            "schedules": write_schedules(self._folder, areas(), self._quarter, self._today),
            "payments": self._results.close(),
        }

    def _list(self, grant: Grant) -> ListFile:
        area = grant.household.area
        where = area.district_code if self._split else area.regency_code
        key = (grant.programme, where, grant.previous)
        if key not in self._lists:
            kind = KIND_OF[grant.programme, area.regency_code, grant.previous]
            quarter = self._previous if grant.previous else self._quarter
            self._lists[key] = ListFile(self._folder, kind, quarter, area, split=self._split, seed=self._seed)
        return self._lists[key]

    def _letter_code(self, grant: Grant) -> str:
        """The next code, as PT Pos numbers letters and the rice carrier its own."""
        self._letters += 1
        if grant.programme == "PANGAN":
            return f"PBP{self._letters:07}"
        return f"{grant.household.area.around.kprk}-{self._letters:06}"


def _asked_for(grant: Grant, code: str | None) -> ToTry:
    person, home = grant.person, grant.household
    area: ToTry = {"area": home.area.code, "rw": home.rw, "rt": home.rt}
    return {"nik": person.nik, "name": person.name, "kk": home.kk, "letter_code": code, **area}


def _nobody(numbers: Numbers, today: date) -> ToTry:
    """Someone on no list, whose well-formed NIK nobody else was given."""
    born = date(today.year - 41, 5, 17)
    return {"nik": numbers.nik("327105", born, woman=False), "name": NOBODY, "kk": None, "letter_code": None}
