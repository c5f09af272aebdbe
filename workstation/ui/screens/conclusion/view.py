"""The conclusion: whose case, the form, the paper beside it, the sign bar below (OZ-12, DRC-13)."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from workstation.ui.request_words import RequestWords
from workstation.ui.screens.conclusion.earlier_panel import EarlierPanel
from workstation.ui.screens.conclusion.form_panel import FormPanel
from workstation.ui.screens.conclusion.form_state import Section
from workstation.ui.screens.conclusion.phrase_panel import PhrasePanel
from workstation.ui.screens.conclusion.preview_panel import PreviewPanel
from workstation.ui.screens.conclusion.sign_bar import SignBar
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
from workstation.ui.screens.conclusion.words import ConclusionWords
from workstation.ui.screens.review.identity import IdentityWording
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_text import show_case, shown
from workstation.ui.widgets.identity_strip import IdentityStrip
from workstation.ui.widgets.placeholder import Placeholder

_CLOCK_MS = 15_000
_FORM_SHARE, _PAPER_SHARE = 62, 38


class ConclusionView(QFrame):
    """Shows a `ConclusionViewModel`."""

    archive_wanted = Signal(str)
    """Every signed edition is to be shown: the request's id."""

    def __init__(
        self,
        view_model: ConclusionViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        words: RequestWords,
    ) -> None:
        super().__init__()
        self.setObjectName("conclusionView")
        self.setProperty("surface", "panel")
        self._model = view_model
        self._identity = IdentityWording(words, self)
        self._words = ConclusionWords(words.time, self)
        self.identity_strip = IdentityStrip(theme, self)
        # From the outside in: moving a finished part into another one styles it all anew.
        self._pages = QStackedWidget(self)
        self._body = QWidget(self._pages)
        self._across = QSplitter(Qt.Orientation.Horizontal, self._body)
        self.form = FormPanel(theme, self._words, self._across, view_model.aids.codes)
        self.paper = PreviewPanel(theme, self._words, view_model, self._across)
        self.earlier = EarlierPanel(theme, self._words, self._across)
        self.phrases = PhrasePanel(theme, self)
        self._phrases_in: Section | None = None
        """The section under which the phrases stand."""
        self.bar = SignBar(theme, self._words, self._body)
        self.form.watch_spelling(view_model.spelling, (self.bar.reason, self.bar.why))
        self._problem = Placeholder(theme)
        self._clock = QTimer(self)
        self._begun: str | None = None
        self._form_of: str | None = None
        """Whose text stands in the form, seen or not."""
        self._typed_in: QWidget | None = None
        """Where the doctor wrote when a source was asked for."""
        self._lay_out()
        self._connect()
        self._bind(shortcuts)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        across, body = self._across, self._body
        across.setChildrenCollapsible(False)
        across.setStretchFactor(0, _FORM_SHARE)
        across.setStretchFactor(1, _PAPER_SHARE)
        across.setSizes([_FORM_SHARE * 10, _PAPER_SHARE * 10])
        down = QVBoxLayout(body)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(across, 1)
        down.addWidget(self.bar)
        self._pages.addWidget(body)
        self._pages.addWidget(self._problem)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.identity_strip)
        whole.addWidget(self._pages, 1)
        self._order_tabs()

    def put_above_the_bar(self, strip: QWidget) -> None:
        """Between the form and the last check: how far a delivered conclusion has come."""
        down = self._body.layout()
        assert isinstance(down, QVBoxLayout)
        down.insertWidget(1, strip)

    def _order_tabs(self) -> None:
        walk = [*self.form.fields(), self.form.more]
        walk += [self.bar.reason, self.bar.pin.edit, self.bar.button, self.bar.open_file]
        for before, after in zip(walk, [*walk[1:], self.paper.document.pages], strict=True):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        model = self._model
        self.form.rearranged.connect(self._order_tabs)
        self.form.ending_wanted.connect(model.want_ending)
        self.form.contact.attempted.connect(model.log_attempt)
        self.form.contact.closing_wanted.connect(model.close_no_contact)
        self.form.contact.page_wanted.connect(model.want_lost_page)
        self.form.earlier.clicked.connect(self._show_or_hide_earlier)
        self.form.editions.clicked.connect(self._want_archive)
        self.earlier.left.connect(self._show_or_hide_earlier)
        self.phrases.picked.connect(self._put_phrase)
        self.phrases.dropped.connect(model.drop_phrase)
        self.phrases.left.connect(self._leave_phrases)
        model.phrases_changed.connect(self._phrases_changed)
        codes = model.aids.codes
        if codes is not None:
            hear = codes.changed.subscribe(lambda _: self.form.diagnosis.look_again())
            self.destroyed.connect(lambda: hear())
        model.changed.connect(self._show)
        model.form_replaced.connect(self._show_form)
        model.form_grown.connect(self._take_in_form)
        self.form.source_wanted.connect(self._want_source)
        self.paper.links.followed.connect(self._follow_on_page)
        model.signing.refused.connect(lambda _: self._refused())
        model.signed.connect(self._signed)
        self.form.written.connect(model.write)
        self.form.stale.pressed.connect(self._choose_text)
        self.bar.pressed.connect(self._sign)
        self.bar.pin.changed.connect(self._pin_typed)
        self.bar.file_wanted.connect(model.want_file)
        self.bar.explained.connect(model.explain_unopened)
        self.bar.correction_wanted.connect(model.correct)
        self.identity_strip.back.connect(model.leave)
        self._problem.pressed.connect(model.retry)
        self._clock.timeout.connect(self._show_identity)
        self._clock.start(_CLOCK_MS)

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        shortcuts.bind(self, "conclusion.back", self._back)
        model = self._model
        shortcuts.bind(self, "conclusion.unopened", model.want_file, lambda: bool(model.unopened))
        shortcuts.bind(self, "conclusion.sign", self._sign, self._can_sign)
        shortcuts.bind(
            self,
            "conclusion.source",
            lambda: self._want_source(self.form.wanted_number() or 0),
            lambda: self.form.wanted_number() is not None,
        )
        form = self.form
        shortcuts.bind(
            self, "conclusion.missing", form.go_to_missing, lambda: form.next_missing() is not None
        )
        shortcuts.bind(self, "conclusion.spelling", form.next_doubt, form.has_doubt)
        finder = form.diagnosis.finder
        if finder is not None:
            shortcuts.bind(self, "conclusion.code", finder.line.setFocus, lambda: model.is_editable)
        shortcuts.bind(self, "conclusion.phrases", self._open_phrases, self._can_phrase)
        shortcuts.bind(self, "conclusion.keep_phrase", self._keep_phrase, self._can_keep)
        shortcuts.bind(
            self,
            "conclusion.earlier",
            self._show_or_hide_earlier,
            lambda: bool(model.earlier),
        )
        shortcuts.bind(self, "conclusion.archive", self._want_archive, form.has_editions)
        for action, act in self.paper.key_actions().items():
            shortcuts.bind(self.paper, action, act)

    def _show(self) -> None:
        model = self._model
        self._show_identity()
        if model.request_id is None:
            self._begun = None
            self.bar.pin.forget()
        unread = model.problem is not None and model.draft is None
        self._pages.setCurrentIndex(1 if unread else 0)
        if unread and model.problem is not None:
            title = self.tr("The conclusion cannot be read now")
            detail = model.problem.whole
            action = model.problem.action or self.tr("Retry")
            self._problem.show_text("file-text", title, detail, action, color="danger.text")
            return
        self.form.show_model(model)
        self.earlier.show_all(model.earlier)
        if not model.earlier and self.earlier.isVisible():
            self._put_beside(self.paper)
        self.paper.show_model()
        self.bar.show_model(model)
        self._take_focus()

    def _show_form(self) -> None:
        """Another case's text, or another text of this one; one that was looked away from only
        keeps its carets."""
        model, form = self._model, self.form
        if self._form_of == model.request_id:
            form.take_in(model.form)
        form.show_form(model.form)
        if self._form_of != model.request_id:
            self.phrases.hide()
            self._phrases_in = None
            self._put_beside(self.paper)
            form.forget_typing()
            self._form_of, self._typed_in = model.request_id, None
        self._show()

    def _take_in_form(self) -> None:
        self.form.take_in(self._model.form)
        self._show()

    def _can_phrase(self) -> bool:
        return self._model.is_editable and self.form.section_with_focus() is not None

    def _open_phrases(self) -> None:
        section = self.form.section_with_focus()
        if section is not None:
            self._phrases_in = section
            self.form.text_of(section).add_below(self.phrases)
            self.phrases.open_with(self._model.offered_phrases(section))

    def _put_phrase(self, text: str) -> None:
        """At the caret; behind a word a blank comes first."""
        section = self._phrases_in
        self._leave_phrases()
        if section is not None and self._model.is_editable:
            self.form.text_of(section).edit.put_text(text)

    def _leave_phrases(self) -> None:
        self.phrases.hide()
        if self._phrases_in is not None:
            edit = self.form.text_of(self._phrases_in).edit
            self._phrases_in = None
            edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _phrases_changed(self) -> None:
        if self._phrases_in is not None:
            self.phrases.show_other(self._model.offered_phrases(self._phrases_in))

    def _can_keep(self) -> bool:
        section = self.form.section_with_focus()
        if section is None or self._model.aids.phrases is None:
            return False
        return self.form.text_of(section).edit.textCursor().hasSelection()

    def _keep_phrase(self) -> None:
        section = self.form.section_with_focus()
        if section is not None:
            text = self.form.text_of(section).edit.textCursor().selection().toPlainText()
            self._model.keep_phrase(text, section)

    def _show_or_hide_earlier(self) -> None:
        show = not self.earlier.isVisible()
        self._put_beside(self.earlier if show else self.paper)
        if show:
            self.earlier.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want_archive(self) -> None:
        if self._model.request_id is not None:
            self.archive_wanted.emit(self._model.request_id)

    def _put_beside(self, panel: QWidget) -> None:
        """The pages, or what the patient was told before: as wide as the other one was."""
        sizes = self._across.sizes()
        aside = sum(sizes[1:])
        self.paper.setVisible(panel is self.paper)
        self.earlier.setVisible(panel is self.earlier)
        self._across.setSizes([sizes[0], aside, aside])

    def _back(self) -> None:
        """What was opened last goes first."""
        if self._phrases_in is not None:
            self._leave_phrases()
        elif self.earlier.isVisible():
            self._show_or_hide_earlier()
        else:
            self._model.leave()

    def _want_source(self, number: int) -> None:
        """The caret is found again by whoever comes back."""
        focus = self.window().focusWidget()
        fields = self.form.fields()
        self._typed_in = focus if focus in fields else self.form.findings.edit
        self._model.want_source(number)

    def _follow_on_page(self, number: int) -> None:
        """Whoever comes back is before the pages again."""
        self._typed_in = self.paper.document.pages
        self._model.want_source(number)

    def _take_focus(self) -> None:
        """Once for each opening: where the doctor goes on to write, or to read; after a look at a
        source again where it was."""
        model = self._model
        if model.draft is None or not self.isVisible():
            return
        typed_in, self._typed_in = self._typed_in, None
        if typed_in is not None and self._form_of == model.request_id:
            self._begun = model.request_id
            typed_in.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._begun == model.request_id:
            return
        self._begun = model.request_id
        begin = self.form.marked_place() or self.form.first_empty()
        target = begin if model.is_editable else self.paper.document.pages
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_text(self, place: int) -> None:
        draft = self._model.draft
        if draft is not None:
            (draft.keep_mine, draft.take_theirs)[place]()

    def _can_sign(self) -> bool:
        return self._model.obstacle is None

    def _sign(self) -> None:
        is_needed = self._model.signing.needs_pin and self.bar.pin.is_empty
        if self._model.obstacle is None and is_needed:
            self.bar.ask_for_pin()
        else:
            self._model.sign(self.bar.pin.pin)

    def _pin_typed(self) -> None:
        """A new PIN: what was said of the last one is over."""
        signing = self._model.signing
        if signing.is_pin_wrong:
            signing.forget()

    def _signed(self, request_id: str) -> None:
        self.bar.pin.forget()
        if self._model.request_id == request_id:
            self.paper.document.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self) -> None:
        """A wrong PIN is typed again; one that may be needed again stays."""
        signing = self._model.signing
        if signing.is_pin_wrong:
            self.bar.pin.ask_again()
        elif signing.unsent is None:
            self.bar.pin.forget()

    def _show_identity(self) -> None:
        row = self._model.row
        show_case(self, shown(row))
        if row is None:
            self.identity_strip.show_words(None)
            return
        words = replace(
            self._identity.of(row), back=self.tr("Back"), back_key=key_label("conclusion.back")
        )
        self.identity_strip.show_words(words)
