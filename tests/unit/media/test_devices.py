"""Real sound devices through QtMultimedia, played by a sound server without hardware."""

import asyncio
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from tests.unit.media.pulse import MICROPHONE, SPEAKER, address, missing, pulse
from tests.unit.media.two_sides import SYNTHETIC, connect, engines, told
from workstation.core.call_media import CallSettings, CallStats, Device, DeviceNote, DeviceTrouble
from workstation.media.capture_qt import picture_of

TONE_HZ = 440


def hears_the_tone(stats: CallStats) -> bool:
    """The tone, not silence and not noise."""
    heard = stats.audio_received
    return abs(heard.pitch_hz - TONE_HZ) < 5 and heard.level_dbfs > -40


def gone(device: Device) -> DeviceNote:
    """It was there, and is not any more."""
    return DeviceNote(device, DeviceTrouble.GONE)


@pytest.mark.journey
@pytest.mark.alone
@pytest.mark.skipif(missing() is not None, reason=str(missing()))
async def test_speaker_and_microphone_by_name_that_go_and_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The patient's tone is played here, heard by our microphone, and comes back to the patient."""
    async with pulse(tmp_path) as server:
        monkeypatch.setenv("PULSE_SERVER", address(tmp_path))
        speaker = await server.load(SPEAKER)
        await server.load(MICROPHONE)
        async with engines() as (one, other):
            settings = CallSettings(camera="none such", microphone="Microphone", speaker="Speaker")
            doctor, patient = one.call(settings), other.call(SYNTHETIC)
            await connect(doctor, patient)
            await told(patient.stats, hears_the_tone)
            assert doctor.notes == {
                Device.CAMERA: DeviceTrouble.NOT_FOUND,
                Device.MICROPHONE: DeviceTrouble.NONE,
                Device.SPEAKER: DeviceTrouble.NONE,
            }
            leaving = asyncio.gather(
                told(doctor.devices_missing, lambda note: note == gone(Device.MICROPHONE)),
                told(doctor.devices_missing, lambda note: note == gone(Device.SPEAKER)),
            )
            await server.unload(speaker)  # the microphone listens to it, and goes with it
            await leaving
            await told(patient.stats, lambda stats: stats.audio_received.level_dbfs < -90)
            await server.load(SPEAKER)
            await server.load(MICROPHONE)
            await told(patient.stats, hears_the_tone)
            assert doctor.notes[Device.MICROPHONE] is DeviceTrouble.NONE
            assert doctor.notes[Device.SPEAKER] is DeviceTrouble.NONE
            await doctor.hang_up()
            await patient.hang_up()


@pytest.mark.parametrize("width", [640, 641, 333])
def test_a_cameras_picture_keeps_its_colours(width: int) -> None:
    image = QImage(width, 48, QImage.Format.Format_RGB888)
    image.fill(QColor(200, 100, 50))
    frame = picture_of(image)
    assert frame is not None
    pixels = frame.to_ndarray(format="rgb24")
    assert pixels.shape == (48, width, 3)
    assert np.all(pixels == (200, 100, 50))


def test_no_picture_is_none() -> None:
    assert picture_of(QImage()) is None
