"""Whose a file is: the answer of the request's doctor, where it names somebody else."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from backend.changes import Change
from backend.events.log import Kind
from backend.problems import Refused, conflict, invalid, not_found
from backend.requests.documents import documents_of, name_request
from backend.requests.moving import note, owned_by, refuse_unless_known
from backend.rules import history as lines
from backend.tables import documents, file_answers
from backend_client.models.accounts import Account
from backend_client.models.common import DocumentId, ProblemCode
from backend_client.models.documents import AnswerWhoseFile, Document, WhoseFile
from backend_client.models.requests import Action


async def answer_whose(
    change: Change, account: Account, document_id: str, given: AnswerWhoseFile, now: datetime
) -> Document:
    """Keeps the answer with a line of history, in the place of an earlier one; of further slices
    of its series, too, where they are named.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed, file_changed: other
    bytes were looked at; invalid: the same person without a reason, files of no one series).
    """
    document = await _seen(change, account, document_id)
    standing = await owned_by(change, account, document.request_id)
    refuse_unless_known(Action.WRITE_CONCLUSION, standing)
    reason = _checked(given, document)
    of_files = {document.id: document.sha256, **await _of_series(change, document, given.also)}
    old = delete(file_answers).where(file_answers.c.document_id.in_(of_files))
    await change.connection.execute(old)
    said = {"account_id": account.id, "at": now, "whose": given.whose, "reason": reason}
    rows = [{"document_id": one, "sha256": sha256, **said} for one, sha256 in of_files.items()]
    await change.connection.execute(insert(file_answers), rows)
    line = lines.file_answered(account.short_name, document.title, given.whose)
    await note(change, document.request_id, lines.with_note(line, reason), now)
    for one in of_files:
        change.tell(document.request_id, Kind.DOCUMENT, one)
    return await _seen(change, account, document_id)


async def _of_series(
    change: Change, document: Document, also: Sequence[DocumentId]
) -> dict[str, str]:
    """SHA-256 of further slices by their ids; what a file holds never changes.

    Raises Refused (invalid: one is no slice of the document's series in its request).
    """
    if not also:
        return {}
    columns = (documents.c.id, documents.c.sha256)
    found = select(*columns).where(
        documents.c.request_id == document.request_id,
        documents.c.item_code == document.item_code,
        documents.c.series_uid.is_not(None),
        documents.c.series_uid == document.series_uid,
    )
    known = {row.id: row.sha256 for row in await change.connection.execute(found)}
    if not known.keys() >= set(also):
        raise invalid("also: no slice of the same series")
    return {one: known[one] for one in also}


async def refuse_anothers(change: Change, document_id: str) -> None:
    """Nothing is measured in a file of another patient. Raises Refused (source_not_of_case)."""
    found = select(file_answers.c.document_id).where(
        file_answers.c.document_id == document_id, file_answers.c.whose == WhoseFile.OTHER
    )
    if (await change.connection.execute(found)).first() is not None:
        raise _anothers()


async def _seen(change: Change, account: Account, document_id: str) -> Document:
    found = await documents_of(change.connection, account, documents.c.id == document_id)
    if not found:
        raise not_found()
    name_request(found[0].request_id)
    return found[0]


def _checked(given: AnswerWhoseFile, document: Document) -> str:
    """The reason, fit to be kept."""
    if given.sha256 != document.sha256:
        title = "The file is another one by now: look at it again"
        raise conflict(ProblemCode.FILE_CHANGED, title)
    if given.whose is WhoseFile.UNKNOWN:
        raise invalid("whose: not known")
    reason = given.reason.replace("\0", "").strip()
    if given.whose is WhoseFile.PATIENT and not reason:
        raise invalid("reason: nothing but spaces")
    return reason


def _anothers() -> Refused:
    return conflict(ProblemCode.SOURCE_NOT_OF_CASE, "The file is another patient's")
