"""The review screen as the doctor sees it: strip, panes, warnings, keys."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.requests import Diagnosis
from tests.factories import NOW, make_owner
from tests.fakes import FakeTriageService
from tests.ui.review_scene import Scene
from tests.ui.viewers.made_up import (
    Clock,
    MadeUpStudy,
    click,
    make_clip,
    make_ecg,
    press,
    rest,
    until,
)
from workstation.core.server_clock import ServerClock
from workstation.services.answers import DownloadProgress
from workstation.services.kept_panels import KeptPanels
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile
from workstation.studies.warnings import StudyWarning
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.review.facts_panel import FactsPanel
from workstation.ui.screens.review.file_list_model import FileRow, Heading
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.document_desk import DocumentDesk
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import TextBlock
from workstation.ui.wording import Wording


class Stage:
    """The screen on a made-up case."""

    def __init__(self, qapp: QApplication, scheme: Scheme = Scheme.DARK) -> None:
        self.scene = Scene()
        self.clock = Clock()
        self.theme = Theme(load_tokens(), scheme)
        self.router = ShortcutRouter(qapp)
        self.model = ReviewViewModel(self.scene.requests, self.scene.studies)
        words = RequestWords(Wording(ServerClock(lambda: NOW)))
        self.triage = TriageViewModel(
            FakeTriageService(self.scene.requests), KeptPanels(None), words
        )
        self.view = ReviewView(
            self.model, self.triage, self.theme, self.router, words, now_ms=self.clock
        )
        self.view.resize(1366, 742)
        self.view.show()

    async def open(self, item: str | None = None) -> None:
        self.model.open(self.scene.row.id, item)
        await until(lambda: self.model.card is not None)
        await rest()

    async def told(self) -> FactsPanel:
        """What the files say of themselves: it is written behind the pictures."""
        await until(lambda: len(self.view.facts.texts()) > 1)
        return self.view.facts

    async def close(self) -> None:
        self.model.leave()
        await self.model.close()
        await self.triage.close()

    def pane(self, title: str) -> StudyPane:
        return next(
            pane
            for pane in self.view.panes
            if pane.model.document is not None and pane.model.document.title == title
        )

    def press(self, key: Qt.Key, text: str = "") -> None:
        press(QApplication.focusWidget() or self.view, key, text)


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    load_fonts()
    stage = Stage(qapp)
    qtbot.addWidget(stage.view)
    yield stage
    stage.view.hide()
    stage.router.release()


def visible_titles(stage: Stage) -> list[str]:
    return [
        pane.model.document.title
        for pane in stage.view.panes
        if pane.isVisible() and pane.model.document is not None
    ]


async def test_whose_case_it_is_stands_on_top(stage: Stage) -> None:
    stage.scene.change_row(owner=make_owner())
    await stage.open()
    words = stage.view.identity_strip.words
    assert words is not None
    assert words.name == "Иванова Анна Петровна"
    assert words.person.endswith("09.03.1984")
    assert words.signs[-1].text == "The case is yours"
    assert "Иванова Анна Петровна" in stage.view.identity_strip.accessibleName()
    stage.scene.change_row(owner=make_owner("Сафонов Д. В.", is_me=False))
    words = stage.view.identity_strip.words
    assert words is not None
    assert words.signs[-1].text == "With Сафонов Д. В."
    await stage.close()


async def test_a_narrow_strip_keeps_name_and_birth_date(stage: Stage) -> None:
    long = "Очень длинный диагноз " * 20
    stage.scene.change_row(diagnosis=Diagnosis(icd10="I35.0", text=long))
    await stage.open()
    for width in (700, 1366, 1920):
        stage.view.resize(width, 742)
        assert not stage.view.identity_strip.grab().isNull()
    await stage.close()


async def test_files_stand_under_their_items_with_marks(
    stage: Stage, qtmodeltester: ModelTester
) -> None:
    await stage.open()
    strip = stage.view.file_strip
    entries = [strip.model.entry(row) for row in range(strip.model.rowCount())]
    assert [e.title for e in entries if isinstance(e, Heading)] == ["ЭКГ", "ЭхоКГ", "Документы"]
    files = [e for e in entries if isinstance(e, FileRow)]
    assert [e.document.title for e in files if e.opened] == ["ЭКГ 12.11", "Парастернально"]
    assert [e.document.title for e in files if e.shown] == ["ЭКГ 12.11", "Парастернально"]
    row = strip.model.row_of(stage.scene.pdf.id)
    assert row is not None
    spoken = strip.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Заключение, 11.11.2026, DICOM, not opened"
    qtmodeltester.check(strip.model)  # type: ignore[no-untyped-call]  # of pytest-qt
    await stage.close()


async def test_a_click_on_a_file_opens_it(stage: Stage) -> None:
    await stage.open()
    strip = stage.view.file_strip
    row = strip.model.row_of(stage.scene.older_ecg.id)
    assert row is not None
    place = strip.list.visualRect(strip.model.index(row)).center()
    click(strip.list.viewport(), place)
    await rest()
    assert visible_titles(stage) == ["Парастернально", "ЭКГ 02.10"]
    await stage.close()


async def test_viewers_fit_their_files(stage: Stage) -> None:
    await stage.open()
    assert isinstance(stage.pane("Парастернально").viewer, CineView)
    assert isinstance(stage.pane("ЭКГ 12.11").viewer, EcgView)
    stage.model.choose(stage.scene.pdf.id)
    await rest()
    assert visible_titles(stage) == ["Заключение"]
    assert isinstance(stage.pane("Заключение").viewer, DocumentView)
    await stage.close()


async def test_a_document_stops_the_clip_behind_it(stage: Stage) -> None:
    await stage.open()
    clip = stage.pane("Парастернально").viewer
    assert isinstance(clip, CineView)
    await until(lambda: clip.canvas.has_picture)
    states = [clip.is_playing]
    stage.model.choose(stage.scene.pdf.id)
    states.append(clip.is_playing)
    stage.model.choose(stage.scene.clip.id)
    states.append(clip.is_playing)
    assert states == [True, False, True]
    await stage.close()


async def test_the_focus_stays_with_the_doctor_while_files_come_and_go(stage: Stage) -> None:
    scene, model = stage.scene, stage.model
    scene.studies.slow = {scene.second_clip.id, scene.pdf.id}
    await stage.open()
    assert focus_is_in(stage.pane("Парастернально"))
    model.choose(scene.second_clip.id)
    await rest()
    assert model.active is model.pictures[0]
    assert focus_is_in(stage.pane("Апикально"))
    scene.studies.let(scene.second_clip)
    await rest()
    assert focus_is_in(stage.pane("Апикально"))
    for document in (scene.pdf, scene.ecg, scene.pdf, scene.clip, scene.pdf, scene.older_ecg):
        model.choose(document.id)
        assert model.active.document is document
        assert focus_is_in(stage.pane(document.title))
        scene.studies.let(scene.pdf)
        await rest()
        assert model.active.document is document
    assert visible_titles(stage) == ["Парастернально", "ЭКГ 02.10"]
    await stage.close()


def focus_is_in(pane: StudyPane) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))


@pytest.mark.parametrize("keys", ["PageDown", "PageUp"])
async def test_page_keys_walk_files_and_pages(stage: Stage, keys: str) -> None:
    await stage.open("report")
    document = stage.pane("Заключение").viewer
    assert isinstance(document, DocumentView)
    if keys == "PageDown":
        stage.press(Qt.Key.Key_PageDown)
        assert document.place_text().startswith("page 2 of 3")
        stage.press(Qt.Key.Key_PageDown)
        stage.press(Qt.Key.Key_PageDown)
        await rest()
        assert visible_titles(stage) == ["Выписка"]
    else:
        stage.press(Qt.Key.Key_PageUp)
        await rest()
        assert visible_titles(stage)[0] == "Допплер"
    await stage.close()


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_F, "f"), (Qt.Key(0x0410), "а")])
async def test_one_pane_under_both_keyboards(stage: Stage, key: Qt.Key, text: str) -> None:
    await stage.open()
    stage.press(key, text)
    assert visible_titles(stage) == ["Парастернально"]
    stage.press(key, text)
    assert visible_titles(stage) == ["Парастернально", "ЭКГ 12.11"]
    await stage.close()


async def test_digits_are_layouts_and_in_the_strip_items(stage: Stage) -> None:
    """OZ-4: with the focus in the strip a digit leads to the files of that item."""
    await stage.open()
    ecg = stage.pane("ЭКГ 12.11").viewer
    assert isinstance(ecg, EcgView)
    stage.press(Qt.Key.Key_3, "3")
    assert "12×1" in ecg.header.texts()
    stage.view.file_strip.list.setFocus()
    stage.press(Qt.Key.Key_3, "3")
    await rest()
    assert visible_titles(stage) == ["Заключение"]
    await stage.close()


async def test_space_stops_the_clip_even_from_the_strip(stage: Stage) -> None:
    await stage.open()
    clip = stage.pane("Парастернально").viewer
    assert isinstance(clip, CineView)
    stage.view.file_strip.list.setFocus()
    stage.press(Qt.Key.Key_Space, " ")
    assert not clip.is_playing
    await stage.close()


async def test_escape_leaves_the_case(stage: Stage) -> None:
    await stage.open()
    left = []
    stage.view.closed.connect(lambda: left.append(True))
    stage.press(Qt.Key.Key_Escape)
    await rest()
    assert left == [True]
    assert all(study.closed for study in stage.scene.studies.opened)
    assert all(not study.held for study in stage.scene.studies.opened)
    assert stage.view.identity_strip.words is None
    await stage.close()


async def test_escape_leaves_the_case_from_a_document_too(stage: Stage) -> None:
    """Where the line for the search is open it goes first; else Esc is not the document's."""
    await stage.open()
    stage.view.file_strip.list.setFocus()
    stage.press(Qt.Key.Key_3, "3")
    await rest()
    document = stage.pane("Заключение").viewer
    assert isinstance(document, DocumentDesk)
    document.pages.setFocus()
    document.find_bar.open()
    document.pages.setFocus()
    left = []
    stage.view.closed.connect(lambda: left.append(True))
    stage.press(Qt.Key.Key_Escape)
    assert document.find_bar.isHidden()
    assert not left
    stage.press(Qt.Key.Key_Escape)
    await rest()
    assert left == [True]
    await stage.close()


async def test_another_patient_in_the_file_is_warned_about(stage: Stage) -> None:
    other = MadeUpStudy(make_clip(patient_name="<b>Петров Пётр</b>"))
    stage.scene.studies.studies[stage.scene.clip.id] = other
    await stage.open()
    notes = stage.pane("Парастернально").note_texts()
    assert notes == ["Another patient in the file? It says: <b>Петров Пётр</b>, 09.03.1984"]
    assert stage.pane("ЭКГ 12.11").note_texts() == []
    labels = stage.view.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels if label.text())
    await stage.close()


async def test_a_clip_that_is_cut_off_plays_what_there_is(stage: Stage) -> None:
    cut = make_clip(frames_announced=87, warnings=(StudyWarning.FRAMES_MISSING,))
    stage.scene.studies.studies[stage.scene.clip.id] = MadeUpStudy(cut)
    await stage.open()
    pane = stage.pane("Парастернально")
    assert pane.note_texts() == ["Frames 1–5 are shown. The rest cannot be read."]
    assert isinstance(pane.viewer, CineView)
    assert pane.viewer.is_playing
    assert "The clip is cut off before its end" in (await stage.told()).texts()
    await stage.close()


async def test_a_restarted_decoder_is_a_line_not_a_dialog(stage: Stage, qapp: QApplication) -> None:
    await stage.open()
    stage.scene.studies.decoder_restarted.emit(DecoderStopped(StopReason.CRASHED))
    text = "The viewer was restarted: the file is open again"
    assert stage.pane("Парастернально").note_texts() == [text]
    assert qapp.activeModalWidget() is None
    stage.pane("Парастернально").model.forget_restart()
    assert stage.pane("Парастернально").note_texts() == []
    await stage.close()


async def test_the_device_s_values_are_called_the_device_s(stage: Stage) -> None:
    ecg = make_ecg(statements=("<script>alert(1)</script>",))
    stage.scene.studies.studies[stage.scene.ecg.id] = MadeUpStudy(ecg)
    await stage.open()
    device = (await stage.told()).findChild(QWidget, "deviceValues")
    assert device is not None
    texts = [child.accessibleName() for child in device.findChildren(QWidget)]
    assert "Device's values, not ours" in texts
    assert any("QT\u00a0396\u00a0ms" in text for text in texts)
    assert "«<script>alert(1)</script>»" in texts
    await stage.close()


async def test_notes_in_the_file_stand_with_its_facts(stage: Stage) -> None:
    """Comments and annotations are no device's words; of very many the first are shown."""
    notes = ("69 M 1085 1629 x1", *(f"beat {n}" for n in range(60)))
    ecg = make_ecg(statements=(), device_measurements=(), notes=notes)
    stage.scene.studies.studies[stage.scene.ecg.id] = MadeUpStudy(ecg)
    await stage.open()
    facts = await stage.told()
    device = facts.findChild(QWidget, "deviceValues")
    assert device is not None
    assert device.findChildren(TextBlock) == []
    said = facts.texts()
    assert "Notes in the file" in said
    assert "69 M 1085 1629 x1" in said
    assert "beat 48" in said
    assert "beat 49" not in said
    assert "and more: 11" in said
    assert "Device's values, not ours" not in said
    await stage.close()


async def test_a_talkative_device_is_read_line_by_line(stage: Stage) -> None:
    """As many lines as a device likes: each whole, and the file's facts keep half of the panel."""
    ecg = make_ecg(statements=tuple(f"Statement {n} of a device" for n in range(60)))
    stage.scene.studies.studies[stage.scene.ecg.id] = MadeUpStudy(ecg)
    await stage.open()
    facts = await stage.told()
    device = facts.findChild(QWidget, "deviceValues")
    assert device is not None
    lines = device.findChildren(TextBlock)
    assert len(lines) > 60
    assert all(line.height() >= line.heightForWidth(line.width()) for line in lines)
    room = device.parentWidget()
    assert room is not None
    assert 0 < room.height() <= facts.height() // 2
    assert device.height() > room.height()
    await stage.close()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
async def test_large_type_fits_a_small_screen(stage: Stage, scale: float) -> None:
    stage.theme.choose(Scheme.DARK, scale)
    stage.scene.change_row(owner=make_owner())
    await stage.open()
    view = stage.view
    view.resize(1366, 742)
    await rest()
    assert view.width() == 1366
    assert view.toolbar.width() > 1366 // 2
    buttons = [one for one in view.toolbar.findChildren(KeyButton) if one.isVisible()]
    ends = [one.geometry() for one in sorted(buttons, key=lambda one: one.x())]
    assert all(left.right() < right.x() for left, right in pairwise(ends))
    assert ends[-1].right() < view.toolbar.width()
    assert all(one.toolTip() for one in buttons)
    await stage.close()


async def test_loading_says_nothing_then_bars_then_words(stage: Stage) -> None:
    stage.scene.studies.slow = {stage.scene.clip.id}
    await stage.open()
    pane = stage.pane("Парастернально")
    plate = pane.loading_plate
    scene = stage.scene
    mega = 1024 * 1024
    scene.studies.progress.emit(DownloadProgress(scene.clip.id, 12 * mega, 40 * mega))
    assert plate.shown_text() == ""
    stage.clock.ms += 1999
    plate.tick()
    assert plate.shown_text() == ""
    stage.clock.ms += 2
    plate.tick()
    assert plate.shown_text() == "Loading the clip, 12 of 40 MB"
    plate.cancelled.emit()
    await rest()
    assert scene.studies.cancelled == [scene.clip.id]
    assert pane.placeholder_texts()[0] == "Loading was stopped"
    await stage.close()


async def test_an_error_stands_in_its_place_and_the_rest_works(stage: Stage) -> None:
    stage.scene.studies.errors[stage.scene.clip.id] = [Unreachable()]
    stage.scene.studies.errors[stage.scene.ecg.id] = [UnreadableFile(Unreadable.DAMAGED)]
    await stage.open()
    clip, ecg = stage.pane("Парастернально"), stage.pane("ЭКГ 12.11")
    assert clip.placeholder_texts() == ["The server does not answer", "Check the network.", "Retry"]
    assert ecg.placeholder_texts()[0] == "The file is damaged"
    clip.model.retry()
    await until(lambda: clip.model.state is PaneState.READY)
    await stage.close()


async def test_a_case_that_cannot_be_read_says_so(stage: Stage) -> None:
    stage.scene.requests.backend.fail_with(Unreachable())
    stage.model.open(stage.scene.row.id)
    await until(lambda: stage.model.error is not None)
    assert not any(pane.isVisible() for pane in stage.view.panes)
    stage.model.retry()
    await until(lambda: stage.model.card is not None)
    await rest()
    assert visible_titles(stage) == ["Парастернально", "ЭКГ 12.11"]
    await stage.close()


async def test_a_wide_window_shows_two_clips(stage: Stage) -> None:
    stage.view.resize(1920, 1054)
    await stage.open()
    assert visible_titles(stage) == ["Парастернально", "Апикально", "ЭКГ 12.11"]
    click(stage.pane("Апикально").viewer.canvas, QPoint(40, 40))  # type: ignore[union-attr]  # a clip
    assert stage.model.active is stage.pane("Апикально").model
    await stage.close()


async def test_the_print_names_the_patient_of_the_request(stage: Stage) -> None:
    """Not the one whom the file names: that may be another."""
    stranger = make_ecg(patient_name="Петрова Инна Ивановна")
    stage.scene.studies.studies[stage.scene.ecg.id] = MadeUpStudy(stranger)
    await stage.open()
    ecg = stage.pane("ЭКГ 12.11").viewer
    assert isinstance(ecg, EcgView)
    shown = ecg.shown()
    assert shown is not None
    assert shown.patient.name == stage.scene.row.patient.full_name
    stage.view.panes[0].set_patient(None)
    await stage.close()


async def test_a_filter_is_not_kept_for_the_next_file(stage: Stage) -> None:
    await stage.open()
    ecg = stage.pane("ЭКГ 12.11").viewer
    assert isinstance(ecg, EcgView)
    stage.press(Qt.Key.Key_B, "b")
    filters = [ecg.choices.filter]
    assert b"filter" not in stage.view.state()
    stage.model.choose(stage.scene.older_ecg.id)
    await rest()
    assert [one.off for one in (*filters, ecg.choices.filter)] == [False, True]
    await stage.close()


async def test_sizes_and_the_ecgs_layout_are_kept_and_nonsense_is_left_out(stage: Stage) -> None:
    await stage.open()
    kept = b'{"across":[200,800,366],"pictures_share":0.6,"ecg":{"layout":3,"speed":50,"gain":20}}'
    stage.view.restore(kept)
    state = stage.view.state()
    assert b'"pictures_share":0.6' in state
    assert b'"layout":3,"speed":50.0,"gain":20.0' in state
    for nonsense in (b"", b"[]", b'{"across":[1],"pictures_share":50}'):
        stage.view.restore(nonsense)
    assert b'"pictures_share":0.6' in stage.view.state()
    await stage.close()


async def test_nothing_white_stands_beside_a_clip_in_the_light_theme(
    qapp: QApplication, qtbot: QtBot
) -> None:
    stage = Stage(qapp, Scheme.LIGHT)
    qtbot.addWidget(stage.view)
    await stage.open()
    image = stage.view.grab().toImage()
    for place in ((20, 700), (1300, 600), (700, 70), (400, 200)):
        assert image.pixelColor(*place).lightness() < 60
    assert image.pixelColor(700, 4).lightness() > 200
    await stage.close()
    stage.view.hide()
    stage.router.release()
