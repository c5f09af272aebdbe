"""A recording of hours in its own viewer, once its day is surveyed."""

import asyncio

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from workstation.studies.errors import StudyError
from workstation.studies.long_study import LongEcgStudy
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.choices import EcgChoices
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView


class LongFrame:
    """The viewer, and when it has found out what there is to see. Close it before the study."""

    def __init__(self, study: LongEcgStudy, theme: Theme, size: tuple[int, int]) -> None:
        self._come: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._tasks = TaskScope(on_error=self._fail)
        calibration = ScreenCalibration.from_screen(QGuiApplication.primaryScreen())
        self.paper = EcgView(theme, calibration)
        self.viewer = LongEcgView(theme, self.paper)
        self.viewer.resize(*size)
        self.viewer.show()
        self.viewer.model.surveyed.connect(self._look)
        self.viewer.show_long(study, self._tasks)

    async def shown(self, choices: EcgChoices, at_s: float | None) -> None:
        """Waits for the survey; shows the paper of that second where one is given.

        Raises StudyError.
        """
        await self._come
        if at_s is not None:
            model = self.viewer.model
            model.to_paper(at_s)
            model.look_at(at_s, model.length_s)
            self.paper.choose(choices)
            await asyncio.sleep(0)
            QApplication.sendPostedEvents()  # the rooms of the window are laid out anew

    async def close(self) -> None:
        """Lets go of the recording."""
        await self._tasks.close()
        self.viewer.clear()
        self.viewer.hide()
        self.viewer.deleteLater()

    def _look(self) -> None:
        survey = self.viewer.model.survey
        if survey is not None and survey.is_complete and not self._come.done():
            self._come.set_result(None)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, StudyError) and not self._come.done():
            self._come.set_exception(error)
