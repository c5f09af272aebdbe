"""The sources of a conclusion: files of its own request, and those that were seen."""

from http import HTTPStatus

from sqlalchemy import select

from backend.changes import Change
from backend.problems import Refused, invalid
from backend.tables import documents
from backend_client.models.common import Problem, ProblemCode
from backend_client.models.conclusions import ConclusionForm
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


async def _digests(change: Change, request_id: str) -> dict[str, str]:
    """SHA-256 of each of the request's files, by their ids."""
    found = select(documents.c.id, documents.c.sha256).where(documents.c.request_id == request_id)
    return {row.id: row.sha256 for row in await change.connection.execute(found)}


def _not_of_case(new: list[Evidence], digests: dict[str, str]) -> Refused:
    """Which numbers, and nothing about the files: they may be another patient's."""
    wrong = [one.number for one in new if digests.get(one.document_id) != one.sha256]
    return Refused(
        Problem(
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            title="The conclusion names a file that is not one of this request",
            detail="numbers: " + ", ".join(map(str, wrong)),
            code=ProblemCode.SOURCE_NOT_OF_CASE,
        )
    )
