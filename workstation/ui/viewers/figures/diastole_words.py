"""What is said of the diastole's grade: the answer, what it rests upon, what it lacks."""

from PySide6.QtCore import QObject

from workstation.studies.measure.computed import Lack
from workstation.studies.measure.echo.diastole import (
    NORMAL_FRACTION_PERCENT,
    Criterion,
    DiastolicFunction,
    FillingGrade,
    Judgement,
)
from workstation.studies.measure.echo.diastolic_grade import Algorithm, GradeRow
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.ui.viewers.figures.name_words import NameWords
from workstation.ui.viewers.numbers import decimal

_ATRIUM = (
    EchoInput.ATRIAL_AREA_FOUR_CHAMBER,
    EchoInput.ATRIAL_AREA_TWO_CHAMBER,
    EchoInput.ATRIAL_LENGTH,
)


class DiastoleWords(QObject):
    """Words of both algorithms of ASE/EACVI 2016."""

    def __init__(self, names: NameWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names

    def label(self, row: GradeRow) -> str:
        """A line of the list."""
        if row.algorithm is Algorithm.FUNCTION:
            return self.tr("LV diastolic function")
        return self.tr("Grade of diastolic dysfunction")

    def value(self, row: GradeRow) -> str:
        """The answer, or that the recommendation itself gives none; "" where something lacks."""
        judged = row.judgement
        if judged.answer is not None:
            return self._answer(judged)
        if judged.lack is not Lack.INDETERMINATE:
            return ""
        told = self.tr("indeterminate")
        return f"{told}, {self._count(judged)}"

    def missing(self, row: GradeRow) -> str:
        """«нет: e' лат., ТР Vmax, ФВ»; another reason where all is measured."""
        names = self._names_of(row.missing)
        if row.lacks_fraction:
            two = row.fractions_contradict
            names.append(self.tr("EF by two views, others contradict") if two else self.tr("EF"))
        names += [self.tr("height and weight")] if row.lacks_surface else []
        if names:
            return self.tr("needs {}").format(", ".join(names))
        return self.tr("impossible value")

    def sentence(self, row: GradeRow, typed: frozenset[EchoInput] = frozenset()) -> str:
        """For the conclusion and the tooltip: the answer with all that it rests upon; `typed` are
        inputs that are on no picture."""
        value = self.value(row) or self.missing(row)
        grounds = [*self._grounds(row), *self._typed(row, typed)]
        return f"{self.label(row)}: {value} ({'; '.join(grounds)})"

    def caution(self) -> str:
        """Where neither algorithm holds."""
        return self.tr(
            "In sinus rhythm only. Not in mitral stenosis, with a prosthesis or severe annular "
            "calcification, pacing, left bundle branch block. The doctor decides"
        )

    def _answer(self, judged: Judgement) -> str:
        told = {
            DiastolicFunction.NORMAL: self.tr("normal"),
            DiastolicFunction.DYSFUNCTION: self.tr("dysfunction"),
            FillingGrade.ONE: self.tr("grade I, LA pressure not raised"),
            FillingGrade.TWO: self.tr("grade II, LA pressure raised"),
            FillingGrade.THREE: self.tr("grade III, LA pressure raised"),
        }
        words = told[judged.answer] if judged.answer is not None else ""
        count = self._count(judged)
        return (
            f"{words}, {count}" if count and isinstance(judged.answer, DiastolicFunction) else words
        )

    def _count(self, judged: Judgement) -> str:
        """«3 из 4»: criteria met, of all that there are."""
        criteria = judged.criteria
        return self.tr("{} of {}").format(len(criteria.met), criteria.count)

    def _grounds(self, row: GradeRow) -> list[str]:
        criteria = row.judgement.criteria
        found = ["ASE/EACVI 2016", self._condition(row)]
        if row.algorithm is Algorithm.GRADE and row.ratio is not None:
            found.append(f"E/A\u00a0{decimal(row.ratio, 2)}")
        for title, listed in (
            (self.tr("met"), criteria.met),
            (self.tr("not met"), criteria.unmet),
            (self.tr("unknown"), criteria.unknown),
        ):
            if listed:
                found.append(f"{title}: {', '.join(self._criterion(one) for one in listed)}")
        return found

    def _condition(self, row: GradeRow) -> str:
        """When the algorithm holds, and what is known of that."""
        fraction = row.fraction.value if row.fraction is not None else None
        known = ""
        if fraction is not None:
            by = self.tr("EF") if row.fraction_by is None else self._names.quantity(row.fraction_by)
            known = f"{by} {decimal(fraction, 0)}\u00a0%"
        if row.algorithm is Algorithm.FUNCTION:
            told = self.tr("if the EF is normal and the myocardium healthy")
            return f"{told}: {known}" if known else told
        if fraction is not None and fraction < NORMAL_FRACTION_PERCENT:
            return known
        return self.tr("if the EF is low or the myocardium diseased")

    def _typed(self, row: GradeRow, typed: frozenset[EchoInput]) -> list[str]:
        names = self._names_of(tuple(one for one in row.used if one in typed))
        names += [self.tr("LA volume index")] if row.typed_index else []
        is_typed = row.fraction is not None and row.fraction_by is None
        names += [self.tr("EF")] if is_typed else []
        return [self.tr("typed by the doctor: {}").format(", ".join(names))] if names else []

    def _criterion(self, one: Criterion) -> str:
        return {
            Criterion.E_RATIO: self.tr("E/e' mean > 14"),
            Criterion.ANNULUS: self.tr("e' septal < 7 or lateral < 10 cm/s"),
            Criterion.TRICUSPID: self.tr("TR > 2.8 m/s"),
            Criterion.ATRIUM: self.tr("LA volume index > 34 mL/m²"),
        }[one]

    def _names_of(self, inputs: tuple[EchoInput, ...]) -> list[str]:
        """The atrium's three sizes are one word: the line of its volume says which is missing."""
        found = [self._names.name(one) for one in inputs if one not in _ATRIUM]
        return found + ([self.tr("LA volume")] if any(x in _ATRIUM for x in inputs) else [])
