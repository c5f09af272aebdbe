"""Where a doctor goes on with a case (time, call, conclusion), as far as the server lets it."""

from enum import Enum

from backend_client.models.requests import Action, RequestRow, RequestStatus


class CaseStep(Enum):
    """A screen of one case; the value is the key of `ui.shortcuts`."""

    TIME = "case.time"
    CALL = "case.call"
    CONCLUSION = "case.conclusion"


_WRITTEN = frozenset(
    {
        RequestStatus.SIGNED,
        RequestStatus.APPROVED,
        RequestStatus.RETURNED,
        RequestStatus.DELIVERED,
        RequestStatus.CLOSED,
    }
)
"""Where there is a conclusion to be read, if none to be written."""
_LATE = frozenset({RequestStatus.DRAFTING}) | _WRITTEN


def possible_steps(row: RequestRow) -> tuple[CaseStep, ...]:
    """The steps that make sense for the account that holds the case now, in their order."""
    if row.owner is None or not row.owner.is_me:
        return ()
    allowed = row.allowed_actions
    found = {
        CaseStep.TIME: Action.PROPOSE_SLOT in allowed,
        CaseStep.CALL: Action.CALL in allowed or Action.WRITE_MESSAGE in allowed,
        CaseStep.CONCLUSION: Action.WRITE_CONCLUSION in allowed or row.status in _WRITTEN,
    }
    return tuple(step for step, is_possible in found.items() if is_possible)


def next_step(row: RequestRow) -> CaseStep | None:
    """The one that comes next; None where nothing is left to do."""
    steps = possible_steps(row)
    if row.status in _LATE and CaseStep.CONCLUSION in steps:
        return CaseStep.CONCLUSION
    if Action.CALL in row.allowed_actions and CaseStep.CALL in steps:
        return CaseStep.CALL
    return steps[0] if steps else None
