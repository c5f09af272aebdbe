"""The rooms of one signed-in account: built when it enters, taken away when it leaves."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from backend_client.models.accounts import Account, Role
from backend_client.models.annotations import Annotation
from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from backend_client.models.listing import TakenNext
from backend_client.models.requests import Action, RequestRow
from workstation.appointed_road import AppointedRoad
from workstation.case_road import CaseModel, CaseRoad, CaseScreen
from workstation.core.call_picture import CallPicture, PictureState
from workstation.next_cases import NextCases
from workstation.notice_road import NoticeRoad
from workstation.orders_elsewhere import OrdersElsewhere
from workstation.threat_in_case import ThreatInCase
from workstation.ui.case_steps import CaseStep, possible_steps
from workstation.ui.choices import LookChoices, NoticeChoices, QueueChoices, WritingChoices
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.main_window import MainWindow, Room
from workstation.ui.notifications.board import ROOM as NOTICES
from workstation.ui.notifications.board import NoticeBoard
from workstation.ui.notifications.room import NoticeRoom
from workstation.ui.notifications.tray import SystemTray, Tray
from workstation.ui.notifications.words import NoticeWords
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.checking.entry import CheckEntry, CheckRow
from workstation.ui.screens.checking.pdf_drop import PdfDrop
from workstation.ui.screens.device_test.devices_menu import KINDS, DevicesMenu
from workstation.ui.screens.device_test.entry import DeviceTestEntry
from workstation.ui.screens.device_test.view import DeviceTestView
from workstation.ui.screens.device_test.view_model import DeviceTestModel
from workstation.ui.screens.queue.view import QueueView
from workstation.ui.screens.queue.view_model import QueueViewModel
from workstation.ui.screens.request_card.view import RequestCardView
from workstation.ui.screens.request_card.view_model import RequestCardViewModel
from workstation.ui.screens.settings.key_model import KeyModel, OwnKeys
from workstation.ui.screens.settings.signing_key import SigningKeyRow
from workstation.ui.screens.settings.view import SettingsView
from workstation.ui.screens.slot.week_model import WeekModel
from workstation.ui.screens.slot.week_view import WeekView
from workstation.ui.screens.triage.places import Place
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations

if TYPE_CHECKING:
    from workstation.services.annotations import AnnotationService
    from workstation.services.appointed_calls import AppointedCalls
    from workstation.services.approvals import ApprovalService
    from workstation.services.archive import ArchiveService
    from workstation.services.call_pictures import CallPictures
    from workstation.services.calls import CallService
    from workstation.services.chat import ChatService
    from workstation.services.checking import CheckingService
    from workstation.services.claims import ClaimService, LostClaim
    from workstation.services.conclusions import ConclusionService
    from workstation.services.contact import ContactService
    from workstation.services.delivery import DeliveryService
    from workstation.services.device_test import DeviceTestService
    from workstation.services.evidence import EvidenceService
    from workstation.services.file_answers import FileAnswers
    from workstation.services.hanging import HangingService
    from workstation.services.icd10 import Icd10Service
    from workstation.services.identity import IdentityService
    from workstation.services.kept_panels import KeptPanels
    from workstation.services.notices import NoticeService
    from workstation.services.phrases import PhraseService
    from workstation.services.prefetch import PrefetchService
    from workstation.services.requests import RequestService
    from workstation.services.schedule import ScheduleService
    from workstation.services.studies import StudyService
    from workstation.services.sync import SyncService
    from workstation.services.triage import TriageService
    from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
    from workstation.ui.screens.call.still_model import StillModel
    from workstation.ui.screens.call.strip import CallStrip
    from workstation.ui.screens.call.view import CallView
    from workstation.ui.screens.call.view_model import CallViewModel
    from workstation.ui.screens.checking.dialog import CheckDialog
    from workstation.ui.screens.conclusion.asked import Spelling
    from workstation.ui.screens.conclusion.view import ConclusionView
    from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
    from workstation.ui.screens.delivery.glance import DeliveryGlance
    from workstation.ui.screens.review.draft_findings import DraftFindings
    from workstation.ui.screens.review.file_questions import FileQuestions
    from workstation.ui.screens.review.measurement_keeper import MeasurementKeeper
    from workstation.ui.screens.review.view import ReviewView
    from workstation.ui.screens.review.view_model import ReviewViewModel
    from workstation.ui.screens.slot.view_model import SlotViewModel

BUILD_REST_S = 0.1
REVIEW, SLOT, CALL, CONCLUSION = "review", "slot", "call", "conclusion"
ARCHIVE = "archive"
DEVICES = "devices"
_SCREENS = {CaseStep.TIME: SLOT, CaseStep.CALL: CALL, CaseStep.CONCLUSION: CONCLUSION}


class DeskServices(Protocol):
    """What the screens work with of one account's desk."""

    @property
    def account(self) -> "Account":
        """Who works at it."""

    @property
    def requests(self) -> "RequestService":
        """The queue and its requests."""

    @property
    def claims(self) -> "ClaimService":
        """What the doctor has in hand."""

    @property
    def triage(self) -> "TriageService":
        """What the doctor orders from the queue."""

    @property
    def panels(self) -> "KeptPanels":
        """What the doctor has begun to order."""

    @property
    def identity(self) -> "IdentityService":
        """Who the patient is."""

    @property
    def studies(self) -> "StudyService":
        """Files of requests, opened."""

    @property
    def prefetch(self) -> "PrefetchService":
        """Cases that come next, fetched ahead."""

    @property
    def schedule(self) -> "ScheduleService":
        """The doctor's time, and links for patients."""

    @property
    def calls(self) -> "CallService":
        """The call that runs."""

    @property
    def pictures(self) -> "CallPictures":
        """Still pictures of the patient's camera."""

    @property
    def device_test(self) -> "DeviceTestService":
        """Camera, microphone, speaker and network, tried before a call."""

    @property
    def chat(self) -> "ChatService":
        """Messages of patients and to them."""

    @property
    def conclusions(self) -> "ConclusionService":
        """Conclusions, written and signed."""

    @property
    def delivery(self) -> "DeliveryService":
        """How far conclusions have come to their patients."""

    @property
    def icd10(self) -> "Icd10Service":
        """The directory of diagnoses."""

    @property
    def contact(self) -> "ContactService":
        """Attempts to reach a patient."""

    @property
    def phrases(self) -> "PhraseService":
        """Phrases of the account for its conclusions."""

    @property
    def spelling(self) -> "Spelling":
        """Words in doubt."""

    @property
    def evidence(self) -> "EvidenceService":
        """Measurements and strips on their way into conclusions."""

    @property
    def answers(self) -> "FileAnswers":
        """Whose files are that name somebody else."""

    @property
    def annotations(self) -> "AnnotationService":
        """Measurements that are kept with requests."""

    @property
    def hanging(self) -> "HangingService":
        """What the centre has laid down of what opens where."""

    @property
    def approvals(self) -> "ApprovalService":
        """Signed conclusions that wait for the clinic."""

    @property
    def archive(self) -> "ArchiveService":
        """Every signed edition of a conclusion."""

    @property
    def checking(self) -> "CheckingService":
        """Any PDF that somebody holds."""

    @property
    def notices(self) -> "NoticeService":
        """What the doctor has not seen yet."""

    @property
    def appointed(self) -> "AppointedCalls":
        """Calls that are placed at their appointed time."""

    @property
    def sync(self) -> "SyncService":
        """How the workstation stands with its server."""


class Screens:
    """The rooms of one desk, and the screens of a case over them, in the window.

    Queue and week are built at once. The review, which brings the viewers and numpy, and the other
    screens of a case are built at their first use.
    """

    def __init__(
        self,
        desk: DeskServices,
        window: MainWindow,
        theme: Theme,
        words: RequestWords,
        shortcuts: ShortcutRouter,
        look: LookChoices,
        queue_choices: QueueChoices,
        kept: dict[str, str],
        *,
        notice_choices: NoticeChoices | None = None,
        writing_choices: WritingChoices | None = None,
        measured_screens: ScreenCalibrations | None = None,
        tray: Tray | None = None,
        own_key: OwnKeys | None = None,
    ) -> None:
        """`tray`: None: the system's own. `own_key`: with what the account signs, to be chosen."""
        self._desk, self._window, self._theme = desk, window, theme
        self._words, self._shortcuts = words, shortcuts
        self._kept = kept
        self.queue_model = QueueViewModel(desk.requests, words, queue_choices)
        self.card_model = RequestCardViewModel(
            desk.requests, desk.identity, words, chats=desk.chat, deliveries=desk.delivery
        )
        self.triage_model = TriageViewModel(desk.triage, desk.panels, words)
        card = RequestCardView(self.card_model, self.triage_model, theme, words, shortcuts)
        self.queue = QueueView(self.queue_model, card, theme, words, shortcuts, look)
        self.queue.restore(kept.get("queue", "").encode())
        self.queue.columns.restore(kept.get(self._own_columns, "").encode())
        notice_choices = notice_choices or NoticeChoices()
        self._writing_choices = writing_choices or WritingChoices()
        self._measured_screens = measured_screens or ScreenCalibrations()
        self._key_model = None if own_key is None else KeyModel(own_key)
        key_row = (
            None if self._key_model is None else SigningKeyRow(theme, self._key_model, words.time)
        )
        self._check_entry = CheckEntry(window, shortcuts)
        self.settings = SettingsView(
            look,
            theme,
            notice_choices,
            self._measured_screens,
            key_row,
            CheckRow(theme, self._check_entry),
            self._writing_choices,
        )
        self.devices_model = DeviceTestModel(desk.device_test)
        self.devices_model.restore(kept.get(DEVICES, ""))
        self.devices = DeviceTestView(self.devices_model, theme, shortcuts, words.time)
        self._devices_entry = DeviceTestEntry(window, shortcuts)
        self._devices_entry.wanted.connect(self._show_devices)
        self.week_model = WeekModel(desk.schedule, desk.requests, words.time)
        self.week = WeekView(self.week_model, theme, shortcuts, words.time)
        self._cases = {
            REVIEW: CaseScreen(self._build_review),
            SLOT: CaseScreen(self._build_slot),
            CALL: CaseScreen(self._build_call),
            CONCLUSION: CaseScreen(self._build_conclusion),
            ARCHIVE: CaseScreen(self._build_archive),
        }
        self._road = CaseRoad(window, self._cases)
        self._threat = ThreatInCase(self.triage_model, window, self._road, shortcuts)
        self._next_cases = NextCases(
            self.queue_model, lambda: self._road.case, desk.prefetch.show_next
        )
        self.approvals_model: ApprovalsViewModel | None = None
        self._check_dialog: CheckDialog | None = None
        self._only_read: RequestId | None = None
        """A case that is open for the approver to look into."""
        self._strip: CallStrip | None = None
        self._still: StillModel | None = None
        self._glance: DeliveryGlance | None = None
        self._findings: DraftFindings | None = None
        self._questions: FileQuestions | None = None
        self._keeper: MeasurementKeeper | None = None
        self._unfollow: Callable[[], None] = lambda: None
        self._taken: RequestId | None = None
        self._taken_row: RequestRow | None = None
        self._leaving = TaskScope(on_error=self._failed)
        self._building = TaskScope(on_error=self._failed)
        self._put_in_window()
        self._orders = OrdersElsewhere(desk.triage, self.triage_model, window, theme, shortcuts)
        self._road.moved.connect(self._orders.look_again)
        self._add_notices(notice_choices, tray or SystemTray(theme))
        self.appointed = AppointedRoad(
            desk.appointed,
            window,
            theme,
            words.time.now,
            open_case=lambda: self._road.case,
            show_call=partial(self._go, CALL),
            show_strip=self._cases[CALL].prepare,
        )

    def start(self) -> None:
        """Reads the queue and listens to changes."""
        self.queue_model.start()
        self.triage_model.start()
        if self.approvals_model is not None:
            self.approvals_model.start()

    def prepare(self) -> None:
        """Builds the screens of a case while nobody waits for them, with rests in between; then
        what comes next is fetched ahead."""
        self._building.start(self._build_ahead(), name="case.prepare")

    @property
    def review(self) -> "ReviewView":
        """The review screen, built at the first look at it."""
        return cast("ReviewView", self._cases[REVIEW].view)

    @property
    def review_model(self) -> "ReviewViewModel":
        """What the review screen shows."""
        return cast("ReviewViewModel", self._cases[REVIEW].model)

    @property
    def slot_model(self) -> "SlotViewModel":
        """What the slot screen shows."""
        return cast("SlotViewModel", self._cases[SLOT].model)

    @property
    def call_model(self) -> "CallViewModel":
        """What the call screen shows."""
        return cast("CallViewModel", self._cases[CALL].model)

    @property
    def conclusion_model(self) -> "ConclusionViewModel":
        """What the conclusion screen shows."""
        return cast("ConclusionViewModel", self._cases[CONCLUSION].model)

    def state(self) -> dict[str, str]:
        """What the screens want to find again; `kept` of the next session."""
        state = {**self._kept, "queue": self.queue.state().decode()}
        state[self._own_columns] = self.queue.columns.state().decode()
        state[DEVICES] = self.devices_model.state()
        state[self._asked_by_me] = " ".join(sorted(self._desk.notices.asked))
        if self._cases[CALL].is_built:
            state[CALL] = cast("CallView", self._cases[CALL].view).state().decode()
        if self._cases[REVIEW].is_built:
            state[self._own_review] = self.review.state().decode()
        return state

    async def close(self) -> None:
        """Ends what runs for the screens and takes them out of the window."""
        await self._building.close()
        self._next_cases.close()
        if self._key_model is not None:
            await self._key_model.close()
        self.notices.close()
        self.appointed.close()
        self._road.leave()
        self._orders.close()
        await self._leaving.finish()
        self._window.room_shown.disconnect(self._room_shown)
        if self._glance is not None:
            await self._glance.close()
        if self._strip is not None:
            await self._strip.close_model()
            self._window.remove_strip(self._strip)
        if self._still is not None:
            await self._still.close()
            self._still.deleteLater()
        for of_review in (self._keeper, self._questions):
            if of_review is not None:  # parts of a view that goes with the rooms
                await of_review.close()
        self._window.remove_rooms()
        await self._road.close()
        if self._findings is not None:
            await self._findings.close()
        for deaf in (*self._deaf, self._unfollow):
            deaf()
        self._window.removeEventFilter(self._drop)
        self._drop.deleteLater()
        self._check_entry.deleteLater()
        self._devices_entry.deleteLater()
        if self._check_dialog is not None:
            await self._check_dialog.tasks.close()
            self._check_dialog.deleteLater()
        for model in (
            self.devices_model,
            self.week_model,
            self.triage_model,
            self.card_model,
            self.queue_model,
            self.approvals_model,
        ):
            if model is not None:
                await model.close()
                model.deleteLater()

    def _put_in_window(self) -> None:
        self._add_room("queue", self.queue, "tray")
        if self._desk.account.role is Role.CLINIC_ADMIN:
            self._add_approvals()
        self._add_room("week", self.week, "calendar-blank")
        self._add_room(DEVICES, self.devices, "headset", at_bottom=True)
        self._add_room("settings", self.settings, "gear", at_bottom=True)
        self._drop = PdfDrop(self._window)
        self._drop.dropped.connect(self._check_file)
        self._check_entry.chosen.connect(self._check_file)
        self.queue_model.opened.connect(self._open_case)
        self.queue_model.claimed.connect(self._claim_confirmed)
        self.queue_model.not_claimed.connect(self._claim_refused)
        self.queue_model.taken_next.connect(self._reveal_taken)
        self.queue_model.moves_on.connect(self._reveal_moved_on)
        self.card_model.step_wanted.connect(self._go_on)
        self.week.opened.connect(lambda request_id: self._open_case(request_id, ""))
        self._window.room_shown.connect(self._room_shown)
        self._road.taken_up.connect(self._case_taken_up)
        self._road.left.connect(self._case_left)
        lost = self._desk.claims.lost.subscribe(self._claim_lost)
        changed = self._desk.requests.changed.subscribe(self._note_own)
        refused = self._desk.pictures.changed.subscribe(self._picture_changed)
        self._deaf = (lost, changed, refused)

    def _show_devices(self) -> None:
        """The key of the device test: opens it, and repeats it where it is before one's eyes."""
        if self._window.seen_room == DEVICES:
            self.devices_model.repeat()
        else:
            self._window.show_room(DEVICES)
            self.devices_model.wanted()

    def _offer_devices(self, anchor: QWidget) -> None:
        """Others for the call that is on, where the doctor looks."""
        self.devices_model.entered()
        menu = DevicesMenu(self.devices_model, KINDS, anchor, key_label("app.device_test"))
        menu.test_wanted.connect(self._show_devices)
        menu.popup_under(anchor)

    def _check_file(self, path: Path) -> None:
        """A PDF was dropped on the window, or chosen: whether its signatures hold."""
        from workstation.ui.screens.checking.dialog import CheckDialog  # brings the signing in

        if self._check_dialog is None:
            self._check_dialog = CheckDialog(
                self._desk.checking, self._theme, self._words.time, self._window
            )
            self._check_dialog.another_wanted.connect(self._check_entry.choose)
        self._check_dialog.show_file(path)

    def _reveal_taken(self, taken: TakenNext) -> None:
        """The server has chosen the case: whose it is, nobody must have to look for."""
        if taken.card is not None:
            self._reveal(taken.card.row)

    def _reveal_moved_on(self, row: RequestRow, asked: bool) -> None:
        """The card goes on to another patient: silently only where the doctor has asked for another
        list, and decides on nobody yet."""
        if not asked or self.triage_model.panel_in(Place.CARD) is not None:
            self._reveal(row)

    def _reveal(self, row: RequestRow) -> None:
        born = self._words.time.born(row.patient.birth_date)
        self._window.reveal_patient(row.patient.full_name, born)

    def _add_room(self, key: str, view: QWidget, glyph: str, *, at_bottom: bool = False) -> None:
        self._window.add_room(Room(key, partial(_room_title, key), glyph, at_bottom), view)

    def _add_approvals(self) -> None:
        from workstation.ui.screens.approvals.view import ApprovalsView
        from workstation.ui.screens.approvals.view_model import ApprovalsViewModel

        desk = self._desk
        model = ApprovalsViewModel(
            desk.requests,
            desk.approvals,
            self._words.time,
            desk.sync,
            desk.annotations,
            deliveries=desk.delivery,
        )
        self.approvals_model = model
        view = ApprovalsView(model, self._theme, self._shortcuts, self._words)
        self._add_room("approvals", view, "circle-wavy-check")
        view.place_wanted.connect(self._show_approvers_place)
        view.archive_wanted.connect(self._show_approvers_archive)
        model.count_changed.connect(partial(self._window.set_badge, "approvals"))
        model.failed_away.connect(self._tell)

    @property
    def _own_review(self) -> str:
        """Where the doctor's own layout of the review is kept, of each centre's profile; before it
        was the doctor's alone, and the computer's before that."""
        return f"{self._own_review_before}.{self._desk.account.centre_id}"

    @property
    def _own_review_before(self) -> str:
        return f"review.{self._desk.account.id}"

    @property
    def _own_columns(self) -> str:
        """Where the doctor's own columns of the queue are kept."""
        return f"queue.columns.{self._desk.account.id}"

    @property
    def _asked_by_me(self) -> str:
        """Where it is kept whose documents this doctor waits for: others work here, too."""
        return f"{NOTICES}.{self._desk.account.id}"

    def _add_notices(self, choices: NoticeChoices, tray: Tray) -> None:
        notices, words = self._desk.notices, NoticeWords(self._words.time)
        notices.remember_asked(map(RequestId, self._kept.get(self._asked_by_me, "").split()))
        road = NoticeRoad(
            self._window,
            self.queue,
            open_case=lambda: self._road.case,
            go=self._go_to_news,
            reveal=self._reveal,
        )
        room = NoticeRoom(notices, self._theme, words, self._shortcuts)
        self._add_room(NOTICES, room, "bell")
        self.notices = NoticeBoard(
            notices,
            self._window,
            self._theme,
            words,
            self._shortcuts,
            choices,
            tray,
            go=road.go,
            seen=lambda: (self._road.case, self._road.seen == CALL),
        )
        room.opened.connect(self.notices.open)
        self._road.moved.connect(self.notices.look_again)

    def _go_to_news(self, request_id: str, step: CaseStep | None) -> None:
        if step is not None:
            self._go_on(request_id, step)
        elif self._road.case == request_id:
            self._go(REVIEW, request_id)
        else:
            self._open_case(request_id, "")

    async def _build_ahead(self) -> None:
        for screen in self._cases.values():
            await asyncio.sleep(BUILD_REST_S)
            screen.prepare()
        self._road.moved.connect(self._next_cases.stir)
        self._next_cases.start()

    def _build_review(self) -> tuple[QWidget, CaseModel]:
        from workstation.ui.screens.review.draft_findings import DraftFindings
        from workstation.ui.screens.review.file_questions import FileQuestions
        from workstation.ui.screens.review.view import ReviewView
        from workstation.ui.screens.review.view_model import ReviewViewModel

        model = ReviewViewModel(self._desk.requests, self._desk.studies)
        self._findings = DraftFindings(self._desk.evidence)
        self._questions = FileQuestions(self._desk.answers)
        view = ReviewView(
            model,
            self.triage_model,
            self._theme,
            self._shortcuts,
            self._words,
            findings=self._findings,
            questions=self._questions,
            annotations=self._desk.annotations,
            screens=self._measured_screens,
            desk=self._window.desk,
        )
        self._keeper = view.keeper
        model.look_back = self._road.look_back
        names = (self._own_review, self._own_review_before, "review")
        view.restore(next((self._kept[x] for x in names if x in self._kept), "").encode())
        model.hung.follow(self._desk.hanging.rules)
        self._unfollow = self._desk.hanging.changed.subscribe(model.hung.follow)
        model.closed.connect(partial(self._road.back, REVIEW))
        model.case_changed.connect(self._note_row)
        model.row_changed.connect(self._note_row)
        model.step_wanted.connect(self._go_on)
        return view, model

    def _build_slot(self) -> tuple[QWidget, CaseModel]:
        from workstation.ui.screens.slot.view import SlotView
        from workstation.ui.screens.slot.view_model import SlotViewModel

        model = SlotViewModel(self._desk.requests, self._desk.schedule, self._words.time)
        model.closed.connect(partial(self._road.back, SLOT))
        model.proposed.connect(self._proposed)
        model.failed_away.connect(self._tell)
        view = SlotView(model, self._theme, self._shortcuts, self._words)
        self._threat.add(SLOT, view, model)
        return view, model

    def _build_call(self) -> tuple[QWidget, CaseModel]:
        from workstation.ui.screens.call.still_model import StillModel
        from workstation.ui.screens.call.view import CallView
        from workstation.ui.screens.call.view_model import CallViewModel

        desk = self._desk
        now, appointments = self._words.time.now, desk.notices.appointments
        model = CallViewModel(
            desk.requests,
            desk.calls,
            desk.chat,
            desk.schedule,
            self._words.time,
            phone_log=desk.contact,
            next_appointment=lambda case: appointments.next_after(now(), case),
        )
        model.closed.connect(partial(self._road.back, CALL))
        model.conclusion_wanted.connect(partial(self._go, CONCLUSION))
        model.file_wanted.connect(self._look_at_file)
        model.failed_away.connect(self._tell)
        still = StillModel(desk.pictures, desk.calls, self._words.time, self._window)
        self._add_strip(still)
        view = CallView(
            model, self._theme, self._shortcuts, self._words, still, desk=self._window.desk
        )
        view.restore(self._kept.get(CALL, "").encode())
        view.second.moved.connect(partial(self._call_moved, view))
        view.devices_wanted.connect(self._offer_devices)
        self._shortcuts.bind(view, CaseStep.TIME.value, lambda: self._propose_time(model.row))
        self._threat.add(CALL, view, model)
        return view, model

    def _add_strip(self, still: "StillModel") -> None:
        """Whoever has called once may leave the call's screen while the call goes on."""
        from workstation.ui.screens.call.strip import CallStrip

        desk, time = self._desk, self._words.time
        strip = CallStrip(desk.calls, desk.requests, self._theme, self._shortcuts, time, still)
        strip.devices_wanted.connect(self._offer_devices)
        strip.unfold_wanted.connect(lambda case: self._unfold(case, strip.model.row))
        strip.file_wanted.connect(
            lambda case, file: self._open_from_strip(case, file, strip.model.row)
        )
        self._road.moved.connect(self._tell_strip)
        self._window.set_strip(strip)
        self._strip, self._still = strip, still

    def _tell_strip(self) -> None:
        """A call on the second screen has its strip here, for its keys."""
        if self._strip is not None:
            here = cast("CallView", self._cases[CALL].view).second.window is None
            self._strip.set_call_screen_seen(self._road.seen == CALL and here, self._road.case)

    def _look_at_file(self, request_id: str, document_id: str) -> None:
        """In the call, which folds to its strip; Esc and the strip's key lead back (DRC-6)."""
        case = RequestId(request_id)
        self._road.look(REVIEW, case)
        self.review_model.open(case, document_id=document_id)

    def _open_from_strip(self, request_id: str, document_id: str, row: RequestRow | None) -> None:
        self._reveal_other(request_id, row, lambda: self._look_at_file(request_id, document_id))

    def _call_moved(self, view: "CallView") -> None:
        """While the call stands on the second screen the files stand here, and nothing else there;
        one key leads back."""
        case = self.call_model.request_id
        self._tell_strip()
        if view.second.window is None or case is None:
            return
        if self._cases[REVIEW].is_built and self.review.second.window is not None:
            self.review.second.bring_back()
        if self._road.seen == CALL:
            self._road.look(REVIEW, case)
            if self.review_model.request_id != case:
                self.review_model.open(case)

    def _unfold(self, request_id: str, row: RequestRow | None) -> None:
        """The call may be another patient's than the case that is open."""
        call = cast("CallView", self._cases[CALL].view)
        call.second.bring_back()
        self._reveal_other(request_id, row, lambda: self._go(CALL, request_id))

    def _reveal_other(
        self, request_id: str, row: RequestRow | None, go: Callable[[], None]
    ) -> None:
        is_other = self._road.case not in (None, request_id)
        go()
        if is_other and row is not None:
            self._reveal(row)

    def _build_conclusion(self) -> tuple[QWidget, CaseModel]:
        from workstation.ui.screens.conclusion.asked import Aids
        from workstation.ui.screens.conclusion.view import ConclusionView
        from workstation.ui.screens.conclusion.view_model import ConclusionViewModel

        desk = self._desk
        model = ConclusionViewModel(
            desk.requests,
            desk.conclusions,
            self._words.time,
            findings=desk.evidence,
            aids=Aids(desk.icd10, desk.phrases, desk.conclusions, desk.contact, desk.spelling),
        )
        writing = self._writing_choices
        writing.changed.connect(lambda: model.spelling.switch(writing.spelling))
        model.spelling.switch(writing.spelling)
        model.ending_wanted.connect(self._end_without_conclusion)
        model.closed.connect(partial(self._road.back, CONCLUSION))
        model.file_wanted.connect(self._show_file)
        model.source_wanted.connect(self._show_source)
        model.failed_away.connect(self._tell)
        view = ConclusionView(model, self._theme, self._shortcuts, self._words)
        view.archive_wanted.connect(partial(self._go, ARCHIVE))
        self._follow_delivery(view, model)
        self._bind_second_screen(view, model)
        self._threat.add(CONCLUSION, view, model)
        return view, model

    def _follow_delivery(self, view: "ConclusionView", model: "ConclusionViewModel") -> None:
        """The doctor sees in the conclusion how far it has come to the patient (SPB-21)."""
        from workstation.ui.screens.delivery.glance import DeliveryGlance
        from workstation.ui.screens.delivery.strip import DeliveryStrip

        glance = DeliveryGlance(self._desk.delivery, view)
        model.changed.connect(lambda: glance.show_row(model.row))
        view.put_above_the_bar(DeliveryStrip(self._theme, self._words, glance))
        self._glance = glance

    def _build_archive(self) -> tuple[QWidget, CaseModel]:
        from workstation.ui.screens.archive.view import ArchiveView
        from workstation.ui.screens.archive.view_model import ArchiveViewModel

        desk = self._desk
        model = ArchiveViewModel(desk.requests, desk.archive, desk.delivery)
        model.page_wanted.connect(self._show_file)
        model.closed.connect(partial(self._road.back, ARCHIVE))
        model.source_wanted.connect(self._show_source)
        view = ArchiveView(model, self._theme, self._shortcuts, self._words)
        return view, model

    def _bind_second_screen(self, view: QWidget, model: CaseModel) -> None:
        """The doctor writes here and looks there, at files of the same case alone."""

        def can() -> bool:
            files = self._cases[REVIEW]
            is_same = files.is_built and files.model.request_id == model.request_id
            return is_same and self.review.second.has_file

        def toggle() -> None:
            self.review.second.toggle()

        self._shortcuts.bind(view, "review.second_screen", toggle, can)

    def _open_case(self, request_id: str, item_code: str) -> None:
        case = RequestId(request_id)
        self._road.go(REVIEW, case)
        self._taken = case
        self.review_model.open(case, item_code or None)
        if self.queue_model.is_taking(case):
            self.review_model.await_claim()

    def _end_without_conclusion(self, request_id: str) -> None:
        """The case's decisions, beside its files: the text that was begun stays."""
        self._go(REVIEW, request_id)
        self.review.side.open_menu()

    def _show_file(self, request_id: str, document_id: str) -> None:
        """A file that was not looked at; Esc leads back to where it was asked for."""
        case = RequestId(request_id)
        self._road.go(REVIEW, case)
        self.review_model.open(case, document_id=document_id)

    def _show_source(self, request_id: str, source: Evidence) -> None:
        """Where a number of the conclusion comes from; Esc and F6 lead back to the same caret."""
        case = RequestId(request_id)
        self._road.look(REVIEW, case)
        self.review_model.open(case, document_id=source.document_id)
        self.review.show_source(source)

    def _show_approvers_place(
        self, request_id: str, place: Annotation | Evidence | Document
    ) -> None:
        """A file, or a place in it, to be read; Esc leads back to the approval."""
        case = RequestId(request_id)
        self._only_read = case
        self._road.go(REVIEW, case)
        if isinstance(place, Document):
            self.review_model.open(case, document_id=place.id)
            return
        self.review_model.open(case, document_id=place.document_id)
        self.review.show_source(place)

    def _show_approvers_archive(self, request_id: str) -> None:
        """Every edition of a conclusion that waits; Esc leads back to the approval."""
        self._only_read = RequestId(request_id)
        self._go(ARCHIVE, request_id)

    def _go_on(self, request_id: str, step: CaseStep) -> None:
        self._go(_SCREENS[step], request_id)

    def _go(self, name: str, request_id: str) -> None:
        case = RequestId(request_id)
        self._road.go(name, case)
        model = self._cases[name].model
        if model.request_id != case:
            model.open(case)

    def _propose_time(self, row: RequestRow | None) -> None:
        """Before there is anything to call for, a time is agreed upon."""
        if row is not None and CaseStep.TIME in possible_steps(row):
            self._go(SLOT, row.id)

    def _proposed(self, request_id: str, start: datetime) -> None:
        """The work on the request rests until the patient answers: back to the queue."""
        told = QCoreApplication.translate(
            "Rooms", "Time proposed: {}. The patient's answer will come here."
        )
        self._window.notify(told.format(self._words.time.short_moment(start)), "calendar-check")
        if self._road.seen == SLOT:
            self._road.leave()

    def _room_shown(self, key: str) -> None:
        """Another room was chosen in the rail while a case was open: the case is left."""
        if self._road.case is not None:
            self._road.leave()
        if key == DEVICES:
            self.devices_model.entered()

    def _case_taken_up(self, request_id: str) -> None:
        """A case that is on the screen is in hand, however it was come to; one whose claim is on
        its way is so with the answer."""
        self._note_own(self.card_model.row)
        if request_id == self._only_read:
            return  # looked into, and nobody's work is taken up
        if not self.queue_model.is_taking(request_id):
            self._desk.claims.keep(RequestId(request_id))

    def _case_left(self, request_id: str) -> None:
        """Leaving a case gives it back, so that a colleague can take it at once."""
        if request_id == self._only_read:
            self._only_read = None
        self._desk.claims.let_go(RequestId(request_id))
        case, self._taken = self._taken, None
        if case is None or self.queue_model.is_taking(case):
            return  # there is nothing to give back yet
        if self._desk.evidence.is_unsent(case):
            return  # a finding waits for its draft on the server
        if self._may_give_back(case):
            self._leaving.start(self._desk.requests.release(case), name="case.release")

    def _claim_confirmed(self, request_id: str) -> None:
        """Where the case was left before the answer came, it is given back behind it."""
        self.review_model.claim_answered(request_id)
        if self._road.case != request_id:
            release = self._desk.requests.release(RequestId(request_id))
            self._leaving.start(release, name="case.release")

    def _claim_refused(self, request_id: str, message: UserMessage) -> None:
        """Somebody was quicker: back to the queue, which says who."""
        if self._road.case == request_id:
            self._taken = None
            self._road.leave()
            self._tell(message)

    def _claim_lost(self, claim: "LostClaim") -> None:
        """The case stays on the screen, and nothing more can be done with it there."""
        translate = QCoreApplication.translate
        if claim.owner_name:
            told = translate("Rooms", "Request {} is not yours any more: {} works on it")
        else:
            told = translate("Rooms", "Request {} went back to the queue: your claim is over")
        self._window.notify(told.format(claim.number, claim.owner_name), "warning")

    def _picture_changed(self, picture: CallPicture) -> None:
        """A picture that waited is not taken any more: the call may be over for long."""
        if picture.state is PictureState.REFUSED:
            told = QCoreApplication.translate(
                "Rooms", "The server does not take a picture of the video call: its request is over"
            )
            self._window.notify(told, "warning")

    def _may_give_back(self, case: RequestId) -> bool:
        """A bare claim: what has a time or a draft stays the doctor's, and is on no lease."""
        row = self._taken_row
        if row is None or row.id != case:
            return True
        is_bare = row.owner is not None and row.owner.lease_until is not None
        return is_bare and Action.RELEASE in row.allowed_actions

    def _note_row(self) -> None:
        """Keeps the open case's last state beyond its leaving."""
        row = self.review_model.row
        if row is not None:
            self._taken_row = row

    def _note_own(self, row: RequestRow | None) -> None:
        """The open case's last state; the doctor's own counts as taken by whatever road."""
        if row is None or row.id != self._road.case:
            return
        if row.owner is not None and row.owner.is_me:
            self._taken = row.id
        if row.id == self._taken:
            self._taken_row = row

    def _tell(self, message: UserMessage) -> None:
        self._window.notify(message.title, "warning")

    def _failed(self, error: BaseException) -> None:
        self._tell(user_message(error))


def _room_title(key: str) -> str:
    translate = QCoreApplication.translate
    return {
        "queue": translate("Rooms", "Queue"),
        "approvals": translate("Rooms", "Approval"),
        "week": translate("Rooms", "Schedule"),
        NOTICES: translate("Rooms", "Notices"),
        DEVICES: translate("Rooms", "Devices"),
        "settings": translate("Rooms", "Settings"),
    }[key]
