"""An ECG on a photo of paper: marked, named and measured, by mouse and by keys alone."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Origin, PicturePlace
from tests.ui.viewers.paper_photo import PaperPhoto
from tests.ui.viewers.paper_scene import RIGHT, PaperScene
from workstation.studies.imaging import Frame
from workstation.studies.measure.ecg.photo_calibration import Method
from workstation.ui.shortcuts import SHORTCUT_OF, ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.viewers.paper_ecg.steps import Aim, Step
from workstation.ui.viewers.picture_loupe import loupe_box, loupe_scale

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Stage = Callable[[PaperPhoto], PaperScene]


@pytest.fixture
def stage(qtbot: QtBot, viewer_theme: Theme, shortcuts: ShortcutRouter) -> Iterator[Stage]:
    """Opens a photo in its viewer."""
    opened: list[PaperScene] = []

    def show(photo: PaperPhoto) -> PaperScene:
        scene = PaperScene(viewer_theme, shortcuts, photo)
        qtbot.addWidget(scene.view)
        scene.view.activateWindow()
        qtbot.waitUntil(scene.view.isActiveWindow)
        opened.append(scene)
        return scene

    yield show
    for scene in opened:
        scene.close()


@pytest.fixture
def scene(stage: Stage) -> PaperScene:
    """A photo of 4 pixels a millimetre, as large as the view: a screen's pixel is 1.6 of its."""
    return stage(PaperPhoto.taken(px_per_mm=4.0))


def value_of(text: str) -> float:
    """The first number of a label."""
    digits = "".join(c for c in text.split("\u00a0")[0] if c.isdigit() or c in ",−")
    return float(digits.replace(",", ".").replace("−", "-"))


def test_it_is_led_step_by_step_to_milliseconds(scene: PaperScene) -> None:
    assert scene.bar.isHidden()
    scene.open()
    said = [scene.bar.instruction()]
    for place in ((40, 60), (65, 60), (40, 60), (40, 85)):
        scene.click(*place)
        said.append(scene.bar.instruction())
    assert len(set(said)) == 5, "each step says its own next action"
    assert scene.session.step is Step.SPEED
    assert [one.text for one in scene.bar.choices()][:3] == [
        "12,5\u00a0mm/s",
        "25\u00a0mm/s",
        "50\u00a0mm/s",
    ]
    scene.key("2")
    scene.key("3")
    assert scene.session.paper.is_calibrated
    scene.key("k")
    scene.drag((30, 100), (55, 110))
    assert value_of(scene.labels()[0]) == pytest.approx(1000, abs=25)
    scene.key("k", SHIFT)
    scene.drag((30, 120), (40, 132))
    assert value_of(scene.labels()[1]) == pytest.approx(1.2, abs=0.05)
    scene.key("k", ALT)
    scene.drag((80, 100), (105, 90))
    time, level = scene.labels()[2].split(", ")
    assert value_of(time) == pytest.approx(1000, abs=25)
    assert value_of(level) == pytest.approx(-1, abs=0.05)


def test_speed_and_gain_are_named_and_never_assumed(scene: PaperScene) -> None:
    scene.open()
    for place in ((40, 60), (65, 60), (40, 60), (40, 85)):
        scene.click(*place)
    scene.key("k")
    scene.drag((30, 100), (55, 100))
    assert scene.labels()[0].endswith("no calibration")
    assert scene.desk.finding() is None
    scene.key("m")
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Return)
    known = scene.session.calibration
    assert (known.speed_mm_s, known.gain_mm_mv) == (25.0, 10.0)
    scene.key("k")
    before = value_of(scene.labels()[0])
    scene.key("s")
    assert value_of(scene.labels()[0]) == pytest.approx(before / 2, abs=1)
    scene.key("g")
    assert scene.session.calibration.gain_mm_mv == 20.0


def test_before_the_calibration_there_are_pixels_only_and_the_reason(scene: PaperScene) -> None:
    """Never uncalibrated mV shown as mV."""
    scene.open()
    scene.key("k")
    scene.drag((30, 100), (55, 100))
    assert value_of(scene.labels()[0]) == pytest.approx(100, abs=3)
    assert "pixels" in scene.labels()[0]
    assert "no calibration" in scene.labels()[0]
    assert "pixels only" in scene.bar.below()
    assert scene.desk.finding() is None


@pytest.mark.parametrize("turns", range(4))
def test_turning_the_view_changes_no_value(scene: PaperScene, turns: int) -> None:
    scene.calibrate()
    scene.drag((30, 100), (55, 100))
    before, kept = scene.labels(), scene.session.paper
    for _ in range(turns):
        scene.view.key_actions()["view.rotate"]()
    assert scene.labels() == before
    assert scene.session.paper == kept
    scene.drag((30, 130), (55, 130))
    assert value_of(scene.labels()[1]) == pytest.approx(1000, abs=30)


def test_a_photo_that_lies_on_its_side_is_turned_and_calibrated(stage: Stage) -> None:
    scene = stage(PaperPhoto.taken(-90, px_per_mm=4.0))
    scene.open()
    scene.click(40, 60)
    scene.click(65, 60)
    assert scene.session.step is Step.ALONG
    assert "turn it" in scene.bar.below()
    scene.view.key_actions()["view.rotate"]()
    scene.calibrate_open()
    scene.drag((30, 100), (55, 112))
    assert value_of(scene.labels()[0]) == pytest.approx(1000, abs=30)


@pytest.mark.parametrize(
    ("clicks", "word"),
    [
        (((40, 60), (40.5, 60)), "too short"),
        (((40, 60), (40, 90)), "not along"),
        (((40, 60), (65, 60), (40, 60), (65, 62)), "run alike"),
        (((40, 60), (65, 60), (40, 60), (40, 60.5)), "too short"),
        (((-40, 60),), "outside"),
    ],
)
def test_what_means_nothing_is_refused_with_the_reason(
    scene: PaperScene, clicks: tuple[tuple[float, float], ...], word: str
) -> None:
    scene.open()
    for place in clicks:
        scene.click(*place)
    assert word in scene.bar.below()
    assert len(scene.session.calibration.spots) % 2 == 0
    assert not scene.session.calibration.is_marked


def test_four_corners_measure_a_tilted_picture(stage: Stage) -> None:
    scene = stage(PaperPhoto.taken(8, (1.2e-4, 9e-5), px_per_mm=5.0))
    scene.open()
    scene.key("m")
    assert scene.session.calibration.method is Method.CORNERS
    corners = ((40, 40), (140, 40), (140, 90), (40, 90))
    for place in corners:
        scene.click(*place)
    scene.key("2")
    scene.key("3")
    scene.key("k")
    scene.drag((60, 60), (85, 66))
    assert value_of(scene.labels()[0]) == pytest.approx(1000, abs=30)


def test_corners_on_a_line_are_refused_and_the_last_is_put_again(scene: PaperScene) -> None:
    scene.open()
    scene.key("m")
    for place in ((40, 40), (90, 40), (140, 40), (40, 90)):
        scene.click(*place)
    assert "no rectangle" in scene.bar.below()
    assert len(scene.session.calibration.corners) == 3
    scene.key(Qt.Key.Key_Backspace)
    scene.click(140, 90)
    scene.click(40, 90)
    assert scene.session.calibration.is_marked


def test_the_length_is_chosen_by_keys_and_by_the_bar(scene: PaperScene) -> None:
    scene.open()
    for _ in range(3):
        scene.key(Qt.Key.Key_Left, CTRL)
    assert scene.session.calibration.mark_mm == (10.0, 25.0)
    scene.key(Qt.Key.Key_Up, CTRL)
    assert scene.session.calibration.mark_mm == (10.0, 30.0)
    button = scene.bar.findChild(QAbstractButton, "paper.wider")
    assert button is not None
    button.click()
    assert scene.session.calibration.mark_mm == (15.0, 30.0)
    for _ in range(9):
        scene.key(Qt.Key.Key_Left, CTRL)
    assert scene.session.calibration.mark_mm[0] == 5.0, "5 mm are the least"


def test_coarse_marks_are_said_and_put_right_enlarged(stage: Stage) -> None:
    """A photo of 12 pixels a millimetre fitted into the view: a click is four pixels wide."""
    scene = stage(PaperPhoto.taken(4))
    scene.open()
    for place in ((40, 60), (65, 60), (40, 60), (40, 85)):
        scene.click(*place)
    assert "Coarse" in scene.bar.below()
    for place in ((40, 60), (65, 60), (40, 60), (40, 85)):
        scene.key("n")
        assert scene.view.canvas.viewport.scale >= 1.0
        at = scene.at(*place)
        scene.press_at(at)
        scene.release_at(at)
    assert not scene.session.is_coarse
    assert "speed" in scene.bar.instruction()
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Return)
    assert scene.session.aim is Aim.TIME
    scene.drag((40, 100), (60, 100))
    assert value_of(scene.labels()[0]) == pytest.approx(800, abs=10)


def test_a_coarse_value_says_how_far_it_may_be_wrong(stage: Stage) -> None:
    scene = stage(PaperPhoto.taken(px_per_mm=12.0))
    scene.calibrate()
    scene.drag((30, 100), (55, 100))
    words, paper = scene.desk.words, scene.session.paper
    assert "±" in words.coarse(paper, paper.calipers[0])
    finding = scene.desk.finding()
    assert finding is not None
    assert "±" in finding.text


def test_the_whole_road_by_keys_alone(scene: PaperScene) -> None:
    view = scene.view
    scene.open()
    scene.surface.setFocus()

    def go(right: int, down: int) -> None:
        for count, (more, less) in (
            (right, (Qt.Key.Key_Right, Qt.Key.Key_Left)),
            (down, (Qt.Key.Key_Down, Qt.Key.Key_Up)),
        ):
            far, near = divmod(abs(count), 10)
            for modifiers, times in ((SHIFT, far), (Qt.KeyboardModifier.NoModifier, near)):
                for _ in range(times):
                    scene.key(more if count > 0 else less, modifiers)

    scene.key(Qt.Key.Key_Return)
    go(100, 0)
    scene.key(Qt.Key.Key_Return)
    go(-100, 0)
    scene.key(Qt.Key.Key_Return)
    go(0, -100)
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Return)
    scene.key(Qt.Key.Key_Return)
    assert scene.session.paper.is_calibrated
    scene.key("k")
    go(10, 20)
    scene.key(Qt.Key.Key_Return)
    go(80, 0)
    scene.key(Qt.Key.Key_Return)
    scene.key("1", ALT)
    assert scene.labels() == ["RR 800\u00a0ms, 75\u00a0per min"]
    scene.key(Qt.Key.Key_Right)
    assert scene.labels() == ["RR 810\u00a0ms, 74\u00a0per min"]
    scene.key("n")
    assert view.canvas.viewport.scale == pytest.approx(3), "enlarged: a third of a pixel a press"
    for _ in range(3):
        scene.key(Qt.Key.Key_Left)
    assert scene.labels() == ["RR 820\u00a0ms, 73\u00a0per min"]
    scene.key("n")
    scene.key(Qt.Key.Key_Left, SHIFT)
    assert scene.labels() == ["RR 820\u00a0ms, 73\u00a0per min"], "the whole caliper was moved"
    scene.key(Qt.Key.Key_Delete)
    assert scene.labels() == []
    scene.key(Qt.Key.Key_Backspace)
    assert len(scene.labels()) == 1
    scene.key(Qt.Key.Key_Escape)
    assert not scene.desk.is_open
    assert view.focusProxy() is view.canvas


def test_arrows_are_finer_than_a_pixel_of_an_enlarged_picture(scene: PaperScene) -> None:
    scene.calibrate()
    scene.drag((30, 100), (55, 100))
    before = scene.session.paper.calipers[0].stop
    scene.wheel(scene.at(55, 100), 5)
    scale = scene.view.canvas.viewport.scale
    assert scale > 2
    scene.key(Qt.Key.Key_Right)
    after = scene.session.paper.calipers[0].stop
    assert after.x - before.x == pytest.approx(1 / scale)
    assert after.blur < before.blur


def test_ends_are_dragged_and_a_drag_is_taken_back_at_once(scene: PaperScene) -> None:
    scene.calibrate()
    scene.drag((30, 100), (55, 100))
    scene.drag((55, 100), (60, 100))
    assert value_of(scene.labels()[0]) == pytest.approx(1200, abs=30)
    scene.drag((45, 100), (50, 105))
    assert value_of(scene.labels()[0]) == pytest.approx(1200, abs=30), "by its line: as a whole"
    assert len(scene.labels()) == 1
    scene.key(Qt.Key.Key_Backspace)
    scene.key(Qt.Key.Key_Backspace)
    assert value_of(scene.labels()[0]) == pytest.approx(1000, abs=30)


def test_measuring_moves_no_point_of_the_calibration(scene: PaperScene) -> None:
    scene.calibrate()
    known = scene.session.calibration
    scene.drag((40, 60), (65, 60))
    assert scene.session.calibration == known
    assert len(scene.labels()) == 1
    scene.key("m")
    scene.drag((65, 60), (66, 60))
    assert scene.session.calibration != known


def test_no_point_leaves_the_picture(scene: PaperScene) -> None:
    scene.calibrate()
    scene.drag((30, 100), (55, 100))
    kept = scene.session.paper.calipers[0]
    scene.drag((55, 100), (320, 100))
    moved = scene.session.paper.calipers[0]
    assert moved.stop.x <= scene.photo.width
    assert moved.start == kept.start


def test_shift_moves_the_cross_as_slowly_as_the_loupe_enlarges(scene: PaperScene) -> None:
    scene.open()
    at = scene.at(100, 60)
    scene.move_to(at, modifiers=SHIFT)
    far = at + QPointF(loupe_scale(scene.view.canvas.viewport.scale), 0)
    scene.move_to(far, modifiers=SHIFT)
    scene.surface.repaint()
    spot = scene.surface.pointed
    assert spot is not None
    before = scene.view.canvas.viewport.picture_point(at)
    assert spot.x - before.x() == pytest.approx(1.0)
    assert spot.y == pytest.approx(before.y())


def test_the_loupe_shows_single_pixels_beside_the_cursor(scene: PaperScene) -> None:
    pixels = np.zeros((scene.photo.height, scene.photo.width, 4), np.uint8)
    x, y = (round(value) for value in scene.photo.at(100, 60))
    pixels[y, x] = 255
    scene.view.canvas.show_frame(Frame(pixels, 0, lambda: None))
    scene.open()
    view = scene.view.canvas.viewport
    scene.move_to(view.view_point(QPointF(x + 0.5, y + 0.5)))
    box = scene.surface.loupe
    assert box is not None
    assert not box.contains(view.view_point(QPointF(x + 0.5, y + 0.5)))
    shot = scene.surface.grab(box.toRect()).toImage()
    near = shot.pixelColor(shot.width() // 2 + 2, shot.height() // 2 + 2)
    beside = shot.pixelColor(shot.width() // 2 + 12, shot.height() // 2 + 12)
    assert near.lightness() > 200
    assert beside.lightness() < 50


@pytest.mark.parametrize("at", [(5, 5), (865, 5), (5, 655), (865, 655), (430, 330)])
def test_the_loupe_stays_in_the_view_and_off_the_cursor(at: tuple[int, int]) -> None:
    room = QRectF(0, 0, 870, 660)
    box = loupe_box(QPointF(*at), room, 172)
    assert room.contains(box)
    assert not box.contains(QPointF(*at))


def test_the_right_button_moves_the_picture_and_puts_nothing(scene: PaperScene) -> None:
    scene.open()
    scene.wheel(scene.at(100, 60), 4)
    before = scene.at(100, 60)
    scene.press_at(before, RIGHT)
    scene.move_to(before + QPointF(40, 20), RIGHT)
    scene.release_at(before + QPointF(40, 20), RIGHT)
    after = scene.at(100, 60)
    assert (after - before).x() == pytest.approx(40, abs=0.01)
    assert scene.session.calibration.spots == ()


def test_the_wheel_keeps_what_is_under_the_cursor(scene: PaperScene) -> None:
    scene.open()
    at = scene.at(100, 60)
    scene.wheel(at, 2)
    assert (scene.at(100, 60) - at).manhattanLength() < 0.01


def test_marks_and_calipers_are_kept_with_the_file(scene: PaperScene) -> None:
    scene.calibrate()
    scene.drag((30, 100), (55, 100))
    kept = scene.labels()
    scene.view.clear()
    assert scene.session.paper.calipers == ()
    scene.show_photo()
    assert not scene.desk.is_open
    assert scene.labels() == kept
    scene.open()
    assert scene.session.aim is Aim.TIME


def test_the_finding_says_how_it_was_calibrated_and_leads_back(scene: PaperScene) -> None:
    scene.calibrate()
    assert scene.view.finding() is None
    scene.drag((30, 100), (55, 100))
    scene.key("1", ALT)
    finding = scene.view.finding()
    assert finding is not None
    assert finding.origin is Origin.HAND_CALIBRATED
    assert finding.text.startswith("RR ")
    assert "(paper 25\u00a0mm/s, 10\u00a0mm/mV, calibrated by hand" in finding.text
    assert isinstance(finding.place, PicturePlace)
    scene.key(Qt.Key.Key_Escape)
    scene.key(Qt.Key.Key_Escape)
    assert scene.view.show_place(finding.place)
    assert scene.desk.is_open
    assert scene.session.chosen == 0
    room = QRectF(scene.view.canvas.rect())
    assert room.contains(scene.at(30, 100))
    assert room.contains(scene.at(55, 100))
    assert scene.desk.mark.isVisible()


def test_a_place_that_is_measured_no_more_is_marked_all_the_same(scene: PaperScene) -> None:
    assert scene.view.show_place(PicturePlace(start=(100, 100), stop=(200, 100)))
    assert scene.desk.mark.isVisible()
    assert not scene.desk.is_open
    assert not scene.view.show_place(PicturePlace(start=(100, 100), stop=(99_000, 100)))
    assert not scene.view.show_place(PicturePlace(page=1, start=(1, 1), stop=(9, 9)))


def test_every_button_of_the_bar_says_its_key(scene: PaperScene) -> None:
    scene.open()
    seen: set[str] = set()

    def look() -> None:
        for button in scene.bar.findChildren(QAbstractButton):
            name = button.objectName()
            assert name in SHORTCUT_OF
            assert button.toolTip().endswith(f" ({key_label(name)})"), name
            seen.add(name)

    look()
    scene.calibrate_open()
    look()
    assert {"paper.leave", "paper.undo", "caliper.time", "paper.calibrate", "ecg.gain"} <= seen
    entry = scene.view.entry.button
    assert entry.toolTip().endswith(f" ({key_label('paper.open')})")


def test_no_step_moves_the_picture_under_the_cursor(scene: PaperScene) -> None:
    scene.open()
    heights = set()
    for place in ((40, 60), (65, 60), (40, 60), (40, 85)):
        scene.click(*place)
        QApplication.processEvents()
        heights.add(scene.view.canvas.height())
    assert len(heights) == 1
