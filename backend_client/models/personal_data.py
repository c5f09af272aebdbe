"""Personal data as the patient or the clinic says them anew (DRC-14)."""

from datetime import date
from typing import Annotated

import msgspec

from backend_client.models.common import Acting, Wire
from backend_client.models.identity import ChangedDatum
from backend_client.models.requests import Sex

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
MaybeEmpty = Annotated[str, msgspec.Meta(max_length=200)]
Phone = Annotated[str, msgspec.Meta(pattern=r"^(\+?[0-9][0-9 ()-]{4,30})?$")]


class NewPersonalData(Wire, frozen=True, kw_only=True):
    """What is to be changed; None: stays as it is. Nothing is taken over before a person of the
    clinic has confirmed it."""

    full_name: Name | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    phone: Phone | None = None
    place: MaybeEmpty | None = None
    representative_name: MaybeEmpty | None = None
    """Empty: there is none any more."""
    representative_relation: MaybeEmpty | None = None


class BringData(Acting, frozen=True, kw_only=True):
    """The same, brought by the clinic: what stands in a referral, or was said by telephone."""

    data: NewPersonalData


class PersonalData(Wire, frozen=True, kw_only=True):
    """The patient's data as confirmed, and what waits for the clinic's word."""

    full_name: str
    birth_date: date
    sex: Sex
    phone: str
    """Empty: the clinic has none here."""
    place: str
    representative_name: str
    representative_relation: str
    changed: list[ChangedDatum]
