"""The log: readable for who looks for a fault, without a word about a patient."""

import asyncio
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from workstation import logging_setup
from workstation.logging_setup import install_hooks, loop_error_handler, set_up_logging

NAME = "Приметова Прасковья"
ours = logging.getLogger("workstation.services.requests")
theirs = logging.getLogger("somelibrary.reader")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log's file; everything about logging is as before afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in logging_setup.OURS}
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield set_up_logging(tmp_path / "logs")
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(False)
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


def raise_about(name: str) -> None:
    raise KeyError(f"no such patient: {name}")


def test_a_line_says_when_where_and_which(log: Path) -> None:
    ours.info("claim of %s took %d ms", "request-17", 42)
    line = log.read_text(encoding="utf-8").splitlines()[-1]
    assert line.endswith("Z INFO workstation.services.requests: claim of request-17 took 42 ms")
    assert log.stat().st_mode & 0o077 == 0


def test_an_exception_is_logged_by_its_places(log: Path) -> None:
    try:
        raise_about(NAME)
    except KeyError:
        ours.exception("order failed")
    text = log.read_text(encoding="utf-8")
    assert "builtins.KeyError" in text
    assert "test_logging_setup.py" in text
    assert "raise_about" in text
    assert NAME not in text
    assert "no such patient" not in text


def test_causes_and_groups_are_logged_by_their_places_too(log: Path) -> None:
    try:
        try:
            raise_about(NAME)
        except KeyError as error:
            raise ExceptionGroup(NAME, [ValueError(NAME)]) from error
    except ExceptionGroup:
        ours.exception("order failed")
    text = log.read_text(encoding="utf-8")
    assert text.index("KeyError") < text.index("ExceptionGroup") < text.index("ValueError")
    assert "Приметова" not in text


@pytest.mark.parametrize(
    "message",
    [
        f"row {NAME} is bad",
        "ПРИМЕТОВА^ПРАСКОВЬЯ",
        "Приметова-Ёлкина, Прасковья",
        "GET /requests?search=%D0%9F%D1%80%D0%B8%D0%BC&group=all",
    ],
)
def test_words_that_may_be_a_name_are_taken_out_of_our_own_lines(log: Path, message: str) -> None:
    ours.warning("%s", message)
    line = log.read_text(encoding="utf-8").splitlines()[-1]
    for part in ("римет", "РИМЕТ", "расков", "РАСКОВ", "Ёлк", "search", "D0%9F"):
        assert part not in line
    assert "[…]" in line


def test_what_other_libraries_quote_is_taken_out(log: Path) -> None:
    theirs.warning("bad value %r in %s", "IVANOVA^ANNA", "PatientName")
    theirs.warning("bad value 'IVANOVA^ANNA' in \"Ivanova.dcm\"")
    text = log.read_text(encoding="utf-8")
    assert "IVANOVA" not in text
    assert "Ivanova" not in text
    assert "bad value %r in %s" in text


def test_libraries_are_heard_from_warnings_on(log: Path) -> None:
    """httpx says every address at INFO, and an address may hold what was searched for."""
    logging.getLogger("httpx").info("HTTP Request: GET http://host/requests?search=Ivanova")
    logging.getLogger("websockets.client").debug("> TEXT Ivanova")
    theirs.warning("loud")
    assert len(log.read_text(encoding="utf-8").splitlines()) == 1


def test_python_s_warnings_come_without_their_quotations(log: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("Invalid value for VR PN: 'IVANOVA^ANNA'", UserWarning, stacklevel=1)
        logging.captureWarnings(False)
    text = log.read_text(encoding="utf-8")
    assert "py.warnings" in text
    assert "IVANOVA" not in text


def test_a_long_line_and_a_line_break_stay_one_short_line(log: Path) -> None:
    ours.warning("a\nb%s", "x" * 5000)
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert len(line) < 1200


def test_the_log_does_not_grow_without_end(log: Path) -> None:
    for _ in range(7000):
        ours.warning("x" * 990)
    sizes = [file.stat().st_size for file in log.parent.iterdir()]
    assert len(sizes) == 5
    assert sum(sizes) <= 5_000_000


def test_errors_that_nobody_catches_are_logged_and_told(log: Path) -> None:
    told: list[BaseException] = []
    install_hooks(told.append)
    error = _raised()
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=raise_about, args=(NAME,))
    thread.start()
    thread.join()
    text = log.read_text(encoding="utf-8")
    assert told == [error]
    assert text.count("builtins.KeyError") == 2
    assert NAME not in text


async def test_errors_of_the_loop_are_logged_and_told(log: Path) -> None:
    told: list[BaseException] = []
    handler = loop_error_handler(told.append)
    error = _raised()
    loop = asyncio.get_running_loop()
    handler(loop, {"message": f"Task for {NAME} failed", "exception": error})
    handler(loop, {"message": "something is off"})
    text = await asyncio.to_thread(log.read_text, encoding="utf-8")
    assert told == [error]
    assert "something is off" in text
    assert NAME not in text


def _raised() -> KeyError:
    try:
        raise_about(NAME)
    except KeyError as error:
        return error
    raise AssertionError("it raises")
