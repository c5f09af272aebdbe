"""A request's consents: given and withdrawn by the patient; withdrawal takes effect at once."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.calls.ringing import stop_call
from backend.changes import Change
from backend.problems import Refused, conflict, invalid
from backend.requests.moving import Standing, note, standing_of
from backend.requests.terms import word_values
from backend.rules import history as lines
from backend.rules.catalogues import Catalogues
from backend.rules.consents import required_consents
from backend.tables import consents, requests
from backend_client.models.catalogue import ConsentText
from backend_client.models.common import ProblemCode
from backend_client.models.messages import Side
from backend_client.models.request_actions import ConsentState, ConsentStates
from backend_client.models.requests import ConsentKind

GIVEN = consents.c.given_at.is_not(None) & consents.c.withdrawn_at.is_(None)


async def given_kinds(connection: AsyncConnection, request_id: str) -> list[ConsentKind]:
    """Consents that hold now."""
    found = select(consents.c.kind).where(consents.c.request_id == request_id, GIVEN)
    return list((await connection.execute(found)).scalars())


async def consent_states(
    connection: AsyncConnection, catalogues: Catalogues, request_id: str
) -> ConsentStates:
    """All that the catalogue asks for, with their words as they are today (SPB-13)."""
    texts = await _texts(connection, catalogues, request_id)
    found = select(consents).where(consents.c.request_id == request_id)
    rows = {row["kind"]: row for row in (await connection.execute(found)).mappings()}
    states = []
    for text in texts:
        row = rows.get(text.kind)
        given = row is not None and row["withdrawn_at"] is None
        states.append(
            ConsentState(
                kind=text.kind,
                required=True,
                title=text.title_ru,
                text=text.text_ru,
                text_version=text.version,
                given_version="" if row is None else row["text_version"],
                given_at=row["given_at"] if row is not None and given else None,
                withdrawn_at=None if row is None else row["withdrawn_at"],
            )
        )
    return ConsentStates(consents=states)


async def give(
    change: Change, catalogues: Catalogues, standing: Standing, kind: ConsentKind, now: datetime
) -> None:
    """Keeps the consent with the version of its words and its time (SPB-8); may be repeated.

    Raises Refused (invalid).
    """
    text = await _text(change, catalogues, standing, kind)
    if kind in await given_kinds(change.connection, standing.id):
        return
    values = {"text_version": text.version, "given_at": now, "withdrawn_at": None}
    changed = await change.connection.execute(
        update(consents).where(_of(standing, kind)).values(values)
    )
    if not changed.rowcount:
        row = {"request_id": standing.id, "kind": kind, **values}
        await change.connection.execute(insert(consents).values(row))
    await _recount(change, catalogues, standing, now)
    await note(change, standing.id, lines.consent_given(kind), now)


async def withdraw(
    change: Change, catalogues: Catalogues, standing: Standing, kind: ConsentKind, now: datetime
) -> None:
    """From now on: nothing starts, what runs has ended (SPB-13, SOK-2, DRC-2).

    But for the contract, files are refused as well. May be repeated. Raises Refused (invalid).
    """
    await _text(change, catalogues, standing, kind)
    if kind not in await given_kinds(change.connection, standing.id):
        return
    withdrawn = update(consents).where(_of(standing, kind)).values(withdrawn_at=now)
    await change.connection.execute(withdrawn)
    await _recount(change, catalogues, standing, now)
    await note(change, standing.id, lines.consent_withdrawn(kind), now)
    standing = await standing_of(change, standing.id)
    after = await stop_call(change, standing, Side.PATIENT, now)
    if after is not standing:
        await note(change, standing.id, lines.call_stopped(kind), now)


def is_withdrawn(request_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a consent of the request was given once, and is not any more.

    The contract of paid services is none: who pays no more still agrees to what the doctor reads.
    """
    withdrawn = consents.c.withdrawn_at.is_not(None)
    is_consent = consents.c.kind != ConsentKind.PAID_SERVICES
    return exists().where(consents.c.request_id == request_id, withdrawn, is_consent)


def refuse_withdrawn() -> Refused:
    """What the patient's consent alone would show."""
    title = "The patient has withdrawn the consent: the documents are closed"
    return conflict(ProblemCode.CONSENT_MISSING, title)


async def _recount(
    change: Change, catalogues: Catalogues, standing: Standing, now: datetime
) -> None:
    given = await given_kinds(change.connection, standing.id)
    words = word_values(catalogues, standing, standing.route, given)
    values = {
        "missing_consents": words["missing_consents"],
        "version": requests.c.version + 1,
        "changed_at": now,
    }
    which = requests.c.id == standing.id
    await change.connection.execute(update(requests).where(which).values(values))


async def _text(
    change: Change, catalogues: Catalogues, standing: Standing, kind: ConsentKind
) -> ConsentText:
    for text in await _texts(change.connection, catalogues, standing.id):
        if text.kind is kind:
            return text
    raise invalid("kind: the centre asks for no such consent")


async def _texts(
    connection: AsyncConnection, catalogues: Catalogues, request_id: str
) -> list[ConsentText]:
    columns = (requests.c.centre_id, requests.c.route, requests.c.created_at, requests.c.payer)
    found = select(*columns).where(requests.c.id == request_id)
    row = (await connection.execute(found)).one()
    catalogue = catalogues.catalogue_for(row.centre_id, row.created_at)
    return required_consents(catalogue, row.route, row.payer)


def _of(standing: Standing, kind: ConsentKind) -> ColumnElement[bool]:
    return (consents.c.request_id == standing.id) & (consents.c.kind == kind)
