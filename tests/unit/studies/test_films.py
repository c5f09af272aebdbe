"""Angiograms and fluoroscopies of more than 8 bits: frames with the times that the file gives."""

from dataclasses import replace

import pytest

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import grey_files, slices
from workstation.studies.errors import UnreadableFile
from workstation.studies.film import Film
from workstation.studies.imaging import FrameTimeSource
from workstation.studies.messages import PartSpan, StackOpened
from workstation.studies.opened import SliceSource
from workstation.studies.readers.opening import open_file
from workstation.studies.stack import StackInfo
from workstation.studies.stack_check import checked
from workstation.studies.warnings import StudyWarning


def info_of(data: bytes) -> StackInfo:
    found = open_file(memoryview(data))
    assert isinstance(found, SliceSource)
    return found.info


def film_of(**values: object) -> Film:
    film = info_of(make.written(grey_files.film(4, **values))).series[0].film
    assert film is not None
    return film


def test_a_frame_time_vector_is_followed() -> None:
    """PS3.3 C.7.6.5.1.2: each value is the time since the frame before."""
    found = film_of(FrameTimeVector=["0", "40", "40", "120"], FrameIncrementPointer=0x00181065)
    assert found.frame_times_ms == pytest.approx((0, 40, 80, 200, 200 + 200 / 3))
    assert found.time_source is FrameTimeSource.FRAME_TIME_VECTOR
    assert (found.frame_count, found.frame_at(100.0), found.frame_at(210.0)) == (4, 2, 3)


@pytest.mark.parametrize(
    ("keyword", "value", "step"),
    [
        ("FrameTime", "66.6", 66.6),
        ("CineRate", "25", 40.0),
        ("RecommendedDisplayFrameRate", "12", 1000 / 12),
    ],
)
def test_one_pace_for_all_frames(keyword: str, value: str, step: float) -> None:
    found = film_of(**{keyword: value})
    assert found.frame_times_ms == pytest.approx([n * step for n in range(5)])


def test_an_angiogram_without_times_says_that_its_pace_is_assumed() -> None:
    info = info_of(make.written(grey_files.film(4)))
    film = info.series[0].film
    assert film is not None
    assert film.time_source is FrameTimeSource.ASSUMED
    assert info.warnings == (StudyWarning.FRAME_TIMES_UNKNOWN,)


def test_times_that_do_not_fit_are_mended_and_that_is_said() -> None:
    values = {"FrameTimeVector": ["0", "40"], "FrameIncrementPointer": 0x00181065}
    info = info_of(make.written(grey_files.film(4, **values)))
    assert info.warnings == (StudyWarning.FRAME_TIMES_MENDED,)


def test_frames_at_places_in_the_patient_are_no_film() -> None:
    dataset = slices.enhanced([12.0, 6.0, 0.0])
    dataset.FrameTime = "40"
    assert info_of(make.written(dataset)).series[0].film is None


def test_a_single_frame_is_no_film() -> None:
    assert info_of(make.written(grey_files.film(1, FrameTime="40"))).series[0].film is None


def test_heart_rate_and_r_waves_of_an_angiogram() -> None:
    film = film_of(FrameTime="400", HeartRate=75, RWaveTimeVector=[100.0, 900.0])
    assert (film.heart_rate, film.r_waves_ms) == (75, (100.0, 900.0))


@pytest.mark.parametrize(
    "times",
    [
        (),
        (0.0,),
        (0.0, 1.0, 2.0, 3.0),
        (1.0, 2.0, 3.0, 4.0, 5.0),
        (0.0, 2.0, 1.0, 3.0, 4.0),
        (0.0, 1.0, 2.0, 3.0, float("nan")),
        (0.0, 1.0, 2.0, 3.0, float("inf")),
    ],
)
def test_times_that_no_reader_says_are_refused(times: tuple[float, ...]) -> None:
    """A hostile file may have taken the decoder over."""
    info = info_of(make.written(grey_files.film(4, FrameTime="40")))
    film = Film(times, FrameTimeSource.FRAME_TIME)
    wrong = replace(info, series=(replace(info.series[0], film=film),))
    with pytest.raises(UnreadableFile):
        checked(StackOpened(wrong, (None,) * 4), [PartSpan(0, 4096, 4096)])
