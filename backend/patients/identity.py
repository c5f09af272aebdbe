"""Who the patient is: confirmed by a named person where the service does not know (DRC-16).

A patient may have several requests. What is decided about the person is written into all of them
in one transaction: the marks, and what they are sorted and found by (docs/decisions/0030).
"""

from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update

from backend.changes import Change
from backend.patients.doubts import patient_row, waiting
from backend.problems import invalid
from backend.requests.moving import Standing, note, refuse_unless_possible
from backend.requests.order import patient_key
from backend.rules import history as lines
from backend.rules.consents import kept_words
from backend.rules.identity import marks_of
from backend.search import search_text
from backend.tables import identity_confirmations, patients, requests
from backend_client.models.accounts import Account
from backend_client.models.identity import ConfirmIdentity, IdentityProof
from backend_client.models.request_actions import EndWithNote
from backend_client.models.requests import Action

LOOKED_FOR = ("number", "icd10", "diagnosis", "complaints")
"""What a request is found by beside the patient's name."""


async def lock_patient(change: Change, request_id: str) -> None:
    """The request's patient, then all requests of that patient: everybody who changes a person
    locks in this order, before the one request is looked at, and nobody waits in a circle."""
    mine = select(requests.c.patient_id).where(requests.c.id == request_id).scalar_subquery()
    whom = select(patients.c.id).where(patients.c.id == mine).with_for_update()
    patient_id = (await change.connection.execute(whom)).scalar()
    all_of_them = select(requests.c.id).where(requests.c.patient_id == patient_id)
    await change.connection.execute(all_of_them.order_by(requests.c.id).with_for_update())


async def confirm_identity(
    change: Change, account: Account, standing: Standing, given: ConfirmIdentity, now: datetime
) -> None:
    """The account answers for who the patient is. Raises Refused (move_not_allowed, invalid)."""
    refuse_unless_possible(Action.CONFIRM_IDENTITY, standing)
    if given.proof is IdentityProof.UNKNOWN:
        raise invalid("proof: not known")
    said = given.note.replace("\0", "").strip()
    row = {
        "patient_id": standing.patient_id,
        "account_id": account.id,
        "at": now,
        "proof": given.proof,
        "note": said,
    }
    await change.connection.execute(insert(identity_confirmations).values(row))
    line = lines.identity_confirmed(account.short_name, given.proof)
    await tell_all(change, standing.patient_id, lines.with_note(line, said), now)


async def withdraw_identity(
    change: Change, account: Account, standing: Standing, given: EndWithNote, now: datetime
) -> None:
    """The confirmation was wrong; the line says why. Raises Refused (move_not_allowed)."""
    refuse_unless_possible(Action.WITHDRAW_IDENTITY, standing)
    whose = identity_confirmations.c.patient_id == standing.patient_id
    await change.connection.execute(delete(identity_confirmations).where(whose))
    line = lines.identity_withdrawn(account.short_name)
    said = given.note.replace("\0", "").strip()
    await tell_all(change, standing.patient_id, lines.with_note(line, said), now)


async def tell_all(change: Change, patient_id: str, line: str, now: datetime) -> None:
    """The patient's requests are written anew; those that are open get the line and are told."""
    connection = change.connection
    patient = await patient_row(connection, patient_id)
    whose = identity_confirmations.c.patient_id == patient_id
    both = select(exists().where(whose), exists().where(waiting(patient_id)))
    by_person, is_changed = (await connection.execute(both)).one()
    marks = marks_of(patient["identity_level"], by_person=by_person, is_changed=is_changed)
    shared = {
        "identity_marks": kept_words(marks),
        "patient_key": patient_key(patient["full_name"]),
    }
    columns = (requests.c[name] for name in ("id", "is_open", "version", *LOOKED_FOR))
    found = select(*columns).where(requests.c.patient_id == patient_id).order_by(requests.c.id)
    for row in (await connection.execute(found)).mappings().all():
        words = (row["number"], patient["full_name"], *(row[name] for name in LOOKED_FOR[1:]))
        news = {"version": row["version"] + 1, "changed_at": now} if row["is_open"] else {}
        values = {**shared, "search_text": search_text(words), **news}
        await connection.execute(update(requests).where(requests.c.id == row["id"]).values(values))
        if row["is_open"]:
            await note(change, row["id"], line, now)
