"""The device test as the doctor has it: one at a time, kept for a day, with the call's devices."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from backend_client.errors import Unreachable
from backend_client.models.common import RequestId
from tests.unit.services.call_scene import make_frame, settle
from tests.unit.services.device_scene import FOUND, KNOWN, Clock, Scene
from workstation.core.call_media import DeviceNames, RelayState
from workstation.core.device_check import Access, Adapter, KnownDevices
from workstation.core.live_call import CallPhase, LiveCall
from workstation.media.errors import MediaStopped
from workstation.services.device_test import GOOD_FOR
from workstation.services.road_test import SIZES, speed, stands_a_proxy_before


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_devices_and_network_are_measured(scene: Scene) -> None:
    """OZ-25: speed each way; SPB-19: what is measured is there to be named."""
    await scene.service.run((Adapter("eth0", is_vpn=False),))
    result = scene.service.result
    assert result is not None
    network = result.measured.network
    assert result.measured.camera == FOUND.camera
    assert network.up_kbit == pytest.approx(1400)
    assert network.down_kbit == pytest.approx(18_200)
    assert network.backend_ms == pytest.approx(74)
    assert network.jitter_ms == pytest.approx(0)
    assert [one.state for one in network.relays] == [RelayState.USABLE]
    assert network.adapters == (Adapter("eth0", is_vpn=False),)
    ((settings, tone),) = scene.telephone.asked
    assert (settings.width, settings.height, settings.microphone) == (1280, 720, "Microphone")
    assert tone


async def test_a_server_out_of_reach_and_a_dead_media_process_are_a_result_too(
    scene: Scene,
) -> None:
    scene.server.error = Unreachable(may_have_arrived=False)
    scene.telephone.error = MediaStopped(1)
    await scene.service.run(())
    result = scene.service.result
    assert result is not None
    assert result.measured.camera.access is Access.FAILED
    network = result.measured.network
    assert (network.backend_ms, network.up_kbit, network.down_kbit) == (None, None, None)
    assert network.relays == ()
    assert not scene.service.is_running


async def test_a_second_test_beside_the_first_does_nothing(scene: Scene) -> None:
    scene.telephone.may_answer.clear()
    first = asyncio.ensure_future(scene.service.run(()))
    await asyncio.sleep(0)
    assert scene.service.is_running
    await scene.service.run(())
    scene.telephone.may_answer.set()
    await first
    assert len(scene.telephone.asked) == 1


async def test_our_own_picture_is_seen_while_it_runs_and_the_camera_is_free_after(
    scene: Scene,
) -> None:
    seen: list[int] = []
    scene.service.preview.subscribe(lambda frame: seen.append(frame.number))
    scene.telephone.may_answer.clear()
    running = asyncio.ensure_future(scene.service.run(()))
    await settle()
    scene.telephone.links[0].local_frame.emit(make_frame(5))
    scene.telephone.may_answer.set()
    await running
    scene.telephone.links[0].local_frame.emit(make_frame(6))
    assert seen == [5]
    assert scene.telephone.links[0].did[-1] == "hang_up"


async def test_in_a_call_there_is_no_tone_and_a_camera_that_is_off_stays_off(scene: Scene) -> None:
    """SOK-6: a camera never opens silently."""
    scene.calls.live = LiveCall(RequestId("request-1"), CallPhase.TALKING, camera_on=False)
    await scene.service.run(())
    ((settings, tone),) = scene.telephone.asked
    assert not tone
    assert settings == replace(scene.calls.settings, video=False)  # nothing is opened anew
    assert scene.telephone.links == []


async def test_a_result_is_kept_for_a_day_over_restarts(scene: Scene) -> None:
    await scene.service.run(())
    kept = scene.service.state()
    again = scene.again()
    again.restore(kept)
    assert again.result == scene.service.result
    assert again.are_devices_the_same
    scene.now += GOOD_FOR - timedelta(seconds=1)
    assert again.result is not None
    scene.now += timedelta(seconds=1)
    assert again.result is None


async def test_other_devices_than_at_the_test_are_told(scene: Scene) -> None:
    await scene.service.run(())
    await scene.service.look()
    assert scene.service.are_devices_the_same
    scene.telephone.known = KnownDevices((), ("Headset", "Microphone"), ("Speaker",))
    await scene.service.look()
    assert not scene.service.are_devices_the_same


async def test_a_chosen_device_that_has_gone_is_not_asked_for_any_more(scene: Scene) -> None:
    """The next call has the usual one, and sound."""
    await scene.service.choose(DeviceNames("", "Microphone", "Headset"))
    await scene.service.look()
    chosen = scene.service.chosen
    assert (chosen.microphone, chosen.speaker) == ("Microphone", "")


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"at": 1}', '{"at":"2026-01-01T00:00:00Z"}'])
def test_what_cannot_be_read_is_no_result(scene: Scene, kept: str) -> None:
    scene.service.restore(kept)
    assert scene.service.result is None


async def test_a_choice_of_devices_is_for_this_call_and_the_next(scene: Scene) -> None:
    told: list[None] = []
    scene.service.changed.subscribe(told.append)
    await scene.service.choose(DeviceNames("Camera 2", "", "Headset"))
    assert scene.calls.settings.devices == DeviceNames("Camera 2", "", "Headset")
    assert told == [None]


async def test_what_is_plugged_in_and_out_is_listed_at_once(scene: Scene) -> None:
    """Outside of a call a choice that has gone is given up; in one it is waited for."""
    await scene.service.choose(DeviceNames("", "Headset", ""))
    with_headset = KnownDevices((), ("Microphone", "Headset"), ("Speaker",))
    scene.telephone.devices_changed.emit(with_headset)
    assert scene.service.known == with_headset
    scene.calls.live = LiveCall(RequestId("request-1"), CallPhase.TALKING)
    scene.telephone.devices_changed.emit(KNOWN)
    assert scene.service.known == KNOWN
    assert scene.service.chosen.microphone == "Headset"
    scene.calls.live = replace(scene.calls.live, phase=CallPhase.OVER)
    scene.telephone.devices_changed.emit(KNOWN)
    assert scene.service.chosen.microphone == ""


async def test_a_slow_road_is_not_filled_to_the_end() -> None:
    """SOK-9: 128 kbit/s is told after the first piece already."""
    clock, carried = Clock(), list[int]()

    async def carry(size: int) -> None:
        carried.append(size)
        clock.now += size * 8 / 1000 / 128

    assert await speed(carry, clock) == pytest.approx(128)
    assert carried == [SIZES[0]]


def test_a_proxy_before_the_server_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert not stands_a_proxy_before("https://clinic.example")
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert stands_a_proxy_before("https://clinic.example")
    assert not stands_a_proxy_before("http://clinic.example")
    monkeypatch.setenv("no_proxy", "clinic.example")
    assert not stands_a_proxy_before("https://clinic.example")
    assert not stands_a_proxy_before("http://[")
