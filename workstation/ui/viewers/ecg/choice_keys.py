"""The keys that change how an ECG is shown: each takes the next of its values."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.choices import EcgChoices
from workstation.ui.viewers.ecg.layout import GAINS_MM_MV, SPEEDS_MM_S

ZOOMS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)

Value = TypeVar("Value")
Change = Callable[[EcgChoices], EcgChoices]


def with_next_speed(choices: EcgChoices) -> EcgChoices:
    """12.5, 25, 50 mm/s and round again."""
    return replace(choices, speed=following(SPEEDS_MM_S, choices.speed))


def with_next_gain(choices: EcgChoices) -> EcgChoices:
    """2.5, 5, 10, 20 mm/mV and round again."""
    return replace(choices, gain=following(GAINS_MM_MV, choices.gain))


def with_other_columns(choices: EcgChoices) -> EcgChoices:
    """Columns that follow one another, or that show the same seconds."""
    return replace(choices, simultaneous=not choices.simultaneous)


def with_next_band(choices: EcgChoices) -> EcgChoices:
    """As recorded, 0.05 to 150 Hz, 0.05 to 40 Hz, and round again."""
    band = following(tuple(Band), choices.filter.band)
    return with_filter(choices, replace(choices.filter, band=band))


def with_next_mains(choices: EcgChoices) -> EcgChoices:
    """The hum kept, 50 Hz out, 60 Hz out, and round again."""
    mains = following(tuple(Mains), choices.filter.mains)
    return with_filter(choices, replace(choices.filter, mains=mains))


def with_other_baseline(choices: EcgChoices) -> EcgChoices:
    """The drift of the baseline taken out, or kept."""
    out = not choices.filter.baseline
    return with_filter(choices, replace(choices.filter, baseline=out))


def with_filter(choices: EcgChoices, chosen: TraceFilter) -> EcgChoices:
    """Through that filter."""
    return replace(choices, filter=chosen)


def with_layout(choices: EcgChoices, layout: EcgLayout) -> EcgChoices:
    """Leads arranged so."""
    return replace(choices, layout=layout)


def stepped_zoom(present: float, steps: int) -> float:
    """The next larger or smaller zoom of the list."""
    if steps > 0:
        return min((z for z in ZOOMS if z > present + 0.01), default=ZOOMS[-1])
    return max((z for z in ZOOMS if z < present - 0.01), default=ZOOMS[0])


CHANGES: dict[str, Change] = {
    "ecg.columns": with_other_columns,
    "ecg.speed": with_next_speed,
    "ecg.gain": with_next_gain,
    "ecg.band": with_next_band,
    "ecg.mains": with_next_mains,
    "ecg.baseline": with_other_baseline,
    "ecg.true_size": lambda choices: replace(choices, zoom=1.0),
    "view.fit": lambda choices: replace(choices, zoom=None),
}
"""By the names of the table of shortcuts."""


def following(values: tuple[Value, ...], present: Value | None) -> Value:
    """The next value, round and round; the first for none, and for one that is not in the list."""
    place = values.index(present) if present in values else -1
    return values[(place + 1) % len(values)]
