"""The doctor's signature under the pages that are shown (OZ-12, DRC-13). No PIN is kept here."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import RequestId
from backend_client.models.conclusions import Conclusion
from workstation.services.answers import Preview
from workstation.services.lifting import Lifting
from workstation.ui.error_text import UserMessage
from workstation.ui.screens.conclusion.asked import Keys
from workstation.ui.task_scope import TaskScope
from workstation.ui.widgets.signing_words import SigningWords, is_signing_error, is_wrong_pin

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts
    from signing.signed_file import LevelReached

logger = logging.getLogger(__name__)


class SigningModel(QObject):
    """One signature at a time; it goes on where its case is left meanwhile."""

    changed = Signal()
    signed = Signal(object)
    """The server has the signed file: its Conclusion."""
    lifting_heard = Signal(str)
    """Of which request's signed file it stands otherwise with its level."""
    refused = Signal(object)
    """The error for which there is no signed conclusion; its words are in `problem`."""

    def __init__(self, keys: Keys, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = SigningWords(self)
        self.certificate: CertificateFacts | None = None
        self.no_certificate: UserMessage | None = None
        """Why there is none."""
        self.problem: UserMessage | None = None
        self.is_pin_wrong = False
        self.needs_pin = True
        """False: the key is open for a while, and signs without it."""
        self.unsent: Preview | None = None
        """Signed, and not known to be with the server: signing it again hands in the same file."""
        self.ordered: RequestId | None = None
        """Whose conclusion is being signed now."""
        self._keys = keys
        self._last: Preview | None = None
        self._tasks = TaskScope(on_error=self._failed)
        self._reads = TaskScope(on_error=self._not_read)
        self._unwatch = keys.watch_lifting(self.lifting_heard.emit)

    @property
    def is_busy(self) -> bool:
        """Whether a signature is being made or handed in."""
        return self.ordered is not None

    @property
    def is_reading(self) -> bool:
        """Whether the certificate is not known yet, for better or worse."""
        return self.certificate is None and self.no_certificate is None

    @property
    def pin_hint(self) -> str:
        """The PIN that opens a demonstration's key; "" elsewhere."""
        return self._keys.pin_hint

    @property
    def wanted_level(self) -> str:
        """Which level the next signature aims at: «PAdES B-LTA»."""
        return self._keys.wanted_level

    def level(self, request_id: RequestId) -> "LevelReached | None":
        """How high the signature of this run reached; None: none was made."""
        return self._keys.level(request_id)

    def lifting(self, request_id: RequestId) -> Lifting | None:
        """How it stands with raising the level of its file; None: nothing is to be done."""
        return self._keys.lifting(request_id)

    @property
    def knows_public_address(self) -> bool:
        """Whether the paper's address is one that the clinic has set for everybody."""
        return self._keys.knows_public_address

    @property
    def compares_snils(self) -> bool:
        """Whether the certificate is compared by SNILS, not by name alone."""
        return self._keys.compares_snils

    def read_certificate(self) -> None:
        """Asks with what it will be signed."""
        self._reads.cancel("conclusion.certificate")
        self._reads.start(self._read(), name="conclusion.certificate")

    def sign(self, preview: Preview, pin: str) -> None:
        """Signs exactly this preview."""
        if self.is_busy:
            return
        self.problem, self.is_pin_wrong = None, False
        self.ordered, self._last = preview.request_id, preview
        self.changed.emit()
        self._tasks.start(self._sign(preview, pin), name="conclusion.sign")

    def forget(self) -> None:
        """Another case: what went wrong with the last one is not its matter."""
        if self.problem is not None or self.unsent is not None:
            self.problem, self.unsent, self.is_pin_wrong = None, None, False
            self.changed.emit()

    async def close(self) -> None:
        """Ends everything for good."""
        self._unwatch()
        await self._reads.close()
        await self._tasks.close()

    async def _read(self) -> None:
        self.needs_pin = await self._keys.needs_pin()
        self.certificate = await self._keys.certificate()
        self.no_certificate = None
        self.changed.emit()

    async def _sign(self, preview: Preview, pin: str) -> None:
        conclusion: Conclusion = await self._keys.sign(preview, pin)
        self.ordered, self.unsent = None, None
        self.signed.emit(conclusion)
        self.changed.emit()
        self.needs_pin = await self._keys.needs_pin()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        logger.info("not signed: %s", type(error).__name__)
        self.is_pin_wrong = is_wrong_pin(error)
        self.needs_pin = self.needs_pin or is_signing_error(error)
        lost = getattr(error, "is_temporary", False) and not is_signing_error(error)
        self.unsent = self._last if lost else None
        self.problem = self._not_handed_in(error) if lost else self.words.message(error)
        self.refused.emit(error)
        self.ordered = None
        self.changed.emit()

    def _not_handed_in(self, error: BaseException) -> UserMessage:
        title = self.tr("The signature is made, but not handed in: {}")
        reason = self.words.message(error).title
        detail = self.tr("Press again: the same signed file will be handed in.")
        return UserMessage(title.format(reason[:1].lower() + reason[1:]), detail, can_retry=True)

    def _not_read(self, error: BaseException) -> None:
        self.certificate, self.no_certificate = None, self.words.message(error)
        self.changed.emit()
