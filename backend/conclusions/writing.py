"""From a draft to a delivered conclusion. Bytes are checked and kept before the transaction."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import insert

from backend.calls.ringing import stop_call
from backend.changes import Change
from backend.conclusions.delivering import deliver, update_conclusion
from backend.conclusions.editions import (
    amend_edition,
    keep_edition,
    keep_former,
    new_code,
    next_edition,
    refuse_signed_before,
    stored_edition,
)
from backend.conclusions.evidence import refuse_anothers_sources, refuse_foreign_sources
from backend.conclusions.reading import conclusion_of, known_conclusion
from backend.problems import Refused, conflict, forbidden, invalid, stale_version
from backend.requests.claims import end_lease
from backend.requests.moving import (
    Standing,
    move,
    owned_by,
    refuse_unless_possible,
    standing_for,
)
from backend.rules import history as lines
from backend.rules.actions import APPROVERS
from backend.rules.approvals import expected_signers, needs_approval
from backend.rules.status import Step
from backend.tables import conclusions
from backend_client.models.accounts import Account
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import (
    Conclusion,
    ConclusionForm,
    ConclusionState,
    CorrectConclusion,
    Decision,
    DiagnosisPlace,
    ReturnConclusion,
    SaveDraft,
)
from backend_client.models.messages import Side
from backend_client.models.requests import Action


@dataclass(frozen=True, slots=True)
class KeptPdf:
    """A signed PDF that lies in the vault."""

    path: str
    sha256: str
    size: int
    level: str = ""
    """As `Conclusion.level`."""
    sealed_until: datetime | None = None
    """End of the certificate of the last time stamp over the file."""
    doctor_sha256: str = ""
    """Of the part that the doctor's signature covers; empty: not known."""


async def save_draft(
    change: Change, account: Account, request_id: str, given: SaveDraft, now: datetime
) -> Conclusion:
    """Keeps the form under the next version.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed, stale_version,
    invalid, source_not_of_case).
    """
    standing = await owned_by(change, account, request_id)
    refuse_unless_possible(Action.WRITE_CONCLUSION, standing)
    known = await known_conclusion(change.connection, account, request_id)
    _refuse_stale(known, given.version)
    _refuse_unknown_words(given.form)
    kept_form = None if known is None else known.form
    await refuse_foreign_sources(change, request_id, given.form, kept_form)
    values = {
        "form": msgspec.to_builtins(given.form),
        "author_id": account.id,
        "version": given.version + 1,
        "changed_at": now,
    }
    if known is None or not known.code:
        values["code"] = new_code()
    if known is None:
        first = {"request_id": request_id, "state": ConclusionState.DRAFTING, "return_reason": ""}
        await change.connection.execute(insert(conclusions).values(**values, **first))
    else:
        await update_conclusion(change, request_id, **values)
    await end_lease(change, request_id)
    return await conclusion_of(change.connection, account, request_id)


async def sign(
    change: Change, account: Account, request_id: str, version: int, pdf: KeptPdf, now: datetime
) -> Conclusion:
    """The doctor's signed PDF takes the draft's place; without an approval it is delivered.

    A call that still rings is stopped: nobody could take it any more.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed, stale_version,
    source_not_of_case: a source has turned out to be another patient's; bad_signature: the file is
    an edition that was signed before).
    """
    standing = await owned_by(change, account, request_id)
    refuse_unless_possible(Action.SIGN_CONCLUSION, standing)
    known = await conclusion_of(change.connection, account, request_id)
    _refuse_stale(known, version)
    await refuse_anothers_sources(change, known.form)
    await refuse_signed_before(change, pdf.doctor_sha256)
    await update_conclusion(
        change,
        request_id,
        **_kept(pdf, expected_signers(approved=False)),
        state=ConclusionState.SIGNED,
        author_id=account.id,  # a draft may be that of the doctor before (a takeover)
        version=version + 1,
        signed_at=now,
        approved_at=None,
        approved_by=None,
        return_reason="",
        changed_at=now,
    )
    await keep_edition(change, request_id, pdf.sha256, pdf.doctor_sha256)
    standing = await stop_call(change, standing, Side.DOCTOR, now)
    text = lines.conclusion_signed(account.short_name)
    standing = await move(change, standing, Action.SIGN_CONCLUSION, now, text)
    if not needs_approval(standing.route, standing.needs_approval):
        standing = await deliver(change, standing, known, now)
        await move(change, standing, Step.CLOSE, now)
    return await conclusion_of(change.connection, account, request_id)


async def approve(
    change: Change, account: Account, request_id: str, version: int, pdf: KeptPdf, now: datetime
) -> Conclusion:
    """The countersigned PDF takes the doctor's place, and the patient gets it.

    Raises Refused (not_found, forbidden, move_not_allowed, stale_version).
    """
    standing = await approvable(change, account, request_id, Action.APPROVE)
    known = await conclusion_of(change.connection, account, request_id)
    _refuse_stale(known, version)
    doctors = await stored_edition(change.connection, account, request_id, known.edition)
    await keep_former(change, account, request_id, known.edition, doctors, now)
    await update_conclusion(
        change,
        request_id,
        **_kept(pdf, expected_signers(approved=True)),
        version=version + 1,
        approved_at=now,
        approved_by=account.id,
        changed_at=now,
    )
    await amend_edition(
        change,
        known,
        **_kept(pdf, expected_signers(approved=True)),
        approved_at=now,
        approved_by=account.id,
    )
    text = lines.conclusion_approved(account.short_name)
    standing = await move(change, standing, Action.APPROVE, now, text)
    await deliver(change, standing, known, now)
    return await conclusion_of(change.connection, account, request_id)


async def give_back(
    change: Change, account: Account, request_id: str, given: ReturnConclusion, now: datetime
) -> Conclusion:
    """The clinic does not approve: the doctor is told why.

    Raises Refused (not_found, forbidden, move_not_allowed, stale_version).
    """
    standing = await approvable(change, account, request_id, Action.RETURN)
    known = await conclusion_of(change.connection, account, request_id)
    _refuse_stale(known, given.version)
    await update_conclusion(
        change,
        request_id,
        state=ConclusionState.RETURNED,
        return_reason=given.reason.replace("\0", ""),
        version=known.version + 1,
        changed_at=now,
        **next_edition(known),
    )
    text = lines.conclusion_returned(account.short_name)
    await move(change, standing, Action.RETURN, now, text)
    return await conclusion_of(change.connection, account, request_id)


async def correct(
    change: Change, account: Account, request_id: str, given: CorrectConclusion, now: datetime
) -> Conclusion:
    """A delivered conclusion is written anew; the patient keeps the old edition until then.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed, stale_version).
    """
    standing = await owned_by(change, account, request_id)
    refuse_unless_possible(Action.CORRECT_CONCLUSION, standing)
    known = await conclusion_of(change.connection, account, request_id)
    _refuse_stale(known, given.version)
    await update_conclusion(
        change,
        request_id,
        state=ConclusionState.RETURNED,
        return_reason="",
        correction=given.reason.replace("\0", ""),
        version=known.version + 1,
        changed_at=now,
        **next_edition(known),
    )
    text = lines.conclusion_corrected(account.short_name)
    await move(change, standing, Action.CORRECT_CONCLUSION, now, text)
    return await conclusion_of(change.connection, account, request_id)


async def approvable(change: Change, account: Account, request_id: str, action: Action) -> Standing:
    """A request whose conclusion waits for the clinic; raises as `approve`."""
    standing = await standing_for(change, account, request_id)
    if account.role not in APPROVERS:
        raise forbidden()
    refuse_unless_possible(action, standing)
    return standing


def _kept(pdf: KeptPdf, signers: int) -> dict[str, object]:
    return {
        "storage_path": pdf.path,
        "sha256": pdf.sha256,
        "size": pdf.size,
        "signers": signers,
        "level": pdf.level,
        "sealed_until": pdf.sealed_until,
    }


def _refuse_unknown_words(form: ConclusionForm) -> None:
    """What this server does not know it could not print. Raises Refused (invalid)."""
    if form.decision is Decision.UNKNOWN:
        raise invalid("form.decision: a decision that is not known")
    if any(one.place is DiagnosisPlace.UNKNOWN for one in form.further):
        raise invalid("form.further: a place of a diagnosis that is not known")


def _refuse_stale(known: Conclusion | None, version: int) -> None:
    if (0 if known is None else known.version) != version:
        raise stale(known)


def stale(known: Conclusion | None) -> Refused:
    """Somebody has changed it in between; the refusal carries what it is now."""
    title = "The conclusion was changed in another window: look at it again"
    if known is None:
        return conflict(ProblemCode.STALE_VERSION, title)
    return stale_version(title, known)
