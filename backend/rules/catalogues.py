"""The centres' catalogues, read from resources; each version has a period of validity (OZ-29)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from backend.rules.working_calendar import (
    WEEKDAYS,
    ProductionCalendar,
    WorkingTime,
    read_calendars,
)
from backend_client.models.catalogue import Catalogue

CALENDARS = "calendars"
"""Folder of the production calendars, beside the catalogues."""


class NoCatalogue(LookupError):
    """No version of the centre's catalogue is valid on that day."""


class Catalogues:
    """All versions of all centres' catalogues, and the calendars that they name."""

    def __init__(
        self,
        versions: Iterable[Catalogue],
        calendars: Mapping[str, ProductionCalendar] | None = None,
    ) -> None:
        self._calendars = dict(calendars or {})
        self._versions: dict[str, list[Catalogue]] = {}
        for version in sorted(versions, key=lambda one: one.valid_from, reverse=True):
            self._versions.setdefault(version.centre_id, []).append(version)

    @classmethod
    def from_folder(cls, folder: Path) -> "Catalogues":
        """Reads every `<centre_id>.json`: a list of versions. Raises msgspec.ValidationError."""
        decoder = msgspec.json.Decoder(list[Catalogue])
        files = sorted(folder.glob("*.json"))
        versions = [version for file in files for version in decoder.decode(file.read_bytes())]
        return cls(versions, read_calendars(folder / CALENDARS))

    @property
    def centre_ids(self) -> list[str]:
        """Ids of the centres that have a catalogue."""
        return sorted(self._versions)

    def catalogue_of(self, centre_id: str, on: date) -> Catalogue:
        """The version valid on a day of the centre's calendar; raises NoCatalogue."""
        for version in self._versions.get(centre_id, []):
            if version.valid_from <= on and (version.valid_to is None or on <= version.valid_to):
                return version
        raise NoCatalogue(f"no catalogue of {centre_id} is valid on {on}")

    def catalogue_at(self, centre_id: str, moment: datetime) -> Catalogue:
        """The version valid at an aware moment, by the centre's own time zone."""
        return self.catalogue_of(centre_id, self._day(centre_id, moment))

    def catalogue_for(self, centre_id: str, moment: datetime) -> Catalogue:
        """As catalogue_at; in a gap between periods the newest: a queue fails over no request."""
        try:
            return self.catalogue_at(centre_id, moment)
        except NoCatalogue:
            return self.newest(centre_id)

    def newest(self, centre_id: str) -> Catalogue:
        """The version that began last: for what outlives a period, such as the centre's name."""
        versions = self._versions.get(centre_id)
        if not versions:
            raise NoCatalogue(f"{centre_id} has no catalogue")
        return versions[0]

    def working_time(self, catalogue: Catalogue) -> WorkingTime:
        """When the organisation works; a calendar that is not there is Monday to Friday."""
        calendar = self._calendars.get(catalogue.working_calendar, WEEKDAYS)
        return WorkingTime(ZoneInfo(catalogue.time_zone), calendar, catalogue.working_hours)

    def _day(self, centre_id: str, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.newest(centre_id).time_zone)).date()
