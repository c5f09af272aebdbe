"""Which words of the form are in doubt, without its widgets."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from workstation.core.errors import StoreError
from workstation.core.spelling import Fault
from workstation.ui.error_text import user_message
from workstation.ui.screens.conclusion.asked import Spelling
from workstation.ui.task_scope import TaskScope

logger = logging.getLogger(__name__)
_MOST_KEPT: Final = 400
"""Paragraphs whose verdict is remembered."""


class SpellingModel(QObject):
    """Paragraphs are judged one by one, and each once: what was typed last is a short one."""

    judged = Signal()
    """More paragraphs are known, or they are to be asked about anew."""
    suggested = Signal(str, tuple)
    """A word, and what may have been meant: tuple[str, ...]."""

    def __init__(self, spelling: Spelling | None, parent: QObject) -> None:
        """`spelling` None: nothing is ever in doubt."""
        super().__init__(parent)
        self._spelling = spelling
        self._known: OrderedDict[str, tuple[Fault, ...]] = OrderedDict()
        self._asked: dict[str, None] = {}
        self._names: frozenset[str] = frozenset()
        self._is_on = True
        self._tasks = TaskScope(on_error=self._failed)
        self._deaf: Callable[[], None] = lambda: None
        if spelling is not None:
            self._deaf = spelling.changed.subscribe(lambda _: self.renew())

    @property
    def is_on(self) -> bool:
        """Whether words are judged."""
        return self._is_on and self._spelling is not None

    def switch(self, is_on: bool) -> None:
        """Judges words from now on, or does not."""
        if is_on is not self._is_on:
            self._is_on = is_on
            self.renew()

    def know_names(self, names: Iterable[str]) -> None:
        """Of the case: they are right in every form."""
        words = frozenset(word for name in names for word in name.replace(".", " ").split())
        if words != self._names:
            self._names = words
            self.renew()

    def renew(self) -> None:
        """Everything is to be judged anew."""
        self._known.clear()
        self._asked.clear()
        self.judged.emit()

    def knows(self, paragraph: str) -> bool:
        """Whether the paragraph is judged already."""
        return not self.is_on or not paragraph.strip() or paragraph in self._known

    def faults(self, paragraph: str) -> tuple[Fault, ...]:
        """Of one paragraph, as far as they are known: `judged` tells of more."""
        if not self.is_on or not paragraph.strip():
            return ()
        known = self._known.get(paragraph)
        if known is None:
            self._ask(paragraph)
            return ()
        self._known.move_to_end(paragraph)
        return known

    def is_own(self, word: str) -> bool:
        """Whether the doctor has taken it as right."""
        return self._spelling is not None and self._spelling.is_own(word)

    def suggest(self, word: str) -> None:
        """Asks what may have been meant; `suggested` answers."""
        if self._spelling is not None:
            self._tasks.cancel("spelling.suggest")
            self._tasks.start(self._suggest(self._spelling, word), name="spelling.suggest")

    def add(self, word: str) -> None:
        """The doctor takes a word as right, in all conclusions."""
        if self._spelling is not None:
            self._tasks.start(self._keep(self._spelling.add(word)), name="spelling.own")

    def remove(self, word: str) -> None:
        """It is in doubt again."""
        if self._spelling is not None:
            self._tasks.start(self._keep(self._spelling.remove(word)), name="spelling.own")

    async def close(self) -> None:
        """Ends what runs."""
        self._deaf()
        await self._tasks.close()

    def _ask(self, paragraph: str) -> None:
        if not self._asked:
            self._tasks.start(self._judge(), name="spelling.judge")
        self._asked[paragraph] = None

    async def _judge(self) -> None:
        """Those that wait, the oldest first; what was asked for meanwhile, too."""
        while self._asked and self._spelling is not None:
            paragraph = next(iter(self._asked))
            found = await self._spelling.faults(paragraph, self._names)
            if paragraph not in self._asked:
                continue  # something has changed meanwhile
            del self._asked[paragraph]
            self._known[paragraph] = tuple(found)
            if len(self._known) > _MOST_KEPT:
                self._known.popitem(last=False)
            if found or not self._asked:
                self.judged.emit()

    async def _suggest(self, spelling: Spelling, word: str) -> None:
        found: Sequence[str] = await spelling.suggestions(word)
        self.suggested.emit(word, tuple(found))

    async def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except StoreError as error:
            logger.warning("an own word is not kept: %s", type(error).__name__)

    def _failed(self, error: BaseException) -> None:
        """Without it one can write as well."""
        self._asked.clear()
        logger.warning("spelling is off: %s", user_message(error).title)
