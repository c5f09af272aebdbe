"""What signs, imported by one thread at a time.

The libraries behind it import one another in circles: two threads that begin at different ends
each find a module that the other has only half read (`ImportError`).
"""

import threading
from importlib import import_module
from typing import Final

_SIGNS: Final = ("signing.fields", "signing.levels", "signing.stamp", "signing.keys.pkcs12")
_READING: Final = threading.Lock()


def load_signing() -> None:
    """Blocks for up to a second the first time; nothing behind it."""
    with _READING:
        for name in _SIGNS:
            import_module(name)
