"""An answer as text for people: a value a line, nothing that could command the terminal."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import msgspec

UNKNOWN: Final = "not known"
_INDENT: Final = "  "


def in_words(answer: msgspec.Struct, without: Collection[str] = ()) -> str:
    """All values by their names, but for some; None is said to be not known."""
    values = msgspec.to_builtins(answer)
    return printable(_lines({name: values[name] for name in values if name not in without}, ""))


def printable(lines: Iterable[str]) -> str:
    """The lines, control and formatting characters of a file left out."""
    clean = (
        "".join(" " if unicodedata.category(letter) in ("Cc", "Cf") else letter for letter in line)
        for line in lines
    )
    return "".join(f"{line}\n" for line in clean)


def _lines(value: Any, indent: str) -> Iterator[str]:  # plain values, as msgspec makes them
    for label, inner in value.items():
        words = str(label).replace("_", " ")
        if isinstance(inner, dict):
            yield f"{indent}{words}:"
            yield from _lines(inner, indent + _INDENT)
        elif isinstance(inner, list | tuple) and any(isinstance(one, dict) for one in inner):
            yield f"{indent}{words}:"
            yield from (f"{indent}{_INDENT}{_in_a_line(one)}" for one in inner)
        else:
            yield f"{indent}{words}: {_plain(inner)}"


def _in_a_line(value: dict[str, Any]) -> str:
    return ", ".join(f"{label.replace('_', ' ')} {_plain(one)}" for label, one in value.items())


def _plain(value: Any) -> str:  # a leaf, or a list of leaves
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return _in_a_line(value)
    if isinstance(value, list | tuple):
        return " ".join(map(_plain, value)) or "none"
    return str(value)
