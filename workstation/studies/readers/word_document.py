"""DOCX (ECMA-376, WordprocessingML): its text as paragraphs, tables and pictures.

Macros, objects, fields and everything that lies outside the file are never followed: what cannot
be shown is said to be left out.
"""

from collections.abc import Iterator
from typing import Final

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.flow import Block, Cell, Flow, Paragraph, Picture, Run, Table
from workstation.studies.readers.literal_text import literal
from workstation.studies.readers.word_lists import Lists
from workstation.studies.readers.word_pictures import Pictures
from workstation.studies.readers.word_styles import Styles
from workstation.studies.readers.xml_tree import Node, parse
from workstation.studies.readers.zip_parts import ZipParts

MAIN: Final = "word/document.xml"
_MOST_LETTERS: Final = 200_000
"""A hundred dense pages: on a slow computer half of the CPU time that a file may take."""
_PARAGRAPH: Final = 40
"""What a paragraph costs beside its letters, in letters."""
_DEEPEST_TABLE: Final = 8
_TWENTIETHS: Final = 20.0
_SHORTEST_PT, _LONGEST_PT = 200.0, 1300.0
_NO_PARTS: Final = Node("", {})
_WITHIN: Final = ("sdt", "sdtContent", "smartTag", "hyperlink", "ins", "fldSimple", "customXml")
"""Elements around paragraphs or runs that are passed through."""
_UNSEEN: Final = ("del", "moveFrom")
_DRAWN: Final = ("drawing", "pict", "object")


def read_flow(data: memoryview) -> Flow:
    """The document's content.

    Raises:
        UnreadableFile: no DOCX, damaged, or beyond the bounds.
    """
    parts = ZipParts(data)
    if MAIN not in parts.names:
        raise UnreadableFile(Unreadable.NOT_RECOGNISED)
    return _Reading(parts).flow()


class _Reading:
    """One document, from its first part to its last."""

    def __init__(self, parts: ZipParts) -> None:
        self._parts = parts
        self._found = Flow()
        self._styles = Styles(self._tree("word/styles.xml"))
        self._lists = Lists(self._tree("word/numbering.xml"))
        self._pictures = Pictures(parts, self._tree("word/_rels/document.xml.rels"))
        self._letters = 0
        self._new_page = False

    def flow(self) -> Flow:
        """Heads, body, feet."""
        found, body = self._found, parse(memoryview(self._parts.read(MAIN))).root.first("body")
        found.page = _page(body)
        found.blocks = [
            *self._around("word/header"),
            *self._blocks(body),
            *self._around("word/footer"),
        ]
        names = self._parts.names
        found.active_content = any(name.lower().endswith("vbaproject.bin") for name in names)
        found.files_inside = any(name.startswith("word/embeddings/") for name in names)
        notes = ("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")
        found.parts_left_out |= self._pictures.left_out or any(
            "".join(piece for node in self._tree(name).within("t") for piece in node.pieces).strip()
            for name in notes
        )
        return found

    def _tree(self, name: str) -> Node:
        """A part that is not needed: where it is missing or damaged, nothing is known of it."""
        raw = self._parts.read(name)
        try:
            return parse(memoryview(raw)).root if raw else _NO_PARTS
        except UnreadableFile:
            self._found_part_damaged()
            return _NO_PARTS

    def _found_part_damaged(self) -> None:
        self._found.parts_left_out = True

    def _around(self, stem: str) -> list[Block]:
        """Heads or feet of pages, once each, where they say something."""
        names = sorted(name for name in self._parts.names if name.startswith(stem))
        blocks: list[Block] = []
        for name in names[:6]:
            for block in self._blocks(self._tree(name)):
                if block not in blocks and not _is_blank(block):
                    blocks.append(block)
        return blocks

    def _blocks(self, parent: Node, depth: int = 0) -> Iterator[Block]:
        for child in parent.children:
            if self._letters > _MOST_LETTERS:
                self._found.cut = True
                return
            if child.tag == "p":
                yield from self._paragraph(child)
            elif child.tag == "tbl" and depth < _DEEPEST_TABLE:
                yield self._table(child, depth)
            elif child.tag in _WITHIN:
                yield from self._blocks(child, depth)
            elif child.tag in (*_UNSEEN, "altChunk", "tbl"):
                self._found.parts_left_out = True

    def _paragraph(self, node: Node) -> Iterator[Block]:
        """The paragraph, then what is drawn in it."""
        properties = node.first("pPr")
        self._letters += _PARAGRAPH
        style = self._styles.of(properties)
        runs = tuple(self._runs(node, properties))
        numbered = properties if properties.first("numPr").tag else style.properties
        mark, indent = self._lists.mark(numbered)
        new_page, self._new_page = self._new_page, False
        yield Paragraph(
            runs,
            align=self._styles.align(properties, style),
            indent=indent or self._styles.indent(properties),
            mark=mark if runs else "",
            is_heading=style.is_heading,
            new_page=new_page,
        )
        for drawn in _drawn(node):
            yield from self._drawing(drawn)

    def _runs(self, parent: Node, properties: Node) -> Iterator[Run]:
        for child in parent.children:
            if child.tag == "r":
                yield from self._run(child, properties)
            elif child.tag in _WITHIN:
                yield from self._runs(child, properties)
            elif child.tag in _UNSEEN:
                self._found.parts_left_out = True

    def _run(self, node: Node, properties: Node) -> Iterator[Run]:
        if node.first("rPr", "vanish").tag:
            self._found.parts_left_out = True
            return
        text = literal("".join(map(self._word, node.children)))
        self._letters += len(text)
        if text:
            yield Run(text, self._styles.look(properties, node.first("rPr")))

    def _word(self, node: Node) -> str:
        match node.tag:
            case "t":
                return "".join(node.pieces)
            case "tab":
                return "\t"
            case "br" if node.attributes.get("type") == "page":
                self._new_page = True
                return ""
            case "br" | "cr":
                return "\n"
            case "noBreakHyphen":
                return "-"
            case "sym" | "footnoteReference" | "endnoteReference":
                self._found.parts_left_out = True
                return "*"
            case _:
                return ""

    def _drawing(self, drawn: Node) -> Iterator[Block]:
        """Words in boxes as paragraphs, pictures as pictures, a frame for anything else."""
        boxes = list(drawn.within("txbxContent"))
        if boxes:
            yield from self._blocks(boxes[0])
            return
        picture = self._pictures.picture(drawn)
        if picture is not None:
            yield picture

    def _table(self, node: Node, depth: int) -> Table:
        widths = tuple(_number(column, "w") for column in node.all("tblGrid", "gridCol"))
        return Table(tuple(self._table_rows(node, depth)), widths)

    def _table_rows(self, node: Node, depth: int) -> Iterator[tuple[Cell, ...]]:
        """Up to the bound: rows behind it would be frames without a word."""
        for row in _rows(node):
            if self._letters > _MOST_LETTERS:
                self._found.cut = True
                return
            yield tuple(self._cell(cell, depth) for cell in _cells(row))

    def _cell(self, node: Node, depth: int) -> Cell:
        span = int(_number(node.first("tcPr", "gridSpan"), "val") or 1)
        blocks: list[Paragraph | Picture] = []
        for block in self._blocks(node, depth + 1):
            if isinstance(block, Table):
                blocks += [one for row in block.rows for cell in row for one in cell.blocks]
            else:
                blocks.append(block)
        return Cell(tuple(blocks), max(1, min(span, 60)))


def _rows(table: Node) -> Iterator[Node]:
    for child in table.children:
        if child.tag == "tr":
            yield child
        elif child.tag in _WITHIN:
            yield from _rows(child)


def _cells(row: Node) -> Iterator[Node]:
    for child in row.children:
        if child.tag == "tc":
            yield child
        elif child.tag in _WITHIN:
            yield from _cells(child)


def _drawn(paragraph: Node) -> list[Node]:
    """Each drawing once: of two ways to say the same (mc:AlternateContent) the first."""
    found, waiting = [], list(reversed(paragraph.children))
    while waiting:
        node = waiting.pop()
        if node.tag in _DRAWN:
            found.append(node)
        elif node.tag == "AlternateContent":
            waiting.extend(reversed(node.children[:1]))
        elif node.tag not in _UNSEEN:
            waiting.extend(reversed(node.children))
    return found


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and not "".join(run.text for run in block.runs).strip()


def _page(body: Node) -> tuple[float, float]:
    """The size of the last section's pages, where it is one (17.6.13)."""
    size = body.first("sectPr", "pgSz")
    width, height = (_number(size, key) / _TWENTIETHS for key in ("w", "h"))
    if all(_SHORTEST_PT <= side <= _LONGEST_PT for side in (width, height)):
        return width, height
    return Flow().page


def _number(node: Node, attribute: str) -> float:
    """0 where there is none."""
    text = node.attributes.get(attribute, "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0.0
