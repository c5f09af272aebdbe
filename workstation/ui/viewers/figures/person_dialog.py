"""What formulas need to know of the patient: height, weight, the pregnancy's dates. Typed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workstation.studies.measure.echo.body import SurfaceFormula, body_surface
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.bar import typed_number
from workstation.ui.viewers.figures.name_words import NameWords
from workstation.ui.viewers.figures.shelf import PersonFacts
from workstation.ui.viewers.numbers import decimal
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import TextBlock

_MOST_WEEKS = 45
_INDICES = (5.0, 200.0)
_FRACTIONS = (5.0, 90.0)


@dataclass(frozen=True, slots=True)
class _Typed:
    """A velocity as it is typed."""

    cm_s: float
    """Of one of what is typed."""
    limits: tuple[float, float]
    """cm/s, wider than any patient's (our choice): a slip of the unit lies beyond them."""


TYPED_CM_S: Final = {
    EchoInput.E_VELOCITY: _Typed(1.0, (10.0, 400.0)),
    EchoInput.A_VELOCITY: _Typed(1.0, (10.0, 300.0)),
    EchoInput.SEPTAL_VELOCITY: _Typed(1.0, (1.0, 30.0)),
    EchoInput.LATERAL_VELOCITY: _Typed(1.0, (1.0, 40.0)),
    EchoInput.TRICUSPID_VELOCITY: _Typed(100.0, (50.0, 700.0)),
}
"""What of the diastole can be typed."""


class PersonDialog(QDialog):
    """`facts` is what was typed, once `is_sound`; empty fields say that nothing is known."""

    def __init__(self, theme: Theme, facts: PersonFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setStyleSheet(theme.stylesheet())
        self.setWindowTitle(self.tr("For the formulas"))
        self._theme, self._names = theme, NameWords(self)
        self._heading = TextBlock(theme, role="small", color="text.secondary", max_lines=2)
        self._heading.set_text(self.tr("Diastole, where it is on no picture: from a report"))
        self.height_field = _field("personHeight", _written(facts.height_cm))
        self.weight_field = _field("personWeight", _written(facts.weight_kg))
        self.period = _field("personPeriod", _day(facts.last_period))
        self.age = _field("personAge", _weeks(facts.age_days))
        self.echo = {name: _field(f"person.{name.value}", "") for name in TYPED_CM_S}
        for name, value in facts.echo:
            if name in self.echo:
                self.echo[name].setText(_written(value / TYPED_CM_S[name].cm_s))
        self.atrium = _field("personAtrium", _written(facts.atrial_index))
        self.fraction = _field("personFraction", _written(facts.fraction))
        self.period.setPlaceholderText(self.tr("dd.mm.yyyy"))
        self.age.setPlaceholderText(self.tr("weeks+days: 31+3"))
        self._say = TextBlock(theme, role="small", color="text.secondary", max_lines=3)
        self._keep = KeyButton(theme, self.tr("Take"), key="Enter", kind="primary")
        self._keep.setObjectName("person.keep")
        self._leave = KeyButton(theme, self.tr("Cancel"), key="Esc")
        self._leave.setObjectName("person.cancel")
        self._lay_out()
        fields = (self.height_field, self.weight_field, self.period, self.age)
        for field in (*fields, *self.echo.values(), self.atrium, self.fraction):
            field.textChanged.connect(self._look)
        self._look()

    @property
    def facts(self) -> PersonFacts:
        """What stands in the fields."""
        return PersonFacts(
            typed_number(self.height_field.text()),
            typed_number(self.weight_field.text()),
            typed_day(self.period.text()),
            typed_age(self.age.text()),
            tuple(self._echo().items()),
            typed_number(self.atrium.text()),
            typed_number(self.fraction.text()),
        )

    def _echo(self) -> dict[EchoInput, float]:
        """cm/s, of the fields that can be read."""
        found = {name: typed_number(field.text()) for name, field in self.echo.items()}
        return {
            name: value * TYPED_CM_S[name].cm_s
            for name, value in found.items()
            if value is not None
        }

    @property
    def problem(self) -> str:
        """Which field cannot be read; "" where all can."""
        facts = self.facts
        for field, value, text in (
            (self.height_field, facts.height_cm, self.tr("Height: a number of cm")),
            (self.weight_field, facts.weight_kg, self.tr("Weight: a number of kg")),
            (self.period, facts.last_period, self.tr("Last period: dd.mm.yyyy")),
            (self.age, facts.age_days, self.tr("Age: weeks+days, 31+3")),
        ):
            if field.text().strip() and value is None:
                return text
        wrong = self._wrong_of_diastole(facts)
        if wrong:
            return self.tr("Diastole: {} cannot be that").format(wrong)
        both = facts.height_cm is not None and facts.weight_kg is not None
        if both and self._surface() is None:
            return self.tr("Such a height and weight no patient has")
        return ""

    def _wrong_of_diastole(self, facts: PersonFacts) -> str:
        """What of the diastole is no number, or one that no patient has."""
        echo = dict(facts.echo)
        for name, field in self.echo.items():
            value, (low, high) = echo.get(name), TYPED_CM_S[name].limits
            if field.text().strip() and (value is None or not low <= value <= high):
                return self._names.name(name)
        for field, value, (low, high), text in (
            (self.atrium, facts.atrial_index, _INDICES, self.tr("LA volume index")),
            (self.fraction, facts.fraction, _FRACTIONS, self.tr("EF")),
        ):
            if field.text().strip() and (value is None or not low <= value <= high):
                return text
        return ""

    def _surface(self) -> float | None:
        facts = self.facts
        formula = SurfaceFormula.MOSTELLER
        return body_surface(facts.height_cm, facts.weight_kg, formula).value

    def _look(self) -> None:
        problem, surface = self.problem, self._surface()
        self._say.set_color("danger.text" if problem else "text.secondary")
        told = self.tr("Indices, limits and percentiles use them; kept while the case is open.")
        if surface is not None:
            told = self.tr("Body surface {} m² (Mosteller)").format(decimal(surface, 2))
        self._say.set_text(problem or told)
        self._keep.setEnabled(not problem)

    def _diastole(self) -> QGridLayout:
        """Two columns of fields."""
        named = [(self._words_of(name), field) for name, field in self.echo.items()]
        named.append((self.tr("LA volume index, mL/m²"), self.atrium))
        named.append((self.tr("EF, %"), self.fraction))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for number, (text, field) in enumerate(named):
            row, column = divmod(number, 2)
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(field)
            field.setAccessibleName(text)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
        return grid

    def _words_of(self, name: EchoInput) -> str:
        metres = TYPED_CM_S[name].cm_s > 1
        unit = self.tr("m/s") if metres else self.tr("cm/s")
        return f"{self._names.name(name)}, {unit}"

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Height, cm"), self.height_field)
        form.addRow(self.tr("Weight, kg"), self.weight_field)
        form.addRow(self.tr("Last period, first day"), self.period)
        form.addRow(self.tr("or age of the pregnancy on the day of the scan"), self.age)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._heading)
        column.addLayout(self._diastole())
        column.addWidget(self._say)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self._leave, self._keep):
            button.setAutoDefault(button is self._keep)
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        self._keep.setDefault(True)
        self._keep.clicked.connect(self.accept)
        self._leave.clicked.connect(self.reject)


def typed_day(text: str) -> date | None:
    """«19.04.2026»; None for anything else."""
    try:
        return datetime.strptime(text.strip(), "%d.%m.%Y").date()
    except ValueError:
        return None


def typed_age(text: str) -> int | None:
    """«31+3» or «31»: days; None for anything else."""
    weeks, plus, days = text.strip().partition("+")
    if not weeks.strip().isdecimal() or (plus and not days.strip().isdecimal()):
        return None
    found = 7 * int(weeks) + (int(days) if plus else 0)
    sound = int(weeks) <= _MOST_WEEKS and (not plus or int(days) < 7)
    return found if sound else None


def _field(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setObjectName(name)
    return field


def _written(value: float | None) -> str:
    return decimal(value, 1) if value is not None else ""


def _day(day: date | None) -> str:
    return day.strftime("%d.%m.%Y") if day is not None else ""


def _weeks(days: int | None) -> str:
    return f"{days // 7}+{days % 7}" if days is not None else ""
