"""What has to be there before anything goes by e-mail, brought about without a mail server."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, update

from backend.database import Database
from backend.mail.emails import code_digest
from backend.patients.doubts import patient_of
from backend.settings import MailSecurity, MailSettings
from backend.tables import mails, patient_emails
from backend_client.models.delivery import DeliveryState, MailFault

ADDRESS = "pavel.v@example.org"
CODE = "004217"
NOBODY_LISTENS = 9
"""The port "discard"."""
NO_SERVER = MailSettings(
    host="127.0.0.1",
    port=NOBODY_LISTENS,
    security=MailSecurity.NONE,
    sender="clinic@example.org",
    public_url="https://clinic.example.org",
)
"""Set up, and never there."""


async def say_address(database: Database, request: str, now: datetime, code: str = CODE) -> None:
    """The patient's address, for which a code was sent."""
    await _address(database, request, {"code_until": now + timedelta(minutes=30)}, code)


async def confirm_address(database: Database, request: str, now: datetime) -> None:
    """A confirmed one."""
    await _address(database, request, {"confirmed_at": now})


async def fail_mail(database: Database, request: str, fault: MailFault) -> None:
    """What was queued for the request has failed."""
    failed = {"state": DeliveryState.FAILED, "reason": fault.value, "due_at": None, "tries": 1}
    async with database.write() as connection:
        which = mails.c.request_id == request
        await connection.execute(update(mails).where(which).values(address=ADDRESS, **failed))


async def _address(
    database: Database, request: str, values: dict[str, object], code: str = ""
) -> None:
    async with database.write() as connection:
        patient = await patient_of(connection, request)
        of_patient = patient_emails.c.patient_id == patient
        await connection.execute(delete(patient_emails).where(of_patient))
        row = {"patient_id": patient, "address": ADDRESS, **values}
        if code:
            row["code_hash"] = code_digest(patient, code)
        await connection.execute(insert(patient_emails).values(row))
