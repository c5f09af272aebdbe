"""The server's log: to stderr, without the text of exceptions, which may hold a patient's data."""

import logging
import sys
import traceback
from types import TracebackType

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlaceFormatter(logging.Formatter):
    """Writes of an exception its kind and its place alone."""

    def formatException(self, ei: Caught) -> str:
        """Kind and places, without text and values."""
        kind, _, where = ei
        name = "" if kind is None else kind.__name__
        return "".join(traceback.format_tb(where)) + name


def log_to_stderr() -> None:
    """Warnings of all, and what the backend itself finds worth saying."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlaceFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler])
    logging.getLogger("backend").setLevel(logging.INFO)
