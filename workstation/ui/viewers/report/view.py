"""A structured report of a device: its title, whose the values are, and the table of them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.evidence import Origin, ReportPlace
from workstation.core.findings import Finding
from workstation.studies.report import ReportInfo
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.report.rows import rows_of
from workstation.ui.viewers.report.sheet import ReportSheet
from workstation.ui.viewers.report.words import ReportWords
from workstation.ui.viewers.text_search.bar import FindBar
from workstation.ui.viewers.text_search.folding import folded
from workstation.ui.widgets.labels import SignLabel


class ReportView(QWidget):
    """Shows one report; the chosen line can be put into the conclusion."""

    activated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ReportWords(self)
        self._info: ReportInfo | None = None
        self.sheet = ReportSheet(theme, self)
        self.find_bar = FindBar(theme, self)
        self._title = SignLabel(theme, role="bodyStrong", color="viewer.overlay", parent=self)
        self._title.setObjectName("reportTitle")
        self._about = SignLabel(theme, role="small", color="viewer.overlay.dim", parent=self)
        self._standing = SignLabel(theme, role="small", color="viewer.warn", parent=self)
        self._standing.setObjectName("reportStanding")
        self._found: list[int] = []
        self._lay_out()
        self.setFocusProxy(self.sheet)
        self.sheet.activated.connect(self.activated)
        self.find_bar.asked.connect(self._look_for)
        self.find_bar.step_wanted.connect(self._step_found)
        self.find_bar.left.connect(self._leave_search)

    def show_report(self, info: ReportInfo) -> None:
        """Opens a report."""
        self.clear()
        self._info = info
        self._title.show_sign(self._words.title(info))
        self._about.show_sign(self._words.about(info))
        empty = f"{self._words.empty()}. " if info.is_empty else ""
        is_good = bool(info.is_verified) and info.is_complete is not False and not info.is_empty
        color = "viewer.overlay.dim" if is_good else "viewer.warn"
        self._standing.show_sign(empty + self._words.standing(info), color=color)
        self.sheet.show_rows(rows_of(info, self._words))

    def clear(self) -> None:
        """Shows nothing."""
        self._info, self._found = None, []
        self.find_bar.close_quietly()
        self.sheet.show_rows(())
        for label in (self._title, self._about, self._standing):
            label.show_sign("")

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        return {"document.find": self.find_bar.open}

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys of the table, and those of the line for the search."""
        sheet = self.sheet
        for action, act in (
            ("report.next", lambda: sheet.step(1)),
            ("report.previous", lambda: sheet.step(-1)),
            ("report.first", lambda: sheet.to_end(-1)),
            ("report.last", lambda: sheet.to_end(1)),
        ):
            shortcuts.bind(sheet, action, act, focused=True)
        self.find_bar.bind(shortcuts)

    def finding(self) -> Finding | None:
        """The chosen line, as the device's."""
        row = self.sheet.chosen
        if row is None or not row.finding:
            return None
        return Finding(row.finding, ReportPlace(item=row.item), Origin.DEVICE)

    def show_place(self, place: ReportPlace) -> bool:
        """Brings a line into sight and marks it for a moment; False for what is not here."""
        for number, row in enumerate(self.sheet.rows):
            if row.item == place.item:
                self.sheet.flash(number)
                return True
        return False

    def turn_page(self, pages: int) -> bool:
        """Scrolls by a view; False at the end, where nothing moved."""
        return self.sheet.scroll_page(pages)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(14, 8, 14, 6)
        head.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(14)
        first.addWidget(self._title)
        first.addWidget(self._about, 1)
        head.addLayout(first)
        head.addWidget(self._standing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.sheet, 1)
        box.addWidget(self.find_bar)

    def _look_for(self, words: str) -> None:
        wanted = folded(words)
        rows = enumerate(self.sheet.texts())
        self._found = [n for n, text in rows if wanted in folded(text)] if wanted else []
        self.sheet.mark(frozenset(self._found))
        self.find_bar.show_count(1 if self._found else 0, len(self._found))
        if self._found:
            self.sheet.choose(self._found[0])

    def _step_found(self, direction: int) -> None:
        present = self.sheet.chosen
        if not self._found or present is None:
            return
        here = self.sheet.rows.index(present)
        place = self._found.index(here) if here in self._found else -1
        place = (place + direction) % len(self._found)
        self.find_bar.show_count(place + 1, len(self._found))
        self.sheet.choose(self._found[place])

    def _leave_search(self) -> None:
        self._found = []
        self.sheet.mark(frozenset())
        self.sheet.setFocus()
