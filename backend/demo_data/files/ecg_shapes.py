"""Heartbeats as dipoles: each wave is a bump of the heart's vector in space.

Axes are Frank's: x to the patient's left, y to the feet, z to the back. Amplitudes in mV, times in
ms from the onset of QRS. Every wave begins and ends exactly where it says, so what a caliper finds
on the trace is what the made-up device reports.
"""

from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Wave:
    """One bump of the heart's vector: rises from `start`, is highest at `peak`, ends at `stop`."""

    start: float
    stop: float
    vector: tuple[float, float, float]
    peak: float = 0.5
    """Where between start (0) and stop (1)."""


@dataclass(frozen=True, slots=True)
class Beat:
    """All waves from the atria (before 0) to the end of T."""

    waves: tuple[Wave, ...]
    pr: int | None
    qrs: int
    qt: int


class Rhythm(Enum):
    """What sets the pace."""

    SINUS = "sinus"
    FIBRILLATION = "fibrillation"
    DISSOCIATED = "dissociated"
    """The atria beat on their own, faster than the ventricles."""


@dataclass(frozen=True, slots=True)
class EcgShape:
    """A twelve-lead ECG to be made: the beat, its pace and what the device says of it."""

    beat: Beat
    rr: int
    """Mean interval, ms."""
    statements: tuple[str, ...]
    rhythm: Rhythm = Rhythm.SINUS
    spread: float = 0.02
    """Standard deviation of RR as a part of RR."""
    extra: Beat | None = None
    """A premature beat."""
    extra_every: int = 0
    """Which beat of how many is premature; 0: none."""
    atrial_rr: int = 720
    """Interval of the dissociated atria, ms."""
    atrial_wave: Wave = field(default=Wave(-110, 0, (0.06, 0.13, 0.02)))
    noise_uv: float = 6.0


def p_wave(pr: int, width: int = 104, size: float = 1.0) -> Wave:
    """A normal P wave that begins `pr` before QRS."""
    return Wave(-pr, width - pr, (0.06 * size, 0.13 * size, -0.01 * size))


def beat(pr: int, qrs: int, qt: int, *waves: Wave, p: Wave | None = None) -> Beat:
    """A beat with its P wave: the normal one where none is given."""
    return Beat((p or p_wave(pr), *waves), pr, qrs, qt)


NORMAL = beat(
    158,
    88,
    388,
    Wave(0, 36, (-0.16, -0.02, -0.30)),
    Wave(14, 66, (1.12, 0.82, 0.16)),
    Wave(44, 88, (-0.02, -0.16, 0.56), 0.45),
    Wave(170, 388, (0.34, 0.26, -0.17), 0.6),
)
HYPERTROPHIED = beat(
    172,
    98,
    396,
    Wave(0, 34, (-0.10, 0.0, -0.24)),
    Wave(14, 76, (1.86, 0.46, 0.40)),
    Wave(44, 98, (0.10, -0.12, 1.10), 0.42),
    Wave(86, 300, (-0.17, -0.03, 0.06), 0.5),
    Wave(190, 396, (-0.28, -0.02, -0.30), 0.66),
    p=p_wave(172, 116, 1.1),
)
"""Left ventricle: high voltage, ST down and T inverted over it."""
OBSTRUCTIVE = beat(
    164,
    104,
    432,
    Wave(0, 40, (-0.42, -0.30, -0.50)),
    Wave(16, 78, (1.66, 0.74, 0.34)),
    Wave(52, 104, (0.0, -0.10, 0.76), 0.45),
    Wave(150, 432, (-0.62, -0.16, 0.46), 0.62),
    p=p_wave(164, 112, 1.1),
)
"""Septum: deep narrow Q at the side, giant inverted T."""
SCARRED = beat(
    176,
    102,
    404,
    Wave(0, 74, (0.04, 0.05, 0.66), 0.6),
    Wave(16, 70, (0.74, 0.46, 0.16)),
    Wave(40, 102, (0.06, -0.18, 0.62), 0.35),
    Wave(92, 300, (0.04, -0.01, -0.10)),
    Wave(190, 404, (-0.14, 0.10, 0.16), 0.62),
)
"""Old anterior infarction: QS in the right chest leads."""
LEFT_BUNDLE = beat(
    196,
    164,
    458,
    Wave(0, 104, (0.86, 0.26, 0.72), 0.55),
    Wave(56, 164, (1.10, 0.10, 1.10), 0.42),
    Wave(150, 330, (-0.16, -0.05, -0.24)),
    Wave(230, 458, (-0.46, -0.10, -0.62), 0.6),
    p=p_wave(196, 120, 1.1),
)
RIGHT_BUNDLE = beat(
    168,
    112,
    396,
    Wave(0, 34, (-0.12, 0.0, -0.28)),
    Wave(12, 62, (0.74, 0.86, 0.28)),
    Wave(50, 112, (-0.52, 0.10, -0.52), 0.45),
    Wave(176, 396, (0.26, 0.24, 0.12), 0.6),
)
"""Incomplete block of the right bundle: rSR' in V1, S at the side."""
PRE_EXCITED = beat(
    96,
    134,
    402,
    Wave(0, 84, (0.36, 0.12, -0.36), 0.62),
    Wave(36, 102, (1.12, 0.40, -0.24)),
    Wave(78, 134, (0.02, -0.10, 0.36), 0.45),
    Wave(184, 402, (-0.10, 0.14, 0.20), 0.6),
    p=p_wave(96, 92),
)
"""Delta wave after a short PQ."""
MITRAL_ATRIUM = beat(
    182,
    92,
    392,
    *NORMAL.waves[1:3],
    Wave(44, 92, (-0.34, 0.12, 0.16), 0.45),
    Wave(172, 392, (0.28, 0.26, -0.10), 0.6),
    Wave(-118, -50, (0.10, 0.06, 0.14)),
    p=Wave(-182, -102, (0.04, 0.16, -0.06)),
)
"""Broad double P of a large left atrium."""
INFANT_RIGHT = beat(
    106,
    68,
    264,
    Wave(0, 30, (0.16, 0.12, -0.30)),
    Wave(10, 50, (-0.42, 0.72, -0.94)),
    Wave(34, 68, (-0.62, 0.16, 0.14), 0.45),
    Wave(118, 264, (0.10, 0.22, -0.34), 0.58),
    p=p_wave(106, 66, 1.3),
)
"""Right ventricle of an infant: tall R in V1, axis to the right."""
INFANT = beat(
    108,
    64,
    268,
    Wave(0, 28, (-0.16, -0.04, -0.34)),
    Wave(10, 48, (0.74, 0.80, -0.30)),
    Wave(32, 64, (-0.16, 0.04, 0.42), 0.45),
    Wave(120, 268, (0.22, 0.22, 0.12), 0.58),
    p=p_wave(108, 66),
)
CHILD_LOADED = beat(
    140,
    82,
    338,
    Wave(0, 34, (-0.30, -0.08, -0.44)),
    Wave(12, 62, (1.86, 1.30, 0.16)),
    Wave(42, 82, (-0.20, 0.0, 0.92), 0.45),
    Wave(150, 338, (0.42, 0.32, -0.06), 0.58),
    p=p_wave(140, 86, 1.1),
)
"""Left ventricle of a child with a large shunt."""
FIBRILLATING = Beat((*NORMAL.waves[1:3], *NORMAL.waves[3:]), None, 88, 372)
ESCAPE = Beat(
    (
        Wave(0, 84, (0.60, -0.30, 0.66), 0.5),
        Wave(44, 138, (0.66, -0.52, 0.92), 0.42),
        Wave(130, 300, (-0.08, 0.04, -0.14)),
        Wave(250, 500, (-0.34, 0.26, -0.52), 0.6),
    ),
    None,
    138,
    500,
)
"""From the ventricles below a complete block."""
VENTRICULAR = Beat(
    (
        Wave(0, 96, (-0.60, 0.86, -0.86), 0.55),
        Wave(50, 168, (-0.94, 0.62, -0.40), 0.42),
        Wave(136, 330, (0.74, -0.72, 0.66), 0.55),
    ),
    None,
    168,
    330,
)
PREMATURE = Beat(
    (
        Wave(0, 92, (0.36, 0.94, 0.80), 0.55),
        Wave(50, 152, (0.52, 1.12, 0.86), 0.42),
        Wave(180, 424, (-0.42, -0.62, -0.66), 0.58),
    ),
    None,
    152,
    424,
)
"""From the outflow of the right ventricle: like a left bundle block with the axis down."""

SHAPES: dict[str, EcgShape] = {
    "normal": EcgShape(NORMAL, 860, ("Синусовый ритм", "Вариант нормы")),
    "left_ventricle": EcgShape(
        HYPERTROPHIED,
        882,
        ("Синусовый ритм", "Гипертрофия левого желудочка, изменения реполяризации"),
    ),
    "obstructive": EcgShape(
        OBSTRUCTIVE,
        910,
        ("Синусовый ритм", "Гипертрофия левого желудочка", "Глубокие отрицательные зубцы T"),
    ),
    "scar": EcgShape(
        SCARRED, 830, ("Синусовый ритм", "Рубцовые изменения переднеперегородочной области")
    ),
    "left_bundle": EcgShape(
        LEFT_BUNDLE, 790, ("Синусовый ритм", "Полная блокада левой ножки пучка Гиса")
    ),
    "right_bundle": EcgShape(
        RIGHT_BUNDLE, 820, ("Синусовый ритм", "Неполная блокада правой ножки пучка Гиса")
    ),
    "pre_excited": EcgShape(
        PRE_EXCITED, 770, ("Синусовый ритм", "Синдром WPW: дельта-волна, короткий PQ"), spread=0.05
    ),
    "mitral_atrium": EcgShape(
        MITRAL_ATRIUM, 800, ("Синусовый ритм", "Увеличение левого предсердия")
    ),
    "fibrillation": EcgShape(
        FIBRILLATING,
        690,
        ("Фибрилляция предсердий", "Тахисистолический вариант"),
        Rhythm.FIBRILLATION,
        0.19,
    ),
    "fibrillation_slow": EcgShape(
        FIBRILLATING,
        860,
        ("Фибрилляция предсердий", "Нормосистолический вариант"),
        Rhythm.FIBRILLATION,
        0.17,
    ),
    "complete_block": EcgShape(
        ESCAPE,
        1580,
        ("Полная атриовентрикулярная блокада", "Замещающий идиовентрикулярный ритм"),
        Rhythm.DISSOCIATED,
        0.01,
    ),
    "ventricular_tachycardia": EcgShape(
        VENTRICULAR,
        352,
        ("Тахикардия с широкими комплексами QRS", "Вероятна желудочковая тахикардия"),
        Rhythm.DISSOCIATED,
        0.008,
        atrial_rr=690,
        noise_uv=9.0,
    ),
    "premature": EcgShape(
        NORMAL,
        840,
        ("Синусовый ритм", "Частая желудочковая экстрасистолия"),
        extra=PREMATURE,
        extra_every=4,
    ),
    "infant_right": EcgShape(
        INFANT_RIGHT,
        432,
        ("Синусовый ритм", "Гипертрофия правого желудочка"),
        spread=0.03,
        noise_uv=10.0,
    ),
    "infant": EcgShape(
        INFANT, 456, ("Синусовый ритм", "Возрастная норма"), spread=0.03, noise_uv=10.0
    ),
    "child_loaded": EcgShape(
        CHILD_LOADED, 560, ("Синусовый ритм", "Перегрузка левого желудочка"), spread=0.04
    ),
}
