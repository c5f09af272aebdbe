"""The demonstration's requests as the rules see them: for the tests of the demonstration."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from backend.demo_data.requests import demo_requests
from backend.demo_data.shape import DemoRequest
from backend.rules.catalogues import Catalogues
from backend.rules.clocks import Term, goals_met, term
from backend.rules.completeness import checklist, tally
from backend.rules.icd10 import HEADINGS
from backend_client.models.catalogue import Catalogue
from backend_client.models.requests import ChecklistItem, ItemState

CATALOGUES = Catalogues.from_folder(HEADINGS.parent)
FRIDAY = datetime(2026, 11, 20, 8, 42, tzinfo=UTC)
MOMENTS = [
    FRIDAY,
    datetime(2026, 11, 22, 21, 30, tzinfo=UTC),
    datetime(2026, 11, 23, 0, 5, tzinfo=UTC),
    datetime(2027, 1, 1, 12, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 5, 0, tzinfo=UTC),
]
"""A Friday, a Sunday that is Monday in Moscow, a Monday's first hours, New Year, a leap day."""
MOSCOW = ZoneInfo("Europe/Moscow")
MARKS = {ItemState.PRESENT: "{}", ItemState.MISSING: "нет {}", ItemState.NOT_APPLICABLE: "({})"}


def of_centre(centre: str) -> list[DemoRequest]:
    """The centre's requests on that Friday."""
    return [request for request in demo_requests(FRIDAY) if request.centre_id == centre]


def of_family(name: str) -> DemoRequest:
    """The one request of a person whose name begins so."""
    found = [one for one in demo_requests(FRIDAY) if one.patient.full_name.startswith(name)]
    assert len(found) == 1
    return found[0]


def catalogue_of(request: DemoRequest) -> Catalogue:
    """The rules of the request's centre."""
    return CATALOGUES.catalogue_of(request.centre_id, FRIDAY.date())


def term_of(request: DemoRequest) -> Term | None:
    """The clock that runs, by the catalogue."""
    catalogue = catalogue_of(request)
    working = CATALOGUES.working_time(catalogue)
    met = goals_met(request.status, was_reached=False)
    return term(catalogue, request.route, request.clock_started_at, working, met)


def items_of(request: DemoRequest) -> list[ChecklistItem]:
    """The checklist."""
    files = tally((file.item_code, file.taken_on, False) for file in request.files)
    reasons = dict(request.not_applicable)
    return checklist(catalogue_of(request).documents, request.route, files, reasons)


def chips_of(request: DemoRequest) -> str:
    """Chips of the queue's row: present, «нет» before a missing one, (not applicable)."""
    shown = [item for item in items_of(request) if item.state in MARKS]
    return " ".join(MARKS[item.state].format(item.chip) for item in shown)


def age_on(born: date, day: date) -> int:
    """Full years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def today_at(now: datetime) -> date:
    """The day in the centres' zone."""
    return now.astimezone(MOSCOW).date()
