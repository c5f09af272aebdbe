"""An ICD-10 code as it is typed: under a Russian layout too, with whatever stands for the point.

Codes have a Latin letter. Under ЙЦУКЕН a doctor either forgets the layout, and then the key's place
is what was meant («Ш35.0» for I35.0), or types the Russian letter that looks the same («О80» for
O80). The second reading is taken for the letters that look alike, because it leaves on the screen
what the doctor sees there; `read_as` tells of it, so that nothing is guessed in silence.
"""

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 8
_LOOK_ALIKE: Final = dict(zip("АВЕКМНОРСТХ", "ABEKMHOPCTX", strict=True))
_BY_PLACE: Final = dict(zip("ЙЦУГШЩЗФЫПЛДЯЧИЬ", "QWEUIOPASGKLZXBM", strict=True))
_ONE_READING: Final = "С"
"""Looks like the letter that its key types."""
_TWO_READINGS: Final = frozenset(_LOOK_ALIKE) - frozenset(_ONE_READING) | frozenset("У")
_POINTS: Final = dict.fromkeys(",/юЮбБ", ".")
"""What the keys of the point and its neighbours type under both layouts."""
_READ_AS: Final = {**_LOOK_ALIKE, **_BY_PLACE, "†": "+"}
_PATTERN: Final = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{1,2})?[*+]?")
"""A heading, a subheading, and the mark of a double code (ICD-10, volume 2, section 3.1.3)."""


@dataclass(frozen=True, slots=True)
class TypedCode:
    """What was typed, as a code. `read_as`: the Russian letter and the Latin one taken for it."""

    text: str
    read_as: tuple[str, str] | None = None


def as_code(typed: str) -> TypedCode:
    """The code that was meant: as many characters as were typed but for blanks."""
    read_as = None
    letters = []
    for character in typed:
        upper = character.upper()
        if character.isspace():
            continue
        read = _POINTS.get(character) or _READ_AS.get(upper, upper)
        if upper in _TWO_READINGS:
            read_as = (upper, read)
        letters.append(read)
    return TypedCode("".join(letters)[:LONGEST], read_as)


def is_code(text: str) -> bool:
    """Whether this is a whole ICD-10 code by its form."""
    return _PATTERN.fullmatch(text) is not None


def is_beginning_of_code(text: str) -> bool:
    """Whether more characters could make it a code: nothing is said of it while it is typed."""
    filler = "A00.0"
    return any(is_code(text + filler[len(text) :][:n]) for n in range(len(filler)))
