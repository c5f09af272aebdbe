"""Messages that were written and not sent, kept on this computer until the server has them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from backend_client.models.common import RequestId
from workstation.core.kept_message import KeptMessage
from workstation.services.delays import Sleep
from workstation.services.kept_for_requests import KeptForRequests, KeptStore


def _now() -> datetime:
    return datetime.now(UTC)


class KeptMessages(KeptForRequests[KeptMessage]):
    """The texts of one account, one for each request; without a store, in memory alone."""

    kind = "message"
    ends_with_request = False  # it is not sent any more, and may still be read and copied

    def __init__(
        self,
        store: KeptStore[KeptMessage] | None = None,
        now: Callable[[], datetime] = _now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        super().__init__(store, sleep)
        self._now = now

    def text(self, request_id: RequestId) -> str:
        """What is being written; "": nothing."""
        kept = self.of(request_id)
        return "" if kept is None else kept.text

    def write(self, request_id: RequestId, text: str) -> None:
        """The text is this now; an empty one is kept nowhere."""
        if not text:
            self.forget(request_id)
            return
        before = self.of(request_id)
        fresh = KeptMessage(request_id=request_id, changed_at=self._now(), text=text)
        if before is not None:
            fresh = msgspec.structs.replace(fresh, tried=before.tried, key=before.key)
        self.keep(fresh)

    def key(self, request_id: RequestId, text: str) -> str:
        """Under which these words were sent before without an answer; "": they were not."""
        kept = self.of(request_id)
        return kept.key if kept is not None and kept.tried == text else ""

    def trying(self, request_id: RequestId, text: str, key: str) -> None:
        """The words are being sent under this key: that is written down at once."""
        self._mark(request_id, text, key)

    def refused(self, request_id: RequestId) -> None:
        """The server will not take the last try: the next is another one."""
        self._mark(request_id, "", "")

    def sent(self, request_id: RequestId, text: str) -> None:
        """The server has these words; what was typed behind them stays."""
        now = self.text(request_id)
        began = now.lstrip()
        rest = began[len(text) :].lstrip() if began.startswith(text) else now
        self.forget(request_id)
        self.write(request_id, rest)

    def _mark(self, request_id: RequestId, tried: str, key: str) -> None:
        kept = self.of(request_id)
        if kept is not None and (kept.tried, kept.key) != (tried, key):
            self.keep(msgspec.structs.replace(kept, tried=tried, key=key))
            self.write_now()
