"""The diastole of a case, graded: lines beside the other values of the echo."""

from PySide6.QtCore import QObject

from backend_client.models.evidence import Origin
from workstation.studies.measure.echo.desk import Person
from workstation.studies.measure.echo.diastolic_grade import GradeRow, grade_rows
from workstation.studies.measure.reading import ScaleSource
from workstation.ui.viewers.figures.case_values import Anchor, CaseValues
from workstation.ui.viewers.figures.computed_line import FIRST_LINE, ComputedLine
from workstation.ui.viewers.figures.computed_words import ComputedWords
from workstation.ui.viewers.figures.diastole_words import DiastoleWords

_GRADES = FIRST_LINE + 500


class DiastoleLines(QObject):
    """Nothing before something of the diastole is measured, nor of anybody but an adult."""

    def __init__(self, words: ComputedWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._computed, self._words = words, DiastoleWords(words.names, self)

    def of(self, values: CaseValues, person: Person) -> list[ComputedLine]:
        """Whether it is disturbed, then how much."""
        if not person.is_adult:
            return []
        found = []
        for number, row in enumerate(grade_rows(values.echo, person)):
            anchor = values.anchor(row.used) or values.anchor(values.echo)
            if anchor is not None:
                found.append(self._line(_GRADES + number, row, anchor, values))
        return found

    def _line(self, number: int, row: GradeRow, anchor: Anchor, values: CaseValues) -> ComputedLine:
        words, value = self._words, self._words.value(row)
        sentence, by_hand = words.sentence(row, values.typed), row.source is ScaleSource.BY_HAND
        if by_hand:
            sentence = f"{sentence}, {self._computed.readings.hand()}"
        cautions = [words.caution(), *([self._computed.by_hand()] if by_hand else [])]
        return ComputedLine(
            number=number,
            label=words.label(row),
            value=value,
            missing="" if value else words.missing(row),
            where=sentence,
            warning=". ".join(cautions),
            text=sentence if value else "",
            document_id=anchor.document_id,
            place=anchor.figure.place,
            origin=Origin.HAND_CALIBRATED if by_hand else Origin.BY_HAND,
        )
