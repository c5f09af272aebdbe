"""The axis of QRS in the frontal plane, from leads I and aVF, in two ways that must agree.

Goldberger's lead is weaker than Einthoven's: tan(axis) = 2 aVF / (sqrt(3) I), Novosel et al.,
"Corrected formula for the calculation of the electrical heart axis", Croat Med J 1999; 40: 77.
"""

from dataclasses import dataclass
from math import atan2, degrees, hypot, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.measure.ecg.isoelectric import isoelectric_level, recorded_whole

_LEAST_NET_MV: Final = 0.1
"""A smaller net deflection points nowhere: the axis is indeterminate."""
_APART_DEG: Final = 20.0


@dataclass(frozen=True, slots=True)
class QrsAxis:
    """Degrees in (-180, 180], 0 to the left, 90 to the feet; None: indeterminate or unknown."""

    by_amplitude: float | None
    """R plus the deepest of Q and S."""
    by_area: float | None
    """Net area under QRS."""

    @property
    def agree(self) -> bool:
        """Whether both are known and not over 20 degrees apart."""
        if self.by_amplitude is None or self.by_area is None:
            return False
        apart = abs(self.by_amplitude - self.by_area) % 360
        return min(apart, 360 - apart) <= _APART_DEG


UNKNOWN_AXIS: Final = QrsAxis(None, None)


def qrs_axis(
    one: EcgLead, avf: EcgLead, sampling_rate_hz: float, onset: int, offset: int
) -> QrsAxis:
    """From the samples [onset, offset] of leads I and aVF; unknown unless both are in mV.

    Both 1 mV: 49.1 degrees. I 1 mV, aVF 0: 0 degrees.
    """
    first = _deflection(one, sampling_rate_hz, onset, offset)
    foot = _deflection(avf, sampling_rate_hz, onset, offset)
    if first is None or foot is None:
        return UNKNOWN_AXIS
    duration = offset - onset + 1
    return QrsAxis(
        _axis(_net_amplitude(first), _net_amplitude(foot), _LEAST_NET_MV),
        _axis(float(np.sum(first)), float(np.sum(foot)), _LEAST_NET_MV * duration / 2),
    )


def _deflection(
    lead: EcgLead, rate: float, onset: int, offset: int
) -> npt.NDArray[np.float64] | None:
    zero = isoelectric_level(lead, rate, onset)
    calibrated = lead.unit is SampleUnit.MILLIVOLT
    if zero is None or not calibrated or not recorded_whole(lead, onset, offset + 1):
        return None
    return lead.samples[onset : offset + 1].astype(np.float64) - zero


def _net_amplitude(deflection: npt.NDArray[np.float64]) -> float:
    return max(float(deflection.max()), 0.0) + min(float(deflection.min()), 0.0)


def _axis(first: float, foot: float, least: float) -> float | None:
    foot *= 2 / sqrt(3)
    return None if hypot(first, foot) < least else degrees(atan2(foot, first))
