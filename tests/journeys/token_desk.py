"""A doctor's token at the whole program, in a session of D-Bus of its own: one PIN for a sitting.

`dbus-run-session -- python -m tests.journeys.token_desk FOLDER` says a line for each step that has
held. Two tokens of SoftHSM2 are plugged in; the screen is locked by the desktop's own signal.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import qasync
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from backend.demo_data.staff import made_up_snils
from backend_client.models.common import RequestId
from backend_client.models.conclusions import ConclusionState
from signing.demo_pki import DemoAuthority, DemoPerson
from tests.journeys.day_plan import ME, Task, planned_day
from tests.journeys.day_rows import load_morning
from tests.journeys.day_steps import DoctorsDay, case_of
from tests.journeys.driver import Desk, hold
from tests.journeys.own_pki import trust
from tests.journeys.signed_cases import FORM, all_is_loaded, services_of
from tests.journeys.steps import screens, server_answers, sign_in
from tests.signing.soft_tokens import DOCTORS, LIBRARY, PIN, RSA_ID, SoftTokens, soft_tokens
from workstation.application import make_application
from workstation.services.certificates import TRUST_ROOTS, KeptCertificates
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
from workstation.ui.screens.settings.key_dialog import KeyDialog
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.widgets.rail import Rail

SAVER, SAVERS_PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
BUS = "DBUS_SESSION_BUS_ADDRESS"
CASES = tuple(one for one in planned_day() if one.task in (Task.SIGN, Task.WRITE))
"""What the doctor has in writing."""
FREE = tuple(one for one in planned_day() if one.task is Task.ACCEPT)
SITTING_S, LONG_S = 30 * 60.0, 120.0
WRONG = "0000"


@dataclass
class Watch:
    """Seconds that pass when the journey says so."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


class TokenDesk:
    """Steps, in their order; each returns what held, in words."""

    def __init__(self, desk: Desk, tokens: SoftTokens, watch: Watch) -> None:
        self.desk, self._tokens, self._watch = desk, tokens, watch
        self._cases = list(CASES)
        self._day = DoctorsDay(desk)
        self._bus = QDBusConnection.connectToBus(os.environ[BUS], "screen-saver")

    async def key_chosen(self) -> str:
        """In the settings, among the keys of two tokens; its PIN is given there."""
        self.desk.window.findChildren(Rail)[0].chosen.emit("settings")
        self.desk.find(QAbstractButton, "settings.key.choose").click()
        dialog = self.desk.find(KeyDialog, "keyDialog")
        await self.desk.until(dialog.isVisible, "the page of the key did not come")
        self.desk.find(QAbstractButton, "settings.key.kind.KeyKind.TOKEN").click()
        self._fill("key.library", str(LIBRARY))
        self.desk.find(QAbstractButton, "key.look").click()
        offered = self.desk.find(QWidget, "key.tokens")
        await self.desk.until(lambda: len(_keys_of(offered)) == 3, "not three keys on two tokens")
        mine = next(
            one for one in _keys_of(offered) if DOCTORS in one.text() and "RSA" in one.text()
        )
        mine.click()
        self._fill("key.pin", PIN)
        self.desk.find(QAbstractButton, "key.take").click()
        await self.desk.until(
            lambda: self.desk.window.findChild(KeyDialog) is None, "the key was not taken"
        )
        self.desk.window.activateWindow()
        await self.desk.until(self.desk.window.isActiveWindow, "the window is not the active one")
        self.desk.window.findChildren(Rail)[0].chosen.emit("queue")
        await self._day.all_requests()
        return f"{RSA_ID} of three keys on two tokens"

    async def signed_without_a_pin(self) -> str:
        """The sitting has begun in the settings."""
        await self._opened()
        hold(not self._field.isVisible(), "a PIN is asked for")
        self._day.keys.press("Ctrl+Enter")
        await self._signed()
        return "no PIN was asked for"

    async def locked_screen_asks_again(self) -> str:
        """The pages stand on the screen, the doctor goes away, the desktop locks itself."""
        await self._opened()
        hold(not self._field.isVisible(), "a PIN is asked for before")
        hold(self._bus.registerService(SAVER), "the screen saver has no name on the bus")
        signal = QDBusMessage.createSignal(SAVERS_PATH, SAVER, "ActiveChanged")
        signal.setArguments([True])
        hold(self._bus.send(signal), "the signal was not sent")
        await self._until_said("Экран был заблокирован")
        self._day.keys.press("Ctrl+Enter")
        await self._asked()
        hold(self._model.state is ConclusionState.DRAFTING, "signed after the screen was locked")
        return "the PIN is asked for"

    async def wrong_pin_is_counted(self) -> str:
        """What the token says of its tries stands there; the text does, too."""
        self._day.keys.press(*WRONG, "Ctrl+Enter")
        message = self.desk.find(TextBlock, "conclusion.message")
        await self.desk.until(
            lambda: "Токен считает неверные ПИН" in message.text(), "no word of the tries left"
        )
        hold(self._field.property("invalid") is True, "the field is not marked")
        self._holds_its_text()
        self._day.keys.press(*PIN, "Ctrl+Enter")
        await self._signed()
        return "said, and the right one signs"

    async def time_is_over(self) -> str:
        """Half an hour later."""
        await self._opened()
        hold(not self._field.isVisible(), "a PIN is asked for too early")
        self._watch.seconds += SITTING_S
        self._day.keys.press("Ctrl+Enter")
        await self._asked()
        hold(self._model.state is ConclusionState.DRAFTING, "signed after the time was over")
        return "the PIN is asked for"

    async def pulled_out_and_back(self) -> str:
        """Without its token nothing is signed and nothing lost; with it no restart is needed."""
        self._tokens.pull_out()
        try:
            self._day.keys.press(*PIN, "Ctrl+Enter")
            message = self.desk.find(TextBlock, "conclusion.message")
            await self.desk.until(lambda: "Токен не подключён" in message.text(), "not said")
            self._holds_its_text()
        finally:
            self._tokens.plug_in()
        self._field.setFocus()
        self._field.selectAll()
        self._day.keys.press(*PIN, "Ctrl+Enter")
        await self._signed()
        return "said; plugged in again it signs"

    @property
    def _model(self) -> ConclusionViewModel:
        return screens(self.desk).conclusion_model

    @property
    def _field(self) -> QLineEdit:
        return self.desk.find(QLineEdit, "conclusion.pin")

    async def _opened(self) -> None:
        """The next case: written by the services, opened by keys, ready to be signed."""
        planned = self._cases.pop(0)
        case = RequestId(case_of(planned))
        conclusions = services_of(self.desk).conclusions
        draft = await conclusions.open(case)
        version = 0 if draft.conclusion is None else draft.conclusion.version
        await conclusions.save(case, version, FORM)
        await self._day.go_to(planned)
        self._day.keys.press("F6")
        await self.desk.until(
            lambda: self._model.request_id == case and self._model.obstacle is None,
            "it cannot be signed",
            LONG_S,
        )
        await self.desk.until(lambda: not self._model.signing.is_reading, "no certificate")

    async def _asked(self) -> None:
        await self.desk.until(
            lambda: self._field.isVisible() and self._field.hasFocus(), "the PIN is not asked for"
        )

    async def _signed(self) -> None:
        """And back to the list."""
        states = (ConclusionState.SIGNED, ConclusionState.DELIVERED)
        await self.desk.until(lambda: self._model.state in states, "not signed")
        await self._day.back()

    def _holds_its_text(self) -> None:
        hold(self._model.state is ConclusionState.DRAFTING, "it is not a draft any more")
        hold(self._model.form.findings == FORM.findings, "the text is lost")

    def _fill(self, name: str, text: str) -> None:
        self.desk.find(QLineEdit, name).setText(text)

    async def _until_said(self, words: str) -> None:
        notice = self.desk.find(QWidget, "notice")

        def is_said() -> bool:
            labels = notice.findChildren(SignLabel)
            return notice.isVisible() and any(words in label.text() for label in labels)

        await self.desk.until(is_said, f"not said: {words}")


STEPS: tuple[Callable[[TokenDesk], Awaitable[str]], ...] = (
    TokenDesk.key_chosen,
    TokenDesk.signed_without_a_pin,
    TokenDesk.locked_screen_asks_again,
    TokenDesk.wrong_pin_is_counted,
    TokenDesk.time_is_over,
    TokenDesk.pulled_out_and_back,
)


async def take(application: QApplication, folder: Path, tokens: SoftTokens) -> None:
    """All steps, each with its line. Raises DoesNotHold."""
    choices, watch = folder / "certificates", Watch()
    async with Desk(application, folder, backend_folder=folder / "backend") as desk:
        await server_answers(desk)
        for roots in (choices / TRUST_ROOTS, desk.backend.trust_roots):
            trust(roots, "tokens", tokens.authority.root)
        await desk.sign_with(KeptCertificates(choices), choices, watch)
        await sign_in(desk, ME)
        await all_is_loaded(desk)
        at_desk = TokenDesk(desk, tokens, watch)
        for step in STEPS:
            sys.stdout.write(f"{step.__name__}: {await step(at_desk)}\n")


def main(folder: Path) -> None:
    """The morning's requests, two tokens, the program."""
    load_morning(folder / "backend", [*FREE, *CASES])
    authority, name = DemoAuthority(datetime.now(UTC)), "Левашова Марина Олеговна"
    doctor = DemoPerson(name, "Учебный центр", "кардиолог", made_up_snils(ME))
    (folder / "hsm").mkdir()
    application = make_application()
    with (
        soft_tokens(folder / "hsm", authority, doctor) as tokens,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
    ):
        runner.run(take(application, folder, tokens))


def _keys_of(offered: QWidget) -> list[QAbstractButton]:
    return [one for one in offered.findChildren(QAbstractButton) if one.isCheckable()]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
