"""Processes that are forked from one which has imported what they need, instead of spawned.

A decoder that is spawned imports for a second of CPU time before it is of use. What it does then is
the same in both; that it comes up from nothing is shown where it is started without this.
"""

import multiprocessing.context
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from workstation.studies import readers

IMPORTED: Final = (
    "workstation.studies.process",
    *(f"{readers.__name__}.{one.name}" for one in pkgutil.iter_modules(readers.__path__)),
)


@contextmanager
def forked() -> Iterator[None]:
    """Within, who asks for spawned processes gets forked ones, where the system has them."""
    contexts = vars(multiprocessing.context)["_concrete_contexts"]  # no other way in
    ahead = contexts.get("forkserver")
    if ahead is None:
        yield
        return
    ahead.set_forkserver_preload(list(IMPORTED))
    spawning = contexts["spawn"]
    contexts["spawn"] = ahead
    try:
        yield
    finally:
        contexts["spawn"] = spawning
