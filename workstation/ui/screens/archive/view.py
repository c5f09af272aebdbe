"""The archive of a conclusion: its editions, the pages of one, the check of its signatures."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.documents import Document
from workstation.studies.imaging import PdfInfo
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.approvals.asked import OpenStudy
from workstation.ui.screens.approvals.difference_view import DifferenceView
from workstation.ui.screens.approvals.document_reader import Reading
from workstation.ui.screens.approvals.drawn import PageToCome
from workstation.ui.screens.approvals.signature_words import SignatureWords
from workstation.ui.screens.archive.check_column import CheckColumn
from workstation.ui.screens.archive.edition_row import EditionRow
from workstation.ui.screens.archive.view_model import ArchiveViewModel
from workstation.ui.screens.archive.words import EditionWords
from workstation.ui.screens.review.identity import IdentityWording
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.widgets.case_text import show_case, shown
from workstation.ui.widgets.identity_strip import IdentityStrip
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.widgets.paper_links import PaperLinks
from workstation.ui.widgets.placeholder import Placeholder

_LIST_PX, _CHECK_PX = 304, 340


class ArchiveView(QFrame):
    """Shows an `ArchiveViewModel`."""

    def __init__(
        self,
        view_model: ArchiveViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        words: RequestWords,
    ) -> None:
        super().__init__()
        self.setObjectName("archiveView")
        self.setProperty("surface", "panel")
        self._model, self._theme, self._words = view_model, theme, EditionWords(words.time, self)
        self._identity = IdentityWording(words, self)
        self.identity_strip = IdentityStrip(theme, self)
        self._title = SignLabel(theme, role="title", color="text.primary")
        self._place = SignLabel(theme, role="small", color="text.tertiary")
        self._place.setObjectName("archive.page")
        self.pages_tab = self._tab("archive.pages")
        self.difference_tab = self._tab("archive.difference")
        self.against = KeyButton(theme, "", glyph="caret-down", height="compact")
        self.against.setObjectName("archive.against")
        self.document = DocumentView(theme, ground="bg.window")
        reader = view_model.reader
        self.links = PaperLinks(
            self.document.pages, lambda: reader.pages, lambda: reader.page_tasks, self
        )
        self.difference = DifferenceView(theme, words.time)
        self.placeholder = Placeholder(theme)
        self.check = CheckColumn(view_model, theme, SignatureWords(words.time, self))
        self.rows: list[EditionRow] = []
        self.evidence: list[EditionRow] = []
        """Under the editions: that the patient was not reached."""
        self._list = QScrollArea()
        self._middle = QStackedWidget()
        self._to_come = PageToCome(theme)
        self._listed: object = None
        self._shown: OpenStudy | None = None
        self._shows_difference = False
        self._lay_out()
        self._connect()
        self._bind(shortcuts)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus_chosen()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._listed = None
            self._show()
        super().changeEvent(event)

    def _tab(self, action: str) -> KeyButton:
        button = KeyButton(self._theme, "", key=key_label(action), kind="choice", height="compact")
        button.setObjectName(action)
        button.setCheckable(True)
        return button

    def _lay_out(self) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addSpacing(8)
        for button in (self.pages_tab, self.difference_tab, self.against):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._place)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWidgetResizable(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for page in (self.document, self.difference, self.placeholder, self._to_come):
            self._middle.addWidget(page)
        across = QHBoxLayout()
        across.setSpacing(0)
        columns: tuple[QWidget, ...] = (
            self._list,
            _line("v"),
            self._middle,
            _line("v"),
            self.check,
        )
        for column in columns:
            across.addWidget(column, 1 if column is self._middle else 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.identity_strip, head, _line("h")):
            whole.addWidget(part)
        whole.addLayout(across, 1)
        self._theme.changed.connect(self._measure)
        self._measure()

    def _connect(self) -> None:
        model = self._model
        model.changed.connect(self._show)
        model.chosen_changed.connect(self._chosen)
        self.identity_strip.back.connect(model.leave)
        self.placeholder.pressed.connect(self._again)
        self.pages_tab.clicked.connect(lambda: self.turn(difference=False))
        self.difference_tab.clicked.connect(lambda: self.turn(difference=True))
        self.against.clicked.connect(self._offer)
        self.document.moved.connect(self._show_place)
        self.document.failed.connect(model.reader.note_page_failure)
        self.links.followed.connect(model.want_source)
        self.check.source_wanted.connect(model.want_source)

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        model = self._model
        shortcuts.bind(self, "archive.back", model.leave)
        shortcuts.bind(self, "archive.next", lambda: model.step(1))
        shortcuts.bind(self, "archive.previous", lambda: model.step(-1))
        shortcuts.bind(self, "archive.pages", lambda: self.turn(difference=False))
        shortcuts.bind(
            self,
            "archive.difference",
            lambda: self.turn(difference=True),
            lambda: model.against is not None,
        )
        shortcuts.bind(self, "archive.page_on", lambda: self._scroll(1))
        shortcuts.bind(self, "archive.page_back", lambda: self._scroll(-1))
        for action, act in self.document.key_actions().items():
            shortcuts.bind(self, action, act)

    def turn(self, *, difference: bool) -> None:
        """To the pages, or to what they say otherwise than another edition."""
        self._shows_difference = difference and self._model.against is not None
        self._show()

    def _scroll(self, direction: int) -> None:
        bar = self.document.pages.verticalScrollBar()
        bar.setValue(bar.value() + direction * round(bar.pageStep() * 0.9))

    def _again(self) -> None:
        if self._model.problem is not None:
            self._model.retry()
        else:
            self._model.read_again()

    def _chosen(self) -> None:
        self._shows_difference = self._shows_difference and self._model.against is not None
        self._focus_chosen()

    def _focus_chosen(self) -> None:
        place = self._model.place
        if place is not None and place < len(self.rows) and self.isVisible():
            self.rows[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self._show_identity()
        self._show_list()
        self._show_head()
        self._take(self._model.reader.pages)
        self.check.show_model()
        self._show_place()
        if self._shows_difference and self._model.chosen is not None:
            chosen, against = self._model.chosen, self._model.against
            before = chosen.edition - 1 if against is None else against.edition
            self.difference.show_changes(self._model.differences, chosen.edition, before)
            self._middle.setCurrentWidget(self.difference)
        elif self._shown is not None:
            self._middle.setCurrentWidget(self.document)
        else:
            self._say_why()

    def _show_identity(self) -> None:
        row = self._model.row
        show_case(self, shown(row))
        if row is None:
            self.identity_strip.show_words(None)
            return
        words = replace(
            self._identity.of(row), back=self.tr("Back"), back_key=key_label("archive.back")
        )
        self.identity_strip.show_words(words)

    def _show_list(self) -> None:
        model = self._model
        status = None if model.row is None else model.row.status
        listed = (tuple(model.editions), status, model.delivery, model.evidence)
        if listed != self._listed:
            had_focus = any(row.hasFocus() for row in self.rows)
            self._listed = listed
            self._build_list()
            if had_focus or self.isVisible():
                self._focus_chosen()
        for place, row in enumerate(self.rows):
            row.setChecked(place == model.place)

    def _build_list(self) -> None:
        model, words = self._model, self._words
        body = QFrame()
        body.setProperty("surface", "panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = []
        for one in model.editions:
            standing = words.standing(one, model.editions, model.row)
            lines = [*words.lines(one), *words.ways(one, model.delivery)]
            row = EditionRow(self._theme, words.title(one), lines, standing)
            row.clicked.connect(partial(self._choose, one.edition))
            self.rows.append(row)
            column.addWidget(row)
        self.evidence = [self._evidence_row(one) for one in model.evidence]
        for row in self.evidence:
            column.addWidget(row)
        column.addStretch(1)
        before = self._list.takeWidget()
        if before is not None:  # a key that was pressed in it may have led here
            before.hide()
            before.deleteLater()
        self._list.setWidget(body)

    def _evidence_row(self, page: Document) -> EditionRow:
        title, lines, standing = self._words.evidence(page)
        row = EditionRow(self._theme, title, lines, standing)
        row.setObjectName("archive.evidence")
        row.setCheckable(False)
        row.clicked.connect(partial(_want_page, self._model, page))
        return row

    def _choose(self, number: int) -> None:
        found = next((one for one in self._model.editions if one.edition == number), None)
        if found is not None:
            self._model.choose(found)
            self._show()

    def _show_head(self) -> None:
        model = self._model
        self._title.show_sign(self.tr("Archive of the conclusion"))
        self.pages_tab.setText(self.tr("Conclusion"))
        self.difference_tab.setText(self.tr("Difference"))
        self.pages_tab.setChecked(not self._shows_difference)
        self.difference_tab.setChecked(self._shows_difference)
        self.difference_tab.setVisible(model.against is not None)
        others = len(model.editions) > 2 and self._shows_difference
        self.against.setVisible(others)
        if model.against is not None:
            number = model.against.edition
            self.against.setText(self.tr("from edition {}").format(number))
        for button in (self.pages_tab, self.difference_tab, self.against):
            button.updateGeometry()

    def _offer(self) -> None:
        """The others with which the chosen one can be compared."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._model.editions:
            if one is not self._model.chosen:
                menu.addAction(self._words.title(one)).triggered.connect(
                    partial(self._compare, one.edition)
                )
        menu.popup(self.against.mapToGlobal(self.against.rect().bottomLeft()))

    def _compare(self, number: int, checked: bool = False) -> None:
        found = next((one for one in self._model.editions if one.edition == number), None)
        if found is not None:
            self._model.compare(found)

    def _show_place(self) -> None:
        pages = self.document.pages
        words = self.tr("page {} of {}").format(pages.current + 1, pages.page_count)
        seen = pages.page_count > 1 and self._shown is not None and not self._shows_difference
        self._place.show_sign(words if seen else "")

    def _take(self, pages: OpenStudy | None) -> None:
        if pages is self._shown:
            return
        self._shown = pages
        if pages is None:
            self.document.clear()
        elif isinstance(pages.info, PdfInfo) and isinstance(pages, PageSource):
            self.document.show_document(pages.info, pages, self._model.reader.page_tasks)

    def _say_why(self) -> None:
        """Why there is no page where one should be."""
        model, say = self._model, self.placeholder.show_text
        reader = model.reader
        problem = model.problem or reader.problem or reader.pages_problem
        if problem is not None:
            action = problem.action or self.tr("Retry")
            say("warning-octagon", problem.title, problem.detail, action, color="danger.text")
        elif reader.state is Reading.CHANGED:
            title = self.tr("The file is not shown")
            say("file-x", title, self.tr("It is not what was signed."), color="danger.text")
        elif model.is_read and not model.editions:
            title = self.tr("Nothing was signed yet")
            say("files", title, self.tr("Every signed edition will stay here."))
        else:
            self._middle.setCurrentWidget(self._to_come)
            return
        self._middle.setCurrentWidget(self.placeholder)

    def _measure(self) -> None:
        self._list.setFixedWidth(self._theme.px(_LIST_PX))
        self.check.setFixedWidth(self._theme.px(_CHECK_PX))


def _want_page(model: ArchiveViewModel, page: Document, checked: bool = False) -> None:
    model.want_page(page)


def _line(way: str) -> QFrame:
    line = QFrame()
    line.setProperty("line", way)
    return line
