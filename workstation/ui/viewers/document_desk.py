"""A document as it is read: words are found, chosen and copied, pages turned and made legible."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.evidence import Origin, TextPlace
from workstation.core.findings import Finding
from workstation.studies.imaging import PdfInfo
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.document_buttons import DocumentButtons
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.document_words import DocumentWords
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.own_keys import PAGE_KEYS, bind_own_keys
from workstation.ui.viewers.page_line import PageLine
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.viewers.text_search.bar import FindBar
from workstation.ui.viewers.text_search.model import DocumentSearch
from workstation.ui.viewers.thumbnails import Thumbnails
from workstation.ui.widgets.labels import SignLabel

_ROOM_FOR_THUMBNAILS = 620
_ROOM_FOR_NAME = 720
"""Of a pane in whose foot line the patient's name stands, too."""
_LONGEST_QUOTE = 380


class DocumentDesk(DocumentView):
    """Thumbnails at the left edge, the search below, and what changes pages in the foot line."""

    keys_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.thumbnails = Thumbnails(theme)
        self.find_bar = FindBar(theme)
        self.page_line = PageLine(theme)
        self.buttons = DocumentButtons(theme)
        self._thumbnails_wanted: bool | None = None
        """What the doctor chose; None: where there is room, and more than one page."""
        self.whose = SignLabel(theme, role="small", color="viewer.overlay.dim")
        self.whose.setObjectName("documentWhose")
        self.whose_above = SignLabel(theme, role="small", color="viewer.overlay.dim")
        self.whose_above.setContentsMargins(12, 2, 8, 0)
        self._request = ""
        self._named = ""
        super().__init__(theme, parent)
        self._theme = theme
        self._words, self._imaging = DocumentWords(self), ImagingWords(self)
        self.search = DocumentSearch(self)
        self.find_bar.asked.connect(lambda words: self.search.look_for(words, self.pages.current))
        self.find_bar.step_wanted.connect(self.search.step)
        self.find_bar.left.connect(self._leave_search)
        self.page_line.wanted.connect(self.pages.go_to)
        self.page_line.left.connect(self.pages.setFocus)
        self.search.changed.connect(self._show_found)
        self.search.shown.connect(lambda _: self._lead_to_found())
        self.thumbnails.chosen.connect(self.pages.go_to)
        self.moved.connect(self._follow)
        self.buttons.pressed.connect(self._press)

    def show_document(self, info: PdfInfo, source: PageSource, tasks: TaskScope) -> None:
        """As of any document."""
        self._shut_lines()
        self._named = info.patient_name
        self._say_whose()
        super().show_document(info, source, tasks)
        self.search.show_source(source, info.page_count, tasks)
        self._arrange_thumbnails(info.page_count)
        self.thumbnails.show_document(info.page_sizes_pt, source, tasks)

    def set_whose(self, name: str) -> None:
        """Whose request it is, for documents that name nobody. "" where that is not known."""
        self._request = name
        self._say_whose()

    def _say_whose(self) -> None:
        """The name in the file (a PDF within DICOM), else whose request it is, said as such."""
        by_request = self._imaging.by_request(self._request) if self._request else ""
        for label in (self.whose, self.whose_above):
            label.show_sign(self._named or by_request)
        self._arrange_whose()

    def _arrange_whose(self) -> None:
        """In the foot line, or in a narrow pane above it."""
        has_room = self.width() >= self._theme.px(_ROOM_FOR_NAME)
        self.whose.setVisible(has_room)
        self.whose_above.setVisible(not has_room and bool(self.whose_above.text()))

    def clear(self) -> None:
        """Shows nothing."""
        self._shut_lines()
        self.thumbnails.clear()
        super().clear()

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        pages = self.pages
        keys = super().key_actions() | {
            "view.rotate": self._rotate,
            "document.find": self.find_bar.open,
            "document.page": lambda: self.page_line.open(pages.page_count),
            "document.whole_page": pages.fit_page,
            "document.thumbnails": self._toggle_thumbnails,
            "document.contrast": lambda: pages.set_tone(pages.tone.with_more_contrast()),
            "document.lighter": lambda: pages.set_tone(pages.tone.lighter(1)),
            "document.darker": lambda: pages.set_tone(pages.tone.lighter(-1)),
            "document.invert": lambda: pages.set_tone(pages.tone.inverted()),
        }
        return keys | ({"document.copy": self._copy} if pages.selection.chosen else {})

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys of the lines for the search and the page, and its own while the focus is in it:
        clips and ECGs have others of the same letters."""
        self.find_bar.bind(shortcuts)
        self.page_line.bind(shortcuts)
        bind_own_keys(self, self.key_actions, PAGE_KEYS, shortcuts)

    def put_away(self) -> bool:
        """Closes the lines for the search and the page; whether one was open."""
        had = self.find_bar.isVisibleTo(self) or self.page_line.isVisibleTo(self)
        self.page_line.leave()
        self.find_bar.leave()
        return had

    def quotation(self) -> Finding | None:
        """The chosen words for the conclusion, with their page; None where none are chosen."""
        chosen = self.pages.selection.chosen
        if chosen is None:
            return None
        flat = " ".join(chosen.text.split())
        words = flat if len(flat) <= _LONGEST_QUOTE else f"{flat[:_LONGEST_QUOTE]}…"
        place = TextPlace(page=chosen.page, start=chosen.start, stop=chosen.stop)
        return Finding(self._words.quoted(words, chosen.page), place, Origin.BY_HAND)

    def show_words(self, place: TextPlace) -> bool:
        """Chooses words of a page again; False for what is not here."""
        if place.page >= self.pages.page_count:
            return False
        self.pages.selection.restore(place.page, place.start, place.stop)
        self.pages.show_box(place.page, (*place.start, *place.stop))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_thumbnails(self.pages.page_count)
        self._arrange_whose()

    def _lay_out_pages(self, box: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.thumbnails)
        row.addWidget(self.pages, 1)
        box.addLayout(row, 1)
        box.addWidget(self.find_bar)
        box.addWidget(self.page_line)

    def _lay_out_line(self, box: QVBoxLayout) -> None:
        box.addWidget(self.whose_above)
        line = QHBoxLayout()
        line.setContentsMargins(12, 2, 8, 2)
        line.setSpacing(2)
        line.addWidget(self._place)
        line.addSpacing(12)
        line.addWidget(self.whose, 1000)
        line.addStretch(1)
        line.addWidget(self.buttons)
        self._lay_out_more(line)
        box.addLayout(line)

    def _lay_out_more(self, line: QHBoxLayout) -> None:
        """What else stands in the foot line."""

    def _more_words(self) -> str:
        return self._words.tone(self.pages.tone)

    def _press(self, action: str) -> None:
        act = self.key_actions().get(action)
        if act is not None:
            act()

    def _rotate(self) -> None:
        page = self.pages.current
        self.thumbnails.turn(page, self.pages.rotate_page())

    def _toggle_thumbnails(self) -> None:
        self._thumbnails_wanted = not self.thumbnails.isVisibleTo(self)
        self._arrange_thumbnails(self.pages.page_count)

    def _arrange_thumbnails(self, pages: int) -> None:
        usual = pages > 1 and self.width() >= self._theme.px(_ROOM_FOR_THUMBNAILS)
        wanted = self._thumbnails_wanted
        shown = pages > 0 and self.pages.isVisibleTo(self)
        self.thumbnails.setVisible(shown and (usual if wanted is None else wanted))

    def _follow(self) -> None:
        self.thumbnails.show_current(self.pages.current)

    def _copy(self) -> None:
        chosen = self.pages.selection.chosen
        if chosen is not None:
            QGuiApplication.clipboard().setText(chosen.text)

    def _show_found(self) -> None:
        search, bar = self.search, self.find_bar
        self.pages.marks.hits, self.pages.marks.current = search.hits, search.current
        self.pages.viewport().update()
        self.thumbnails.mark(frozenset(search.hits))
        done = not search.is_running and bool(bar.field.text().strip())
        if done and not search.has_text and self.pages.page_count:
            bar.say(self._words.no_text())
        else:
            bar.show_count(search.place, search.count, more_to_come=search.is_running)

    def _lead_to_found(self) -> None:
        if self.search.current is None:
            return
        page, number = self.search.current
        self.pages.marks.current = self.search.current
        self.pages.show_box(page, self.search.hits[page][number][0])

    def _leave_search(self) -> None:
        self.search.stop()
        self._show_found()
        self.pages.setFocus()

    def _shut_lines(self) -> None:
        self.search.stop()
        self.find_bar.close_quietly()
        self.page_line.hide()
