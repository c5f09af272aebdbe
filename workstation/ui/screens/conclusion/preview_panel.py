"""The paper as the patient will get it, beside the form."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from backend_client.models.conclusions import ConclusionState
from workstation.core.citations import cited
from workstation.studies.imaging import PdfInfo
from workstation.ui.screens.conclusion.case_note import CaseNote
from workstation.ui.screens.conclusion.draft_writer import WRITABLE
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
from workstation.ui.screens.conclusion.words import ConclusionWords
from workstation.ui.theme import Theme
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.widgets.labels import SignLabel, plain_tooltip
from workstation.ui.widgets.paper_links import PaperLinks
from workstation.ui.widgets.placeholder import Placeholder

_SAID_AFTER_MS = 500
"""Pages that come sooner need no word."""


class PreviewPanel(QFrame):
    """Shows the pages of a `ConclusionViewModel`, and tells it when they were drawn."""

    def __init__(
        self, theme: Theme, words: ConclusionWords, model: ConclusionViewModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("conclusion.preview")
        self.setProperty("surface", "window")
        self._theme, self._words, self._model = theme, words, model
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self.place = SignLabel(theme)
        self.place.setObjectName("conclusion.place")
        self.hint = SignLabel(theme, role="small", color="text.secondary")
        self.hint.setObjectName("conclusion.paper.hint")
        self.renewing = SignLabel(theme, color="text.tertiary")
        self.renewing.setObjectName("conclusion.renewing")
        self.problem = CaseNote(theme, "conclusion.paper", self)
        self._pages = QStackedWidget(self)
        self.document = DocumentView(theme, self._pages, ground="bg.window")
        self._nothing = Placeholder(theme)
        self._nothing.setProperty("surface", "window")
        self.links = PaperLinks(
            self.document.pages, lambda: model.preview.pages, lambda: model.preview.tasks, self
        )
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_SAID_AFTER_MS)
        self._lay_out()
        self._patience.timeout.connect(lambda: self._say_renewing(True))
        self.document.moved.connect(self._show_place)
        self.document.drawn.connect(model.preview.pages_seen)
        self.document.failed.connect(model.preview.page_failed)
        self.problem.pressed.connect(lambda _: model.retry())
        model.preview.renewed.connect(self._show_pages)

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        return self.document.key_actions()

    def show_model(self) -> None:
        """What stands around the pages, and in their place where there are none."""
        preview = self._model.preview
        writes = self._model.state in WRITABLE
        self._title.setText(self.tr("As the patient will see it") if writes else self._signed())
        self._pages.setCurrentIndex(0 if preview.pages is not None else 1)
        if preview.pages is None:
            self._show_nothing()
        self._show_hint()
        self._show_problem()
        waits = preview.is_behind and preview.pages is not None and preview.problem is None
        if not waits:
            self._patience.stop()
            self._say_renewing(False)
        elif not self._patience.isActive() and not self.renewing.text():
            self._patience.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.show_model()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 16, 0)
        head.setSpacing(8)
        for widget in (self._title, self.place):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.renewing)
        head.addWidget(self.hint)
        self._head = QWidget(self)
        self._head.setLayout(head)
        self._pages.addWidget(self.document)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.problem)
        column.addWidget(self._pages, 1)
        self._theme.changed.connect(self._fit)
        self._fit()

    def _show_pages(self) -> None:
        """The newer pages take the place of the old ones where those stand."""
        pages, shown = self._model.preview.pages, self.document
        if pages is None:
            shown.clear()
            return
        if isinstance(pages.info, PdfInfo) and isinstance(pages, PageSource):
            shown.renew_document(pages.info, pages, self._model.preview.tasks)

    def _show_hint(self) -> None:
        """That its sources can be followed, where it has any."""
        sources = cited(self._model.form) if self._model.preview.pages is not None else ()
        number = f"[{sources[0].number}]" if sources else ""
        self.hint.show_sign(
            self.tr("{} opens the frame").format(number) if sources else "",
            "arrow-square-out" if sources else None,
            "text.secondary",
        )
        self.hint.setToolTip(
            plain_tooltip(self.tr("A click on a source or its picture; by keys: Tab, then Enter"))
        )
        self.hint.setVisible(bool(sources))

    def _show_place(self) -> None:
        there = self.document.pages.page_count > 0
        self.place.show_sign(self.document.place_text() if there else "")

    def _show_nothing(self) -> None:
        model = self._model
        if self._is_cut_off:
            title = self.tr("There is no page without a connection")
            detail = self.tr("It appears as soon as the server has the text.")
            self._nothing.show_text("cloud-slash", title, detail)
        elif model.record is None:
            title = self.tr("Nothing is written yet")
            detail = self.tr("The page appears as soon as something is written in the form.")
            self._nothing.show_text("file-text", title, detail)
        elif model.preview.problem is not None:
            title = self.tr("The pages cannot be shown")
            self._nothing.show_text("file-text", title, self.tr("Why is written above."))
        else:
            self._nothing.show_text("file-text", self.tr("The pages are being made"), "")

    @property
    def _is_cut_off(self) -> bool:
        """Whether a text is written for which there can be no pages now."""
        return self._model.is_cut_off and self._model.state in WRITABLE

    def _show_problem(self) -> None:
        error = self._model.preview.problem
        if self._is_cut_off and getattr(error, "is_temporary", False):
            error = None  # said beside the form, once
        if error is not None:
            told = self._words.paper_problem(error)
            older = self.tr("Below are the pages of an earlier text.")
            there = self._model.preview.pages is not None
            detail = " ".join(part for part in (told.detail, older if there else "") if part)
            actions = (told.action,) if told.action else ()
            self.problem.show_text("warning", told.title, detail, actions, tone="danger")
        self.problem.setVisible(error is not None)

    def _signed(self) -> str:
        if self._model.state is ConclusionState.DELIVERED:
            return self.tr("As the patient sees it")
        return self.tr("The signed file")

    def _say_renewing(self, renewing: bool) -> None:
        text = self.tr("the page is being renewed") if renewing else ""
        self.renewing.show_sign(text, "arrows-clockwise" if renewing else None)

    def _fit(self) -> None:
        self._head.setFixedHeight(self._theme.px(40))
