"""What is kept elsewhere of the audit: how long each chain was, and its head at that length.

The chains have no secret in them: who may take the guards away can shorten one, or take away the
newest, and leave what fits together. Only lines that were kept before that show it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LINE = re.compile(r"([1-9][0-9]{0,9}) (0|[1-9][0-9]{0,15}) ([0-9a-f]{64})")


class NoSeal(ValueError):
    """A text is none that `written` has made; the message says where."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One chain as it stood."""

    chain: int
    length: int
    """Entries; 0: it was opened, and that is all."""
    head: bytes
    """Hash of the last of them, or of the opening."""


def written(seal: Iterable[Kept]) -> str:
    """One line for each chain: its number, its length, its head as hexadecimal."""
    return "".join(f"{one.chain} {one.length} {one.head.hex()}\n" for one in seal)


def kept(text: str) -> list[Kept]:
    """The lines of `written`, of one seal or of several. Raises NoSeal: for no lines, too."""
    lines = [_line(number, line) for number, line in enumerate(text.splitlines(), start=1)]
    if not lines:
        raise NoSeal("there is no line in it")
    return lines


def _line(number: int, line: str) -> Kept:
    found = LINE.fullmatch(line)
    if found is None:
        raise NoSeal(f"line {number} is not a chain, a length and a head")
    chain, length, head = found.groups()
    return Kept(int(chain), int(length), bytes.fromhex(head))
