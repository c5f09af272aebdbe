"""What the review asks of a viewer that can be cited."""

from typing import Protocol, runtime_checkable

from backend_client.models.evidence import PicturePlace
from workstation.core.findings import Finding


@runtime_checkable
class OffersFindings(Protocol):
    """A viewer in which something can be measured."""

    def finding(self) -> Finding | None:
        """The chosen measurement, else what is looked at; None where there is neither."""


@runtime_checkable
class ShowsPicturePlaces(Protocol):
    """A viewer of pictures."""

    def show_place(self, place: PicturePlace) -> bool:
        """Brings the place into sight and marks it for a moment; False where there is none."""
