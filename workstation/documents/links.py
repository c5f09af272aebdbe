"""Places of a conclusion that lead to a source: its key image, and its line in the list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pikepdf import Array, Dictionary, Name, Pdf, String

_PRINTED: Final = 4
"""Annotation flag: ISO 19005-2, 6.3.2 asks for it."""
_ABOVE: Final = 12.0
"""Points of the page that are seen over the place that is led to."""


@dataclass(frozen=True, slots=True)
class PaperLink:
    """A box on a page, in points from its lower left corner."""

    page: int
    box: tuple[float, float, float, float]
    """Left, bottom, right, top."""
    number: int
    """Of the source."""
    is_picture: bool


def joined(links: Iterable[PaperLink]) -> Iterator[PaperLink]:
    """The lines of one source as one box."""
    last: PaperLink | None = None
    for link in links:
        if last is not None and not link.is_picture and _go_together(last, link):
            box = (last.box[0], link.box[1], last.box[2], last.box[3])
            last = replace(last, box=box)
            continue
        if last is not None:
            yield last
        last = link
    if last is not None:
        yield last


def add_links(pdf: Pdf, links: Sequence[PaperLink]) -> None:
    """Link annotations (ISO 32000-1, 12.5.6.5): in any reader a picture leads to its line in the
    list, and the line to the picture. `Contents` names the source: our own viewer goes by it."""
    for link in links:
        other = next((one for one in links if _is_pair(link, one)), None)
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(side, 2) for side in link.box]),
            Border=Array([0, 0, 0]),
            F=_PRINTED,
            Contents=String(f"[{link.number}]"),
        )
        if other is not None:
            left, _, _, top = other.box
            page = pdf.pages[other.page].obj
            annotation.Dest = Array([page, Name.XYZ, round(left, 2), round(top + _ABOVE, 2), 0])
        sheet = pdf.pages[link.page].obj
        if "/Annots" not in sheet:
            sheet.Annots = Array()
        sheet.Annots.append(pdf.make_indirect(annotation))


def _go_together(one: PaperLink, other: PaperLink) -> bool:
    same = (one.page, one.number, one.is_picture) == (other.page, other.number, other.is_picture)
    return same and abs(one.box[1] - other.box[3]) < 1.0


def _is_pair(one: PaperLink, other: PaperLink) -> bool:
    return one.number == other.number and one.is_picture is not other.is_picture
