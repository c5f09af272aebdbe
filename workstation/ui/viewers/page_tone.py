"""Contrast, brightness and negative of a page: a table of 256 shades, worked out in a thread."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

_CONTRASTS: Final = (1.0, 1.5, 2.5, 4.0)
_BRIGHTER: Final = 16
_FURTHEST: Final = 112
_BAND: Final = 128
"""Rows at a time, so that the window gets its turns in between."""


@dataclass(frozen=True, slots=True)
class Tone:
    """How shades are changed; the default changes nothing."""

    contrast: float = 1.0
    """Steepness about the middle grey."""
    brightness: int = 0
    """Shades of 256."""
    is_inverted: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the page stays as it is."""
        return self == Tone()

    def with_more_contrast(self) -> "Tone":
        """The next contrast; after the strongest none."""
        steeper = (one for one in _CONTRASTS if one > self.contrast)
        return replace(self, contrast=next(steeper, _CONTRASTS[0]))

    def lighter(self, steps: int) -> "Tone":
        """So many steps lighter, or darker (negative)."""
        wanted = self.brightness + steps * _BRIGHTER
        return replace(self, brightness=max(-_FURTHEST, min(_FURTHEST, wanted)))

    def inverted(self) -> "Tone":
        """Black for white and back."""
        return replace(self, is_inverted=not self.is_inverted)

    def table(self) -> npt.NDArray[np.uint8]:
        """What becomes of each of the 256 shades."""
        shades = np.arange(256, dtype=np.float64)
        changed = (shades - 127.5) * self.contrast + 127.5 + self.brightness
        changed = 255 - changed if self.is_inverted else changed
        return np.clip(np.rint(changed), 0, 255).astype(np.uint8)

    def applied(self, page: QImage) -> QImage:
        """The page with its shades changed; takes tens of milliseconds, so call it in a thread."""
        if self.is_plain or page.isNull():
            return page
        changed = page.convertToFormat(QImage.Format.Format_RGB32).copy()
        table, height = self.table(), changed.height()
        pixels = np.frombuffer(changed.bits(), np.uint8).reshape(height, changed.bytesPerLine())
        for top in range(0, height, _BAND):
            pixels[top : top + _BAND] = table[pixels[top : top + _BAND]]
            pixels[top : top + _BAND, 3::4] = 255
        return changed
