"""Who is on the line: the patient, or who acts for a minor (SPB-1, DRC-16)."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from backend_client.models.requests import Representative, RequestRow
from workstation.ui.literal_text import one_line
from workstation.ui.request_words import RequestWords, Sign
from workstation.ui.screens.call.patient_name import short_name


@dataclass(frozen=True, slots=True)
class OnLine:
    """`patient` is said where another person speaks; `doubts` are what has to be seen of it."""

    who: str
    patient: str = ""
    doubts: tuple[Sign, ...] = ()


class OnLineWords(QObject):
    """Words of the name plate and of the strip."""

    def __init__(self, words: RequestWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def of(self, row: RequestRow, acting: Representative | None) -> OnLine:
        """«На связи: мать, Иванова А. П.» and «Пациент: Иванов П. С., 7 лет»."""
        name, doubts = short_name(row.patient.full_name), self._words.identity_marks(row)
        if acting is None:
            return OnLine(name, doubts=doubts)
        relation = one_line(acting.relation) or self.tr("representative")
        who = self.tr("On the line: {}, {}").format(relation, short_name(acting.full_name))
        age = self._words.time.age(row.patient.birth_date)
        return OnLine(who, self.tr("Patient: {}, {}").format(name, age), doubts)
