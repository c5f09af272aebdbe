"""A request's conclusion: drafted, signed, approved or returned, delivered (OZ-12, DRC-13)."""

from typing import Annotated

import msgspec

from backend_client.models.common import (
    Count,
    DocumentId,
    OpenEnum,
    RequestId,
    UserId,
    UtcTime,
    Wire,
)
from backend_client.models.evidence import Evidence
from backend_client.models.routes import Route

Section = Annotated[str, msgspec.Meta(max_length=20_000)]
MOST_EVIDENCE = 200
Sources = Annotated[tuple[Evidence, ...], msgspec.Meta(max_length=MOST_EVIDENCE)]
MOST_FURTHER = 20
"""Diagnoses beside the main one."""
Line = Annotated[str, msgspec.Meta(max_length=500)]
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


class DiagnosisPlace(OpenEnum):
    """What a diagnosis beside the main one is."""

    UNKNOWN = "unknown"
    ACCOMPANYING = "accompanying"
    COMPLICATION = "complication"
    """Of the main one."""


class FurtherDiagnosis(ConclusionDiagnosis, frozen=True, kw_only=True):
    """One of several, beside the main one."""

    place: DiagnosisPlace = DiagnosisPlace.ACCOMPANYING


Further = Annotated[tuple[FurtherDiagnosis, ...], msgspec.Meta(max_length=MOST_FURTHER)]


class Decision(OpenEnum):
    """What the conclusion leads to (OZ-22)."""

    UNKNOWN = "unknown"
    CONCLUSION = "conclusion"
    """The answer itself: nothing further is asked of the patient."""
    IN_PERSON = "in_person"
    """The patient is invited to a visit in the centre."""
    INPATIENT = "inpatient"
    """Treatment in hospital is recommended."""


class TemplateRef(Wire, frozen=True, kw_only=True):
    """By which template of the centre's catalogue a draft was begun; it is kept with the draft."""

    code: Annotated[str, msgspec.Meta(max_length=60)]
    version: Annotated[str, msgspec.Meta(max_length=60)]


class ConclusionForm(Wire, frozen=True, kw_only=True):
    """What the doctor writes; every section may be empty while it is a draft.

    Texts are plain, with line ends. On the paper they stand in this order: question, complaints,
    history, (studies), findings, diagnoses, answer, recommendations, further_tests, decision,
    follow_up, urgent, basis, limits.
    """

    complaints: Section = ""
    history: Section = ""
    findings: Section = ""
    diagnosis: ConclusionDiagnosis = ConclusionDiagnosis()
    recommendations: Section = ""
    question: Section = ""
    """What was asked; by whom, the request says."""
    further: Further = ()
    """Diagnoses beside the main one: first the accompanying ones, then complications."""
    answer: Section = ""
    """The answer to the question."""
    further_tests: Section = ""
    """Examinations that are still needed."""
    decision: Decision = Decision.CONCLUSION
    decision_note: Line = ""
    """Where and how soon, behind the decision: «в течение 2 недель»."""
    follow_up: Section = ""
    """Who watches the patient from now on, and when the next consultation is due."""
    urgent: Section = ""
    """At which signs an ambulance is called at once."""
    limits: Section = ""
    """What a consultation without an examination in person cannot say."""
    basis: Section = ""
    """Where the diagnosis was made in person before, or why it may be made remotely (323-FZ,
    article 36.2): asked for where the conclusion diagnoses or prescribes."""
    template: TemplateRef | None = None
    icd10_version: Annotated[str, msgspec.Meta(max_length=20)] = ""
    """Of the national directory of ICD-10 from which the codes were taken; empty: none was there.
    """
    unopened_reason: Line = ""
    """Why files of the request were not looked at before signing; printed with their names."""
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


class CorrectConclusion(Wire, frozen=True, kw_only=True):
    """Why a delivered conclusion of this version gets a new edition; printed on it."""

    version: Count
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


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
    edition: Count = 1
    """Which signed file of the request this is, or will be: it stands behind its number."""
    code: str = ""
    """By which `/verify/` knows this edition; empty: it was begun before there were any."""
    correction: str = ""
    """Why a delivered edition is replaced by this one; empty: none was."""
    level: str = ""
    """What the kept PDF proves by itself: of PAdES «B-B» to «B-LTA», as the server has verified it;
    empty: nothing is signed, or it was signed before levels were kept."""


class Edition(Wire, frozen=True, kw_only=True):
    """One signed file of a request. All of them stay."""

    edition: Count
    form: ConclusionForm
    author_name: str
    signers: Count
    sha256: str
    size: Count
    signed_at: UtcTime
    approved_at: UtcTime | None
    approved_by: str
    delivered_at: UtcTime | None
    """None: the patient was never given it."""
    correction: str
    level: str = ""
    """As `Conclusion.level`."""


class Liftable(Wire, frozen=True, kw_only=True):
    """A signed file that proves less than the centre asks for, or whose proof ends soon."""

    request_id: RequestId
    request_number: str
    edition: Count
    author_name: str
    signers: Count
    sha256: str
    """Of the kept PDF: a lifted one goes on where that ends."""
    size: Count
    signed_at: UtcTime
    level: str
    """As `Conclusion.level`."""
    wanted: str
    """What the centre asks for now."""
    sealed_until: UtcTime | None = None
    """Until when its last time stamp can be checked, by the certificate of the service; None: it
    has none over the whole file."""


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
    edition: Count = 1
    level: str = ""
    """As `Conclusion.level`."""
    wanted: str = ""
    """The level that the centre asks for now; empty: it asks for none."""
    signers: Count = 1
    """Signatures that the kept PDF has."""
    signers_wanted: Count = 2
    """Signatures that it needs before the patient gets it."""
    centre_name: str = ""
    author_post: str = ""
    """Post or specialty of the doctor: «Кардиолог»."""
    route: Route = Route.UNKNOWN
    unopened: Count = 0
    """Files of the request that the doctor had not opened when signing; a series is one."""
    unopened_reason: Line = ""
    """As `ConclusionForm.unopened_reason`."""


class ConclusionStanding(Wire, frozen=True, kw_only=True):
    """What the request's card says of its signed conclusion: the newest one that was signed."""

    state: ConclusionState
    edition: Count
    author_name: str
    """Family name and initials."""
    signed_at: UtcTime
    approved_at: UtcTime | None
    approved_by: str
    delivered_at: UtcTime | None
    level: str
    """As `Conclusion.level`."""
    wanted: str
    """As `Approval.wanted`."""
    signers: Count
    signers_wanted: Count
    unopened: list[DocumentId] = []
    """Files of the request that the doctor had not opened when signing."""
    unopened_reason: Line = ""
    """As `ConclusionForm.unopened_reason`."""


class EarlierConclusion(Wire, frozen=True, kw_only=True):
    """A conclusion that the same patient was given in another request of this centre."""

    request_id: RequestId
    request_number: str
    author_name: str
    signed_at: UtcTime
    form: ConclusionForm
