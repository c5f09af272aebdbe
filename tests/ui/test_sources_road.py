"""From a measurement into the conclusion by one key, and back to it by one click (OZ-12)."""

import asyncio
from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import EcgPlace
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.sources_desk import PLACE, SourcesDesk, at_the_desk
from tests.ui.waiting import until
from workstation.ui.screens.conclusion.draft_writer import Keeping

LINE = "QT 396 ms (II, 7,52–7,92 s, filter: none) [1]"
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


async def test_measured_put_in_read_and_found_again_on_the_same_second(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.measure()
        await desk.put()
        assert desk.said == "Put into the conclusion [1]"
        await until(lambda: bool(desk.text))
        assert desk.text == LINE
        (line,) = desk.ecg.measurements.lines
        assert line.is_noted, "ticked in the list"
        await desk.go_to_conclusion()
        assert desk.findings.toPlainText() == LINE
        (row,) = desk.conclusion.form.sources.rows
        assert "by hand" in row.accessibleName()
        assert "ЭКГ 12.11, 12.11.2026" in row.accessibleName()
        desk.ecg.sheet.go_to(0.0)
        desk.click(1)
        await desk.is_back_at_files()
        assert _is_seen(desk, PLACE)


async def test_a_file_that_is_closed_is_opened_at_the_place(
    qtbot: QtBot, around: Surroundings
) -> None:
    late = EcgPlace(lead="V5", start_s=47.5, stop_s=47.9)
    async with at_the_desk(qtbot, around, seconds=60.0) as desk:
        desk.measure(place=late)
        await desk.put()
        older = desk.case.scene.older_ecg
        desk.case.screens.review_model.choose(older.id)
        await until(lambda: desk.pane.model.document == older and desk.pane.viewer is not None)
        assert not _is_seen(desk, late)
        await desk.go_to_conclusion()
        desk.click(1)
        await until(lambda: desk.pane.model.document == desk.case.scene.ecg)
        await desk.is_back_at_files()
        await until(lambda: _is_seen(desk, late))
        assert "not in this file" not in desk.said


async def test_a_place_that_the_file_has_not_is_said(qtbot: QtBot, around: Surroundings) -> None:
    nowhere = EcgPlace(lead="X9", start_s=3.0, stop_s=4.0)
    async with at_the_desk(qtbot, around) as desk:
        desk.measure(place=nowhere)
        await desk.put()
        await desk.go_to_conclusion()
        desk.click(1)
        await desk.is_back_at_files()
        await until(lambda: desk.said.startswith("The place that the conclusion names is not"))


async def test_the_conclusion_that_was_opened_from_the_queue_leads_to_the_file_too(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.measure()
        await desk.put()
        await until(lambda: desk.text == LINE)
        desk.case.screens.review_model.leave()
        await until(lambda: not desk.case.view.isVisible())
        press(desk.case.window, Qt.Key.Key_F6)
        await until(lambda: desk.model.draft is not None and desk.conclusion.isVisible())
        desk.click(1)
        await desk.is_back_at_files()
        await until(lambda: _is_seen(desk, PLACE))
        desk.ecg.measuring.put_away()
        press(desk.case.window, Qt.Key.Key_Escape)
        await until(lambda: desk.conclusion.isVisible())
        assert desk.findings.hasFocus()


async def test_esc_and_f6_lead_back_to_the_caret_and_the_measurements_stay(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.measure()
        await desk.put()
        await desk.go_to_conclusion()
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_F6):
            desk.findings.setFocus()
            caret = desk.findings.textCursor()
            caret.setPosition(5)
            desk.findings.setTextCursor(caret)
            press(desk.case.window, Qt.Key.Key_Return, modifiers=ALT)
            await desk.is_back_at_files()
            desk.ecg.measuring.put_away()  # which is what the first Esc does
            press(desk.case.window, key)
            await until(lambda: desk.conclusion.isVisible())
            assert desk.findings.hasFocus()
            assert desk.findings.textCursor().position() == 5
        press(desk.case.window, Qt.Key.Key_Escape)
        await desk.is_back_at_files()
        assert [line.measured.value for line in desk.ecg.measurements.lines] == [396.0]


async def test_a_second_finding_from_the_look_goes_into_the_open_text(
    qtbot: QtBot, around: Surroundings
) -> None:
    """The conclusion stands over the files: its text, its caret and its undo stay its own."""
    async with at_the_desk(qtbot, around) as desk:
        desk.measure()
        await desk.put()
        await desk.go_to_conclusion()
        desk.findings.moveCursor(QTextCursor.MoveOperation.Start)
        desk.findings.insertPlainText("Ритм. ")
        desk.click(1)
        await desk.is_back_at_files()
        desk.measure(410.0, EcgPlace(lead="V5", start_s=1.0, stop_s=1.41))
        await desk.put()
        assert desk.said == "Put into the conclusion [2]"
        press(desk.case.window, Qt.Key.Key_F6)
        await until(lambda: desk.conclusion.isVisible())
        first, second = desk.findings.toPlainText().split("\n")
        assert (first, second[-3:]) == (f"Ритм. {LINE}", "[2]")
        desk.findings.undo()
        assert desk.findings.toPlainText() == f"Ритм. {LINE}"
        desk.findings.undo()
        assert desk.findings.toPlainText() == LINE
        desk.findings.redo()
        desk.findings.redo()
        assert desk.findings.toPlainText() == f"{first}\n{second}"
        await until(lambda: desk.text == f"{first}\n{second}")


async def test_it_is_taken_back_by_its_key(qtbot: QtBot, around: Surroundings) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.measure()
        press(desk.case.window, "ш", scan_code=scan_code("I"))
        await until(lambda: desk.text == LINE)
        press(desk.case.window, "Z", scan_code=scan_code("Z"), modifiers=SHIFT)
        await until(lambda: desk.text == "")
        assert desk.said == "Taken out of the conclusion [1]"
        (line,) = desk.ecg.measurements.lines
        assert not line.is_noted
        await desk.put()
        assert desk.said == "Put into the conclusion [1]", "its number is its own"


async def test_taken_back_it_has_no_tick_in_a_closed_file(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.measure()
        await desk.put()
        await until(lambda: desk.text == LINE)
        kept, ecg = desk.case.screens.review_model.measurements, desk.case.scene.ecg.id
        desk.case.screens.review_model.choose(desk.case.scene.older_ecg.id)
        await until(lambda: kept.opened(ecg) is None)
        assert [line.is_noted for line in kept.of(ecg).lines] == [True]
        press(desk.case.window, "Z", scan_code=scan_code("Z"), modifiers=SHIFT)
        await until(lambda: desk.text == "")
        assert [line.is_noted for line in kept.of(ecg).lines] == [False]


async def test_a_strip_goes_in_where_nothing_is_chosen(qtbot: QtBot, around: Surroundings) -> None:
    async with at_the_desk(qtbot, around) as desk:
        await desk.put()
        assert desk.said.startswith("Nothing to put"), "a clip is the active pane"
        desk.case.screens.review_model.activate(desk.case.screens.review_model.ecg)
        await desk.put()
        await until(lambda: desk.text.startswith("ECG strip ("))
        assert desk.text.endswith("[1]")


async def test_with_the_network_cut_it_is_kept_here_and_goes_by_itself(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.cut()
        sending = asyncio.ensure_future(desk.service.run())
        desk.measure()
        await desk.put()
        await until(lambda: "No connection: it is kept on this computer" in desk.said)
        assert desk.said.startswith("Put into the conclusion [1]")
        assert [form.findings for _, form in desk.conclusions.kept] == [LINE]
        assert desk.service.is_unsent(desk.case.scene.row.id)
        desk.mend()
        await until(lambda: desk.text == LINE)
        await desk.go_to_conclusion()
        assert desk.findings.toPlainText() == LINE
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending


async def test_the_network_is_cut_while_the_text_is_open(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        await desk.go_to_conclusion()
        desk.cut()
        press(desk.case.window, Qt.Key.Key_Escape)
        await desk.is_back_at_files()
        desk.measure()
        await desk.put()
        await until(lambda: "kept on this computer" in desk.said)
        assert [form.findings for _, form in desk.conclusions.kept][-1] == LINE
        desk.mend()
        await desk.go_to_conclusion()
        await until(lambda: desk.text == LINE)
        draft = desk.model.draft
        assert draft is not None
        await until(lambda: draft.keeping is Keeping.SAVED)
        assert desk.findings.toPlainText() == LINE


async def test_a_case_of_another_doctor_is_refused_in_words(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.measure()
        row = desk.case.scene.change_row(allowed_actions=[])
        desk.case.scene.requests.cards[row.id] = desk.case.scene.card
        await desk.put()
        assert desk.said.startswith("Not put into the conclusion: ")
        assert desk.text == ""


async def test_what_is_only_proposed_is_confirmed_first(qtbot: QtBot, around: Surroundings) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.measure()
        proposed = desk.ecg.measurements.propose(desk.ecg.measurements.lines[0].measured)
        desk.ecg.measurements.choose(proposed)
        await desk.put()
        assert desk.said.startswith("Nothing to put")


def _is_seen(desk: SourcesDesk, place: EcgPlace) -> bool:
    """Whether the whole stretch stands on the sheet."""
    sight = desk.ecg.sheet.sight
    assert sight is not None
    leads = [one for one in sight.page.strips if one.ref.label == place.lead]
    return any(
        one.start_s <= place.start_s and place.stop_s <= one.start_s + one.duration_s
        for one in leads
    )
