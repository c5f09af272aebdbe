"""What a doctor has chosen for the window; kept between two starts by who listens to changes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from backend_client.models.requests import QueueGroup
from workstation.ui.theme import Scheme, Theme


class QueueChoices:
    """Choices of the queue: the group that was open last."""

    def __init__(
        self,
        group: QueueGroup = QueueGroup.UNCLAIMED,
        on_change: Callable[["QueueChoices"], None] | None = None,
    ) -> None:
        known = group is not QueueGroup.UNKNOWN
        self._group = group if known else QueueGroup.UNCLAIMED
        self._on_change = on_change

    @property
    def group(self) -> QueueGroup:
        """The open group."""
        return self._group

    def choose_group(self, group: QueueGroup) -> None:
        """Remembers the group."""
        if group is not self._group:
            self._group = group
            if self._on_change is not None:
                self._on_change(self)


class NoticeChoices(QObject):
    """Whether notices come by themselves. A threat to life always does; counts go on."""

    changed = Signal()

    def __init__(self, *, are_on: bool = True) -> None:
        super().__init__()
        self._are_on = are_on

    @property
    def are_on(self) -> bool:
        """Whether all of them are told."""
        return self._are_on

    def choose(self, are_on: bool) -> None:
        """All of them, or threats to life alone."""
        if are_on is not self._are_on:
            self._are_on = are_on
            self.changed.emit()


class WritingChoices(QObject):
    """What helps at writing."""

    changed = Signal()

    def __init__(self, *, spelling: bool = True) -> None:
        super().__init__()
        self._spelling = spelling

    @property
    def spelling(self) -> bool:
        """Whether words in doubt are marked."""
        return self._spelling

    def choose_spelling(self, is_on: bool) -> None:
        """Marks them, or does not."""
        if is_on is not self._spelling:
            self._spelling = is_on
            self.changed.emit()


class LookChoices(QObject):
    """Choices of the look. They act at once: colours and sizes through the theme."""

    changed = Signal()

    def __init__(self, theme: Theme, *, compact_rows: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._compact_rows = compact_rows

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or as the desktop."""
        return self._theme.scheme

    @property
    def scale(self) -> float:
        """How much larger than drawn everything is: 1.0 to 2.0."""
        return self._theme.scale

    @property
    def compact_rows(self) -> bool:
        """Whether a row of a list is one line high."""
        return self._compact_rows

    def choose_scheme(self, scheme: Scheme) -> None:
        """Changes the colours."""
        self._theme.choose(scheme)
        self.changed.emit()

    def choose_scale(self, scale: float) -> None:
        """Changes the size of everything."""
        self._theme.choose(self._theme.scheme, scale)
        self.changed.emit()

    def choose_compact_rows(self, compact: bool) -> None:
        """Changes the height of rows."""
        self._compact_rows = compact
        self.changed.emit()

    def next_scheme(self) -> None:
        """Light after dark after light, for the key."""
        self.choose_scheme(Scheme.LIGHT if self._theme.is_dark else Scheme.DARK)
