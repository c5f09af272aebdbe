"""The choice of a signing key: what is chosen, what a token offers, and why a choice is refused."""

import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from workstation.services.signing_keys import KeyChoice
from workstation.ui.error_text import UserMessage
from workstation.ui.task_scope import TaskScope
from workstation.ui.widgets.signing_words import SigningWords, is_wrong_pin

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts
    from workstation.services.chosen_certificates import TokenKeyFound

logger = logging.getLogger(__name__)


class OwnKeys(Protocol):
    """What is asked of the service."""

    @property
    def may_choose(self) -> bool:
        """Not in the demonstration."""

    async def choice(self) -> KeyChoice:
        """What was chosen."""

    async def certificate(self) -> "CertificateFacts":
        """Its certificate; raises NoCertificate."""

    async def known_library(self) -> str:
        """A token maker's library that is installed here; "" where none is."""

    async def token_keys(self, library: str) -> "list[TokenKeyFound]":
        """What tokens offer. Raises a SigningError."""

    async def choose(self, choice: KeyChoice, pin: str) -> "CertificateFacts":
        """Takes a key. Raises a SigningError or SecretError."""


class KeyModel(QObject):
    """One question at a time. No PIN is kept here."""

    changed = Signal()
    taken = Signal()
    """The key was opened and is the one that signs now."""

    def __init__(self, keys: OwnKeys, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = SigningWords(self)
        self.choice = KeyChoice()
        self.facts: CertificateFacts | None = None
        self.found: list[TokenKeyFound] | None = None
        """None where nobody has looked."""
        self.library = ""
        """A token maker's library that is installed here."""
        self.problem: UserMessage | None = None
        self.is_pin_wrong = False
        self.is_busy = False
        self._keys = keys
        self._tasks = TaskScope(on_error=self._failed)
        self._reads = TaskScope(on_error=self._not_read)

    @property
    def may_choose(self) -> bool:
        """Not in the demonstration."""
        return self._keys.may_choose

    def read(self) -> None:
        """What signs now."""
        self._reads.start(self._read(), name="settings.key.read")

    def begin(self) -> None:
        """The dialog opens: earlier answers are not its matter."""
        self.problem, self.is_pin_wrong, self.found = None, False, None

    def forget_problem(self) -> None:
        """Another kind of key: what was wrong with the last one is not its matter."""
        if self.problem is not None:
            self.problem, self.is_pin_wrong = None, False
            self.changed.emit()

    def look_for_tokens(self, library: str) -> None:
        """Lists the keys of the tokens that are plugged in."""
        self._start(self._look(library), "settings.key.tokens")

    def take(self, choice: KeyChoice, pin: str) -> None:
        """Opens the key once, and takes it where that goes well."""
        self._start(self._take(choice, pin), "settings.key.take")

    async def close(self) -> None:
        """Ends everything for good."""
        await self._reads.close()
        await self._tasks.close()

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        if self.is_busy:
            work.close()
            return
        self.problem, self.is_pin_wrong, self.is_busy = None, False, True
        self.changed.emit()
        self._tasks.start(work, name=name)

    async def _read(self) -> None:
        self.choice = await self._keys.choice()
        self.library = await self._keys.known_library()
        self.facts = await self._keys.certificate()
        self.changed.emit()

    async def _look(self, library: str) -> None:
        self.found = await self._keys.token_keys(library)
        self.is_busy = False
        self.changed.emit()

    async def _take(self, choice: KeyChoice, pin: str) -> None:
        self.facts = await self._keys.choose(choice, pin)
        self.choice = await self._keys.choice()
        self.is_busy = False
        self.changed.emit()
        self.taken.emit()

    def _failed(self, error: BaseException) -> None:
        logger.info("the key was not taken: %s", type(error).__name__)
        self.is_busy, self.is_pin_wrong = False, is_wrong_pin(error)
        self.problem = self.words.message(error)
        self.changed.emit()

    def _not_read(self, error: BaseException) -> None:
        logger.info("no certificate: %s", type(error).__name__)
        self.facts = None
        self.changed.emit()
