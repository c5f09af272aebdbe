"""Settings act at once."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backend_client.models.requests import QueueGroup
from tests.factories import make_row
from tests.ui.queue_desk import Surroundings, open_queue
from workstation.ui.choices import LookChoices, QueueChoices
from workstation.ui.screens.settings.view import SettingsView
from workstation.ui.theme import Scheme, Theme
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.viewers.ecg.card_dialog import CardDialog
from workstation.ui.widgets.labels import SignLabel


@pytest.fixture
def view(qtbot: QtBot, look: LookChoices, theme: Theme) -> SettingsView:
    view = SettingsView(look, theme)
    qtbot.addWidget(view)
    view.show()
    return view


def button(view: SettingsView, text: str) -> QPushButton:
    """The button with that word."""
    return next(b for b in view.findChildren(QPushButton) if b.text() == text)


def test_the_theme_and_the_size_change_at_once(
    view: SettingsView, theme: Theme, look: LookChoices
) -> None:
    told: list[bool] = []
    look.changed.connect(lambda: told.append(True))
    assert button(view, "Light").isChecked()
    button(view, "Dark").click()
    assert theme.scheme is Scheme.DARK
    button(view, "150\u00a0%").click()
    assert theme.scale == 1.5
    assert len(told) == 2


async def test_compact_rows_are_lower_at_once(
    qtbot: QtBot, around: Surroundings, look: LookChoices
) -> None:
    async with open_queue(qtbot, around, [make_row()]) as desk:
        table = desk.view.table
        assert table.rowHeight(0) == 44
        look.choose_compact_rows(True)
        assert table.rowHeight(0) == 30
        look.choose_scale(2.0)
        assert table.rowHeight(0) == 60


def test_the_settings_show_a_choice_made_elsewhere(view: SettingsView, look: LookChoices) -> None:
    look.next_scheme()
    assert button(view, "Dark").isChecked()


def test_the_group_is_remembered_and_an_unknown_one_is_not() -> None:
    kept: list[QueueGroup] = []
    choices = QueueChoices(QueueGroup.MINE, on_change=lambda c: kept.append(c.group))
    choices.choose_group(QueueGroup.MINE)
    choices.choose_group(QueueGroup.ALL)
    assert kept == [QueueGroup.ALL]
    assert QueueChoices(QueueGroup.UNKNOWN).group is QueueGroup.UNCLAIMED


def test_the_screen_is_measured_from_the_settings(
    qtbot: QtBot, look: LookChoices, theme: Theme
) -> None:
    screens = ScreenCalibrations()
    view = SettingsView(look, theme, None, screens)
    qtbot.addWidget(view)
    view.show()
    state = view.findChild(SignLabel, "settings.screen.state")
    assert state is not None
    assert state.text() == "Not measured: by the data of the screen"
    button(view, "Measure with a bank card…").click()
    dialog = view.findChild(CardDialog)
    assert dialog is not None
    dialog.outline.fit(4.25)
    dialog.keep.click()
    assert state.text() == "True millimetres: measured"
    assert screens.of(view.screen()).calibrated
