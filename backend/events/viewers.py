"""Two kinds of subscribers: staff, who see their centre, and a patient, who sees one request."""

from sqlalchemy.ext.asyncio import AsyncConnection

from backend.calls.reading import calls_of, signal
from backend.chat.reading import message
from backend.database import Database
from backend.events.log import Happening, Kind
from backend.events.snapshots import Snapshots
from backend.patients.states import PatientStates
from backend.requests.annotations import annotation
from backend.requests.documents import documents_of
from backend.tables import calls, documents
from backend_client.models.accounts import Account
from backend_client.models.calls import Call
from backend_client.models.common import RequestId
from backend_client.models.events import (
    AnnotationChanged,
    CallChanged,
    CallSignalled,
    CentreEvent,
    DocumentChanged,
    MessagePosted,
    PatientEvent,
    RequestChanged,
)
from backend_client.models.messages import Side
from backend_client.models.patient import PatientChanged

STAFFS = (Kind.OWN, Kind.DOCUMENT, Kind.ANNOTATION)
"""What no patient is told of."""
Shared = MessagePosted | CallChanged | CallSignalled


class StaffViewer:
    """Staff see all requests, chats and calls of their centre, and signals of their own calls."""

    def __init__(self, database: Database, snapshots: Snapshots, account: Account) -> None:
        self._database = database
        self._snapshots = snapshots
        self._account = account

    @property
    def centre_id(self) -> str:
        """The account's."""
        return self._account.centre_id

    async def message(self, seq: int, prev: int, happening: Happening) -> CentreEvent | None:
        """The event as this account sees it."""
        if happening.kind in (Kind.MESSAGE, Kind.CALL, Kind.SIGNAL):
            async with self._database.read() as connection:
                return await _shared(connection, seq, prev, happening, Side.DOCTOR, self._account)
        if happening.kind in (Kind.DOCUMENT, Kind.ANNOTATION):
            async with self._database.read() as connection:
                return await _of_files(connection, seq, prev, happening, self._account)
        if happening.kind == Kind.OWN and happening.subject_id != self._account.id:
            return None
        row = await self._snapshots.row(self._account, happening.request_id, seq)
        request_id = RequestId(happening.request_id)
        return RequestChanged(seq=seq, prev=prev, request_id=request_id, row=row)


class PatientViewer:
    """A patient sees the own request alone."""

    def __init__(
        self, database: Database, states: PatientStates, centre_id: str, request_id: str
    ) -> None:
        self._database = database
        self._states = states
        self._centre_id = centre_id
        self._request_id = request_id

    @property
    def centre_id(self) -> str:
        """The request's."""
        return self._centre_id

    async def message(self, seq: int, prev: int, happening: Happening) -> PatientEvent | None:
        """The event as the patient sees it; other requests' are none of theirs."""
        if happening.request_id != self._request_id or happening.kind in STAFFS:
            return None
        async with self._database.read() as connection:
            if happening.kind in (Kind.MESSAGE, Kind.CALL, Kind.SIGNAL):
                return await _shared(connection, seq, prev, happening, Side.PATIENT, None)
            state = await self._states.state(connection, self._request_id)
        return PatientChanged(seq=seq, prev=prev, state=state)


async def _shared(
    connection: AsyncConnection,
    seq: int,
    prev: int,
    happening: Happening,
    side: Side,
    account: Account | None,
) -> Shared | None:
    request_id = RequestId(happening.request_id)
    subject_id = happening.subject_id or ""
    if happening.kind == Kind.MESSAGE:
        posted = await message(connection, subject_id)
        if posted is None:
            return None
        return MessagePosted(seq=seq, prev=prev, request_id=request_id, message=posted)
    if happening.kind == Kind.CALL:
        call = await _call(connection, subject_id)
        if call is None:
            return None
        return CallChanged(seq=seq, prev=prev, request_id=request_id, call=call)
    return await _signalled(connection, seq, prev, request_id, int(subject_id), side, account)


async def _of_files(
    connection: AsyncConnection, seq: int, prev: int, happening: Happening, account: Account
) -> DocumentChanged | AnnotationChanged | None:
    """None for what is not there any more."""
    request_id, subject_id = RequestId(happening.request_id), happening.subject_id or ""
    if happening.kind == Kind.DOCUMENT:
        found = await documents_of(connection, account, documents.c.id == subject_id)
        if not found:
            return None
        return DocumentChanged(seq=seq, prev=prev, request_id=request_id, document=found[0])
    kept = await annotation(connection, subject_id)
    if kept is None:
        return None
    return AnnotationChanged(seq=seq, prev=prev, request_id=request_id, annotation=kept)


async def _signalled(
    connection: AsyncConnection,
    seq: int,
    prev: int,
    request_id: RequestId,
    number: int,
    side: Side,
    account: Account | None,
) -> CallSignalled | None:
    """None for who is not the other peer of the call."""
    sent = await signal(connection, number)
    if sent is None or sent.side is side:
        return None
    if account is not None:
        call = await _call(connection, sent.call_id)
        if call is None or call.doctor_id != account.id:
            return None
    return CallSignalled(seq=seq, prev=prev, request_id=request_id, signal=sent)


async def _call(connection: AsyncConnection, call_id: str) -> Call | None:
    found = await calls_of(connection, calls.c.id == call_id)
    return found[0] if found else None
