"""Where the doctor goes on to with the open case, also before its claim is answered."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from backend_client.models.requests import RequestRow
from workstation.ui.case_steps import CaseStep, possible_steps


class CaseGoingOn(QObject):
    """What was asked for while the claim was on its way is done with its answer."""

    step_wanted = Signal(str, CaseStep)
    """The request's id, and where to."""
    changed = Signal()
    """Whether the claim is awaited."""

    def __init__(self, row: Callable[[], RequestRow | None], parent: QObject | None = None) -> None:
        """`row`: the open case as it is known now."""
        super().__init__(parent)
        self._row = row
        self._is_claimed_later = False
        self._wanted: CaseStep | None = None

    @property
    def steps(self) -> tuple[CaseStep, ...]:
        """Where the doctor can go on to now."""
        row = self._row()
        return possible_steps(row) if row is not None else ()

    @property
    def is_claim_awaited(self) -> bool:
        """Whether the case is shown before its claim is answered."""
        return self._is_claimed_later

    def go_on(self, step: CaseStep) -> None:
        """Asks for another screen of the case."""
        row = self._row()
        if row is not None and step in self.steps:
            self.step_wanted.emit(row.id, step)
        elif self._is_claimed_later:
            self._wanted = step

    def can_go_on(self, step: CaseStep) -> bool:
        """Whether it may be asked for."""
        return self._is_claimed_later or step in self.steps

    def await_claim(self) -> None:
        """The case is shown before its claim is answered."""
        self._is_claimed_later = True
        self.changed.emit()

    def claim_answered(self) -> None:
        """The doctor's it is."""
        self._is_claimed_later = False
        self.changed.emit()
        self.row_came()

    def row_came(self) -> None:
        """Does what was asked for, once the claim is answered and the row is here."""
        wanted = self._wanted
        if wanted is not None and self._row() is not None and not self._is_claimed_later:
            self._wanted = None
            self.go_on(wanted)

    def forget(self) -> None:
        """Another case."""
        self._is_claimed_later, self._wanted = False, None
