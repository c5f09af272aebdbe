"""Looks of a DOCX: its named styles (ECMA-376 17.7) and what paragraphs and runs say themselves."""

from dataclasses import dataclass, replace
from typing import Final

from workstation.studies.readers.flow import Align, Look
from workstation.studies.readers.xml_tree import Node

_HEADINGS: Final = {1: 16.0, 2: 14.0, 3: 12.5}
_TITLE: Final = 18.0
_SMALLEST, _LARGEST = 6.0, 28.0
_DEEPEST: Final = 10
_OFF: Final = ("0", "false", "none", "off")
_ALIGNS: Final = {"center": Align.CENTRE, "right": Align.RIGHT, "end": Align.RIGHT}
_PLAIN: Final = Look()
_TWENTIETHS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Style:
    """What a named style makes of a paragraph."""

    look: Look
    properties: Node
    """Of the paragraph: may number it."""
    is_heading: bool = False
    align: Align | None = None


class Styles:
    """The styles of one document."""

    def __init__(self, root: Node) -> None:
        self._nodes = {node.attributes.get("styleId", ""): node for node in root.all("style")}
        self._known: dict[str, Style] = {}
        default = root.first("docDefaults", "rPrDefault", "rPr")
        self._base = Style(_looked(_PLAIN, default), Node("", {}))

    def of(self, properties: Node) -> Style:
        """The style that a paragraph names."""
        return self._style(properties.first("pStyle").attributes.get("val", ""), 0)

    def look(self, properties: Node, run: Node) -> Look:
        """How letters of a run of that paragraph are drawn."""
        look = self.of(properties).look
        named = self._nodes.get(run.first("rStyle").attributes.get("val", ""))
        if named is not None:
            look = _looked(look, named.first("rPr"))
        return _looked(look, run)

    def align(self, properties: Node, style: Style) -> Align:
        """Where the lines of a paragraph stand."""
        own = properties.first("jc").attributes.get("val", "")
        return _ALIGNS.get(own, Align.LEFT) if own else style.align or Align.LEFT

    def indent(self, properties: Node) -> float:
        """Points from the left."""
        node = properties.first("ind")
        text = node.attributes.get("left") or node.attributes.get("start") or ""
        return float(text) / _TWENTIETHS if text.isascii() and text.isdigit() else 0.0

    def _style(self, name: str, depth: int) -> Style:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._made(name, depth)
        return known

    def _made(self, name: str, depth: int) -> Style:
        node = self._nodes.get(name)
        if node is None or depth > _DEEPEST:
            look, is_heading = _heading(name, self._base.look)
            return replace(self._base, look=look, is_heading=is_heading)
        parent = self._style(node.first("basedOn").attributes.get("val", "\0"), depth + 1)
        title = node.first("name").attributes.get("val", "")
        look, is_heading = _heading(title, parent.look)
        own = node.first("pPr")
        jc = own.first("jc").attributes.get("val", "")
        return Style(
            look=_looked(look, node.first("rPr")),
            properties=own if own.first("numPr").tag else parent.properties,
            is_heading=is_heading or parent.is_heading,
            align=_ALIGNS.get(jc, Align.LEFT) if jc else parent.align,
        )


def _heading(name: str, look: Look) -> tuple[Look, bool]:
    """Letters of a heading, by the style's name in any of its spellings; else as they were."""
    plain = name.lower().replace(" ", "")
    if plain in ("title", "название"):
        return replace(look, size=_TITLE, bold=True), True
    for word in ("heading", "заголовок"):
        level = plain.removeprefix(word)
        if level != plain and level.isdigit():
            return replace(look, size=_HEADINGS.get(int(level), 11.0), bold=True), True
    return look, False


def _looked(look: Look, properties: Node) -> Look:
    """The look with what run properties change (17.3.2)."""
    size = properties.first("sz").attributes.get("val", "")
    points = float(size) / 2 if size.isascii() and size.isdigit() and len(size) < 4 else look.size
    return Look(
        size=min(_LARGEST, max(_SMALLEST, points)),
        bold=_toggle(properties, "b", look.bold),
        italic=_toggle(properties, "i", look.italic),
        underlined=_toggle(properties, "u", look.underlined),
        struck=_toggle(properties, "strike", look.struck),
    )


def _toggle(properties: Node, tag: str, before: bool) -> bool:
    node = properties.first(tag)
    return node.attributes.get("val", "1") not in _OFF if node.tag else before
