"""The texts in the window, as findings from the files come into them."""

from collections.abc import Callable

from backend_client.models.common import RequestId
from backend_client.models.conclusions import ConclusionForm, ConclusionState
from backend_client.models.requests import RequestRow
from workstation.services.evidence_doors import Refusal
from workstation.ui.screens.conclusion.asked import Findings
from workstation.ui.screens.conclusion.draft_writer import DraftWriter

Why = Callable[[DraftWriter], Refusal | None]
"""Why nothing can be put into a text now; None where it can."""


class WriterHand:
    """A `DraftWriter` for the service of findings."""

    def __init__(self, writer: DraftWriter, refusal: Why) -> None:
        self._writer, self._refusal = writer, refusal

    @property
    def form(self) -> ConclusionForm:
        """As it is now."""
        return self._writer.form

    @property
    def version(self) -> int:
        """Of the record that is edited; 0 before the first."""
        return self._writer.version

    @property
    def state(self) -> ConclusionState:
        """Where the conclusion stands."""
        record = self._writer.record
        return ConclusionState.DRAFTING if record is None else record.state

    @property
    def is_kept(self) -> bool:
        """Whether the server has all of it."""
        return self._writer.is_kept

    @property
    def is_disputed(self) -> bool:
        """Whether the doctor has to choose between two texts first."""
        return self._writer.theirs is not None

    def refusal(self) -> Refusal | None:
        """Why nothing can be put into it now."""
        return self._refusal(self._writer)

    def put_in(self, form: ConclusionForm) -> None:
        """The same text with a finding more, or less."""
        self._writer.put_in(form)

    async def settle(self) -> bool:
        """Saves everything; False where that did not succeed."""
        return await self._writer.settle()


class Hands:
    """Of all texts that are written in the window, seen or not saved yet."""

    def __init__(self, findings: Findings | None, refusal: Why) -> None:
        """`findings` None: nobody brings any."""
        self._findings, self._refusal = findings, refusal
        self._releases: dict[RequestId, Callable[[], None]] = {}

    def hold(self, writer: DraftWriter, row: RequestRow) -> None:
        """What is found in the files of that case comes into this text from now on."""
        if self._findings is not None:
            hand = WriterHand(writer, self._refusal)
            self._releases[writer.request_id] = self._findings.hold(row, hand)

    def tell(self, request_id: RequestId) -> None:
        """That text is another one."""
        if self._findings is not None:
            self._findings.tell(request_id)

    def release(self, request_id: RequestId) -> None:
        """That text is written no more."""
        release = self._releases.pop(request_id, None)
        if release is not None:
            release()
