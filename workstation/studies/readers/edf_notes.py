"""Time-stamped annotations of EDF+ (edfplus.info, 2.2.2)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from workstation.studies.readers.ecg_values import number
from workstation.studies.readers.letters import read

_TEXT: Final = b"\x14"
_DURATION: Final = b"\x15"
_MOST: Final = 500


def onset(record: bytes) -> float | None:
    """When a record begins, in seconds: its first list has a time and no text."""
    stamp = record.split(_TEXT, 1)[0].split(_DURATION, 1)[0]
    return number(stamp.decode("latin-1"))


def texts(records: Iterable[bytes]) -> Iterator[str]:
    """The words of all lists, in the file's order; those without words keep the time only."""
    return islice(_words(records), _MOST)


def _words(records: Iterable[bytes]) -> Iterator[str]:
    for record in records:
        for listed in record.split(b"\0"):
            for raw in listed.split(_TEXT)[1:]:
                words = read(raw, "utf-8").words
                if words:
                    yield words
