"""Which layout and zoom a record gets where the doctor has chosen none."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QSizeF

from workstation.studies.ecg import EcgRecord
from workstation.ui.viewers.ecg.arrangement import EcgLayout, is_twelve_lead
from workstation.ui.viewers.ecg.layout import LeadPlacement, needed_size

_FROM, _TO = 0.55, 2.0
_NEARLY = 0.97


@dataclass(frozen=True, slots=True)
class Fitting:
    """A record and the room for it, in logical pixels of a screen."""

    record: EcgRecord
    placements: Mapping[str, LeadPlacement]
    room: QSizeF
    px_per_mm: float
    """Of the screen at 100 %."""
    simultaneous: bool = False
    _zooms: dict[EcgLayout, float] = field(default_factory=dict, init=False, compare=False)
    """Found already: which layout suits is asked of the same pages."""

    def layout(self, *, wide: bool) -> EcgLayout:
        """3x4 on a wide screen, 6x2 on a small one, unless the other one is larger there."""
        if not is_twelve_lead(self.record):
            return EcgLayout.TWELVE_BY_ONE
        three, six = EcgLayout.THREE_BY_FOUR, EcgLayout.SIX_BY_TWO
        share = self.zoom(six) / self.zoom(three)
        if wide:
            return three if share * _NEARLY <= 1 else six
        return six if share >= _NEARLY else three

    def zoom(self, layout: EcgLayout) -> float:
        """At which a page of the usual speed and gain fits, in steps of whole pixels."""
        if layout not in self._zooms:
            self._zooms[layout] = self._zoom(layout)
        return self._zooms[layout]

    def _zoom(self, layout: EcgLayout) -> float:
        width_mm, height_mm = needed_size(
            self.record,
            self.placements,
            layout,
            speed=25.0,
            gain=10.0,
            simultaneous=self.simultaneous,
        )
        wide, high = self.room.width() / width_mm, self.room.height() / height_mm
        px = self.px_per_mm
        low = px * _FROM
        fitting = max(low, min(wide, high, px * _TO))
        if abs(fitting - px) < 0.03 * px:
            return 1.0
        # 5 mm are a whole number of pixels: the thick lines are sharp.
        return max(low, int(fitting * 5) / 5) / px
