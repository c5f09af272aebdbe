"""An embedded server ends with the program that started it."""

import os
import sys
import threading
from collections.abc import Callable


def when_stdin_closes(call: Callable[[], None]) -> None:
    """Calls once, from another thread, when the other end of standard input is gone."""
    threading.Thread(target=_wait, args=(sys.stdin.fileno(), call), daemon=True).start()


def _wait(stdin: int, call: Callable[[], None]) -> None:
    # Below Python's buffers: their lock would be held when the interpreter ends.
    while os.read(stdin, 4096):
        pass
    call()
