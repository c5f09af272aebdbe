"""Numbers in brackets, «[1]», in the text of a conclusion, and the sources that they lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from backend_client.models.common import DocumentId
from backend_client.models.conclusions import MOST_EVIDENCE, ConclusionForm
from backend_client.models.evidence import Evidence, FramePlace, Place

LONGEST_SECTION: Final = 20_000
"""Characters that the server takes (`backend_client.models.conclusions.Section`)."""
LAST_NUMBER: Final = 999
_NUMBER: Final = re.compile(r"\[([1-9][0-9]{0,2})\]")


@dataclass(frozen=True, slots=True)
class Citation:
    """A number in brackets: from `start` to `stop` of its text, the brackets included."""

    number: int
    start: int
    stop: int


class NoRoom(Exception):
    """The conclusion can take no further source: its numbers, its list or its text are full."""


def citations(text: str) -> Iterator[Citation]:
    """All numbers in brackets, in their order."""
    for match in _NUMBER.finditer(text):
        yield Citation(int(match[1]), match.start(), match.end())


def cited_numbers(form: ConclusionForm) -> frozenset[int]:
    """The numbers that any section names, with a source or without."""
    return frozenset(one.number for text in _texts(form) for one in citations(text))


def cited(form: ConclusionForm) -> tuple[Evidence, ...]:
    """The sources that the text names, by their numbers."""
    named = cited_numbers(form)
    found = (source for source in form.evidence if source.number in named)
    return tuple(sorted(found, key=lambda source: source.number))


def uncited(form: ConclusionForm) -> tuple[Evidence, ...]:
    """The sources whose number was taken out of the text."""
    named = cited_numbers(form)
    return tuple(source for source in form.evidence if source.number not in named)


def source_of(form: ConclusionForm, number: int) -> Evidence | None:
    """Where that number leads to."""
    return next((source for source in form.evidence if source.number == number), None)


def same_finding(form: ConclusionForm, source: Evidence) -> Evidence | None:
    """What the draft has of the same words and place of the same file; None where it has not."""
    wanted = _finding_of(source)
    return next((one for one in form.evidence if _finding_of(one) == wanted), None)


def is_cited(form: ConclusionForm, source: Evidence) -> bool:
    """Whether the text names it."""
    return source.number in cited_numbers(form)


def line_of(source: Evidence) -> str:
    """«QT 396 мс (II, 3,52–3,92 с, фильтр: нет) [1]»."""
    return f"{source.text} [{source.number}]"


def with_source(form: ConclusionForm, source: Evidence) -> ConclusionForm:
    """The form with the source's line at the end of the findings, and the source.

    It gets the next number, whatever it had: one that was ever given in this draft, or stands in
    the text, is not given again. Raises NoRoom.
    """
    source = replace(source, number=_next_number(form))
    return replace(with_line(form, source), evidence=(*_with_room(form), source))


def with_line(form: ConclusionForm, source: Evidence) -> ConclusionForm:
    """The form with the line of a source at the end of the findings. Raises NoRoom."""
    written = form.findings.rstrip("\n")
    findings = f"{written}\n{line_of(source)}" if written else line_of(source)
    if len(findings) > LONGEST_SECTION:
        raise NoRoom
    return replace(form, findings=findings)


def without_line(form: ConclusionForm, source: Evidence) -> ConclusionForm:
    """The form without the line of the source, where it stands as it was put in.

    The source stays in the list, so that its number means nothing else later.
    """
    lines = form.findings.split("\n")
    own = line_of(source)
    if own not in lines:
        return form
    last = len(lines) - 1 - lines[::-1].index(own)
    return replace(form, findings="\n".join(lines[:last] + lines[last + 1 :]))


def _finding_of(source: Evidence) -> tuple[DocumentId, Place, str]:
    place = source.place
    if isinstance(place, FramePlace):  # seen through another window it is the same finding
        place = replace(place, window=None)
    return source.document_id, place, source.text


def _next_number(form: ConclusionForm) -> int:
    named = cited_numbers(form)
    number = max((source.number for source in form.evidence), default=0) + 1
    while number in named:
        number += 1
    if number > LAST_NUMBER:
        raise NoRoom
    return number


def _with_room(form: ConclusionForm) -> tuple[Evidence, ...]:
    """The list with a free place: of what the text does not name the oldest goes first."""
    if len(form.evidence) < MOST_EVIDENCE:
        return form.evidence
    unnamed = sorted(uncited(form), key=lambda source: source.number)
    if not unnamed:
        raise NoRoom
    return tuple(source for source in form.evidence if source != unnamed[0])


def _texts(form: ConclusionForm) -> tuple[str, ...]:
    words = (
        *(form.question, form.complaints, form.history, form.findings, form.answer),
        *(form.recommendations, form.further_tests, form.decision_note, form.follow_up),
        *(form.urgent, form.limits, form.basis),
    )
    return (*words, form.diagnosis.text, *(one.text for one in form.further))
