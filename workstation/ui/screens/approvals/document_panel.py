"""The middle: whose conclusion it is, and its pages as the patient gets them."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from workstation.core.case_file import case_files
from workstation.studies.imaging import PdfInfo
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.approvals.asked import OpenStudy
from workstation.ui.screens.approvals.difference_view import DifferenceView
from workstation.ui.screens.approvals.document_reader import Reading
from workstation.ui.screens.approvals.drawn import PageToCome
from workstation.ui.screens.approvals.files_panel import FilesPanel
from workstation.ui.screens.approvals.request_panel import RequestPanel
from workstation.ui.screens.approvals.tabs import Tab, TabRow
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.widgets.paper_links import PaperLinks
from workstation.ui.widgets.placeholder import SKELETON_MS, Placeholder

_BOTH_PX = 860
"""From this width on the pages stay beside the request, the files, the difference."""


class DocumentPanel(QFrame):
    """Shows what the reader holds; a file that is not the signed one is not shown at all."""

    read_again = Signal()
    file_wanted = Signal(object)
    """A `Document` is to be opened."""

    def __init__(self, model: ApprovalsViewModel, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        self.setObjectName("approvals.document")
        self.setProperty("surface", "window")
        self._model, self._theme, self._words = model, theme, words
        self._name = SignLabel(theme, role="title", color="text.primary")
        self._name.setObjectName("approvals.patient")
        self._about = SignLabel(theme, role="body")
        self._about.setObjectName("approvals.about")
        self._about.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._marks = SignLabel(theme, role="smallStrong", color="warn.text")
        self._marks.setObjectName("approvals.marks")
        self._head = QFrame()
        self._head.setProperty("surface", "panel")
        self.document = DocumentView(theme, ground="bg.window")
        self.placeholder = Placeholder(theme)
        self.placeholder.setProperty("surface", "window")
        self._skeleton = PageToCome(theme)
        self._blank = QWidget()
        self.difference = DifferenceView(theme, words.time)
        self.request = RequestPanel(theme, words)
        self.files = FilesPanel(theme, words.time)
        self.tabs = TabRow(theme)
        self.all = KeyButton(
            theme,
            "",
            key=key_label("approvals.archive"),
            glyph="clock-counter-clockwise",
            kind="flat",
            height="compact",
        )
        self.all.setObjectName("approvals.archive")
        self._place = self.tabs.place
        reader = model.reader
        self.links = PaperLinks(
            self.document.pages, lambda: reader.pages, lambda: reader.page_tasks, self
        )
        self._tab = Tab.CONCLUSION
        self._beside = QStackedWidget()
        self._line = QFrame()
        self._line.setProperty("line", "v")
        self._pages = QStackedWidget()
        self._shown: OpenStudy | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SKELETON_MS)
        self._lay_out()
        self._late.timeout.connect(lambda: self._pages.setCurrentWidget(self._skeleton))
        self.document.moved.connect(self._show_place)
        self.document.failed.connect(model.reader.note_page_failure)
        self.placeholder.pressed.connect(self.read_again)
        self.tabs.chosen.connect(self.show_tab)
        self.files.file_wanted.connect(self.file_wanted)
        model.chosen_changed.connect(self._turn_back)
        theme.changed.connect(self._measure)
        self._measure()
        self.show_model()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.show_model()
        super().changeEvent(event)

    def show_model(self) -> None:
        """Shows the chosen conclusion as far as it is read."""
        self._show_place()
        self._show_person()
        self._take(self._model.reader.pages)
        self._show_beside()
        reader = self._model.reader
        is_coming = reader.state is Reading.LOADING or (
            reader.state is Reading.VERIFIED and reader.pages_problem is None
        )
        if self._shown is not None:
            self._show_page(self.document)
        elif self._model.chosen is not None and is_coming:
            if self._pages.currentWidget() is not self._skeleton and not self._late.isActive():
                self._pages.setCurrentWidget(self._blank)
                self._late.start()
        else:
            self._say_why()

    def _lay_out(self) -> None:
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(12)
        head.addWidget(self._name)
        head.addWidget(self._about)
        head.addWidget(self._marks)
        head.addStretch(1)
        head.addWidget(self.all)
        line = QFrame()
        line.setProperty("line", "h")
        for page in (
            self._blank,
            self.document,
            self._skeleton,
            self.placeholder,
        ):
            self._pages.addWidget(page)
        for beside in (self.request, self.files, self.difference):
            self._beside.addWidget(beside)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._pages, 5)
        across.addWidget(self._line)
        across.addWidget(self._beside, 4)
        below = QFrame()
        below.setProperty("line", "h")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(line)
        column.addWidget(self.tabs)
        column.addWidget(below)
        column.addLayout(across, 1)

    @property
    def tab(self) -> Tab:
        """What is seen, or stands beside the pages."""
        return self._tab

    def show_tab(self, tab: Tab) -> None:
        """Turns to it; the pages stay beside it where there is room for both."""
        self._tab = tab
        self.tabs.show_tab(tab)
        self.show_model()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _show_beside(self) -> None:
        model = self._model
        self.request.show_request(model.card, model.form)
        self.files.show_files(model.card, model.measured, model.sources)
        edition = 1 if model.chosen is None else model.chosen.edition
        self.difference.show_changes(model.changes, edition)
        self.tabs.show_files(len(case_files(model.documents)))
        self.tabs.setVisible(model.chosen is not None)
        self.tabs.button(Tab.DIFFERENCE).setVisible(edition > 1)
        self.all.setVisible(edition > 1)
        self.all.setToolTip(self.tr("All editions ({})").format(key_label("approvals.archive")))
        self.all.setAccessibleName(self.tr("All editions"))
        if self._tab is Tab.DIFFERENCE and edition <= 1:
            self._tab = Tab.CONCLUSION
            self.tabs.show_tab(self._tab)
        shown = {
            Tab.REQUEST: self.request,
            Tab.FILES: self.files,
            Tab.DIFFERENCE: self.difference,
        }.get(self._tab)
        if shown is not None:
            self._beside.setCurrentWidget(shown)
        self._make_room()

    def _make_room(self) -> None:
        is_beside = self._tab is not Tab.CONCLUSION
        both = self.width() >= self._theme.px(_BOTH_PX)
        self._beside.setVisible(is_beside)
        self._pages.setVisible(both or not is_beside)
        self._line.setVisible(is_beside and both)

    def _turn_back(self) -> None:
        self._tab = Tab.CONCLUSION
        self.tabs.show_tab(self._tab)

    def _show_person(self) -> None:
        chosen, row = self._model.chosen, self._model.row
        self._name.show_sign(chosen.patient_name if chosen is not None else "")
        facts: list[str] = []
        if chosen is not None and row is not None:
            patient, time = row.patient, self._words.time
            facts += [time.age(patient.birth_date), self._words.sex(patient.sex)]
            facts += [time.full_date(patient.birth_date)]
            facts.append(row.diagnosis.icd10 or "")
        if chosen is not None:
            facts.append(self.tr("No. {}").format(chosen.request_number))
        self._about.show_sign(", ".join(fact for fact in facts if fact))
        self._about.setMinimumWidth(self._about.sizeHint().width())
        marks = self._words.identity_marks(row) if row is not None else ()
        glyph = marks[0].glyph if marks else None
        self._marks.show_sign(", ".join(one.word for one in marks), glyph, "warn.text")
        self._marks.setVisible(bool(marks))

    def _show_place(self) -> None:
        """Where one is among the pages; of a single page all is seen."""
        pages = self.document.pages
        words = self.tr("page {} of {}").format(pages.current + 1, pages.page_count)
        self._place.show_sign(words if pages.page_count > 1 else "")

    def _take(self, pages: OpenStudy | None) -> None:
        if pages is self._shown:
            return
        self._shown = pages
        if pages is None:
            self.document.clear()
            return
        info, tasks = pages.info, self._model.reader.page_tasks
        if isinstance(info, PdfInfo) and isinstance(pages, PageSource):
            self.document.show_document(info, pages, tasks)

    def _show_page(self, page: QWidget) -> None:
        self._late.stop()
        self._pages.setCurrentWidget(page)

    def _say_why(self) -> None:
        """Why there is no page where one should be."""
        reader, say = self._model.reader, self.placeholder.show_text
        problem = reader.problem or reader.pages_problem
        if self._model.chosen is None:
            self._show_page(self._blank)
            return
        if reader.state is Reading.CHANGED:
            title = self.tr("The file is not shown")
            detail = self.tr("It is not what the doctor has signed: nothing in it is certain.")
            say("file-x", title, detail, self.tr("Fetch it again"), color="danger.text")
        elif problem is not None:
            action = problem.action or self.tr("Fetch it again")
            say("warning-octagon", problem.title, problem.detail, action, color="danger.text")
        else:
            self._show_page(self._blank)
            return
        self._show_page(self.placeholder)

    def _measure(self) -> None:
        self._head.setFixedHeight(self._theme.size("layout", "identityStrip") - 1)
