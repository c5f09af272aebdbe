"""The sources of a conclusion: files of its own request, and those that were seen."""

from http import HTTPStatus

from sqlalchemy import select

from backend.changes import Change
from backend.problems import Refused, invalid
from backend.tables import documents, file_answers
from backend_client.models.common import Problem, ProblemCode
from backend_client.models.conclusions import ConclusionForm
from backend_client.models.documents import WhoseFile
from backend_client.models.evidence import Evidence


async def refuse_foreign_sources(
    change: Change, request_id: str, form: ConclusionForm, known: ConclusionForm | None
) -> None:
    """Raises Refused (invalid; source_not_of_case).

    A source that the kept form names already was looked at when it was new: a file that has gone
    since must not stand in the way of the text.
    """
    numbers = [source.number for source in form.evidence]
    if len(numbers) != len(set(numbers)):
        raise invalid("form.evidence: a number stands there twice")
    kept = set() if known is None else set(known.evidence)
    new = [source for source in form.evidence if source not in kept]
    if not new:
        return
    digests = await _digests(change, request_id)
    if any(digests.get(source.document_id) != source.sha256 for source in new):
        raise _not_of_case(new, digests)


async def refuse_anothers_sources(change: Change, form: ConclusionForm) -> None:
    """Before a signature: of what the text names nothing may be known to be another patient's.

    Raises Refused (source_not_of_case).
    """
    ids = [source.document_id for source in form.evidence]
    found = select(file_answers.c.document_id).where(
        file_answers.c.document_id.in_(ids), file_answers.c.whose == WhoseFile.OTHER
    )
    others = set((await change.connection.execute(found)).scalars())
    if others:
        wrong = [one.number for one in form.evidence if one.document_id in others]
        raise _refusal(wrong)


async def _digests(change: Change, request_id: str) -> dict[str, str]:
    """SHA-256 of each of the request's files, by their ids; none of another patient's."""
    others = select(file_answers.c.document_id).where(file_answers.c.whose == WhoseFile.OTHER)
    found = select(documents.c.id, documents.c.sha256).where(
        documents.c.request_id == request_id, documents.c.id.not_in(others)
    )
    return {row.id: row.sha256 for row in await change.connection.execute(found)}


def _not_of_case(new: list[Evidence], digests: dict[str, str]) -> Refused:
    """Which numbers, and nothing about the files: they may be another patient's."""
    return _refusal([one.number for one in new if digests.get(one.document_id) != one.sha256])


def _refusal(wrong: list[int]) -> Refused:
    return Refused(
        Problem(
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            title="The conclusion names a file that is not one of this request",
            detail="numbers: " + ", ".join(map(str, wrong)),
            code=ProblemCode.SOURCE_NOT_OF_CASE,
        )
    )
