"""What is said of computed values: their limits, what is missing, why there is none."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject

from backend_client.models.requests import Sex
from workstation.studies.measure.computed import Lack
from workstation.studies.measure.echo.body import SurfaceFormula
from workstation.studies.measure.echo.desk import Person
from workstation.studies.measure.echo.limits import Limit, Verdict
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.obstetrics.dating import Dating, weeks_and_days
from workstation.studies.measure.obstetrics.growth import Reference, Standing
from workstation.studies.measure.obstetrics.weight import WeightFormula
from workstation.ui.viewers.figures.name_words import NameWords
from workstation.ui.viewers.figures.names import Name
from workstation.ui.viewers.figures.reading_words import ReadingWords
from workstation.ui.viewers.numbers import decimal

_OF_WHOM: Final = {
    Reference.INTERGROWTH_2014: "INTERGROWTH",
    Reference.INTERGROWTH_2017: "INTERGROWTH",
    Reference.HADLOCK_1991: "Hadlock",
}
"""In a line of the list; the year stands in its sentence."""


class ComputedWords(QObject):
    """Words of the panels of echo and obstetrics."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names, self.readings = NameWords(self), ReadingWords(self)

    def limit(self, found: Limit) -> str:
        """«49–115», «до 115», «от 17»."""
        if found.low is None:
            return self.tr("to {}").format(decimal(found.high or 0, 2))
        if found.high is None:
            return self.tr("from {}").format(decimal(found.low, 2))
        return f"{decimal(found.low, 2)}\u2013{decimal(found.high, 2)}"

    def verdict(self, verdict: Verdict | None) -> str:
        """An arrow beside a value that lies outside."""
        return {Verdict.ABOVE: " ↑", Verdict.BELOW: " ↓"}.get(verdict, "") if verdict else ""

    def missing(self, names: Iterable[Name]) -> str:
        """«нет: КСР, МЖП»."""
        return self.tr("needs {}").format(", ".join(self.names.short(one) for one in names))

    def missing_surface(self) -> str:
        """An index without body surface."""
        return self.tr("needs height and weight")

    def no_nuchal_percentile(self) -> str:
        """Of the nuchal translucency."""
        return self.tr("no percentile: no reference that could be checked")

    def nuchal_beyond(self) -> str:
        """Of a crown-rump length outside of 45 to 84 mm."""
        return self.tr("not to be judged: CRL outside of 45\u201384 mm")

    def missing_age(self) -> str:
        """A percentile without the age by dates."""
        return self.tr("percentile needs the age by dates")

    def surface(self, square_metres: float, formula: SurfaceFormula) -> str:
        """«ППТ 1,82 м² (Мостеллер)»."""
        named = {SurfaceFormula.MOSTELLER: self.tr("Mosteller"), SurfaceFormula.DU_BOIS: "Du Bois"}
        return self.tr("BSA {} m² ({})").format(decimal(square_metres, 2), named[formula])

    def without_limits(self, person: Person) -> str:
        """Why no limits stand beside; "" where they do."""
        if not person.is_adult:
            return self.tr("no limits: they are of adults")
        if person.sex not in (Sex.MALE, Sex.FEMALE):
            return self.tr("no limits: the patient's sex is unknown")
        return ""

    def limits_of(self, found: Limit) -> str:
        """«норма 49–115 (ASE/EACVI 2015, table 6)»."""
        source = self.tr("ASE/EACVI 2015, table {}").format(found.table)
        return self.tr("normal {} ({})").format(self.limit(found), source)

    def foreshortened(self) -> str:
        """A warning of a volume."""
        return self.tr("The two views differ in length by more than a tenth")

    def one_view(self) -> str:
        """A warning of a volume."""
        return self.tr("By one view: the ventricle is taken for round. Limits are of two views")

    def by_hand(self) -> str:
        """A warning of a value."""
        text = self.readings.hand()
        return text[:1].upper() + text[1:]

    def age(self, days: float) -> str:
        """«31 нед 3 дня»: whole weeks and days."""
        weeks, rest = weeks_and_days(days)
        return self.tr("{} wk {} d").format(weeks, rest)

    def give_or_take(self, days: float) -> str:
        """«± 4 дня», one standard deviation."""
        return self.tr("SD {} d").format(decimal(days, 0))

    def standing(self, standing: Standing) -> str:
        """«34-й перцентиль, z −0,4 (INTERGROWTH-21st 2014)»; "" without one."""
        if standing.percentile is None or standing.z is None:
            return ""
        share = standing.percentile
        rank = "<\u00a01" if share < 1 else ">\u00a099" if share > 99 else f"{share:.0f}"
        reference = self.names.reference(standing.reference)
        return self.tr("percentile {}, z {} ({})").format(rank, decimal(standing.z, 1), reference)

    def rank(self, standing: Standing) -> str:
        """«перц. 34 (INTERGROWTH)»: of which reference, in one word; "" without one."""
        if standing.percentile is None:
            return ""
        share = standing.percentile
        rank = "<1" if share < 1 else ">99" if share > 99 else f"{share:.0f}"
        return self.tr("p{} ({})").format(rank, _OF_WHOM[standing.reference])

    def age_label(self) -> str:
        """A line of the list."""
        return self.tr("Age")

    def age_by(self, parts: Iterable[Part], by: Dating) -> str:
        """«Срок: БПР, ДБ»: the formula's name where it is not Hadlock's."""
        others = {Dating.ROBINSON_CRL: "Robinson", Dating.INTERGROWTH_CRL: "INTERGROWTH"}
        return self._of_parts(self.age_label(), parts, others.get(by, ""))

    def weight_by(self, parts: Iterable[Part], by: WeightFormula) -> str:
        """«Масса: ОГ, ОЖ»."""
        own = by is WeightFormula.INTERGROWTH_HC_AC
        return self._of_parts(self.weight_label(), parts, "INTERGROWTH" if own else "")

    def _of_parts(self, label: str, parts: Iterable[Part], by: str) -> str:
        told = ", ".join(self.names.part(one) for one in parts)
        return f"{label}: {told}, {by}" if by else f"{label}: {told}"

    def age_by_dates(self) -> str:
        """A line of the list."""
        return self.tr("Age by dates")

    def typed(self) -> str:
        """Where the age by dates comes from."""
        return self.tr("typed by the doctor")

    def typed_inputs(self, names: Iterable[Name]) -> str:
        """«введено врачом: Пик E»."""
        told = ", ".join(self.names.short(one) for one in names)
        return self.tr("typed by the doctor: {}").format(told)

    def weight_label(self) -> str:
        """A line of the list."""
        return self.tr("Weight")

    def echo_title(self, without_limits: str = "") -> str:
        """A heading; with the reason why no limits stand beside."""
        title = self.tr("Echo, computed")
        return f"{title} ({without_limits})" if without_limits else title

    def organs_title(self) -> str:
        """A heading."""
        return self.tr("Volumes, computed")

    def fetus_title(self) -> str:
        """A heading."""
        return self.tr("Fetus, computed")

    def lack(self, lack: Lack) -> str:
        """Why nothing was computed."""
        return {
            Lack.MISSING: self.tr("not all is measured"),
            Lack.IMPOSSIBLE: self.tr("impossible value"),
            Lack.CONTRADICTION: self.tr("the measurements contradict each other"),
            Lack.SIZE_OUT_OF_RANGE: self.tr("size beyond the formula"),
            Lack.AGE_OUT_OF_RANGE: self.tr("age beyond the formula"),
            Lack.OTHER_FORMULA: self.tr("the reference is of another formula"),
            Lack.NO_REFERENCE: self.tr("no checked reference"),
            Lack.INDETERMINATE: self.tr("indeterminate"),
        }[lack]
