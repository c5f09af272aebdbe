"""Which request a doctor should take next: by danger, term, continuity, load and profile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from backend_client.models.listing import AdviceReason
from backend_client.models.requests import ProfileMatch


class _Press(IntEnum):
    """How much a term presses."""

    BREACHED = 0
    SOON = 1
    NOT_YET = 2


class _Whose(IntEnum):
    """Whose patient it is: the same doctor should see the patient again."""

    MINE = 0
    NOBODYS = 1
    COLLEAGUES = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request that is free, as far as the choice depends on it."""

    request_id: str
    life_threat: bool
    due_at: datetime | None
    soon_at: datetime | None
    profile: ProfileMatch
    had_by: str | None
    """Account that had the patient's last request; None: none has."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The doctor who asks, and what everybody has in hand."""

    account_id: str
    now: datetime
    in_hand: dict[str, int]
    """Open requests by account."""

    def is_busier(self, colleague: str) -> bool:
        """Whether a colleague has more in hand than the one who asks."""
        return self.in_hand.get(colleague, 0) > self.in_hand.get(self.account_id, 0)


def ranked(candidates: Iterable[Candidate], asking: Asking) -> list[Candidate]:
    """Best first.

    A threat to life stands before all; then how much the term presses. Within the same press the
    doctor's own patients come first, and a colleague's last, who can take them himself, unless he
    has more in hand. Then the centre's profile, the term, and the id.
    """
    return sorted(candidates, key=lambda one: _weight(one, asking))


def reasons(chosen: Candidate, asking: Asking) -> list[AdviceReason]:
    """Why this one, the weightiest first."""
    press, whose = _press(chosen, asking.now), _whose(chosen, asking)
    mine = chosen.had_by == asking.account_id
    said = {
        AdviceReason.LIFE_THREAT: chosen.life_threat,
        AdviceReason.BREACHED: press is _Press.BREACHED,
        AdviceReason.DUE_SOON: press is _Press.SOON,
        AdviceReason.YOUR_PATIENT: mine,
        AdviceReason.COLLEAGUE_BUSY: chosen.had_by is not None
        and not mine
        and whose is _Whose.NOBODYS,
        AdviceReason.IN_PROFILE: chosen.profile is ProfileMatch.IN_PROFILE,
    }
    found = [reason for reason, holds in said.items() if holds]
    return found or [AdviceReason.FIRST_BY_TERM]


def _weight(one: Candidate, asking: Asking) -> tuple[object, ...]:
    profiles = (ProfileMatch.IN_PROFILE, ProfileMatch.NOT_DETERMINED, ProfileMatch.OUT_OF_PROFILE)
    profile = profiles.index(one.profile) if one.profile in profiles else len(profiles)
    term = (one.due_at is None, one.due_at or asking.now)
    return (
        not one.life_threat,
        _press(one, asking.now),
        _whose(one, asking),
        profile,
        term,
        one.request_id,
    )


def _press(one: Candidate, now: datetime) -> _Press:
    if one.due_at is not None and one.due_at <= now:
        return _Press.BREACHED
    is_soon = one.soon_at is not None and one.soon_at <= now
    return _Press.SOON if is_soon else _Press.NOT_YET


def _whose(one: Candidate, asking: Asking) -> _Whose:
    if one.had_by == asking.account_id:
        return _Whose.MINE
    if one.had_by is None or asking.is_busier(one.had_by):
        return _Whose.NOBODYS
    return _Whose.COLLEAGUES
