"""Where a request is decided on: on the queue's card, or on a screen of the open case over it."""

from dataclasses import dataclass
from enum import Enum

from backend_client.models.requests import RequestCard, RequestRow


class Place(Enum):
    """A screen that shows a request and what can be decided about it."""

    CARD = "card"
    CASE = "case"
    """The open case. While there is one, nothing is decided on the card behind it."""
    SCREEN = "screen"
    """Call, time or conclusion of the open case: a threat to life is marked there, and no panel is
    shown. It goes before the files, which may not be open at all."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a place shows now."""

    row: RequestRow | None = None
    card: RequestCard | None = None
    """What stands behind the row, where it was read."""
    is_awaited: bool = False
    """Whether it is shown before its claim is answered (docs/decisions/0034)."""


class Places:
    """What each place shows, and which of them the doctor decides in."""

    def __init__(self) -> None:
        self._shown: dict[Place, Shown] = {}

    @property
    def place(self) -> Place:
        """Where the doctor decides now."""
        above = (place for place in (Place.SCREEN, Place.CASE) if place in self._shown)
        return next(above, Place.CARD)

    @property
    def now(self) -> Shown:
        """What is shown there."""
        return self._shown.get(self.place, Shown())

    def show(self, place: Place, shown: Shown) -> None:
        """That place shows this now."""
        self._shown[place] = shown

    def leave(self, place: Place) -> None:
        """That place shows nothing any more."""
        self._shown.pop(place, None)
