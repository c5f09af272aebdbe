"""What the libraries say of what they look at is not for a log: it holds the names of people."""

import logging
from typing import Final

_LIBRARIES: Final = ("pyhanko", "pyhanko_certvalidator", "fontTools")


def hush_libraries() -> None:
    """From now on they log nothing but what ends a program; what matters is in our report."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)
