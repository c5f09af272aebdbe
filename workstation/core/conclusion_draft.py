"""The text of a conclusion as it lies on this computer until the server has it."""

from dataclasses import dataclass
from datetime import datetime

from backend_client.models.conclusions import ConclusionForm


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What was written here."""

    version: int
    """Of the server's record that was edited; 0: there was none."""
    form: ConclusionForm
    changed_at: datetime
    """Aware UTC."""
