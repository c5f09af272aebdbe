"""What a screen offers to the palette besides its keys, such as the doctor's own filters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the palette: what it does, in which part of the program, and the doing."""

    id: str
    title: str
    room: str
    act: Callable[[], None]
    key: str = ""
    """The keys that lead there, one after the other, as on keycaps."""


class Offering(QWidget):
    """A widget that has such lines. While it can be used, its `offers` stand in the palette."""

    def offers(self) -> Sequence[Offer]:
        """The lines as they stand now."""
        raise NotImplementedError
