"""Distances, angles and values of slices measured without a mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Figure
from tests.ui.keys import press
from tests.ui.viewers.made_up import until
from tests.ui.viewers.test_stack_view import opened, pull, words
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.stack.view import StackView

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme, qapp: QApplication) -> Iterator[StackView]:
    """At a whole number of screen pixels to a pixel, with its keys bound and the focus in it."""
    view = StackView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    router = ShortcutRouter(qapp)
    view.bind(router)
    opened(view)
    while view.canvas.viewport.scale != 1.0:
        view.canvas.zoom(-1 if view.canvas.viewport.scale > 1 else 1)
    view.activateWindow()
    view.setFocus()
    yield view
    view.clear()
    view.hide()
    router.release()
    router.deleteLater()


async def ready(view: StackView) -> None:
    await until(view.isActiveWindow)


async def test_a_distance_without_a_mouse(view: StackView) -> None:
    """20 pixels of 0.5 mm; the cross begins in the middle of what is seen."""
    await ready(view)
    press(view, "K")
    assert view.keys.surface.hasFocus()
    press(view, KEY.Key_Left, modifiers=SHIFT)
    press(view, KEY.Key_Return)
    press(view, KEY.Key_Right, modifiers=SHIFT)
    press(view, KEY.Key_Right, modifiers=SHIFT)
    press(view, KEY.Key_Return)
    (figure,) = view.layer.figures.every
    assert figure.drawing.figure is Figure.LINE
    (x0, y0), (x1, y1) = figure.drawing.points
    assert (x1 - x0, y1 - y0) == pytest.approx((20, 0))
    finding = view.finding()
    assert finding is not None
    assert "10\u00a0mm" in finding.text


async def test_an_angle_and_the_values_of_a_rectangle(view: StackView) -> None:
    await ready(view)
    press(view, "K", modifiers=SHIFT)
    press(view, KEY.Key_Return)
    press(view, KEY.Key_Left, modifiers=SHIFT)
    press(view, KEY.Key_Return)
    press(view, KEY.Key_Up, modifiers=SHIFT)
    press(view, KEY.Key_Return)
    press(view, "B")
    press(view, KEY.Key_Return)
    press(view, KEY.Key_Right, modifiers=SHIFT)
    press(view, KEY.Key_Down, modifiers=SHIFT)
    press(view, KEY.Key_Return)
    angle, box = view.layer.figures.every
    assert view.model is not None
    assert view.words.figure(angle, view.model.slice) == ["90°"]
    assert box.statistics is not None
    assert (box.statistics.count, box.statistics.mean) == (100, 5)


async def test_a_point_of_a_figure_is_moved_and_its_figure_removed(view: StackView) -> None:
    await ready(view)
    press(view, "K")
    press(view, KEY.Key_Return)
    press(view, KEY.Key_Right, modifiers=SHIFT)
    press(view, KEY.Key_Return)
    press(view, "N")
    press(view, "N")
    press(view, KEY.Key_Right)
    press(view, KEY.Key_Right)
    (figure,) = view.layer.figures.every
    (x0, _), (x1, _) = figure.drawing.points
    assert x1 - x0 == pytest.approx(12)
    press(view, KEY.Key_Delete)
    assert view.layer.figures.every == ()


async def test_with_a_tool_in_hand_ctrl_goes_to_other_slices(view: StackView) -> None:
    await ready(view)
    press(view, "K")
    press(view, KEY.Key_Down)
    assert "slice 5 of 9" in words(view)
    press(view, KEY.Key_Right, modifiers=CTRL)
    assert "slice 6 of 9" in words(view)
    press(view, KEY.Key_Left, modifiers=CTRL)
    assert "slice 5 of 9" in words(view)


async def test_esc_takes_the_begun_figure_then_the_tool(view: StackView) -> None:
    await ready(view)
    press(view, "K")
    press(view, KEY.Key_Return)
    press(view, KEY.Key_Backspace)
    assert not view.layer.tool.is_begun
    press(view, KEY.Key_Return)
    press(view, KEY.Key_Escape)
    assert not view.layer.tool.is_begun
    assert view.keys.surface.isVisible()
    press(view, KEY.Key_Escape)
    assert not view.keys.surface.isVisible()
    assert view.canvas.hasFocus()
    press(view, KEY.Key_Down)
    assert "slice 6 of 9" in words(view)


async def test_twice_the_same_place_is_no_figure(view: StackView) -> None:
    await ready(view)
    press(view, "K")
    press(view, KEY.Key_Return)
    press(view, KEY.Key_Return)
    assert view.layer.figures.every == ()
    assert view.layer.tool.is_begun


async def test_the_mouse_draws_as_before_while_the_keys_could(view: StackView) -> None:
    await ready(view)
    press(view, "K")
    at = view.canvas.rect().center()
    pull(view, at, at + QPoint(18, 0))
    (figure,) = view.layer.figures.every
    assert figure.drawing.figure is Figure.LINE
    assert not view.grab().isNull()
    QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert view.keys.is_in_hand
