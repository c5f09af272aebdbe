"""Studies a recording in a thread; what comes of another one than is wanted now is dropped."""

import asyncio
import logging
from collections.abc import Callable

from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.beat_study import BeatStudy, study_beat
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.ui.task_scope import TaskScope

logger = logging.getLogger(__name__)

_TASK = "ecg.beat"
Study = Callable[[EcgRecord, TraceFilter], BeatStudy]


class BeatWork:
    """At most one recording is wanted at a time; `came` is called with its study, None where it
    could not be made."""

    def __init__(self, came: Callable[[BeatStudy | None], None], study: Study = study_beat) -> None:
        """`study` runs in a thread, away from the window's loop."""
        self._came, self._study = came, study
        self._tasks: TaskScope | None = None
        self._wanted: object = None

    @property
    def is_running(self) -> bool:
        """Whether a study is awaited."""
        return self._wanted is not None

    def begin(self, record: EcgRecord, chosen: TraceFilter, tasks: TaskScope) -> None:
        """Studies that one; `tasks` end with its file."""
        self.leave()
        self._tasks, self._wanted = tasks, object()
        tasks.start(self._run(record, chosen, self._wanted), name=_TASK)

    def leave(self) -> None:
        """Nothing is wanted any more. A thread cannot be stopped: its answer is not heard."""
        if self._tasks is not None:
            self._tasks.cancel(_TASK)
        self._tasks = self._wanted = None

    async def _run(self, record: EcgRecord, chosen: TraceFilter, wanted: object) -> None:
        study: BeatStudy | None = None
        try:
            study = await asyncio.to_thread(self._study, record, chosen)
        except Exception as error:  # noqa: BLE001  # a hostile file's numbers; the panel says it
            logger.warning("no averaged beat: %s", type(error).__name__)
        if wanted is self._wanted:
            self._wanted = None
            self._came(study)
