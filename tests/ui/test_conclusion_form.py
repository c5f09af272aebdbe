"""The conclusion's form: diagnoses, outcome, template, phrases, what was told before (OZ-22)."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.catalogue import ConclusionTemplate, SectionName, TemplateSection
from backend_client.models.common import RequestId
from backend_client.models.conclusions import (
    Decision,
    DiagnosisPlace,
    EarlierConclusion,
    FurtherDiagnosis,
)
from backend_client.models.icd10 import Icd10Code
from backend_client.models.phrases import Phrase
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import Action, Contact, RequestCard, RequestStatus
from tests.ui.conclusion_scene import FAST, FILLED, ConclusionScene, make_conclusion
from tests.ui.queue_desk import Surroundings
from tests.ui.test_conclusion_view import CTRL, Stage
from tests.ui.waiting import until
from workstation.core.icd10 import Found, Icd10Index, Judgement
from workstation.core.subscription import Event
from workstation.services.answers import Draft
from workstation.ui.screens.conclusion.asked import Aids
from workstation.ui.screens.conclusion.view import ConclusionView
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel

ON = date(2026, 11, 23)
CODES = [
    Icd10Code(code="I35.0", title="Аортальный (клапанный) стеноз"),
    Icd10Code(code="I11.0", title="Гипертензивная болезнь с сердечной недостаточностью"),
    Icd10Code(code="A90", title="Лихорадка денге", valid_to=date(2020, 10, 7)),
]
TEMPLATE = ConclusionTemplate(
    code="cardio",
    version="3.1",
    title_ru="кардиохирургия",
    title_en="surgery",
    valid_from=date(2021, 1, 1),
    sections=[
        TemplateSection(section=SectionName.COMPLAINTS, required=True),
        TemplateSection(
            section=SectionName.ANSWER, required=True, phrases_ru=["Показано, {срок}."]
        ),
    ],
)


class Codes:
    """A small directory."""

    version = "2.27"

    def __init__(self) -> None:
        self.changed: Event[str] = Event()
        self.index = Icd10Index(CODES, self.version)

    def search(self, typed: str) -> Sequence[Found]:
        """As of that day."""
        return self.index.search(typed, ON)

    def judge(self, code: str) -> Judgement:
        """As of that day."""
        return self.index.judge(code, ON)


class Book:
    """Phrases in memory; `is_cut`: nothing can be kept."""

    def __init__(self) -> None:
        self.own: Sequence[Phrase] = [Phrase(name="возр", text="{возраст} лет")]
        self.is_cut = False

    async def save(self, phrases: Sequence[Phrase]) -> None:
        """Keeps them."""
        if self.is_cut:
            raise Unreachable
        self.own = list(phrases)


class Line:
    """The patient's telephone; `closed`: requests that were ended."""

    def __init__(self) -> None:
        self.tried: list[PhoneOutcome] = []
        self.closed: list[tuple[str, int]] = []

    async def log(self, request_id: RequestId, outcome: PhoneOutcome) -> None:
        """Noted."""
        self.tried.append(outcome)

    async def close(self, request_id: RequestId, version: int) -> None:
        """Noted."""
        self.closed.append((request_id, version))

    def lacks_page(self, card: RequestCard) -> bool:
        """Nobody has ended anything here."""
        return False

    async def keep_page(self, card: RequestCard) -> None:
        """Forgotten."""


class Told:
    """One conclusion of another request."""

    async def earlier(self, request_id: RequestId) -> list[EarlierConclusion]:
        """The same whoever asks."""
        form = msgspec.structs.replace(FILLED, recommendations="Наблюдение, ЭхоКГ через полгода.")
        at = datetime(2026, 3, 2, 9, tzinfo=UTC)
        number, author = "20-4102", "Сафонов Д. В."
        return [
            EarlierConclusion(
                request_id=RequestId("x"),
                request_number=number,
                author_name=author,
                signed_at=at,
                form=form,
            )
        ]


class Desk(Stage):
    """The screen with everything that helps to write."""

    def __init__(self, qtbot: QtBot, around: Surroundings) -> None:
        self.scene = ConclusionScene(around.words)
        self.service, self.book, self.line = self.scene.service, Book(), Line()
        opened = self.service.open_anyhow

        async def by_template(request_id: RequestId) -> Draft:
            return replace(await opened(request_id), template=TEMPLATE)

        self.service.open_anyhow = by_template  # type: ignore[method-assign]  # of this fake alone
        self.model = self.scene.model = ConclusionViewModel(
            self.scene.requests,
            self.service,
            around.words.time,
            pace=FAST,
            aids=Aids(Codes(), self.book, Told(), self.line),
        )
        self.view = ConclusionView(self.model, around.theme, around.shortcuts, around.words)
        qtbot.addWidget(self.view)
        self.view.resize(1314, 742)
        self.view.show()
        self.view.activateWindow()


@asynccontextmanager
async def desk(qtbot: QtBot, around: Surroundings, **changes: object) -> AsyncIterator[Desk]:
    stage = Desk(qtbot, around)
    form = msgspec.structs.replace(FILLED, **changes)
    await stage.scene.open(make_conclusion(stage.scene.row, form=form))
    try:
        yield stage
    finally:
        await stage.model.close()
        stage.view.hide()


async def test_diagnoses_are_found_and_added_by_keys(qtbot: QtBot, around: Surroundings) -> None:
    async with desk(qtbot, around) as stage:
        stage.press(Qt.Key.Key_M, CTRL)
        assert stage.focus() == "conclusion.findCode"
        stage.type("гипер")
        stage.press(Qt.Key.Key_Return)
        assert stage.model.form.diagnosis == FILLED.diagnosis, "the main one stays"
        (added,) = stage.model.form.further
        assert (added.icd10, added.place) == ("I11.0", DiagnosisPlace.ACCOMPANYING)
        assert stage.model.form.icd10_version == "2.27"
        assert stage.focus() == "conclusion.findCode", "the next one can be looked for"
        row = stage.view.form.diagnosis.further.rows[0]
        row.kind.click()
        assert stage.model.form.further[0].place is DiagnosisPlace.COMPLICATION
        row.drop.click()
        assert stage.model.form.further == ()


async def test_the_first_diagnosis_becomes_the_main_one(qtbot: QtBot, around: Surroundings) -> None:
    empty = msgspec.structs.replace(FILLED.diagnosis, icd10="", text="")
    async with desk(qtbot, around, diagnosis=empty) as stage:
        stage.press(Qt.Key.Key_M, CTRL)
        stage.type("и350")
        stage.press(Qt.Key.Key_Return)
        found = stage.model.form.diagnosis
        assert (found.icd10, found.text) == ("I35.0", "Аортальный (клапанный) стеноз")


async def test_a_code_that_is_not_valid_today_is_named(qtbot: QtBot, around: Surroundings) -> None:
    old = FurtherDiagnosis(icd10="A90", text="Денге")
    async with desk(qtbot, around, further=(old,)) as stage:
        told = stage.said("further.problem")
        assert told == "A90 is not in force since 07.10.2020: choose another code"
        code = stage.view.form.diagnosis.code
        code.setFocus()
        code.selectAll()
        stage.type("I99.9")
        assert "not in the directory" in stage.said("diagnosis.problem")


async def test_the_outcome_is_chosen_in_the_form(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-22: an answer, a visit in person, a hospital; or no conclusion at all (SPB-22)."""
    async with desk(qtbot, around) as stage:
        decision = stage.view.form.decision
        assert not decision.note.isVisible()
        decision.choices[Decision.INPATIENT].click()
        decision.note.setFocus()
        stage.type("планово")
        form = stage.model.form
        assert (form.decision, form.decision_note) == (Decision.INPATIENT, "планово")
        wanted: list[str] = []
        stage.model.ending_wanted.connect(wanted.append)
        decision.ending.click()
        assert wanted == [stage.scene.row.id]


async def test_the_form_is_the_templates_and_what_is_missing_is_one_key_away(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with desk(qtbot, around) as stage:
        assert stage.view.form.text_of(SectionName.ANSWER).isVisible()
        assert not stage.view.form.text_of(SectionName.URGENT).isVisible()
        assert stage.view.form.history.isVisible(), "something stands there"
        assert stage.said("filled").endswith("answer to the question")
        stage.press(Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
        assert stage.focus() == "conclusion.answer"
        stage.type("Да")
        assert stage.said("filled") == "all is filled"


async def test_every_section_has_a_field_that_tab_reaches_in_the_papers_order(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12, OZ-22, SPB-22: what the issue lists, by keys alone."""
    names = [one for one in SectionName if one is not SectionName.UNKNOWN]
    whole = msgspec.structs.replace(
        TEMPLATE, sections=[TemplateSection(section=one) for one in names]
    )
    async with desk(qtbot, around) as stage:
        stage.model.template = whole
        stage.model.changed.emit()
        stage.view.form.fields()[0].setFocus()
        walked = []
        for _ in stage.view.form.fields():  # of the choices Tab stops at the chosen one alone
            if stage.focus() == "conclusion.unopenedReason":
                break
            walked.append(stage.focus())
            stage.press(Qt.Key.Key_Tab)
        sections = [one.removeprefix("conclusion.").split(".")[0] for one in walked]
        named = [one for one in dict.fromkeys(sections) if one not in ("findCode", "code")]
        assert named == [one.value for one in names]


async def test_phrases_are_put_in_kept_and_dropped(qtbot: QtBot, around: Surroundings) -> None:
    async with desk(qtbot, around) as stage:
        edit = stage.view.form.text_of(SectionName.ANSWER).edit
        edit.setFocus()
        stage.press(Qt.Key.Key_B, CTRL)
        assert stage.focus() == "conclusion.findPhrase"
        stage.type("показано")
        stage.press(Qt.Key.Key_Return)
        assert edit.toPlainText() == "Показано, {срок}."
        assert edit.textCursor().selectedText() == "{срок}", "what is open is typed over"
        assert "answer" in stage.said("filled")
        stage.type("две недели")
        assert stage.model.form.answer == "Показано, две недели."
        edit.selectAll()
        stage.press(Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.ShiftModifier)
        await until(lambda: len(stage.book.own) == 2)
        assert stage.book.own[1].section is SectionName.ANSWER
        stage.press(Qt.Key.Key_B, CTRL)
        stage.type("две")
        stage.press(Qt.Key.Key_Delete, CTRL)
        await until(lambda: len(stage.book.own) == 1)
        stage.press(Qt.Key.Key_Escape)
        assert stage.focus() == "conclusion.answer", "back to the text, not out of the case"


async def test_a_phrase_that_cannot_be_kept_is_told(qtbot: QtBot, around: Surroundings) -> None:
    async with desk(qtbot, around) as stage:
        told: list[object] = []
        stage.model.failed_away.connect(told.append)
        stage.book.is_cut = True
        stage.model.keep_phrase("Покой", SectionName.ANSWER)
        await until(lambda: bool(told))
        assert len(stage.book.own) == 1


async def test_no_contact_is_closed_upon_the_evidence_alone(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-11: what was tried is listed; the end is offered once all of it holds."""
    async with desk(qtbot, around) as stage:
        assert stage.said("contact.title") == "", "the patient was there"
        told = Contact(
            patient_offline=True, call_failed=True, phone_attempts=1, phone_attempts_needed=3
        )

        def tell(contact: Contact) -> None:
            row, cards = stage.scene.row, stage.scene.requests.cards
            cards[row.id] = msgspec.structs.replace(cards[row.id], contact=contact)
            own = (Action.WRITE_CONCLUSION, Action.LOG_PHONE_ATTEMPT, Action.CLOSE_NO_CONTACT)
            stage.scene.become(RequestStatus.SCHEDULED, *own)
            cards[row.id] = msgspec.structs.replace(
                cards[row.id], row=stage.scene.requests.rows[row.id]
            )
            stage.model.retry()

        tell(told)
        await until(lambda: "Phone without answer: 1 of 3" in stage.said("contact.detail"))
        stage.view.form.contact.attempted.emit(PhoneOutcome.NO_ANSWER)
        await until(lambda: stage.line.tried == [PhoneOutcome.NO_ANSWER])
        tell(msgspec.structs.replace(told, phone_attempts=3))
        await until(lambda: "3 of 3" in stage.said("contact.detail"))
        stage.press_button("contact.action2")
        assert "rendered" in stage.said("contact.detail")
        assert stage.line.closed == [], "asked once more"
        stage.press_button("contact.action1")
        await until(lambda: [one for one, _ in stage.line.closed] == [stage.scene.row.id])


async def test_what_the_patient_was_told_before_stands_beside_the_form(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with desk(qtbot, around) as stage:
        await until(lambda: bool(stage.model.earlier))
        stage.press(Qt.Key.Key_H, CTRL)
        text = stage.view.earlier.text
        assert text.hasFocus()
        assert text.toPlainText().startswith("№ 20-4102, 02.03.2026, Сафонов Д. В.")
        assert "ЭхоКГ через полгода" in text.toPlainText()
        assert text.isReadOnly()
        assert not stage.view.paper.isVisible()
        stage.press(Qt.Key.Key_Escape)
        assert stage.view.paper.isVisible()
