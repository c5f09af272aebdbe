"""The log: a rotating file of plain lines, in which no patient is to be found.

Our own records carry ids and codes. All that might quote more is taken out here: texts of
exceptions, arguments of other libraries' messages, words in other than Latin letters, addresses'
queries. Tracebacks are places only, without source lines and values.
"""

import asyncio
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE_NAME = "workstation.log"
FILE_BYTES = 1_000_000
OLDER_FILES = 4
LONGEST_LINE = 1_000
OURS = ("workstation", "backend_client", "signing", "__main__")
NOT_LATIN = re.compile(r"[^\W\d_a-zA-Z]+(?:[\s.,^-]*[^\W\d_a-zA-Z]+)*")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
QUERY = re.compile(r"\?\S+")
HIDDEN = "[…]"

logger = logging.getLogger(__name__)
TellUser = Callable[[BaseException], None]


class PlainFormatter(logging.Formatter):
    """One line a record, time in UTC, then the places of an exception."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(  # logging's name
        self, record: logging.LogRecord, datefmt: str | None = None
    ) -> str:
        """UTC with milliseconds."""
        moment = datetime.fromtimestamp(record.created, UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def format(self, record: logging.LogRecord) -> str:
        """The line without what might be about a patient, then places.

        Never by `record.exc_text`: another handler may have put the whole traceback there.
        """
        record.message = _message(record)
        record.asctime = self.formatTime(record)
        line = self.formatMessage(record)
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else "\n".join([line, *_places(error)])


def set_up_logging(folder: Path, level: int = logging.INFO) -> Path:
    """Writes the log into `folder` from now on; returns the file. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / FILE_NAME
    handler = RotatingFileHandler(
        path, maxBytes=FILE_BYTES, backupCount=OLDER_FILES, encoding="utf-8"
    )
    os.chmod(path, 0o600)
    handler.setFormatter(PlainFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(True)
    return path


def install_hooks(tell_user: TellUser) -> None:
    """Errors that nobody has caught go to the log and, calmly, to the user."""

    def uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("uncaught", exc_info=(kind, error, trace))
        tell_user(error)

    def in_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            error = arguments.exc_value
            logger.critical("uncaught in a thread", exc_info=error)

    sys.excepthook = uncaught
    threading.excepthook = in_thread
    sys.unraisablehook = _unraisable


def loop_error_handler(
    tell_user: TellUser,
) -> Callable[[asyncio.AbstractEventLoop, dict[str, object]], None]:
    """For `loop.set_exception_handler`."""

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            logger.error("uncaught in the loop", exc_info=error)
            tell_user(error)
        else:
            logger.error("loop: %s", context.get("message", ""))

    return handle


def _unraisable(arguments: "sys.UnraisableHookArgs") -> None:
    error = arguments.exc_value
    logger.error("raised where nobody can catch it", exc_info=error or True)


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in OURS:
        text = record.getMessage()
    else:
        text = str(record.msg) if record.args else QUOTED.sub(HIDDEN, str(record.msg))
    hidden = NOT_LATIN.sub(HIDDEN, QUERY.sub("?" + HIDDEN, text))
    return hidden.replace("\n", " ")[:LONGEST_LINE]


def _places(error: BaseException) -> list[str]:
    """Lines from the first cause to the last exception."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = _places(cause) if cause is not None else []
    lines.append(f"  {type(error).__module__}.{type(error).__qualname__}")
    for frame in traceback.extract_tb(error.__traceback__, limit=-30):
        lines.append(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    if isinstance(error, BaseExceptionGroup):
        lines += [line for part in error.exceptions for line in _places(part)]
    return lines
