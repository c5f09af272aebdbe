"""XML of a hostile file as a small tree: no entities, no outside, within bounds.

What expat would do without a bound is refused here: declared entities (bombs, XXE), elements
nested beyond any device's, more elements than any ECG has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.letters import Text, doubted, guessed, plain

_LARGEST: Final = 16 * 1024 * 1024
_DEEPEST: Final = 200
_MOST_ELEMENTS: Final = 200_000
_PROLOG: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_DECLARED: Final = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
_ENCODINGS: Final = re.compile(
    r"utf-?8|us-ascii|ascii|latin-?1|(iso-8859-|windows-|cp)\d+|koi8-[ru]"
)
"""What is believed of a prolog: some other codecs of Python take very long on hostile bytes."""
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Node:
    """An element: names without their namespaces, text of its own joined."""

    tag: str
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Own text, without the blanks around it."""
        return "".join(self.pieces).strip()

    def all(self, *path: str) -> Iterator["Node"]:
        """Every element at the end of the path of tags."""
        for child in self.children:
            if child.tag == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.all(*path[1:])

    def first(self, *path: str) -> "Node":
        """The first element at the end of the path, an empty one where there is none."""
        return next(self.all(*path), Node("", {}))

    def within(self, tag: str) -> Iterator["Node"]:
        """Every element of that tag at any depth, in the order of the document."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            if node.tag == tag:
                yield node
            waiting.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document, and what its letters are worth."""

    root: Node
    guessed: bool
    """Whether the bytes were not what the prolog says, and were read as Russian."""
    western: bool
    """Whether the prolog says ISO-8859-1: Russian devices say so, too."""

    def words(self, text: str) -> Text:
        """Words of this document as one reads them."""
        found = doubted(text) if self.western else Text(plain(text))
        return Text(found.words, found.guessed or (self.guessed and not text.isascii()))


def parse(data: memoryview) -> Document:
    """The document.

    Raises:
        UnreadableFile: not well formed, cut off, or beyond the bounds.
    """
    if len(data) > _LARGEST:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    text, declared, was_guessed = _decoded(bytes(data))
    body = _PROLOG.sub("", text.lstrip("\ufeff"), count=1)
    root = _Builder().parse(body.encode("utf-8", "replace"))
    return Document(root, was_guessed, declared in ("iso-8859-1", "latin-1", "windows-1252"))


def _decoded(raw: bytes) -> tuple[str, str, bool]:
    """The text, the encoding that the prolog names, and whether it was guessed."""
    found = _DECLARED.match(raw)
    declared = found.group(1).decode("ascii").lower() if found else ""
    if raw.startswith(_UTF16_MARKS):
        return raw.decode("utf-16", "replace"), "utf-16", False
    if raw[:2] in (b"<\0", b"\0<"):
        order = "utf-16-le" if raw[1] == 0 else "utf-16-be"
        return raw.decode(order, "replace"), "utf-16", False
    for encoding in (declared, "utf-8-sig"):
        try:
            if encoding == "utf-8-sig" or _ENCODINGS.fullmatch(encoding):
                return raw.decode(encoding), declared, False
        except (UnicodeDecodeError, LookupError):
            continue
    return guessed(raw), declared, True


class _Builder:
    """One document, element by element; stops at the first thing that no ECG has."""

    def __init__(self) -> None:
        self._root = Node("", {})
        self._open = [self._root]
        self._count = 0
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._refuse
        self._parser.buffer_text = True

    def parse(self, data: bytes) -> Node:
        """The root element."""
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            cut_off = len(self._open) > 1 and self._parser.ErrorByteIndex >= len(data) - 8
            reason = Unreadable.TRUNCATED if cut_off else Unreadable.DAMAGED
            raise UnreadableFile(reason) from error
        return self._root.children[0]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._open) > _DEEPEST:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = Node(name.rpartition(" ")[2], own)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _data(self, text: str) -> None:
        self._open[-1].pieces.append(text)

    def _refuse(self, *declaration: object) -> None:
        raise UnreadableFile(Unreadable.DAMAGED)
