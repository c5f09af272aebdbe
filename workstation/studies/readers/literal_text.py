"""Text of a hostile file as it is: nothing in it moves, hides or turns round other letters."""

import re
import unicodedata
from typing import Final

UNKNOWN: Final = "\u25a1"
"""A square: a character that cannot be shown."""
_CONTROL_PICTURES: Final = 0x2400
_CONTROL: Final = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\ufeff\\ufff9-\\uffff\\ud800-\\udfff\\ue000-\\uf8ff]"
)


def literal(text: str) -> str:
    """Control characters as pictures of themselves, invisible ones as squares, letters composed."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub(_seen, unicodedata.normalize("NFC", text))


def _seen(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return "" if code in (0xAD, 0xFEFF, 0x200B, 0x200C, 0x200D, 0x2060) else UNKNOWN
