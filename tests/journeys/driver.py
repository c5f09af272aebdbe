"""Drives the whole workstation in this process, with its real server process, as a doctor would.

Keys and clicks go to the widgets; what is asserted is what stands on the screen. Waiting means: the
loop runs until a condition holds.
"""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.qt_classes import made_by_threads, watch
from tests.ui.keys import press
from workstation.__main__ import parse_arguments
from workstation.app import Workstation
from workstation.embedded_backend import EmbeddedBackend
from workstation.services.certificates import Certificates
from workstation.services.chosen_certificates import ChosenCertificates
from workstation.services.sitting import Sitting
from workstation.ui.theme import Scheme

Kind = TypeVar("Kind", bound=QWidget)
PATIENCE_S = 60.0


class DoesNotHold(AssertionError):
    """What should have come to stand on the screen did not."""


class Desk:
    """A workstation that keeps its data in `folder`; an async context manager.

    It has a demo backend of its own, or works with the one at `server`.
    """

    def __init__(
        self,
        application: QApplication,
        folder: Path,
        *,
        arguments: tuple[str, ...] = (),
        backend_folder: Path | None = None,
        server: str | None = None,
    ) -> None:
        watch()
        words = ["--demo", "--data-folder", str(folder / "desk"), *arguments]
        self._backend: EmbeddedBackend | None = None
        if server is None:
            self._backend = EmbeddedBackend(backend_folder or folder / "backend", demo=True)
            self._backend.start()
        else:
            words += ["--server", server]
        self.workstation = Workstation(parse_arguments(words), application, self._backend)

    async def __aenter__(self) -> Self:
        await self.workstation.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.workstation.stop()
        made = made_by_threads()
        hold(not made, f"a thread has made classes of Qt: {made}")

    @property
    def backend(self) -> EmbeddedBackend:
        """Its own server."""
        assert self._backend is not None
        return self._backend

    @property
    def window(self) -> QWidget:
        """The main window."""
        return self.workstation.window

    async def sign_with(
        self,
        certificates: Certificates,
        choices: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Takes other certificates than the demonstration's; before anybody signs in. `choices`:
        folder in which it is kept which key was chosen; None: there is nothing to choose.
        `monotonic` counts the seconds for which one PIN serves."""
        await self.until(lambda: self.workstation.backing, "the program was not loaded", 120)
        backing = self.workstation.backing
        assert backing is not None
        sitting = Sitting(monotonic)
        backing.certificates = ChosenCertificates(
            certificates, choices, backing.secrets, sitting, backing.clock.now
        )

    async def until(
        self, holds: Callable[[], object], what: str, patience: float = PATIENCE_S
    ) -> float:
        """Runs the loop until the condition holds; seconds it took. Raises DoesNotHold."""
        begun = time.perf_counter()
        while not holds():
            if time.perf_counter() - begun > patience:
                raise DoesNotHold(what)
            await asyncio.sleep(0.005)
        return time.perf_counter() - begun

    def find(self, kind: type[Kind], name: str) -> Kind:
        """The widget of that object name, which must be there."""
        for widget in self.window.findChildren(kind, name):
            if widget.isVisible():
                return widget
        found = self.window.findChild(kind, name)
        if found is None:
            raise DoesNotHold(f"no {kind.__name__} named {name}")
        return found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """Presses a key, as the system does: the window hands it on to where the focus is."""
        press(self.window, key, modifiers=modifiers or Qt.KeyboardModifier.NoModifier)

    def type_text(self, text: str) -> None:
        """Types into what has the focus, in any alphabet."""
        for letter in text:
            press(self.window, letter)

    def look(self, scheme: Scheme, width: int, height: int) -> None:
        """Changes colours and size, as the settings and the window's edge would."""
        self.workstation.look.choose_scheme(scheme)
        self.window.resize(width, height)

    async def picture(self, path: Path) -> None:
        """Saves what the window shows, once pending paints are done."""
        for _ in range(3):
            await asyncio.sleep(0.02)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.window.grab().save(str(path)):
            raise DoesNotHold(f"picture not saved: {path.name}")


def hold(condition: bool, what: str) -> None:
    """Raises DoesNotHold where the condition is false."""
    if not condition:
        raise DoesNotHold(what)
