"""What the doctor does with each case of the day, by keys alone; and that it is that case."""

from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QAbstractButton, QListView

from backend.demo_data.rows import demo_id
from backend_client.models.common import RequestId
from backend_client.models.conclusions import ConclusionState
from backend_client.models.requests import Action, QueueGroup, RequestRow
from tests.journeys.day_plan import Planned, Task
from tests.journeys.driver import PATIENCE_S, Desk, hold
from tests.journeys.keyboard import DeskKeyboard
from tests.journeys.steps import screens
from workstation.core.live_call import CallPhase
from workstation.services.calls import CallService
from workstation.services.triage import TriageService
from workstation.ui.case_steps import CaseStep
from workstation.ui.screens.call.chat_rows import MessageLine
from workstation.ui.screens.queue.view_model import GROUPS
from workstation.ui.screens.triage.undo_line import UndoLine
from workstation.ui.widgets.patient_plate import NextPatientPlate

PIN = "2026"
DECLINE = "JNRKJY"
"""Places of «отклон»: under the English layout they are "jnrkjy"."""


class DoctorsDay:
    """At one desk, under the layout of each case."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keys = DeskKeyboard(desk, cyrillic=True)
        self.done: list[Planned] = []

    async def all_requests(self) -> None:
        """The list of all requests: Shift+Tab to the lists' names, and along them."""
        model = screens(self.desk).queue_model
        self.keys.tab_to("queue.group.", back=True)
        for _ in GROUPS:
            if model.group is not QueueGroup.ALL:
                self.keys.press("Left")
        await self._until(lambda: model.group is QueueGroup.ALL, "not the list of all")
        self.keys.tab_to("queue.table")

    async def do(self, planned: Planned) -> None:
        """One case, from the queue and back to it."""
        self.keys.is_cyrillic = planned.cyrillic
        steps: dict[Task, Callable[[Planned], Awaitable[None]]] = {
            Task.TAKE_NEXT: self.take_next,
            Task.FOUR_KEYS: self.four_keys,
            Task.DECLINE: self.ordering(Action.DECLINE, "D", "2", "Enter"),
            Task.DECLINE_IN_WORDS: self.decline_in_words,
            Task.DECLINE_BY_PALETTE: self.decline_by_palette,
            Task.DECLINE_AND_UNDO: self.ordering(Action.DECLINE, "D", "1", "Enter"),
            Task.OPEN_AND_LEAVE: self.open_and_leave,
            Task.ACCEPT: self.accept,
            Task.ACCEPT_AND_UNDO: self.accept_and_undo,
            Task.OUT_OF_PROFILE: self.ordering(Action.OUT_OF_PROFILE, "O", "Enter"),
            Task.IN_PERSON: self.ordering(Action.INVITE_IN_PERSON, "H", "Enter"),
            Task.INPATIENT: self.in_case(Action.RECOMMEND_INPATIENT, "I", "Enter"),
            Task.CLOSE: self.in_case(Action.CLOSE_WITHOUT_CONCLUSION, "W", "1", "Enter"),
            Task.CHAT: self.chat,
            Task.CONVERT: self.ordering(Action.CONVERT, "V", "Enter"),
            Task.CALL: self.call,
            Task.SIGN: self.sign,
            Task.WRITE: self.write,
            Task.ASK: self.ordering(Action.ASK_DOCUMENTS, "A", "Enter"),
            Task.ASK_IN_WORDS: self.ask_in_words,
        }
        if planned.task is not Task.TAKE_NEXT:
            await self.go_to(planned)
        await steps[planned.task](planned)
        self.done.append(planned)

    async def go_to(self, planned: Planned) -> None:
        """J or K until the card shows that patient."""
        shown, case = screens(self.desk), case_of(planned)
        model = shown.queue_model
        await self._until(lambda: self.keys.focus_name == "queue.table", "the list has no focus")
        await self._until(lambda: not shown.triage_model.is_busy, "an order is not given")
        await self._until(lambda: model.rows.row_of(case) is not None, "not in the list")
        while model.chosen is None or model.chosen.id != case:
            here = None if model.chosen is None else model.rows.row_of(model.chosen.id)
            there = model.rows.row_of(case)
            hold(there is not None, "it left the list")
            assert there is not None
            before = model.chosen
            self.keys.press("J" if here is None or there > here else "K")
            hold(model.chosen is not before, "the list's end")
        hold(self._shown_name() == planned.name, "the card shows another patient")

    def ordering(self, action: Action, *places: str) -> Callable[[Planned], Awaitable[None]]:
        """A decision by these keys."""

        async def order(planned: Planned) -> None:
            self.keys.press(*places)
            await self._held(planned, action)

        return order

    def in_case(
        self, action: Action, letter: str, *places: str
    ) -> Callable[[Planned], Awaitable[None]]:
        """A decision over the open files: F10, its letter, its panel; Esc while it is held."""

        async def order(planned: Planned) -> None:
            await self._open(planned)
            await self.keys.close_menu("F10", letter)
            shown = screens(self.desk)
            panel = shown.triage_model.panel
            hold(panel is not None and panel.row.id == case_of(planned), "another case")
            hold(shown.review.side.panel.isVisible(), "not beside the pictures")
            self.keys.press(*places)
            await self._held(planned, action)
            hold(shown.review.isVisible(), "the case is gone by itself")
            await self.back()

        return order

    async def decline_in_words(self, planned: Planned) -> None:
        """The words are typed after Tab, and sent from their field."""
        self.keys.press("D", "5", "Tab")
        self.keys.type(planned.words)
        self.keys.press("Ctrl+Enter")
        await self._held(planned, Action.DECLINE)

    async def decline_by_palette(self, planned: Planned) -> None:
        """Found by a few letters, whatever the layout makes of them."""
        self.keys.press("Ctrl+K", *DECLINE)
        lines = self.desk.find(QListView, "palette.lines").model()
        await self._until(
            lambda: lines.rowCount() > 0 and lines.index(0, 0).data() == "Отклонить", "not found"
        )
        self.keys.press("Enter", "3", "Enter")
        await self._held(planned, Action.DECLINE)

    async def ask_in_words(self, planned: Planned) -> None:
        """The first item is not asked for; a sentence is put before what the program wrote."""
        self.keys.press("A", "1", "Tab")
        self.keys.type(planned.words)
        self.keys.press("Ctrl+Enter")
        await self._held(planned, Action.ASK_DOCUMENTS)

    async def accept(self, planned: Planned) -> None:
        """Taken without being opened."""
        self.keys.press("Space")
        await self._until(lambda: self.is_mine(planned), "not taken")

    async def accept_and_undo(self, planned: Planned) -> None:
        """Taken, and given back by Z."""
        await self.accept(planned)
        await self._until(lambda: not screens(self.desk).triage_model.is_busy, "still being taken")
        self.keys.press("Z")
        await self._until(lambda: not self.is_mine(planned), "not given back")

    async def open_and_leave(self, planned: Planned) -> None:
        """Opened while the order before it is held: Z takes that back from here, Esc leaves."""
        held, review = self.triage.waiting[-1], screens(self.desk).review
        self.keys.press("Enter")
        await self._until(review.isVisible, "not opened")
        line = next(one for one in self.desk.window.findChildren(UndoLine) if one.isVisible())
        hold(bool(line.seconds.text()), "no countdown")
        self.keys.press("Z")
        await self._until(lambda: held not in self.triage.waiting, "not taken back")
        await self._until(lambda: self._review_of(planned), "its files did not come")
        hold(screens(self.desk).review_model.request_id == case_of(planned), "another case")
        await self.back()
        await self._until(lambda: not self.is_mine(planned), "not given back")

    async def four_keys(self, planned: Planned) -> None:
        """From the queue to a proposed time: Enter, T, 1, Enter."""
        before = self.keys.pressed
        await self._open(planned)
        await self._propose(planned)
        hold(self.keys.pressed - before == 4, "more than four keys")

    async def take_next(self, planned: Planned) -> None:
        """N: the name stands large, what is typed meanwhile is dropped; then a time."""
        shown = screens(self.desk)
        model = shown.queue_model

        def is_advised() -> bool:
            advised = model.advice.row if model.advice is not None else None
            return advised is not None and advised.id == case_of(planned)

        await self._until(lambda: is_advised() and model.can_take_next(), "another one is advised")
        self.keys.press("N")
        await self._until(lambda: self._plate() is not None, "the name is not shown")
        plate = self._plate()
        assert plate is not None
        hold(planned.name in plate.accessibleName(), "another name")
        self.keys.press("T", "D", "1", "Enter")
        hold(plate.isVisible(), "gone at once")
        hold(shown.triage_model.panel is None, "a key was taken for the next patient")
        await self._until(lambda: not plate.isVisible(), "the name stays")
        await self._until(lambda: self._review_of(planned), "not opened")
        await self._propose(planned)

    async def chat(self, planned: Planned) -> None:
        """Opened, written to, left: it goes back to the queue."""
        await self._open(planned)
        self.keys.press("C")
        model = screens(self.desk).call_model
        await self._until(lambda: model.row is not None, "no consultation")
        self.keys.press("M")
        self.keys.type(planned.words)
        hold(self.keys.focus_name == "chat.field", "no place for a message")
        await self._until(lambda: model.chat.refusal is None, "the chat is not read")
        self.keys.press("Enter")
        await self._until(lambda: planned.words in self._messages(), "not sent")
        self.keys.press("Esc", "Esc")
        await self._until(lambda: self._review_of(planned), "not back at the files")
        await self.back()

    async def call(self, planned: Planned) -> None:
        """The patient is called, nobody answers, the doctor hangs up."""
        self.keys.press("C")
        model, calls = screens(self.desk).call_model, self._calls
        await self._until(lambda: model.row is not None, "no consultation")
        place = self.desk.find(QAbstractButton, "call.place")
        await self._until(lambda: place.isVisible() and place.isEnabled(), "no call is possible")
        self.keys.press("Enter")
        await self._until(lambda: self._phase() is CallPhase.RINGING, "it does not ring")
        live = calls.live
        hold(live is not None and live.request_id == case_of(planned), "another patient rings")
        self.keys.press("Ctrl+E")
        await self._until(lambda: self._phase() is CallPhase.OVER, "it is not over")
        await self.back()

    async def write(self, planned: Planned) -> None:
        """Findings are written; Esc saves and leaves."""
        await self.begin_findings(planned, planned.words)
        await self.back()

    async def sign(self, planned: Planned) -> None:
        """Written, the pages looked at, the PIN, signed."""
        await self.begin_findings(planned, planned.words)
        model = screens(self.desk).conclusion_model
        if model.unopened:
            self.keys.tab_to("conclusion.unopenedReason")
            self.keys.type("Не относится к вопросу")
        await self._until(lambda: model.obstacle is None, "it cannot be signed", 90)
        self.keys.press("Ctrl+Enter")
        if model.signing.needs_pin:  # once a sitting
            hold(self.keys.focus_name == "conclusion.pin", "no place for the PIN")
            self.keys.press(*PIN, "Ctrl+Enter")
        await self._until(lambda: model.state is ConclusionState.SIGNED, "not signed")
        hold(model.request_id == case_of(planned), "gone on to another case")
        await self.back()

    # what the steps share

    async def _open(self, planned: Planned) -> None:
        self.keys.press("Enter")
        await self._until(lambda: self._review_of(planned), "not opened")

    async def _propose(self, planned: Planned) -> None:
        self.keys.press("T")
        button = self.desk.find(QAbstractButton, "slot.propose")
        await self._until(lambda: button.isVisible() and button.isEnabled(), "no time is free")
        hold(screens(self.desk).slot_model.request_id == case_of(planned), "another case")
        self.keys.press("1", "Enter")
        await self._until(screens(self.desk).queue.isVisible, "not proposed")

    async def begin_findings(self, planned: Planned, words: str) -> None:
        """F6, Tab to the findings, and the words."""
        self.keys.press("F6")
        model = screens(self.desk).conclusion_model
        await self._until(lambda: model.is_editable, "no form")
        hold(model.request_id == case_of(planned), "another case")
        self.keys.tab_to("conclusion.findings")
        self.keys.type(words)
        hold(model.form.findings == words, "the text is another one")

    async def back(self) -> None:
        """Esc, to the queue."""
        self.keys.press("Esc")
        await self._until(screens(self.desk).queue.isVisible, "the queue did not come back")

    async def _held(self, planned: Planned, action: Action) -> None:
        model = screens(self.desk).triage_model

        def is_held() -> bool:
            held = self.triage.held_for(case_of(planned))
            return held is not None and held.order.action is action

        await self._until(is_held, f"{action.value} is not held")
        await self._until(lambda: not model.is_busy and model.panel is None, "the panel stays")

    async def _until(
        self, holds: Callable[[], object], what: str, patience: float = PATIENCE_S
    ) -> None:
        await self.desk.until(holds, what, patience)

    @property
    def triage(self) -> TriageService:
        """What is ordered from the queue."""
        assert self.desk.workstation.desk is not None
        return self.desk.workstation.desk.triage

    @property
    def _calls(self) -> CallService:
        assert self.desk.workstation.desk is not None
        return self.desk.workstation.desk.calls

    def _phase(self) -> CallPhase | None:
        live = self._calls.live
        return None if live is None else live.phase

    def _messages(self) -> list[str]:
        lines = screens(self.desk).call_model.chat.rows.lines
        return [line.message.text for line in lines if isinstance(line, MessageLine)]

    def _plate(self) -> NextPatientPlate | None:
        found = self.desk.window.findChild(NextPatientPlate, "nextPatient")
        return found if found is not None and found.isVisible() else None

    def _review_of(self, planned: Planned) -> bool:
        shown = screens(self.desk)
        row = shown.review_model.row if shown.review.isVisible() else None
        if row is None or row.id != case_of(planned):
            return False
        return CaseStep.CALL in shown.review_model.steps

    def is_mine(self, planned: Planned) -> bool:
        """Whether the list says that the doctor has it."""
        row = self._row(planned)
        return row is not None and row.owner is not None and row.owner.is_me

    def _row(self, planned: Planned) -> RequestRow | None:
        rows = screens(self.desk).queue_model.rows
        place = rows.row_of(case_of(planned))
        return None if place is None else rows.record(place)

    def _shown_name(self) -> str:
        row = screens(self.desk).queue.card.view_model.row
        return "" if row is None else row.patient.full_name


def case_of(planned: Planned) -> RequestId:
    """Id of the request."""
    return RequestId(demo_id("request", planned.number))
