"""Figures and what is computed of them as lines of the list beside the pictures."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backend_client.models.documents import Document
from backend_client.models.requests import Sex
from workstation.studies.measure.echo.desk import Person
from workstation.studies.measure.echo.limits import verdict
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.ui.viewers.figures.case_values import age_on, case_values
from workstation.ui.viewers.figures.computed_line import ComputedLine, ComputedLines
from workstation.ui.viewers.figures.computed_words import ComputedWords
from workstation.ui.viewers.figures.echo_lines import EchoLines, limit_of
from workstation.ui.viewers.figures.fetus_lines import FetusLines
from workstation.ui.viewers.figures.frame_figure import FrameFigure
from workstation.ui.viewers.figures.organ_lines import OrganLines
from workstation.ui.viewers.figures.painter import color_of
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf
from workstation.ui.viewers.figures.words import FigureWords
from workstation.ui.viewers.measurement_rows import (
    Entry,
    MeasurementHeading,
    MeasurementRow,
    RowKey,
)


class FigureRows(QObject):
    """A heading for each frame or still, its figures under it; then what is computed of the whole
    case."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, computed = FigureWords(self), ComputedWords(self)
        self._computed_words = computed
        self._echo, self._fetus = EchoLines(computed, self), FetusLines(computed, self)
        self._organs = OrganLines(computed, self)

    def of(self, document: Document, shelf: FigureShelf, sex: Sex | None) -> list[Entry]:
        """All figures of a document, by frames."""
        found: list[Entry] = []
        for frame in shelf.frames:
            drawn = shelf.on(frame)
            title = self.tr("{}, frame {}").format(document.title, frame + 1)
            is_still = all(one.is_on_still for one in drawn)
            found.append(MeasurementHeading(document.title if is_still else title))
            found += [self._row(document, one, sex) for one in drawn]
        return found

    def computed(
        self,
        case: CaseFigures,
        documents: Sequence[Document],
        sex: Sex | None,
        *,
        is_adult: bool = True,
    ) -> ComputedLines:
        """Of the echo, of the fetus, of organs. `sex` of an adult: a child has no limits."""
        values = case_values(case, [one.id for one in documents])
        facts = case.facts
        person = Person(
            sex,
            facts.height_cm,
            facts.weight_kg,
            atrial_index_ml_m2=facts.atrial_index,
            fraction_percent=facts.fraction,
            is_adult=is_adult,
        )
        return ComputedLines(
            tuple(self._echo.of(values, person)),
            tuple(self._fetus.of(values, age_on(facts, values.taken_on))),
            tuple(self._organs.of(values)),
            self._computed_words.without_limits(person),
        )

    def entries(self, lines: ComputedLines, noted: frozenset[int]) -> list[Entry]:
        """`noted`: numbers of the lines that stand in the conclusion."""
        words, found = self._computed_words, list[Entry]()
        for title, group in (
            (words.echo_title(lines.without_limits), lines.echo),
            (words.fetus_title(), lines.fetus),
            (words.organs_title(), lines.organs),
        ):
            if group:
                found.append(MeasurementHeading(title))
                found += [_computed_row(line, noted) for line in group]
        return found

    def _row(self, document: Document, one: FrameFigure, sex: Sex | None) -> MeasurementRow:
        return MeasurementRow(
            RowKey(document.id, one.id),
            self._words.label(one),
            self._beside_limits(one, sex) or self._words.value(one),
            self._words.finding(one),
            color_of(one.id),
            one.is_noted,
            warning=self._words.warning(one),
        )

    def _beside_limits(self, one: FrameFigure, sex: Sex | None) -> str:
        """A size by its name beside its limits; "" where there are none."""
        taken = one.taken
        if not isinstance(one.name, EchoInput) or taken is None or taken.value is None:
            return ""
        if not taken.is_physical:
            return ""
        found = limit_of(one.name, Person(sex))
        if found is None or found.unit is not taken.unit:
            return ""
        words = self._computed_words
        arrow = words.verdict(verdict(taken.value, found))
        return f"{words.readings.beside(taken.value, found)}{arrow} ({words.limit(found)})"


def _computed_row(line: ComputedLine, noted: frozenset[int]) -> MeasurementRow:
    return MeasurementRow(
        RowKey(line.document_id, line.number),
        line.label,
        line.value or line.missing,
        line.where,
        is_noted=line.number in noted,
        warning=line.warning if line.value else "",
        is_missing=not line.value,
    )
