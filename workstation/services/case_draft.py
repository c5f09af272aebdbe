"""The draft of a case that is looked at, and the findings on their way into it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from backend_client.models.conclusions import ConclusionForm, ConclusionState
from backend_client.models.evidence import Evidence
from backend_client.models.requests import RequestRow
from workstation.core.citations import (
    NoRoom,
    is_cited,
    same_finding,
    with_line,
    with_source,
    without_line,
)
from workstation.services.answers import Draft

Work = Callable[[ConclusionForm], ConclusionForm]
"""One change of a text; done twice it does no more than once. May raise NoRoom."""


@dataclass(slots=True)
class CaseDraft:
    """The draft of a case that is not being written in the window."""

    row: RequestRow
    state: ConclusionState
    version: int
    form: ConclusionForm
    is_own: bool = False
    """The doctor's own words stand in it that the server does not have."""
    is_disputed: bool = False
    """Another text is on the server: the doctor chooses in the conclusion."""
    base: ConclusionForm = field(default_factory=ConclusionForm)
    """`form` before the works."""
    works: list[Work] = field(default_factory=list)
    """What the server does not have yet."""

    @classmethod
    def of(cls, draft: Draft) -> "CaseDraft":
        """As it was read."""
        known, kept = draft.conclusion, draft.kept
        state = ConclusionState.DRAFTING if known is None else known.state
        version = 0 if known is None else known.version
        form = draft.form if kept is None else kept.form
        return cls(
            row=draft.card.row,
            state=state,
            version=version if kept is None else kept.version,
            form=form,
            is_own=kept is not None,
            is_disputed=draft.is_disputed,
            base=form,
        )


def put_once(form: ConclusionForm, source: Evidence) -> ConclusionForm:
    """However often it is done, and over whatever text, the finding stands there once."""
    there = same_finding(form, source)
    if there is None:
        return with_source(form, source)
    return form if is_cited(form, there) else with_line(form, there)


def taken_back(form: ConclusionForm, source: Evidence) -> ConclusionForm:
    """The line goes where it stands as it was put in."""
    there = same_finding(form, source)
    return form if there is None else without_line(form, there)


def carried_over(
    base: ConclusionForm, mine: ConclusionForm, theirs: ConclusionForm
) -> ConclusionForm | None:
    """`theirs` with the findings by which `mine` differs from `base`; None where `mine` has own
    words beside them, or nothing of its own at all (decision 0044)."""
    found = [one for one in mine.evidence if same_finding(base, one) is None]
    try:
        if not found or _with_findings(base, mine, found) != mine:
            return None
        return _with_findings(theirs, mine, found)
    except NoRoom:
        return None


def _with_findings(
    form: ConclusionForm, as_in: ConclusionForm, found: list[Evidence]
) -> ConclusionForm:
    for source in found:
        form = put_once(form, source)
        if not is_cited(as_in, source):
            form = taken_back(form, source)
    return form
