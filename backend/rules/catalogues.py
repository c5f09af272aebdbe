"""The centres' catalogues, read from resources; each version has a period of validity (OZ-29)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from backend.rules.catalogue_files import read_calendars, read_versions
from backend.rules.working_calendar import WEEKDAYS, ProductionCalendar, WorkingTime
from backend_client.models.catalogue import Catalogue

DAY = timedelta(days=1)
END = datetime.max.replace(tzinfo=UTC)
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
        self._today: dict[str, tuple[datetime, datetime]] = {}
        for version in sorted(versions, key=lambda one: one.valid_from, reverse=True):
            self._versions.setdefault(version.centre_id, []).append(version)

    @classmethod
    def from_folder(cls, folder: Path) -> "Catalogues":
        """Reads every `<centre_id>.json`: a list of versions. Raises BadCatalogue."""
        calendars = read_calendars(folder / CALENDARS)
        files = sorted(folder.glob("*.json"))
        return cls([one for file in files for one in read_versions(file, calendars)], calendars)

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
        for begins, ends, version in self.periods(centre_id):
            if begins <= moment < ends:
                return version
        return self.newest(centre_id)

    def newest(self, centre_id: str) -> Catalogue:
        """The version that began last: for what outlives a period, such as the centre's name."""
        versions = self._versions.get(centre_id)
        if not versions:
            raise NoCatalogue(f"{centre_id} has no catalogue")
        return versions[0]

    def working_time(self, catalogue: Catalogue) -> WorkingTime:
        """When the organisation works; without a calendar's name Monday to Friday.

        Raises KeyError where the calendar is not there: `from_folder` reads no such catalogue.
        """
        name = catalogue.working_calendar
        calendar = self._calendars[name] if name else WEEKDAYS
        return WorkingTime(ZoneInfo(catalogue.time_zone), calendar, catalogue.working_hours)

    @cache  # noqa: B019  # there is one of these, and it lives as long as the program
    def periods(self, centre_id: str) -> list[tuple[datetime, datetime, Catalogue]]:
        """Each version's first moment and the first one behind it: compared quicker than days."""
        zone = ZoneInfo(self.newest(centre_id).time_zone)
        return [
            (
                _midnight(version.valid_from, zone),
                END if version.valid_to is None else _midnight(version.valid_to + DAY, zone),
                version,
            )
            for version in self._versions[centre_id]
        ]

    def day_end(self, centre_id: str, moment: datetime) -> datetime:
        """When the centre's day of that moment is over, as UTC."""
        begun, ended = self._today.get(centre_id, (END, END))
        if not begun <= moment < ended:
            zone = ZoneInfo(self.newest(centre_id).time_zone)
            day = moment.astimezone(zone).date()
            begun, ended = _midnight(day, zone), _midnight(day + DAY, zone)
            self._today[centre_id] = (begun, ended)
        return ended

    def _day(self, centre_id: str, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.newest(centre_id).time_zone)).date()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins there."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
