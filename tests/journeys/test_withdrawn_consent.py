"""The patient withdraws a consent while the doctor looks at the files: they close at once.

The real backend on a socket, the real services and decoder process, the real window.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend.settings import Settings
from backend_client.models.catalogue import Catalogue, ConsentText
from backend_client.models.requests import ConsentKind, QueueGroup
from backend_client.models.routes import Route
from tests.backend.clinic import (
    REQUEST,
    START,
    ClinicMaker,
    PatientCaller,
    SetClock,
    a_catalogue,
    id_of,
    write_catalogues,
)
from tests.client.test_prefetch_against_backend import an_ecg_and_a_paper
from tests.client.test_services_against_backend import doctor, on_a_socket
from tests.fakes import FakeAccountService
from tests.ui.conftest import around, look, shortcuts, theme, wording, words
from tests.ui.keys import press
from tests.ui.notice_scene import FakeTray
from tests.ui.queue_desk import Surroundings
from tests.ui.waiting import until
from workstation.media.engine import MediaEngine
from workstation.screens import DeskServices, Screens
from workstation.services.certificates import KeptCertificates
from workstation.services.desk import Doors
from workstation.studies.decoder import Decoder
from workstation.ui.choices import QueueChoices
from workstation.ui.main_window import MainWindow
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.screens.queue.view_model import ListState
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.ecg.view import EcgView

__all__ = ["around", "look", "shortcuts", "theme", "wording", "words"]
pytestmark = [
    pytest.mark.journey,
    pytest.mark.alone,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("russian"),
]
NUMBER = "20-0001"
KIND = ConsentKind.DISCLOSURE
WITHIN_S = 2.0


def asking() -> Catalogue:
    """Asks for that consent on centre applications."""
    text = ConsentText(
        kind=KIND, version="1", title_ru="Раскрытие", text_ru="Я согласен", routes=[Route.CENTRE]
    )
    return msgspec.structs.replace(a_catalogue(), consents=[text])


def clinics(folder: Path) -> ClinicMaker:
    """A server whose centre asks for a consent."""
    catalogues = write_catalogues(folder / "catalogues", asking(), a_catalogue("perinatal"))
    settings = Settings(
        database_url=f"sqlite:///{folder}/backend.db",
        files_url=f"file://{folder}/files",
        demo=True,
        catalogues=catalogues,
        password_memory_kib=32,
    )
    return ClinicMaker(settings, SetClock())


@dataclass(frozen=True)
class Bench:
    """The doctor's window and the patient at the other end."""

    window: MainWindow
    screens: Screens
    patient: PatientCaller

    def seen(self, kind: type[QWidget]) -> bool:
        """Whether a widget of that kind stands on the screen."""
        return any(one.isVisible() for one in self.window.findChildren(kind))

    def said(self) -> list[str]:
        """What the labels in sight say."""
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]

    async def say(self, word: str) -> None:
        """The patient gives or withdraws the consent."""
        answer = await self.patient.post(f"/consents/{KIND.value}/{word}")
        assert answer.is_success, answer.text


@asynccontextmanager
async def window(
    qtbot: QtBot, around: Surroundings, desk: DeskServices
) -> AsyncIterator[tuple[MainWindow, Screens]]:
    """The doctor's window with the list read."""
    model = MainWindowModel(FakeAccountService(), around.words.time)
    shown = MainWindow(model, around.theme, around.shortcuts, around.look)
    qtbot.addWidget(shown)
    screens = Screens(
        desk,
        shown,
        around.theme,
        around.words,
        around.shortcuts,
        around.look,
        QueueChoices(QueueGroup.ALL),
        {},
        tray=FakeTray(),
    )
    shown.show_desk()
    shown.show()
    shown.activateWindow()
    screens.start()
    await until(lambda: screens.queue_model.state is ListState.ROWS and shown.isActiveWindow())
    try:
        yield shown, screens
    finally:
        await screens.close()
        model.close()
        shown.hide()


@asynccontextmanager
async def bench(qtbot: QtBot, around: Surroundings, folder: Path) -> AsyncIterator[Bench]:
    """A case with an ECG and a paper, its consent given."""
    files = an_ecg_and_a_paper(NUMBER)
    request = replace(REQUEST, number=NUMBER, files=files, consents=((KIND, "1", START),))
    decoder = Decoder()
    doors = Doors(decoder, MediaEngine(), KeptCertificates(folder))
    try:
        async with (
            clinics(folder).open(request) as clinic,
            on_a_socket(clinic) as socket,
            doctor(socket.address, "levashova", folder, doors) as one,
            window(qtbot, around, one.desk) as (shown, screens),
        ):
            patient = await clinic.patient(await clinic.caller(), id_of(NUMBER))
            yield Bench(shown, screens, patient)
    finally:
        await decoder.close()


async def test_a_withdrawn_consent_closes_the_open_viewers_within_two_seconds(
    qtbot: QtBot, around: Surroundings, tmp_path: Path
) -> None:
    """SPB-13: from the server's answer to the patient to an empty screen; no key brings a file
    back, though its bytes are on this computer; given again, the files come by themselves."""
    async with bench(qtbot, around, tmp_path) as one:
        press(one.window, Qt.Key.Key_Return)
        await until(lambda: one.seen(EcgView))
        model = one.screens.review_model
        model.step_file(1)
        await until(lambda: one.seen(DocumentView))
        await until(lambda: model.active.state is PaneState.READY)
        await one.say("withdraw")
        said = monotonic()
        await until(lambda: model.is_closed)
        assert monotonic() - said <= WITHIN_S
        assert not one.seen(EcgView)
        assert not one.seen(DocumentView)
        assert {pane.study for pane in model.panes} == {None}
        assert "Пациент отозвал согласие: документы закрыты" in one.said()
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_1, Qt.Key.Key_F):
            press(one.window, key)
        assert {pane.document for pane in model.panes} == {None}
        await one.say("give")
        await until(lambda: one.seen(EcgView) or one.seen(DocumentView))
