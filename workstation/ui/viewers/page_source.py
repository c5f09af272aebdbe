"""Where the pages of a document come from."""

from typing import Protocol, runtime_checkable

from workstation.studies.imaging import Frame

MOST_PIXELS_WIDE = 2480
"""A4 at 300 dots an inch: beyond it a page is enlarged, not drawn anew."""


@runtime_checkable
class PageSource(Protocol):
    """An open study."""

    async def page(self, index: int, width_px: int) -> Frame:
        """The page as a picture of that width; raises StudyError."""
