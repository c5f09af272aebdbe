"""The review screen: whose case, its files, the panes, and what the files say of themselves."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from backend_client.models.annotations import Annotation
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from workstation.ui.case_steps import CaseStep
from workstation.ui.more_commands import Offer, Offering
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.columns import ReviewColumns
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.draft_ticks import DraftTicks
from workstation.ui.screens.review.facts_panel import Section
from workstation.ui.screens.review.file_questions import FileQuestions
from workstation.ui.screens.review.file_strip import FileStrip
from workstation.ui.screens.review.identity import IdentityWording
from workstation.ui.screens.review.kept_layout import KeptLayout
from workstation.ui.screens.review.keys import ReviewKeys
from workstation.ui.screens.review.measurement_keeper import Annotations, MeasurementKeeper
from workstation.ui.screens.review.measuring import ReviewMeasuring
from workstation.ui.screens.review.monitors import Monitors, SystemMonitors, the_application
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel
from workstation.ui.screens.review.panes_area import PanesArea
from workstation.ui.screens.review.put_line import PutLineView
from workstation.ui.screens.review.second_screen import SecondScreen
from workstation.ui.screens.review.second_window import SecondWindow
from workstation.ui.screens.review.shown_files import ShownFiles
from workstation.ui.screens.review.side_column import SideColumn
from workstation.ui.screens.review.sources import ReviewSources
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.toolbar import ReviewToolbar
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.review.whose_file_asking import WhoseFileAsking
from workstation.ui.screens.triage.places import Place
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter, key_label, room_name
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_view import elapsed_ms
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.viewers.file_facts import FileFacts
from workstation.ui.widgets.case_text import show_case, shown
from workstation.ui.widgets.identity_strip import IdentityStrip
from workstation.ui.widgets.placeholder import Placeholder

_CLOCK_MS = 15_000
_FACTS_AFTER_MS = 30


class ReviewView(Offering):
    """Shows a `ReviewViewModel`. `closed` when the doctor went back.

    What can be decided on the case stands in the palette; what is decided, at the right.
    """

    closed = Signal()
    layout_changed = Signal()
    """The doctor moved a splitter or chose how ECGs are shown: `state` is worth keeping."""

    def __init__(
        self,
        view_model: ReviewViewModel,
        triage: TriageViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        words: RequestWords,
        parent: QWidget | None = None,
        *,
        now_ms: Callable[[], float] | None = None,
        findings: DraftFindings | None = None,
        questions: FileQuestions | None = None,
        annotations: Annotations | None = None,
        screens: ScreenCalibrations | None = None,
        monitors: Monitors | None = None,
        desk: QWidget | None = None,
    ) -> None:
        """`findings`: what of the case stands in the conclusion; None: nothing is put there.
        `annotations`: where measurements are kept with the request; None: nowhere.
        `questions`: whose files are that name somebody else; None: they are warned about alone.
        `screens`: what was measured of them with a card. `monitors`: None: those of the system.
        `desk`: while it is hidden so is the second window; None: the view itself."""
        super().__init__(parent)
        self._model, self._triage = view_model, triage
        self.findings = findings
        self._theme = theme
        self._dark = theme.for_viewers()
        self._identity = IdentityWording(words, self)
        self._facts_of = FileFacts(self)
        self.identity_strip = IdentityStrip(theme, self)
        self.file_strip = FileStrip(self._dark)
        self.toolbar = ReviewToolbar(self._dark)
        self._screens = screens
        self._clips_in_step = ClipsInStep(self)
        now_ms = now_ms or elapsed_ms()  # one clock for all clips
        self.panes = [self._new_pane(pane, now_ms) for pane in view_model.panes]
        self.side = SideColumn(
            triage,
            self._dark,
            shortcuts,
            home=self._active_viewer,
            above=self.identity_strip,
        )
        self.facts = self.side.facts
        self._asking = self._new_asking(questions)
        self.keeper = self._new_keeper(annotations, questions)
        self.area = PanesArea(
            view_model.hung, self.panes, self.toolbar, self._dark, keeps_focus=self._keeps_focus
        )
        self._sources = ReviewSources(view_model, self.panes, findings, self)
        self._measuring = ReviewMeasuring(
            view_model,
            self._pane_of(view_model.ecg),
            self.side.measurements,
            self,
            panes=self.panes,
            findings=findings,
            keeper=self.keeper,
        )
        self._keys = ReviewKeys(
            view_model, self.area, self.side, self, put=self._put, can_put=self._can_put
        )
        self._shortcuts = shortcuts
        self.second = SecondScreen(
            view_model.hung,
            self.area,
            monitors or SystemMonitors(the_application(), self),
            self._new_second_window,
            desk or self,
            self,
        )
        self._files = ShownFiles(view_model, self.file_strip, self.toolbar, self._is_anothers, self)
        self._problem = Placeholder(self._dark)
        if findings is not None:
            self.side.add_at_foot(PutLineView(findings, self._dark, shortcuts))
            DraftTicks(view_model, findings, self)
        self._across = ReviewColumns(self.file_strip, self.area, self._problem, self.side, theme)
        self._layout = KeptLayout(view_model, self._across, self.area, self.second, self)
        self._body = QWidget(self)
        self._clock = QTimer(self)
        self._facts_soon = QTimer(self)
        """What a file says of itself is written behind its picture, when nothing comes any more."""
        self._facts_soon.setSingleShot(True)
        self._facts_soon.setInterval(_FACTS_AFTER_MS)
        self._facts_soon.timeout.connect(self._show_facts)
        self.setObjectName("reviewView")
        self._lay_out()
        self._connect()
        self._bind(shortcuts)
        self._dress()
        self._show_case()
        self._arrange()

    def offers(self) -> Sequence[Offer]:
        title = self.tr("Back to the centre's layout")
        back = Offer("review.centre_layout", title, room_name("review"), self.forget_layout)
        return [*self.side.offers(), back]

    def state(self) -> bytes:
        """What `restore` brings back after a restart."""
        return self._layout.state()

    def restore(self, state: bytes) -> None:
        """Takes sizes and choices of an earlier window; what is not its own is ignored."""
        self._layout.restore(state)

    def forget_layout(self) -> None:
        """All hangs as the centre has laid down, in the usual widths and heights."""
        self._layout.forget()
        self.layout_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._take_width()

    def hideEvent(self, event: QHideEvent) -> None:
        """The keyboard goes on with whatever of the case comes up in this window."""
        window = self.second.window
        if window is not None and window.isActiveWindow():
            self.window().activateWindow()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show_case()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self._across)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.identity_strip)
        whole.addWidget(self._body, 1)

    def _connect(self) -> None:
        model = self._model
        model.case_changed.connect(self._show_case)
        model.case_changed.connect(self._tell_triage)
        model.row_changed.connect(self._show_identity)
        model.row_changed.connect(self._tell_triage)
        model.files_changed.connect(self._show_files)
        model.arrangement_changed.connect(self._arrange)
        model.closed.connect(self.closed)
        self.identity_strip.back.connect(model.leave)
        self.file_strip.chosen.connect(model.choose)
        self.file_strip.unfolding_wanted.connect(model.others.toggle)
        self.toolbar.file_wanted.connect(self._keys.turn)
        self.toolbar.one_pane_wanted.connect(model.toggle_one_pane)
        self.toolbar.step_wanted.connect(model.go_on)
        self.toolbar.decision_wanted.connect(self.side.open_menu)
        self.toolbar.calipers_wanted.connect(self._measuring.toggle)
        self.toolbar.figure_wanted.connect(self._keys.do)
        self.toolbar.second_screen_wanted.connect(self.second.toggle)
        self.toolbar.places_wanted.connect(self._keys.turn_places)
        self._measuring.put_wanted.connect(self._put)
        self._measuring.place_wanted.connect(self.show_source)
        self._problem.pressed.connect(model.retry)
        self._across.splitterMoved.connect(self.layout_changed)
        for changed in (self.area.shared, self._keys.layout_changed, self.second.changed):
            changed.connect(self.layout_changed)
        self.area.return_wanted.connect(self.second.bring_back)
        self.second.moved.connect(self._take_width)
        for pane in self.panes:
            pane.activated.connect(self._activator(pane.model))
            pane.maximise_wanted.connect(model.toggle_one_pane)
            pane.file_wanted.connect(model.choose)
            pane.ecg_choices_changed.connect(self.layout_changed)
            pane.keys_changed.connect(self._show_keys)
            pane.model.changed.connect(self._pane_changed)
        self._theme.changed.connect(self._dress)
        self._clock.timeout.connect(self._show_identity)
        self._clock.start(_CLOCK_MS)

    def _activator(self, pane: PaneModel) -> Callable[[], None]:
        def activate() -> None:
            # While panes are hidden Qt hands the focus on, as if the doctor had pressed Tab.
            if not self.area.is_arranging:
                self._model.activate(pane)

        return activate

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        shortcuts.bind(self, "review.back", self._back)
        self._measuring.bind(shortcuts)
        shortcuts.bind(self, "review.second_screen", self.second.toggle)
        self._keys.bind(self, self.file_strip, shortcuts)

    def _new_second_window(self) -> SecondWindow:
        window = SecondWindow(self._dark, self)
        self._keys.bind_reading(window, self._shortcuts, focused=True)
        self._shortcuts.bind(window, "review.second_screen", self.second.toggle, focused=True)
        self._shortcuts.bind(window, "review.back", self._back_in_second, focused=True)
        self._shortcuts.join(window, self)
        return window

    def show_source(self, source: Evidence | Annotation) -> None:
        """Leads to the place that a number of the conclusion names, or to that of a kept
        measurement, once its file is open."""
        self._sources.show(source)

    def _new_asking(self, questions: FileQuestions | None) -> WhoseFileAsking | None:
        if questions is None:
            return None
        asking = WhoseFileAsking(
            questions, self._model, self._triage, self._theme, self.panes, self
        )
        if (findings := self.findings) is not None:
            asking.anothers.connect(lambda: findings.tell(findings.words.anothers_file()))
            questions.failed.connect(lambda why: findings.tell(findings.words.failed(why.whole)))
        questions.changed.connect(self._show_files)
        return asking

    def _new_keeper(
        self, annotations: Annotations | None, questions: FileQuestions | None
    ) -> MeasurementKeeper | None:
        if annotations is None:
            return None
        asking = self._asking
        keeper = MeasurementKeeper(
            annotations, self._model, lambda one: asking is None or asking.is_kept(one), self
        )
        if questions is not None:
            questions.changed.connect(keeper.keep)
        if (findings := self.findings) is not None:
            keeper.failed.connect(lambda why: findings.tell(findings.words.not_kept(why.whole)))
        return keeper

    def _is_anothers(self, document: Document) -> bool:
        return self._asking is not None and self._asking.is_anothers(document)

    def _may_take(self, document: Document | None) -> bool:
        """Whether the patient in the file is the request's, or a doctor has said so. Of another
        request nothing is taken, and nothing asked: whoever puts it there is told so."""
        is_own = document is None or document.request_id == self._model.request_id
        return not is_own or self._asking is None or self._asking.is_taken(document)

    def _put(self) -> None:
        """What the active pane offers goes into the conclusion."""
        pane = self._pane_of(self._model.active)
        document, finding = self._measuring.offered() or (pane.model.document, pane.finding())
        if document is not None and finding is not None:
            document = self._model.sources.of(document, finding.place)
        if self.findings is not None and self._may_take(document):
            self.findings.put(document, finding)

    def _can_put(self) -> bool:
        has_draft = self.findings is not None and self._model.card is not None
        return has_draft and not self.side.owns_focus()

    def _new_pane(self, pane: PaneModel, now_ms: Callable[[], float]) -> StudyPane:
        measured, screens = self._model.measurements, self._screens
        papers = self._model.papers
        return StudyPane(
            pane,
            self._dark,
            now_ms=now_ms,
            measured=measured,
            screens=screens,
            papers=papers,
            figures=self._model.figures,
            slices=self._model.slices,
            in_step=self._clips_in_step,
        )

    def _pane_of(self, model: PaneModel) -> StudyPane:
        return next(pane for pane in self.panes if pane.model is model)

    def _active_viewer(self) -> QWidget:
        pane = self._pane_of(self._model.active)
        return pane.viewer or pane

    def _back(self) -> None:
        """What was opened last goes first, where nothing is lost with it."""
        panel = self._triage.panel_in(Place.CASE)
        if panel is not None and not panel.is_touched:
            self._triage.cancel()
        elif not self._put_away():
            self._model.leave()

    def _back_in_second(self) -> None:
        """There what is left is the window."""
        if not self._put_away():
            self.second.bring_back()

    def _put_away(self) -> bool:
        return self._measuring.put_away() or self._keys.put_away()

    def _tell_triage(self) -> None:
        """What is decided here is decided on this case."""
        model = self._model
        show_case(self, shown(model.row))
        if model.request_id is None:
            self.side.forget_problem()
            self._triage.leave(Place.CASE)
            return
        awaited = model.is_claim_awaited
        self._triage.show_row(model.row, model.card, place=Place.CASE, is_awaited=awaited)

    def _dress(self) -> None:
        self._body.setStyleSheet(self._dark.stylesheet())

    def _show_case(self) -> None:
        if self.findings is not None:
            self.findings.show_case(self._model.request_id)
        if self._model.request_id is None:
            self._sources.forget()
        self._show_identity()
        self._show_files()
        self._facts_soon.stop()
        self._show_facts()
        self._across.show_problem(is_one=self._say_why_not())
        patient = self._model.row.patient if self._model.row is not None else None
        for pane in self.panes:
            pane.set_patient(patient)

    def _say_why_not(self) -> bool:
        """Whether there is a reason why no file can be shown; it is said then."""
        self._problem.setProperty("surface", "viewer")
        error, say = self._model.error, self._problem.show_text
        if error is not None:
            say("warning-octagon", error.title, error.detail, error.action, color="danger.text")
        elif self._model.is_closed:
            title = self.tr("The patient has withdrawn the consent: the documents are closed")
            detail = self.tr("They open again as soon as it is given. The chat goes on: {}")
            detail = detail.format(key_label(CaseStep.CALL.value))
            say("lock", title, detail, self.tr("Look again"), color="warn.text")
        return error is not None or self._model.is_closed

    def _show_identity(self) -> None:
        row = self._model.row
        words = self._identity.of(row) if row is not None else None
        self.identity_strip.show_words(words)
        self.second.show_patient(words)
        self.toolbar.allow_steps(self._model.steps)

    def _show_files(self) -> None:
        self._files.show()

    def _arrange(self) -> None:
        """Shows the panes that are to be seen."""
        self.area.arrange()
        self._show_keys()
        self._facts_soon.start()

    def _take_width(self) -> None:
        """Of the window in which the pictures hang."""
        is_away = self._model.hung.aside is PaneKind.PICTURES
        window = (self.second.window if is_away else None) or self.window()
        self._model.hung.set_width(window.width() / self._theme.scale)
        self.area.share()

    def _keeps_focus(self) -> bool:
        """Whether the doctor works elsewhere than in the panes."""
        focus = QApplication.focusWidget()
        in_strip = focus is not None and self.file_strip.isAncestorOf(focus)
        side = self.side
        return in_strip or side.owns_focus() or side.measurements.list.hasFocus()

    def _show_keys(self) -> None:
        measuring = self._measuring
        self.toolbar.show_calipers(
            are_possible=measuring.are_possible, are_in_hand=measuring.are_in_hand
        )
        self.toolbar.show_figures(measuring.frame_figures)
        self.toolbar.show_keys_of(self._pane_of(self._model.active).viewer)

    def _pane_changed(self) -> None:
        self._sources.look_again()
        self._show_keys()
        self.area.take_focus()
        self._measuring.file_changed()
        self._facts_soon.start()

    def _show_facts(self) -> None:
        sections = [
            Section(self._files.title(pane.document), self._facts_of.sheet(pane.info))
            for pane in self._model.visible_panes
            if pane.document is not None and pane.info is not None
        ]
        self.facts.show_sections(sections)
