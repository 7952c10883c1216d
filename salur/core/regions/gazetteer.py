"""Recognising the place names of spreadsheets: which regions a row means by what it writes.

The table of 91,599 regions stays one text; only the regencies that a list is about are opened.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from salur.core.regions.region import REGENCY, VILLAGE, Region, RegionKind, district_of, regency_of, region_of
from salur.core.regions.shipped import table
from salur.core.regions.spelling import aliases, closest, fold, readings

REMEMBERED = 20_000  # answers kept: the cells of a list repeat
COMPARED = 12  # with more regencies in question than this, only exact names count
Keys = tuple[str, ...]
# Regencies that had another name until lately, by the key of that; offices and NIKs go on with it.
RENAMED = {
    "TOBASAMOSIR": "12.12", "TOBASA": "12.12", "SAWAHLUNTOSIJUNJUNG": "13.03", "KABPONTIANAK": "61.02",
    "KABUPATENPONTIANAK": "61.02", "PASIR": "64.01", "MAMUJUUTARA": "76.01", "POLEWALIMAMASA": "76.04",
    "POLMAS": "76.04", "UJUNGPANDANG": "73.71", "SELAYAR": "73.01", "PANGKEP": "73.10", "BUOLTOLITOLI": "72.04",
    "SITARO": "71.09", "MALUKUTENGGARABARAT": "81.03", "YAPENWAROPEN": "91.05", "KUTAIKERTANEGARA": "64.02",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """What a written kelurahan, kecamatan and city turned out to be; None for what is not known."""

    kelurahan: Region | None
    kecamatan: Region | None
    regency: Region | None


NO_MATCH = Match(None, None, None)


class _Area:
    """One regency: its districts and villages by key, with the slips that spelling makes."""

    def __init__(self, lines: str) -> None:
        self.regions: dict[str, Region] = {}
        self._codes: dict[str, list[str]] = defaultdict(list)
        self._names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for line in lines.splitlines():
            code, _, name = line.partition(",")
            region = self.regions[code] = region_of(code, name)
            for key in aliases(name):
                self._codes[key].append(code)
                for scope in (f"{region.kind}:{region.parent}", region.kind):
                    self._names[scope].append((key, code))

    def district(self, keys: Keys, *, likeness: bool) -> Region | None:
        """The district with that name."""
        return self._pick(keys, RegionKind.DISTRICT, "", likeness=likeness)

    def village(self, keys: Keys, district: Region | None, *, likeness: bool) -> Region | None:
        """The village with that name, in that district if one is named."""
        return self._pick(keys, RegionKind.VILLAGE, district.code if district else "", likeness=likeness)

    def _pick(self, keys: Keys, kind: RegionKind, inside: str, *, likeness: bool) -> Region | None:
        for key in keys:
            codes = [c for c in self._codes.get(key, ()) if self.regions[c].kind is kind and c.startswith(inside)]
            if codes:
                return self.regions[codes[0]] if len(codes) == 1 else None
        if not likeness:
            return None
        code = closest(keys, self._names[f"{kind}:{inside}" if inside else kind])
        return self.regions[code] if code else None


class Gazetteer:
    """Recognise the place names of spreadsheets; opens only the regencies that are asked for."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._spans: dict[str, tuple[int, int]] = {}
        self._by_code: dict[str, Region] = {}
        self._regencies: dict[str, list[str]] = defaultdict(list)
        self._districts: dict[str, list[str]] = defaultdict(list)
        self._areas: dict[str, _Area] = {}
        self._answers: dict[tuple[str | None, ...], Match] = {}
        self._villages: dict[str, list[str]] | None = None
        self._read_upper_levels()

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> Gazetteer:
        """The gazetteer of all Indonesia, made once per process (about a tenth of a second, 10 MB)."""
        return cls(table())

    def get(self, code: str) -> Region | None:
        """The region with this code, of whatever level; None if there is none."""
        if (region := self._by_code.get(code)) or len(code) != VILLAGE or regency_of(code) not in self._spans:
            return region
        return self._area(regency_of(code)).regions.get(code)

    def knows(self, key: str, kind: str) -> bool:
        """Whether any village or district of the country has this key (`spelling.readings`)."""
        return key in (self._districts if kind == RegionKind.DISTRICT else self._all_villages())

    def is_regency(self, text: str) -> bool:
        """Whether a text is the name of a regency or city, prefixes included, slips not."""
        return any(key in self._regencies or key in RENAMED for key in readings(text))

    def find(
        self,
        kelurahan: str | None,
        kecamatan: str | None,
        kab_kota: str | None = None,
        within: str | None = None,
    ) -> Match:
        """Find the regions that a row names, as written there, prefixes and slips included.

        `within` is the code of the city (or province) that the list is about: it decides when `kab_kota` does
        not. A kelurahan that is not in the named kecamatan is not found: the row contradicts itself.
        """
        question = (kelurahan, kecamatan, kab_kota, within)
        if (known := self._answers.get(question)) is None:
            if len(self._answers) >= REMEMBERED:
                self._answers.clear()
            known = self._answers[question] = self._search(*question)
        return known

    def _search(self, kelurahan: str | None, kecamatan: str | None, kab_kota: str | None, within: str | None) -> Match:
        villages, districts = readings(kelurahan or ""), readings(kecamatan or "")
        regencies = self._candidates(villages, districts, kab_kota, within)
        for likeness in (False, True)[: 2 if len(regencies) <= COMPARED else 1]:
            found = [self._search_in(code, villages, districts, likeness=likeness) for code in regencies]
            for wanted in (2, 1) if likeness else (2,):
                best = [match for sure, match in found if sure == wanted]
                if best:
                    return best[0] if len(best) == 1 else NO_MATCH
        return Match(None, None, self._by_code[regencies[0]]) if len(regencies) == 1 else NO_MATCH

    def _search_in(self, regency: str, villages: Keys, districts: Keys, *, likeness: bool) -> tuple[int, Match]:
        """Search one regency. The number says: 2 all that is named was found, 1 a part of it, 0 nothing."""
        area, around = self._area(regency), self._by_code[regency]
        district = area.district(districts, likeness=likeness) if districts else None
        # Where the kecamatan is named but unknown here, only the exact name of the kelurahan is trusted.
        village = area.village(villages, district, likeness=likeness and bool(district or not districts))
        sure = 2 if (village or not villages) and (district or not districts) else 1
        if village and not district:
            district = area.regions[district_of(village.code)]
        return (sure if village or district else 0), Match(village, district, around)

    def _candidates(self, villages: Keys, districts: Keys, kab_kota: str | None, within: str | None) -> list[str]:
        """Codes of the regencies that the row can be about."""
        inside = within or ""
        if kab_kota and (named := self._named_regencies(kab_kota)):
            return [code for code in named if code.startswith(inside)] or named
        if len(inside) >= REGENCY:
            return [regency_of(inside)] if regency_of(inside) in self._spans else []
        by_district = [c for key in districts for c in self._districts.get(key, ())]
        codes = by_district or [c for key in villages for c in self._all_villages().get(key, ())]
        return sorted({regency_of(code) for code in codes if code.startswith(inside)})

    def _named_regencies(self, text: str) -> list[str]:
        """`KAB. BOGOR` and `KOTA BOGOR` are one each; `BOGOR` may be both."""
        head, _, _ = text.partition(",")
        keys = readings(head)
        if renamed := next((RENAMED[key] for key in keys if key in RENAMED), None):
            return [renamed]
        codes = {code for key in keys for code in self._regencies.get(key, ())}
        if not codes:
            names = [(key, code) for key, found in self._regencies.items() for code in found]
            codes = {code} if (code := closest(keys[-1:], names)) else set()
        if match := re.match(r"\s*(KOTA|KAB)", text.upper()):
            prefix = "Kota" if match[1] == "KOTA" else "Kab"
            codes = {code for code in codes if self._by_code[code].name.startswith(prefix)} or codes
        return sorted(codes)

    def _area(self, regency: str) -> _Area:
        if regency not in self._areas:
            start, end = self._spans[regency]
            self._areas[regency] = _Area(self._table[start:end])
        return self._areas[regency]

    def _all_villages(self) -> dict[str, list[str]]:
        """Villages of the whole country by key: only for rows that name nothing but a kelurahan."""
        if self._villages is None:
            self._villages = defaultdict(list)
            for match in re.finditer(r"^(\d\d\.\d\d)\.\d\d\.\d{4},(.+)$", self._table, re.M):
                self._villages[fold(match[2])].append(match[1])
        return self._villages

    def _read_upper_levels(self) -> None:
        starts: list[tuple[str, int]] = []
        for match in re.finditer(r"^(\d\d(?:\.\d\d){0,2}),(.+)$", self._table, re.M):
            code, name = match.groups()
            region = self._by_code[code] = region_of(code, name)
            if region.kind is RegionKind.DISTRICT:
                for key in aliases(name):
                    self._districts[key].append(code)
                continue
            starts.append((code, match.start()))
            if region.kind is RegionKind.REGENCY:
                for key in readings(name):
                    self._regencies[key].append(code)
        ends = [start for _, start in starts[1:]] + [len(self._table)]
        spans = zip(starts, ends, strict=True)
        self._spans = {code: (start, end) for (code, start), end in spans if len(code) == REGENCY}
