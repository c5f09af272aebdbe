"""What is known while a filter is made, changed or removed; and the list that it is made from."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PySide6.QtCore import SignalInstance

from backend_client.models.listing import Listing, SavedFilter
from backend_client.models.requests import QueueGroup
from workstation.ui.error_text import UserMessage


class Queue(Protocol):
    """The list that a filter is made from, and that it is shown in."""

    counts_changed: SignalInstance
    listing_changed: SignalInstance

    @property
    def listing(self) -> Listing:
        """What stands in the list now."""

    def show_listing(self, listing: Listing, *, of_filter: bool = True, asked: bool = True) -> None:
        """Shows another one, for a filter or by itself; `asked`: the doctor wants it."""

    def reload(self) -> None:
        """Reads what is shown again."""

    def choose_group(self, group: QueueGroup) -> None:
        """Shows a group, without a filter."""

    @property
    def is_of_filter(self) -> bool:
        """Whether a filter is shown."""


class Trouble(Enum):
    """Why a filter is not kept, where the doctor can do something about it."""

    NO_NAME = "no_name"
    NAME_TAKEN = "name_taken"
    TOO_MANY = "too_many"
    CHANGED = "changed"
    """It has been changed in another window; kept once more, it is replaced."""
    GONE = "gone"
    """It has been removed in another window; kept once more, it is made anew."""


@dataclass(frozen=True, slots=True)
class Editing:
    """A filter that is being made, or changed; its conditions are those of the list."""

    name: str
    before: Listing
    """What the list goes back to where nothing is kept."""
    was: SavedFilter | None = None
    """The filter that is changed; None: a new one is made."""
    opened: SavedFilter | None = None
    """The filter that was open before."""
    is_named: bool = False
    """The doctor has written the name; else it follows the conditions."""
    is_of_filter: bool = False
    """The list was a filter's before."""
    is_busy: bool = False
    trouble: Trouble | None = None
    problem: UserMessage | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A filter that was taken away just now, or (`problem`) could not be."""

    filter: SavedFilter
    problem: UserMessage | None = None
