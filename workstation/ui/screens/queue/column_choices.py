"""Which columns the queue has, in which order and how wide: as usual, or as the doctor chose.

The least that a row says is kept: the term, the patient, and the state, which has a column of its
own or stands in that of the documents.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil

import msgspec
from PySide6.QtCore import QObject, Signal

from workstation.ui.screens.queue.columns import (
    DIAGNOSIS,
    DOCUMENTS,
    KEYS,
    NARROW_WIDTHS,
    PATIENT,
    ROUTE,
    STATE,
    TERM,
    TIGHT_WIDTHS,
    WIDE_WIDTHS,
)

ALWAYS = frozenset({TERM, PATIENT})
LEAST_PX = {TERM: 96, PATIENT: 120, DIAGNOSIS: 90, ROUTE: 36, DOCUMENTS: 84, STATE: 84}
MOST_PX = 600
SHOWN_PX = {STATE: 150}
"""Of a column that is hidden as a rule, once it is shown."""
STEP_PX = 12


class Breadth(Enum):
    """How much the window's width leaves to the queue."""

    TIGHT = "tight"
    NARROW = "narrow"
    WIDE = "wide"


USUAL = {Breadth.TIGHT: TIGHT_WIDTHS, Breadth.NARROW: NARROW_WIDTHS, Breadth.WIDE: WIDE_WIDTHS}


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What the table shows: columns from left to right, and the width of each in logical pixels."""

    order: tuple[int, ...]
    widths: dict[int, int]

    @property
    def stretched(self) -> int:
        """The column that takes what the others leave."""
        return DIAGNOSIS if DIAGNOSIS in self.widths else PATIENT

    def fitted(self, room: int) -> dict[int, int]:
        """The widths, made narrower where `room` is less than all of them: none is lost.

        The stretched column counts with its least.
        """
        widths = {**self.widths, self.stretched: LEAST_PX[self.stretched]}
        excess = sum(widths.values()) - room
        spare = {one: max(0, width - LEAST_PX[one]) for one, width in widths.items()}
        if excess <= 0 or not (whole := sum(spare.values())):
            return widths
        share = min(1.0, excess / whole)
        return {one: width - ceil(spare[one] * share) for one, width in widths.items()}


class _Kept(msgspec.Struct, frozen=True):
    """What the doctor has chosen, by the columns' keys."""

    order: list[str] = []
    shown: dict[str, bool] = {}
    widths: dict[str, dict[str, int]] = {}
    """By breadth: a width that suits a large screen does not suit a small one."""


class ColumnChoices(QObject):
    """The doctor's choices; `plan` says what comes of them in a window."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kept = _Kept()

    def state(self) -> bytes:
        """What `restore` takes after a restart."""
        return msgspec.json.encode(self._kept)

    def restore(self, state: bytes) -> None:
        """Takes an earlier choice; what is not its own is ignored."""
        try:
            self._kept = msgspec.json.decode(state, type=_Kept)
        except msgspec.MsgspecError:
            return
        self.changed.emit()

    @property
    def are_usual(self) -> bool:
        """Whether nothing was chosen."""
        return self._kept == _Kept()

    def plan(self, breadth: Breadth) -> ColumnPlan:
        """The columns of a window of that breadth."""
        own = self._kept.widths.get(breadth.value, {})
        widths = {}
        for column in self.order():
            if self.is_shown(column, breadth):
                usual = USUAL[breadth][column] or SHOWN_PX.get(column, LEAST_PX[column])
                wanted = own.get(KEYS[column], usual)
                widths[column] = min(MOST_PX, max(LEAST_PX[column], wanted))
        return ColumnPlan(self.order(), widths)

    def order(self) -> tuple[int, ...]:
        """All columns from left to right, hidden ones too; a new one stands at its usual place."""
        known = [KEYS.index(key) for key in dict.fromkeys(self._kept.order) if key in KEYS]
        for column in range(len(KEYS)):
            if column not in known:
                known.insert(min(column, len(known)), column)
        return tuple(known)

    def is_shown(self, column: int, breadth: Breadth) -> bool:
        """Whether it has a place in the row. The state needs one of two columns."""
        if column in ALWAYS or (column == STATE and not self._is_wanted(DOCUMENTS, breadth)):
            return True
        return self._is_wanted(column, breadth)

    def can_hide(self, column: int, breadth: Breadth) -> bool:
        """Whether the row says enough without it."""
        alone = column == STATE and not self._is_wanted(DOCUMENTS, breadth)
        return column not in ALWAYS and not alone

    def show(self, column: int, breadth: Breadth, *, shown: bool) -> None:
        """Shows it, or hides it where that may be."""
        if not shown and not self.can_hide(column, breadth):
            return
        choice = {**self._kept.shown, KEYS[column]: shown}
        if column == DOCUMENTS and not shown:  # the state moves into a column of its own, and stays
            choice[KEYS[STATE]] = True
        self._choose(msgspec.structs.replace(self._kept, shown=choice))

    def move(self, column: int, places: int, breadth: Breadth) -> None:
        """Among the shown ones, so many places to the right or, negative, to the left."""
        shown = [one for one in self.order() if self.is_shown(one, breadth)]
        target = shown.index(column) + places
        if 0 <= target < len(shown):
            order = [one for one in self.order() if one != column]
            behind = 1 if places > 0 else 0
            order.insert(order.index(shown[target]) + behind, column)
            self.set_order(order)

    def set_order(self, order: Sequence[int]) -> None:
        """All columns from left to right."""
        keys = [KEYS[column] for column in order]
        self._choose(msgspec.structs.replace(self._kept, order=keys))

    def widen(self, column: int, pixels: int, breadth: Breadth) -> None:
        """So many logical pixels wider or, negative, narrower."""
        width = self.plan(breadth).widths.get(column)
        if width is not None:
            self.set_width(column, width + pixels, breadth)

    def set_width(self, column: int, width: int, breadth: Breadth) -> None:
        """In logical pixels, in windows of that breadth."""
        wanted = min(MOST_PX, max(LEAST_PX[column], width))
        own = {**self._kept.widths.get(breadth.value, {}), KEYS[column]: wanted}
        widths = {**self._kept.widths, breadth.value: own}
        self._choose(msgspec.structs.replace(self._kept, widths=widths))

    def reset(self) -> None:
        """As usual."""
        self._choose(_Kept())

    def _is_wanted(self, column: int, breadth: Breadth) -> bool:
        usual = USUAL[breadth][column] > 0
        return self._kept.shown.get(KEYS[column], usual)

    def _choose(self, kept: _Kept) -> None:
        if kept != self._kept:
            self._kept = kept
            self.changed.emit()
