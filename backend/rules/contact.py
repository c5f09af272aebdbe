"""When a consultation may be closed because the patient cannot be reached (DRC-11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.rules.history import PHONE_OUTCOMES, moment_of
from backend_client.models.request_actions import PHONE_ATTEMPTS_NEEDED, PhoneOutcome
from backend_client.models.requests import Contact

NOT_YET = "the appointed time has not come"


def is_early(appointment_at: datetime | None, now: datetime) -> bool:
    """Whether nobody can have missed the consultation yet: what is tried before proves nothing."""
    return appointment_at is not None and now < appointment_at


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was tried since the appointed time, and when."""

    patient_came_at: datetime | None
    patient_left_at: datetime | None
    """None: the patient's page is open, where it was opened at all."""
    missed_calls: Sequence[datetime]
    """Calls in the service that nobody answered."""
    was_answered: bool
    phone: Sequence[tuple[datetime, PhoneOutcome]]

    @property
    def is_online(self) -> bool:
        """Whether the patient's page is open."""
        return is_online(self.patient_came_at, self.patient_left_at)


def is_online(came_at: datetime | None, left_at: datetime | None) -> bool:
    """Whether a patient who came and left then is there now."""
    return came_at is not None and left_at is None


def contact_of(evidence: Evidence) -> Contact:
    """The three conditions: offline, a call in the service failed, three telephone attempts."""
    return Contact(
        patient_offline=not evidence.is_online,
        call_failed=bool(evidence.missed_calls) and not evidence.was_answered,
        phone_attempts=failed_in_a_row(outcome for _, outcome in evidence.phone),
        phone_attempts_needed=PHONE_ATTEMPTS_NEEDED,
    )


def failed_in_a_row(outcomes: Iterable[PhoneOutcome]) -> int:
    """How many attempts, oldest first, have failed since the patient was reached last."""
    failed = 0
    for outcome in outcomes:
        failed = 0 if outcome is PhoneOutcome.REACHED else failed + 1
    return failed


def why_not_lost(contact: Contact) -> str:
    """The conditions that do not hold, for the refusal."""
    lacking = {
        "the patient is online": not contact.patient_offline,
        "no call in the service has failed": not contact.call_failed,
        f"telephone attempts: {contact.phone_attempts} of {contact.phone_attempts_needed}": (
            contact.phone_attempts < contact.phone_attempts_needed
        ),
    }
    return "; ".join(reason for reason, holds in lacking.items() if holds)


def in_words(evidence: Evidence, zone: str) -> str:
    """The evidence as the outcome keeps it, in the centre's time."""
    return " ".join([_presence(evidence, zone), _calls(evidence, zone), _phone(evidence, zone)])


def _presence(evidence: Evidence, zone: str) -> str:
    if evidence.patient_left_at is None:
        return "Пациент не заходил в личный кабинет."
    return f"Пациент не в сети с {moment_of(evidence.patient_left_at, zone)}."


def _calls(evidence: Evidence, zone: str) -> str:
    times = ", ".join(moment_of(one, zone) for one in evidence.missed_calls)
    return f"Звонок в сервисе без ответа: {times}."


def _phone(evidence: Evidence, zone: str) -> str:
    attempts = "; ".join(
        f"{moment_of(at, zone)} {PHONE_OUTCOMES.get(outcome.value, outcome.value)}"
        for at, outcome in evidence.phone
    )
    return f"Звонки на телефон: {attempts}."
