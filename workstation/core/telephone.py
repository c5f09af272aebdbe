"""A patient's number as the system's dialler takes it."""

import re
from typing import Final

_SPACES: Final = re.compile(r"[ ()\-\u00a0\u2011]")
_DIALLED: Final = re.compile(r"\+?[0-9]{5,15}")
"""E.164: 15 digits at the most; what is shorter than five is a service, not a patient."""


def tel_uri(number: str) -> str:
    """`tel:+79000004843` (RFC 3966); "" for anything that is not a plain number."""
    digits = _SPACES.sub("", number)
    return f"tel:{digits}" if _DIALLED.fullmatch(digits) else ""
