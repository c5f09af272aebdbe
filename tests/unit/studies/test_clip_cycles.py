"""Heart cycles of a clip: by recorded R waves, else by the heart rate, else none."""

import pytest
from pydicom.dataset import Dataset

from tests.shared_data import needs_shared_data, shared_file
from tests.ui.viewers.made_up import make_clip
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import read_clip
from workstation.studies.clip_cycles import Cycle, CycleSource, cycles, next_cycle
from workstation.studies.imaging import ClipInfo
from workstation.studies.readers.heart_beats import heart_rate, r_waves_ms


def _clip(frames: int = 50, step: float = 40.0, **changes: object) -> ClipInfo:
    return make_clip(tuple(step * place for place in range(frames + 1)), **changes)


def test_a_cycle_goes_from_the_frame_of_one_r_wave_to_the_one_before_the_next() -> None:
    info = _clip(r_waves_ms=(100.0, 900.0, 1720.0))
    waves = CycleSource.R_WAVES
    assert cycles(info) == (Cycle(2, 21, waves), Cycle(22, 42, waves))


def test_a_wave_on_a_frames_edge_begins_that_frame() -> None:
    info = _clip(r_waves_ms=(80.0, 880.0))
    assert cycles(info) == (Cycle(2, 21, CycleSource.R_WAVES),)


def test_unequal_frames_are_counted_by_their_own_times() -> None:
    info = make_clip((0, 100, 150, 400, 700, 720), r_waves_ms=(120.0, 710.0))
    assert cycles(info) == (Cycle(1, 3, CycleSource.R_WAVES),)


def test_waves_too_near_or_too_far_are_no_cycle() -> None:
    assert cycles(_clip(200, r_waves_ms=(0.0, 150.0, 4000.0))) == ()


def test_the_next_cycle_follows_and_goes_round() -> None:
    info = _clip(r_waves_ms=(100.0, 900.0, 1720.0))
    first, second = cycles(info)
    assert next_cycle(info, 30) == second
    assert next_cycle(info, 0) == first
    assert next_cycle(info, 49) == second
    assert next_cycle(info, 0, first) == second
    assert next_cycle(info, 0, second) == first


def test_without_waves_a_beat_by_the_heart_rate_from_the_present_frame() -> None:
    info = _clip(heart_rate=75.0)
    beat = next_cycle(info, 5)
    assert beat == Cycle(5, 24, CycleSource.HEART_RATE)
    assert next_cycle(info, 0, beat) == Cycle(25, 44, CycleSource.HEART_RATE)
    assert next_cycle(info, 45) == Cycle(0, 19, CycleSource.HEART_RATE)


def test_nothing_is_made_up() -> None:
    assert next_cycle(_clip(), 0) is None
    assert next_cycle(_clip(10, heart_rate=60.0), 0) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([120.0, 950.5], (120.0, 950.5)),
        ([-20.0, 120.0, 2600.0], (120.0,)),
        ([300.0, 120.0], ()),
        ([120.0, 120.0], ()),
        ([0.5] * 5000, ()),
        ([120.0, float("nan")], ()),
        (None, ()),
    ],
)
def test_recorded_waves_are_read_or_left_out(
    given: list[float] | None, expected: tuple[float, ...]
) -> None:
    dataset = Dataset()
    if given is not None:
        dataset.RWaveTimeVector = given
    assert r_waves_ms(dataset, 2000.0) == expected


@pytest.mark.parametrize(
    ("given", "expected"), [("57", 57.0), ("0", None), ("900", None), ("", None), (None, None)]
)
def test_a_heart_rate_that_cannot_be_is_none(given: str | None, expected: float | None) -> None:
    dataset = Dataset()
    if given is not None:
        dataset.HeartRate = given
    assert heart_rate(dataset) == expected


def test_a_generated_file_s_waves_are_milliseconds_from_its_first_frame() -> None:
    """20 frames of 40 ms; R at 120 and 520 ms: frames 3 to 12, and the next beat begins with 13.
    In seconds they would be less than a beat apart, and no cycle at all."""

    def with_waves(*waves: float) -> ClipInfo:
        def change(dataset: Dataset) -> None:
            dataset.RWaveTimeVector = list(waves)

        return read_clip(make.clip_file(20, change))

    info = with_waves(120.0, 520.0)
    assert info.r_waves_ms == (120.0, 520.0)
    assert cycles(info) == (Cycle(3, 12, CycleSource.R_WAVES),)
    assert cycles(with_waves(0.12, 0.52)) == ()
    assert with_waves(120.0, 920.0).r_waves_ms == (120.0,)


@needs_shared_data
def test_a_real_echo_has_a_cycle_by_its_heart_rate() -> None:
    """57 beats a minute are 1053 ms: 31.6 frames of 33.333 ms, so 31 whole steps and the last."""
    info = read_clip(shared_file("us/echo_cine_colour_toshiba_67f.dcm"))
    assert info.heart_rate == 57
    assert next_cycle(info, 0) == Cycle(0, 30, CycleSource.HEART_RATE)


@needs_shared_data
def test_a_heart_rate_of_0_that_a_device_sent_is_none() -> None:
    info = read_clip(shared_file("us/cine_jpeg_sonosite_30f.dcm"))
    assert info.heart_rate is None
    assert next_cycle(info, 0) is None
