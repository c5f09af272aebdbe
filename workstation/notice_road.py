"""From a notice to its case: the screen on which the news are seen, the patient's name first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.services.case_news import Notice, NoticeKind, is_mine
from workstation.ui.case_steps import CaseStep, possible_steps
from workstation.ui.main_window import MainWindow

if TYPE_CHECKING:
    from workstation.ui.screens.queue.view import QueueView

STEPS = {
    NoticeKind.MESSAGE: CaseStep.CALL,
    NoticeKind.PATIENT_CAME: CaseStep.CALL,
    NoticeKind.NOBODY_THERE: CaseStep.CALL,
    NoticeKind.SLOT_REFUSED: CaseStep.TIME,
    NoticeKind.RETURNED: CaseStep.CONCLUSION,
}
"""Where the news are seen; all others with the case's files."""


class NoticeRoad:
    """Goes on in a case of the doctor; of others the card is shown, and Enter takes them.

    What was being written in another case stays with that case, as on every road.
    """

    def __init__(
        self,
        window: MainWindow,
        queue: "QueueView",
        *,
        open_case: Callable[[], RequestId | None],
        go: Callable[[str, CaseStep | None], None],
        reveal: Callable[[RequestRow], None],
    ) -> None:
        """`open_case`: whose screens are shown now; `go` shows a case, None: its files; `reveal`
        says large whose it is."""
        self._window, self._queue = window, queue
        self._open_case, self._go, self._reveal = open_case, go, reveal

    def go(self, notice: Notice) -> None:
        """Shows the case; where it is another one than before, whose it is stands large first."""
        is_other = notice.request_id != self._open_case()
        if is_mine(notice.row):
            step = STEPS.get(notice.kind)
            self._go(notice.request_id, step if step in possible_steps(notice.row) else None)
        else:
            self._show_in_queue(notice)
        if is_other:
            self._reveal(notice.row)

    def _show_in_queue(self, notice: Notice) -> None:
        """Wherever in the list it stands."""
        self._window.show_room("queue")
        self._queue.view_model.find(notice.row)
