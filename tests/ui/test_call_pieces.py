"""Small parts of the call screen that need no window: clock, names, links, a stranger's text."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backend_client.models.common import RequestId
from tests.ui.call_scene import BOTH_ON, make_clock, make_stats
from tests.ui.queue_scene import SCENE_NOW
from workstation.core.live_call import CallPhase, LiveCall
from workstation.ui.literal_text import harmless, one_line
from workstation.ui.screens.call.consultation_clock import Tone, clock_face
from workstation.ui.screens.call.link_quality import LinkWatch, Quality
from workstation.ui.screens.call.patient_name import short_name

SIZE = (640, 480)


@pytest.mark.parametrize(
    ("seconds", "passed", "left", "tone"),
    [
        (-5, "00:00", "", Tone.QUIET),
        (1499, "24:59", "", Tone.QUIET),
        (1512, "25:12", "4:48", Tone.SOON),
        (1740, "29:00", "1:00", Tone.LAST),
        (1872, "31:12", "1:12", Tone.LAST),
        (4000, "66:40", "36:40", Tone.LAST),
    ],
)
def test_the_half_hour_grows_loud_towards_its_end(
    seconds: int, passed: str, left: str, tone: Tone
) -> None:
    """DRC-8: amber from 25:00, red from 29:00 of 30:00, counted from the answer."""
    face = clock_face(make_clock(SCENE_NOW), SCENE_NOW + timedelta(seconds=seconds))
    assert (face.passed, face.left, face.tone) == (passed, left, tone)
    assert face.is_beyond is (seconds > 1800)
    assert face.whole == "30:00"


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Верещагин Павел Никитич", "Верещагин П. Н."),
        ("Ли Анна", "Ли А."),
        ("Сукарно", "Сукарно"),
        ("Али оглы Мамед Гасан", "Али о. М."),
        ("", ""),
    ],
)
def test_a_name_fits_on_a_label(full: str, short: str) -> None:
    assert short_name(full).replace("\u00a0", " ") == short


def test_a_strangers_text_cannot_reorder_or_hide_anything() -> None:
    evil = "счёт \u202e0001\u2066 \x1b[31m\x00 a\u200fb"
    shown = harmless(evil)
    assert not any(mark in shown for mark in "\u202e\u2066\x1b\x00\u200f")
    assert "счёт" in shown
    assert harmless("a" + "\u0301" * 50) == "a" + "\u0301" * 4
    assert harmless("раз\r\nдва\u2028три\tчетыре") == "раз\nдва\nтри\tчетыре"
    assert one_line("Иван\nИванов\u202e") == "Иван Иванов\ufffd"
    assert harmless("семья 👨\u200d👩\u200d👧") == "семья 👨\u200d👩\u200d👧"


def on_air(**changes: object) -> LiveCall:
    live = LiveCall(
        RequestId("request-1"), CallPhase.TALKING, remote_media=BOTH_ON, is_receiving=True
    )
    return replace(live, **changes)  # type: ignore[arg-type]  # a test's own mistake shows


def test_a_link_is_weak_after_three_bad_seconds_and_good_after_three_good_ones() -> None:
    watch = LinkWatch()
    for second in range(1, 4):
        watch.feed(on_air(stats=make_stats(second)), SIZE)
    assert (watch.patient.quality, watch.patient.fps) == (Quality.GOOD, 30)
    assert (watch.own.quality, watch.own.width, watch.own.fps) == (Quality.GOOD, 640, 30)
    for second in range(4, 6):
        watch.feed(on_air(stats=make_stats(second, fps_received=6.0)), SIZE)
    said = [watch.patient.quality]
    watch.feed(on_air(stats=make_stats(6, fps_received=6.0)), SIZE)
    said.append(watch.patient.quality)
    for second in range(7, 10):
        watch.feed(on_air(stats=make_stats(second)), SIZE)
    said.append(watch.patient.quality)
    assert said == [Quality.GOOD, Quality.WEAK, Quality.GOOD]


def test_lost_packets_are_the_patients_and_a_slow_way_is_ours() -> None:
    watch = LinkWatch()
    for second in range(1, 6):
        bad = make_stats(second, packets_lost=second * 20, round_trip_ms=900.0)
        watch.feed(on_air(stats=bad), SIZE)
    assert watch.patient.quality is Quality.WEAK
    assert watch.own.quality is Quality.WEAK


def test_a_new_connection_is_measured_from_its_own_start() -> None:
    """After a restart the counts begin at nothing: no figure may come of the difference."""
    watch = LinkWatch()
    for second in range(1, 4):
        watch.feed(on_air(stats=make_stats(second + 100)), SIZE)
    watch.feed(on_air(phase=CallPhase.RECOVERING, stats=make_stats(104)), SIZE)
    watch.feed(on_air(recoveries=1, stats=make_stats(1)), SIZE)
    assert watch.patient.quality is Quality.UNKNOWN
    watch.feed(on_air(recoveries=1, stats=make_stats(2)), SIZE)
    assert watch.own.fps == 30
    watch.feed(None, SIZE)
    assert watch.patient.quality is Quality.UNKNOWN


def test_a_camera_that_is_off_is_no_weak_link() -> None:
    watch = LinkWatch()
    for second in range(1, 6):
        stats = make_stats(second, frames_sent=0)
        watch.feed(on_air(stats=stats, camera_on=False), SIZE)
    assert watch.own.quality is Quality.GOOD
    assert not watch.own.has_picture
