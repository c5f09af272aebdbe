"""What the page about a lost contact says, gathered from what the server keeps (DRC-11)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from backend_client.models.accounts import Account
from backend_client.models.calls import Call, CallState
from backend_client.models.request_actions import PhoneAttempt, PhoneOutcome
from backend_client.models.requests import RequestCard
from workstation.core.conclusion import ConclusionAuthor
from workstation.core.no_contact import Attempt, NoContactContent
from workstation.services.conclusion_content import PaperTime, patient_snapshot

_PHONE: Final = {
    PhoneOutcome.NO_ANSWER: "не ответил",
    PhoneOutcome.BUSY: "занято",
    PhoneOutcome.SWITCHED_OFF: "телефон выключен",
    PhoneOutcome.WRONG_NUMBER: "не тот номер",
    PhoneOutcome.REACHED: "дозвонились",
}
"""In Russian whatever the window's language: they stand on the paper."""
_CALLS: Final = {
    CallState.TIMED_OUT: "без ответа",
    CallState.DECLINED: "отклонён пациентом",
    CallState.CANCELLED: "отменён врачом",
}


def no_contact_content(
    card: RequestCard,
    calls: Sequence[Call],
    phoned: Sequence[PhoneAttempt],
    doctor: Account,
    paper_time: PaperTime,
) -> NoContactContent:
    """The whole page; the same arguments give the same content. Attempts before the appointed time
    prove nothing, and are left out. Raises ValueError: the request has not ended."""
    if card.outcome is None:
        raise ValueError("the request has not ended")
    since = card.row.appointment_at
    return NoContactContent(
        number=card.row.number,
        centre_name=doctor.centre_name,
        patient=patient_snapshot(card),
        doctor=ConclusionAuthor(doctor.full_name, doctor.post),
        phone=card.phone,
        appointment_at=since,
        evidence=card.outcome.note,
        calls=tuple(
            Attempt(one.placed_at, _CALLS.get(one.state, one.state.value), one.doctor_name)
            for one in sorted(calls, key=lambda call: call.placed_at)
            if _counts(one.placed_at, since)
        ),
        phoned=tuple(
            Attempt(one.at, _PHONE.get(one.outcome, one.outcome.value), one.caller_name, one.note)
            for one in sorted(phoned, key=lambda attempt: attempt.number)
            if _counts(one.at, since)
        ),
        closed_at=card.outcome.at,
        zone=paper_time.zone,
        zone_name=paper_time.name,
    )


def _counts(at: datetime, since: datetime | None) -> bool:
    return since is None or at >= since
