"""Frames in encapsulated pixel data (PS3.5 A.4): where each lies, as far as the file goes."""

import struct
from dataclasses import dataclass
from typing import Final

_ITEM: Final = b"\xfe\xff\x00\xe0"
_END: Final = b"\xfe\xff\xdd\xe0"
_END_OF_IMAGE: Final = b"\xff\xd9"

Span = tuple[int, int]
"""First byte and the one behind the last."""


@dataclass(frozen=True, slots=True)
class Fragments:
    """The items of the Pixel Data element that are there as a whole."""

    offsets: tuple[int, ...]
    """Basic Offset Table: where each frame's first item begins, from the first item on."""
    spans: tuple[Span, ...]
    complete: bool
    """Whether the end was found."""


def fragments(value: memoryview) -> Fragments:
    """Walks the items; stops where the file ends or is no longer a row of items."""
    spans: list[Span] = []
    complete = False
    position = 0
    while len(head := bytes(value[position : position + 8])) == 8:
        complete = head[:4] == _END
        start = position + 8
        position = start + int(struct.unpack_from("<L", head, 4)[0])
        if head[:4] != _ITEM or position > len(value):
            break
        spans.append((start, position))
    table = bytes(value[slice(*spans[0])]) if spans else b""
    offsets = struct.unpack_from(f"<{len(table) // 4}L", table)
    return Fragments(offsets, tuple(spans[1:]), complete)


def frames(value: memoryview, announced: int, *, one_fragment_each: bool) -> list[list[Span]]:
    """The fragments of each frame that is there as a whole, `announced` frames at most.

    By the offset table where it fits the items, else one fragment a frame (RLE always, and where
    the numbers agree), else a new frame behind each JPEG end-of-image marker.
    """
    found = fragments(value)
    if announced == 1 and not one_fragment_each:
        groups = [list(found.spans)] if found.spans else []
    elif one_fragment_each or len(found.spans) <= announced:
        groups = [[span] for span in found.spans]
    else:
        groups = _by_offsets(found) or _by_end_markers(value, found.spans)
    if groups and not found.complete and not _ends(value, groups[-1], one_fragment_each):
        groups.pop()
    return groups[:announced]


def _ends(value: memoryview, frame: list[Span], one_fragment_each: bool) -> bool:
    return one_fragment_each or _at_end_of_image(value, frame[-1])


def _by_offsets(found: Fragments) -> list[list[Span]]:
    """Empty where the table is missing or points beside the items."""
    if not found.spans:
        return []
    origin = found.spans[0][0]
    groups: dict[int, list[Span]] = {offset: [] for offset in found.offsets}
    current: list[Span] | None = None
    for span in found.spans:
        current = groups.get(span[0] - origin, current)
        if current is None:
            return []
        current.append(span)
    filled = [group for group in groups.values() if group]
    reached = [offset for offset in found.offsets if offset <= found.spans[-1][0] - origin]
    return filled if len(filled) == len(reached) else []


def _by_end_markers(value: memoryview, spans: tuple[Span, ...]) -> list[list[Span]]:
    groups: list[list[Span]] = [[]]
    for span in spans:
        groups[-1].append(span)
        if _at_end_of_image(value, span):
            groups.append([])
    return [group for group in groups if group]


def _at_end_of_image(value: memoryview, span: Span) -> bool:
    """The last bytes, but for a byte of padding to an even length."""
    return _END_OF_IMAGE in bytes(value[max(span[0], span[1] - 4) : span[1]])
