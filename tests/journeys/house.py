"""The first half of the tour: the house stands, the queue lives, files open, a time is offered."""

import asyncio
import os
import signal
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from backend_client.models.documents import DocumentKind
from backend_client.models.requests import QueueGroup
from tests.journeys.colleague import Colleague, demo_password
from tests.journeys.driver import Desk, hold
from tests.journeys.stage import Stage
from tests.journeys.steps import (
    choose_patient,
    document_of,
    leave_case,
    open_a_clip,
    open_case,
    open_file,
    playing_clip,
    queue_is_there,
    screens,
    server_answers,
    sign_in,
    sign_out,
    type_into,
)
from workstation.core.connection import Link
from workstation.services.certificates import Certificates
from workstation.services.sync import SyncService
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.slot.view import SlotView
from workstation.ui.widgets.rail import Rail

CASE = "Верещагин"
PHOTO_CASE = "Дёмина"
DAMAGED_CASE = "Шубин"
SLOT_CASE = "Тарханова"


class House:
    """Steps of the tour. Each returns what held, in words."""

    certificates: Certificates
    """With which conclusions are signed."""

    def __init__(self, desk: Desk, stage: Stage, out: Path) -> None:
        self.desk, self.stage, self.out = desk, stage, out

    async def sign_in_screen(self) -> str:
        """Demo accounts are listed."""
        await server_answers(self.desk)
        await self.desk.sign_with(self.certificates)
        count = len(self.desk.workstation.sign_in.view_model.accounts)
        hold(count >= 4, "fewer than four demo accounts")
        return f"{count} demo accounts"

    async def wrong_password(self) -> str:
        """A wrong password is refused beside the field."""
        type_into(self.desk, "signIn.login", "levashova")
        type_into(self.desk, "signIn.password", "not the password")
        self.desk.press(Qt.Key.Key_Return)
        problem = self.desk.find(QWidget, "signIn.problem")
        await self.desk.until(problem.isVisible, "no word about the wrong password")
        hold(self.desk.workstation.desk is None, "signed in with a wrong password")
        return "refused in place"

    async def queue(self) -> str:
        """The queue of the cardiologist's centre."""
        await sign_in(self.desk, "levashova")
        counts = screens(self.desk).queue_model
        await self.desk.until(lambda: counts.counts, "no counts")
        self.desk.window.setFocus()
        return f"{counts.rows.rowCount()} rows"

    async def card(self) -> str:
        """Walks down to a patient: the card shows diagnosis, checklist, history."""
        await choose_patient(self.desk, CASE)
        model = screens(self.desk).queue.card.view_model
        await self.desk.until(lambda: model.card is not None, "the card did not come")
        return f"{model.items.rowCount()} checklist items"

    async def queue_changes(self) -> str:
        """A colleague elsewhere takes a request: its row changes by itself."""
        address = self.stage.colleagues_address
        model = screens(self.desk).queue_model
        model.choose_group(QueueGroup.ALL)
        await queue_is_there(self.desk)
        async with Colleague(address, await demo_password(address)) as colleague:
            row = next(
                r for r in await colleague.free_requests() if model.rows.row_of(r.id) is not None
            )
            await colleague.take(row)
            seconds = await self.desk.until(
                lambda: self._owner(row.id) is not None, "the row did not change"
            )
            await self.desk.picture(self.out / "queue_changed_by_colleague.png")
            await colleague.give_back(row)
            await self.desk.until(lambda: self._owner(row.id) is None, "the row did not come back")
        return f"seen after {seconds * 1000:.0f} ms"

    async def review(self) -> str:
        """Enter takes the case: ECG on paper and a clip."""
        await open_case(self.desk, CASE)
        await open_file(self.desk, document_of(self.desk, DocumentKind.CLIP))
        await open_file(self.desk, document_of(self.desk, DocumentKind.ECG))
        model = screens(self.desk).review_model
        hold(model.active.state is PaneState.READY, "the ECG was not opened")
        await self._all_ready()
        return f"{len(model.documents)} files"

    async def clip_plays(self) -> str:
        """The clip plays at its own frame times: one loop takes as long as the file says."""
        await open_file(self.desk, document_of(self.desk, DocumentKind.CLIP))
        clip = playing_clip(self.desk)
        if not clip.is_playing:
            self.desk.press(Qt.Key.Key_Space)
        numbers: list[int] = []
        clip.frame_shown.connect(numbers.append)
        await self.desk.until(lambda: len(set(numbers)) > 10, "the clip does not play")
        begun, first = time.perf_counter(), len(numbers)
        await asyncio.sleep(1.0)
        rate = (len(numbers) - first) / (time.perf_counter() - begun)
        await self.desk.picture(self.out / "clip_plays.png")
        self.desk.press(Qt.Key.Key_Space)
        return f"{rate:.0f} frames/s shown, {clip.dropped} dropped"

    async def document(self) -> str:
        """A PDF, page by page."""
        await open_file(self.desk, document_of(self.desk, DocumentKind.PDF))
        await self._all_ready()
        return "first page shown"

    async def photo(self) -> str:
        """A photo of a paper document, upright."""
        await leave_case(self.desk)
        await open_case(self.desk, PHOTO_CASE)
        await open_file(self.desk, document_of(self.desk, DocumentKind.PHOTO))
        await self._all_ready()
        return "shown"

    async def damaged_file(self) -> str:
        """A clip that was cut off in the middle: what is wrong is said, the window lives."""
        await leave_case(self.desk)
        await open_case(self.desk, DAMAGED_CASE)
        await open_file(self.desk, document_of(self.desk, DocumentKind.CLIP, "часть файла"))
        await self._all_ready()
        return "said what is wrong"

    async def decoder_killed(self) -> str:
        """The decoder is killed while a clip plays: the clip goes on, and the doctor is told."""
        await leave_case(self.desk)
        await open_a_clip(self.desk)
        backing = self.desk.workstation.backing
        assert backing is not None
        before = backing.opener.pid
        assert before is not None
        os.kill(before, signal.SIGKILL)
        await self.desk.until(self._told_of_restart, "the doctor was not told")
        frames: list[int] = []
        playing_clip(self.desk).frame_shown.connect(frames.append)
        seconds = await self.desk.until(lambda: len(frames) > 5, "the clip does not go on")
        hold(backing.opener.pid not in (None, before), "the decoder is the same")
        return f"told, and playing on {seconds * 1000:.0f} ms later"

    async def media_killed(self) -> str:
        """The media process is killed: it comes back, and the doctor is told."""
        backing = self.desk.workstation.backing
        assert backing is not None
        media = backing.media
        await media.ping()
        before = media.pid
        assert before is not None
        os.kill(before, signal.SIGKILL)
        seconds = await self.desk.until(
            lambda: media.pid not in (None, before), "media did not come back"
        )
        await media.ping()
        notice = self.desk.find(QWidget, "notice")
        await self.desk.until(notice.isVisible, "the doctor was not told")
        return f"up again after {seconds * 1000:.0f} ms"

    async def slot(self) -> str:
        """T shows the week with suggested times; the first one is chosen."""
        await leave_case(self.desk)
        await open_case(self.desk, SLOT_CASE)
        self.desk.press(Qt.Key.Key_T)
        await self.desk.until(lambda: self._seen(SlotView), "the slot screen did not come")
        model = screens(self.desk).slot_model
        await self.desk.until(lambda: model.suggestions, "no times are suggested")
        return f"{len(model.suggestions)} times suggested"

    async def slot_proposed(self) -> str:
        """1, Enter proposes the time: the doctor's week shows it (OZ-8)."""
        self.desk.press(Qt.Key.Key_1)
        self.desk.press(Qt.Key.Key_Return)
        rooms = screens(self.desk)
        await self.desk.until(rooms.queue.isVisible, "the queue did not come back")
        self.desk.window.findChildren(Rail)[0].chosen.emit("week")
        model = rooms.week_model
        await self.desk.until(
            lambda: any(one.patient_name.startswith(SLOT_CASE) for one in model.entries),
            "the week does not show the proposal",
        )
        await self.desk.picture(self.out / "week.png")
        self.desk.window.findChildren(Rail)[0].chosen.emit("queue")
        return "stands in the doctor's week"

    async def server_lost(self) -> str:
        """The backend is killed in the middle: a banner, and the return by itself."""
        sync = self._sync()
        await self.stage.kill_doctors_server()
        await self.desk.until(lambda: sync.state.link is Link.OFFLINE, "the loss was not seen")
        await self.desk.picture(self.out / "server_lost_banner.png")
        await self.stage.start_doctors_server()
        seconds = await self.desk.until(
            lambda: sync.state.link is Link.ONLINE, "the connection did not come back", 60
        )
        await queue_is_there(self.desk)
        return f"back after {seconds:.1f} s"

    async def other_centre(self) -> str:
        """Signs out; the obstetrician's queue is another one."""
        address = self.desk.workstation.server_address
        hold(bool(address), "no server")
        cardio = {row.number for row in screens(self.desk).queue_model.rows.records()}
        await sign_out(self.desk)
        await sign_in(self.desk, "zimina")
        perinatal = {row.number for row in screens(self.desk).queue_model.rows.records()}
        hold(bool(perinatal) and not perinatal & cardio, "the centres' lists overlap")
        return f"{len(perinatal)} rows, none of the other centre"

    def _seen(self, kind: type[QWidget]) -> bool:
        return any(widget.isVisible() for widget in self.desk.window.findChildren(kind))

    def _told_of_restart(self) -> bool:
        panes = screens(self.desk).review.panes
        return any("перезапущен" in note for pane in panes for note in pane.note_texts())

    def _owner(self, request_id: str) -> object:
        rows = screens(self.desk).queue_model.rows
        row = rows.row_of(request_id)
        record = None if row is None else rows.record(row)
        return None if record is None else record.owner

    def _sync(self) -> SyncService:
        desk = self.desk.workstation.desk
        assert desk is not None
        return desk.sync

    async def _all_ready(self) -> None:
        """Every pane that is seen shows its file, or says why it does not."""
        model = screens(self.desk).review_model
        settled = (PaneState.READY, PaneState.FAILED)
        await self.desk.until(
            lambda: all(pane.state in settled for pane in model.visible_panes),
            "a pane is still loading",
        )
