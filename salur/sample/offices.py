"""The offices of kelurahan of the sample city: addresses are invented, and no telephone has such numbers."""

from __future__ import annotations

from salur.core.regions.office import Office
from salur.sample.areas import areas

HOURS = "Senin-Jumat 08.00-15.30"


def offices(city: str) -> list[Office]:
    """One for each kelurahan or desa that the sample has in this city."""
    here = [area for area in areas() if area.regency_code == city]
    return [
        Office(area.code, f"Kantor {area.name}", f"Jl. Raya {area.name} No. {number}", f"000 {number:04}", HOURS)
        for number, area in enumerate(here, 1)
    ]
