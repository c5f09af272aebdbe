"""What of a request has changed between the state that the doctor saw and the present one."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject

from backend_client.models.requests import RequestRow
from workstation.ui.request_words import RequestWords


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: its name, and both values in words."""

    name: str
    before: str
    after: str


class DifferenceWords(QObject):
    """Says what a doctor would decide upon, before and after."""

    def __init__(self, words: RequestWords) -> None:
        super().__init__()
        self._words = words

    def between(self, seen: RequestRow, present: RequestRow) -> tuple[Difference, ...]:
        """The fields whose words are not the same any more; that the doctor has taken the request
        meanwhile is no news."""
        if present.owner is not None and present.owner.is_me:
            seen = msgspec.structs.replace(seen, owner=present.owner, status=present.status)
        pairs = zip(self._facts(seen), self._facts(present), strict=True)
        found = [
            Difference(name, before, after)
            for (name, before), (_, after) in pairs
            if before != after
        ]
        return (*found, *self._items(seen, present))

    def _facts(self, row: RequestRow) -> Iterator[tuple[str, str]]:
        words, patient = self._words, row.patient
        diagnosis = " ".join(part for part in (row.diagnosis.icd10, row.diagnosis.text) if part)
        at = row.appointment_at
        yield self.tr("Patient"), patient.full_name
        yield self.tr("Born"), words.time.full_date(patient.birth_date)
        yield self.tr("Status"), words.status(row.status)
        yield self.tr("Who works on it"), row.owner.name if row.owner else self.tr("nobody")
        yield self.tr("Route"), words.route(row.route).word
        yield self.tr("Diagnosis"), diagnosis or self.tr("none")
        yield self.tr("Profile"), words.profile(row.profile_match).word
        yield self.tr("Observation"), words.care_setting(row.care_setting)
        yield self.tr("Threat to life"), self.tr("yes") if row.life_threat else self.tr("no")
        yield self.tr("Appointment"), words.time.short_moment(at) if at else self.tr("none")
        yield self.tr("Unread messages"), str(row.unread_messages)

    def _items(self, seen: RequestRow, present: RequestRow) -> Iterator[Difference]:
        state, none = self._words.item_state, self.tr("none")
        before = {item.code: item for item in seen.checklist}
        after = {item.code: item for item in present.checklist}
        for code, item in (before | after).items():
            was = state(before[code]) if code in before else none
            now = state(after[code]) if code in after else none
            if was != now:
                yield Difference(item.title, was, now)
