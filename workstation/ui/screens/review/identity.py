"""The words of the identity strip, made from a request's row."""

from PySide6.QtCore import QObject

from backend_client.models.requests import RequestRow
from workstation.ui.request_words import Alarm, RequestWords
from workstation.ui.shortcuts import key_label
from workstation.ui.widgets.identity_strip import IdentityWords, StripSign


class IdentityWording(QObject):
    """Says whose case it is, how long it may take, and who has it."""

    def __init__(self, words: RequestWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def of(self, row: RequestRow) -> IdentityWords:
        """The strip of a request."""
        patient, time = row.patient, self._words.time
        facts = (time.age(patient.birth_date), self._words.sex(patient.sex))
        route = self._words.route(row.route)
        marks = self._words.identity_marks(row)
        return IdentityWords(
            name=patient.full_name,
            person=", ".join((*facts, time.full_date(patient.birth_date))),
            number=self.tr("No. {}").format(row.number),
            code=row.diagnosis.icd10 or "",
            diagnosis=row.diagnosis.text,
            signs=(
                *(StripSign(one.glyph, one.word, one.color, "warn.soft") for one in marks),
                StripSign(route.glyph, route.word, route.color, wide_only=True),
                self._clock(row),
                self._owner(row),
            ),
            back=self.tr("Back to the queue"),
            back_key=key_label("review.back"),
        )

    def _clock(self, row: RequestRow) -> StripSign:
        clock = self._words.clock(row)
        loud = clock.alarm in (Alarm.BREACHED, Alarm.LIFE_THREAT)
        parts = (clock.first, clock.second) if loud else (clock.second, clock.first)
        text = ", ".join(part for part in parts if part)
        fills = {
            Alarm.SOON: "warn.soft",
            Alarm.BREACHED: "danger.soft",
            Alarm.LIFE_THREAT: "danger.soft",
        }
        color = clock.color if clock.alarm is not Alarm.QUIET else "text.secondary"
        return StripSign(clock.glyph or "clock", text, color, fills.get(clock.alarm))

    def _owner(self, row: RequestRow) -> StripSign:
        if row.owner is None:
            return StripSign("lock-open", self.tr("Nobody has the case"))
        if row.owner.is_me:
            return StripSign("lock", self.tr("The case is yours"))
        return StripSign("lock", self.tr("With {}").format(row.owner.name))
