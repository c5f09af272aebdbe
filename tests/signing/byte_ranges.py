"""What each signature of a file covers, read from its bytes without any library."""

import re
from dataclasses import dataclass

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


@dataclass(frozen=True)
class Covered:
    """The bytes that a signature stands for, and the CMS between them."""

    content: bytes
    cms: bytes
    spans: tuple[range, range]


def covered_by_signatures(pdf: bytes) -> list[Covered]:
    """In the order of the file: the doctor's comes first."""
    return [_covered(pdf, *map(int, match.groups())) for match in _RANGE.finditer(pdf)]


def _covered(pdf: bytes, start: int, length: int, second: int, rest: int) -> Covered:
    padded = bytes.fromhex(pdf[start + length + 1 : second - 1].decode())
    spans = (range(start, start + length), range(second, second + rest))
    content = b"".join(pdf[span.start : span.stop] for span in spans)
    return Covered(content, _without_padding(padded), spans)


def _without_padding(padded: bytes) -> bytes:
    """A DER sequence says its length in the bytes after the tag."""
    count = padded[1] - 0x80
    return padded[: 2 + count + int.from_bytes(padded[2 : 2 + count])]
