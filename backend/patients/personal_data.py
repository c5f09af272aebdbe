"""Personal data said anew: kept beside the confirmed ones until a person decides (DRC-14)."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import delete, insert, select, update

from backend.changes import Change
from backend.patients.doubts import FIELDS, patient_row, value_of, waiting
from backend.patients.identity import tell_all
from backend.problems import invalid, move_not_allowed
from backend.requests.moving import Standing, refuse_unless_possible
from backend.rules import history as lines
from backend.rules.status import is_open
from backend.tables import patient_changes, patients
from backend_client.models.accounts import Account
from backend_client.models.identity import DataField, DataSource, DecideData
from backend_client.models.personal_data import NewPersonalData
from backend_client.models.requests import Action, Sex

OLDEST_BIRTH = date(1880, 1, 1)
EASTMOST = timedelta(hours=14)
"""Where it is the latest day that it is anywhere."""
MUST_BE = (DataField.FULL_NAME, DataField.PLACE)
"""Words that a patient always has."""
MAY_LACK = (DataField.REPRESENTATIVE_NAME, DataField.REPRESENTATIVE_RELATION)
"""Where nothing is kept for "none"."""
Values = Mapping[DataField, str]


async def bring_data(
    change: Change,
    standing: Standing,
    given: NewPersonalData,
    account: Account | None,
    now: datetime,
) -> None:
    """Keeps what differs from the confirmed value; what does not is no change any more.

    `account`: who of the clinic brings it; None: the patient. Raises Refused (move_not_allowed,
    invalid).
    """
    if not is_open(standing.status):
        raise move_not_allowed(f"nothing is changed while the request is {standing.status}")
    patient = await patient_row(change.connection, standing.patient_id)
    said = said_values(given, (now + EASTMOST).date())
    which = waiting(standing.patient_id)
    rows = (await change.connection.execute(select(patient_changes).where(which))).mappings()
    known = {row["field"]: row["value"] for row in rows}
    news = {
        field: value
        for field, value in said.items()
        if value != known.get(field, value_of(patient, field))
    }
    if not news:
        return
    dropped = which & patient_changes.c.field.in_(news)
    await change.connection.execute(delete(patient_changes).where(dropped))
    kept = {field: value for field, value in news.items() if value != value_of(patient, field)}
    if kept:
        added = [_row(standing.patient_id, *one, account, now) for one in kept.items()]
        await change.connection.execute(insert(patient_changes), added)
    who = None if account is None else account.short_name
    await tell_all(change, standing.patient_id, lines.data_brought(who, list(news)), now)


async def decide_data(
    change: Change, account: Account, standing: Standing, given: DecideData, now: datetime
) -> None:
    """Changes become the confirmed values, or are dropped; both are kept with who and when.

    Raises Refused (move_not_allowed: also where a field has no change that waits).
    """
    refuse_unless_possible(Action.DECIDE_DATA, standing)
    fields = [field for field in FIELDS if field in given.fields]
    patient = await patient_row(change.connection, standing.patient_id)
    which = waiting(standing.patient_id) & patient_changes.c.field.in_(fields)
    rows = (await change.connection.execute(select(patient_changes).where(which))).mappings()
    waits: Values = {row["field"]: row["value"] for row in rows}
    if not waits or len(waits) != len(set(given.fields)):
        raise move_not_allowed("no changed personal data wait")
    for field in waits:
        decided = {"confirmed": given.confirm, "before": value_of(patient, field)}
        decided |= {"waits": False, "decided_by": account.id, "decided_at": now}
        of_field = waiting(standing.patient_id) & (patient_changes.c.field == field)
        await change.connection.execute(update(patient_changes).where(of_field).values(decided))
    if given.confirm:
        await _take_over(change, standing.patient_id, waits)
    told = [(field, value_of(patient, field), waits[field]) for field in fields]
    line = lines.data_decided(account.short_name, told, confirmed=given.confirm)
    said = given.note.replace("\0", "").strip()
    await tell_all(change, standing.patient_id, lines.with_note(line, said), now)


def said_values(given: NewPersonalData, today: date) -> dict[DataField, str]:
    """As they are kept; raises Refused (invalid)."""
    said: dict[DataField, str] = {}
    for field in FIELDS:
        value: object = getattr(given, field.value)
        if value is not None:
            said[field] = " ".join(str(value).replace("\0", "").split())
    for must in MUST_BE:
        if said.get(must) == "":
            raise invalid(f"{must}: empty")
    if given.sex is Sex.UNKNOWN:
        raise invalid("sex: not known")
    if given.birth_date is not None and not OLDEST_BIRTH <= given.birth_date <= today:
        raise invalid("birth_date: nobody was born on this day")
    return said


def _row(
    patient_id: str, field: DataField, value: str, account: Account | None, now: datetime
) -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()),
        "patient_id": patient_id,
        "field": field,
        "value": value,
        "source": DataSource.PATIENT if account is None else DataSource.CLINIC,
        "account_id": None if account is None else account.id,
        "at": now,
        "waits": True,
    }


async def _take_over(change: Change, patient_id: str, values: Values) -> None:
    """Into the patient; a number that a person has confirmed is a confirmed one (DRC-1)."""
    taken: dict[str, object] = {field.value: _kept(field, text) for field, text in values.items()}
    if DataField.PHONE in values:
        taken["phone_confirmed"] = bool(values[DataField.PHONE])
    whom = patients.c.id == patient_id
    await change.connection.execute(update(patients).where(whom).values(taken))


def _kept(field: DataField, text: str) -> object:
    if field is DataField.BIRTH_DATE:
        return date.fromisoformat(text)
    if field is DataField.SEX:
        return Sex(text)
    return (text or None) if field in MAY_LACK else text
