"""Which frame, slice or page of an open file a command line means."""

import argparse
from dataclasses import dataclass

from workstation.commands.files import WRONG_USE, CommandFailed
from workstation.studies.stack import StackInfo


@dataclass(frozen=True, slots=True)
class Wished:
    """As it was given; None where nothing was said."""

    frame: int | None = None
    """From 0."""
    page: int | None = None
    """From 1."""
    series: int | None = None
    """From 1."""

    @classmethod
    def of(cls, options: argparse.Namespace) -> "Wished":
        """From `add_place`."""
        return cls(options.frame, options.page, options.series)


def frame_of(wished: Wished, count: int) -> int:
    """Of a clip or a single picture; the first one where nothing was said.

    Raises CommandFailed.
    """
    _only_slices_have_series(wished)
    if wished.page is not None:
        raise CommandFailed(WRONG_USE, "--page is for documents: give --frame")
    return _within(wished.frame or 0, count, "--frame", "frame")


def page_of(wished: Wished, count: int) -> int:
    """Of a document, from 0; the first one where nothing was said. Raises CommandFailed."""
    _only_slices_have_series(wished)
    if wished.page is not None and wished.frame is not None:
        raise CommandFailed(WRONG_USE, "give either --page or --frame")
    if wished.page is None:
        return _within(wished.frame or 0, count, "--frame", "page")
    if wished.page > count:
        raise CommandFailed(WRONG_USE, f"--page {wished.page}: the file has {count} page(s)")
    return wished.page - 1


def slice_of(wished: Wished, info: StackInfo) -> int:
    """The slice's index in the study; of the first series the middle one, as the window opens it.

    Raises CommandFailed.
    """
    if wished.page is not None:
        raise CommandFailed(WRONG_USE, "--page is for documents: give --frame")
    number = wished.series or 1
    if number > len(info.series):
        raise CommandFailed(WRONG_USE, f"--series {number}: there are {len(info.series)}")
    series = info.series[number - 1]
    if wished.frame is None:
        return series.first + series.count // 2
    return series.first + _within(wished.frame, series.count, "--frame", "slice")


def _only_slices_have_series(wished: Wished) -> None:
    if wished.series is not None:
        raise CommandFailed(WRONG_USE, "--series is for slices, of which the file has none")


def _within(number: int, count: int, option: str, what: str) -> int:
    if number >= count:
        words = f"{option} {number}: the last {what} is {count - 1}, they count from 0"
        raise CommandFailed(WRONG_USE, words)
    return number
