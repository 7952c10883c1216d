"""The commands of docs/deploy.md, section by section: what an administrator copies is what is tried."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = re.compile(r"^ {4,}(\S.*)$")
HEADING = re.compile(r"^## (.*)$")


@dataclass
class Page:
    """Sections with their commands; those that were taken are remembered."""

    sections: dict[str, list[str]]
    taken: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, path: Path, named: Mapping[str, str], not_typed: Mapping[str, str]) -> Page:
        """Read the page. `named`: what stands for words in capitals; `not_typed`: how those begin that are left."""
        sections: dict[str, list[str]] = {}
        section = ""
        for line in path.read_text("utf-8").splitlines():
            if heading := HEADING.match(line):
                section = heading[1]
            elif (command := COMMAND.match(line)) and not command[1].startswith(tuple(not_typed)):
                text = command[1]
                for word, meant in named.items():
                    text = text.replace(word, meant)
                sections.setdefault(section, []).append(text)
        return cls(sections)

    def take(self, section: str, first: int = 0, last: int | None = None) -> list[str]:
        """The commands of a section from one to another, as one folder for the next: `cd` holds for what follows."""
        commands = self.sections[section]
        chosen = range(len(commands))[first:last]
        self.taken.update((section, number) for number in chosen)
        folder, typed = "/", []
        for number in chosen:
            typed.append(f"cd {folder} && {commands[number]}")
            if moved := re.search(r"&& cd (\S+)$", commands[number]):
                folder = moved[1]
        return typed

    def left(self) -> list[str]:
        """Commands that nobody took."""
        numbered = (
            (section, number, text) for section, texts in self.sections.items() for number, text in enumerate(texts)
        )
        return [text for section, number, text in numbered if (section, number) not in self.taken]
