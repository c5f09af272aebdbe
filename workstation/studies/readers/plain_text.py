"""Plain texts: in which letters they are written, and how they stand on pages."""

import codecs
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workstation.studies.readers.literal_text import literal
from workstation.studies.readers.russian_letters import likeliest

_MOST_LETTERS: Final = 600_000
_PROBE: Final = 64 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_FEWEST_LETTERS: Final = 4
_CONTROLS_AT_MOST: Final = 0.02
_TAB: Final = 8


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text as read."""

    text: str
    letters: str
    """The encoding's name, as a person knows it."""
    guessed: bool
    cut: bool
    """Whether its end is missing."""


def looks_like_text(data: memoryview) -> bool:
    """Whether a file of no known format is a text: letters, hardly any control characters."""
    head = bytes(data[:_PROBE])
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{\\rtf", b"%!", b"PK\x03\x04")):
        return False
    text = _decoded(head).text[: _PROBE // 2]
    letters = sum(map(str.isalpha, text))
    controls = sum(letter < " " and letter not in "\t\r\n\f" for letter in text)
    unknown = text.count("\ufffd")
    least = max(1.0, _CONTROLS_AT_MOST * len(text))
    return letters >= max(_FEWEST_LETTERS, 0.2 * len(text)) and controls + unknown < least


def read_text(data: memoryview) -> PlainText:
    """The text, its beginning where it is very long."""
    most = 4 * _MOST_LETTERS
    found = _decoded(bytes(data[:most]))
    cut = len(data) > most or len(found.text) > _MOST_LETTERS
    return PlainText(found.text[:_MOST_LETTERS], found.letters, found.guessed, cut)


def lines_of(text: str, columns: int) -> Iterator[str]:
    """Lines no longer than `columns`; "\\f" stands alone for a new page."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for part, page in enumerate(plain.split("\f")):
        if part:
            yield "\f"
        for line in page.split("\n"):
            yield from _wrapped(literal(line.expandtabs(_TAB)), columns)


def columns_for(text: str, usual: int = 84, most: int = 124) -> int:
    """So many that no line of a table has to be broken, as far as letters stay legible."""
    longest = max((len(line) for line in text[:200_000].splitlines()), default=0)
    return usual if longest <= usual else min(most, longest) if longest <= 2 * most else usual


def _wrapped(line: str, columns: int) -> Iterator[str]:
    while len(line) > columns:
        cut = line.rfind(" ", columns // 2, columns + 1)
        cut = columns if cut < 0 else cut
        yield line[:cut]
        line = line[cut:].lstrip(" ") if cut < columns else line[cut:]
    yield line


def _decoded(raw: bytes) -> PlainText:
    for mark, encoding, name in _MARKS:
        if raw.startswith(mark):
            return PlainText(raw.decode(encoding, "replace"), name, guessed=False, cut=False)
    wide = _wide(raw)
    if wide:
        return PlainText(raw.decode(wide, "replace"), "UTF-16", guessed=True, cut=False)
    try:
        whole = codecs.getincrementaldecoder("utf-8")().decode(raw)
        return PlainText(whole, "UTF-8", guessed=False, cut=False)
    except UnicodeDecodeError:
        encoding, name = likeliest(raw)
        return PlainText(raw.decode(encoding, "replace"), name, guessed=True, cut=False)


def _wide(raw: bytes) -> str:
    """UTF-16 without its mark: every other byte of a Russian or Western text is 0 or 4."""
    head = raw[: 4096 - 4096 % 2]
    half = math.ceil(len(head) / 2)
    if half < _FEWEST_LETTERS:
        return ""
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if sum(byte in (0, 4) for byte in high) > 0.9 * half and head.count(0) + head.count(4) > 3:
            return encoding
    return ""
