"""What is written of a structured report: values with units, dates, whose words they are."""

from datetime import date, datetime

from PySide6.QtCore import QObject

from workstation.studies.report import Coded, LineKind, Modifier, ReportInfo, ReportLine
from workstation.ui.viewers.numbers import MINUS, NBSP, moment
from workstation.ui.viewers.report.terms import term

_LONGEST = 400
"""Letters of a line of the conclusion."""


class ReportWords(QObject):
    """Words of the table of a report."""

    def title(self, info: ReportInfo) -> str:
        """«ЭхоКГ взрослых: протокол прибора»."""
        return term(info.name) or self.tr("Structured report")

    def about(self, info: ReportInfo) -> str:
        """Which device, when, and whether a person has signed for it."""
        parts = [info.device, moment(info.taken_on, info.taken_at)]
        if info.template:
            parts.append(f"TID{NBSP}{info.template}")
        return ", ".join(part for part in parts if part)

    def standing(self, info: ReportInfo) -> str:
        """Whose the values are: never ours."""
        parts = [self.tr("Values of the device")]
        if info.is_complete is False:
            parts.append(self.tr("the report is not complete"))
        if info.is_verified:
            parts.append(self.tr("verified by a person"))
        elif info.is_verified is False:
            parts.append(self.tr("not verified by a person"))
        return ", ".join(parts)

    def unnamed(self) -> str:
        """A group to which the device gave no name."""
        return self.tr("Section without a name")

    def empty(self) -> str:
        """Where there is nothing to read."""
        return self.tr("The report has no values: look at the study's other reports")

    def value(self, line: ReportLine) -> str:
        """«4,8 см»; "" for a group."""
        match line.kind:
            case LineKind.GROUP:
                return ""
            case LineKind.NUMBER:
                return self._number(line)
            case LineKind.CODE:
                return term(line.code)
            case LineKind.DATE | LineKind.TIME | LineKind.MOMENT:
                return _readable(line.words)
            case LineKind.PICTURE:
                words = self.tr("refers to another file")
                return f"{words}: {line.words}" if line.words else words
            case LineKind.PLACE:
                return self.tr("a place in a picture or in the report")
            case _:
                return line.words

    def unit(self, code: Coded) -> str:
        """A UCUM unit as it is written in Russian; an unknown one as the file says it."""
        known = {
            "cm": self.tr("cm"),
            "mm": self.tr("mm"),
            "m": self.tr("m"),
            "cm2": self.tr("cm²"),
            "mm2": self.tr("mm²"),
            "m2": self.tr("m²"),
            "cm3": self.tr("cm³"),
            "ml": self.tr("ml"),
            "mL": self.tr("ml"),
            "l": self.tr("l"),
            "L": self.tr("l"),
            "cm/s": self.tr("cm/s"),
            "m/s": self.tr("m/s"),
            "mm/s": self.tr("mm/s"),
            "cm/s2": self.tr("cm/s²"),
            "m/s2": self.tr("m/s²"),
            "s": self.tr("s"),
            "ms": self.tr("ms"),
            "mm[Hg]": self.tr("mmHg"),
            "mm[Hg]/s": self.tr("mmHg/s"),
            "g": self.tr("g"),
            "kg": self.tr("kg"),
            "g/m2": self.tr("g/m²"),
            "ml/m2": self.tr("ml/m²"),
            "l/min": self.tr("l/min"),
            "l/min/m2": self.tr("l/min/m²"),
            "ml/s": self.tr("ml/s"),
            "cm/m2": self.tr("cm/m²"),
            "%": "%",
            "deg": "°",
            "Hz": self.tr("Hz"),
            "{H.B.}/min": self.tr("bpm"),
            "{bpm}": self.tr("bpm"),
            "/min": self.tr("per min"),
            "d": self.tr("days"),
            "wk": self.tr("weeks"),
            "mo": self.tr("months"),
            "a": self.tr("years"),
            "1": "",
            "{ratio}": "",
            "ratio": "",
            "no units": "",
        }
        return known.get(code.value, code.meaning or code.value)

    def modifiers(self, modifiers: tuple[Modifier, ...]) -> str:
        """«среднее; A4C»."""
        return "; ".join(filter(None, (term(one.value) for one in modifiers)))

    def reference(self, name: str, value: str) -> str:
        """«Номер плода 2», for the context of values below it."""
        return f"{name} {value}"

    def finding(self, context: str, name: str, value: str, note: str) -> str:
        """The line for the conclusion: complete, and said to be the device's."""
        whose = self.tr("by the device")
        note = f"{note}; {whose}" if note else whose
        head = ", ".join(part for part in (context, name) if part)
        flat = " ".join(f"{head}: {value}".split()) if head else value
        return f"{flat if len(flat) <= _LONGEST else flat[:_LONGEST] + '…'} ({note[:90]})"

    def _number(self, line: ReportLine) -> str:
        if not line.words:
            reason = term(line.code)
            return f"{self.tr('no value')}: {reason}" if reason else self.tr("no value")
        digits = line.words.lstrip("+").replace(".", ",").replace("-", MINUS)
        unit = self.unit(line.unit)
        return f"{digits}{NBSP}{unit}" if unit else digits


def _readable(words: str) -> str:
    """A date or a time of the ISO form as it is written here."""
    try:
        if len(words) == 10:
            return date.fromisoformat(words).strftime("%d.%m.%Y")
        if len(words) > 10:
            return datetime.fromisoformat(words).strftime("%d.%m.%Y %H:%M:%S")
    except ValueError:
        return words
    return words
