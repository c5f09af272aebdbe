"""A value that a formula makes of named figures: a line of the list, a sentence of the draft."""

from dataclasses import dataclass

from backend_client.models.common import DocumentId
from backend_client.models.evidence import FramePlace, Origin
from workstation.core.findings import Finding

FIRST_LINE = 1_000_000
"""Numbers of computed lines begin here: figures of a file are fewer."""


@dataclass(frozen=True, slots=True)
class ComputedLine:
    """One line in words; without a value `missing` says what has to be measured for it."""

    number: int
    label: str
    value: str
    missing: str
    where: str
    """All of it, for the tooltip."""
    warning: str
    text: str
    """For the conclusion; "" where there is no value."""
    document_id: DocumentId
    """The file of the newest figure that entered it."""
    place: FramePlace
    """That figure."""
    origin: Origin

    @property
    def finding(self) -> Finding | None:
        """For the conclusion; None where there is nothing to say."""
        return Finding(self.text, self.place, self.origin) if self.text else None


@dataclass(frozen=True, slots=True)
class ComputedLines:
    """All of a case, in the order of the list."""

    echo: tuple[ComputedLine, ...] = ()
    fetus: tuple[ComputedLine, ...] = ()
    organs: tuple[ComputedLine, ...] = ()
    without_limits: str = ""
    """Why no limits stand beside the echo's values; "" where they do."""

    @property
    def every(self) -> tuple[ComputedLine, ...]:
        """One after the other."""
        return (*self.echo, *self.fetus, *self.organs)
