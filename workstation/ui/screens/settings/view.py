"""Settings of the look; every choice acts at once, so there is nothing to confirm."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workstation.ui.choices import LookChoices, NoticeChoices, WritingChoices
from workstation.ui.screens.settings.screen_measure import ScreenMeasure
from workstation.ui.theme import Scheme, Theme
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.wording import NBSP

SCALES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
Value = TypeVar("Value", bound=Hashable)


class Choice(QWidget, Generic[Value]):
    """A few values side by side, one of them chosen; arrows move between them."""

    def __init__(
        self,
        name: str,
        values: Sequence[tuple[Value, str]],
        choose: Callable[[Value], None],
    ) -> None:
        super().__init__()
        self.setObjectName(f"settings.{name}")
        self._group = QButtonGroup(self)
        self._buttons: dict[Value, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for value, text in values:
            button = QPushButton(text)
            button.setObjectName(f"settings.{name}.{value}")
            button.setCheckable(True)
            button.setProperty("kind", "choice")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, value=value: choose(value))
            self._group.addButton(button)
            self._buttons[value] = button
            row.addWidget(button)
        row.addStretch(1)

    def mark(self, value: Value) -> None:
        """Shows which value is chosen."""
        button = self._buttons.get(value)
        if button is not None:
            button.setChecked(True)


class SettingsView(QFrame):
    """Theme, size, rows, notices, the screen's millimetres, language."""

    def __init__(
        self,
        choices: LookChoices,
        theme: Theme,
        notices: NoticeChoices | None = None,
        screens: ScreenCalibrations | None = None,
        key: QWidget | None = None,
        check: QWidget | None = None,
        writing: WritingChoices | None = None,
    ) -> None:
        """`screens`: what was measured of them with a card, for true millimetres. `key`: the row
        of the signing key, where there is an account to sign. `check`: that of checking a PDF.
        """
        super().__init__()
        self.setObjectName("settings")
        self.setProperty("surface", "panel")
        self._choices, self._theme = choices, theme
        self._notice_choices = notices = notices or NoticeChoices()
        self._scheme = Choice("scheme", self._schemes(), choices.choose_scheme)
        scales = [(scale, f"{round(scale * 100)}{NBSP}%") for scale in SCALES]
        self._scale = Choice("scale", scales, choices.choose_scale)
        rows = [(False, self.tr("Comfortable")), (True, self.tr("Compact"))]
        self._rows = Choice("rows", rows, choices.choose_compact_rows)
        told = [(True, self.tr("All")), (False, self.tr("Threats to life alone"))]
        self._notices = Choice("notices", told, notices.choose)
        self._writing = writing = writing or WritingChoices()
        marked = [(True, self.tr("Marked")), (False, self.tr("Not marked"))]
        self._spelling = Choice("spelling", marked, writing.choose_spelling)
        self._language = SignLabel(
            theme, self.tr("English", "name of the language shown"), role="body"
        )
        self._screen = ScreenMeasure(theme, screens or ScreenCalibrations(self))
        self._key, self._check = key, check
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        choices.changed.connect(self._show)
        notices.changed.connect(self._show)
        writing.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def _schemes(self) -> list[tuple[Scheme, str]]:
        return [
            (Scheme.SYSTEM, self.tr("As the system")),
            (Scheme.LIGHT, self.tr("Light")),
            (Scheme.DARK, self.tr("Dark")),
        ]

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Settings"))
        title.setProperty("role", "title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(16)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Theme"), self._scheme),
            (self.tr("Size of text and controls"), self._scale),
            (self.tr("Rows of lists"), self._rows),
            (self.tr("Notices"), self._notices),
            (self.tr("Words in doubt in conclusions"), self._spelling),
            (self.tr("Screen for ECG"), self._screen),
            *(((self.tr("Signing key"), self._key),) if self._key is not None else ()),
            *(((self.tr("Signatures"), self._check),) if self._check is not None else ()),
            (self.tr("Language"), self._language),
        )
        for number, (text, widget) in enumerate(rows):
            label = SignLabel(self._theme, text, role="body")
            grid.addWidget(label, number, 0)
            grid.addWidget(widget, number, 1)
            widget.setAccessibleName(text)
        head = QFrame()
        head_row = QHBoxLayout(head)
        head_row.setContentsMargins(16, 11, 16, 12)
        head.setFixedHeight(self._theme.px(47))
        head_row.addWidget(title)
        line = QFrame()
        line.setProperty("line", "h")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(line)
        grid.setContentsMargins(16, 20, 16, 16)
        whole.addLayout(grid)
        whole.addStretch(1)

    def _show(self) -> None:
        self._scheme.mark(self._choices.scheme)
        self._scale.mark(self._choices.scale)
        self._rows.mark(self._choices.compact_rows)
        self._notices.mark(self._notice_choices.are_on)
        self._spelling.mark(self._writing.spelling)
