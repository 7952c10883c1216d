"""What verification by name costs and gives away: `python -m bench.names [rules] [words] [attack] [speed]`.

rules   the written pairs: false rejections and false acceptances by rule
words   every two name words of the sample city: which pairs the rules take for one
attack  the share of sample people opened by guessing the commonest names, against exact comparison; and by a name that
        somebody searched for (`bench/name_search.py`), against the commonest name
speed   microseconds a comparison, for names that differ in different places
"""

from __future__ import annotations

import sys
import timeit
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations, islice
from pathlib import Path

from bench.name_search import search
from salur.core.names.lexicon import WEAK_WORDS
from salur.core.names.matching import same_person
from salur.sample.names import _lines
from salur.sample.people import Person, population

PAIRS = Path(__file__).parent.parent / "tests" / "core" / "names" / "pairs.tsv"
PEOPLE = 10_000
SEARCHED = 1_000
GUESSES = 3
ALLOWED = 1.2


def rules() -> None:
    """Print the written pairs by rule."""
    pairs: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for line in PAIRS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            listed, typed, verdict, rule = line.split("\t")
            pairs[verdict, rule] += 1
            wrong[verdict, rule] += same_person(listed, typed) is not (verdict == "same")
    for verdict, fault in (("same", "false rejections"), ("different", "false acceptances")):
        rows = sorted(rule for kind, rule in pairs if kind == verdict)
        total = sum(pairs[verdict, rule] for rule in rows)
        print(f"\n{verdict}: {total} pairs, {sum(wrong[verdict, rule] for rule in rows)} {fault}")
        for rule in rows:
            print(f"  {rule:24}{pairs[verdict, rule]:4}{wrong[verdict, rule]:4}")


def words() -> None:
    """Print the pairs of different name words that are taken for one."""
    known = sorted(
        {
            word
            for _, _, part, text in _lines()
            if part != "forms"
            for name in text.split(", ")
            for word in name.split()
            if word.isalpha() and len(word) > 1
        }
    )
    # Words whose lengths differ by more than three letters are compared too rarely equal to be worth the hour.
    near = [(a, b) for a, b in combinations(known, 2) if abs(len(a) - len(b)) <= 3]
    merged = [f"{a}={b}" for a, b in near if same_person(a, b)]
    print(f"\n{len(known)} words, {len(near)} pairs compared, {len(merged)} taken for one name:")
    print("  " + " ".join(merged))


def attack() -> None:
    """Print what the commonest names open, exactly and by the rules."""
    names = Counter(person.name for person in _people(PEOPLE))
    singles = Counter[str]()
    for name, count in names.items():
        singles[name.split()[0]] += count
    mononyms = Counter({name: count for name, count in names.items() if " " not in name})
    cut = Counter[str]()
    for name, count in names.items():
        if len(name.split()) == 2 and name.split()[0] not in WEAK_WORDS:
            cut[f"{name.split()[0]} {name.split()[1][0]}"] += count
    print(f"\n{names.total()} people, {len(names)} different names")
    _opened("commonest first words", singles, names)
    _opened("commonest single names", mononyms, names)
    _opened("commonest full names", Counter({n: c for n, c in names.items() if " " in n}), names)
    _opened("first names with an initial", cut, names)
    _searched(Counter(person.name for person in _people(SEARCHED)))


def _people(count: int) -> list[Person]:
    return list(islice((person for house in population(count, 1) for person in house.members), count))


def _searched(names: Counter[str]) -> None:
    (commonest, bearers) = names.most_common(1)[0]
    found = search(names)
    print(f"\n{names.total()} people; the commonest name, {commonest}, opens {bearers} exactly")
    print("  names found by search: " + ", ".join(f"{one.typed} ({one.opened})" for one in found[:8]))
    print(f"  the best opens {found[0].opened / bearers:.2f} times as many")


def _opened(what: str, guesses: Counter[str], names: Counter[str]) -> None:
    tried = [guess for guess, _ in guesses.most_common(GUESSES)]
    exact = sum(names[guess] for guess in tried)
    opened = sum(count for name, count in names.items() if any(same_person(name, guess) for guess in tried))
    ratio = f"{opened / exact:.2f} times exact" if exact else "nobody exactly"
    print(f"  {what} ({', '.join(tried)}): {opened} people, {opened / names.total():.2%}; exactly {exact}; {ratio}")


def speed() -> None:
    """Print the time of a comparison, the least of many short runs."""
    print()
    for listed, typed in (
        ("SITI MAESAROH", "Siti Maysaroh"),
        ("SITI MAESAROH", "Siti Maemunah"),
        ("SITI MAESAROH", "Rina Maesaroh"),
        ("SITI MAESAROH", "Agus Suherman"),
        ("ABDUL MUIS", "Abd. Muis"),
        ("NURHAYATI", "Nur Hayati"),
        ("TATANG", "Totong"),
    ):
        print(f"  {listed:16}{typed:16}{_microseconds(lambda a=listed, b=typed: same_person(a, b)):6.1f} us")  # type: ignore[misc]


def _microseconds(compare: Callable[[], object]) -> float:
    runs = 50
    return min(timeit.repeat(compare, number=runs, repeat=300)) / runs * 1e6


def main(chosen: Iterable[str]) -> None:
    """Run what was chosen, or everything."""
    for part in list(chosen) or ["rules", "words", "attack", "speed"]:
        {"rules": rules, "words": words, "attack": attack, "speed": speed}[part]()


if __name__ == "__main__":
    main(sys.argv[1:])
