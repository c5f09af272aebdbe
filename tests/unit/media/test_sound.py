"""Sound is measured rightly, and every device's sound becomes the calls'."""

import numpy as np
import pytest

from workstation.media.hearing import SoundMeter
from workstation.media.sound_format import (
    CALL_IN,
    CALL_OUT,
    SoundConverter,
    SoundFormat,
    samples_of,
)
from workstation.media.sources import RATE, Samples, SyntheticSource


def tone(
    hertz: float, rate: int, seconds: float = 1.0
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """A sine of half the full scale."""
    return np.sin(np.arange(int(rate * seconds)) * 2 * np.pi * hertz / rate) * 0.5


def test_level_and_pitch_of_a_tone() -> None:
    meter = SoundMeter()
    samples = (tone(1000, RATE) * 32767).astype(np.int16)
    for start in range(0, RATE, 960):
        meter.hear(samples[start : start + 960], channels=1)
    heard = meter.take()
    assert heard.chunks == 50
    assert heard.level_dbfs == pytest.approx(-9.03, abs=0.1)
    assert heard.pitch_hz == pytest.approx(1000, abs=2)
    assert meter.take().level_dbfs == -100


def test_the_synthetic_tone_has_no_seams() -> None:
    source = SyntheticSource(640, 480, 30)
    meter = SoundMeter()
    for _ in range(50):
        samples = source.take(960)
        assert samples is not None
        meter.hear(samples, channels=1)
    assert meter.take().pitch_hz == pytest.approx(440, abs=1)


@pytest.mark.parametrize("rate", [16_000, 44_100, 96_000])
@pytest.mark.parametrize(
    ("kind", "dtype", "scale"), [("s16", np.int16, 32767), ("flt", np.float32, 1)]
)
@pytest.mark.parametrize("channels", [1, 2])
def test_any_microphone_becomes_mono_of_48_khz(
    rate: int, kind: str, dtype: type[np.int16] | type[np.float32], scale: int, channels: int
) -> None:
    """In whatever pieces the bytes come."""
    values = np.repeat((tone(500, rate) * scale).astype(dtype), channels).tobytes()
    converter = SoundConverter(SoundFormat(kind, channels, rate), CALL_IN)
    pieces = [converter.convert(values[at : at + 1001]) for at in range(0, len(values), 1001)]
    heard: Samples = samples_of(b"".join(pieces))
    assert heard.size == pytest.approx(RATE, rel=0.02)
    meter = SoundMeter()
    meter.hear(heard, channels=1)
    measured = meter.take()
    assert measured.pitch_hz == pytest.approx(500, rel=0.02)
    assert measured.level_dbfs == pytest.approx(-9, abs=1)


def test_equal_formats_go_through_untouched() -> None:
    assert SoundConverter(CALL_OUT, CALL_OUT).convert(b"\1\2\3") == b"\1\2\3"
