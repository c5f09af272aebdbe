"""Ends of a case from the conclusion's form, in the whole window over the real backend."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backend.settings import Settings
from backend_client.models.common import RequestId
from backend_client.models.documents import NO_CONTACT_PAGE
from backend_client.models.request_actions import CloseReason
from backend_client.models.requests import QueueGroup, RequestCard, RequestStatus
from tests.backend.clinic import Clinic, ClinicMaker, SetClock, write_catalogues
from tests.backend.compiled import compiled_once
from tests.backend.consultation import MINE, ONE, TOMORROW, ring, schedule, talk
from tests.backend.migrated import migrated_file
from tests.client.test_services_against_backend import doctor, on_a_socket
from tests.fakes import FakeAccountService
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.triage_keys import CTRL
from tests.ui.waiting import until
from tests.unit.documents.reading import page_texts
from workstation.core.server_clock import ServerClock
from workstation.documents.pdfa import checked_pdfa
from workstation.screens import Screens
from workstation.services.desk import Desk
from workstation.ui.choices import QueueChoices
from workstation.ui.main_window import MainWindow
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.conclusion.contact_note import ContactNote
from workstation.ui.screens.conclusion.view import ConclusionView
from workstation.ui.screens.queue.view_model import ListState
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.wording import Wording

pytestmark = [
    pytest.mark.usefixtures("russian"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
CASE = RequestId(ONE)


@pytest.fixture(scope="module", autouse=True)
def compiled() -> Iterator[None]:
    """Statements are put together once."""
    with compiled_once():
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database."""
    return migrated_file(tmp_path_factory.mktemp("template"))


@pytest.fixture
def clinics(tmp_path: Path, template: Path) -> ClinicMaker:
    """Opens servers with made-up requests."""
    shutil.copy(template, tmp_path / "backend.db")
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/backend.db",
        files_url=f"file://{tmp_path}/files",
        demo=True,
        catalogues=write_catalogues(tmp_path / "catalogues"),
        password_memory_kib=32,
    )
    return ClinicMaker(settings, SetClock())


@dataclass(slots=True)
class CaseWindow:
    """The window of the doctor who holds the case, at its conclusion."""

    clinic: Clinic
    desk: Desk
    window: MainWindow
    screens: Screens

    @property
    def view(self) -> ConclusionView:
        """The conclusion's screen."""
        found = self.window.findChild(ConclusionView, "conclusionView")
        assert found is not None
        return found

    @property
    def note(self) -> ContactNote:
        """What is said of the patient who cannot be reached."""
        return self.view.form.contact

    @property
    def said(self) -> str:
        """All that stands in the note; "" where it is not seen."""
        return self.note.accessibleName() if self.note.isVisible() else ""

    def button(self, number: int) -> KeyButton:
        """Of the note, from 1."""
        found = self.note.findChild(KeyButton, f"conclusion.contact.action{number}")
        assert found is not None
        return found

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Presses a key where the focus is; a letter by its place."""
        none = Qt.KeyboardModifier.NoModifier
        code = (
            scan_code(key.upper())
            if isinstance(key, str) and key.isascii() and key.isalnum()
            else 0
        )
        press(self.window, key, scan_code=code, modifiers=modifiers or none)

    async def in_menu(self, *keys: Qt.Key | str) -> None:
        """Presses keys in the menu that opens; then the window has the keyboard again."""
        await until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        for key in keys:
            menu = QApplication.activePopupWidget()
            assert menu is not None
            code = 0 if isinstance(key, Qt.Key) else scan_code(key.upper())
            value = key.value if isinstance(key, Qt.Key) else ord(key.upper())
            text = "" if isinstance(key, Qt.Key) else key
            none = Qt.KeyboardModifier.NoModifier
            event = QKeyEvent(QKeyEvent.Type.KeyPress, value, none, code, 0, 0, text)
            QApplication.sendEvent(menu, event)
        await until(lambda: QApplication.activePopupWidget() is None)
        self.window.activateWindow()
        handle = self.window.windowHandle()
        handle.requestActivate()
        await until(handle.isActive)

    async def walk_to(self, name: str) -> None:
        """Tab until the focus is there."""
        for _ in range(80):
            focus = self.window.focusWidget()
            if focus is not None and focus.objectName() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} is not reached by Tab")

    async def card(self) -> RequestCard:
        """As the server has it."""
        return (await self.desk.requests.card(CASE)).card


@asynccontextmanager
async def at_the_conclusion(
    qtbot: QtBot, around: Surroundings, clinic: Clinic, folder: Path
) -> AsyncIterator[CaseWindow]:
    clock = ServerClock(clinic.clock)
    words = RequestWords(Wording(clock))
    async with (
        on_a_socket(clinic) as socket,
        doctor(socket.address, "levashova", folder, clock=clock) as who,
    ):
        model = MainWindowModel(FakeAccountService(), words.time)
        window = MainWindow(model, around.theme, around.shortcuts, around.look)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        choices = QueueChoices(QueueGroup.ALL)
        screens = Screens(
            who.desk, window, around.theme, words, around.shortcuts, around.look, choices, {}
        )
        window.show_desk()
        window.show()
        window.activateWindow()
        screens.start()
        place = CaseWindow(clinic, who.desk, window, screens)
        try:
            await until(lambda: screens.queue_model.state is ListState.ROWS)
            press(window, Qt.Key.Key_Return)
            await until(lambda: screens.review_model.card is not None)
            press(window, Qt.Key.Key_F6)
            await until(lambda: screens.conclusion_model.draft is not None)
            await until(place.view.isVisible)
            yield place
        finally:
            menu = QApplication.activePopupWidget()
            if menu is not None:
                menu.close()
            await screens.close()
            model.close()
            window.hide()


async def test_no_contact_from_the_first_attempt_to_the_kept_page(
    qtbot: QtBot, around: Surroundings, clinics: ClinicMaker, tmp_path: Path
) -> None:
    """DRC-11: what is missing is said; with all of it, asked twice, the case is closed as rendered,
    and the page of evidence is a PDF/A among its documents."""
    async with clinics.open(MINE) as clinic:
        caller = await clinic.caller()
        await schedule(caller, await clinic.patient(caller, ONE))
        clinic.clock.now = TOMORROW
        caller = await clinic.caller()
        async with at_the_conclusion(qtbot, around, clinic, tmp_path) as place:
            await until(lambda: "С пациентом нет связи?" in place.said)
            assert "Чтобы закрыть" in place.said
            assert not place.button(2).isVisible()
            await ring(caller)
            clinic.clock.advance(seconds=46)
            await clinic.parts.deadlines.sweep()
            for number in (1, 2, 3):
                place.button(1).click()
                await place.in_menu(Qt.Key.Key_Down, Qt.Key.Key_Return)
                await until(lambda number=number: f"{number} из 3" in place.said)  # type: ignore[misc]
                clinic.clock.advance(minutes=1)
            assert "Чтобы закрыть" not in place.said
            place.button(2).click()
            assert "Закрыть: связаться не удалось?" in place.said
            place.button(1).click()
            await until(lambda: "приложена к обращению" in place.said)
            after = await place.card()
            (page,) = [one for one in after.documents if one.item_code == NO_CONTACT_PAGE]
            pdf = bytes(await place.desk.studies.content(page))
        assert after.row.status is RequestStatus.NO_CONTACT
        assert after.outcome is not None
        assert after.outcome.rendered
        assert checked_pdfa(pdf)
        text = " ".join(page_texts(pdf))
        for word in ("Нет связи с пациентом", "не ответил", "без ответа", after.row.number):
            assert word in text


async def test_without_a_conclusion_by_the_keyboard_alone(
    qtbot: QtBot, around: Surroundings, clinics: ClinicMaker, tmp_path: Path
) -> None:
    """SPB-22: from the form's last button to the reason, the words to the patient, and the end;
    what was written before stays with the case."""
    async with clinics.open(MINE) as clinic:
        caller = await clinic.caller()
        await schedule(caller, await clinic.patient(caller, ONE))
        clinic.clock.now = TOMORROW
        caller = await clinic.caller()
        patient = await clinic.patient(caller, ONE)
        call = await talk(caller, patient)
        await caller.post(f"/requests/{ONE}/calls/{call.id}/hang-up")
        async with at_the_conclusion(qtbot, around, clinic, tmp_path) as place:
            for letter in "Начато. ":
                place.press(letter)
            await place.walk_to("conclusion.decision.ending")
            place.press(Qt.Key.Key_Space)
            await place.in_menu("w")
            await until(lambda: place.screens.triage_model.panel is not None)
            place.press("1")
            place.press(Qt.Key.Key_Tab)
            for letter in "Обратитесь вновь. ":
                place.press(letter)
            place.press(Qt.Key.Key_Return, CTRL)
            await until(lambda: place.screens.triage_model.panel is None)
            await place.desk.outgoing.drain_held()
            after = await place.card()
            while after.outcome is None:
                after = await place.card()
        draft = await caller.get(f"/requests/{ONE}/conclusion")
    assert after.outcome.note.startswith("Обратитесь вновь. ")
    assert after.outcome.code in {one.value for one in CloseReason}
    assert "Начато." in draft.text
