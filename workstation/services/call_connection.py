"""One connection of a call: our offer, the page's answer, and the talk until it is lost."""

import asyncio
import logging
from typing import Final

from backend_client.models.calls import SignalKind
from workstation.core.call_media import MediaState, SessionDescription
from workstation.core.live_call import Recovery
from workstation.media.errors import BadDescription, MediaStopped, NotPossibleNow
from workstation.services.background import Alarm, BackgroundTasks
from workstation.services.call_doors import MediaLink
from workstation.services.call_line import CallLine
from workstation.services.call_progress import CallProgress
from workstation.services.call_signals import media_payload, offer_payload
from workstation.services.call_watch import MediaWatch
from workstation.services.delays import Sleep
from workstation.services.own_media import OwnMedia

logger = logging.getLogger(__name__)

ANSWER_S: Final = 15.0
"""A page that is there answers an offer within this time."""
_WEIGHT: Final = (Recovery.LINK_LOST, Recovery.PATIENT_CAME_BACK, Recovery.MEDIA_RESTARTED)
"""Of several causes at once the last of these counts."""


class CallConnection:
    """Runs once, over one link; `lost` may be called by whoever finds out."""

    def __init__(
        self,
        link: MediaLink,
        line: CallLine,
        own: OwnMedia,
        progress: CallProgress,
        tasks: BackgroundTasks,
        sleep: Sleep,
    ) -> None:
        self._link = link
        self._line = line
        self._own = own
        self._progress = progress
        self._tasks = tasks
        self._number = line.connection
        self._watch = MediaWatch(link, Alarm(sleep, tasks, "call.silence"), self)
        self._patience = Alarm(sleep, tasks, "call.answer")
        self._woken = asyncio.Event()
        self._own_changed = asyncio.Event()
        self._answer: SessionDescription | None = None
        self._is_answered = False
        self._has_patient_said = False
        self._reason: Recovery | None = None
        self._is_ignored = False

    async def run(self) -> Recovery | None:
        """Until it is lost, and why; None where the page has not answered in time."""
        self._watch.start()
        forget = [
            self._own.changed.subscribe(lambda _: self._own_changed.set()),
            self._link.remote_media_changed.subscribe(self._patient_says),
        ]
        telling: asyncio.Task[None] | None = None
        try:
            if not await self._offer():
                return Recovery.LINK_LOST
            telling = self._tasks.start(self._tell_media(), "call.tell_media")
            return await self._until_lost()
        except MediaStopped:
            return Recovery.MEDIA_RESTARTED
        except (NotPossibleNow, MemoryError) as error:
            logger.warning("call %s: no connection: %s", self._line.call_id, type(error).__name__)
            return self._reason or Recovery.LINK_LOST
        finally:
            for one in forget:
                one()
            self._watch.stop()
            self._patience.call_off()
            if telling is not None:
                telling.cancel()

    # what comes in

    def take_answer(self, answer: SessionDescription) -> None:
        """The page has answered; what it answers after that says nothing."""
        if not self._is_answered:
            self._answer = answer
        self._woken.set()

    def patient_sends(self, media: MediaState) -> None:
        """What the page says by way of the server: slower, and of missing devices nothing."""
        if not self._has_patient_said:
            self._show_patient(media)

    def lost(self, reason: Recovery) -> None:
        """It must be made again; of several reasons the gravest counts."""
        if self._reason is None or _WEIGHT.index(reason) > _WEIGHT.index(self._reason):
            self._reason = reason
        self._woken.set()

    def receiving(self, *, is_on: bool) -> None:
        """Shown."""
        self._progress.receiving(is_on=is_on)

    def talking(self) -> None:
        """Shown."""
        self._progress.talking()

    # the connection

    def _patient_says(self, media: MediaState) -> None:
        """Over the connection itself: from now on this counts."""
        self._has_patient_said = True
        self._show_patient(media)

    def _show_patient(self, media: MediaState) -> None:
        self._progress.patient_sends(media)
        self._watch.patient_sends(media)

    async def _offer(self) -> bool:
        payload = offer_payload(await self._link.offer())
        if self._reason is not None:
            return True  # known to be in vain
        return await self._line.send(SignalKind.OFFER, self._number, payload)

    async def _until_lost(self) -> Recovery | None:
        self._patience.set(ANSWER_S, self._was_ignored)
        while self._reason is None and not self._is_ignored:
            answer, self._answer = self._answer, None
            if answer is not None:
                await self._accept(answer)
                continue
            await self._woken.wait()
            self._woken.clear()
        return self._reason

    async def _accept(self, answer: SessionDescription) -> None:
        try:
            await self._link.accept(answer)
        except BadDescription:
            logger.warning("call %s: the answer cannot be used", self._line.call_id)
        else:
            self._is_answered = True
            self._patience.call_off()

    def _was_ignored(self) -> None:
        self._is_ignored = True
        self._woken.set()

    async def _tell_media(self) -> None:
        """At the start and at every change; only the newest counts."""
        told = ""
        while True:
            self._own_changed.clear()
            media = media_payload(microphone=self._own.sends_sound, camera=self._own.sends_picture)
            if media != told:
                if not await self._line.send(SignalKind.MEDIA, self._number, media):
                    return
                told = media
            else:
                await self._own_changed.wait()
