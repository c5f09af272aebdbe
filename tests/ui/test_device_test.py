"""The device test's room: one sentence, then each line with its cause and the way to mend it."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from backend_client.models.common import RequestId
from tests.ui.covered_window import covered
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import scene_rows
from tests.ui.waiting import until
from tests.unit.services.device_scene import FOUND, Scene
from workstation.core.call_media import CallSettings, Device, DeviceNames, RelayReport, RelayState
from workstation.core.device_check import (
    Access,
    Adapter,
    CallProfile,
    Camera,
    Cause,
    Finding,
    Grade,
    KnownDevices,
    Measured,
    Microphone,
    Network,
    Outlook,
    Part,
    Verdict,
    judge,
    read_profiles,
)
from workstation.core.live_call import CallPhase, LiveCall
from workstation.resources import resource
from workstation.ui.screens.device_test.view import DeviceTestView
from workstation.ui.screens.device_test.view_model import DeviceTestModel
from workstation.ui.screens.device_test.words import DeviceWords, Line
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Scheme, Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.wording import Wording

UDP, TLS = "turn:turn.example:3478?transport=udp", "turns:turn.example:443?transport=tcp"
MakeView = Callable[[Scene], DeviceTestView]


@pytest.fixture
def make_view(qtbot: QtBot, theme: Theme, shortcuts: ShortcutRouter, wording: Wording) -> MakeView:
    """The room over a scene; its adapters are one cable."""

    def make(scene: Scene) -> DeviceTestView:
        model = DeviceTestModel(scene.service, lambda: (Adapter("eth0", is_vpn=False),))
        view = DeviceTestView(model, theme, shortcuts, wording)
        view.model = model  # type: ignore[attr-defined]  # it lives as long as its view
        qtbot.addWidget(view)
        view.resize(1276, 742)
        return view

    return make


def model_of(view: DeviceTestView) -> DeviceTestModel:
    model = view.model  # type: ignore[attr-defined]
    assert isinstance(model, DeviceTestModel)
    return model


async def after_the_test(view: DeviceTestView) -> list[str]:
    """The lines after the test that the key begins."""
    view.show()
    model = model_of(view)
    model.wanted()
    await until(lambda: model.result is not None and not model.is_running)
    await until(lambda: model.tasks.is_idle)
    return [row.accessibleName() for row in view.rows]


async def test_no_camera_opens_where_the_room_is_only_looked_at(make_view: MakeView) -> None:
    """SOK-6: by the rail, or because another screen is left."""
    scene = Scene()
    view = make_view(scene)
    view.show()
    model_of(view).entered()
    await until(lambda: model_of(view).tasks.is_idle)
    assert scene.telephone.asked == []
    assert scene.telephone.links == []
    assert view.again.text() == "Begin"


async def test_the_key_tests_at_once_where_no_result_holds_and_says_what_is_wrong(
    make_view: MakeView,
) -> None:
    """OZ-25, SPB-19: 1.4 Mbit/s up is too little for the video of this profile."""
    scene = Scene()
    scene.server.urls = [UDP, TLS]
    scene.telephone.shut = {UDP}
    view = make_view(scene)
    lines = await after_the_test(view)
    assert view.verdict.title.text() == "You can call, but the video may be uneven"
    assert "up 1,4" in view.verdict.detail.text()
    assert any(line.startswith("Camera. Camera, 1280×720, 30 frames/s") for line in lines)
    (relays,) = [line for line in lines if line.startswith("Call servers")]
    assert "UDP is closed by a firewall" in relays
    assert "TLS\u00a0443" in relays
    (speed,) = [line for line in lines if line.startswith("Speed")]
    assert "needs 2,0\u00a0Mbit/s" in speed
    button = view.findChild(KeyButton, "deviceTest.text")
    assert button is not None
    button.click()
    assert "UDP turn.example:3478" in QGuiApplication.clipboard().text()


async def test_another_profile_judges_the_same_figures(make_view: MakeView) -> None:
    """DRC-15, SOK-9, SPB-24: by its own measure, without another test."""
    scene = Scene()
    view = make_view(scene)
    await after_the_test(view)
    model = model_of(view)
    titles = {}
    for profile in model.profiles:
        model.choose_profile(profile)
        titles[profile.id] = view.verdict.title.text()
    uneven, ready = "You can call, but the video may be uneven", "Everything is ready for calls"
    assert titles == {
        "oblako": uneven,
        "drclinics": ready,
        "sokolov": ready,
        "petersburg": uneven,  # its camera is to have 5 Mpx
    }
    assert len(scene.telephone.asked) == 1


async def test_a_result_that_holds_is_shown_and_nothing_is_opened(make_view: MakeView) -> None:
    scene = Scene()
    await scene.service.run(())
    view = make_view(scene)
    view.show()
    model_of(view).entered()
    model_of(view).wanted()
    await until(lambda: model_of(view).tasks.is_idle)
    assert len(scene.telephone.asked) == 1
    assert view.again.text() == "Repeat"
    assert view.rows
    view.again.click()
    await until(lambda: model_of(view).tasks.is_idle)
    assert len(scene.telephone.asked) == 2


async def test_the_empty_picture_follows_the_theme(make_view: MakeView, theme: Theme) -> None:
    view = make_view(Scene())
    view.show()
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        theme.choose(scheme)
        middle = view.devices.picture.rect().center()
        seen = view.devices.picture.grab().toImage().pixelColor(middle)
        assert seen == theme.color("bg.sunken")


async def test_other_devices_than_at_the_test_are_said(make_view: MakeView) -> None:
    scene = Scene()
    await scene.service.run(())
    scene.telephone.known = KnownDevices((), ("Headset",), ("Speaker",))
    view = make_view(scene)
    view.show()
    model_of(view).entered()
    model_of(view).wanted()
    await until(lambda: model_of(view).tasks.is_idle)
    assert view.verdict.title.text() == "The devices are others than at the test"


async def test_in_a_call_it_says_what_it_leaves_alone(make_view: MakeView) -> None:
    """SOK-6: the camera that is off stays off; no tone reaches the patient."""
    scene = Scene()
    scene.calls.live = LiveCall(RequestId("request-1"), CallPhase.TALKING, camera_on=False)
    scene.telephone.found = replace(FOUND, camera=Camera(Access.UNTRIED))
    scene.telephone.may_answer.clear()
    view = make_view(scene)
    view.show()
    model_of(view).wanted()
    await until(lambda: model_of(view).is_running)
    assert "no tone is played" in view.verdict.detail.text()
    assert not view.again.isEnabled()
    scene.telephone.may_answer.set()
    lines = await after_the_test(view)
    model_of(view).choose_profile(model_of(view).profiles[2])
    assert view.verdict.title.text() == "You can call; the camera was left off"
    assert any("Switch it on with F3" in line for line in lines)


async def test_the_report_names_causes_and_no_patient(make_view: MakeView) -> None:
    scene = Scene()
    scene.calls.live = LiveCall(RequestId("request-1"), CallPhase.OVER)
    view = make_view(scene)
    await after_the_test(view)
    view.copy.click()
    report = QGuiApplication.clipboard().text()
    for part in (
        "Device test, ",
        "Profile «",
        "Camera: ",
        "Speed: up 1,4",
        "UDP turn.example:3478",
    ):
        assert part in report
    assert "request-1" not in report
    assert "password" not in report


async def test_record_and_listen_says_whether_something_was_heard(make_view: MakeView) -> None:
    scene = Scene()
    view = make_view(scene)
    await after_the_test(view)

    def button() -> KeyButton:
        found = [one for row in view.rows for one in row.findChildren(KeyButton)]
        (one,) = [one for one in found if one.objectName() == "deviceTest.record"]
        return one

    button().click()
    await until(lambda: model_of(view).tasks.is_idle)
    assert button().text() == "Once more"


async def test_profile_and_result_are_found_again_and_the_choice_of_devices_is_not(
    make_view: MakeView,
) -> None:
    """Kept for a day over restarts; a headset that was unplugged meanwhile is not asked for."""
    scene = Scene()
    view = make_view(scene)
    await after_the_test(view)
    model = model_of(view)
    model.choose_profile(model.profiles[3])
    model.choose(Device.SPEAKER, "Speaker")
    await until(lambda: model.chosen.speaker == "Speaker")
    kept = model.state()
    scene.service, scene.calls.settings = scene.again(), CallSettings()
    later = DeviceTestModel(scene.service, lambda: ())
    later.restore(kept)
    assert later.profile.id == "petersburg"
    assert later.chosen == DeviceNames()
    assert later.result == model.result
    for rubbish in ("", "{", "[]", json.dumps({"profile": 1})):
        later.restore(rubbish)
    assert later.profile.id == "petersburg"


PROFILES = read_profiles(resource("call_profiles", "profiles.json").read_bytes())


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_its_words_and_a_way_to_mend_it(theme: Theme, cause: Cause) -> None:
    """SPB-19"""
    part = Part.CAMERA
    verdict = Verdict(Outlook.NOT_READY, (Finding(part, Grade.BAD, cause),))
    (line,) = DeviceWords().lines(Measured(), PROFILES[0], verdict)
    assert line.fact
    assert line.detail.endswith(".")


def test_a_network_that_was_not_measured_is_not_called_good(theme: Theme) -> None:
    measured = Measured(FOUND.camera, Microphone(Access.WORKS, "m", -20.0), FOUND.speaker)
    profile: CallProfile = PROFILES[0]
    lines = {one.part: one for one in _lines(measured, profile)}
    assert lines[Part.SPEED].fact == "not measured"
    assert lines[Part.RELAY].fact == "not measured"
    silent = RelayReport(UDP, RelayState.SILENT)
    known = replace(measured, network=Network(backend_ms=5.0, relays=(silent,)))
    assert {one.part: one for one in _lines(known, profile)}[Part.RELAY].fact.startswith("None")


def _lines(measured: Measured, profile: CallProfile) -> list[Line]:
    return DeviceWords().lines(measured, profile, judge(measured, profile))


async def test_one_key_opens_it_from_a_case_and_repeats_it_there(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Leaving a case for another room opens nothing of the computer."""
    async with covered(qtbot, around, scene_rows()) as place:
        model = place.screens.devices_model

        def rests() -> bool:
            return model.tasks.is_idle

        place.press(Qt.Key.Key_Return)
        await until(lambda: place.sees("reviewView"))
        assert model.result is None
        assert rests()
        place.press(Qt.Key.Key_F8)
        assert place.window.seen_room == "devices"
        await until(lambda: model.result is not None and model.tasks.is_idle)
        first = model.at
        place.screens.devices.rows[0].setFocus()
        place.press(Qt.Key.Key_F8)
        assert not rests()
        await until(rests)
        assert model.at == first  # the scene's clock stands
        assert place.screens.state()["devices"] == model.state()
        place.window.show_room("queue")
        assert rests()
