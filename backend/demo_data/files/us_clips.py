"""The clips by name: their frames as JPEG, made once, and the times between them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from backend.demo_data.files.us_echo import (
    ADULT,
    CHILD,
    INFANT,
    LeftVentricle,
    four_chambers,
    long_axis,
    short_axis,
)
from backend.demo_data.files.us_fetal import (
    ABDOMINAL,
    CLOSE,
    FetalChest,
    FetalHead,
    fetal_head,
    fetal_heart,
)
from backend.demo_data.files.us_motion import Scene
from backend.demo_data.files.us_pelvis import VAGINAL, ovarian_cyst, two_horns
from backend.demo_data.files.us_probe import Probe
from backend.demo_data.files.us_screen import compose, jpeg


@dataclass(frozen=True, slots=True)
class Clip:
    """A moving picture that repeats every `period` frames."""

    probe: Probe
    scene: Callable[[], Scene]
    frames: int
    period: int
    times: tuple[float, ...]
    """ms from each frame to the next, repeated over the clip; one value: evenly spaced."""
    settings: tuple[str, ...]
    heart_rate: int | None = None
    """Beats a minute; with an ECG under the picture."""


EVEN = (33.0,)
UNEVEN = (31.0, 34.0, 31.0, 38.0, 31.0, 33.0, 35.0)
FETAL_HEART = (22.0, 23.0, 22.0, 25.0, 22.0, 30.0)
ADULT_HEART = ("S5-1", "30 к/с", "2D", "Ус 58", "Гл 16 см", "ТИС 1,1")
CHILD_HEART = ("S8-3", "48 к/с", "2D", "Ус 54", "Гл 9 см", "ТИС 0,8")
INFANT_HEART = ("S12-4", "48 к/с", "2D", "Ус 50", "Гл 6,5 см", "ТИС 0,6")
OBSTETRIC = ("C5-1", "28 к/с", "2D", "Ус 60", "Гл 13,5 см", "ТИК 0,3")
CARDIAC_FETUS = ("C9-4", "43 к/с", "2D", "Ус 62", "Гл 9 см", "ТИК 0,4")
PELVIC = ("C10-3v", "24 к/с", "2D", "Ус 51", "Гл 7,2 см", "ТИМ 0,2")

CLIPS: dict[str, Clip] = {
    "long_axis": Clip(ADULT, lambda: long_axis(LeftVentricle()), 60, 26, EVEN, ADULT_HEART),
    "aortic_stenosis": Clip(
        ADULT,
        lambda: long_axis(LeftVentricle(1.4, 4.6, 1.3, 0.55, calcified=True)),
        87,
        27,
        EVEN,
        ADULT_HEART,
        67,
    ),
    "dilated": Clip(
        ADULT,
        lambda: long_axis(LeftVentricle(0.85, 6.8, 0.85, 0.2)),
        48,
        24,
        EVEN,
        ADULT_HEART,
        76,
    ),
    "thick_septum": Clip(
        ADULT,
        lambda: long_axis(LeftVentricle(2.1, 4.2, 1.2, 0.7)),
        54,
        27,
        UNEVEN,
        ADULT_HEART,
        66,
    ),
    "four_chambers": Clip(ADULT, four_chambers, 62, 27, EVEN, ADULT_HEART, 67),
    "short_axis": Clip(CHILD, lambda: short_axis(CHILD), 56, 27, (20.8,), CHILD_HEART, 107),
    "short_axis_infant": Clip(
        INFANT, lambda: short_axis(INFANT), 46, 22, (20.8,), INFANT_HEART, 131
    ),
    "fetal_head": Clip(
        ABDOMINAL, lambda: fetal_head(FetalHead(2.65, 2.05, 0.6)), 56, 28, (35.7,), OBSTETRIC
    ),
    "fetal_ventricles": Clip(
        ABDOMINAL, lambda: fetal_head(FetalHead(3.95, 3.05, 1.6)), 56, 28, (35.7,), OBSTETRIC
    ),
    "fetal_tachycardia": Clip(
        CLOSE, lambda: fetal_heart(FetalChest()), 66, 11, FETAL_HEART, CARDIAC_FETUS
    ),
    "fetal_hernia": Clip(
        CLOSE,
        lambda: fetal_heart(FetalChest(0.85, stomach=True)),
        54,
        18,
        FETAL_HEART,
        CARDIAC_FETUS,
    ),
    "two_horns": Clip(VAGINAL, two_horns, 48, 24, (41.6,), PELVIC),
    "ovarian_cyst": Clip(VAGINAL, ovarian_cyst, 40, 20, (41.6,), PELVIC),
}


@cache
def frames(name: str) -> tuple[bytes, ...]:
    """JPEG of each different frame of one period."""
    clip = CLIPS[name]
    scene = clip.scene()
    return tuple(_frame(clip, scene, number / clip.period) for number in range(clip.period))


def _frame(clip: Clip, scene: Scene, phase: float) -> bytes:
    shown = phase if clip.heart_rate else None
    return jpeg(compose(clip.probe, scene.frame(phase), clip.settings, shown))


def intervals(name: str) -> list[float]:
    """ms before each frame, 0 before the first: a frame time vector."""
    clip = CLIPS[name]
    return [0.0] + [clip.times[number % len(clip.times)] for number in range(clip.frames - 1)]
