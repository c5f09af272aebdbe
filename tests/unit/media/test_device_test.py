"""The device test's measuring with a real sound server, and without any device."""

from pathlib import Path

import pytest

from tests.unit.media.pulse import MICROPHONE, SPEAKER, address, missing, pulse
from tests.unit.media.two_sides import NO_DEVICES, SYNTHETIC, engines
from workstation.core.call_media import CallSettings
from workstation.core.device_check import Access, Cause, Grade, Measured, Part, judge, read_profiles
from workstation.media.engine import MediaEngine
from workstation.resources import resource


async def test_made_up_pictures_and_sound_are_measured_beside_devices_that_are_not_there() -> None:
    """DRC-15, SPB-19: each missing device has its own cause."""
    async with engines(1) as (engine,):
        made_up = await engine.measure_devices(SYNTHETIC, tone=False)
        missing_ones = await engine.measure_devices(NO_DEVICES, tone=False)
    camera, microphone = made_up.camera, made_up.microphone
    assert (camera.access, camera.width, camera.height) == (Access.WORKS, 640, 480)
    assert camera.frame_rate > 5
    assert camera.contrast > 20
    assert microphone.level_dbfs == pytest.approx(-15.3, abs=1)
    assert made_up.speaker.left is None
    lost = missing_ones
    assert {lost.camera.access, lost.microphone.access, lost.speaker.access} == {Access.NONE}
    assert lost.camera.name == "none such"
    (profile, *_) = read_profiles(resource("call_profiles/profiles.json").read_bytes())
    verdict = judge(Measured(lost.camera, lost.microphone, lost.speaker), profile)
    for part in (Part.CAMERA, Part.MICROPHONE, Part.SPEAKER):
        assert verdict.of(part).grade is Grade.BAD
        assert verdict.of(part).cause is Cause.NOT_FOUND


@pytest.mark.journey
@pytest.mark.alone
@pytest.mark.skipif(missing() is not None, reason=str(missing()))
async def test_the_microphone_hears_the_speakers_tone_on_both_sides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A null sink's monitor is the microphone: all that is played comes back."""
    async with pulse(tmp_path) as server:
        monkeypatch.setenv("PULSE_SERVER", address(tmp_path))
        await server.load(SPEAKER)
        await server.load(MICROPHONE)
        async with engines(1) as (engine,):
            await _hears_both_sides(engine)
            named = CallSettings(camera="none such", microphone="Microphone", speaker="Speaker")
            assert await engine.hear_oneself(named, 0.5)


async def _hears_both_sides(engine: MediaEngine) -> None:
    found = await engine.measure_devices(CallSettings(), tone=True)
    microphone, speaker = found.microphone, found.speaker
    assert "Microphone" in found.known.microphones
    assert found.known.speakers == ("Speaker",)
    assert (microphone.access, microphone.name) == (Access.WORKS, "Microphone")
    assert (speaker.access, speaker.name) == (Access.WORKS, "Speaker")
    assert (speaker.left, speaker.right, speaker.is_headset) == (True, True, False)
    assert microphone.echo_db is not None
    assert microphone.echo_db > -12
    assert microphone.level_dbfs < -60  # nobody spoke, and the tone is no voice
    assert microphone.clipped == 0.0
    assert found.camera.access is not Access.WORKS
