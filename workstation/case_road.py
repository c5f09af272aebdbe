"""The screens of one case over the rooms: which one is seen, and where Esc leads back to."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend_client.models.common import RequestId
from workstation.ui.main_window import MainWindow


class CaseModel(Protocol):
    """What every screen of a case can do."""

    @property
    def request_id(self) -> RequestId | None:
        """The case that it shows."""

    def open(self, request_id: RequestId) -> None:
        """Shows that case."""

    def abandon(self) -> None:
        """The case was left by another road."""

    async def close(self) -> None:
        """Ends everything for good."""


class CaseScreen:
    """A view and its model, built at the first use."""

    def __init__(self, build: Callable[[], tuple[QWidget, CaseModel]]) -> None:
        self._build = build
        self._built: tuple[QWidget, CaseModel] | None = None

    @property
    def view(self) -> QWidget:
        """The widget."""
        return self._pair()[0]

    @property
    def model(self) -> CaseModel:
        """What it shows."""
        return self._pair()[1]

    def prepare(self) -> None:
        """Builds both ahead of their first use."""
        self._pair()

    @property
    def is_built(self) -> bool:
        """Whether there is anything to be closed."""
        return self._built is not None

    def abandon(self) -> None:
        """Lets go of the case where it has one."""
        if self._built is not None and self._built[1].request_id is not None:
            self._built[1].abandon()

    async def close(self) -> None:
        """Ends what runs and deletes both."""
        if self._built is None:
            return
        view, model = self._built
        await model.close()
        view.deleteLater()
        if isinstance(model, QObject):
            model.deleteLater()

    def _pair(self) -> tuple[QWidget, CaseModel]:
        if self._built is None:
            self._built = self._build()
        return self._built


class CaseRoad(QObject):
    """One case at a time. A screen that is gone on to stands over the one it was opened from.

    Going to one that is on the road already goes back to it, so the road never winds.
    """

    moved = Signal()
    """Another screen is seen, or none."""
    taken_up = Signal(str)
    """Screens of this request are shown from now on."""
    left = Signal(str)
    """The case was left for the rooms: its request's id."""

    def __init__(self, window: MainWindow, screens: dict[str, CaseScreen]) -> None:
        super().__init__()
        self._window, self._screens = window, screens
        self._road: list[str] = []
        self._looked_at = ""
        self._case: RequestId | None = None

    @property
    def case(self) -> RequestId | None:
        """The request whose screens are shown."""
        return self._case

    @property
    def seen(self) -> str:
        """Name of the screen that is seen; "" for the rooms."""
        return self._looked_at or (self._road[-1] if self._road else "")

    def go(self, name: str, case: RequestId) -> QWidget:
        """Shows that screen of the case; another case is left first."""
        if case != self._case:
            self._let_go()
            self._case = case
            self.taken_up.emit(case)
        if name in self._road:
            self._cut(self._road.index(name) + 1)
        else:
            self._looked_at = ""
            self._road.append(name)
        return self._see(name)

    def look(self, name: str, case: RequestId) -> None:
        """Shows that screen for a look: one that lies on the road below comes up, and nothing over
        it is let go. `look_back` ends that."""
        if case != self._case or name not in self._road or name == self._road[-1]:
            self.go(name, case)
            return
        self._looked_at = name
        self._see(name)

    def look_back(self) -> bool:
        """From a look to the screen that asked for it; False where there was no look."""
        if not self._looked_at:
            return False
        self._looked_at = ""
        self._see(self._road[-1])
        return True

    def back(self, name: str) -> None:
        """That screen has let go of the case: to the one below it, or to the rooms."""
        if name not in self._road:
            return
        place = self._road.index(name)
        self._cut(place + 1)
        del self._road[place]
        if self._road:
            self._see(self._road[-1])
        else:
            self.leave()

    def leave(self) -> None:
        """To the rooms, from wherever."""
        self._window.leave_case()
        self._let_go()
        self.moved.emit()

    async def close(self) -> None:
        """Ends all screens."""
        for screen in self._screens.values():
            await screen.close()

    def _see(self, name: str) -> QWidget:
        view = self._screens[name].view
        self._window.show_case(view)
        self.moved.emit()
        return view

    def _cut(self, length: int) -> None:
        """Lets the screens behind that place go; a look is over."""
        self._looked_at = ""
        gone, self._road = self._road[length:], self._road[:length]
        for name in reversed(gone):
            self._screens[name].abandon()

    def _let_go(self) -> None:
        self._cut(0)
        case, self._case = self._case, None
        if case is not None:
            self.left.emit(case)
