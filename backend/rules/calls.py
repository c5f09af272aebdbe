"""The states of one call, and what leads from one to the next. Pure: no clock, no database."""

from datetime import datetime, timedelta
from enum import StrEnum

from backend_client.models.calls import CallState

RUNNING = frozenset({CallState.RINGING, CallState.ACTIVE})
"""States of a call that is not over."""


LEFT_FOR = timedelta(minutes=15)
"""A call goes on without the patient's page for so long: longer than any way back into it."""


class CallStep(StrEnum):
    """What can happen to a call."""

    ANSWER = "answer"
    DECLINE = "decline"
    TIME_OUT = "time_out"
    HANG_UP = "hang_up"


STEPS = {
    (CallState.RINGING, CallStep.ANSWER): CallState.ACTIVE,
    (CallState.RINGING, CallStep.DECLINE): CallState.DECLINED,
    (CallState.RINGING, CallStep.TIME_OUT): CallState.TIMED_OUT,
    (CallState.RINGING, CallStep.HANG_UP): CallState.CANCELLED,
    (CallState.ACTIVE, CallStep.HANG_UP): CallState.ENDED,
}


class CallIsOver(Exception):
    """The call's state knows no such step."""


def after(state: CallState, step: CallStep) -> CallState:
    """The state after a step; raises CallIsOver for a step that does not fit."""
    try:
        return STEPS[(state, step)]
    except KeyError:
        raise CallIsOver(f"{step} of a call that is {state}") from None


def rings_no_more(state: CallState, rings_until: datetime, now: datetime) -> bool:
    """Whether a call was not answered in its time."""
    return state is CallState.RINGING and now >= rings_until
