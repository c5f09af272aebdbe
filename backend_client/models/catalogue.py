"""A centre's catalogue: its diseases, required documents and clocks, valid for a period (OZ-29)."""

from datetime import date

from backend_client.models.common import CentreId, OpenEnum, Wire
from backend_client.models.routes import Route


class Counting(OpenEnum):
    """How a clock counts its days."""

    UNKNOWN = "unknown"
    CALENDAR = "calendar"
    WORKING = "working"


class DiseaseGroup(Wire, frozen=True, kw_only=True):
    """A group of the centre's list and the ICD-10 prefixes that belong to it."""

    code: str
    title_ru: str
    title_en: str
    icd10_prefixes: list[str]


class DocumentItem(Wire, frozen=True, kw_only=True):
    """An item of the centre's document checklist."""

    code: str
    title_ru: str
    title_en: str
    chip_ru: str
    chip_en: str
    required: bool
    routes: list[Route]
    """Routes on which the item is asked for at all."""


class Clock(Wire, frozen=True, kw_only=True):
    """The term of an answer on one route: amber from `soon_after_days`, breached at `due_days`."""

    route: Route
    name: str
    soon_after_days: int
    due_days: int
    counting: Counting
    source: str
    """Row of the requirements that the term comes from."""


class Catalogue(Wire, frozen=True, kw_only=True):
    """All of a centre's rules that are data, in one version."""

    centre_id: CentreId
    centre_name_ru: str
    centre_name_en: str
    time_zone: str
    version: str
    valid_from: date
    valid_to: date | None
    diseases: list[DiseaseGroup]
    documents: list[DocumentItem]
    clocks: list[Clock]
