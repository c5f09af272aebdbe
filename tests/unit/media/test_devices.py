"""Real sound devices through QtMultimedia, played by a sound server without hardware."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from tests.unit.media.pulse import MICROPHONE, SPEAKER, Pulse, address, missing, pulse
from tests.unit.media.two_sides import SYNTHETIC, connect, engines, told
from workstation.core.call_media import (
    CallSettings,
    CallState,
    CallStats,
    Device,
    DeviceNames,
    DeviceNote,
    DeviceTrouble,
    MediaState,
    Sending,
)
from workstation.core.device_check import KnownDevices
from workstation.media.call_handle import CallHandle
from workstation.media.capture_qt import picture_of

TONE_HZ = 440
OTHER_SPEAKER = SPEAKER.replace("speaker", "other").replace("Speaker", "Other")
OTHER_MICROPHONE = (
    "module-remap-source master=other.monitor source_name=microphone2"
    " source_properties=device.description=Other"
)
OURS = CallSettings(camera="none such", microphone="Microphone", speaker="Speaker")


def hears_the_tone(stats: CallStats) -> bool:
    """The tone, not silence and not noise."""
    heard = stats.audio_received
    return abs(heard.pitch_hz - TONE_HZ) < 5 and heard.level_dbfs > -40


def is_silent(stats: CallStats) -> bool:
    """Nothing of ours is heard there."""
    return stats.audio_received.level_dbfs < -90


def gone(device: Device) -> Callable[[DeviceNote], bool]:
    """It was there, and is not any more; it is named."""
    wanted = DeviceNote(device, DeviceTrouble.GONE, device.value.title())
    return lambda note: note == wanted


def having(microphones: tuple[str, ...]) -> Callable[[KnownDevices], bool]:
    """The computer has these."""
    return lambda known: known.microphones == microphones


def there(device: Device, name: str) -> Callable[[DeviceNote], bool]:
    """It works."""
    return lambda note: note == DeviceNote(device, DeviceTrouble.NONE, name)


def alone_with_pulse(test: Callable[..., object]) -> Callable[..., object]:
    """Where PulseAudio is."""
    marks = (
        pytest.mark.journey,
        pytest.mark.alone,
        pytest.mark.skipif(missing() is not None, reason=str(missing())),
    )
    for mark in marks:
        test = mark(test)
    return test


@alone_with_pulse
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
                told(doctor.devices_missing, gone(Device.MICROPHONE)),
                told(doctor.devices_missing, gone(Device.SPEAKER)),
            )
            await server.unload(speaker)  # the microphone listens to it, and goes with it
            await leaving
            await told(patient.stats, is_silent)
            await server.load(SPEAKER)
            await server.load(MICROPHONE)
            await told(patient.stats, hears_the_tone)
            assert doctor.notes[Device.MICROPHONE] is DeviceTrouble.NONE
            assert doctor.notes[Device.SPEAKER] is DeviceTrouble.NONE
            await doctor.hang_up()
            await patient.hang_up()


@asynccontextmanager
async def talk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: CallSettings = OURS
) -> AsyncIterator[tuple[Pulse, CallHandle, CallHandle, dict[str, str]]]:
    """A call over two speakers, each with a microphone that hears it; modules by their names."""
    async with pulse(tmp_path) as server:
        monkeypatch.setenv("PULSE_SERVER", address(tmp_path))
        await server.load(SPEAKER)
        modules = {
            "Other speaker": await server.load(OTHER_SPEAKER),
            "Microphone": await server.load(MICROPHONE),
            "Other": await server.load(OTHER_MICROPHONE),
        }
        async with engines() as (one, other):
            doctor, patient = one.call(settings), other.call(SYNTHETIC)
            await connect(doctor, patient)
            await told(patient.stats, hears_the_tone)
            yield server, doctor, patient, modules
            await doctor.hang_up()
            await patient.hang_up()


@alone_with_pulse
async def test_devices_are_changed_in_the_call_over_the_same_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other microphone hears nothing until the other speaker plays the patient's tone."""
    async with talk(tmp_path, monkeypatch) as (_, doctor, patient, _):
        frames = (await told(doctor.stats)).frames_received
        using = asyncio.ensure_future(
            told(doctor.devices_missing, there(Device.MICROPHONE, "Other"))
        )
        await doctor.use_devices(DeviceNames("none such", "Other", "Speaker"))
        await using
        await told(patient.stats, is_silent)
        await doctor.use_devices(DeviceNames("none such", "Other", "Other"))
        await told(patient.stats, hears_the_tone)
        assert (await told(doctor.stats)).frames_received > frames
        assert doctor.state is CallState.CONNECTED


@alone_with_pulse
async def test_a_microphone_that_comes_again_stays_as_muted_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken away alone it is told, although the server gives another one in its place; nothing
    that is plugged in or chosen sends sound before the doctor says so."""
    async with talk(tmp_path, monkeypatch) as (server, doctor, patient, modules):
        await doctor.set_muted(audio=True, video=True)
        await told(patient.stats, is_silent)
        heard: list[CallStats] = []
        patient.stats.subscribe(heard.append)
        going = asyncio.ensure_future(told(doctor.devices_missing, gone(Device.MICROPHONE)))
        await server.unload(modules["Microphone"])
        await going
        coming = asyncio.ensure_future(
            told(doctor.devices_missing, there(Device.MICROPHONE, "Microphone"))
        )
        await server.load(MICROPHONE)
        await coming
        await doctor.use_devices(DeviceNames("none such", "Other", "Other"))
        await told(doctor.devices_missing, there(Device.MICROPHONE, "Other"))
        for _ in range(3):
            await told(patient.stats)
        assert all(is_silent(one) for one in heard)
        assert patient.remote_media == MediaState(Sending.OFF, Sending.MISSING)
        await doctor.set_muted(audio=False, video=True)
        await told(patient.stats, hears_the_tone)


@alone_with_pulse
async def test_nobody_speaks_into_a_microphone_that_nobody_has_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The usual one is taken away: the other is listed, and not used before it is chosen."""
    settings = CallSettings(camera="none such", speaker="Speaker")
    async with talk(tmp_path, monkeypatch, settings) as (server, doctor, patient, modules):
        going = asyncio.ensure_future(told(doctor.devices_missing, gone(Device.MICROPHONE)))
        await server.unload(modules["Microphone"])
        await going
        await told(patient.stats, is_silent)
        assert doctor.notes[Device.MICROPHONE] is DeviceTrouble.GONE
        coming = asyncio.ensure_future(
            told(doctor.devices_missing, there(Device.MICROPHONE, "Other"))
        )
        await doctor.use_devices(settings.devices)
        await coming


@alone_with_pulse
async def test_a_speaker_taken_away_alone_is_told_and_no_other_plays_the_patient(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server would go on at what is left: a headset's talk would be heard in the room."""
    async with talk(tmp_path, monkeypatch) as (server, doctor, patient, modules):
        headset = asyncio.ensure_future(
            told(doctor.devices_missing, there(Device.SPEAKER, "Other"))
        )
        await doctor.use_devices(DeviceNames("none such", "Microphone", "Other"))
        await headset
        await told(patient.stats, is_silent)
        lost = DeviceNote(Device.SPEAKER, DeviceTrouble.GONE, "Other")
        going = asyncio.ensure_future(told(doctor.devices_missing, lambda note: note == lost))
        await server.unload(modules["Other speaker"])
        await going
        await told(patient.stats, is_silent)  # until it was seen, the server played on
        for _ in range(3):
            assert is_silent(await told(patient.stats))


@alone_with_pulse
async def test_what_is_plugged_in_and_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where Qt's own list does not see that one has gone."""
    async with pulse(tmp_path) as server:
        monkeypatch.setenv("PULSE_SERVER", address(tmp_path))
        await server.load(SPEAKER)
        microphone = await server.load(MICROPHONE)
        async with engines(1) as (engine,):
            assert (await engine.known_devices()).microphones == ("Microphone",)
            for act, left in (
                (server.unload(microphone), ()),
                (server.load(MICROPHONE), ("Microphone",)),
            ):
                hearing = asyncio.ensure_future(told(engine.devices_changed, having(left)))
                await act
                await hearing
            assert (await engine.known_devices()).microphones == ("Microphone",)


@alone_with_pulse
@pytest.mark.parametrize("rate", [16_000, 44_100, 96_000])
async def test_sound_devices_of_any_rate_keep_the_pitch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rate: int
) -> None:
    """Played by a speaker and heard by a microphone of that rate, there and back."""
    async with pulse(tmp_path) as server:
        monkeypatch.setenv("PULSE_SERVER", address(tmp_path))
        await server.load(SPEAKER.replace("rate=48000", f"rate={rate}"))
        await server.load(f"{MICROPHONE} rate={rate}")
        async with engines() as (one, other):
            doctor, patient = one.call(OURS), other.call(SYNTHETIC)
            await connect(doctor, patient)
            stats = await told(patient.stats, hears_the_tone)
            assert stats.audio_received.level_dbfs == pytest.approx(
                stats.audio_sent.level_dbfs, abs=1.5
            )
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
