"""How sure the clinic is of who the patient is, and personal data that were changed (DRC-14)."""

from typing import Annotated

import msgspec

from backend_client.models.common import Acting, OpenEnum, UserId, UtcTime, Wire


class IdentityMark(OpenEnum):
    """What stands out about a request's patient; a usual one has no mark."""

    UNKNOWN = "unknown"
    NOT_IDENTIFIED = "not_identified"
    """By nobody: nothing is signed (DRC-16)."""
    BY_PERSON = "by_person"
    """Not by the service; a named person of the clinic has confirmed who it is."""
    DATA_CHANGED = "data_changed"
    """Newer personal data wait to be confirmed (DRC-14)."""


class IdentityProof(OpenEnum):
    """By what a person of the clinic was convinced."""

    UNKNOWN = "unknown"
    PASSPORT = "passport"
    BIRTH_CERTIFICATE = "birth_certificate"
    OTHER_DOCUMENT = "other_document"
    CONTACT_CENTRE = "contact_centre"
    """The patient has called the contact centre, which asked for what it knows (DRC-16)."""


class IdentityConfirmation(Wire, frozen=True, kw_only=True):
    """Who has confirmed the patient's identity, when and how."""

    proof: IdentityProof
    note: str
    by_id: UserId
    by_name: str
    at: UtcTime


class ConfirmIdentity(Acting, frozen=True, kw_only=True):
    """The asking person answers for who the patient is (DRC-16)."""

    proof: IdentityProof
    note: Annotated[str, msgspec.Meta(max_length=300)] = ""
    """How it was done, such as "on the call"; no number of a document."""


class DataField(OpenEnum):
    """One of the personal data, in the order in which they are shown."""

    UNKNOWN = "unknown"
    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    PHONE = "phone"
    PLACE = "place"
    REPRESENTATIVE_NAME = "representative_name"
    REPRESENTATIVE_RELATION = "representative_relation"


class DataSource(OpenEnum):
    """From where newer personal data have come."""

    UNKNOWN = "unknown"
    PATIENT = "patient"
    """By the patient's page."""
    CLINIC = "clinic"
    """By the clinic's admin: a referral, a telephone call."""


class ChangedDatum(Wire, frozen=True, kw_only=True):
    """One of the personal data as confirmed, and as it is said to be now (DRC-14)."""

    field: DataField
    confirmed: str
    """A date as ISO 8601, sex as its word; empty: there is none."""
    changed: str
    source: DataSource
    by_name: str
    """Who of the clinic has brought it; empty: the patient."""
    at: UtcTime


class DecideData(Acting, frozen=True, kw_only=True):
    """Changed data become the confirmed ones, or are dropped."""

    fields: Annotated[list[DataField], msgspec.Meta(min_length=1, max_length=10)]
    confirm: bool
    note: Annotated[str, msgspec.Meta(max_length=300)] = ""
