"""Two clips side by side in the review: one key puts them in step, one key plays both."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes import FakeTriageService
from tests.ui.fake_drafts import FakeDrafts
from tests.ui.keys import press
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import Scene
from tests.ui.viewers.made_up import Clock, MadeUpStudy, make_clip, until
from workstation.services.kept_panels import KeptPanels
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.view import ReviewView
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.viewers.cine_view import CineView

FAST = tuple(20.0 * place for place in range(11))
SLOW = tuple(40.0 * place for place in range(11))


async def test_two_clips_go_in_step_by_keys(qtbot: QtBot, around: Surroundings) -> None:
    scene, clock = Scene(["clip", "second_clip"]), Clock()
    for document, times in ((scene.clip, FAST), (scene.second_clip, SLOW)):
        scene.studies.studies[document.id] = MadeUpStudy(make_clip(times))
    model = ReviewViewModel(scene.requests, scene.studies)
    triage = TriageViewModel(FakeTriageService(scene.requests), KeptPanels(None), around.words)
    findings = DraftFindings(FakeDrafts())
    view = ReviewView(
        model,
        triage,
        around.theme,
        around.shortcuts,
        around.words,
        findings=findings,
        now_ms=clock,
    )
    qtbot.addWidget(view)
    view.resize(1920, 1080)
    view.show()
    model.open(scene.row.id)
    await until(lambda: len(_pictures(view)) == 2)
    fast, slow = _pictures(view)
    press(fast.canvas, Qt.Key.Key_U)
    clock.ms += 110
    for clip in (fast, slow):
        clip.tick()
    assert (fast.index, slow.index) == (5, 2)
    clock.ms += 100
    press(slow.canvas, Qt.Key.Key_Space)
    assert (fast.is_playing, slow.is_playing) == (False, False)
    assert (fast.index, slow.index) == (9, 5)
    model.leave()
    await findings.close()
    await model.close()
    await triage.close()


def _pictures(view: ReviewView) -> list[CineView]:
    """The clips that are seen, the faster one first."""
    clips = [one for one in view.findChildren(CineView) if one.isVisible()]
    seen = [one for one in clips if one.canvas.has_picture]
    return sorted(seen, key=lambda one: one.playback.info.duration_ms if one.playback.info else 0)
