"""Where columns are chosen by keys and by mouse: a strip above the list, which follows at once."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from workstation.ui.record_table_model import Column
from workstation.ui.screens.queue.column_choices import STEP_PX, Breadth, ColumnChoices
from workstation.ui.screens.queue.condition_chip import ConditionChip
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.flow_layout import FlowLayout
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel


class ColumnPanel(QFrame):
    """A chip for each column, in their order: Space shows or hides, keys move and widen.

    Follows the choices; hidden until it is opened.
    """

    left = Signal()
    """It is closed: the list has the focus next."""

    def __init__(
        self,
        choices: ColumnChoices,
        columns: tuple[Column, ...],  # type: ignore[type-arg]  # their titles alone are asked for
        theme: Theme,
        shortcuts: ShortcutRouter,
    ) -> None:
        super().__init__()
        self.setObjectName("columns.panel")
        self.setProperty("surface", "sunken")
        self._choices, self._columns, self._theme = choices, columns, theme
        self._breadth = Breadth.NARROW
        self._build()
        self._lay_out()
        self._bind(shortcuts)
        choices.changed.connect(self._show)
        self.hide()

    def open(self) -> None:
        """Opens it at the first column; open already, it closes."""
        if self.isVisible():
            self.close_panel()
            return
        self.show()
        self._show()
        self._in_order()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_panel(self) -> None:
        """The columns stay as they are."""
        self.hide()
        self.left.emit()

    def set_breadth(self, breadth: Breadth) -> None:
        """Of which windows the widths are."""
        self._breadth = breadth
        self._show()

    def menu(self, parent: QWidget) -> QMenu:
        """The same for the mouse; made anew each time."""
        menu = QMenu(parent)
        menu.setObjectName("columns.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for column in self._choices.order():
            entry = menu.addAction(self._columns[column].title())
            entry.setCheckable(True)
            entry.setChecked(self._choices.is_shown(column, self._breadth))
            can_hide = self._choices.can_hide(column, self._breadth)
            entry.setEnabled(can_hide)
            entry.setToolTip("" if can_hide else self._why_stays())
            entry.triggered.connect(lambda on, one=column: self._choose(one, on))
        menu.addSeparator()
        order = menu.addAction("\t".join((self.tr("Order and width…"), key_label("queue.columns"))))
        order.triggered.connect(self._open_from_menu)
        usual = menu.addAction(self.tr("As usual"))
        usual.setEnabled(not self._choices.are_usual)
        usual.triggered.connect(self._choices.reset)
        return menu

    def open_menu(self, at: QPoint) -> None:
        """Opens the menu there; the caller goes on at once."""
        self.menu(self.window()).popup(at)

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [*self.chips.values(), self.usual, self.done]

    def _build(self) -> None:
        theme = self._theme
        self.title = SignLabel(
            theme, self.tr("Columns"), glyph="columns", role="bodyStrong", color="text.primary"
        )
        self.chips: dict[int, ConditionChip] = {}
        for number, column in enumerate(self._columns):
            chip = ConditionChip(theme, column.title(), f"columns.{column.key}")
            chip.clicked.connect(lambda on, one=number: self._choose(one, on))
            self.chips[number] = chip
        self.usual = KeyButton(theme, self.tr("As usual"), kind="flat", height="compact")
        self.usual.setObjectName("columns.usual")
        self.usual.clicked.connect(self._choices.reset)
        close = key_label("columns.close")
        self.done = KeyButton(theme, self.tr("Done"), key=close, height="compact")
        self.done.setObjectName("columns.done")
        self.done.clicked.connect(self.close_panel)
        keys = {name: key_label(f"columns.{name}") for name in ("left", "right", "wider")}
        text = self.tr(
            "Space shows or hides; {left} and {right} move; {wider} and {narrower}: width"
        )
        hint = text.format(**keys, narrower=key_label("columns.narrower"))
        self.hint = SignLabel(theme, hint)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        head.addWidget(self.usual)
        head.addWidget(self.done)
        chips = QWidget()
        self._flow = FlowLayout(self._theme.px(4), chips)
        for chip in self.chips.values():
            self._flow.addWidget(chip)
        column = QVBoxLayout()
        column.setContentsMargins(16, 6, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(chips)
        line = QFrame()
        line.setProperty("line", "h")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column)
        whole.addWidget(line)

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        def on_chip() -> bool:
            return self._current() is not None

        shortcuts.bind(self, "columns.left", lambda: self._move(-1), on_chip)
        shortcuts.bind(self, "columns.right", lambda: self._move(1), on_chip)
        shortcuts.bind(self, "columns.wider", lambda: self._widen(STEP_PX), on_chip)
        shortcuts.bind(self, "columns.narrower", lambda: self._widen(-STEP_PX), on_chip)
        shortcuts.bind(self, "columns.close", self.close_panel)

    def _show(self) -> None:
        """The chips in the columns' order; those that must stay say why."""
        for column in self._choices.order():
            chip = self.chips[column]
            chip.setChecked(self._choices.is_shown(column, self._breadth))
            can_hide = self._choices.can_hide(column, self._breadth)
            chip.lock(not can_hide)
            chip.setToolTip("" if can_hide else self._why_stays())
        self._flow.put_in_order(self._in_order())
        self.usual.setEnabled(not self._choices.are_usual)

    def _in_order(self) -> list[QWidget]:
        return [self.chips[column] for column in self._choices.order()]

    def _choose(self, column: int, shown: bool) -> None:
        self._choices.show(column, self._breadth, shown=shown)
        self._show()  # what must stay is ticked again

    def _open_from_menu(self) -> None:
        if not self.isVisible():
            self.open()

    def _current(self) -> int | None:
        """The column whose chip has the focus."""
        return next((one for one, chip in self.chips.items() if chip.hasFocus()), None)

    def _move(self, places: int) -> None:
        column = self._current()
        if column is not None:
            self._choices.move(column, places, self._breadth)

    def _widen(self, pixels: int) -> None:
        column = self._current()
        if column is not None:
            self._choices.widen(column, pixels, self._breadth)

    def _why_stays(self) -> str:
        return self.tr("Each row says the term, the patient and the state: this column stays")
