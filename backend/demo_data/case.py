"""A case as it is written down: no dates, only how long ago and how much time is left."""

from dataclasses import dataclass
from datetime import timedelta

from backend.demo_data.files.orders import FileOrder
from backend.demo_data.files.subject import Story
from backend_client.models.identity import DataField
from backend_client.models.requests import (
    CareSetting,
    ConsentKind,
    IdentityLevel,
    RequestStatus,
    Sex,
    Urgency,
)
from backend_client.models.routes import Route

OWN_MEANS = "Личные средства"
"""The payer of whom the catalogues ask a contract (SOK-2)."""
NO_STORY = Story("", "", (), (), (), "")


@dataclass(frozen=True, slots=True)
class Person:
    """Who comes; the age holds whenever the demonstration is started."""

    full_name: str
    sex: Sex
    town: str
    age: int
    """Years, or months below one year (`months`), or days (`newborn`)."""
    birthday: str = "06.05"
    """Day and month."""
    in_months: bool = False
    newborn: bool = False
    phone_confirmed: bool = True
    identity: IdentityLevel = IdentityLevel.CONFIRMED
    representative: tuple[str, str] | None = None
    phone: str = ""
    changed: tuple[tuple[DataField, str], ...] = ()
    """Said anew on the patient's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request for consultation."""

    number: str
    person: Person
    route: Route
    icd10: str | None
    diagnosis: str
    complaints: str
    left: timedelta | None
    """Until the answer is due; negative: late; None: no clock runs."""
    status: RequestStatus = RequestStatus.READY
    urgency: Urgency = Urgency.PLANNED
    life_threat: bool = False
    inpatient: bool = False
    topic: str = ""
    payer: str = "ОМС"
    quota: tuple[int, int] | None = (2, 3)
    doctor: str = ""
    owner: str | None = None
    story: Story = NO_STORY
    files: tuple[FileOrder, ...] = ()
    not_applicable: tuple[tuple[str, str], ...] = ()
    consents_missing: tuple[ConsentKind, ...] = ()
    registered: timedelta = timedelta(hours=29)
    """How long before its clock started the request was made, on a referral."""
    history: tuple[tuple[timedelta, str], ...] = ()
    """What happened beyond the usual."""

    @property
    def care_setting(self) -> CareSetting:
        """Inpatient or outpatient (OZ-23)."""
        return CareSetting.INPATIENT if self.inpatient else CareSetting.OUTPATIENT


def left(days: int = 0, hours: int = 0, minutes: int = 0) -> timedelta:
    """Time until the answer is due."""
    return timedelta(days=days, hours=hours, minutes=minutes)


def late(hours: int = 0, minutes: int = 0) -> timedelta:
    """Time since the answer was due."""
    return -timedelta(hours=hours, minutes=minutes)


def ago(days: int = 0, hours: int = 0, minutes: int = 0) -> timedelta:
    """Time since something happened."""
    return timedelta(days=days, hours=hours, minutes=minutes)


def woman(full_name: str, town: str, age: int, birthday: str) -> Person:
    """A grown-up with a confirmed account."""
    return Person(full_name, Sex.FEMALE, town, age, birthday)


def man(full_name: str, town: str, age: int, birthday: str) -> Person:
    """A grown-up with a confirmed account."""
    return Person(full_name, Sex.MALE, town, age, birthday)
