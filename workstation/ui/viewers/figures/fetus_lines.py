"""The fetus of a case, computed: age by sizes and by dates, weight, percentiles with reference."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backend_client.models.evidence import Origin
from workstation.studies.measure.computed import Lack
from workstation.studies.measure.obstetrics.biometry import Part, nuchal_translucency
from workstation.studies.measure.obstetrics.dating import DATING_PARTS
from workstation.studies.measure.obstetrics.desk import (
    AgeRow,
    SizeRow,
    WeightRow,
    age_rows,
    size_rows,
    weight_rows,
)
from workstation.studies.measure.obstetrics.weight import WEIGHT_PARTS
from workstation.studies.measure.reading import ScaleSource, Unit
from workstation.ui.viewers.figures.case_values import Anchor, CaseValues
from workstation.ui.viewers.figures.computed_line import FIRST_LINE, ComputedLine
from workstation.ui.viewers.figures.computed_words import ComputedWords

_AGES = FIRST_LINE + 1000
_WEIGHTS = FIRST_LINE + 2000
_SIZES = FIRST_LINE + 3000
_DATES = FIRST_LINE + 4000


class FetusLines(QObject):
    """Lines of what the measured sizes tell; nothing without one."""

    def __init__(self, words: ComputedWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def of(self, values: CaseValues, age_days: float | None) -> list[ComputedLine]:
        """The age by dates first, then by sizes, where sizes stand, the weight.

        `age_days`: by dates or as the doctor typed it, on the day of the examination.
        """
        if not values.fetus:
            return []
        whole = values.anchor(values.fetus)
        lines = [self._by_dates(age_days, whole)] if age_days is not None and whole else []
        lines += [self._size(n, row, values) for n, row in self._sizes(values, age_days)]
        lines += [self._age(n, row, values) for n, row in enumerate(age_rows(values.fetus))]
        weights = enumerate(weight_rows(values.fetus, age_days))
        lines += [self._weight(n, row, values, age_days) for n, row in weights]
        return [one for one in lines if one.value or one.missing]

    def _sizes(self, values: CaseValues, age_days: float | None) -> Sequence[tuple[int, SizeRow]]:
        """Those that stand somewhere; the nuchal translucency always, for it is asked for."""
        rows = enumerate(size_rows(values.fetus, age_days))
        return [
            (n, row)
            for n, row in rows
            if row.standing.percentile is not None or row.part is Part.NT
        ]

    def _by_dates(self, days: float, anchor: Anchor) -> ComputedLine:
        words = self._words
        age, label = words.age(days), words.age_by_dates()
        text = f"{label} {age} ({words.typed()})"
        return _line(_DATES, label, age, "", text, anchor, ScaleSource.NONE, "")

    def _size(self, number: int, row: SizeRow, values: CaseValues) -> ComputedLine:
        words = self._words
        label = words.names.part(row.part)
        if row.standing.percentile is None:
            return self._nuchal(number, row, values)
        size = words.readings.number(row.size.value, Unit.MILLIMETRE)
        text = f"{label} {size}: {words.standing(row.standing)}"
        anchor = values.anchors[row.part]
        return self._marked(
            _SIZES + number, label, words.rank(row.standing), text, anchor, row.size.source
        )

    def _nuchal(self, number: int, row: SizeRow, values: CaseValues) -> ComputedLine:
        """Why there is no percentile; before that, why it may not be judged at all."""
        words, label = self._words, self._words.names.part(row.part)
        crl = values.fetus.get(Part.CRL)
        judged = nuchal_translucency(row.size.value, crl.value if crl is not None else None)
        why = words.no_nuchal_percentile()
        if judged.lack is Lack.AGE_OUT_OF_RANGE:
            why = words.nuchal_beyond()
        return _line(
            _SIZES + number,
            label,
            "",
            why,
            f"{label}: {why}",
            values.anchors[row.part],
            row.size.source,
            "",
        )

    def _age(self, number: int, row: AgeRow, values: CaseValues) -> ComputedLine:
        words, days = self._words, row.age.value
        label = words.age_by(DATING_PARTS[row.by], row.by)
        anchor = self._anchor(values, DATING_PARTS[row.by])
        if days is None:
            wanted = not row.missing and row.age.lack is not None
            why = words.lack(row.age.lack) if wanted and row.age.lack is not None else ""
            return _line(_AGES + number, label, "", why, f"{label}: {why}", anchor, row.source, "")
        spread = row.deviation.value
        more = f", {words.give_or_take(spread)}" if spread is not None else ""
        text = f"{words.age_label()} {words.age(days)}{more} ({words.names.dating(row.by)})"
        return self._marked(_AGES + number, label, words.age(days), text, anchor, row.source)

    def _weight(
        self, number: int, row: WeightRow, values: CaseValues, age_days: float | None
    ) -> ComputedLine:
        words, grams = self._words, row.weight.value
        label = words.weight_by(WEIGHT_PARTS[row.by], row.by)
        anchor = self._anchor(values, WEIGHT_PARTS[row.by])
        if grams is None:
            lack = row.weight.lack if not row.missing else None
            why = words.lack(lack) if lack is not None else ""
            where = f"{label}: {why}"
            return _line(_WEIGHTS + number, label, "", why, where, anchor, row.source, "")
        weight = words.readings.number(grams, Unit.GRAM)
        rank, standing = words.rank(row.standing), words.standing(row.standing)
        value = f"{weight}, {rank}" if rank else weight
        told = [words.names.weight(row.by), *([standing] if standing else [])]
        told += [words.missing_age()] if age_days is None else []
        text = f"{words.weight_label()} {weight} ({'; '.join(told)})"
        return self._marked(_WEIGHTS + number, label, value, text, anchor, row.source)

    def _marked(
        self,
        number: int,
        label: str,
        value: str,
        text: str,
        anchor: Anchor | None,
        source: ScaleSource,
    ) -> ComputedLine:
        """A calibration by hand is said beside every value that rests upon it."""
        by_hand = source is ScaleSource.BY_HAND
        warning = self._words.by_hand() if by_hand else ""
        if by_hand:
            text = f"{text}, {self._words.readings.hand()}"
        return _line(number, label, value, "", text, anchor, source, warning)

    def _anchor(self, values: CaseValues, parts: Sequence[Part]) -> Anchor | None:
        return values.anchor(parts) or values.anchor(values.fetus)


def _line(
    number: int,
    label: str,
    value: str,
    missing: str,
    text: str,
    anchor: Anchor | None,
    source: ScaleSource,
    warning: str,
) -> ComputedLine:
    assert anchor is not None, "there is a measured size"
    by_hand = source is ScaleSource.BY_HAND
    return ComputedLine(
        number=number,
        label=label,
        value=value,
        missing=missing,
        where=text,
        warning=warning,
        text=text if value else "",
        document_id=anchor.document_id,
        place=anchor.figure.place,
        origin=Origin.HAND_CALIBRATED if by_hand else Origin.BY_HAND,
    )
