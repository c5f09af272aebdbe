"""Mutations that know nothing of a format: bits, lengths, pieces, numbers and tags of a text."""

import random
import re
from collections.abc import Callable
from typing import Final

Mutation = Callable[[bytearray, random.Random], None]

_EXTREMES: Final = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000)
_EXTREMES_MORE: Final = (*_EXTREMES, 0xFFFFFFFF, 0xFFFFFFFE, 0x10000, 0x00FFFFFF)
_NUMBERS: Final = (b"0", b"-1", b"1e309", b"NaN", b"inf", b"", b"99999999999999999999", b"1e-320")
_NUMBER: Final = re.compile(rb"-?\d+(?:\.\d+)?")
_ELEMENT: Final = re.compile(rb"<([A-Za-z][\w.]*)[^<>/]*>[^<>]{0,200}</\1>")
_HEADS: Final = (40, 300, 1200, 5000)
_ENTITY: Final = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'


def changed(data: bytes, chance: random.Random, *, is_text: bool = False) -> tuple[bytes, str]:
    """One to four mutations, and which they were; headers are hit more often than what follows."""
    found = bytearray(data)
    kinds = [*BYTES, *(TEXTS if is_text else {})]
    used = [chance.choice(kinds) for _ in range(chance.randint(1, 4))]
    for kind in used:
        if found:
            (BYTES | TEXTS)[kind](found, chance)
    return bytes(found), ", ".join(used)


def _place(data: bytearray, chance: random.Random) -> int:
    head = chance.choice((len(data), *_HEADS))
    return chance.randrange(max(1, min(len(data), head)))


def _bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 16)):
        data[_place(data, chance)] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _length(data: bytearray, chance: random.Random) -> None:
    """A length blown up, zeroed or negative, in either order of bytes."""
    size = chance.choice((1, 2, 4))
    value = chance.choice(_EXTREMES_MORE) & ((1 << 8 * size) - 1)
    place = _place(data, chance) & ~1
    order = chance.choice(("little", "big"))
    data[place : place + size] = value.to_bytes(size, "little" if order == "little" else "big")


def _filled(data: bytearray, chance: random.Random) -> None:
    place = _place(data, chance)
    size = chance.choice((1, 2, 8, 64, 500))
    data[place : place + size] = bytes([chance.choice((0, 0x20, 0x7F, 0x80, 0xFF))]) * size


def _left_out(data: bytearray, chance: random.Random) -> None:
    place = _place(data, chance)
    del data[place : place + chance.choice((1, 2, 7, 40, 400))]


def _doubled(data: bytearray, chance: random.Random) -> None:
    place = _place(data, chance)
    piece = data[place : place + chance.choice((1, 4, 40, 400, 3000))]
    data[place:place] = piece * chance.choice((1, 1, 2, 20))


def _swapped(data: bytearray, chance: random.Random) -> None:
    size = chance.choice((2, 8, 60, 500))
    one, two = sorted((_place(data, chance), chance.randrange(len(data))))
    if one + size <= two:
        data[one : one + size], data[two : two + size] = (
            data[two : two + size],
            data[one : one + size],
        )


def _noise(data: bytearray, chance: random.Random) -> None:
    place = _place(data, chance)
    size = chance.choice((1, 4, 30, 200))
    data[place : place + size] = chance.randbytes(size)


def _other_number(data: bytearray, chance: random.Random) -> None:
    """A number that is spelt out becomes an absurd one."""
    start = _place(data, chance)
    found = _NUMBER.search(data, start, start + 3000) or _NUMBER.search(data)
    if found is not None:
        data[found.start() : found.end()] = chance.choice(_NUMBERS)


def _other_element(data: bytearray, chance: random.Random) -> None:
    """An element doubled, nested in itself, or left out."""
    start = _place(data, chance)
    found = _ELEMENT.search(data, start, start + 5000) or _ELEMENT.search(data, 0, 20000)
    if found is None:
        return
    element = found.group()
    tag = found.group(1)
    nested = b"<" + tag + b">" + element + b"</" + tag + b">"
    deep = chance.choice((2, 150, 5000))
    deeply = (b"<" + tag + b">") * deep + element + (b"</" + tag + b">") * deep
    data[found.start() : found.end()] = chance.choice(
        (b"", element * 2, element * 9, nested, deeply)
    )


def _entities(data: bytearray, chance: random.Random) -> None:
    """Entities, declared or not, and markup in the words."""
    start = _place(data, chance)
    at = data.find(b"<", start)
    piece = chance.choice(
        (_ENTITY, b"&b;", b"&lt;b&gt;", b"<![CDATA[<b>]]>", b"&#0;", b"&#xFFFFFF;")
    )
    data[max(at, 0) : max(at, 0)] = piece


BYTES: Final[dict[str, Mutation]] = {
    "bits": _bits,
    "cut": _cut,
    "length": _length,
    "length again": _length,
    "filled": _filled,
    "left out": _left_out,
    "doubled": _doubled,
    "swapped": _swapped,
    "noise": _noise,
    "number": _other_number,
}
TEXTS: Final[dict[str, Mutation]] = {
    "number in text": _other_number,
    "another number": _other_number,
    "element": _other_element,
    "another element": _other_element,
    "entities": _entities,
}
