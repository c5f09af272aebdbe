"""Volumes of organs of a case, by three axes each."""

from PySide6.QtCore import QObject

from backend_client.models.evidence import Origin
from workstation.studies.measure.computed import Lack
from workstation.studies.measure.organs import AXES_OF, OrganRow, OrganSide, organ_rows
from workstation.studies.measure.reading import ScaleSource
from workstation.ui.viewers.figures.case_values import Anchor, CaseValues
from workstation.ui.viewers.figures.computed_line import FIRST_LINE, ComputedLine
from workstation.ui.viewers.figures.computed_words import ComputedWords

_ORGANS = FIRST_LINE + 5000


class OrganLines(QObject):
    """Lines of organs of which at least one axis is measured."""

    def __init__(self, words: ComputedWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def of(self, values: CaseValues) -> list[ComputedLine]:
        """The one organ first, then right and left."""
        found = []
        for number, row in enumerate(organ_rows(values.organs)):
            anchor = values.anchor(AXES_OF[row.side])
            if anchor is not None:
                found.append(self._line(_ORGANS + number, row, anchor))
        return found

    def _line(self, number: int, row: OrganRow, anchor: Anchor) -> ComputedLine:
        words, volume, label = self._words, row.volume, self._label(row.side)
        value = ""
        if volume.value is not None:
            value = words.readings.number(volume.value, volume.unit)
        lack = words.lack(volume.lack or Lack.IMPOSSIBLE)
        missing = words.missing(row.missing) if row.missing else lack
        by_hand = row.source is ScaleSource.BY_HAND
        told = [self.tr("ellipsoid of three axes"), *([words.readings.hand()] if by_hand else [])]
        sentence = f"{label} {value} ({', '.join(told)})"
        return ComputedLine(
            number=number,
            label=label,
            value=value,
            missing="" if value else missing,
            where=sentence if value else f"{label}: {missing}",
            warning=words.by_hand() if by_hand else "",
            text=sentence if value else "",
            document_id=anchor.document_id,
            place=anchor.figure.place,
            origin=Origin.HAND_CALIBRATED if by_hand else Origin.BY_HAND,
        )

    def _label(self, side: OrganSide) -> str:
        return {
            OrganSide.ONE: self.tr("Volume of the organ"),
            OrganSide.RIGHT: self.tr("Volume, right"),
            OrganSide.LEFT: self.tr("Volume, left"),
        }[side]
