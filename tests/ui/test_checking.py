"""A PDF dropped on the window: one verdict in plain words (issue 8, verification)."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from signing.report import Level, Problem, SignatureReport
from tests.ui.approvals_scene import ApprovalsScene, make_report
from tests.ui.waiting import until
from workstation.services.checking import CheckedFile, NotChecked
from workstation.ui.screens.checking.dialog import CheckDialog
from workstation.ui.screens.checking.entry import CheckEntry, CheckRow
from workstation.ui.screens.checking.pdf_drop import PdfDrop
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.wording import Wording


class FakeChecking:
    """Answers with a report, or with nothing."""

    def __init__(self, report: SignatureReport | None) -> None:
        self.report = report

    async def check(self, path: Path) -> CheckedFile:
        if self.report is None:
            raise NotChecked
        return CheckedFile(path.name, 1, self.report)


async def said_of(
    qtbot: QtBot, theme: Theme, wording: Wording, report: SignatureReport | None
) -> list[str]:
    """What stands in the dialog."""
    window = QWidget()
    qtbot.addWidget(window)
    dialog = CheckDialog(FakeChecking(report), theme, wording, window)
    dialog.show_file(Path("/tmp/заключение.pdf"))
    await until(lambda: dialog.tasks.is_idle)
    said = dialog.said()
    dialog.close()
    await dialog.tasks.close()
    return said


async def test_good_file_says_who_when_what_and_which_level(
    qtbot: QtBot, theme: Theme, wording: Wording
) -> None:
    report = make_report(ApprovalsScene(wording).approvals.list[0])
    verdict, *lines = await said_of(qtbot, theme, wording, report)
    assert verdict.startswith("All signatures are good")
    whole = " ".join(lines)
    for part in ("Левашова Марина Олеговна", "Signed on", "trusted", "whole file", "B-B"):
        assert part in whole
    assert report.sha256 in whole


async def test_what_is_wrong_is_the_verdict(qtbot: QtBot, theme: Theme, wording: Wording) -> None:
    approval = ApprovalsScene(wording).approvals.list[0]
    altered = await said_of(qtbot, theme, wording, make_report(approval, Problem.ALTERED))
    unsigned = SignatureReport("0" * 64, (), (Problem.NOT_SIGNED,))
    bare = await said_of(qtbot, theme, wording, unsigned)
    lost = await said_of(qtbot, theme, wording, None)
    assert altered[0].startswith("The signatures are not good")
    assert any("The signed part was changed" in line for line in altered)
    assert bare[0].startswith("The file is not signed")
    assert lost[0].startswith("The file cannot be read")


async def test_long_lived_signature_says_so(qtbot: QtBot, theme: Theme, wording: Wording) -> None:
    approval = ApprovalsScene(wording).approvals.list[0]
    report = make_report(approval, level=Level.B_LTA)
    whole = " ".join(await said_of(qtbot, theme, wording, report))
    assert "The time stamp is good, level B-LTA" in whole
    assert "Not revoked" in whole


def test_only_one_local_pdf_is_taken(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    drop = PdfDrop(window)
    taken: list[Path] = []
    drop.dropped.connect(taken.append)
    for names in (["a.pdf"], ["a.pdf", "b.pdf"], ["a.txt"]):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(f"/tmp/{name}") for name in names])
        event = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        drop.eventFilter(window, event)
    assert taken == [Path("/tmp/a.pdf")]


def test_a_key_and_a_line_of_the_settings_ask_which_file(
    qtbot: QtBot, theme: Theme, shortcuts: ShortcutRouter
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    entry = CheckEntry(window, shortcuts)
    window.show()
    chosen: list[Path] = []
    entry.chosen.connect(chosen.append)
    bound = {one.shortcut.action: one for one in shortcuts.bound_in(window)}
    bound["app.check_pdf"].act()
    row = CheckRow(theme, entry)
    qtbot.addWidget(row)
    row.button.click()
    asked = window.findChildren(QFileDialog, "checking.choose")
    assert len(asked) == 2
    asked[0].fileSelected.emit("/tmp/заключение.pdf")
    for dialog in asked:
        dialog.close()
    assert chosen == [Path("/tmp/заключение.pdf")]


async def test_broken_file_is_named_as_such(qtbot: QtBot, theme: Theme, wording: Wording) -> None:
    broken = SignatureReport("0" * 64, (), (Problem.UNREADABLE,))
    verdict, *_ = await said_of(qtbot, theme, wording, broken)
    assert verdict.startswith("The file cannot be read as a PDF")
