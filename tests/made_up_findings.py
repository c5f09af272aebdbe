"""Findings and sources for tests: a QT interval in lead II of some ECG."""

import msgspec

from backend_client.models.common import DocumentId
from backend_client.models.evidence import EcgPlace, Evidence, Origin
from tests.factories import NOW
from workstation.core.findings import Finding

QT = "QT 396 мс (II, 3,52–3,92 с, фильтр: нет)"
RR = "RR 882 мс, 68 в мин (II, 2,10–2,98 с, фильтр: нет)"


def make_place(start_s: float = 3.52, stop_s: float = 3.92, **changes: object) -> EcgPlace:
    """A stretch of lead II, seen without a filter."""
    place = EcgPlace(lead="II", start_s=start_s, stop_s=stop_s)
    return msgspec.structs.replace(place, **changes)


def make_finding(text: str = QT, **changes: object) -> Finding:
    """Measured by hand; `changes` are of the place."""
    return Finding(text=text, place=make_place(**changes), origin=Origin.BY_HAND)  # type: ignore[arg-type]  # fields by name


def make_evidence(number: int = 1, **changes: object) -> Evidence:
    """A source with that number."""
    source = Evidence(
        number=number,
        text=QT,
        document_id=DocumentId("document-1"),
        sha256="ab" * 32,
        title="ЭКГ 12.11",
        place=make_place(),
        origin=Origin.BY_HAND,
        made_at=NOW,
    )
    return msgspec.structs.replace(source, **changes)
