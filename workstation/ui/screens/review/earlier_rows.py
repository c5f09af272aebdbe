"""Measurements that were kept with the request and are in no viewer's list, as lines."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from backend_client.models.annotations import Annotation, AnnotationId
from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from workstation.core.findings import Finding
from workstation.ui.literal_text import one_line
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.shortcuts import key_label
from workstation.ui.viewers.measurement_rows import (
    Entry,
    MeasurementHeading,
    MeasurementRow,
    RowKey,
)
from workstation.ui.wording import doctor_zone

_FIRST = 1 << 40
"""Numbers of these lines begin here: no viewer counts so far."""


class EarlierRows(QObject):
    """Their file is not open yet, or they cannot be measured anew here: they are told as the doctor
    read them, and lead to their place."""

    def __init__(
        self,
        earlier: Callable[[], Sequence[Annotation]],
        findings: DraftFindings | None,
        parent: QObject | None = None,
        *,
        can_remove: Callable[[AnnotationId], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self._earlier, self._findings, self._can_remove = earlier, findings, can_remove
        self._numbers: dict[AnnotationId, int] = {}

    @property
    def documents(self) -> frozenset[DocumentId]:
        """Of which there are any."""
        return frozenset(one.document_id for one in self._earlier())

    def of(self, document: Document, parts: Sequence[Document]) -> list[Entry]:
        """A file's, under one heading. `parts`: its documents, of a series several."""
        bytes_of = {part.id: part for part in parts}
        rows = [
            self._row(document, bytes_of[one.document_id], one)
            for one in self._earlier()
            if one.document_id in bytes_of and one.sha256 == bytes_of[one.document_id].sha256
        ]
        title = self.tr("{}, measured earlier").format(document.title)
        return [MeasurementHeading(title), *rows] if rows else []

    def get(self, key: RowKey) -> Annotation | None:
        """The measurement of that line."""
        if key.line_id < _FIRST:
            return None
        return next((one for one in self._earlier() if self._number(one) == key.line_id), None)

    def name_of(self, key: RowKey) -> AnnotationId | None:
        """Which measurement stands or stood in that line."""
        return next((name for name, number in self._numbers.items() if number == key.line_id), None)

    def finding(self, one: Annotation) -> Finding:
        """As it goes into the conclusion."""
        return Finding(one.text, one.place, one.origin)

    def _row(self, document: Document, part: Document, one: Annotation) -> MeasurementRow:
        stands = self._findings is not None and (
            self._findings.number_of(part, self.finding(one)) is not None
        )
        goes = self._can_remove is not None and self._can_remove(one.id)
        key = self.tr("{} takes it away").format(key_label("caliper.remove")) if goes else ""
        return MeasurementRow(
            RowKey(document.id, self._number(one)),
            one_line(one.label),
            told_value(one),
            "\n".join(part for part in (one_line(one.text), key) if part),
            is_noted=stands,
            made=maker_of(one),
        )

    def _number(self, one: Annotation) -> int:
        return self._numbers.setdefault(one.id, _FIRST + len(self._numbers))


def maker_of(one: Annotation) -> str:
    """«Левашова М. О., 20.11.2026 14:05», by the doctor's clock; "" where nobody is named."""
    when = one.made_at.astimezone(doctor_zone())
    return f"{one_line(one.made_by_name)}, {when:%d.%m.%Y %H:%M}" if one.made_by_name else ""


def told_value(one: Annotation) -> str:
    """«11,2 мм» of «МЖП 11,2 мм (кадр 3, …)»: as the doctor read it."""
    text, label = one_line(one.text), one_line(one.label)
    if text.casefold().startswith(label.casefold()):
        text = text[len(label) :]
    return text.partition(" (")[0].strip()
