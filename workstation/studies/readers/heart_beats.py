"""R waves and heart rate of a clip, as the device recorded them."""

from itertools import pairwise
from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.readers.dicom_values import number, numbers

_MOST_WAVES: Final = 2000
_LEAST_RATE, _MOST_RATE = 20.0, 300.0


def r_waves_ms(dataset: Dataset, duration_ms: float) -> tuple[float, ...]:
    """R Wave Time Vector (0018,6060), taken as ms from the start of the first frame.

    Waves outside of the clip are left out; all of them where they do not ascend.

    Verified: FL, one or more values (several programs' copies of the data dictionary, PS3.6); two
    public programs that read such files take it as ms on the clip's own axis, the first frame at 0.
    Not verified: the wording of PS3.3 C.8.5.6, and whether a Frame Delay (0018,1066) counts.
    Seconds would be less than a beat apart, and no cycle (`clip_cycles`).
    """
    found = numbers(dataset, "RWaveTimeVector") or ()
    if len(found) > _MOST_WAVES or any(after <= before for before, after in pairwise(found)):
        return ()
    return tuple(one for one in found if 0 <= one <= duration_ms)


def heart_rate(dataset: Dataset) -> float | None:
    """Heart Rate (0018,1088), beats a minute; None where it is absent or cannot be (0 is sent)."""
    found = number(dataset, "HeartRate")
    return found if found is not None and _LEAST_RATE <= found <= _MOST_RATE else None
