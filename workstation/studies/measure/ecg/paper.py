"""Paper on a screen: millimetres a second and a millivolt, pixels of a calibrated screen."""

from dataclasses import dataclass
from math import isfinite
from typing import Final

CARD_MM: Final = (85.60, 53.98)
"""Width and height of a bank card: ISO/IEC 7810, format ID-1."""
_CARD_ASPECT_SHARE: Final = 0.03
_PLAUSIBLE_PX_PER_MM: Final = (1.5, 30.0)


@dataclass(frozen=True, slots=True)
class PaperScale:
    """All above 0."""

    speed_mm_s: float
    gain_mm_mv: float
    px_per_mm: float

    @property
    def px_per_s(self) -> float:
        """Pixels to the right for a second."""
        return self.speed_mm_s * self.px_per_mm

    @property
    def px_per_mv(self) -> float:
        """Pixels upwards for a millivolt."""
        return self.gain_mm_mv * self.px_per_mm

    def seconds(self, pixels: float) -> float:
        """Time of a distance along the paper."""
        return pixels / self.px_per_s

    def millivolts(self, pixels: float) -> float:
        """Amplitude of a distance upwards."""
        return pixels / self.px_per_mv


def px_per_mm_of_card(width_px: float, height_px: float) -> float | None:
    """Pixels a millimetre from the outline of a bank card that was laid on the screen.

    None where the outline has not the shape of a card (3 %), or no screen is like that.
    """
    if not (isfinite(width_px) and isfinite(height_px) and width_px > 0 and height_px > 0):
        return None
    across, down = width_px / CARD_MM[0], height_px / CARD_MM[1]
    if abs(across / down - 1) > _CARD_ASPECT_SHARE:
        return None
    found = (across + down) / 2
    low, high = _PLAUSIBLE_PX_PER_MM
    return found if low <= found <= high else None
