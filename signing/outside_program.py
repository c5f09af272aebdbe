"""An outside program asked one question: bytes in, bytes out, within a time, never hanging."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from signing.errors import ProviderAnswer, ProviderHangs, ProviderMissing, ProviderRefused

_LONGEST_ANSWER: Final = 1 << 20
_WINDOWLESS: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def ask(
    command: Sequence[str],
    question: bytes = b"",
    *,
    timeout: float,
    secrets: Mapping[str, str] | None = None,
) -> bytes:
    """What the program writes to its standard output; `question` is its standard input.

    `secrets` are variables of its own environment: a command line may be read by everybody.
    `timeout` is in seconds; a program that needs more is ended with all that it has started. What
    it says of errors is not read: it may hold names. Raises a ProviderFailed.
    """
    with _started(command, secrets or {}) as process:
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            _end(process)

        timer = threading.Timer(timeout, end)
        feeder = threading.Thread(target=_feed, args=(process, question), daemon=True)
        timer.start()
        feeder.start()
        try:
            answer = _read(process)
            code = process.wait()
        finally:
            timer.cancel()
            _end(process)
            feeder.join()
    if is_late.is_set():
        raise ProviderHangs("the program did not answer in time")
    if len(answer) > _LONGEST_ANSWER:
        raise ProviderAnswer("the program answers without end")
    if code != 0:
        raise ProviderRefused(f"the program ended with {code}")
    return answer


def _started(command: Sequence[str], secrets: Mapping[str, str]) -> subprocess.Popen[bytes]:
    if not command or not (program := _found(command[0])):
        raise ProviderMissing("the program is not installed")
    try:
        return subprocess.Popen(
            [program, *command[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **secrets},
            start_new_session=os.name == "posix",
            creationflags=_WINDOWLESS,
        )
    except (OSError, ValueError) as error:
        raise ProviderMissing("the program cannot be started") from error


def _found(program: str) -> str | None:
    return program if Path(program).is_absolute() else shutil.which(program)


def _feed(process: subprocess.Popen[bytes], question: bytes) -> None:
    assert process.stdin is not None
    # It may end before it has read everything, and is judged by its answer.
    with contextlib.suppress(OSError, ValueError):
        process.stdin.write(question)
    with contextlib.suppress(OSError, ValueError):
        process.stdin.close()


def _read(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    answer = process.stdout.read(_LONGEST_ANSWER + 1)
    if len(answer) > _LONGEST_ANSWER:
        _end(process)
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    """With its children, which would hold the pipes open."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
