"""The command palette over the window: a field, what answers it, and the keys of the palette."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from workstation.ui.icons import icon
from workstation.ui.screens.palette.line_list import ROW_PX, LineList
from workstation.ui.screens.palette.view_model import PaletteModel
from workstation.ui.screens.review.key_hints import KeyHint, KeyHints
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.cover import Cover

_WIDTH_PX, _FIELD_PX, _FOOT_PX, _MOST_LINES = 560, 44, 36, 9
_BESIDE_PX = 392
"""The card's width at the right stays free: whose case it is stands there."""
_BELOW_PX = 64
"""The strip over a case stays free for the same reason."""


class PaletteView(Cover):
    """Shows a `PaletteModel`. `open` begins anew with an empty field."""

    def __init__(
        self,
        model: PaletteModel,
        window: QWidget,
        place: Callable[[], QRect],
        theme: Theme,
        shortcuts: ShortcutRouter,
    ) -> None:
        self._model = model
        self._room_for = _MOST_LINES  # its height stays while letters are typed: calmer, cheaper
        self.field = QLineEdit()
        self._glass = self.field.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self.list = LineList(theme)
        self._nothing = QLabel()
        self._hints = KeyHints(theme, color="text.tertiary")
        super().__init__(window, place, theme, shortcuts, "palette")
        self._build()
        model.changed.connect(self._show)
        model.done.connect(self.close_cover)
        self.field.textEdited.connect(model.search_for)
        self.list.pressed_line.connect(self._run_line)
        shortcuts.bind(self, "palette.run", model.run)
        shortcuts.bind(self, "palette.next", lambda: model.step(1))
        shortcuts.bind(self, "palette.previous", lambda: model.step(-1))
        shortcuts.bind(self, "palette.close", self.close_cover)
        shortcuts.bind(self, "app.palette", self.close_cover)

    def open_anew(self) -> None:
        """Shows what can be carried out now; the letters typed next are for the field."""
        if self.isVisible():
            return
        self._model.open()
        self._room_for = min(_MOST_LINES, max(3, len(self._model.lines)))
        self.field.clear()
        self._say()
        self.open(self.field)

    def panel_rect(self, area: QRect) -> QRect:
        px = self._theme.px
        width = min(px(_WIDTH_PX), area.width() - 2 * px(16))
        free = max(width, area.width() - px(_BESIDE_PX))
        left = area.left() + (free - width) // 2
        height = px(_FIELD_PX) + px(ROW_PX) * self._room_for + px(_FOOT_PX) + 4
        top = area.top() + px(_BELOW_PX)
        return QRect(left, top, width, min(height, area.bottom() - top))

    def _build(self) -> None:
        self.field.setObjectName("palette.field")
        self.field.setFrame(False)
        self._nothing.setObjectName("palette.nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 12, 0)
        foot.addWidget(self._hints)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(_line())
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(_line())
        column.addLayout(foot)

    def _run_line(self, place: int) -> None:
        self._model.choose(place)
        self._model.run()

    def _show(self) -> None:
        lines = self._model.lines
        self.list.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self.list.show_lines(lines, self._model.chosen)
        if lines:
            self.field.setAccessibleDescription(lines[self._model.chosen].command.title)

    def _say(self) -> None:
        self.field.setAccessibleName(self.tr("Find an action"))
        self._nothing.setText(self.tr("Nothing here is called so"))
        arrows = (key_label("palette.previous"), key_label("palette.next"))
        self._hints.show_hints(
            [
                KeyHint(self.tr("choose"), arrows),
                KeyHint(self.tr("do it"), (key_label("palette.run"),)),
                KeyHint(self.tr("close"), (key_label("palette.close"),)),
            ]
        )

    def _dress(self) -> None:
        super()._dress()
        px = self._theme.px
        self._glass.setIcon(icon("magnifying-glass", self._theme.color("text.tertiary")))
        self.field.setFixedHeight(px(_FIELD_PX))
        self._hints.setFixedHeight(px(_FOOT_PX) - 2)
        self.field.setStyleSheet(
            "QLineEdit, QLineEdit:focus { border: none; background: transparent; padding: 0 8px;"
            f" font-size: {px(14)}px; min-height: {px(_FIELD_PX)}px; }}"
        )


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", "h")
    return line
