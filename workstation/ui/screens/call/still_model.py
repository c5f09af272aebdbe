"""A still picture of the patient's camera with one key: whose, whether there is one to be taken,
and what became of it.
"""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.calls import Channel
from workstation.core.call_media import Sending
from workstation.core.call_picture import CallPicture, PictureState, SeenFrame
from workstation.core.live_call import CallPhase, LiveCall
from workstation.ui.error_text import user_message
from workstation.ui.screens.call.call_words import Said
from workstation.ui.screens.call.ports import CallControls, StillPictures
from workstation.ui.task_scope import TaskScope
from workstation.ui.wording import Wording

SAID_MS: Final = 6_000
"""So long it is said what became of a picture."""


class StillModel(QObject):
    """One for the call's screen and its strip. A picture belongs to the request of the call that is
    on, whichever case is shown.
    """

    changed = Signal()

    def __init__(
        self,
        pictures: StillPictures,
        calls: CallControls,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.said: Said | None = None
        """What became of the last picture, for a moment."""
        self._pictures, self._calls, self._wording = pictures, calls, wording
        self._last: CallPicture | None = None
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.timeout.connect(self.dismiss)
        self._tasks = TaskScope(on_error=self._failed)
        self._unsubscribe = pictures.changed.subscribe(self._heard)

    def take(self, seen: SeenFrame | None) -> None:
        """Takes what the doctor sees now; None: no picture is before the doctor's eyes."""
        live = self._calls.live
        if live is None or not live.is_on:
            return
        why = self._why_not(live) or (self.tr("there is no picture yet") if seen is None else "")
        if seen is None or why:
            title = self.tr("No picture was taken: {}").format(why)
            self._say(Said("camera-slash", title, self.tr("The call goes on"), "warn"))
        else:
            self._tasks.start(self._pictures.take(live.request_id, seen), name="call.still")

    def dismiss(self) -> None:
        """It was said for long enough."""
        self._moment.stop()
        self.said = None
        self.changed.emit()

    async def close(self) -> None:
        """What is being taken is kept yet; then this ends for good."""
        self._moment.stop()
        await self._tasks.finish()
        self._unsubscribe()

    def _why_not(self, live: LiveCall) -> str:
        if live.phase is CallPhase.RECOVERING:
            return self.tr("the link is being made again")
        if live.phase is not CallPhase.TALKING:
            return self.tr("the patient is not seen yet")
        if live.channel is not Channel.VIDEO:
            return self.tr("the patient has answered without a picture")
        media = live.remote_media
        if media is not None and media.video is not Sending.ON:
            return self.tr("the patient's camera is off")
        return "" if live.is_receiving else self.tr("nothing comes from the patient now")

    def _heard(self, picture: CallPicture) -> None:
        live, last = self._calls.live, self._last
        if live is None or live.request_id != picture.request_id:
            return
        if last is not None and last.taken_at > picture.taken_at:
            return
        is_same = last is not None and last.taken_at == picture.taken_at
        if is_same and picture.state is PictureState.KEPT:
            return  # the server was quicker
        self._last = picture
        self._say(self._words(picture))

    def _words(self, picture: CallPicture) -> Said:
        time = self._wording.time(picture.taken_at)
        match picture.state:
            case PictureState.KEPT:
                title = self.tr("Picture of {} is kept and waits to be sent").format(time)
                detail = self.tr("It goes to the documents by itself, without a link later")
                return Said("camera", title, detail)
            case PictureState.SENT:
                title = self.tr("Picture of {} is among the documents").format(time)
                return Said("check-circle", title, tone="ok")
            case PictureState.REFUSED:
                title = self.tr("The server does not take the picture of {}").format(time)
                detail = self.tr("The request may be over by now")
                return Said("warning-octagon", title, detail, "danger")

    def _failed(self, error: BaseException) -> None:
        told = user_message(error)
        title = self.tr("The picture was not kept: {}").format(told.title)
        self._say(Said("warning-octagon", title, told.detail, "danger"))

    def _say(self, said: Said) -> None:
        self.said = said
        self._moment.start(SAID_MS)
        self.changed.emit()
