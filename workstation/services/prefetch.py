"""The cases that come next, fetched before anybody asks: cards, files, and the first files open."""

import asyncio
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.requests import RequestRow
from workstation.core.connection import ConnectionState, Link
from workstation.core.live_call import LiveCall
from workstation.core.subscription import Event
from workstation.services.answers import CasesAhead
from workstation.services.case_ahead import CaseAhead, PrefetchLimits
from workstation.services.document_bytes import GaveWay
from workstation.studies.errors import StudyError

if TYPE_CHECKING:
    from workstation.services.annotations import AnnotationService
    from workstation.services.calls import CallService
    from workstation.services.link import LinkState
    from workstation.services.requests import RequestService
    from workstation.services.studies import StudyService

logger = logging.getLogger(__name__)


class PrefetchService:
    """Fetches ahead what `show_next` named: all cards first, then the files of one case after the
    other, in the order in which the review opens them, one transfer at a time.

    It rests without a connection, in a call, and while the doctor waits for a file. Nothing that
    it does counts as seen by the doctor. `progress` tells how many of the cases are ready: card
    and files are here, but for those files that are left to opening (too large, or not to be
    opened at all).
    """

    def __init__(
        self,
        requests: "RequestService",
        studies: "StudyService",
        calls: "CallService",
        link: "LinkState",
        limits: PrefetchLimits | None = None,
        annotations: "AnnotationService | None" = None,
    ) -> None:
        """`annotations`: what was measured in the files is fetched with each card."""
        self.progress: Event[CasesAhead] = Event()
        self._requests = requests
        self._studies = studies
        self._calls = calls
        self._link = link
        self._annotations = annotations
        self._limits = limits or PrefetchLimits()
        self._cases: list[CaseAhead] = []
        self._told = CasesAhead()
        self._stirred = asyncio.Event()
        requests.changed.subscribe(self._heard)
        requests.gone.subscribe(self._gone)
        requests.reload_needed.subscribe(lambda _: self._read_again())
        studies.opening_changed.subscribe(lambda _: self._stirred.set())
        calls.changed.subscribe(self._call_changed)
        link.changed.subscribe(self._link_changed)

    @property
    def ahead(self) -> CasesAhead:
        """How far it is."""
        return self._told

    def is_ready(self, request_id: RequestId) -> bool:
        """Whether all of that case is here that is fetched ahead."""
        return any(case.request_id == request_id and case.is_ready for case in self._cases)

    def show_next(self, ids: Iterable[RequestId], current: RequestId | None = None) -> None:
        """What the doctor will probably open, the most probable first; the rest is let go.

        `current`: the case that is open now. Its other files come before all, as bytes alone.
        """
        wanted = [one for one in dict.fromkeys(ids) if one != current][: self._limits.cases]
        known = {case.request_id: case for case in self._cases}
        order = wanted if current is None else [current, *wanted]
        self._cases = [known.get(one) or CaseAhead(one, self._limits) for one in order]
        for case in self._cases:
            case.set_current(case.request_id == current)
            case.try_again()
        self._share_out()
        self._look_again()
        self._tell()

    async def run(self) -> None:
        """Fetches until cancelled. One task, owned by the account's scope."""
        forget = self._studies.decoder_restarted.subscribe(lambda _: self._open_again())
        try:
            while True:
                self._stirred.clear()
                if not await self._step_safely():
                    await self._stirred.wait()
        finally:
            forget()
            self._studies.stop_ahead()

    async def _step_safely(self) -> bool:
        try:
            return await self._step()
        # A mistake in what nobody has asked for yet must not cost the connection beside it.
        except Exception:
            logger.exception("not fetched ahead")
            return False

    async def _step(self) -> bool:
        """One card or one file; False where there is nothing to do now."""
        if not self._may_work():
            return False
        case = next((one for one in self._cases if one.wants_card), None)
        if case is not None:
            await self._read(case)
            return True
        for case in self._cases:
            document = case.next_document()
            if document is not None:
                await self._bring(case, document)
                return True
        return False

    def _may_work(self) -> bool:
        is_online = self._link.state.link is Link.ONLINE
        return is_online and not self._in_call and not self._studies.is_opening

    @property
    def _in_call(self) -> bool:
        live = self._calls.live
        return live is not None and live.is_on

    async def _read(self, case: CaseAhead) -> None:
        case.begin_card()
        try:
            card = await self._requests.fetch_ahead(case.request_id)
        except BackendError as error:
            logger.info("%s not fetched ahead: %s", case.request_id, type(error).__name__)
            case.fail_card()
        else:
            case.take_card(card)
            if case.is_withdrawn:
                self._studies.drop_ahead(case.request_id)
            elif card.documents:
                await self._keep_annotations(case.request_id)
            self._share_out()
        self._tell()

    async def _keep_annotations(self, request_id: RequestId) -> None:
        """Without them the case is as ready: the review asks again."""
        try:
            if self._annotations is not None:
                await self._annotations.keep_ahead(request_id)
        except BackendError as error:
            name = type(error).__name__
            logger.info("measurements of %s not fetched ahead: %s", request_id, name)

    async def _bring(self, case: CaseAhead, document: Document) -> None:
        def may_go_on() -> bool:
            is_wanted = case in self._cases and case.wants(document)
            return is_wanted and self._link.state.link is Link.ONLINE and not self._in_call

        opens = case.opens(document)
        try:
            if not opens:
                await self._studies.keep_ahead(document, may_go_on)
            elif not await self._studies.open_ahead(document, may_go_on):
                case.has_room = False
        except GaveWay:
            return
        except BackendError as error:
            logger.info("%s not fetched ahead: %s", document.id, type(error).__name__)
            case.fail() if error.is_temporary else case.leave(document)
        except StudyError as error:
            # Who opens it is told why it cannot be shown, or sees it opened at another try.
            logger.info("%s not opened ahead: %s", document.id, type(error).__name__)
            case.leave(document)
        else:
            case.have(document, is_open=opens)
        self._tell()

    def _share_out(self) -> None:
        """Which files are within the limits, nearest cases first."""
        left = self._limits.total_bytes
        for case in self._cases:
            left -= case.share_out(left)
        self._rank()

    def _rank(self) -> None:
        files = [one for case in self._cases for one in case.documents if case.opens(one)]
        self._studies.ahead.want(files)

    def _heard(self, row: RequestRow) -> None:
        """A changed row makes the card stale; where a consent is gone nothing stays open
        (SPB-13)."""
        case = next((one for one in self._cases if one.request_id == row.id), None)
        if row.missing_consents and (case is None or case.loses_consent(row)):
            self._studies.drop_ahead(row.id)
        if case is not None:
            case.hear(row)
            self._stirred.set()
            self._tell()

    def _gone(self, request_id: RequestId) -> None:
        self._studies.drop_ahead(request_id)
        self._cases = [case for case in self._cases if case.request_id != request_id]
        self._look_again()
        self._tell()

    def _read_again(self) -> None:
        for case in self._cases:
            case.forget_card()
        self._stirred.set()
        self._tell()

    def _open_again(self) -> None:
        """What was open went with the decoder process."""
        for case in self._cases:
            case.forget_open()
        self._stirred.set()
        self._tell()

    def _call_changed(self, live: LiveCall) -> None:
        self._look_again()

    def _link_changed(self, state: ConnectionState) -> None:
        if state.link is Link.ONLINE:
            for case in self._cases:
                case.try_again()
        self._look_again()

    def _look_again(self) -> None:
        """There may be something to do now, or to stop."""
        self._studies.look_again_ahead()
        self._stirred.set()

    def _tell(self) -> None:
        wanted = [case for case in self._cases if not case.is_current]
        now = CasesAhead(sum(case.is_ready for case in wanted), len(wanted))
        if now != self._told:
            self._told = now
            self.progress.emit(now)
