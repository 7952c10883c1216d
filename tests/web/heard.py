"""By which names pages look for what an address asks with: what nobody looks for need not be tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from werkzeug.datastructures import ImmutableMultiDict


class Heard(ImmutableMultiDict[str, str]):
    """For `parameter_storage_class` of a request: what was asked, and who looked for what. `names` is everybody's."""

    names: ClassVar[set[str]] = set()
    all_of_them = "*"  # somebody went through them by himself, and may mean any

    def __contains__(self, name: object) -> bool:
        """Whether it was asked with that."""
        self.names.add(str(name))
        return super().__contains__(name)

    def __getitem__(self, name: str) -> str:
        """The first of that name."""
        self.names.add(name)
        return super().__getitem__(name)

    def getlist(self, name: str, *converted: Any, **by: Any) -> list[Any]:  # type: ignore[override]
        """All of that name."""
        self.names.add(name)
        return super().getlist(name, *converted, **by)

    def __iter__(self) -> Iterator[str]:
        """The names, which are not known then."""
        self.names.add(self.all_of_them)
        return super().__iter__()

    def items(self, multi: bool = False) -> Iterable[tuple[str, str]]:  # type: ignore[override]
        """Names and what stands there; `to_dict` goes by it too."""
        self.names.add(self.all_of_them)
        return super().items(multi)

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """The same with all of each name."""
        self.names.add(self.all_of_them)
        return super().lists()

    @classmethod
    def of(cls, known: Iterable[str]) -> set[str]:
        """Which of these names somebody looked for since they were cleared."""
        return set(known) if cls.all_of_them in cls.names else cls.names & set(known)
