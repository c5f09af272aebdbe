"""The form: where it stands and where its text is above, the sections below (OZ-12)."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.catalogue import ConclusionTemplate
from backend_client.models.conclusions import Conclusion, ConclusionForm, ConclusionState
from backend_client.models.documents import Document
from workstation.core.conclusion_template import (
    ORDER,
    OWN,
    is_filled,
    lacks_basis,
    shown_sections,
)
from workstation.core.return_place import Marked, read
from workstation.ui.literal_text import one_line
from workstation.ui.screens.conclusion.asked import Codes
from workstation.ui.screens.conclusion.case_note import CaseNote
from workstation.ui.screens.conclusion.citing_edit import CitingEdit
from workstation.ui.screens.conclusion.contact_note import ContactNote
from workstation.ui.screens.conclusion.decision_section import DecisionSection
from workstation.ui.screens.conclusion.draft_writer import Keeping
from workstation.ui.screens.conclusion.form_head import FormHead
from workstation.ui.screens.conclusion.form_state import TEXTS, Section, other_texts, unfilled
from workstation.ui.screens.conclusion.sections import DiagnosisSection, SectionFrame, TextSection
from workstation.ui.screens.conclusion.source_list import SourceList
from workstation.ui.screens.conclusion.source_words import SourceWords
from workstation.ui.screens.conclusion.spelled_line import SpelledLineEdit
from workstation.ui.screens.conclusion.spelling_model import SpellingModel
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel
from workstation.ui.screens.conclusion.words import ConclusionWords
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import TextBlock
from workstation.ui.widgets.painting import (
    CHIP_NEW,
    CHIP_PRESENT,
    CHIP_WARN,
)

_ROOM_AROUND_CARET = 24
_MOST_LINES = 8
"""Of what the other text says; all of it in the tooltip."""
_CHIPS = {
    ConclusionState.RETURNED: CHIP_WARN,
    ConclusionState.SIGNED: CHIP_NEW,
    ConclusionState.DELIVERED: CHIP_NEW,
}


class FormPanel(QFrame):
    """`written` tells the whole form at every change."""

    written = Signal(ConclusionForm)
    source_wanted = Signal(int)
    """A number in the text was pressed, or its line below."""

    rearranged = Signal()
    """Fields stand in another order, or other ones are shown."""
    ending_wanted = Signal()
    """The case is to end without a conclusion."""

    def __init__(
        self,
        theme: Theme,
        words: ConclusionWords,
        parent: QWidget,
        codes: Codes | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("conclusion.form")
        self.setProperty("surface", "panel")
        self._theme, self._words = theme, words
        self._form = ConclusionForm()
        self.head = FormHead(theme, self)
        self.filled, self.kept = self.head.filled, self.head.kept
        self.earlier, self.editions = self.head.earlier, self.head.editions
        self.returned = CaseNote(theme, "conclusion.returned", self)
        self.stale = CaseNote(theme, "conclusion.stale", self)
        self.locked = CaseNote(theme, "conclusion.locked", self)
        self.cut_off = CaseNote(theme, "conclusion.cutOff", self)
        self.contact = ContactNote(theme, self)
        self._scroll = QScrollArea(self)
        self._body = QFrame()
        self._body.setProperty("surface", "panel")
        self._scroll.setWidget(self._body)
        self._codes = codes
        self._texts: dict[Section, TextSection] = {
            one: TextSection(theme, one.value, self._body) for one in TEXTS
        }
        self.complaints = self._texts[Section.COMPLAINTS]
        self.history = self._texts[Section.HISTORY]
        self.findings = self._texts[Section.FINDINGS]
        self.recommendations = self._texts[Section.RECOMMENDATIONS]
        self.basis = self._texts[Section.BASIS]
        self.diagnosis = DiagnosisSection(theme, self._body, codes)
        self.decision = DecisionSection(theme, self._body)
        self._frames: dict[Section, SectionFrame] = {
            **self._texts,
            Section.DIAGNOSIS: self.diagnosis,
            Section.DECISION: self.decision,
        }
        self._asked = TextBlock(theme, role="small", color="warn.text")
        self._asked.setObjectName("conclusion.basis.asked")
        self._asked.hide()
        self.basis.add_below(self._asked)
        self._template: ConclusionTemplate = OWN
        self._is_read, self._has_ended = False, False
        """What the form says stays as it is: sections without a word are left out."""
        self._added: set[Section] = set()
        """Sections that the doctor has added to this case's form."""
        self._order: tuple[Section, ...] = ()
        self._others: Sequence[SpelledLineEdit] = ()
        self._signed_editions = 0
        self._marked: tuple[Section, Marked] | None = None
        """Where a returned conclusion is to be corrected."""
        self.more = KeyButton(theme, "", glyph="plus", kind="flat", height="compact")
        self.more.setObjectName("conclusion.more")
        self._source_words = SourceWords(words.wording, self)
        behind = self.findings.edit
        self.sources = SourceList(theme, self._source_words, self.findings, behind=behind)
        self.findings.add_below(self.sources)
        self._files: dict[str, Document] = {}
        self._lay_out()
        self._connect()
        self._say()

    def fields(self) -> list[QWidget]:
        """All fields in the order in which Tab walks."""
        return [field for section in self._order for field in self._fields_of(section)]

    def has_editions(self) -> bool:
        """Whether something of this request was signed: the archive has it."""
        return self._signed_editions > 0

    def first_empty(self) -> QWidget:
        """The first field in which nothing stands; the first of all where none is empty."""
        empty = unfilled(self._form, self._template)
        return self._place_of(empty[0]) if empty else self.complaints.edit

    def next_missing(self) -> QWidget | None:
        """The field of what is missing behind the one that has the focus, else of the first; None
        where nothing is."""
        missing = unfilled(self._form, self._template)
        focus = self._focus()
        within = (one for one in self._order if focus in self._fields_of(one))
        here = next(within, None)
        behind = self._order[self._order.index(here) + 1 :] if here is not None else ()
        found = next((one for one in missing if one in behind), None) or next(iter(missing), None)
        return None if found is None else self._place_of(found)

    def go_to_missing(self) -> None:
        """Puts the caret where something is missing."""
        field = self.next_missing()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def watch_spelling(self, model: SpellingModel, others: Sequence[SpelledLineEdit] = ()) -> None:
        """Marks the words that the model doubts in all texts; `others`: fields beside the form."""
        self._others = others
        for edit in self._citing():
            edit.spelling.watch(model)
        self.diagnosis.further.watch(model)
        for line in (self.decision.note, *others):
            line.watch(model)

    def has_doubt(self) -> bool:
        """Whether a word is in doubt anywhere."""
        return any(edit.doubts() for edit in self._seen_texts())

    def next_doubt(self) -> None:
        """Selects the next word in doubt behind the caret, and shows what may have been meant."""
        edits, focus = self._seen_texts(), self._focus()
        here = next((n for n, edit in enumerate(edits) if edit is focus), 0)
        caret = edits[here].caret() if edits[here] is focus else -1
        behind = [(edits[here], place) for place in edits[here].doubts()]
        late = [one for one in behind if one[1] >= caret]
        others = [*edits[here + 1 :], *edits[:here]]
        further = [(edit, place) for edit in others for place in edit.doubts()]
        edit, place = [*late, *further, *behind][0]
        if edit not in self._others:
            self._scroll.ensureWidgetVisible(edit)
        edit.ask_about(place)

    def _seen_texts(self) -> list[CitingEdit | SpelledLineEdit]:
        """In the order of the form; what stands beside it last."""
        fields = [*self.fields(), *self._others]
        spelled = [one for one in fields if isinstance(one, CitingEdit | SpelledLineEdit)]
        return [one for one in spelled if one.isVisibleTo(self.window())]

    def section_with_focus(self) -> Section | None:
        """The section of text in which the doctor writes."""
        focus = self._focus()
        return next((one for one, text in self._texts.items() if text.edit is focus), None)

    def text_of(self, section: Section) -> TextSection:
        """A section of text."""
        return self._texts[section]

    def show_form(self, form: ConclusionForm) -> None:
        """Shows a text that was not typed here."""
        self._form = form
        for section, field in self._texts.items():
            field.show_text(str(getattr(form, section.value)))
        self.diagnosis.show_diagnosis(form.diagnosis)
        self.diagnosis.further.show_all(form.further)
        self.decision.show_decision(form.decision, form.decision_note)
        self._arrange()
        self._show_sources()

    def take_in(self, form: ConclusionForm) -> None:
        """Shows the same text with findings more, or less: carets stay, and it can be undone."""
        self._form = form
        for section, field in self._texts.items():
            field.take_in(str(getattr(form, section.value)))
        self._arrange()
        self._show_sources()

    def forget_typing(self) -> None:
        """Another case: nothing that was typed in the one before can be brought back here."""
        for field in self._texts.values():
            field.edit.forget_typing()
        self.diagnosis.forget_typing()
        self._added.clear()
        self._arrange()

    def wanted_number(self) -> int | None:
        """The number that the key means: of the line, or of the field that has the focus."""
        typed = next((edit for edit in self._citing() if edit.hasFocus()), None)
        return self.sources.focused() if typed is None else typed.number_at_caret()

    def show_model(self, model: ConclusionViewModel) -> None:
        """Everything but the text."""
        begun = model.state is ConclusionState.DRAFTING and bool(model.template.code)
        is_told = model.draft is not None and not begun
        chip = _CHIPS.get(model.state, CHIP_PRESENT)
        self.head.show_state(self._words.state(model.state) if is_told else "", chip)
        named = model.draft is not None and bool(model.template.code)
        self.head.show_template(self._words.template(model.template) if named else "")
        earlier = len(model.earlier)
        self.head.show_count(self.earlier, self.tr("Earlier: {}").format(earlier), earlier)
        self._signed_editions = signed_editions(model.record)
        editions = self.tr("Editions: {}").format(self._signed_editions)
        self.head.show_count(self.editions, editions, self._signed_editions)
        writes = model.is_editable or model.is_signing
        shown = (model.template, model.is_settled, model.has_ended)
        if shown != (self._template, self._is_read, self._has_ended):
            self._template, self._is_read, self._has_ended = shown
            self._arrange()
        missing = unfilled(model.form, model.template)
        filled = self._words.not_filled(missing) if writes else None
        self.head.show_filled(filled, is_whole=not missing)
        is_said = writes or (model.draft is not None and not model.draft.is_kept)
        self.head.show_kept(self._words.kept(model) if is_said and not model.has_ended else None)
        self.head.make_room()
        locked, lasts = not model.is_editable, not model.is_signing
        for field in self._texts.values():
            field.edit.lock(locked, looks_locked=lasts)
        self.diagnosis.lock(locked, looks_locked=lasts)
        self.decision.lock(locked, looks_locked=lasts)
        self.more.setVisible(not locked and bool(self._hidden()))
        self._show_basis(model, locked=locked)
        self._show_notes(model)
        self._show_source(model)
        self._files = {one.id: one for one in (model.card.documents if model.card else ())}
        self._show_sources()
        self._show_fault(model)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("line", "subtle")
        sections = QVBoxLayout(self._body)
        sections.setContentsMargins(20, 12, 20, 16)
        sections.setSpacing(12)
        for frame in self._frames.values():
            frame.hide()
            sections.addWidget(frame)
        sections.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        sections.addStretch(1)
        self._rows = sections
        self._arrange()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        notes = (self.returned, self.stale, self.locked, self.cut_off, self.contact)
        for part in (self.head, line, *notes):
            column.addWidget(part)
        column.addWidget(self._scroll, 1)

    def _fields_of(self, section: Section) -> list[QWidget]:
        """In the order in which Tab walks."""
        if section is Section.DIAGNOSIS:
            finder = self.diagnosis.finder
            rows = [
                field
                for row in self.diagnosis.further.rows
                for field in (row.kind, row.code, row.words, row.drop)
            ]
            main: list[QWidget] = [self.diagnosis.code, self.diagnosis.words]
            return [*([] if finder is None else [finder.line]), *main, *rows]
        if section is Section.DECISION:
            decision = self.decision
            return [*decision.choices.values(), decision.ending, decision.note]
        return [self._texts[section].edit]

    def _place_of(self, section: Section) -> QWidget:
        """Where one writes what is missing there."""
        if section is Section.DIAGNOSIS:
            diagnosis = self.diagnosis
            return diagnosis.words if self._form.diagnosis.icd10 else diagnosis.code
        if section is Section.DECISION:
            return self.decision.choices[self.decision.decision]
        return self._texts[section].edit

    def _focus(self) -> QWidget | None:
        return self.window().focusWidget()

    def _hidden(self) -> list[Section]:
        """Sections that the form does not show."""
        return [one for one in ORDER if one not in self._order]

    def _arrange(self) -> None:
        """Shows the template's sections, those in which something stands, and those added."""
        wanted = shown_sections(self._template, self._form)
        if self._is_read:
            wanted = [one for one in wanted if self._says_something(one)]
        late = [one for one in ORDER if one in self._added and one not in wanted]
        late = [] if self._is_read else late
        order = (*wanted, *late)
        if order == self._order:
            return
        self._order = order
        for place, section in enumerate(order):
            self._rows.removeWidget(self._frames[section])
            self._rows.insertWidget(place, self._frames[section])
        for section, frame in self._frames.items():
            frame.setVisible(section in order)
        self.rearranged.emit()

    def _says_something(self, section: Section) -> bool:
        """Of a form that is only read: what was signed always says what it leads to."""
        diagnosis = self._form.diagnosis
        if section is Section.DIAGNOSIS:
            return bool(diagnosis.icd10.strip() or diagnosis.text.strip() or self._form.further)
        is_led = section is Section.DECISION and not self._has_ended
        return is_led or is_filled(self._form, section)

    def _offer_more(self) -> None:
        """Sections that can be added to this form."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for section in self._hidden():
            entry = menu.addAction(self._words.section(section))
            entry.triggered.connect(lambda _=False, one=section: self._add(one))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _add(self, section: Section) -> None:
        self._added.add(section)
        self._arrange()
        self.more.setVisible(bool(self._hidden()))
        self._place_of(section).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_basis(self, model: ConclusionViewModel, *, locked: bool) -> None:
        """The law's warning stands at the field that answers it."""
        asked = not locked and lacks_basis(model.form)
        self._asked.setVisible(asked)
        if asked:
            text = self.tr(
                "The conclusion diagnoses or prescribes, and no diagnosis made in person is named."
                " Say who made it and when, or why it may be done remotely."
            )
            self._asked.set_text(text)

    def _connect(self) -> None:
        for section, field in self._texts.items():
            field.written.connect(lambda text, name=section.value: self._typed(**{name: text}))
        self.diagnosis.written.connect(
            lambda diagnosis: self._typed(diagnosis=diagnosis, **self._by_directory())
        )
        self.diagnosis.further_written.connect(
            lambda further: self._typed(further=further, **self._by_directory())
        )
        self.diagnosis.further_written.connect(lambda _: self.rearranged.emit())
        self.decision.written.connect(
            lambda decision, note: self._typed(decision=decision, decision_note=note)
        )
        self.decision.ending_wanted.connect(self.ending_wanted)
        self.more.clicked.connect(self._offer_more)
        self.head.to_missing.clicked.connect(self.go_to_missing)
        self.returned.pressed.connect(self._go_to_marked)
        for frame in self._frames.values():
            frame.caret_at.connect(self._bring_into_sight)
        for edit in self._citing():
            edit.source_wanted.connect(self.source_wanted)
        self.sources.wanted.connect(self.source_wanted)

    def _citing(self) -> list[CitingEdit]:
        return [*(field.edit for field in self._texts.values()), self.diagnosis.words]

    def _show_sources(self) -> None:
        """What the numbers lead to, in the text and below it."""
        words, form = self._source_words, self._form
        told = {
            one.number: words.whole(one, self._files.get(one.document_id)) for one in form.evidence
        }
        for edit in self._citing():
            edit.show_sources(told, words.without_source())
        self.sources.show_form(form, self._files)
        self._hint_sources()

    def _hint_sources(self) -> None:
        """How one gets from a number to its source, where there is one."""
        hint = self.tr("a click on a number, or {}, shows its source")
        is_there = bool(self.sources.rows)
        self.findings.show_note(hint.format(key_label("conclusion.source")) if is_there else "")

    def _by_directory(self) -> dict[str, str]:
        """From which version of the directory a code was taken just now."""
        return {} if self._codes is None else {"icd10_version": self._codes.version}

    def _typed(self, **changes: object) -> None:
        self._form = msgspec.structs.replace(self._form, **changes)
        self.sources.show_form(self._form, self._files)
        self._hint_sources()
        self.written.emit(self._form)

    def _bring_into_sight(self, field: QWidget, place: QRect) -> None:
        if not field.hasFocus():
            return
        at = field.mapTo(self._body, place.center())
        self._scroll.ensureVisible(at.x(), at.y(), 0, self._theme.px(_ROOM_AROUND_CARET))

    def _show_notes(self, model: ConclusionViewModel) -> None:
        record, draft = model.record, model.draft
        returned = model.state is ConclusionState.RETURNED and record is not None
        if returned and record is not None:
            title, why = self.tr("The clinic has returned the conclusion"), record.return_reason
            if record.correction and not why:
                title = self.tr("A new edition: the patient keeps the old one until it is signed")
                why = record.correction
            actions = (self.tr("Go to the place"),) if self._show_marked(why) else ()
            self.returned.show_text("arrow-u-up-left", title, why, actions, tone="warn")
        else:
            self._show_marked("")
        self.returned.setVisible(returned)
        stale = draft is not None and draft.keeping is Keeping.STALE
        if stale:
            self._show_stale(model)
        self.stale.setVisible(stale)
        reason = self._words.read_only(model)
        if reason:
            kept = draft is None or draft.is_kept
            mine = "" if kept else self.tr("What you wrote is kept on this computer, for you alone")
            mine = "\n".join(part for part in (self._words.told_patient(model), mine) if part)
            self.locked.show_text("lock", reason, mine, tone="accent")
        self.locked.setVisible(bool(reason) and model.lost is None)
        self._show_cut_off(model)
        phone = "" if model.card is None else model.card.phone
        self.contact.show_contact(model.contact, phone)
        if model.lost is not None:
            self.contact.show_end(model.lost.note, has_page=model.lost_page is not None)

    def _show_marked(self, why: str) -> bool:
        """The reason beside the section that it means; whether it means one that is shown."""
        titles = {self._words.section(one): one for one in ORDER}
        found = read(why, titles)
        self._marked = None if found is None or found[0] not in self._order else found
        for section, frame in self._frames.items():
            is_meant = self._marked is not None and self._marked[0] is section
            said = self._marked[1] if self._marked is not None else None
            frame.show_returned(said.reason if is_meant and said is not None else "")
        return self._marked is not None

    def marked_place(self) -> QWidget | None:
        """The field that the clinic means, its passage selected; None where it means the whole."""
        if self._marked is None:
            return None
        section, said = self._marked
        place = self._place_of(section)
        if isinstance(place, CitingEdit) and said.passage:
            found = place.document().find(said.passage)
            if not found.isNull():
                place.setTextCursor(found)
        return place

    def _go_to_marked(self, button: int) -> None:
        place = self.marked_place()
        if place is not None:
            place.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(place)

    def _show_cut_off(self, model: ConclusionViewModel) -> None:
        said = self._words.cut_off(model)
        if said is not None:
            self.cut_off.show_text("cloud-slash", said.title, said.detail, tone="accent")
        self.cut_off.setVisible(said is not None)

    def _show_stale(self, model: ConclusionViewModel) -> None:
        theirs = model.draft.theirs if model.draft is not None else None
        if theirs is None:
            return
        title = self.tr("The text was changed elsewhere: {}, {}")
        title = title.format(theirs.author_name, self._words.clock(theirs.changed_at))
        lines = [self.tr("Your text is below and is not saved. Which one is to stay?")]
        for section, text in other_texts(model.form, theirs.form).items():
            said = one_line(text) or self.tr("nothing")
            lines.append(
                self.tr("{}, the other text: {}").format(self._words.section(section), said)
            )
        actions = (self.tr("Keep mine"), self.tr("Take the other one"))
        self.stale.show_text(
            "warning", title, "\n".join(lines), actions, tone="warn", most_lines=_MOST_LINES
        )

    def _show_source(self, model: ConclusionViewModel) -> None:
        given = model.card.complaints if model.card is not None else ""
        same = bool(given) and model.form.complaints == given
        self.complaints.show_note(self.tr("from the request") if same else "", "check", "ok.text")

    def _show_fault(self, model: ConclusionViewModel) -> None:
        error = model.preview.problem
        faulty = self._words.faulty_section(error)
        text = self._words.fault(error) if error is not None and faulty else ""
        for section, field in self._texts.items():
            if section is faulty or field.edit.property("invalid"):
                field.show_problem(text if section is faulty else "")
        self.diagnosis.show_problem(text if faulty is Section.DIAGNOSIS else "")
        self.decision.show_problem(text if faulty is Section.DECISION else "")

    def _say(self) -> None:
        self.head.say(self.tr("Conclusion"), self.tr("Go to what is missing"))
        for section, field in self._texts.items():
            field.show_title(self._words.section(section))
        self.diagnosis.show_title(self._words.section(Section.DIAGNOSIS))
        self.decision.show_title(self._words.section(Section.DECISION))
        self.more.setText(self.tr("Section"))
        self.more.setToolTip(self.tr("Add a section to this conclusion"))


def signed_editions(record: Conclusion | None) -> int:
    """How many files of the conclusion were signed."""
    if record is None:
        return 0
    is_signed = record.state not in (ConclusionState.DRAFTING, ConclusionState.RETURNED)
    return record.edition if is_signed else record.edition - 1
