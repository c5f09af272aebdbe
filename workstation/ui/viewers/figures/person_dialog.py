"""What formulas need to know of the patient: height, weight, the pregnancy's dates. Typed."""

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workstation.studies.measure.echo.body import SurfaceFormula, body_surface
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.bar import typed_number
from workstation.ui.viewers.figures.shelf import PersonFacts
from workstation.ui.viewers.numbers import decimal
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import TextBlock

_MOST_WEEKS = 45


class PersonDialog(QDialog):
    """`facts` is what was typed, once `is_sound`; empty fields say that nothing is known."""

    def __init__(self, theme: Theme, facts: PersonFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setStyleSheet(theme.stylesheet())
        self.setWindowTitle(self.tr("For the formulas"))
        self.height_field = _field("personHeight", _written(facts.height_cm))
        self.weight_field = _field("personWeight", _written(facts.weight_kg))
        self.period = _field("personPeriod", _day(facts.last_period))
        self.age = _field("personAge", _weeks(facts.age_days))
        self.period.setPlaceholderText(self.tr("dd.mm.yyyy"))
        self.age.setPlaceholderText(self.tr("weeks+days: 31+3"))
        self._say = TextBlock(theme, role="small", color="text.secondary", max_lines=3)
        self._keep = KeyButton(theme, self.tr("Take"), key="Enter", kind="primary")
        self._keep.setObjectName("person.keep")
        self._leave = KeyButton(theme, self.tr("Cancel"), key="Esc")
        self._leave.setObjectName("person.cancel")
        self._lay_out()
        for field in (self.height_field, self.weight_field, self.period, self.age):
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
        )

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
        both = facts.height_cm is not None and facts.weight_kg is not None
        if both and self._surface() is None:
            return self.tr("Such a height and weight no patient has")
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

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Height, cm"), self.height_field)
        form.addRow(self.tr("Weight, kg"), self.weight_field)
        form.addRow(self.tr("Last period, first day"), self.period)
        form.addRow(self.tr("or age of the pregnancy on the day of the scan"), self.age)
        column = QVBoxLayout(self)
        column.addLayout(form)
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
