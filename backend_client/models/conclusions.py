"""A request's conclusion: drafted, signed, approved or returned, delivered (OZ-12, DRC-13)."""

from typing import Annotated

import msgspec

from backend_client.models.common import Count, OpenEnum, RequestId, UserId, UtcTime, Wire
from backend_client.models.evidence import Evidence

Section = Annotated[str, msgspec.Meta(max_length=20_000)]
MOST_EVIDENCE = 200
Sources = Annotated[tuple[Evidence, ...], msgspec.Meta(max_length=MOST_EVIDENCE)]
LARGEST_PDF = 16 * 1024 * 1024
"""Bytes."""


class ConclusionState(OpenEnum):
    """Where the conclusion stands."""

    UNKNOWN = "unknown"
    DRAFTING = "drafting"
    SIGNED = "signed"
    """Waits for the clinic's approval."""
    RETURNED = "returned"
    DELIVERED = "delivered"
    """The patient's page offers it."""


class ConclusionDiagnosis(Wire, frozen=True, kw_only=True):
    """Code and words."""

    icd10: Annotated[str, msgspec.Meta(max_length=20)] = ""
    text: Section = ""


class ConclusionForm(Wire, frozen=True, kw_only=True):
    """What the doctor writes; every section may be empty while it is a draft."""

    complaints: Section = ""
    history: Section = ""
    findings: Section = ""
    diagnosis: ConclusionDiagnosis = ConclusionDiagnosis()
    recommendations: Section = ""
    evidence: Sources = ()
    """Where the numbers in brackets, «[1]», lead to: of one number one source. One that no section
    names any more stays, so that its number means nothing else later; it is not printed."""


class SaveDraft(Wire, frozen=True, kw_only=True):
    """The form as it is now; `version` is the one that was edited, 0 for the first."""

    version: Count
    form: ConclusionForm


class ReturnConclusion(Wire, frozen=True, kw_only=True):
    """Why the clinic does not approve the conclusion of this version."""

    version: Count
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class Conclusion(Wire, frozen=True, kw_only=True):
    """The conclusion of one request."""

    request_id: RequestId
    version: Count
    """Grows with every change."""
    state: ConclusionState
    form: ConclusionForm
    author_id: UserId
    author_name: str
    needs_approval: bool
    """Whether the clinic countersigns before the patient gets it."""
    signers: Count
    """Signatures that the kept PDF must have; 0: nothing is signed."""
    sha256: str
    """Of the kept PDF; empty: nothing is signed."""
    size: Count
    """Bytes of the kept PDF."""
    signed_at: UtcTime | None
    approved_at: UtcTime | None
    approved_by: str
    return_reason: str
    delivered_at: UtcTime | None
    changed_at: UtcTime


class Approval(Wire, frozen=True, kw_only=True):
    """A signed conclusion in the list of those that wait for the clinic admin."""

    request_id: RequestId
    request_number: str
    patient_name: str
    diagnosis: str
    author_name: str
    version: Count
    signed_at: UtcTime
    sha256: str
    size: Count
