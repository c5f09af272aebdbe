"""The middle: whose conclusion it is, and its pages as the patient gets them."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from workstation.studies.imaging import PdfInfo
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.approvals.asked import OpenStudy
from workstation.ui.screens.approvals.difference_view import DifferenceView
from workstation.ui.screens.approvals.document_reader import Reading
from workstation.ui.screens.approvals.drawn import PageToCome
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.theme import Theme
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.widgets.paper_links import PaperLinks
from workstation.ui.widgets.placeholder import SKELETON_MS, Placeholder

_AROUND_PX = 32
"""Left and right of a button's word."""


class DocumentPanel(QFrame):
    """Shows what the reader holds; a file that is not the signed one is not shown at all."""

    read_again = Signal()

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
        self._place = SignLabel(theme, role="small", color="text.tertiary")
        self._place.setObjectName("approvals.place")
        self._head = QFrame()
        self._head.setProperty("surface", "panel")
        self.document = DocumentView(theme, ground="bg.window")
        self.placeholder = Placeholder(theme)
        self.placeholder.setProperty("surface", "window")
        self._skeleton = PageToCome(theme)
        self._blank = QWidget()
        self.difference = DifferenceView(theme, words.time)
        reader = model.reader
        self.links = PaperLinks(
            self.document.pages, lambda: reader.pages, lambda: reader.page_tasks, self
        )
        self.turn = KeyButton(theme, "", height="compact")
        self.turn.setObjectName("approvals.turn")
        self._edition = SignLabel(theme, role="bodyStrong")
        self._again = QFrame()
        self._again.setProperty("surface", "panel")
        self._shows_difference = False
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
        self.turn.clicked.connect(self._turn)
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
        self._show_turn()
        if self._shows_difference:
            self.difference.show_changes(self._model.changes or ())
            self._show_page(self.difference)
            return
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
        head.addWidget(self._place)
        line = QFrame()
        line.setProperty("line", "h")
        again = QHBoxLayout(self._again)
        again.setContentsMargins(16, 6, 16, 6)
        again.setSpacing(12)
        again.addWidget(self._edition)
        again.addWidget(self.turn)
        again.addStretch(1)
        for page in (
            self._blank,
            self.document,
            self._skeleton,
            self.placeholder,
            self.difference,
        ):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(line)
        column.addWidget(self._again)
        column.addWidget(self._pages, 1)

    def _show_turn(self) -> None:
        """Of an edition that follows another one: the way between pages and difference."""
        there = self._model.changes is not None
        self._shows_difference = self._shows_difference and there
        self._again.setVisible(there)
        chosen = self._model.chosen
        if there and chosen is not None:
            words = self.tr("Version {}, it takes the place of version {}")
            now = chosen.edition
            self._edition.show_sign(words.format(now, now - 1), "arrow-counter-clockwise")
        shown = self._shows_difference
        self.turn.setText(self.tr("Conclusion") if shown else self.tr("Difference"))
        self.turn.setToolTip(self.tr("What it says otherwise than the edition before"))
        self.turn.setMinimumWidth(
            round(self._theme.text_width("body", self.turn.text())) + self._theme.px(_AROUND_PX)
        )

    def _turn(self) -> None:
        self._shows_difference = not self._shows_difference
        self.show_model()

    def _turn_back(self) -> None:
        self._shows_difference = False

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
