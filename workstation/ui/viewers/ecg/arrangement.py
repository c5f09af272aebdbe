"""Which leads stand in which row and column: the layouts that a cardiologist knows by their keys.

Order and names of the twelve: IEC 60601-2-25 and AHA/ACC/HRS 2007, part II; Cabrera's
order has −aVR between I and II. A lead beyond the twelve is never left out of a page of leads.
"""

from dataclasses import dataclass
from enum import IntEnum

from workstation.studies.ecg import STANDARD_LEADS, EcgRecord, RecordingKind

_FEW_FURTHER = 3
"""So many leads more make a column of their own beside rows of three: 15 leads in five columns."""


class EcgLayout(IntEnum):
    """Arrangements, numbered as their keys."""

    THREE_BY_FOUR = 1
    SIX_BY_TWO = 2
    TWELVE_BY_ONE = 3
    RHYTHM = 4
    CABRERA = 5
    THREE_RHYTHMS = 6


@dataclass(frozen=True, slots=True)
class LeadRef:
    """A lead by its name; sign -1 shows it upside down (−aVR in Cabrera's order)."""

    name: str
    sign: int = 1

    @property
    def label(self) -> str:
        """As written beside the trace, with a true minus sign."""
        return self.name if self.sign > 0 else f"−{self.name}"


Row = tuple[LeadRef, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Rows of columns, and under them rows that run through."""

    rows: tuple[Row, ...]
    """Each as long as there are columns, or shorter where nothing is left to show."""
    rhythm: Row = ()
    """Each over the whole width."""

    @property
    def columns(self) -> int:
        """How many leads stand beside each other."""
        return max((len(row) for row in self.rows), default=1)


def is_twelve_lead(record: EcgRecord) -> bool:
    """Whether so many of the twelve leads exist that a page of columns makes sense."""
    return sum(lead.name in STANDARD_LEADS for lead in record.leads) >= 6


def has_columns(record: EcgRecord, layout: EcgLayout) -> bool:
    """Whether leads stand beside each other."""
    return is_twelve_lead(record) and layout in _GRIDS


def arranged(record: EcgRecord, layout: EcgLayout) -> Arrangement:
    """Where the record's leads stand; without the twelve all of them below each other."""
    if layout is EcgLayout.RHYTHM:
        return Arrangement((), (LeadRef(rhythm_lead(record)),))
    if not has_columns(record, layout):
        return Arrangement(tuple((LeadRef(lead.name),) for lead in record.leads))
    return Arrangement(_with_further(record, _GRIDS[layout]), _rhythm(record, layout))


def rhythm_lead(record: EcgRecord) -> str:
    """II; without it V1, or the first that there is."""
    names = [lead.name for lead in record.leads]
    return next((name for name in ("II", "V1", *names) if name in names), "II")


def _rhythm(record: EcgRecord, layout: EcgLayout) -> Row:
    if record.kind is RecordingKind.MEDIAN_BEAT:
        return ()  # one beat has no rhythm
    if layout is EcgLayout.THREE_BY_FOUR:
        return (LeadRef(rhythm_lead(record)),)
    if layout is EcgLayout.THREE_RHYTHMS:
        return tuple(LeadRef(name) for name in ("V1", "II", "V5"))
    return ()


def _with_further(record: EcgRecord, grid: tuple[Row, ...]) -> tuple[Row, ...]:
    """Leads beyond the twelve: a column of their own, or as many rows more as they need."""
    further = [LeadRef(lead.name) for lead in record.leads if lead.name not in STANDARD_LEADS]
    if len(grid) == _FEW_FURTHER and 0 < len(further) <= _FEW_FURTHER:
        column = [(ref,) for ref in further] + [()] * (_FEW_FURTHER - len(further))
        return tuple(row + more for row, more in zip(grid, column, strict=True))
    width = len(grid[0])
    rows = [tuple(further[n : n + width]) for n in range(0, len(further), width)]
    return (*grid, *rows)


def _refs(*rows: str) -> tuple[Row, ...]:
    return tuple(
        tuple(LeadRef(name.lstrip("-"), -1 if name.startswith("-") else 1) for name in row.split())
        for row in rows
    )


_THREE_ROWS = _refs("I aVR V1 V4", "II aVL V2 V5", "III aVF V3 V6")
_GRIDS = {
    EcgLayout.THREE_BY_FOUR: _THREE_ROWS,
    EcgLayout.SIX_BY_TWO: _refs("I V1", "II V2", "III V3", "aVR V4", "aVL V5", "aVF V6"),
    EcgLayout.CABRERA: _refs("aVL V1", "I V2", "-aVR V3", "II V4", "aVF V5", "III V6"),
    EcgLayout.THREE_RHYTHMS: _THREE_ROWS,
}
