"""What was done to a file after it was signed, in the words of a reader: which pages, and how.

Nothing is decided here: that the change is forbidden was found before.
"""

from collections.abc import Iterator
from typing import Any, Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    Reference,
)
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.report import Edit, LaterEdit

_MOST_OBJECTS: Final = 100_000
_MOST_PAGES: Final = 2_000


def edits_after(reader: PdfFileReader, revision: int, last: int) -> tuple[LaterEdit, ...]:
    """What later revisions changed; never empty, and never raises for the file's contents.

    `revision` is that of a signature, `last` of the file's last one: what followed that one is
    told where anything did, for between them lie signatures that are allowed.
    """
    if reader.xrefs.total_revisions > last + 1:
        revision = last
    try:
        found = tuple(_found(reader, revision))
    except Exception:  # noqa: BLE001  # a damaged file breaks the parser anywhere at all
        found = ()
    return found or (LaterEdit(Edit.ELSEWHERE),)


def _found(reader: PdfFileReader, revision: int) -> Iterator[LaterEdit]:
    then = list(_pages(reader.get_historical_resolver(revision).root["/Pages"]))
    now = list(_pages(reader.root["/Pages"]))
    if len(now) > len(then):
        yield LaterEdit(Edit.PAGES_ADDED)
    if len(now) < len(then):
        yield LaterEdit(Edit.PAGES_REMOVED)
    later = range(revision + 1, reader.xrefs.total_revisions)
    changed = {ref for one in later for ref in reader.xrefs.explicit_refs_in_revision(one)}
    drawn, marked = [], []
    for number, page in enumerate(now, start=1):
        old = then[number - 1] if number <= len(then) else None
        own = _without(page, "/Annots", "/Parent")
        if (old is not None and _said(old) != _said(page)) or _touches(own, changed):
            drawn.append(number)
        if "/Annots" in page and _touches(page.raw_get("/Annots"), changed):
            marked.append(number)
    if drawn:
        yield LaterEdit(Edit.PAGE_DRAWN, tuple(drawn))
    if marked:
        yield LaterEdit(Edit.PAGE_MARKED, tuple(marked))


def _pages(node: Any, depth: int = 0) -> Iterator[DictionaryObject]:
    """The leaves of the page tree, in their order."""
    if "/Kids" not in node or depth > 50:
        yield node
        return
    for kid in list(node["/Kids"])[:_MOST_PAGES]:
        yield from _pages(kid.get_object(), depth + 1)


def _without(page: DictionaryObject, *keys: str) -> list[Any]:
    return [page.raw_get(key) for key in page if key not in keys]


def _said(page: DictionaryObject) -> dict[str, str]:
    """The page's own words, but for its marks."""
    kept = (key for key in page if key not in ("/Annots", "/Parent"))
    return {str(key): repr(page.raw_get(key)) for key in kept}


def _touches(start: Any, changed: set[Reference]) -> bool:
    """Whether anything that is reached from there was written later."""
    waiting: list[Any] = [start]
    seen: set[Reference] = set()
    while waiting and len(seen) < _MOST_OBJECTS:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.reference in changed:
                return True
            if one.reference not in seen:
                seen.add(one.reference)
                waiting.append(one.get_object())  # type: ignore[no-untyped-call]
        elif isinstance(one, DictionaryObject):
            waiting += _without(one, "/Parent", "/P")
        elif isinstance(one, ArrayObject):
            waiting += [one.raw_get(place) for place in range(len(one))]
        elif isinstance(one, list):
            waiting += one
    return False
