"""What is set, and who changed it when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from salur.core.regions.office import Office
from salur.core.settings.kinds import YES, Setting


@dataclass(frozen=True, slots=True)
class CityFacts:
    """What holds in the city now. An empty text means that nothing is known, and then nothing is shown."""

    city_name: str = ""
    header: str = ""  # a few lines over what is printed, without a seal
    office_name: str = ""
    office_address: str = ""
    office_phone: str = ""
    office_hours: str = ""
    four_eyes: str = "0"
    kept_days: str = "395"
    uploads_days: str = "14"

    def office(self, code: str) -> Office:
        """Dinas Sosial of the city with this code."""
        return Office(code, self.office_name, self.office_address, self.office_phone, self.office_hours)

    @property
    def needs_two(self) -> bool:
        """Whether a second person publishes what the first one prepared (four eyes)."""
        return self.four_eyes == YES

    @property
    def kept(self) -> timedelta:
        """How long records, and lists that ended, are kept."""
        return timedelta(days=int(self.kept_days))

    @property
    def uploads_kept(self) -> timedelta:
        """How long an upload waits that nobody imported."""
        return timedelta(days=int(self.uploads_days))


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One change. `after` None: as the environment says from then on; `before` None: so it was until then."""

    id: int
    setting: Setting
    before: str | None
    after: str | None
    at: datetime
    by: str  # user name
    newest: bool  # of its setting: that one can be undone
