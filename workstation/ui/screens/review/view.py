"""The review screen: whose case, its files, the panes, and what the files say of themselves."""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from workstation.ui.case_steps import CaseStep
from workstation.ui.more_commands import Offer, Offering
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.columns import ReviewColumns
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.draft_ticks import DraftTicks
from workstation.ui.screens.review.facts_panel import Section
from workstation.ui.screens.review.file_list_model import Entry, FileRow, Heading
from workstation.ui.screens.review.file_questions import FileQuestions
from workstation.ui.screens.review.file_strip import FileStrip
from workstation.ui.screens.review.identity import IdentityWording
from workstation.ui.screens.review.measurement_keeper import Annotations, MeasurementKeeper
from workstation.ui.screens.review.measuring import ReviewMeasuring
from workstation.ui.screens.review.pane_model import PaneKind, PaneModel, PaneState
from workstation.ui.screens.review.put_line import PutLineView
from workstation.ui.screens.review.side_column import SideColumn
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.toolbar import ReviewToolbar
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.review.whose_file_asking import WhoseFileAsking
from workstation.ui.screens.triage.places import Place
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import SHORTCUTS, ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_view import CineView, elapsed_ms
from workstation.ui.viewers.document_desk import DocumentDesk
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.viewers.ecg.choices import KeptEcgChoices
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.figures.desk import TOOL_ACTIONS
from workstation.ui.viewers.file_facts import FileFacts
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.widgets.case_text import show_case, shown
from workstation.ui.widgets.identity_strip import IdentityStrip
from workstation.ui.widgets.placeholder import Placeholder

_CLOCK_MS = 15_000
_PICTURES_SHARE = 0.46
_ROWS_SHARE = 0.64
"""Of the height, where pictures hang in two rows."""
_VIEWER_ACTIONS = (
    "clip.play",
    "clip.next_frame",
    "clip.previous_frame",
    "clip.slower",
    "clip.faster",
    "clip.own_pace",
    "clip.sweep",
    "clip.mark_first",
    "clip.mark_last",
    "clip.cycle",
    "clip.whole",
    "clip.in_step",
    "view.zoom_in",
    "view.zoom_out",
    "view.fit",
    "view.rotate",
    "paper.open",
    "document.find",
    "document.page",
    "document.whole_page",
    "document.thumbnails",
    "document.contrast",
    "document.lighter",
    "document.darker",
    "document.invert",
    "document.copy",
    "ecg.speed",
    "ecg.gain",
    "ecg.true_size",
    "ecg.calibrate",
    "ecg.columns",
    "ecg.band",
    "ecg.mains",
    "ecg.baseline",
    "ecg.beat",
    "ecg.recording",
    "ecg.beginning",
    "ecg.end",
    "ecg.print",
    "ecg.to_moment",
    *(shortcut.action for shortcut in SHORTCUTS if shortcut.room in ("caliper", "stack")),
    *TOOL_ACTIONS,
    "figure.person",
    *(f"ecg.layout_{n}" for n in range(1, 7)),
)


class _Kept(msgspec.Struct):
    """Sizes in logical pixels, the pictures' share of the height, and how ECGs are shown."""

    across: list[int] = []
    pictures_share: float = _PICTURES_SHARE
    ecg: KeptEcgChoices = KeptEcgChoices()
    rows_share: float = _ROWS_SHARE
    places: int = 0
    """How many pictures hang at once; 0: by the width."""


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
    ) -> None:
        """`findings`: what of the case stands in the conclusion; None: nothing is put there.
        `annotations`: where measurements are kept with the request; None: nowhere.
        `questions`: whose files are that name somebody else; None: they are warned about alone.
        `screens`: what was measured of them with a card."""
        super().__init__(parent)
        self._model, self._triage = view_model, triage
        self.findings = findings
        self._wanted: Evidence | None = None
        """A source that is to be shown as soon as its file is open."""
        self._theme = theme
        self._dark = theme.for_viewers()
        self._identity = IdentityWording(words, self)
        self._facts_of = FileFacts(self)
        self._share, self._rows_share = _PICTURES_SHARE, _ROWS_SHARE
        self._arranging = False
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
        self._measuring = ReviewMeasuring(
            view_model,
            self._pane_of(view_model.ecg),
            self.side.measurements,
            self,
            panes=self.panes,
            findings=findings,
        )
        self._problem = Placeholder(self._dark)
        self._middle = QWidget()
        if findings is not None:
            self.side.add_at_foot(PutLineView(findings, self._dark, shortcuts))
            DraftTicks(view_model, findings, self)
        self._across = ReviewColumns(self.file_strip, self._middle, self._problem, self.side, theme)
        self._down = QSplitter(Qt.Orientation.Vertical)
        self._pictures = QSplitter(Qt.Orientation.Vertical)
        self._picture_rows = [QSplitter(Qt.Orientation.Horizontal) for _ in range(2)]
        self._body = QWidget(self)
        self._clock = QTimer(self)
        self.setObjectName("reviewView")
        self._lay_out()
        self._connect()
        self._bind(shortcuts)
        self._dress()
        self._show_case()
        self._arrange()

    def offers(self) -> Sequence[Offer]:
        return self.side.offers()

    def state(self) -> bytes:
        """What `restore` brings back after a restart."""
        ecg = KeptEcgChoices.of(self._pane_of(self._model.ecg).ecg_choices)
        places = self._model.chosen_places
        sizes = self._across.chosen_sizes()
        kept = _Kept(sizes, self._share, ecg, self._rows_share, places)
        return msgspec.json.encode(kept)

    def restore(self, state: bytes) -> None:
        """Takes sizes and choices of an earlier window; what is not its own is ignored."""
        try:
            kept = msgspec.json.decode(state, type=_Kept)
        except msgspec.DecodeError:
            return
        self._across.choose_sizes(kept.across)
        self._model.choose_places(kept.places)
        if 0.1 <= kept.rows_share <= 0.9:
            self._rows_share = kept.rows_share
        if 0.1 <= kept.pictures_share <= 0.9:
            self._share = kept.pictures_share
            self._arrange()
        self._pane_of(self._model.ecg).set_ecg_choices(kept.ecg.choices())

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.window().width() >= self._theme.size("layout", "wideFrom")
        self._model.set_wide(wide)
        self._share_height()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show_case()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        for number, picture in enumerate(self._model.pictures):
            self._picture_rows[number // 2].addWidget(self._pane_of(picture))
        for row in self._picture_rows:
            self._pictures.addWidget(row)
        self._down.addWidget(self._pictures)
        for model in (self._model.ecg, self._model.document):
            self._down.addWidget(self._pane_of(model))
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self._down, 1)
        for splitter in (self._down, self._pictures, *self._picture_rows):
            splitter.setChildrenCollapsible(False)
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
        self.toolbar.file_wanted.connect(self._turn)
        self.toolbar.one_pane_wanted.connect(model.toggle_one_pane)
        self.toolbar.step_wanted.connect(model.go_on)
        self.toolbar.decision_wanted.connect(self.side.open_menu)
        self.toolbar.calipers_wanted.connect(self._measuring.toggle)
        self.toolbar.figure_wanted.connect(self._do)
        self._measuring.put_wanted.connect(self._put)
        self._problem.pressed.connect(model.retry)
        self._across.splitterMoved.connect(self.layout_changed)
        self._down.splitterMoved.connect(self._remember_share)
        for pane in self.panes:
            pane.activated.connect(self._activator(pane.model))
            pane.maximise_wanted.connect(model.toggle_one_pane)
            pane.ecg_choices_changed.connect(self.layout_changed)
            pane.keys_changed.connect(self._show_keys)
            pane.model.changed.connect(self._pane_changed)
        self._theme.changed.connect(self._dress)
        self._clock.timeout.connect(self._show_identity)
        self._clock.start(_CLOCK_MS)

    def _activator(self, pane: PaneModel) -> Callable[[], None]:
        def activate() -> None:
            # While panes are hidden Qt hands the focus on, as if the doctor had pressed Tab.
            if not self._arranging:
                self._model.activate(pane)

        return activate

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        model = self._model
        shortcuts.bind(self, "review.back", self._back)
        self.side.bind(self, shortcuts)
        for step in CaseStep:
            can = partial(model.can_go_on, step)
            shortcuts.bind(self, step.value, partial(model.go_on, step), can)
        shortcuts.bind(self, "review.next_file", lambda: self._turn(1))
        shortcuts.bind(self, "review.previous_file", lambda: self._turn(-1))
        shortcuts.bind(self, "review.one_pane", model.toggle_one_pane, self._can_press)
        shortcuts.bind(self, "review.places", self._turn_places, self._can_press)
        for action in ("review.put", "review.put_by_letter"):
            shortcuts.bind(self, action, self._put, self._can_put)
        for action in _VIEWER_ACTIONS:
            can = partial(self._can_do, action)
            shortcuts.bind(self, action, partial(self._do, action), can)
        for pane in self.panes:
            pane.viewer_made.connect(partial(_bind_keys_of, shortcuts))
        for number in range(1, 10):
            can = partial(self._has_group, number)
            go = partial(model.go_to_group, number)
            shortcuts.bind(self.file_strip, f"review.item_{number}", go, can)

    def show_source(self, source: Evidence) -> None:
        """Leads to the place that a number of the conclusion names, once its file is open."""
        self._wanted = source
        self._show_wanted()

    def _show_wanted(self) -> None:
        """Where the card or the file is still on its way, it is looked for again with them."""
        source, model = self._wanted, self._model
        if source is None or model.card is None:
            return
        document = next((one for one in model.documents if one.id == source.document_id), None)
        if document is None or document.sha256 != source.sha256:
            self._give_up_wanted(is_other=document is not None)
            return
        pane = next((one for one in self.panes if one.model.document == document), None)
        if pane is None or pane.model.state in (PaneState.LOADING, PaneState.EMPTY):
            return
        self._wanted = None
        is_open = pane.model.state is PaneState.READY
        if is_open and not pane.show_place(source.place) and self.findings is not None:
            self.findings.tell(self.findings.words.not_shown())

    def _give_up_wanted(self, *, is_other: bool) -> None:
        self._wanted = None
        if self.findings is not None:
            words = self.findings.words
            self.findings.tell(words.other_file() if is_other else words.no_such_file())

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
        """Whether the patient in the file is the request's, or a doctor has said so."""
        return self._asking is None or self._asking.is_taken(document)

    def _put(self) -> None:
        """What the active pane offers goes into the conclusion."""
        pane = self._pane_of(self._model.active)
        offered = self._measuring.offered() or (pane.model.document, pane.finding())
        if self.findings is not None and self._may_take(offered[0]):
            self.findings.put(*offered)

    def _can_put(self) -> bool:
        return self.findings is not None and self._can_press() and self._model.card is not None

    def _has_group(self, number: int) -> bool:
        return number <= len(self._model.groups)

    def _can_press(self) -> bool:
        """What is pressed in a decision is the decision's, also where viewers know the key."""
        return not self.side.owns_focus()

    def _can_do(self, action: str) -> bool:
        return self._can_press() and self._doer(action) is not None

    def _do(self, action: str) -> None:
        act = self._doer(action)
        if act is not None:
            act()

    def _doer(self, action: str) -> Callable[[], None] | None:
        """A viewer's key acts in the active pane, else in the first that knows it."""
        active = self._pane_of(self._model.active)
        others = [self._pane_of(pane) for pane in self._model.visible_panes]
        acts = (pane.key_actions().get(action) for pane in (active, *others))
        return next((act for act in acts if act is not None), None)

    def _turn_places(self) -> None:
        self._model.turn_places()
        self.layout_changed.emit()

    def _turn(self, files: int) -> None:
        """The next file; inside a document the next page first."""
        viewer = self._pane_of(self._model.active).viewer
        pages = DocumentView | LongEcgView | ReportView
        if isinstance(viewer, pages) and viewer.turn_page(files):
            return
        self._model.step_file(files)

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
        elif self._measuring.put_away() or self._put_away_in_viewer():
            return
        else:
            self._model.leave()

    def _put_away_in_viewer(self) -> bool:
        """Figures on slices, the lines of a document: whether there was anything to let go of."""
        viewer = self._pane_of(self._model.active).viewer
        return isinstance(viewer, StackView | DocumentDesk) and viewer.put_away()

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
            self._wanted = None
        self._show_identity()
        self._show_files()
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
        self.identity_strip.show_words(self._identity.of(row) if row is not None else None)
        self.toolbar.allow_steps(self._model.steps)

    def _show_files(self) -> None:
        entries: list[Entry] = []
        for group in self._model.groups:
            title = group.item.title if group.item is not None else self.tr("Other files")
            entries.append(Heading(title))
            entries += [
                FileRow(
                    one,
                    self._model.is_opened(one),
                    self._model.is_shown(one),
                    self.tr("another patient's") if self._is_anothers(one) else "",
                )
                for one in group.documents
            ]
        current = self._model.active.document
        self.file_strip.show_files(entries, current.id if current is not None else None)
        self._show_place()

    def _show_place(self) -> None:
        documents = self._model.documents
        active = self._model.active.document
        places = [n for n, one in enumerate(documents, 1) if active and one.id == active.id]
        hung = [pane for pane in self._model.panes if pane.document is not None]
        in_study = self._model.active.kind is not PaneKind.DOCUMENT
        more = in_study and sum(pane.kind is not PaneKind.DOCUMENT for pane in hung) > 1
        self.toolbar.show_place(
            places[0] if places else 0,
            len(documents),
            one_pane=self._model.one_pane and in_study,
            has_more_panes=more,
        )

    def _arrange(self) -> None:
        """Shows the panes that are to be seen."""
        self._arranging = True
        self._show_panes()
        self._arranging = False
        self._share_height()
        self._show_keys()
        self._show_files()
        self._show_facts()

    def _show_panes(self) -> None:
        """The active one first: it takes the focus before others are hidden."""
        visible = self._model.visible_panes
        active = self._pane_of(self._model.active)
        pictures = [pane in visible for pane in self._model.pictures]
        self._pictures.setVisible(any(pictures))
        for number, row in enumerate(self._picture_rows):
            row.setVisible(any(pictures[2 * number : 2 * number + 2]))
        active.setVisible(True)
        self._take_focus(active)
        for pane in self.panes:
            pane.set_active(pane is active and len(visible) > 1)
            pane.setVisible(pane.model in visible)

    def _take_focus(self, pane: StudyPane) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.file_strip.isAncestorOf(focus):
            return
        if self.side.owns_focus() or self.side.measurements.list.hasFocus():
            return
        if self.isVisible():
            (pane.viewer or pane).setFocus(Qt.FocusReason.OtherFocusReason)

    def _share_height(self) -> None:
        height = self._down.height()
        upper = round(height * (self._rows_share if self._has_two_rows else self._share))
        self._down.setSizes([upper, height - upper, height])
        half, down = self._pictures.width() // 2, self._pictures.height() // 2
        self._pictures.setSizes([down, down])
        for row in self._picture_rows:
            row.setSizes([half, half])

    @property
    def _has_two_rows(self) -> bool:
        return any(pane in self._model.visible_panes for pane in self._model.pictures[2:])

    def _remember_share(self) -> None:
        upper, lower, _ = self._down.sizes()
        if upper > 0 and lower > 0:
            share = min(0.9, max(0.1, upper / (upper + lower)))
            if self._has_two_rows:
                self._rows_share = share
            else:
                self._share = share
            self.layout_changed.emit()

    def _show_keys(self) -> None:
        measuring = self._measuring
        self.toolbar.show_calipers(
            are_possible=measuring.are_possible, are_in_hand=measuring.are_in_hand
        )
        self.toolbar.show_figures(measuring.clip_figures)
        self.toolbar.show_keys_of(self._pane_of(self._model.active).viewer)

    def _pane_changed(self) -> None:
        self._show_wanted()
        active = self._pane_of(self._model.active)
        self._show_keys()
        self._take_focus(active)
        self._measuring.file_changed()
        self._show_facts()

    def _show_facts(self) -> None:
        sections = [
            Section(pane.document.title, self._facts_of.sheet(pane.info))
            for pane in self._model.visible_panes
            if pane.document is not None and pane.info is not None
        ]
        self.facts.show_sections(sections)


def _bind_keys_of(shortcuts: ShortcutRouter, viewer: QWidget) -> None:
    """Keys that act while a part of the viewer has the focus."""
    if isinstance(viewer, EcgView):
        viewer.beat.bind(shortcuts)
    elif isinstance(viewer, LongEcgView):
        viewer.bind(shortcuts)
        viewer.paper.beat.bind(shortcuts)
    elif isinstance(viewer, CineView | PictureView | PaperDocumentView | ReportView | StackView):
        viewer.bind(shortcuts)
