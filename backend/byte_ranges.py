"""The Range and If-Range headers (RFC 9110, section 14): one range of bytes at a time."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class ByteRange:
    """From `start` up to and without `end`."""

    start: int
    end: int


class RangeNotSatisfiable(Exception):
    """The range lies behind the file's end."""


def asked_range(
    range_header: str | None, if_range: str | None, etag: str, size: int
) -> ByteRange | None:
    """The range to send; None: the whole file.

    What is not understood, and a file that has changed since (If-Range), mean the whole file.
    Raises RangeNotSatisfiable.
    """
    found = ONE_RANGE.fullmatch((range_header or "").strip())
    if found is None or (if_range is not None and if_range.strip() != etag):
        return None
    first, last = found.groups()
    if not first:
        return _last_bytes(last, size)
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    if start >= size:
        raise RangeNotSatisfiable
    return ByteRange(start, end)


def _last_bytes(count: str, size: int) -> ByteRange | None:
    if not count:
        return None
    if int(count) == 0 or size == 0:
        raise RangeNotSatisfiable
    return ByteRange(max(size - int(count), 0), size)
